//! What all decoders, encoders and connections share: the bytes of a chunk, and words about them.

use alloc::vec;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{ProtocolError, Role};

use crate::exchange::{OK, verdict, word, words};

/// Bytes that it takes at a time.
const CHUNK: usize = 64 * 1024;
/// Words before the first row.
pub(crate) const REPORT: usize = 8;
/// Words of all rows.
const ROWS: usize = 8 * 1024;
/// The largest memory for a long payload that is kept for the next; more is given back.
pub(crate) const KEPT: usize = 1 << 20;

/// The bytes of a chunk and what was found in them.
///
/// Its addresses stay. The words begin with a report: how many rows there are; how many bytes of the chunk are done
/// with; how the call ended (well, or with this rule broken); then the first byte in the stream that a broken rule is about,
/// and the one after the last, each as two words with the low one first; and a word of which each call says what it is. The
/// rows follow.
#[wasm_bindgen]
pub struct Table {
    pub(crate) bytes: Vec<u8>,
    pub(crate) words: Vec<u32>,
    input: Vec<u8>,
    /// A payload that is longer than the input.
    long: Vec<u8>,
}

#[wasm_bindgen]
impl Table {
    /// Room for a chunk and its rows, and for a payload that is to be sent.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self { bytes: vec![0; CHUNK], words: vec![0; REPORT + ROWS], input: vec![0; CHUNK], long: Vec::new() }
    }

    /// Where the bytes lie: room for 64 KiB.
    pub fn bytes(&self) -> *const u8 {
        self.bytes.as_ptr()
    }

    /// Where the words lie: 8 of the report and 8192 of rows.
    pub fn words(&self) -> *const u32 {
        self.words.as_ptr()
    }

    /// Where a payload is to be put that is to be sent: room for 64 KiB.
    pub fn input(&self) -> *const u8 {
        self.input.as_ptr()
    }

    /// Where a longer payload is to be put, of `length` bytes; null when there is no memory for it.
    pub fn long_input(&mut self, length: usize) -> *const u8 {
        if let Some(more) = length.checked_sub(self.long.len()) {
            if self.long.try_reserve_exact(more).is_err() {
                return core::ptr::null();
            }
            self.long.resize(length, 0);
        }
        self.long.as_ptr()
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

impl Table {
    /// Puts a chunk where JavaScript puts it; for tests in Rust.
    pub fn put(&mut self, chunk: &[u8]) {
        self.bytes[..chunk.len()].copy_from_slice(chunk);
    }

    /// Puts a payload where JavaScript puts it; for tests in Rust.
    pub fn put_input(&mut self, payload: &[u8]) {
        self.input[..payload.len()].copy_from_slice(payload);
    }

    /// Puts numbers where JavaScript puts them; for tests in Rust.
    pub fn put_numbers(&mut self, numbers: &[u64]) {
        let words = numbers.iter().flat_map(|&number| crate::exchange::words(number));
        self.words[REPORT..].iter_mut().zip(words).for_each(|(place, word)| *place = word);
    }

    /// The words of the report; for tests in Rust.
    pub fn report(&self) -> &[u32] {
        &self.words[..REPORT]
    }

    /// A row of this many words; for tests in Rust.
    pub fn row(&self, row: usize, length: usize) -> &[u32] {
        &self.words[REPORT + row * length..][..length]
    }

    /// Bytes of the chunk; for tests in Rust.
    pub fn chunk(&self, start: usize, length: usize) -> &[u8] {
        &self.bytes[start..start + length]
    }

    /// Notes how a call ended.
    pub(crate) fn end(&mut self, rows: usize, taken: usize, failure: Option<ProtocolError>) {
        let at = |place: usize| failure.map_or([0, 0], |error| words(error.frame_start + place as u64));
        let span = failure.map_or((0, 0), |error| (error.at.start, error.at.end));
        let [start_low, start_high] = at(span.0);
        let [end_low, end_high] = at(span.1);
        let ended = failure.map_or(OK, |error| verdict(error.violation.number()));
        let report = [word(rows), word(taken), ended, start_low, start_high, end_low, end_high];
        for (place, word) in self.words.iter_mut().zip(report) {
            *place = word;
        }
    }

    /// The payload that is to be sent.
    pub(crate) fn payload(&self, length: usize) -> &[u8] {
        let input = if length > CHUNK { &self.long } else { &self.input };
        input.get(..length).unwrap_or_default()
    }

    /// It was sent.
    pub(crate) fn forget_payload(&mut self) {
        if self.long.len() > KEPT {
            self.long = Vec::new();
        }
    }

    /// Writes the report's last word.
    pub(crate) fn note(&mut self, note: u32) {
        if let Some(place) = self.words.get_mut(REPORT - 1) {
            *place = note;
        }
    }

    /// A number of two words, the low one first, where the rows are.
    pub(crate) fn number(&self, place: usize) -> u64 {
        match self.words.get(REPORT + 2 * place..REPORT + 2 * place + 2) {
            Some(&[low, high]) => u64::from(high) << 32 | u64::from(low),
            _ => 0,
        }
    }
}

/// An address as a word.
pub(crate) fn address(bytes: &[u8]) -> u32 {
    word(bytes.as_ptr().addr())
}

/// The role that a number stands for.
pub(crate) const fn role(number: u32) -> Role {
    if number == 0 { Role::Client } else { Role::Server }
}
