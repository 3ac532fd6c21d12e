//! Bits, the lowest of each byte first.

use crate::judge::inflate::Failure;

pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next bit.
    at: usize,
}

impl<'a> Bits<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next `count` bits, at most 16, as a number.
    pub(super) fn take(&mut self, count: u32) -> Result<u32, Failure> {
        let mut number = 0;
        for place in 0..count {
            let byte = self.bytes.get(self.at / 8).ok_or(Failure::Cut)?;
            number |= u32::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Ok(number)
    }

    pub(super) fn skip_to_byte(&mut self) {
        self.at = self.at.next_multiple_of(8);
    }

    /// How many bytes were begun.
    pub(super) const fn position(&self) -> usize {
        self.at.div_ceil(8)
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at == self.bytes.len() * 8
    }
}
