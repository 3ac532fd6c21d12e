//! Writing what no peer should send: any header that can be put in bits.
//!
//! For tests of other implementations and for learning. Whatever the decoder calls malformed can be made here.
//!
//! ```
//! use ws101_core::forge::{Header, LengthForm};
//! // A masked server frame with a reserved opcode, whose length takes eight bytes where seven bits were enough.
//! let header = Header { opcode: 0xB, length_form: LengthForm::Bits64, ..Header::text(5) };
//! let mut out = [0; Header::MAX_LENGTH];
//! let length = header.encode(&mut out);
//! assert_eq!(out[..length], [0x8B, 0x7F, 0, 0, 0, 0, 0, 0, 0, 5]);
//! ```

use crate::frame::{MaskingKey, Opcode, Rsv, field, header};

/// How many bits the length is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LengthForm {
    /// In the second byte. Of a length above 125 its seven low bits are written: 126 and 127 then announce a length
    /// that is not there.
    Bits7,
    /// In two further bytes; of a greater length its 16 low bits.
    Bits16,
    /// In eight further bytes.
    Bits64,
}

impl LengthForm {
    /// The only form that a frame of this length may have (§5.2).
    #[inline]
    #[must_use]
    pub const fn shortest(length: u64) -> Self {
        match length {
            0..field::FIRST_16_BIT_LENGTH => Self::Bits7,
            field::FIRST_16_BIT_LENGTH..field::FIRST_64_BIT_LENGTH => Self::Bits16,
            _ => Self::Bits64,
        }
    }

    /// Bytes of a header with such a length, with or without a masking-key.
    pub(crate) const fn header_length(self, masked: bool) -> usize {
        let extended = match self {
            Self::Bits7 => 0,
            Self::Bits16 => 2,
            Self::Bits64 => 8,
        };
        2 + extended + if masked { field::KEY_LENGTH } else { 0 }
    }
}

/// A frame header, allowed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Header {
    /// FIN.
    pub fin: bool,
    /// RSV1, RSV2, RSV3.
    pub rsv: Rsv,
    /// The opcode, 0–15; higher bits are left out.
    pub opcode: u8,
    /// How the length is written.
    pub length_form: LengthForm,
    /// The length that is announced, whatever follows.
    pub payload_length: u64,
    /// The masking-key and, where there is one, the mask bit.
    pub masking_key: Option<MaskingKey>,
}

impl Header {
    /// Bytes of the longest header.
    pub const MAX_LENGTH: usize = field::HEADER_LIMIT;

    /// A valid, unmasked text frame of this length, to change from.
    #[must_use]
    pub const fn text(payload_length: u64) -> Self {
        Self {
            fin: true,
            rsv: Rsv::NONE,
            opcode: Opcode::Text.bits(),
            length_form: LengthForm::shortest(payload_length),
            payload_length,
            masking_key: None,
        }
    }

    /// Writes the header and says how many bytes it took: 2 to 14.
    pub fn encode(&self, out: &mut [u8; Self::MAX_LENGTH]) -> usize {
        let fin = if self.fin { field::FIN } else { 0 };
        let first = fin | self.rsv.bits() << field::RSV_SHIFT | self.opcode & field::OPCODE;
        header::write(out, first, self.length_form, self.payload_length, self.masking_key).unwrap_or(0)
    }
}
