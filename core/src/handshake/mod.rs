//! The opening handshake (RFC 6455 §4), both sides.
//!
//! A **server** collects a head ([`HeadReader`](crate::HeadReader)), judges it with [`UpgradeRequest::verify`] and
//! answers with [`UpgradeRequest::response`] or, where a rule is broken, with [`Refusal`]. A **client** writes a
//! [`ClientRequest`] and judges the answer with [`ClientRequest::verify_response`].
//!
//! Over HTTP/2 and HTTP/3 a connection begins with a request of another form: [`extended_connect`].
//!
//! The nonce of the key comes from the caller: sixteen fresh random bytes for each connection (§4.1 item 7).

mod build;
mod client_request;
pub mod extended_connect;
mod found;
mod judge;
mod key;
mod origin;
mod refusal;
mod server_response;
mod strict;
mod switching_protocols;
mod upgrade_request;
mod violation;
mod writer;

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
mod field {
    pub(super) const CONNECTION: &str = "Connection";
    pub(super) const HOST: &str = "Host";
    pub(super) const ORIGIN: &str = "Origin";
    pub(super) const UPGRADE: &str = "Upgrade";
    pub(super) const ACCEPT: &str = "Sec-WebSocket-Accept";
    pub(super) const EXTENSIONS: &str = "Sec-WebSocket-Extensions";
    pub(super) const KEY: &str = "Sec-WebSocket-Key";
    pub(super) const PROTOCOL: &str = "Sec-WebSocket-Protocol";
    pub(super) const VERSION: &str = "Sec-WebSocket-Version";
    pub(super) const CONTENT_LENGTH: &str = "Content-Length";
    pub(super) const TRANSFER_ENCODING: &str = "Transfer-Encoding";
}
