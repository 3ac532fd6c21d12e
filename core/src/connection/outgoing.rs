//! The bytes that wait to be written.

use alloc::vec::Vec;

use crate::{EncodeError, Frame};

/// A queue of encoded frames with a limit.
#[derive(Debug)]
pub(super) struct Outgoing {
    bytes: Vec<u8>,
    sent: usize,
    limit: usize,
}

impl Outgoing {
    pub(super) const fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), sent: 0, limit }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.sent..).unwrap_or_default()
    }

    /// Forgets the first `length` bytes; their memory is used again when all are gone.
    pub(super) fn sent(&mut self, length: usize) {
        self.sent = self.bytes.len().min(self.sent.saturating_add(length));
        if self.sent == self.bytes.len() {
            self.bytes.clear();
            self.sent = 0;
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes().len() >= self.limit
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.sent = 0;
    }

    pub(super) fn push(&mut self, frame: Frame<'_>) -> Result<(), EncodeError> {
        frame.check()?;
        // What was sent gives way before the queue grows: it never holds more than the limit and one frame.
        self.bytes.drain(..self.sent);
        self.sent = 0;
        let start = self.bytes.len();
        let length = frame.encoded_len();
        self.bytes.try_reserve(length).map_err(|_| EncodeError::OutOfMemory)?;
        self.bytes.resize(start + length, 0);
        frame.encode(&mut self.bytes[start..]).map(drop)
    }
}
