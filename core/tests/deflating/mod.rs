//! Driving the codec as a connection does, and an inflater of another library to compare with.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_HAS_MORE_INPUT};
use ws101_core::deflate::{Agreement, PermessageDeflate, WindowBits};
use ws101_core::{Coding, MessageExtension, Opcode, Place, Role, Rsv, Violation};

/// An agreement with the same context both ways.
pub(crate) fn agreement(no_context_takeover: bool, bits: u8) -> Agreement {
    let bits = WindowBits::new(bits).unwrap();
    Agreement {
        server_no_context_takeover: no_context_takeover,
        client_no_context_takeover: no_context_takeover,
        server_max_window_bits: bits,
        client_max_window_bits: bits,
    }
}

/// A codec that never leaves a message as it is.
pub(crate) fn codec(role: Role, agreement: Agreement) -> PermessageDeflate {
    let options = ws101_core::deflate::Options { threshold: 0, ..Default::default() };
    PermessageDeflate::new(role, agreement, options)
}

/// Compresses a message that comes in these pieces.
pub(crate) fn compress<'p>(codec: &mut PermessageDeflate, pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<u8> {
    assert_eq!(codec.begin_encode(Opcode::Binary, None), (Rsv::RSV1, Coding::Coded));
    let mut out = b"what was there".to_vec();
    let mut pieces = pieces.into_iter().peekable();
    if pieces.peek().is_none() {
        codec.encode(&[], Place::Last, &mut out).unwrap();
    }
    while let Some(piece) = pieces.next() {
        let place = if pieces.peek().is_some() { Place::Middle } else { Place::Last };
        codec.encode(piece, place, &mut out).unwrap();
    }
    out.split_off(b"what was there".len())
}

/// Decompresses a message that comes in these pieces, into buffers of `room` bytes.
pub(crate) fn decompress_pieces<'p>(
    codec: &mut PermessageDeflate,
    pieces: impl IntoIterator<Item = &'p [u8]>,
    room: usize,
) -> Result<Vec<u8>, Violation> {
    let mut message = Vec::new();
    decompress_into(&mut message, codec, pieces, room).map(|()| message)
}

/// The same, keeping what came before an error.
pub(crate) fn decompress_into<'p>(
    message: &mut Vec<u8>,
    codec: &mut PermessageDeflate,
    pieces: impl IntoIterator<Item = &'p [u8]>,
    room: usize,
) -> Result<(), Violation> {
    assert_eq!(codec.begin_decode(Rsv::RSV1), Ok(Coding::Coded));
    let mut out = vec![0xa5; room];
    let mut pieces = pieces.into_iter().peekable();
    loop {
        let mut input = pieces.next().unwrap_or_default();
        let place = if pieces.peek().is_some() { Place::Middle } else { Place::Last };
        loop {
            let length = codec.decode(&mut input, place, &mut out)?;
            message.extend_from_slice(&out[..length]);
            if input.is_empty() && length < out.len() {
                break;
            }
        }
        if place == Place::Last {
            return Ok(());
        }
    }
}

/// Decompresses a message that comes whole.
pub(crate) fn inflate(codec: &mut PermessageDeflate, payload: &[u8]) -> Result<Vec<u8>, Violation> {
    decompress_pieces(codec, [payload], 1 << 16)
}

/// `miniz_oxide` with a window of this many bits and no more: what refers back further fails or comes out wrong.
pub(crate) struct Oracle {
    inflate: Box<DecompressorOxide>,
    window: Vec<u8>,
    at: usize,
}

impl Oracle {
    pub(crate) fn new(bits: u8) -> Self {
        Self { inflate: Box::default(), window: vec![0; 1 << bits], at: 0 }
    }

    pub(crate) fn inflate(&mut self, payload: &[u8]) -> Option<Vec<u8>> {
        let payload = [payload, &[0, 0, 0xff, 0xff]].concat();
        let mut input = &payload[..];
        let mut message = Vec::new();
        loop {
            let (status, taken, written) =
                decompress(&mut self.inflate, input, &mut self.window, self.at, TINFL_FLAG_HAS_MORE_INPUT);
            message.extend_from_slice(&self.window[self.at..self.at + written]);
            self.at = (self.at + written) % self.window.len();
            input = &input[taken..];
            match status {
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::NeedsMoreInput => {
                    assert!(input.is_empty());
                    return Some(message);
                }
                _ => return None,
            }
        }
    }
}

/// A generator of bytes (xorshift64*): the same in every run.
pub(crate) struct Bytes(pub(crate) u64);

impl Iterator for Bytes {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        Some(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0])
    }
}

/// Bytes that do not compress.
pub(crate) fn random(seed: u64, length: usize) -> Vec<u8> {
    Bytes(seed).take(length).collect()
}

/// Bytes that repeat at distances of all sizes, as far as 32 KiB and beyond.
pub(crate) fn repetitive(seed: u64, length: usize) -> Vec<u8> {
    let mut bytes = Bytes(seed);
    let mut number = || bytes.by_ref().take(4).fold(0, |number, byte| number << 8 | usize::from(byte));
    let mut message: Vec<u8> = Vec::with_capacity(length + 300);
    while message.len() < length {
        let (far, size) = (number() % (1 << (number() % 17 + 1)), number() % 300);
        let start = message.len().saturating_sub(far + 1);
        let copied: Vec<u8> = message[start..].iter().copied().take(size).collect();
        message.extend(copied);
        message.push(number().to_le_bytes()[0]);
    }
    message.truncate(length);
    message
}

/// A list of objects as programs send them.
pub(crate) fn json(length: usize) -> Vec<u8> {
    let objects = (0..).map(|id| format!("{{\"id\":{id},\"name\":\"item {id}\",\"price\":{}}},", id * 7919 % 10_007));
    let mut text = String::from("[");
    text.extend(objects.take(length / 20));
    text.truncate(length);
    text.into_bytes()
}
