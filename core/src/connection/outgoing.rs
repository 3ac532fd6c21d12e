//! The bytes that wait to be written.

use alloc::vec::Vec;

use crate::forge::LengthForm;
use crate::frame::write_frame;
use crate::{EncodeError, Frame, MaskingKey};

/// Pongs that wait at the end of the queue, beyond which only the latest of them is kept.
const PONGS: usize = 16;

/// A queue of encoded frames with a limit.
///
/// Its memory stays initialised, so that a frame is written into it in one pass, without being zeroed before.
#[derive(Debug)]
pub(super) struct Outgoing {
    memory: Vec<u8>,
    /// What waits lies between these two.
    start: usize,
    end: usize,
    limit: usize,
    /// Unanswered pings: how many pongs are the last frames of the queue, and where the last of them begins.
    pongs: usize,
    last_pong: usize,
}

impl Outgoing {
    pub(super) const fn new(limit: usize) -> Self {
        Self { memory: Vec::new(), start: 0, end: 0, limit, pongs: 0, last_pong: 0 }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.memory.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    pub(super) const fn is_full(&self) -> bool {
        self.end - self.start >= self.limit
    }

    /// Forgets the first `length` bytes; their memory is used again when all are gone.
    #[inline]
    pub(super) fn sent(&mut self, length: usize) {
        if length >= self.end - self.start {
            self.clear();
            return;
        }
        self.start += length;
        if self.start > self.last_pong {
            // It is on its way, if only in part: the next pong is a frame of its own.
            self.pongs = 0;
        }
    }

    pub(super) fn clear(&mut self) {
        (self.start, self.end, self.pongs) = (0, 0, 0);
    }

    /// Gives memory back that only waits to be used again.
    pub(super) fn shrink(&mut self) {
        self.compact();
        self.memory.truncate(self.end);
        self.memory.shrink_to_fit();
    }

    #[inline]
    pub(super) fn push(&mut self, frame: Frame<'_>) -> Result<(), EncodeError> {
        frame.check()?;
        let header = frame.header();
        let key = header.masking_key.map(|MaskingKey(key)| u32::from_ne_bytes(key));
        self.write(header.first_byte(), key, frame.payload())
    }

    /// Apart, and with the key as a number, so that what a frame is made of comes in registers.
    #[inline(never)]
    fn write(&mut self, first: u8, key: Option<u32>, payload: &[u8]) -> Result<(), EncodeError> {
        let key = key.map(|key| MaskingKey(key.to_ne_bytes()));
        match LengthForm::shortest(payload.len() as u64) {
            // Most frames: where the form is known beforehand, there is little left to find out.
            LengthForm::Bits7 => self.write_in(LengthForm::Bits7, first, key, payload),
            form => self.write_in(form, first, key, payload),
        }
    }

    #[expect(clippy::inline_always, reason = "what a form decides is decided when this is compiled")]
    #[inline(always)]
    fn write_in(
        &mut self,
        form: LengthForm,
        first: u8,
        key: Option<MaskingKey>,
        payload: &[u8],
    ) -> Result<(), EncodeError> {
        let length = form.header_length(key.is_some()).saturating_add(payload.len());
        if self.memory.len() - self.end < length {
            self.make_room(length)?;
        }
        write_frame(&mut self.memory[self.end..], first, form, key, payload).ok_or(EncodeError::OutOfMemory)?;
        self.end += length;
        self.pongs = 0;
        Ok(())
    }

    /// §5.5.3: "If an endpoint receives a Ping frame and has not yet sent Pong frame(s) in response to previous Ping
    /// frame(s), the endpoint MAY elect to send a Pong frame for only the most recently processed Ping frame."
    pub(super) fn push_pong(&mut self, frame: Frame<'_>) -> Result<(), EncodeError> {
        let pongs = self.pongs;
        if pongs == PONGS {
            self.end = self.last_pong;
        }
        self.push(frame)?;
        self.pongs = PONGS.min(pongs + 1);
        self.last_pong = self.end - frame.encoded_len();
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self, length: usize) -> Result<(), EncodeError> {
        // What was sent gives way first, where moving the rest costs no more than was gained.
        if self.start >= self.end - self.start {
            self.compact();
        }
        let needed = self.end.checked_add(length).ok_or(EncodeError::OutOfMemory)?;
        if needed > self.memory.len() {
            self.memory.try_reserve(needed - self.memory.len()).map_err(|_| EncodeError::OutOfMemory)?;
            self.memory.resize(needed, 0);
        }
        Ok(())
    }

    fn compact(&mut self) {
        self.memory.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.last_pong = self.last_pong.saturating_sub(self.start);
        self.start = 0;
    }
}
