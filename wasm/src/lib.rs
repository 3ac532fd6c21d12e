//! The boundary between the protocol core and JavaScript: arguments in, results out, and no decision of its own.
//!
//! Nothing but numbers crosses. Bytes and texts lie in the buffers of an [`Exchange`], whose addresses JavaScript asks
//! for; every method says in a number how it went ([`OK`], or the number of the rule that was broken plus one), and
//! leaves its results in the exchange's bytes and words. Names and sentences of rules and fields stay out of the
//! module: JavaScript has them in tables that are generated from the core. A method's own doc says which words it
//! reads and writes; `js/src` is the only caller.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;
#[cfg(all(target_arch = "wasm32", feature = "std"))]
extern crate std;

mod close;
mod connection;
mod decoder;
mod encoder;
mod exchange;
mod frames;
mod handshake;
mod head_reader;
mod inspect;
#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
mod runtime;
mod table;

pub use connection::Connection;
pub use decoder::FrameDecoder;
pub use encoder::FrameEncoder;
pub use exchange::{ABSENT, Exchange, NO_MEMORY, OK};
pub use head_reader::HeadReader;
pub use table::Table;
