//! Streams that a peer could send: mostly right, and wrong in every way that the input asks for.

use arbitrary::{Result, Unstructured};
use ws101_core::deflate::{Agreement, PermessageDeflate};
use ws101_core::forge::{Header, LengthForm};
use ws101_core::{Coding, MaskingKey, MessageExtension, Opcode, Place, Role, Rsv, apply_mask};

use crate::setup::codec;

/// Longer streams only take time.
const LONGEST: usize = 10_000;

/// Lengths around those at which a header changes its form; and those that take several reads, which are rare because
/// they take long.
const LENGTHS: [usize; 15] = [0, 123, 124, 125, 126, 127, 128, 129, 130, 200, 255, 256, 257, 300, 600];
const LONG_LENGTHS: [usize; 5] = [4096, 5000, 20_000, 65_535, 65_536];

/// Where pings stand between the fragments of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pings {
    InAnyMessage,
    InPlainMessages,
}

/// What `sender` sends, as the input says; `agreement` is what it compresses by.
pub(crate) fn build(u: &mut Unstructured<'_>, sender: Role, agreement: Option<Agreement>, pings: Pings) -> Vec<u8> {
    let codec = agreement.map(|agreement| codec(sender, agreement));
    let mut stream = Stream { sender, pings, bytes: Vec::new(), codec };
    let (cut, flips) = (u.arbitrary::<u8>().unwrap_or(0), u.arbitrary::<u8>().unwrap_or(0));
    let flips: Vec<(u16, u8)> = (0..flips.saturating_sub(0xfc)).filter_map(|_| u.arbitrary().ok()).collect();
    // Where the input ends within a frame, the stream ends before it.
    while !u.is_empty() && stream.bytes.len() < LONGEST && stream.add(u).is_ok() {}
    let mut bytes = stream.bytes;
    for (place, bits) in flips {
        if let Some(at) = usize::from(place).checked_rem(bytes.len()) {
            bytes[at] ^= bits;
        }
    }
    if cut < 64 {
        bytes.truncate(bytes.len().saturating_sub(cut.into()));
    }
    bytes
}

struct Stream {
    sender: Role,
    pings: Pings,
    bytes: Vec<u8>,
    codec: Option<PermessageDeflate>,
}

impl Stream {
    /// Adds a message, a control frame or something else.
    fn add(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        let kind: u8 = u.arbitrary()?;
        let shape: u8 = u.arbitrary()?;
        match kind % 32 {
            0..=10 => {
                let text = text(u)?;
                self.message(u, Opcode::Text, text.as_bytes(), shape)?;
            }
            11..=15 => {
                let bytes = payload(u)?;
                self.message(u, Opcode::Binary, &bytes, shape)?;
            }
            16 => {
                let bytes = payload(u)?;
                self.message(u, Opcode::Text, &bytes, shape)?;
            }
            17..=19 => self.control(u, Opcode::Ping)?,
            20 | 21 => self.control(u, Opcode::Pong)?,
            22 => {
                let code = 1000 + u16::from(shape) * 16;
                let reason = text(u)?;
                let reason = &reason.as_bytes()[..reason.len().min(123)];
                self.frame(u, Header { opcode: 8, ..Header::text(0) }, &[&code.to_be_bytes(), reason].concat())?;
            }
            23 => self.control(u, Opcode::Close)?,
            24 => {
                let text = text(u)?;
                self.frame(u, Header { fin: false, ..Header::text(0) }, text.as_bytes())?;
            }
            25 => {
                let bytes = payload(u)?;
                self.frame(u, Header { fin: shape & 1 != 0, opcode: 0, ..Header::text(0) }, &bytes)?;
            }
            26 | 27 => self.forged(u, shape)?,
            28 => self.bytes.extend(payload(u)?),
            // Compressed or not: RSV1 and bytes that need not be DEFLATE.
            29 => {
                let bytes = payload(u)?;
                let opcode = if shape & 1 != 0 { Opcode::Binary } else { Opcode::Text };
                self.frame(u, Header { opcode: opcode.bits(), rsv: Rsv::RSV1, ..Header::text(0) }, &bytes)?;
            }
            _ => self.message(u, Opcode::Text, &text_of(&[shape]), 0)?,
        }
        Ok(())
    }

