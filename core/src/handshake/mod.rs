//! The opening handshake (RFC 6455 §4), both sides.
//!
//! A **server** collects a head ([`HeadReader`](crate::HeadReader)), judges it with [`UpgradeRequest::verify`] and
//! answers with [`UpgradeRequest::response`] or, where a rule is broken, with [`Refusal`]. A **client** writes a
//! [`ClientRequest`] and judges the answer with [`ClientRequest::verify_response`].
//!
//! Over HTTP/2 and HTTP/3 a connection begins with a request of another form: [`extended_connect`].
//!
//! The nonce of the key comes from the caller: sixteen fresh random bytes for each connection (§4.1 item 7).

pub(crate) mod build;
mod client_request;
pub(crate) mod found;
pub(crate) mod judge;
mod key;
mod origin;
mod refusal;
pub(crate) mod server_response;
pub(crate) mod strict;
mod switching_protocols;
pub(crate) mod upgrade_request;
mod violation;
pub(crate) mod writer;

pub mod extended_connect;

pub use crate::head::{Extension, ExtensionParameter, Extensions, ParameterValue, Tokens};
pub use build::BuildError;
pub use client_request::ClientRequest;
pub use key::{Accept, GUID, Key};
pub use origin::OriginPolicy;
pub use refusal::Refusal;
pub use server_response::ServerResponse;
pub use switching_protocols::SwitchingProtocols;
pub use upgrade_request::UpgradeRequest;
pub use violation::{HandshakeError, HandshakeViolation};

/// The names of the fields, each in one place.
pub(crate) mod field {
    pub(crate) const CONNECTION: &str = "Connection";
    pub(crate) const HOST: &str = "Host";
    pub(crate) const ORIGIN: &str = "Origin";
    pub(crate) const UPGRADE: &str = "Upgrade";
    pub(crate) const ACCEPT: &str = "Sec-WebSocket-Accept";
    pub(crate) const EXTENSIONS: &str = "Sec-WebSocket-Extensions";
    pub(crate) const KEY: &str = "Sec-WebSocket-Key";
    pub(crate) const PROTOCOL: &str = "Sec-WebSocket-Protocol";
    pub(crate) const VERSION: &str = "Sec-WebSocket-Version";
    pub(crate) const CONTENT_LENGTH: &str = "Content-Length";
    pub(crate) const TRANSFER_ENCODING: &str = "Transfer-Encoding";
}
