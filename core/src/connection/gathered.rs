//! The memory of a message that comes in pieces.

use alloc::collections::TryReserveError;
use alloc::string::String;
use alloc::vec::Vec;

/// What the memory of a message begins with, and no less than what it grows by.
const FIRST_RESERVE: usize = 4 << 10;

/// A message under way. Its memory stays initialised and is used again when a message is given back, so that payload can
/// be read straight into it without being zeroed first.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Bytes of a binary message, and beyond `filled` whatever was there before.
    bytes: Vec<u8>,
    filled: usize,
    text: String,
}

impl Gathered {
    /// Makes the memory ready for a text.
    pub(super) fn begin_text(&mut self) {
        let mut memory = core::mem::take(&mut self.bytes);
        memory.clear();
        // An empty vector is a text.
        self.text = String::from_utf8(memory).unwrap_or_default();
    }

    pub(super) fn begin_bytes(&mut self) {
        self.filled = 0;
    }

    /// Adds text; `expected` is how long the whole will be, where that is known.
    #[inline]
    pub(super) fn push(&mut self, text: &str, expected: Option<u64>) -> Result<(), TryReserveError> {
        let length = text.len();
        if self.text.capacity() - self.text.len() < length {
            self.text.try_reserve_exact(growth(self.text.len(), length, expected))?;
        }
        self.text.push_str(text);
        Ok(())
    }

    pub(super) fn append(&mut self, piece: &[u8]) -> Result<(), TryReserveError> {
        self.extend(piece.len(), None)?.copy_from_slice(piece);
        Ok(())
    }

    /// The place of the next `length` bytes, which the caller writes.
    #[inline]
    pub(super) fn extend(&mut self, length: usize, expected: Option<u64>) -> Result<&mut [u8], TryReserveError> {
        self.make_room(length, expected)?;
        let start = self.filled;
        self.filled += length;
        Ok(&mut self.bytes[start..self.filled])
    }

    /// Room for at most `missing` more bytes, for the caller to read into; `None` when there is no memory.
    pub(super) fn room(&mut self, missing: usize, expected: Option<u64>) -> Option<&mut [u8]> {
        let least = missing.min(FIRST_RESERVE.max(self.filled));
        self.make_room(least, expected).ok()?;
        let end = self.bytes.len().min(self.filled.saturating_add(missing));
        self.bytes.get_mut(self.filled..end)
    }

    /// The first `length` bytes of the room, to be unmasked where they are.
    pub(super) fn fill(&mut self, length: usize) -> Option<&mut [u8]> {
        let start = self.filled;
        let filled = self.bytes.get_mut(start..start.checked_add(length)?)?;
        self.filled = start + length;
        Some(filled)
    }

    pub(super) fn take_text(&mut self) -> String {
        core::mem::take(&mut self.text)
    }

    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        let mut bytes = core::mem::take(&mut self.bytes);
        bytes.truncate(self.filled);
        self.filled = 0;
        bytes
    }

    /// Takes the memory of an earlier message, where it is larger than what is there and no message is under way.
    pub(super) fn recycle(&mut self, memory: Vec<u8>) {
        if self.filled == 0 && self.text.is_empty() && memory.capacity() > self.bytes.capacity() {
            self.bytes = memory;
        }
    }

    /// Gives memory back that only waits to be used again.
    pub(super) fn shrink(&mut self) {
        self.bytes.truncate(self.filled);
        self.bytes.shrink_to_fit();
        self.text.shrink_to_fit();
    }

    #[inline]
    fn make_room(&mut self, length: usize, expected: Option<u64>) -> Result<(), TryReserveError> {
        let needed = self.filled.saturating_add(length);
        if needed > self.bytes.len() {
            if needed > self.bytes.capacity() {
                self.bytes.truncate(self.filled);
                self.bytes.try_reserve_exact(growth(self.filled, length, expected))?;
            }
            // Only what was never used before is zeroed.
            self.bytes.resize(needed, 0);
        }
        Ok(())
    }
}

/// How much to reserve beyond `held` for `length` more bytes. An announced length costs its sender nothing: no more is
/// believed than a few times of what came already.
fn growth(held: usize, length: usize, expected: Option<u64>) -> usize {
    let more = expected.map_or(held, |expected| {
        let expected = usize::try_from(expected).unwrap_or(usize::MAX).saturating_sub(held);
        expected.min(held.saturating_mul(3))
    });
    length.max(more).max(FIRST_RESERVE)
}
