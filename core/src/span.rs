//! A range of bytes in something that was received.

use core::fmt;
use core::ops::Range;

/// A half-open range of bytes, counted from the first byte of the head or the frame it is about.
///
/// ```
/// use ws101_core::Span;
/// assert_eq!(Span::new(4, 9).of(b"Key: value"), b" valu");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many bytes it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte: a place between two bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same range, counted from `start` bytes earlier.
    #[must_use]
    pub(crate) const fn after(self, start: usize) -> Self {
        Self::new(start + self.start, start + self.end)
    }

    /// Those of `bytes` that it covers; what lies outside of them is left out.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        let end = self.end.min(bytes.len());
        bytes.get(self.start.min(end)..end).unwrap_or_default()
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    /// `byte 7`, `bytes 7–11` or, for an empty span, `before byte 7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            0 => write!(f, "before byte {}", self.start),
            1 => write!(f, "byte {}", self.start),
            _ => write!(f, "bytes {}–{}", self.start, self.end - 1),
        }
    }
}
