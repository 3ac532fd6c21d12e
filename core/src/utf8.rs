//! UTF-8 that arrives in pieces (§8.1).

use core::fmt;

/// Checks text that arrives in pieces, and says no on the first byte that no text could continue with.
///
/// ```
/// use ws101_core::Utf8Validator;
/// let mut validator = Utf8Validator::new();
/// validator.receive(&[0xe4, 0xbd])?; // two of the three bytes of 你
/// assert!(!validator.is_complete());
/// validator.receive(&[0xa0])?;
/// assert!(validator.is_complete());
/// assert_eq!(validator.receive(&[b'a', 0xff]).unwrap_err().offset, 1);
/// # Ok::<(), ws101_core::InvalidUtf8>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Utf8Validator {
    /// The beginning of a character whose end has not come: at most three bytes.
    held: [u8; 4],
    held_length: usize,
}

/// The text is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvalidUtf8 {
    /// The place, in the piece that was given last, of the byte that decided it.
    pub offset: usize,
}

impl fmt::Display for InvalidUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} continues no UTF-8 text", self.offset)
    }
}

impl core::error::Error for InvalidUtf8 {}

impl Utf8Validator {
    /// At the beginning of a text.
    #[must_use]
    pub const fn new() -> Self {
        Self { held: [0; 4], held_length: 0 }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// The first byte that cannot continue the text.
    pub fn receive(&mut self, piece: &[u8]) -> Result<(), InvalidUtf8> {
        let (_, taken) = self.complete(piece)?;
        self.complete_text(piece, taken).map(drop)
    }

    /// Takes from `piece` what the character that an earlier one began lacks; the character, when it is whole, and how
    /// many bytes were taken.
    #[inline]
    pub(crate) fn complete(&mut self, piece: &[u8]) -> Result<(&str, usize), InvalidUtf8> {
        if self.held_length == 0 { Ok(("", 0)) } else { self.complete_held(piece) }
    }

    fn complete_held(&mut self, piece: &[u8]) -> Result<(&str, usize), InvalidUtf8> {
        for (at, &byte) in piece.iter().enumerate() {
            self.held[self.held_length] = byte;
            self.held_length += 1;
            if !begins_character(&self.held[..self.held_length]) {
                let length = core::mem::take(&mut self.held_length);
                let character = core::str::from_utf8(&self.held[..length]);
                return character.map(|character| (character, at + 1)).map_err(|_| InvalidUtf8 { offset: at });
            }
        }
        Ok(("", piece.len()))
    }

    /// What of `piece` from byte `start` on is text; a character that it cuts is held.
    #[inline]
    pub(crate) fn complete_text<'p>(&mut self, piece: &'p [u8], start: usize) -> Result<&'p str, InvalidUtf8> {
        let rest = &piece[start..];
        let (characters, tail) = rest.split_at(rest.len() - cut_character(rest));
        let Ok(text) = simdutf8::basic::from_utf8(characters) else {
            return Err(InvalidUtf8 { offset: start + first_wrong(rest) });
        };
        if !tail.is_empty() {
            self.held[..tail.len()].copy_from_slice(tail);
            self.held_length = tail.len();
        }
        Ok(text)
    }

    /// Whether the text may end here: no character is cut.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.held_length == 0
    }
}

/// The whole of `bytes` as text, or the first byte that no text could continue with: `bytes.len()` where only the end of
/// a character is missing.
#[cfg(feature = "alloc")]
#[inline]
pub(crate) fn whole_text(bytes: &[u8]) -> Result<&str, InvalidUtf8> {
    simdutf8::basic::from_utf8(bytes).map_err(|_| InvalidUtf8 { offset: first_wrong(bytes) })
}

/// Bytes at the end that begin a character and do not end it: at most three.
#[inline]
fn cut_character(bytes: &[u8]) -> usize {
    if bytes.last().is_none_or(u8::is_ascii) { 0 } else { cut_beyond_ascii(bytes) }
}

fn cut_beyond_ascii(bytes: &[u8]) -> usize {
    let last = &bytes[bytes.len().saturating_sub(3)..];
    (1..=last.len()).find(|&length| begins_character(&last[last.len() - length..])).unwrap_or(0)
}

/// Whether more must follow to make a character of these bytes, and can (RFC 3629 §4).
const fn begins_character(bytes: &[u8]) -> bool {
    match bytes {
        [first] => matches!(first, 0xc2..=0xf4),
        [first, second] => is_second_of_more(*first, *second),
        [first @ 0xf0..=0xf4, second, third] => is_second_of_more(*first, *second) && matches!(third, 0x80..=0xbf),
        _ => false,
    }
}

/// Whether these two begin a character of three bytes or of four.
const fn is_second_of_more(first: u8, second: u8) -> bool {
    match first {
        0xe0 => matches!(second, 0xa0..=0xbf),
        0xed => matches!(second, 0x80..=0x9f),
        0xf0 => matches!(second, 0x90..=0xbf),
        0xf4 => matches!(second, 0x80..=0x8f),
        0xe1..=0xef | 0xf1..=0xf3 => matches!(second, 0x80..=0xbf),
        _ => false,
    }
}

/// The place of the byte that decides that `bytes`, which are not UTF-8 text, are none.
#[cold]
fn first_wrong(bytes: &[u8]) -> usize {
    let Err(error) = core::str::from_utf8(bytes) else { return bytes.len() };
    let valid = error.valid_up_to();
    let Some(length) = error.error_len() else { return bytes.len() };
    // The first of the sequence when it cannot begin one, else the one after those that could.
    let first_could_begin = matches!(bytes[valid], 0xc2..=0xf4);
    valid + if first_could_begin { length } else { 0 }
}
