//! Writing a head into a buffer that the caller lends.

use crate::handshake::BuildError;

/// Counts everything and keeps what fits, so that one pass both writes and measures.
pub(crate) struct Writer<'o> {
    out: &'o mut [u8],
    length: usize,
}

impl<'o> Writer<'o> {
    pub(crate) fn new(out: &'o mut [u8]) -> Self {
        Self { out, length: 0 }
    }

    /// How many bytes `write` asks for.
    pub(crate) fn measure(write: impl FnOnce(&mut Self) -> Result<(), BuildError>) -> Result<usize, BuildError> {
        let mut writer = Self::new(&mut []);
        write(&mut writer).map(|()| writer.length())
    }

    /// Has `write` fill `out`, and says how many bytes it took.
    pub(crate) fn fill(
        out: &'o mut [u8],
        write: impl FnOnce(&mut Self) -> Result<(), BuildError>,
    ) -> Result<usize, BuildError> {
        let mut writer = Self::new(out);
        write(&mut writer)?;
        writer.finish()
    }

    pub(crate) fn put(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let bytes = bytes.as_ref();
        let end = self.length.saturating_add(bytes.len());
        if let Some(place) = self.out.get_mut(self.length..end) {
            place.copy_from_slice(bytes);
        }
        self.length = end;
        self
    }

    /// `name: value` and the line's ending.
    pub(crate) fn field(&mut self, name: &str, value: impl AsRef<[u8]>) -> &mut Self {
        self.put(name).put(": ").put(value).put("\r\n")
    }

    /// `name: first, second` and the line's ending; nothing for an empty list.
    pub(crate) fn list_field(&mut self, name: &str, values: &[&str]) -> &mut Self {
        for (place, value) in values.iter().enumerate() {
            self.put(if place == 0 { name } else { "" }).put(if place == 0 { ": " } else { ", " }).put(value);
        }
        self.put(if values.is_empty() { "" } else { "\r\n" })
    }

    /// A number in decimal.
    pub(crate) fn number(&mut self, number: usize) -> &mut Self {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            #[expect(clippy::cast_possible_truncation, reason = "a remainder of ten is one digit")]
            let digit = (rest % 10) as u8;
            digits[at] = b'0' + digit;
            rest /= 10;
            if rest == 0 {
                return self.put(&digits[at..]);
            }
        }
    }

    /// How many bytes were asked for, whether they fitted or not.
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// How many bytes were written.
    const fn finish(self) -> Result<usize, BuildError> {
        if self.length > self.out.len() { Err(BuildError::BufferTooSmall) } else { Ok(self.length) }
    }
}
