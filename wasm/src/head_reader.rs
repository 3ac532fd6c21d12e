//! A head that comes in pieces.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::Span;
use ws101_core::handshake::HandshakeViolation;

use crate::exchange::{self, NO_MEMORY, OK, word};

/// Collects one head.
#[wasm_bindgen]
pub struct HeadReader {
    reader: ws101_core::HeadReader<Vec<u8>>,
}

#[wasm_bindgen]
impl HeadReader {
    /// A reader of heads up to `limit` bytes; one that takes no byte when there is no memory for them.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(limit: usize) -> Self {
        let mut storage = Vec::new();
        if storage.try_reserve_exact(limit).is_ok() {
            storage.resize(limit, 0);
        }
        Self { reader: ws101_core::HeadReader::new(storage) }
    }

    /// Takes the input. Words out: 1 when the head is complete, and how many bytes of the input belong to it. Output:
    /// the head, once it is complete.
    pub fn receive(&mut self) -> u32 {
        let mut exchange = exchange::lend();
        let (input, mut results) = exchange.begin();
        let mut rest = input.as_slice();
        let Ok(complete) = self.reader.receive(&mut rest) else {
            let limit = self.reader.bytes().len();
            return results.broken(HandshakeViolation::HeadTooLong.number(), Span::new(0, limit));
        };
        results.words.extend([u32::from(complete), word(input.len() - rest.len())]);
        if complete {
            if results.output.try_reserve(self.reader.bytes().len()).is_err() {
                return NO_MEMORY;
            }
            results.output.extend_from_slice(self.reader.bytes());
        }
        OK
    }
}
