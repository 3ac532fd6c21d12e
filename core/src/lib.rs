//! The WebSocket protocol (RFC 6455) without I/O: no sockets, no clock, no randomness, no panic on any input.
//!
//! Bytes go in as they arrive, in any pieces, and facts come out; what must be sent is written into buffers that the
//! caller lends. "Need more bytes" is a value (`None`), a broken rule is an error that names the rule, the bytes it is
//! about and what the RFC says to answer.
//!
//! # An echo server
//!
#![cfg_attr(feature = "alloc", doc = "```no_run")]
#![cfg_attr(not(feature = "alloc"), doc = "```text")]
#![doc = include_str!("../examples/echo_server.rs")]
//! ```
//!
//! # A client
//!
#![cfg_attr(feature = "alloc", doc = "```no_run")]
#![cfg_attr(not(feature = "alloc"), doc = "```text")]
#![doc = include_str!("../examples/client.rs")]
//! ```
//!
//! Both run in the tests (`core/tests/examples.rs`). They give a silent peer a fixed time; [`Connection::tick`] keeps a
//! connection alive, and says when to wake up. Where messages are compressed, [`deflate`] is negotiated, and added by
//! [`Connection::with_extension`].
//!
//! # What there is
//!
//! | to do | use |
//! |---|---|
//! | collect a head that comes in pieces | [`HeadReader`] |
//! | answer a client's opening handshake | [`handshake::UpgradeRequest`], [`handshake::Refusal`] |
//! | open a connection as a client | [`handshake::ClientRequest`] |
//! | do either over HTTP/2 or HTTP/3 | [`handshake::extended_connect`] |
//! | read frames | [`FrameDecoder`] |
//! | write frames | [`frames`], [`Frame`] |
//! | read and write the closing handshake | [`Close`], [`StatusCode`] |
//! | do all of that after the handshake | [`Connection`] (feature `alloc`) |
//! | agree on compressed messages, and compress them | [`deflate`] |
//! | write what no peer should send | [`forge`] |
//! | say what each bit of a head or a frame means | [`inspect`] |
//!
//! An [`Event`] is matched by value, `match event { Event::Text(text) => … }`: it is a few words long, and what it holds is
//! then the caller's to keep.
//!
//! # Without allocator
//!
//! ```
//! use ws101_core::handshake::{OriginPolicy, UpgradeRequest};
//! use ws101_core::{FrameDecoder, Role, frames};
//!
//! let request = b"GET /chat HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
//!     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
//! let request = UpgradeRequest::verify(request, OriginPolicy::Any)?;
//! let mut response = [0; 256];
//! let length = request.response().write(&mut response).expect("256 bytes are enough");
//! assert!(response[..length].ends_with(b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
//!
//! // §5.7: a single-frame masked text message, "Hello".
//! let mut read = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
//! let mut input = &mut read[..];
//! let mut decoder = FrameDecoder::new(Role::Server);
//! while let Some(part) = decoder.decode(&mut input).expect("a valid frame") {
//!     assert_eq!(part.payload, b"Hello");
//! }
//!
//! let mut answer = [0; 16];
//! let length = frames::text("Hello").encode(&mut answer).expect("7 bytes fit");
//! assert_eq!(answer[..length], [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
//! # Ok::<(), ws101_core::handshake::HandshakeError>(())
//! ```
//!
//! # Memory
//!
//! A [`Connection`] has 752 bytes on 64-bit machines, and holds no others before it must:
//!
//! - What is to be sent waits in memory until it is written: [`Limits::outgoing`] and one frame at most, and up to twice
//!   that where it is written in pieces. The memory is used again.
//! - A message that lies whole in one read takes none. One that does not is gathered, up to [`Limits::message`]: 4 KiB at
//!   first, then never more than four times what has come, whatever a header announces. It goes out with its event, and
//!   comes back where the caller gives it back ([`Connection::recycle`]). [`Delivery::Parts`] gathers nothing.
//! - What compression takes stands in [`deflate`]; the connection adds 16 KiB to inflate into, and the length of the
//!   longest message that it sent compressed.
//!
//! [`Connection::shrink`] frees what is only kept to be used again. Buffers to read into are the caller's, and one can
//! serve many connections. `core/tests/connection_memory.rs` holds these figures; `cargo xtask bench memory` counts a
//! connection at rest beside those of other libraries.
//!
//! # Features
//!
//! - none: everything but what the next lines name; needs neither `std` nor `alloc`.
//! - `alloc`: [`Connection`], and [`Frame::to_vec`].
//! - `std` (default): `alloc`, and UTF-8 is validated with the widest vector unit of the machine.
//! - `simd` (default): `std`, and masking uses the widest vector unit, too.
//! - `extension` (default): `alloc`, and [`Connection::with_extension`].
//! - `deflate`: `std`, `extension`, and the codec of permessage-deflate ([`deflate`]); its negotiation needs no feature.
//! - `deflate-libc`: the same without `std`: memory comes from the `malloc`, `calloc` and `free` of a C library, or of what
//!   stands for one. With `deflate` beside it, it changes nothing.
//! - `hixie76`: the protocol of 2010, for old devices, as the module of that name; needs neither `std` nor `alloc`.
//!
#![cfg_attr(not(feature = "alloc"), doc = "[`Connection`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Connection::recycle`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Connection::shrink`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Connection::tick`]: #features")]
#![cfg_attr(not(feature = "extension"), doc = "[`Connection::with_extension`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Delivery::Parts`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Event`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Frame::to_vec`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Limits::message`]: #features")]
#![cfg_attr(not(feature = "alloc"), doc = "[`Limits::outgoing`]: #features")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]
#![forbid(unsafe_code)]

#[cfg(any(feature = "alloc", test))]
extern crate alloc;

#[cfg(feature = "alloc")]
mod connection;
#[cfg(feature = "alloc")]
mod extension;
mod frame;
mod head;
mod rules;
mod span;
mod status_code;
mod utf8;
mod violation;

pub mod deflate;
pub mod handshake;
#[cfg(feature = "hixie76")]
pub mod hixie76;
pub mod inspect;

#[cfg(feature = "alloc")]
pub use connection::{
    Answering, Config, Connection, Delivery, Entropy, Event, KeepAlive, Limits, Part, SendError, State,
    TransportAction, Unmasked,
};
#[cfg(feature = "alloc")]
pub use extension::{Coding, MessageExtension, Place};
pub use frame::{
    Close, ClosePayload, EncodeError, Frame, FrameDecoder, FrameHeader, FramePart, MaskingKey, Opcode, Role, Rsv,
    apply_mask, copy_masked, forge, frames,
};
pub use head::{FieldLine, Head, HeadReader, HeadTooLong, Line, LineEnding};
pub use rules::Rule;
pub use span::Span;
pub use status_code::StatusCode;
pub use utf8::{InvalidUtf8, Utf8Validator};
pub use violation::{ProtocolError, Violation};

/// The example of the README runs with the others.
#[cfg(all(doctest, feature = "alloc"))]
#[doc = include_str!("../README.md")]
struct Readme;
