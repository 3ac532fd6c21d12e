//! Forging frames.

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::forge::{Header, LengthForm};
use ws101_core::{MaskingKey, Rsv, apply_mask};

use crate::exchange::Exchange;

/// The bit of a header's first byte that is FIN.
const FIN: u8 = 0x80;

#[wasm_bindgen]
impl Exchange {
    /// Any header. `form` is 7, 16 or 64, or 0 for the shortest; the length comes in two halves. Out: the header.
    pub fn forge_header(&mut self, first: u8, form: u32, low: u32, high: u32, masked: u32, key: u32) {
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
        let results = self.begin().1;
        results.output.extend(bytes.iter().take(length));
    }

    /// Masks or unmasks the input where it lies; its first byte is byte `offset` (modulo 4) of the payload.
    pub fn apply_mask(&mut self, key: u32, offset: u32) {
        apply_mask(&mut self.input, MaskingKey(key.to_le_bytes()), offset.into());
    }
}

fn rsv(first: u8) -> Rsv {
    Rsv::from_bits(first >> 4)
}

fn masking_key(masked: u32, key: u32) -> Option<MaskingKey> {
    (masked != 0).then(|| MaskingKey(key.to_le_bytes()))
}
