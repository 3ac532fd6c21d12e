//! The buffers through which everything but frames to be decoded crosses.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::Span;

/// The call went well.
pub const OK: u32 = 0;

/// There was no memory for the call; nothing happened.
pub const NO_MEMORY: u32 = u32::MAX;

/// The length of a text that is not there, as opposed to an empty one.
pub const ABSENT: u32 = u32::MAX;

/// Bytes in and out, and numbers beside them.
///
/// The caller reserves `input`, fills it, calls a method, and reads `output` and `words`. Addresses are good until the
/// next call.
#[wasm_bindgen]
#[derive(Default)]
pub struct Exchange {
    pub(crate) input: Vec<u8>,
    pub(crate) output: Vec<u8>,
    pub(crate) words: Vec<u32>,
}

#[wasm_bindgen]
impl Exchange {
    /// Empty buffers.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for `length` bytes of input and says whether there was memory for them.
    pub fn reserve_input(&mut self, length: usize) -> bool {
        resize(&mut self.input, length)
    }

    /// Makes room for `count` words and says whether there was memory for them.
    pub fn reserve_words(&mut self, count: usize) -> bool {
        resize(&mut self.words, count)
    }

    /// Where the input lies.
    pub fn input(&self) -> *const u8 {
        self.input.as_ptr()
    }

    /// Where the output lies.
    pub fn output(&self) -> *const u8 {
        self.output.as_ptr()
    }

    /// How many bytes of output there are.
    pub fn output_length(&self) -> usize {
        self.output.len()
    }

    /// Where the words lie.
    pub fn words(&self) -> *const u32 {
        self.words.as_ptr()
    }

    /// How many words there are.
    pub fn words_length(&self) -> usize {
        self.words.len()
    }
}

impl Exchange {
    /// Puts texts into the input and their lengths into the words, as JavaScript does; for tests in Rust.
    pub fn put_texts(&mut self, texts: &[Option<&[u8]>]) {
        self.input = texts.iter().flatten().copied().flatten().copied().collect();
        self.words = texts.iter().map(|text| text.map_or(ABSENT, |text| word(text.len()))).collect();
    }

    /// Puts bytes into the input, as JavaScript does; for tests in Rust.
    pub fn put_bytes(&mut self, bytes: &[u8]) {
        self.input.clear();
        self.input.extend_from_slice(bytes);
    }

    /// The bytes that a method left; for tests in Rust.
    pub fn output_bytes(&self) -> &[u8] {
        &self.output
    }

    /// The words that a method left; for tests in Rust.
    pub fn result_words(&self) -> &[u32] {
        &self.words
    }

    /// Empties what the last call left, and lends the input beside it.
    pub(crate) fn begin(&mut self) -> (&mut Vec<u8>, Results<'_>) {
        self.output.clear();
        self.words.clear();
        (&mut self.input, Results { output: &mut self.output, words: &mut self.words })
    }

    /// Leaves a rule that the peer broke: its number is the answer, the bytes it is about are the words.
    pub(crate) fn broken(&mut self, rule: u16, at: Span) -> u32 {
        self.begin().1.words.extend([word(at.start), word(at.end)]);
        verdict(rule)
    }

    /// Leaves a rule that the caller broke: its number is the answer, and there are no bytes it is about.
    pub(crate) fn refused(&mut self, rule: u16) -> u32 {
        self.begin();
        verdict(rule)
    }
}

/// The answer that names a broken rule.
pub(crate) fn verdict(rule: u16) -> u32 {
    u32::from(rule) + 1
}

/// Results under construction.
pub(crate) struct Results<'a> {
    pub(crate) output: &'a mut Vec<u8>,
    pub(crate) words: &'a mut Vec<u32>,
}

impl Results<'_> {
    /// Adds a text: its bytes to the output, its length to the words.
    pub(crate) fn text(&mut self, text: &[u8]) {
        self.output.extend_from_slice(text);
        self.words.push(word(text.len()));
    }

    /// Adds a text that may be missing.
    pub(crate) fn optional(&mut self, text: Option<&[u8]>) {
        match text {
            Some(text) => self.text(text),
            None => self.words.push(ABSENT),
        }
    }

    /// Adds a list: the number of its items, then each.
    pub(crate) fn list<T>(&mut self, items: impl Iterator<Item = T>, mut add: impl FnMut(&mut Self, T)) {
        let place = self.words.len();
        self.words.push(0);
        let mut count = 0;
        for item in items {
            add(self, item);
            count += 1;
        }
        self.words[place] = count;
    }
}

/// A length as a word; in this module's memory none is larger.
pub(crate) fn word(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A 64-bit number as two words, the low one first.
pub(crate) fn words(number: u64) -> [u32; 2] {
    let bytes = number.to_le_bytes();
    let (halves, _) = bytes.as_chunks::<4>();
    core::array::from_fn(|half| u32::from_le_bytes(halves[half]))
}

fn resize<T: Clone + Default>(buffer: &mut Vec<T>, length: usize) -> bool {
    let there = buffer.try_reserve_exact(length.saturating_sub(buffer.len())).is_ok();
    if there {
        buffer.resize(length, T::default());
    }
    there
}
