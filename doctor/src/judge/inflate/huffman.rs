//! Prefix codes (RFC 1951 §3.2.2).

use crate::judge::inflate::Failure;
use crate::judge::inflate::bits::Bits;

/// The longest code.
const MOST_BITS: usize = 15;

/// A code: how many symbols there are of each length, and the symbols in the order of their codes.
pub(super) struct Code {
    counts: [u16; MOST_BITS + 1],
    symbols: Vec<u16>,
}

impl Code {
    /// RFC 1951 §3.2.6.
    pub(super) fn fixed_lengths() -> Self {
        let mut lengths = [8_u8; 288];
        lengths[144..256].fill(9);
        lengths[256..280].fill(7);
        Self::of(&lengths).0
    }

    pub(super) fn fixed_distances() -> Self {
        Self::of(&[5; 30]).0
    }

    /// The code that the lengths of the other codes are written with; it must be complete.
    pub(super) fn of_code_lengths(lengths: &[u8]) -> Result<Self, Failure> {
        match Self::of(lengths) {
            (code, 0) => Ok(code),
            _ => Err(Failure::Invalid),
        }
    }

    /// It must be complete, or have one symbol of one bit.
    pub(super) fn of_literals(lengths: &[u8]) -> Result<Self, Failure> {
        match Self::of(lengths) {
            (code, 0) => Ok(code),
            (code, left) if left > 0 && code.is_one_bit() => Ok(code),
            _ => Err(Failure::Invalid),
        }
    }

    /// The same, or none at all: a block may refer to nothing.
    pub(super) fn of_distances(lengths: &[u8]) -> Result<Self, Failure> {
        match Self::of(lengths) {
            (code, 0) => Ok(code),
            (code, left) if left > 0 && (code.symbols.is_empty() || code.is_one_bit()) => Ok(code),
            _ => Err(Failure::Invalid),
        }
    }

    fn is_one_bit(&self) -> bool {
        self.symbols.len() == 1 && self.counts[1] == 1
    }

    /// The code of symbols with these lengths, and how many codes of 15 bits are left: below 0 where there are too many.
    fn of(lengths: &[u8]) -> (Self, i32) {
        let mut counts = [0_u16; MOST_BITS + 1];
        let mut symbols = Vec::new();
        let mut left = 1_i32;
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            let of_length = lengths.iter().zip(0..).filter(|&(&one, _)| usize::from(one) == length);
            let before = symbols.len();
            symbols.extend(of_length.map(|(_, symbol): (_, u16)| symbol));
            *count = u16::try_from(symbols.len() - before).unwrap_or(u16::MAX);
            left = left * 2 - i32::from(*count);
            if left < 0 {
                break;
            }
        }
        (Self { counts, symbols }, left)
    }

    /// The next symbol.
    pub(super) fn read(&self, bits: &mut Bits<'_>) -> Result<u16, Failure> {
        let (mut code, mut first, mut place) = (0_i32, 0_i32, 0_i32);
        for &count in &self.counts[1..] {
            code |= i32::from(bits.take(1)? == 1);
            let count = i32::from(count);
            if code - first < count {
                let at = usize::try_from(place + code - first).map_err(|_| Failure::Invalid)?;
                return self.symbols.get(at).copied().ok_or(Failure::Invalid);
            }
            place += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Failure::Invalid)
    }
}
