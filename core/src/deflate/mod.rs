//! permessage-deflate: messages compressed with DEFLATE (RFC 7692 §7).
//!
//! | to do | use | needs |
//! |---|---|---|
//! | offer it as a client and judge the answer | [`Offers`] of [`Offer`] | nothing |
//! | take an offer as a server and answer | [`Acceptor`] | nothing |
//! | compress and decompress | `PermessageDeflate`, made from the [`Agreement`] of either | feature `deflate` or `deflate-libc` |
//!
//! The negotiation allocates nothing and is there without the codec, so that firmware can decline and a page can say
//! what a server answered. Section numbers in this module are those of RFC 7692.
//!
//! # Windows of 256 bytes
//!
//! A client may ask for `server_max_window_bits=8`, and a server for `client_max_window_bits=8`. zlib has no compressor
//! for that, and one for 9 bits might be thought to refer back 512 bytes. It does not: zlib's compressors stay 262 bytes
//! below the size of their window, so that what comes out of a 9-bit one refers back 250 bytes at most. Both are
//! therefore taken at their word, and compressed with 9 bits. The tests read all that with an inflater of another
//! library that has 256 bytes and no more.
//!
//! # Memory
//!
//! Each direction allocates for the first message that needs it, and nothing before: most connections of a chat server
//! receive and never send a message above the threshold in its `Options`, or the other way round.
//!
//! | agreed window bits | compressor | decompressor | its history, at most |
//! |---|---|---|---|
//! | 8, 9 | 251,008 bytes | 47,552 bytes | 256, 512 bytes |
//! | 10 | 253,056 | 47,552 | 1,024 |
//! | 11 | 257,152 | 47,552 | 2,048 |
//! | 12 | 265,344 | 47,552 | 4,096 |
//! | 13 | 281,728 | 47,552 | 8,192 |
//! | 14 | 314,496 | 47,552 | 16,384 |
//! | 15 | 380,032 | 47,552 | 32,768 |
//!
//! (At level 6, on 64-bit machines; `core/tests/deflate_memory.rs` counts them at the allocator.) The history holds what
//! was inflated last: zlib-rs forgets it where a peer ends a block with BFINAL, and a later message may still refer to it
//! (§7.2.3.4). It grows with what is received. `IdleMemory::Freed` gives all of a direction back between messages,
//! where its context is not taken over.
//!
//! A lack of memory is an error, not a panic: zlib-rs panics when it cannot allocate, so as much is asked for and given
//! back just before. Another thread may take it in between; with one thread, as in WebAssembly, none can.
//!
//! # Work
//!
//! What is inflated goes into the buffer that the caller lends, and no further: nothing is allocated in proportion to
//! what the input claims, and whoever drives the codec stops it at a limit of its own. Input that inflates to nothing
//! is not stopped by such a limit. An empty block with BFINAL, two bytes, costs as much as copying the history.
//!
//! # What is not seen
//!
//! Some faults of a peer do not show in what zlib-rs says of the data:
//!
//! - A distance beyond the window that was agreed on, up to 32 KiB: it is followed.
//! - Padding bits behind a block with BFINAL that are not 0.
//! - A header of a dynamic block that is cut off so that the tail (`00 00 ff ff`) completes it together with a code for
//!   the end of the block in the tail's last byte.
//!
//! And two things are taken that the RFC's sender does not do: a compressed message without a byte of payload, and one
//! that ends right behind a block with BFINAL without the octet that §7.2.3.4 has there. Of both, all that was sent
//! was read. A message that still has its tail is refused: it ends within a block.

mod acceptor;
mod agreement;
#[cfg(any(feature = "deflate", feature = "deflate-libc"))]
mod codec;
mod field_value;
mod offers;
mod parameters;
mod window_bits;

pub use acceptor::{Accepted, Acceptor};
pub use agreement::{Agreement, Context};
#[cfg(any(feature = "deflate", feature = "deflate-libc"))]
pub use codec::{IdleMemory, Level, Options, PermessageDeflate};
pub use field_value::FieldValue;
pub use offers::{Offer, Offers};

pub(crate) use offers::problems;
pub use parameters::NAME;
pub use window_bits::WindowBits;
