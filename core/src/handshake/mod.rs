//! The opening handshake (RFC 6455 §4), both sides.
//!
//! A **server** collects a head ([`HeadReader`](crate::HeadReader)), judges it with [`UpgradeRequest::verify`] and
//! answers with [`UpgradeRequest::response`] or, where a rule is broken, with [`Refusal`]. A **client** writes a
//! [`ClientRequest`] and judges the answer with [`ClientRequest::verify_response`].
//!
//! Over HTTP/2 and HTTP/3 a connection begins with a request of another form: [`extended_connect`].
//!
//! # What the caller sees to
//!
//! The nonce of the key comes from the caller: sixteen fresh random bytes for each connection (§4.1 item 7). So does the
//! transport, and with it what §4 asks of it.
//!
//! A **client** opens the connection, through a proxy where one is configured; a configuration script is asked about the
//! whole `ws` or `wss` URI. It has one connection to an address at a time in its opening handshake, and takes each name
//! whose address it cannot know for an address of its own (§4.1 item 2). For a `wss` URI it does the TLS handshake first,
//! with the server's name in it (SNI), and sends everything through it; where the connection or TLS fails there is no
//! WebSocket connection (§4.1 items 4 and 5). Then it sends the request, and nothing more before the answer is verified.
//! A client that acts for a web page sends the page's origin ([`ClientRequest::origin`]).
//!
//! A **server** that speaks TLS does so before it reads the head, and to the end (§4.2.2 item 1). It closes the connection
//! after a [`Refusal`], and answers 404, say, where the head asks for something that is not there.
//!
//! Which **extensions** go together is for those to say who speak them. A server that answers with permessage-deflate
//! takes no other extension that uses RSV1, or that is applied before it and keeps to frames; a client that is answered
//! with both fails the connection (RFC 7692 §5).

pub(crate) mod build;
mod client_request;
pub(crate) mod found;
pub(crate) mod judge;
mod key;
mod origin;
pub(crate) mod problems;
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
