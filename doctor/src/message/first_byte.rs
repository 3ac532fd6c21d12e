//! From what a browser says of a header back to the byte that it read: text that was never framed is read as one.

use crate::order;

const FIN: u8 = 0x80;
const CONTROL: u8 = 0x08;
const OPCODE: u8 = 0x0f;

/// What Chromium says of a frame that begins with this byte, where the next has no mask bit and nothing is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// `Invalid frame header`: a control frame that is not final.
    InvalidHeader,
    /// The three reserved bits, of which one is set: RSV1 is 4.
    ReservedBits(u8),
    /// A reserved opcode.
    Opcode(u8),
    /// Nothing yet, or something about what the frame holds.
    Else,
}

impl Said {
    /// In the order in which Chromium judges.
    pub(super) const fn of(byte: u8) -> Self {
        let opcode = byte & OPCODE;
        if byte & FIN == 0 && opcode & CONTROL != 0 {
            return Self::InvalidHeader;
        }
        match (byte >> 4 & 7, opcode) {
            (0, 3..=7 | 11..=15) => Self::Opcode(opcode),
            (0, _) => Self::Else,
            (bits, _) => Self::ReservedBits(bits),
        }
    }
}

/// Every character of ASCII with which unframed text can begin for this to be said of it; empty where none can.
pub(super) fn characters(said: impl Fn(u8) -> bool) -> String {
    let fits: Vec<u8> = (0x20..0x7f).filter(|&byte| said(byte)).collect();
    let mut groups: Vec<(u8, u8)> = Vec::new();
    for byte in fits {
        match groups.last_mut() {
            Some((_, last)) if *last + 1 == byte && kind(*last) == kind(byte) => *last = byte,
            _ => groups.push((byte, byte)),
        }
    }
    // Text begins with a letter or a digit more often than with a sign.
    order::by_key(&mut groups, |&(first, _)| kind(first));
    let group = |(first, last): &(u8, u8)| {
        let shown = |byte: &u8| if *byte == b' ' { "a blank".to_owned() } else { char::from(*byte).to_string() };
        match last - first {
            0 => shown(first),
            1 => format!("{}, {}", shown(first), shown(last)),
            _ if *first == b' ' => format!("a blank, {} to {}", char::from(first + 1), char::from(*last)),
            _ => format!("{} to {}", shown(first), shown(last)),
        }
    };
    groups.iter().map(group).collect::<Vec<_>>().join(", ")
}

/// Letters before digits before signs.
const fn kind(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, characters};

    /// What was measured in Chromium for each group of first bytes.
    #[test]
    fn as_measured() {
        let bits = |wanted: u8| characters(|byte| Said::of(byte) == Said::ReservedBits(wanted));
        assert_eq!(bits(0b011), "0 to 7");
        assert_eq!(bits(0b100), "A to G, @");
        assert_eq!(bits(0b101), "P to W");
        assert_eq!(bits(0b110), "a to g, `");
        assert_eq!(bits(0b111), "p to w");
        assert_eq!(bits(0b010), "a blank, ! to '");
        assert_eq!(bits(0b001), "", "control characters alone");
        let invalid = characters(|byte| Said::of(byte) == Said::InvalidHeader);
        assert_eq!(invalid, "h to o, x to z, H to O, X to Z, 8, 9, ( to /, : to ?, [ to _, { to ~");
        for byte in [b'H', b'<', b'{', b'[', b'h', b'\r', b'\n'] {
            assert_eq!(Said::of(byte), Said::InvalidHeader, "{}", char::from(byte));
        }
        assert_eq!(Said::of(0x83), Said::Opcode(3));
        assert_eq!(Said::of(0x81), Said::Else);
    }
}
