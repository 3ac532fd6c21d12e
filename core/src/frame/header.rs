//! The frame header (§5.2).

use crate::frame::forge::LengthForm;
use crate::frame::{MaskingKey, Opcode, field, rule};
use crate::{Span, Violation};

/// The three reserved bits, for extensions (§5.2, §9).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rsv(u8);

impl Rsv {
    /// No bit set: what a connection without extensions sends.
    pub const NONE: Self = Self(0);
    /// RSV1; permessage-deflate marks compressed messages with it (RFC 7692 §6).
    pub const RSV1: Self = Self(0b100);
    /// RSV2.
    pub const RSV2: Self = Self(0b010);
    /// RSV3.
    pub const RSV3: Self = Self(0b001);

    /// The bits of 0–7: 4 is RSV1, 2 is RSV2, 1 is RSV3; higher bits are left out.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 0b111)
    }

    /// The bits as a number of 0–7.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every bit of `other` is set here.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl core::fmt::Debug for Rsv {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Rsv({:03b})", self.0)
    }
}

/// The header of a frame that breaks no rule which a frame can break by itself.
///
/// ```
/// use ws101_core::{FrameHeader, Opcode};
/// let (header, length) = FrameHeader::parse(&[0x89, 0x05, b'H']).unwrap().unwrap();
/// assert_eq!((header.opcode, header.payload_length, length), (Opcode::Ping, 5, 2));
/// assert_eq!(FrameHeader::parse(&[0x89]), Ok(None)); // more bytes, please
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FrameHeader {
    /// Whether this frame ends its message.
    pub fin: bool,
    /// The reserved bits.
    pub rsv: Rsv,
    /// What the frame is.
    pub opcode: Opcode,
    /// The key, when the payload is masked.
    pub masking_key: Option<MaskingKey>,
    /// Bytes of payload: below 2^63; at most 125 in a control frame.
    pub payload_length: u64,
}

impl FrameHeader {
    /// Bytes of the longest header.
    pub const MAX_LENGTH: usize = field::HEADER_LIMIT;

    /// The header that `bytes` begin with and how many bytes it takes; `None` when more bytes are needed.
    ///
    /// The first byte that breaks a rule is enough to have the error.
    ///
    /// # Errors
    /// What a frame can break by itself: a reserved opcode, a length that is not in its shortest form or has its
    /// highest bit set, a control frame that is fragmented or too long.
    pub fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, Violation> {
        Self::parse_within(bytes, u64::MAX)
    }

    /// The same with a limit on the payload length.
    #[inline]
    pub(crate) fn parse_within(bytes: &[u8], limit: u64) -> Result<Option<(Self, usize)>, Violation> {
        let Some(&first) = bytes.first() else {
            return Ok(None);
        };
        let opcode = rule::opcode(first)?;
        rule::control_is_final(first)?;
        let Some(&second) = bytes.get(1) else {
            return Ok(None);
        };
        rule::control_is_short(first, second)?;
        let payload_length = rule::payload_length(second, bytes.get(2..).unwrap_or_default(), limit)?;
        let Some(payload_length) = payload_length else {
            return Ok(None);
        };
        let key = field::masking_key(second & field::PAYLOAD_LENGTH);
        let (masking_key, length) = if second & field::MASK == 0 {
            (None, key.start)
        } else {
            let Some(bytes) = bytes.get(key.start..).and_then(|rest| rest.first_chunk()) else {
                return Ok(None);
            };
            (Some(MaskingKey(*bytes)), key.end)
        };
        let rsv = Rsv::from_bits((first & field::RSV) >> field::RSV_SHIFT);
        let fin = first & field::FIN != 0;
        Ok(Some((Self { fin, rsv, opcode, masking_key, payload_length }, length)))
    }

    /// Bytes that the header takes: 2 to 14.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        LengthForm::shortest(self.payload_length).header_length(self.masking_key.is_some())
    }

    /// FIN, the reserved bits and the opcode.
    pub(crate) const fn first_byte(&self) -> u8 {
        let fin = if self.fin { field::FIN } else { 0 };
        fin | self.rsv.bits() << field::RSV_SHIFT | self.opcode.bits()
    }
}

/// Writes a header of any bits.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline)]
pub(crate) fn write(
    out: &mut [u8],
    first: u8,
    form: LengthForm,
    length: u64,
    key: Option<MaskingKey>,
) -> Option<usize> {
    let mask = if key.is_some() { field::MASK } else { 0 };
    let bytes = length.to_be_bytes();
    let [.., high, low] = bytes;
    let end = match form {
        LengthForm::Bits7 => {
            *out.first_chunk_mut()? = [first, mask | low & field::PAYLOAD_LENGTH];
            2
        }
        LengthForm::Bits16 => {
            *out.first_chunk_mut()? = [first, mask | field::LENGTH_16, high, low];
            4
        }
        LengthForm::Bits64 => {
            let out: &mut [u8; 10] = out.first_chunk_mut()?;
            [out[0], out[1]] = [first, mask | field::LENGTH_64];
            out[2..].copy_from_slice(&bytes);
            10
        }
    };
    let Some(MaskingKey(key)) = key else { return Some(end) };
    *out.get_mut(end..)?.first_chunk_mut()? = key;
    Some(end + field::KEY_LENGTH)
}

/// The bytes of a header that a violation of one of its rules is about; `second` is its second byte.
pub(crate) fn place_of(violation: Violation, second: u8) -> Span {
    match violation {
        Violation::MaskedFrame | Violation::UnmaskedFrame | Violation::ControlFrameTooLong => field::SECOND_BYTE,
        Violation::LengthNotMinimal | Violation::LengthHighBit | Violation::FrameTooBig | Violation::MessageTooBig => {
            Span::new(field::SECOND_BYTE.start, field::extended_length(second & field::PAYLOAD_LENGTH).end)
        }
        _ => field::FIRST_BYTE,
    }
}
