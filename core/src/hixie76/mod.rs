//! The protocol of 2010, draft-hixie-thewebsocketprotocol-76 (the same as draft-ietf-hybi-thewebsocketprotocol-00), as
//! history and for devices that speak nothing else. Sections are that draft's.
//!
//! It is not RFC 6455 with another version number: the challenge is two numbers hidden in fields and eight bytes behind
//! the head, answered by their MD5; frames are not masked and text ends with a byte that no text holds. A proxy can be
//! led to take what follows its handshake for another request, which is why masking came; serve it only to devices that
//! need it, and never take it for a protection of anything.
//!
//! | to do | use |
//! |---|---|
//! | tell such a request from one of RFC 6455 | [`Request::is_asked_for`] |
//! | answer it | [`Request`], [`Response`] |
//! | open a connection as a client | [`Key`], [`ClientRequest`] |
//! | collect the bytes behind a head | [`AfterHead`] |
//! | read frames | [`Decoder`] |
//! | write frames | [`TextFrame`], [`CLOSING_FRAME`] |
//!
//! ```
//! use ws101_core::handshake::OriginPolicy;
//! use ws101_core::hixie76::{AfterHead, Decoder, Request, Scheme};
//! use ws101_core::HeadReader;
//!
//! // §1.2's example, and a frame behind it.
//! let mut input = &b"GET /demo HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\n\
//!     Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\nSec-WebSocket-Protocol: sample\r\nUpgrade: WebSocket\r\n\
//!     Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nOrigin: http://example.com\r\n\r\n^n:ds[4U\x00Hello\xff"[..];
//!
//! let mut head = HeadReader::new([0; 512]);
//! assert!(head.receive(&mut input)?);
//! let request = Request::verify(head.bytes(), OriginPolicy::Any)?;
//! let mut key3 = AfterHead::<8>::new();
//! let key3 = key3.receive(&mut input).expect("all eight bytes are there");
//!
//! let mut out = [0; 512];
//! let length = request.response(Scheme::Ws, key3).write(&mut out)?;
//! assert!(out[..length].starts_with(b"HTTP/1.1 101 WebSocket Protocol Handshake\r\n"));
//! assert!(out[..length].ends_with(b"\r\n\r\n8jKS'y:G*Co,Wxa-"));
//!
//! let part = Decoder::new().decode(&mut input)?.expect("a whole frame");
//! assert_eq!((part.payload, part.last), (&b"Hello"[..], true));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod after_head;
mod challenge;
mod client_request;
mod decoder;
mod encode;
mod request;
mod response;
mod server_response;
mod violation;

pub use after_head::AfterHead;
pub use challenge::{Challenge, Key};
pub use client_request::ClientRequest;
pub use decoder::{Decoder, FramePart, FrameType};
pub use encode::{CLOSING_FRAME, TextFrame};
pub use request::{Request, Scheme};
pub use response::Response;
pub use server_response::ServerResponse;
pub use violation::{BrokenRule, FramingError, Hixie76Violation, OpeningError};

/// The names of the fields that RFC 6455 does not have, each in one place.
mod field {
    pub(super) const KEY1: &str = "Sec-WebSocket-Key1";
    pub(super) const KEY2: &str = "Sec-WebSocket-Key2";
    pub(super) const ORIGIN: &str = "Sec-WebSocket-Origin";
    pub(super) const LOCATION: &str = "Sec-WebSocket-Location";
}
