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
        let mut at = 0;
        while let (1.., Some(&byte)) = (self.held_length, piece.get(at)) {
            self.held[self.held_length] = byte;
            match core::str::from_utf8(&self.held[..=self.held_length]) {
                Ok(_) => self.held_length = 0,
                Err(error) if error.error_len().is_none() => self.held_length += 1,
                Err(_) => return Err(InvalidUtf8 { offset: at }),
            }
            at += 1;
        }
        let rest = &piece[at..];
        let Err(error) = core::str::from_utf8(rest) else {
            return Ok(());
        };
        let valid = error.valid_up_to();
        if let Some(length) = error.error_len() {
            // The byte that decided: the first of the sequence when it cannot begin one, else the one after those that
            // could.
            let first_could_begin = matches!(rest[valid], 0xc2..=0xf4);
            let offset = at + valid + if first_could_begin { length } else { 0 };
            return Err(InvalidUtf8 { offset });
        }
        let tail = &rest[valid..];
        self.held[..tail.len()].copy_from_slice(tail);
        self.held_length = tail.len();
        Ok(())
    }

    /// Whether the text may end here: no character is cut.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.held_length == 0
    }
}
