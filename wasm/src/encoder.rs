//! Writing frames, many into one buffer.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{EncodeError, Frame, MaskingKey, Opcode, Rsv};

use crate::exchange::{OK, verdict};
use crate::table::{KEPT, Table, address};

/// The bit of a header's first byte that is FIN.
const FIN: u8 = 0x80;

/// Frames that wait to be written. Their memory stays, so that frames are written into it in one pass.
#[wasm_bindgen]
#[derive(Default)]
pub struct FrameEncoder {
    memory: Vec<u8>,
    length: usize,
}

#[wasm_bindgen]
impl FrameEncoder {
    /// Without frames.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes the frames have.
    pub fn length(&self) -> usize {
        self.length
    }
}

#[wasm_bindgen]
impl Table {
    /// Adds a frame whose payload is the input's first `length` bytes. `first` is the frame's first byte, `key` the
    /// masking-key with its first byte lowest, used when `masked` is not 0.
    pub fn encode(&mut self, encoder: &mut FrameEncoder, first: u8, length: usize, masked: u32, key: u32) -> u32 {
        let encoded = encoder.encode(first, self.payload(length), (masked != 0).then(|| MaskingKey(key.to_le_bytes())));
        self.forget_payload();
        encoded.map_or_else(|error| verdict(error.number()), |()| OK)
    }

    /// Says how many bytes the frames have, and in the report's last word where they lie until the next call; they are the
    /// caller's.
    pub fn take_frames(&mut self, encoder: &mut FrameEncoder) -> usize {
        self.note(address(&encoder.memory));
        core::mem::take(&mut encoder.length)
    }
}

impl FrameEncoder {
    fn encode(&mut self, first: u8, payload: &[u8], key: Option<MaskingKey>) -> Result<(), EncodeError> {
        let opcode = Opcode::from_bits(first & 0x0f).ok_or(EncodeError::ReservedOpcode)?;
        let mut frame = Frame::new(opcode, payload).fin(first & FIN != 0).rsv(Rsv::from_bits(first >> 4));
        if let Some(key) = key {
            frame = frame.masked(key);
        }
        if self.length == 0 && self.memory.len() > KEPT {
            self.memory = Vec::new();
        }
        let needed = self.length.saturating_add(frame.encoded_len());
        if let Some(more) = needed.checked_sub(self.memory.len()) {
            self.memory.try_reserve(more).map_err(|_| EncodeError::OutOfMemory)?;
            self.memory.resize(needed, 0);
        }
        self.length += frame.encode(self.memory.get_mut(self.length..).unwrap_or_default())?;
        Ok(())
    }
}
