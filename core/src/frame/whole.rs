//! The short way for the frames that nearly all traffic is made of.

use crate::frame::{FrameDecoder, FrameHeader, MaskingKey, Opcode, Role, Rsv, apply_mask, field};

/// The first bytes of a message in one frame.
const TEXT: u8 = field::FIN | Opcode::Text.bits();
const BINARY: u8 = field::FIN | Opcode::Binary.bits();

impl FrameDecoder {
    /// Takes a whole message off `input` when the next bytes are one in a single frame, without reserved bits, with a
    /// length of 7 or 16 bits that is below `bound`; unmasks and gives its payload.
    ///
    /// Where only the beginning of such a message is there, its header is taken, once payload follows it.
    ///
    /// `None` decides nothing: [`decode`](Self::decode) knows every rule, and what is taken here breaks none of them.
    #[inline]
    pub(crate) fn whole_message<'a>(&mut self, input: &mut &'a mut [u8], bound: u32) -> Option<(Opcode, &'a mut [u8])> {
        if !self.is_ready() {
            return None;
        }
        let [first, second, ..] = **input else { return None };
        let opcode = match first {
            TEXT => Opcode::Text,
            BINARY => Opcode::Binary,
            _ => return None,
        };
        let (expected, key_length) = match self.role() {
            Role::Server => (field::MASK, field::KEY_LENGTH),
            Role::Client => (0, 0),
        };
        if second & field::MASK != expected {
            return None;
        }
        let (length, start) = match second & field::PAYLOAD_LENGTH {
            field::LENGTH_16 => {
                let [_, _, high, low, ..] = **input else { return None };
                let length = u16::from_be_bytes([high, low]);
                // Anything shorter is not in its shortest form.
                (u64::from(length) >= field::FIRST_16_BIT_LENGTH).then_some((length, 4 + key_length))?
            }
            field::LENGTH_64 => return None,
            short => (u16::from(short), 2 + key_length),
        };
        let end = start + usize::from(length);
        if u32::from(length) >= bound {
            return None;
        }
        if end > input.len() {
            let masking_key = input.get(start - key_length..start).and_then(|key| key.try_into().ok()).map(MaskingKey);
            let payload_length = u64::from(length);
            let header = FrameHeader { fin: true, rsv: Rsv::NONE, opcode, masking_key, payload_length };
            self.begin_message(input, header, start);
            return None;
        }
        let (frame, rest) = core::mem::take(input).split_at_mut(end);
        *input = rest;
        let (header, payload) = frame.split_at_mut(start);
        if let (Role::Server, Some(&key)) = (self.role(), header.last_chunk()) {
            apply_mask(payload, MaskingKey(key), 0);
        }
        self.advance(end);
        Some((opcode, payload))
    }
}
