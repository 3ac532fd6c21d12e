//! The last bytes that were inflated.

use alloc::collections::TryReserveError;
use alloc::vec::Vec;

/// As many of the last bytes as the other end may refer back to.
///
/// An inflater ends with a block whose BFINAL is 1, and its window cannot be read. What follows is read by a new
/// inflater, which must know these bytes.
#[derive(Debug)]
pub(super) struct History {
    size: usize,
    bytes: Vec<u8>,
    /// Once `size` bytes are kept: where the oldest of them is.
    oldest: usize,
}

impl History {
    /// Keeps up to `size` bytes; nothing is allocated before there are any.
    pub(super) const fn new(size: usize) -> Self {
        Self { size, bytes: Vec::new(), oldest: 0 }
    }

    /// The bytes, the oldest first, in two parts.
    pub(super) fn parts(&self) -> (&[u8], &[u8]) {
        let (newer, older) = self.bytes.split_at(self.oldest);
        (older, newer)
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.oldest = 0;
    }

    /// Adds what was inflated next.
    pub(super) fn add(&mut self, inflated: &[u8]) -> Result<(), TryReserveError> {
        let last = &inflated[inflated.len().saturating_sub(self.size)..];
        let (appended, replacing) = last.split_at(last.len().min(self.size - self.bytes.len()));
        self.reserve(appended.len())?;
        self.bytes.extend_from_slice(appended);
        let (to_end, from_start) = replacing.split_at(replacing.len().min(self.size - self.oldest));
        self.bytes[self.oldest..][..to_end.len()].copy_from_slice(to_end);
        self.bytes[..from_start.len()].copy_from_slice(from_start);
        self.oldest = (self.oldest + replacing.len()) % self.size;
        Ok(())
    }

    /// Twice as much each time, but never more than can be needed.
    fn reserve(&mut self, more: usize) -> Result<(), TryReserveError> {
        let length = self.bytes.len();
        if self.bytes.capacity() - length >= more {
            return Ok(());
        }
        self.bytes.try_reserve_exact((length + more).max(length * 2).min(self.size) - length)
    }
}

#[cfg(test)]
mod tests {
    use super::History;
    use alloc::vec::Vec;

    #[test]
    fn the_last_bytes_are_kept_however_they_come() {
        let all: Vec<u8> = (0..200).collect();
        for size in [1, 2, 7, 64] {
            for piece in 1..=all.len() {
                let mut history = History::new(size);
                for (place, bytes) in all.chunks(piece).enumerate() {
                    history.add(bytes).unwrap();
                    let end = (place * piece + piece).min(all.len());
                    let (older, newer) = history.parts();
                    assert_eq!([older, newer].concat(), all[end.saturating_sub(size)..end], "{size}, {piece}");
                }
                assert!(history.bytes.capacity() <= size);
            }
        }
    }
}
