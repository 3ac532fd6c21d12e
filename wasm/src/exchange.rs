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
/// The caller reserves the input, fills it, calls a method, and reads the results. Addresses are good until the next call.
/// Several texts lie in the input one after another, each behind its length as a word of four bytes, the lowest first;
/// [`ABSENT`] is the length of one that is not there.
#[wasm_bindgen]
#[derive(Default)]
pub struct Exchange {
    pub(crate) input: Vec<u8>,
    pub(crate) output: Vec<u8>,
    pub(crate) words: Vec<u32>,
    places: [usize; 4],
}

#[wasm_bindgen]
impl Exchange {
    /// Empty buffers.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for `length` bytes of input and says where; at 0 there is none, for lack of memory.
    pub fn reserve(&mut self, length: usize) -> *const u8 {
        if resize(&mut self.input, length) { self.input.as_ptr() } else { core::ptr::null() }
    }

    /// Where four words say what the last call left: where the output lies and how many bytes it has, where the words lie
    /// and how many there are.
    pub fn results(&mut self) -> *const usize {
        let Self { output, words, .. } = self;
        self.places = [output.as_ptr() as usize, output.len(), words.as_ptr() as usize, words.len()];
        self.places.as_ptr()
    }
}

impl Exchange {
    /// Puts texts into the input, as JavaScript does; for tests in Rust.
    pub fn put_texts(&mut self, texts: &[Option<&[u8]>]) {
        self.input.clear();
        for text in texts {
            self.input.extend(text.map_or(ABSENT, |text| word(text.len())).to_le_bytes());
            self.input.extend_from_slice(text.unwrap_or_default());
        }
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

fn resize(buffer: &mut Vec<u8>, length: usize) -> bool {
    let there = buffer.try_reserve_exact(length.saturating_sub(buffer.len())).is_ok();
    if there {
        buffer.resize(length, 0);
    }
    there
}
