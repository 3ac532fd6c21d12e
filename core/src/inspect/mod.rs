//! What each bit of a head or a frame means, from the same scanner and constants that the parsers use.
//!
//! Nothing is refused here: malformed bytes are labelled as far as they reach, and what is wrong with them is told
//! beside ([`request_problems`], [`response_problems`], [`frame_problems`]).
//!
//! ```
//! use ws101_core::inspect::{self, FieldKind};
//! let mut opcode = None;
//! inspect::frames(&[0x81, 0x05, b'H', b'e', b'l', b'l', b'o'], &mut |field| {
//!     if field.kind == FieldKind::Opcode {
//!         opcode = Some(field);
//!     }
//! });
//! let opcode = opcode.unwrap();
//! assert_eq!((opcode.start, opcode.end, opcode.value), (4, 8, Some(1))); // bits 4–7: a text frame
//! ```

mod frames;
mod head;
mod kind;
mod raw;

pub use frames::{frame_problems, frames};
pub use head::{request, request_problems, response, response_problems};
pub use kind::{FieldKind, FieldText};
pub use raw::RawFrame;

/// A labelled range of bits.
///
/// Fields are given depth first: a field comes before the fields inside it, which lie within its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Field {
    /// What it is.
    pub kind: FieldKind,
    /// How deep it lies: 0 for a frame or a line, 1 for its parts, 2 for theirs.
    pub depth: u8,
    /// The first bit, counted from the first byte's highest.
    pub start: u64,
    /// The bit after the last one.
    pub end: u64,
    /// The number that the bits stand for, unmasked, where they stand for one.
    pub value: Option<u64>,
    /// Whether all of it is there; `false` where the bytes end inside.
    pub complete: bool,
}
