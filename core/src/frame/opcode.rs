//! What a frame is (§5.2, §11.8).

use crate::frame::field;

/// The opcodes that RFC 6455 defines; the others are reserved and never make a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Opcode {
    /// More of a message that an earlier frame began.
    Continuation = 0x0,
    /// A message of text, or its first fragment.
    Text = 0x1,
    /// A message of bytes, or its first fragment.
    Binary = 0x2,
    /// The closing handshake.
    Close = 0x8,
    /// "Are you there?"
    Ping = 0x9,
    /// The answer to a ping, or an unasked sign of life.
    Pong = 0xA,
}

impl Opcode {
    /// The opcode of these four bits; `None` for the reserved ones (3–7 and 11–15).
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        match bits {
            0x0 => Some(Self::Continuation),
            0x1 => Some(Self::Text),
            0x2 => Some(Self::Binary),
            0x8 => Some(Self::Close),
            0x9 => Some(Self::Ping),
            0xA => Some(Self::Pong),
            _ => None,
        }
    }

    /// Its four bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self as u8
    }

    /// §5.5: "Control frames are identified by opcodes where the most significant bit of the opcode is 1."
    #[must_use]
    pub const fn is_control(self) -> bool {
        self.bits() & field::CONTROL != 0
    }
}
