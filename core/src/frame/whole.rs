//! The short way for the frames that nearly all traffic is made of.

use crate::frame::{FrameDecoder, FrameHeader, MaskingKey, Opcode, Role, Rsv, apply_mask, field};

/// The first bytes of a message in one frame.
const TEXT: u8 = field::FIN | Opcode::Text.bits();
const BINARY: u8 = field::FIN | Opcode::Binary.bits();

/// The header of such a message.
struct Header {
    opcode: Opcode,
    /// Bytes that it takes.
    length: usize,
    payload_length: u16,
}

impl FrameDecoder {
    /// Takes a whole message off `input` when the next bytes are one in a single frame, without reserved bits, with a
    /// length of 7 or 16 bits that is below `bound`; unmasks and gives its payload.
    ///
    /// `None` decides nothing: [`decode`](Self::decode) knows every rule, and what is taken here breaks none of them.
    #[inline]
    pub(crate) fn whole_message<'a>(&mut self, input: &mut &'a mut [u8], bound: u32) -> Option<(Opcode, &'a mut [u8])> {
        self.whole_message_if(input, bound, |_, _| true)
    }

    /// The same, but leaves the message where it is, as it came, unless `judge` takes it.
    #[inline]
    pub(crate) fn whole_message_if<'a>(
        &mut self,
        input: &mut &'a mut [u8],
        bound: u32,
        judge: impl FnOnce(Opcode, &[u8]) -> bool,
    ) -> Option<(Opcode, &'a mut [u8])> {
        let header = self.short_header(input, bound)?;
        let end = header.length + usize::from(header.payload_length);
        let (bytes, payload) = input.get_mut(..end)?.split_at_mut(header.length);
        let key = match self.role() {
            Role::Server => bytes.last_chunk().map(|&key| MaskingKey(key)),
            Role::Client => None,
        };
        if let Some(key) = key {
            apply_mask(payload, key, 0);
        }
        if !judge(header.opcode, payload) {
            if let Some(key) = key {
                apply_mask(payload, key, 0);
            }
            return None;
        }
        let (frame, rest) = core::mem::take(input).split_at_mut(end);
        *input = rest;
        self.advance(end);
        Some((header.opcode, &mut frame[header.length..]))
    }

    /// Takes the header of such a message off `input` when some of its payload follows, and says what the message is; the
    /// payload is [`continued`](Self::continued).
    pub(crate) fn begin_message(&mut self, input: &mut &mut [u8], bound: u32) -> Option<Opcode> {
        let Header { opcode, length, payload_length } = self.short_header(input, bound)?;
        let (bytes, payload) = input.split_at(length);
        if payload.is_empty() {
            return None;
        }
        let masking_key = match self.role() {
            Role::Server => bytes.last_chunk().map(|&key| MaskingKey(key)),
            Role::Client => None,
        };
        let payload_length = u64::from(payload_length);
        self.begin(FrameHeader { fin: true, rsv: Rsv::NONE, opcode, masking_key, payload_length }, length);
        *input = &mut core::mem::take(input)[length..];
        Some(opcode)
    }

    #[inline]
    fn short_header(&self, input: &[u8], bound: u32) -> Option<Header> {
        if !self.is_ready() {
            return None;
        }
        let [first, second, ..] = *input else { return None };
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
        let (payload_length, length) = match second & field::PAYLOAD_LENGTH {
            field::LENGTH_16 => {
                let [_, _, high, low, ..] = *input else { return None };
                let length = u16::from_be_bytes([high, low]);
                // Anything shorter is not in its shortest form.
                (u64::from(length) >= field::FIRST_16_BIT_LENGTH).then_some((length, 4 + key_length))?
            }
            field::LENGTH_64 => return None,
            short => (u16::from(short), 2 + key_length),
        };
        (u32::from(payload_length) < bound && length <= input.len()).then_some(Header {
            opcode,
            length,
            payload_length,
        })
    }
}
