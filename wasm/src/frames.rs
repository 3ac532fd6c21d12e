//! Forging frames.

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::forge::{Header, LengthForm};
use ws101_core::{MaskingKey, Rsv};

use crate::exchange;

/// The bit of a header's first byte that is FIN.
const FIN: u8 = 0x80;

/// Any header. `form` is 7, 16 or 64, or 0 for the shortest; the length comes in two halves. Out: the header.
#[wasm_bindgen]
pub fn forge_header(first: u8, form: u32, low: u32, high: u32, masked: u32, key: u32) {
    let payload_length = u64::from(high) << 32 | u64::from(low);
    let length_form = match form {
        7 => LengthForm::Bits7,
        16 => LengthForm::Bits16,
        64 => LengthForm::Bits64,
        _ => LengthForm::shortest(payload_length),
    };
    let header = Header {
        fin: first & FIN != 0,
        rsv: rsv(first),
        opcode: first & 0x0f,
        length_form,
        payload_length,
        masking_key: masking_key(masked, key),
    };
    let mut bytes = [0; Header::MAX_LENGTH];
    let length = header.encode(&mut bytes);
    let mut exchange = exchange::lend();
    let results = exchange.begin().1;
    results.output.extend_from_slice(bytes.get(..length).unwrap_or_default());
}

/// Masks or unmasks the input where it lies; its first byte is byte `offset` (modulo 4) of the payload.
#[wasm_bindgen]
pub fn apply_mask(key: u32, offset: u32) {
    ws101_core::apply_mask(&mut exchange::lend().input, MaskingKey(key.to_le_bytes()), offset.into());
}

fn rsv(first: u8) -> Rsv {
    Rsv::from_bits(first >> 4)
}

fn masking_key(masked: u32, key: u32) -> Option<MaskingKey> {
    (masked != 0).then(|| MaskingKey(key.to_le_bytes()))
}