    /// A message in one to four fragments, compressed where that was agreed on, with pings between them or not.
    fn message(&mut self, u: &mut Unstructured<'_>, opcode: Opcode, payload: &[u8], shape: u8) -> Result<()> {
        let (mut rsv, mut encoded) = (Rsv::NONE, Vec::new());
        if let Some(codec) = self.codec.as_mut().filter(|_| shape & 1 != 0)
            && let (bits, Coding::Coded) = codec.begin_encode(opcode, None)
        {
            rsv = bits;
            codec.encode(payload, Place::Last, &mut encoded).expect("there is memory");
        } else {
            encoded.extend_from_slice(payload);
        }
        let count = usize::from(shape >> 1 & 3);
        let pings = shape & 8 != 0 && (self.pings == Pings::InAnyMessage || rsv == Rsv::NONE);
        let mut rest = &encoded[..];
        let mut header = Header { opcode: opcode.bits(), rsv, ..Header::text(0) };
        for _ in 0..count {
            let length = usize::from(u.arbitrary::<u8>()?).min(rest.len());
            let fragment;
            (fragment, rest) = rest.split_at(length);
            self.frame(u, Header { fin: false, ..header }, fragment)?;
            header = Header { opcode: 0, ..Header::text(0) };
            if pings {
                self.frame(u, Header { opcode: Opcode::Ping.bits(), ..header }, b"between")?;
            }
        }
        self.frame(u, header, rest)
    }

    fn control(&mut self, u: &mut Unstructured<'_>, opcode: Opcode) -> Result<()> {
        let mut bytes = payload(u)?;
        bytes.truncate(125);
        self.frame(u, Header { opcode: opcode.bits(), ..Header::text(0) }, &bytes)
    }

    /// A header of any bits.
    fn forged(&mut self, u: &mut Unstructured<'_>, shape: u8) -> Result<()> {
        let first: u8 = u.arbitrary()?;
        let payload = payload(u)?;
        let length_form = match shape & 3 {
            0 => LengthForm::Bits7,
            1 => LengthForm::Bits16,
            2 => LengthForm::Bits64,
            _ => LengthForm::shortest(payload.len() as u64),
        };
        let payload_length = if shape & 4 != 0 { u.arbitrary()? } else { payload.len() as u64 };
        let masking_key = (shape & 8 != 0).then(|| u.arbitrary().map(MaskingKey)).transpose()?;
        let header = Header {
            fin: first & 0x80 != 0,
            rsv: Rsv::from_bits(first >> 4),
            opcode: first,
            length_form,
            payload_length,
            masking_key,
        };
        self.push(header, &payload);
        Ok(())
    }

    /// A frame of that payload, masked as the sender must.
    fn frame(&mut self, u: &mut Unstructured<'_>, header: Header, payload: &[u8]) -> Result<()> {
        let masking_key = match self.sender {
            Role::Client => Some(MaskingKey(u.arbitrary::<u32>()?.to_be_bytes())),
            Role::Server => None,
        };
        let payload_length = payload.len() as u64;
        let length_form = LengthForm::shortest(payload_length);
        self.push(Header { length_form, payload_length, masking_key, ..header }, payload);
        Ok(())
    }

    fn push(&mut self, header: Header, payload: &[u8]) {
        let mut out = [0; Header::MAX_LENGTH];
        let length = header.encode(&mut out);
        self.bytes.extend_from_slice(&out[..length]);
        let start = self.bytes.len();
        self.bytes.extend_from_slice(payload);
        if let Some(key) = header.masking_key {
            apply_mask(&mut self.bytes[start..], key, 0);
        }
    }
}

/// Up to 127 bytes of the input, or a longer filler.
pub(crate) fn payload(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length: u8 = u.arbitrary()?;
    if let Some(long) = length.checked_sub(0xf0) {
        let begin: u8 = u.arbitrary()?;
        let length = match LENGTHS.get(usize::from(long)) {
            Some(length) => *length,
            None => LONG_LENGTHS.get(usize::from(u.arbitrary::<u8>()?)).copied().unwrap_or(1000),
        };
        let filler: Vec<u8> = (0..23).map(|step| begin.wrapping_add(step)).collect();
        let mut bytes = filler.repeat(length.div_ceil(filler.len()));
        bytes.truncate(length);
        return Ok(bytes);
    }
    let length = usize::from(length & 0x7f).min(u.len());
    u.bytes(length).map(<[u8]>::to_vec)
}

/// A text of characters of every length.
pub(crate) fn text(u: &mut Unstructured<'_>) -> Result<String> {
    payload(u).map(|bytes| String::from_utf8(text_of(&bytes)).expect("characters are text"))
}

fn text_of(bytes: &[u8]) -> Vec<u8> {
    let character = |byte: u8| match byte {
        0..=0x7f => char::from(byte),
        0x80..=0xbf => char::from_u32(u32::from(byte) * 8).unwrap_or('é'),
        0xc0..=0xef => char::from_u32(0x800 + u32::from(byte) * 0xf0).unwrap_or('\u{d7ff}'),
        _ => char::from_u32(0x1_0000 + u32::from(byte & 15) * 0xffff).unwrap_or('\u{10ffff}'),
    };
    bytes.iter().copied().map(character).collect::<String>().into_bytes()
}
