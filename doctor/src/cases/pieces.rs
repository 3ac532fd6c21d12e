//! How bytes are cut into writes.

use std::time::Duration;

use serde::Deserialize;

use crate::cases::Act;

/// All in one write, or so many bytes at a time with a pause between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pieces {
    /// Bytes of each write; 0 for all.
    bytes: usize,
    /// Milliseconds between two writes.
    pause: u64,
}

impl Pieces {
    /// Adds the writes of `bytes` to `acts`.
    pub(super) fn write(self, bytes: &[u8], acts: &mut Vec<Act>) {
        let size = if self.bytes == 0 { bytes.len().max(1) } else { self.bytes };
        for (index, piece) in bytes.chunks(size).enumerate() {
            if index > 0 {
                acts.push(Act::Wait(Duration::from_millis(self.pause)));
            }
            acts.push(Act::Write(piece.to_vec()));
        }
    }
}
