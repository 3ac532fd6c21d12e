//! Writing frames (§4.2, §5.3, §6).

use crate::EncodeError;

/// The closing frame: after it, send nothing more (§6).
pub const CLOSING_FRAME: [u8; 2] = [0xff, 0x00];

/// A text message: one frame, not masked, from either end.
///
/// ```
/// use ws101_core::hixie76::TextFrame;
/// let mut out = [0; 16];
/// let length = TextFrame::new("Hello").encode(&mut out)?;
/// assert_eq!(&out[..length], b"\x00Hello\xff");
/// # Ok::<(), ws101_core::EncodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextFrame<'a> {
    text: &'a str,
}

impl<'a> TextFrame<'a> {
    /// A frame of this text, which as UTF-8 holds no byte 0xFF.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// Bytes that [`encode`](Self::encode) needs.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        self.text.len() + 2
    }

    /// Writes the frame and says how many bytes it took.
    ///
    /// # Errors
    /// [`EncodeError::BufferTooSmall`], and no other; then nothing is written.
    pub fn encode(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        let length = self.encoded_len();
        match out.get_mut(..length) {
            Some([first, text @ .., last]) => {
                *first = 0x00;
                text.copy_from_slice(self.text.as_bytes());
                *last = 0xff;
                Ok(length)
            }
            _ => Err(EncodeError::BufferTooSmall),
        }
    }
}
