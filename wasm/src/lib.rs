//! The boundary between the protocol core and JavaScript: arguments in, results out, and no decision of its own.
//!
//! Nothing but numbers crosses. Bytes and texts lie in the buffers of one exchange, whose addresses JavaScript asks for
//! ([`reserve`], [`results`]); every function says in a number how it went ([`OK`], or the number of the rule that was broken
//! plus one), and leaves its results in the exchange's bytes and words. Names and sentences of rules and fields stay out of
//! the module: JavaScript has them in tables that are generated from the core. A function's own doc says which words it
//! reads and writes; `js/src` is the only caller.
//!
//! One crate becomes three modules, by feature: the `codec`; `deflate`, which is the codec and compresses; and `inspect`,
//! which few need and which loads by itself.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;
#[cfg(all(target_arch = "wasm32", feature = "std"))]
extern crate std;
#[cfg(all(target_arch = "wasm32", feature = "deflate"))]
extern crate tinyrlibc as _;

#[cfg(feature = "codec")]
mod close;
#[cfg(feature = "codec")]
mod connection;
#[cfg(feature = "codec")]
mod decoder;
#[cfg(feature = "deflate")]
mod deflate;
#[cfg(feature = "codec")]
mod encoder;
#[cfg_attr(not(feature = "codec"), expect(dead_code, reason = "inspecting needs less of it"))]
mod exchange;
#[cfg(feature = "codec")]
mod frames;
#[cfg(feature = "codec")]
mod handshake;
#[cfg(feature = "codec")]
mod head_reader;
#[cfg(feature = "inspect")]
mod inspect;
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
mod runtime;
#[cfg(feature = "codec")]
mod table;

#[cfg(feature = "codec")]
pub use close::{encode_close, may_be_sent, parse_close};
#[cfg(feature = "codec")]
pub use connection::Connection;
#[cfg(feature = "codec")]
pub use decoder::FrameDecoder;
#[cfg(feature = "deflate")]
pub use deflate::{accept_deflate, agree_deflate, offer_deflate};
#[cfg(feature = "codec")]
pub use encoder::FrameEncoder;
pub use exchange::{ABSENT, NO_MEMORY, OK, output_bytes, put_bytes, put_texts, reserve, result_words, results};
#[cfg(feature = "codec")]
pub use frames::{apply_mask, forge_header};
#[cfg(feature = "codec")]
pub use handshake::{accept_key, build_request, build_response, key_from_nonce, verify_request, verify_response};
#[cfg(feature = "codec")]
pub use head_reader::HeadReader;
#[cfg(feature = "inspect")]
pub use inspect::{explain_accept_key, inspect_frames, inspect_request, inspect_response};
#[cfg(feature = "codec")]
pub use table::Table;
