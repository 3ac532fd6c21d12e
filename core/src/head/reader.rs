//! A head that arrives in pieces.

use core::fmt;

use crate::head::find;

/// Collects a head that arrives in any pieces, up to and including its empty line.
///
/// The bytes live in storage that the caller lends, `[u8; N]`, `&mut [u8]` or `Vec<u8>`; its length is the limit.
/// What follows the head is left in the input: those bytes are frames.
///
/// ```
/// use ws101_core::HeadReader;
/// let mut reader = HeadReader::new([0; 1024]);
/// let mut first = &b"GET / HTTP/1.1\r\nHost: a\r"[..];
/// assert!(!reader.receive(&mut first)?);
/// let mut second = &b"\n\r\n\x81\x80"[..];
/// assert!(reader.receive(&mut second)?);
/// assert_eq!(reader.bytes(), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
/// assert_eq!(second, b"\x81\x80");
/// # Ok::<(), ws101_core::HeadTooLong>(())
/// ```
#[derive(Debug, Clone)]
pub struct HeadReader<B> {
    storage: B,
    filled: usize,
    /// Where the line under way begins.
    line_start: usize,
    complete: bool,
}

/// The head is longer than the storage that was lent for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeadTooLong {
    /// The storage's length in bytes.
    pub limit: usize,
}

impl fmt::Display for HeadTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the head has no empty line within the limit of {} bytes; send a shorter head or raise it",
            self.limit
        )
    }
}

impl core::error::Error for HeadTooLong {}

impl<B: AsRef<[u8]> + AsMut<[u8]>> HeadReader<B> {
    /// A reader over `storage`, whose length is the longest head that it takes.
    #[must_use]
    pub const fn new(storage: B) -> Self {
        Self { storage, filled: 0, line_start: 0, complete: false }
    }

    /// Takes bytes from `input` up to and including the empty line, and says whether the head is complete.
    ///
    /// # Errors
    /// [`HeadTooLong`] when the storage is full and the empty line has not come (answer 431, RFC 6585 §5). What fitted was
    /// taken.
    pub fn receive(&mut self, input: &mut &[u8]) -> Result<bool, HeadTooLong> {
        if self.complete {
            return Ok(true);
        }
        let (start, limit) = (self.filled, self.storage.as_ref().len());
        let length = input.len().min(limit - start);
        let piece = &input[..length];
        self.storage.as_mut()[start..start + length].copy_from_slice(piece);
        let mut at = 0;
        while let Some(line_ending) = find(&piece[at..], b'\n') {
            at += line_ending + 1;
            let end = start + at;
            // Lines that end in LF alone end here too; whether they may is decided by whoever reads the head.
            self.complete = match end - self.line_start {
                1 => true,
                2 => self.storage.as_ref()[self.line_start] == b'\r',
                _ => false,
            };
            self.line_start = end;
            if self.complete {
                self.filled = end;
                *input = &input[at..];
                return Ok(true);
            }
        }
        self.filled += length;
        *input = &input[length..];
        if input.is_empty() { Ok(false) } else { Err(HeadTooLong { limit }) }
    }

    /// What was taken so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.storage.as_ref().get(..self.filled).unwrap_or_default()
    }

    /// Whether the empty line has come.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }
}
