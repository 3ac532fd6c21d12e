//! The rules of a frame header, one function each: the decoder stops at the first that is broken, `inspect` asks them
//! all.

use crate::Violation;
use crate::frame::{Opcode, Role, Rsv, field};

/// §5.2: "MUST be 0 unless an extension is negotiated that defines meanings for non-zero values." What is `allowed`
/// has its meaning on the first frame of a message (RFC 7692 §6).
pub(crate) const fn reserved_bits(first: u8, allowed: Rsv) -> Result<Rsv, Violation> {
    let rsv = Rsv::from_bits((first & field::RSV) >> field::RSV_SHIFT);
    let begins_message = first & field::OPCODE != 0 && first & field::CONTROL == 0;
    let allowed = if begins_message { allowed } else { Rsv::NONE };
    if allowed.contains(rsv) { Ok(rsv) } else { Err(Violation::ReservedBits) }
}

/// §5.2: "If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_."
pub(crate) const fn opcode(first: u8) -> Result<Opcode, Violation> {
    match Opcode::from_bits(first & field::OPCODE) {
        Some(opcode) => Ok(opcode),
        None => Err(Violation::ReservedOpcode),
    }
}

/// §5.5: "All control frames … MUST NOT be fragmented."
pub(crate) const fn control_is_final(first: u8) -> Result<(), Violation> {
    let fragmented = first & field::CONTROL != 0 && first & field::FIN == 0;
    if fragmented { Err(Violation::FragmentedControlFrame) } else { Ok(()) }
}

/// §5.4: fragments after the first have opcode 0, and messages are not interleaved.
pub(crate) const fn order(opcode: Opcode, message_under_way: bool) -> Result<(), Violation> {
    match (opcode, message_under_way) {
        (Opcode::Continuation, false) => Err(Violation::UnexpectedContinuation),
        (Opcode::Text | Opcode::Binary, true) => Err(Violation::MessageUnfinished),
        _ => Ok(()),
    }
}

/// §5.1: "The server MUST close the connection upon receiving a frame that is not masked. … A client MUST close a
/// connection if it detects a masked frame."
pub(crate) const fn masking(second: u8, role: Role) -> Result<(), Violation> {
    match (second & field::MASK != 0, role.receives_masked()) {
        (false, true) => Err(Violation::UnmaskedFrame),
        (true, false) => Err(Violation::MaskedFrame),
        _ => Ok(()),
    }
}

/// §5.5: "All control frames MUST have a payload length of 125 bytes or less"
pub(crate) const fn control_is_short(first: u8, second: u8) -> Result<(), Violation> {
    let long = (second & field::PAYLOAD_LENGTH) as usize > field::CONTROL_PAYLOAD_LIMIT;
    if first & field::CONTROL != 0 && long { Err(Violation::ControlFrameTooLong) } else { Ok(()) }
}

/// The payload length from the second byte and those after it, judged on the first byte that decides; `None` when more
/// are needed.
#[inline]
pub(crate) fn payload_length(second: u8, extended: &[u8], limit: u64) -> Result<Option<u64>, Violation> {
    match second & field::PAYLOAD_LENGTH {
        field::LENGTH_16 => extended_length::<2>(extended, field::FIRST_16_BIT_LENGTH, limit),
        field::LENGTH_64 => extended_length::<8>(extended, field::FIRST_64_BIT_LENGTH, limit),
        short if u64::from(short) > limit => Err(Violation::FrameTooBig),
        short => Ok(Some(u64::from(short))),
    }
}

/// The length in `N` bytes; `least` is the first that needs so many.
#[inline]
fn extended_length<const N: usize>(bytes: &[u8], least: u64, limit: u64) -> Result<Option<u64>, Violation> {
    let known = bytes.first_chunk::<N>().map_or(bytes, |all| &all[..]);
    let missing = N - known.len();
    let known = known.iter().fold(0, |length, &byte| length << 8 | u64::from(byte));
    // What the length is at least and at most, whatever the missing bytes are.
    let (at_least, at_most) =
        (0..missing).fold((known, known), |(at_least, at_most), _| (at_least << 8, at_most << 8 | 0xff));
    // §5.2: "in all cases, the minimal number of bytes MUST be used to encode the length"
    if at_most < least {
        return Err(Violation::LengthNotMinimal);
    }
    // §5.2: "the most significant bit MUST be 0"
    if at_least >= field::LENGTH_LIMIT {
        return Err(Violation::LengthHighBit);
    }
    if at_least > limit {
        return Err(Violation::FrameTooBig);
    }
    Ok((missing == 0).then_some(at_least))
}
