//! The bytes behind a head, which may come in pieces.

/// Collects the `N` bytes that follow a head: eight behind a request, sixteen behind a response.
///
/// What follows them is left in the input: those bytes are frames.
///
/// ```
/// use ws101_core::hixie76::AfterHead;
/// let mut key3 = AfterHead::<8>::new();
/// assert_eq!(key3.receive(&mut &b"^n:d"[..]), None); // more bytes, please
/// let mut rest = &b"s[4U\x00Hello\xff"[..];
/// assert_eq!(key3.receive(&mut rest), Some(*b"^n:ds[4U"));
/// assert_eq!(rest, b"\x00Hello\xff");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterHead<const N: usize> {
    bytes: [u8; N],
    filled: usize,
}

impl<const N: usize> AfterHead<N> {
    /// Before the first byte.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: [0; N], filled: 0 }
    }

    /// Takes bytes from `input`, and gives all of them once the last has come.
    pub fn receive(&mut self, input: &mut &[u8]) -> Option<[u8; N]> {
        let length = input.len().min(N - self.filled);
        let (piece, rest) = input.split_at(length);
        self.bytes[self.filled..self.filled + length].copy_from_slice(piece);
        self.filled += length;
        *input = rest;
        (self.filled == N).then_some(self.bytes)
    }
}

impl<const N: usize> Default for AfterHead<N> {
    fn default() -> Self {
        Self::new()
    }
}
