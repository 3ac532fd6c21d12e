//! The opening handshake over HTTP/2 (RFC 8441) and HTTP/3 (RFC 9220): the extended CONNECT, as data.
//!
//! There a connection begins with a request on a stream of its own, whose fields an HTTP library delivers as a list of
//! names and values, pseudo-header fields first. The rules of RFC 6455 §4 about subprotocols, extensions, the version
//! and the origin hold as they are, and are judged by the same functions; the key and its answer do not exist (RFC 8441
//! §5), and neither do `Connection` and `Upgrade`.
//!
//! | to do | use |
//! |---|---|
//! | know whether the server takes such requests | [`EnableConnectProtocol`] |
//! | answer a client's request | [`ConnectRequest`], [`ConnectRefusal`] |
//! | open a connection as a client | [`ClientConnect`] |
//!
//! After a 2xx response the stream carries frames as a TCP connection would, a client's frames masked. What there is the
//! end of the TCP connection is here the end of the stream: `END_STREAM` in HTTP/2 and the `FIN` bit in HTTP/3 for an
//! orderly one; a reset with `CANCEL` (HTTP/2) or `H3_REQUEST_CANCELLED` (HTTP/3) for an abrupt one (RFC 8441 §5,
//! RFC 9220 §3).
//!
//! ```
//! use ws101_core::handshake::OriginPolicy;
//! use ws101_core::handshake::extended_connect::{ClientConnect, ConnectRequest, EnableConnectProtocol, Scheme};
//!
//! // The client has got the server's settings.
//! let mut setting = EnableConnectProtocol::new();
//! setting.receive(1)?;
//! let client = ClientConnect::new(Scheme::Https, "server.example.com", "/chat").subprotocols(&["chat", "superchat"]);
//! let request: Vec<_> = client.pairs(setting)?.collect();
//! assert_eq!(request[..2], [(":method", "CONNECT"), (":protocol", "websocket")]);
//!
//! // The server has got the request.
//! let taken = ConnectRequest::verify(&request, OriginPolicy::Any)?;
//! let subprotocol = taken.select_subprotocol(&["superchat"]);
//! let response: Vec<_> = taken.response().subprotocol(subprotocol).pairs()?.collect();
//! assert_eq!(response, [(":status", "200"), ("sec-websocket-protocol", "superchat")]);
//!
//! // The client has got the response.
//! assert_eq!(client.verify_response(&response)?.subprotocol(), Some("superchat"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod build;
mod client;
mod list;
mod refusal;
mod request;
mod response;
mod setting;
mod violation;

pub use answer::ConnectAnswer;
pub use build::{ConnectBuildError, ConnectMisuse};
pub use client::ClientConnect;
pub use list::FieldPair;
pub use refusal::ConnectRefusal;
pub use request::{ConnectRequest, Scheme};
pub use response::ConnectResponse;
pub use setting::EnableConnectProtocol;
pub use violation::{BrokenRule, ConnectError, ConnectViolation};

/// The names of the fields, as HTTP/2 and HTTP/3 write them, each in one place.
mod field {
    pub(super) const METHOD: &str = ":method";
    pub(super) const PROTOCOL: &str = ":protocol";
    pub(super) const SCHEME: &str = ":scheme";
    pub(super) const PATH: &str = ":path";
    pub(super) const AUTHORITY: &str = ":authority";
    pub(super) const STATUS: &str = ":status";
    pub(super) const HOST: &str = "host";
    pub(super) const ORIGIN: &str = "origin";
    pub(super) const CONTENT_LENGTH: &str = "content-length";
    pub(super) const VERSION: &str = "sec-websocket-version";
    pub(super) const SUBPROTOCOL: &str = "sec-websocket-protocol";
    pub(super) const EXTENSIONS: &str = "sec-websocket-extensions";
}
