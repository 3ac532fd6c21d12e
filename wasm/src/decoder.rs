//! Reading frames: one call for a whole chunk, one row of numbers for each part of a frame.

use alloc::vec;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{FramePart, ProtocolError, Role, Rsv};

use crate::exchange::{OK, verdict, word, words};

/// Bytes that the table takes at a time.
const CHUNK: usize = 64 * 1024;
/// Parts that it describes at a time.
const ROWS: usize = 1024;
/// Words of a row.
const ROW: usize = 10;

/// Bits of a row's first word beside the frame's own first byte.
const MASKED: u32 = 1 << 8;
const FIRST: u32 = 1 << 9;
const LAST: u32 = 1 << 10;
const HEADER_LENGTH_SHIFT: u32 = 16;

/// The state of one stream; what it decodes lies in a [`FrameTable`].
#[wasm_bindgen]
pub struct FrameDecoder {
    decoder: ws101_core::FrameDecoder,
}

/// The bytes of a chunk and what was found in them, shared by all decoders.
///
/// A row is: the frame's first byte, with bit 8 for masked, 9 for the frame's first part, 10 for its last, and the
/// header's length from bit 16 on; the place of the payload in the bytes, and its length; the masking-key, its first
/// byte lowest; then, each as two words with the low one first, the payload length of the whole frame, the place of the
/// payload in it, and the place of the frame in the stream.
#[wasm_bindgen]
pub struct FrameTable {
    bytes: Vec<u8>,
    rows: Vec<u32>,
    /// Bytes that the last call took, counted from the first of the chunk.
    taken: usize,
    failure: Option<ProtocolError>,
}

#[wasm_bindgen]
impl FrameDecoder {
    /// A decoder for role 0, the client, or 1, the server.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(role: u32, payload_limit: u64, allowed_rsv: u8) -> Self {
        let decoder = ws101_core::FrameDecoder::new(self::role(role))
            .payload_limit(payload_limit)
            .allow_rsv(Rsv::from_bits(allowed_rsv));
        Self { decoder }
    }

    /// Whether the stream may end here.
    pub fn is_between_messages(&self) -> bool {
        self.decoder.is_between_messages()
    }
}

#[wasm_bindgen]
impl FrameTable {
    /// Room for a chunk and its rows.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self { bytes: vec![0; CHUNK], rows: vec![0; ROWS * ROW], taken: 0, failure: None }
    }

    /// Where the bytes lie: room for 64 KiB.
    pub fn bytes(&self) -> *const u8 {
        self.bytes.as_ptr()
    }

    /// Where the rows lie: room for 1024 of ten words each.
    pub fn rows(&self) -> *const u32 {
        self.rows.as_ptr()
    }

    /// Decodes the bytes from `start` up to `end`, and gives the number of rows. Fewer bytes may be taken than there
    /// are: when the rows are full, and when the stream breaks a rule.
    pub fn decode(&mut self, decoder: &mut FrameDecoder, start: usize, end: usize) -> usize {
        let mut input = self.bytes.get_mut(start..end).unwrap_or_default();
        let mut count = 0;
        self.failure = None;
        for row in self.rows.as_chunks_mut::<ROW>().0 {
            match decoder.decoder.decode(&mut input) {
                Ok(Some(part)) => *row = describe(&part, end - input.len()),
                Ok(None) => break,
                Err(error) => {
                    self.failure = Some(error);
                    break;
                }
            }
            count += 1;
        }
        self.taken = end - input.len();
        count
    }

    /// How many bytes of the chunk are done with after the last call.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// How the last call ended: well, or with this rule broken.
    pub fn verdict(&self) -> u32 {
        self.failure.map_or(OK, |error| verdict(error.violation.number()))
    }

    /// The first byte in the stream that a broken rule is about.
    pub fn failure_start(&self) -> u64 {
        self.failure.map_or(0, |error| error.frame_start + error.at.start as u64)
    }

    /// The byte after the last one that it is about.
    pub fn failure_end(&self) -> u64 {
        self.failure.map_or(0, |error| error.frame_start + error.at.end as u64)
    }
}

impl Default for FrameTable {
    fn default() -> Self {
        Self::new()
    }
}

impl FrameTable {
    /// Puts a chunk where JavaScript puts it; for tests in Rust.
    pub fn put(&mut self, chunk: &[u8]) {
        self.bytes[..chunk.len()].copy_from_slice(chunk);
    }

    /// The payload of a row; for tests in Rust.
    pub fn payload(&self, row: usize) -> &[u8] {
        let row = self.row(row);
        let start = row[1] as usize;
        &self.bytes[start..start + row[2] as usize]
    }

    /// A row; for tests in Rust.
    pub fn row(&self, row: usize) -> &[u32] {
        &self.rows[row * ROW..(row + 1) * ROW]
    }
}

/// The role that a number stands for.
pub(crate) const fn role(number: u32) -> Role {
    if number == 0 { Role::Client } else { Role::Server }
}

fn describe(part: &FramePart<'_>, payload_end: usize) -> [u32; ROW] {
    let header = &part.header;
    let fin = u32::from(header.fin) << 7;
    let rsv = u32::from(header.rsv.bits()) << 4;
    let masked = if header.masking_key.is_some() { MASKED } else { 0 };
    let first = if part.first { FIRST } else { 0 };
    let last = if part.is_last() { LAST } else { 0 };
    let header_length = word(header.encoded_len()) << HEADER_LENGTH_SHIFT;
    let key = header.masking_key.map_or([0; 4], |key| key.0);
    let [length_low, length_high] = words(header.payload_length);
    let [offset_low, offset_high] = words(part.offset);
    let [start_low, start_high] = words(part.frame_start);
    [
        fin | rsv | u32::from(header.opcode.bits()) | masked | first | last | header_length,
        word(payload_end - part.payload.len()),
        word(part.payload.len()),
        u32::from_le_bytes(key),
        length_low,
        length_high,
        offset_low,
        offset_high,
        start_low,
        start_high,
    ]
}
