//! Reading frames: one call for a whole chunk, one row of numbers for each part of a frame.

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{FramePart, Rsv};

use crate::exchange::{word, words};
use crate::table::{REPORT, Table};

/// Words of a row.
const ROW: usize = 10;

/// Bits of a row's first word beside the frame's own first byte.
const MASKED: u32 = 1 << 8;
const FIRST: u32 = 1 << 9;
const LAST: u32 = 1 << 10;
const HEADER_LENGTH_SHIFT: u32 = 16;

/// The state of one stream; what it decodes lies in a [`Table`].
#[wasm_bindgen]
pub struct FrameDecoder {
    decoder: ws101_core::FrameDecoder,
}

#[wasm_bindgen]
impl FrameDecoder {
    /// A decoder for role 0, the client, or 1, the server.
    #[wasm_bindgen(constructor)]
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "JavaScript gives a whole number below 2^53"
    )]
    pub fn new(role: u32, payload_limit: f64, allowed_rsv: u8) -> Self {
        let decoder = ws101_core::FrameDecoder::new(crate::table::role(role))
            .payload_limit(payload_limit as u64)
            .allow_rsv(Rsv::from_bits(allowed_rsv));
        Self { decoder }
    }

    /// Whether the stream may end here.
    pub fn is_between_messages(&self) -> bool {
        self.decoder.is_between_messages()
    }
}

#[wasm_bindgen]
impl Table {
    /// Decodes the bytes from `start` up to `end`, and gives the number of rows. Fewer bytes may be taken than there
    /// are: when the rows are full (819), and when the stream breaks a rule.
    ///
    /// A row is: the frame's first byte, with bit 8 for masked, 9 for the frame's first part, 10 for its last, and the
    /// header's length from bit 16 on; the place of the payload in the bytes, and its length; the masking-key, its first
    /// byte lowest; then, each as two words with the low one first, the payload length of the whole frame, the place of
    /// the payload in it, and the place of the frame in the stream.
    pub fn decode(&mut self, decoder: &mut FrameDecoder, start: usize, end: usize) -> usize {
        let mut input = self.bytes.get_mut(start..end).unwrap_or_default();
        let (mut count, mut failure) = (0, None);
        for row in self.words.get_mut(REPORT..).unwrap_or_default().as_chunks_mut::<ROW>().0 {
            match decoder.decoder.decode(&mut input) {
                Ok(Some(part)) => *row = describe(&part, end - input.len()),
                Ok(None) => break,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
            count += 1;
        }
        let taken = end - input.len();
        self.end(count, taken, failure);
        count
    }
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
