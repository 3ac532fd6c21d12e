//! How large a sliding window is.

/// The base-2 logarithm of the size of a sliding window: 8 to 15, for 256 bytes to 32 KiB (RFC 7692 §7.1.2).
///
/// ```
/// use ws101_core::deflate::WindowBits;
/// let bits = WindowBits::new(10).unwrap();
/// assert_eq!((bits.bits(), bits.size()), (10, 1024));
/// assert_eq!(WindowBits::new(16), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WindowBits(u8);

impl WindowBits {
    /// 8: a window of 256 bytes.
    pub const MIN: Self = Self(8);
    /// 15: a window of 32,768 bytes, which holds where nothing else was agreed on.
    pub const MAX: Self = Self(15);

    /// The window of this many bits; `None` below 8 and above 15.
    #[must_use]
    pub const fn new(bits: u8) -> Option<Self> {
        if bits >= Self::MIN.0 && bits <= Self::MAX.0 { Some(Self(bits)) } else { None }
    }

    /// 8 to 15.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The size of the window in bytes: 256 to 32,768.
    #[must_use]
    pub const fn size(self) -> usize {
        1 << self.0
    }

    /// A parameter's value: decimal, without leading zeros (RFC 7692 §7.1.2.1, §7.1.2.2).
    pub(super) fn read(mut digits: impl Iterator<Item = char>) -> Option<Self> {
        let bits = match (digits.next()?, digits.next()) {
            ('1', Some(unit)) => 10 + unit.to_digit(10)?,
            (digit, None) => digit.to_digit(10)?,
            _ => return None,
        };
        if digits.next().is_some() { None } else { Self::new(u8::try_from(bits).ok()?) }
    }

    /// As a parameter's value.
    pub(super) const fn as_str(self) -> &'static str {
        match self.0 {
            8 => "8",
            9 => "9",
            10 => "10",
            11 => "11",
            12 => "12",
            13 => "13",
            14 => "14",
            _ => "15",
        }
    }
}

/// [`MAX`](Self::MAX).
impl Default for WindowBits {
    fn default() -> Self {
        Self::MAX
    }
}
