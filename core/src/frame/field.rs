//! Where each part of a frame header stands (§5.2), once for the parser, the encoders and `inspect`.

use crate::Span;

/// Bits of the first byte.
pub(crate) const FIN: u8 = 0b1000_0000;
pub(crate) const RSV: u8 = 0b0111_0000;
pub(crate) const RSV_SHIFT: u32 = 4;
pub(crate) const OPCODE: u8 = 0b0000_1111;
/// The highest bit of the opcode: set in control frames (§5.5).
pub(crate) const CONTROL: u8 = 0b0000_1000;

/// Bits of the second byte.
pub(crate) const MASK: u8 = 0b1000_0000;
pub(crate) const PAYLOAD_LENGTH: u8 = 0b0111_1111;

/// Payload length 126: a 16-bit length follows; 127: a 64-bit length follows.
pub(crate) const LENGTH_16: u8 = 126;
pub(crate) const LENGTH_64: u8 = 127;

/// The first length that needs the 16-bit form, and the first that needs the 64-bit form.
pub(crate) const FIRST_16_BIT_LENGTH: u64 = 126;
pub(crate) const FIRST_64_BIT_LENGTH: u64 = 1 << 16;
/// §5.2: "the most significant bit MUST be 0"
pub(crate) const LENGTH_LIMIT: u64 = 1 << 63;
/// §5.5: "All control frames MUST have a payload length of 125 bytes or less"
pub(crate) const CONTROL_PAYLOAD_LIMIT: usize = 125;

pub(crate) const KEY_LENGTH: usize = 4;

/// The longest header: two bytes, eight of length, four of key.
pub(crate) const HEADER_LIMIT: usize = 14;

/// The bytes that a rule about a part is about.
pub(crate) const FIRST_BYTE: Span = Span::new(0, 1);
pub(crate) const SECOND_BYTE: Span = Span::new(1, 2);

/// Bytes of the extended payload length that the seven-bit length announces.
pub(crate) const fn extended_length_bytes(payload_length: u8) -> usize {
    match payload_length {
        LENGTH_16 => 2,
        LENGTH_64 => 8,
        _ => 0,
    }
}

/// Where the extended payload length stands; empty for the seven-bit form.
pub(crate) const fn extended_length(payload_length: u8) -> Span {
    Span::new(2, 2 + extended_length_bytes(payload_length))
}

/// Where the masking-key stands.
pub(crate) const fn masking_key(payload_length: u8) -> Span {
    let start = extended_length(payload_length).end;
    Span::new(start, start + KEY_LENGTH)
}
