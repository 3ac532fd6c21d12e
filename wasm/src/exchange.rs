//! The buffers through which everything but frames to be decoded crosses.

use alloc::vec::Vec;

use spin::{Mutex, MutexGuard};
use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::Span;

/// The call went well.
pub const OK: u32 = 0;

/// There was no memory for the call; nothing happened.
pub const NO_MEMORY: u32 = u32::MAX;

/// The length of a text that is not there, as opposed to an empty one.
pub const ABSENT: u32 = u32::MAX;

/// The one exchange of the module. A call that traps never gives it back, so that one after it traps as well.
static EXCHANGE: Mutex<Exchange> =
    Mutex::new(Exchange { input: Vec::new(), output: Vec::new(), words: Vec::new(), places: [0; 4] });

/// Bytes in and out, and numbers beside them.
///
/// The caller reserves the input, fills it, calls a function, and reads the results. Addresses are good until the next call.
/// Several texts lie in the input one after another, each behind its length as a word of four bytes, the lowest first;
/// [`ABSENT`] is the length of one that is not there.
pub(crate) struct Exchange {
    pub(crate) input: Vec<u8>,
    output: Vec<u8>,
    words: Vec<u32>,
    places: [usize; 4],
}

/// Lends it for one call.
pub(crate) fn lend() -> MutexGuard<'static, Exchange> {
    EXCHANGE.try_lock().expect("no function calls another")
}

/// Makes room for `length` bytes of input and says where; at 0 there is none, for lack of memory.
#[wasm_bindgen]
pub fn reserve(length: usize) -> *const u8 {
    let input = &mut lend().input;
    if resize(input, length) { input.as_ptr() } else { core::ptr::null() }
}

/// Where four words say what the last call left: where the output lies and how many bytes it has, where the words lie and
/// how many there are.
#[wasm_bindgen]
pub fn results() -> *const usize {
    let Exchange { output, words, places, .. } = &mut *lend();
    *places = [output.as_ptr() as usize, output.len(), words.as_ptr() as usize, words.len()];
    places.as_ptr()
}

/// Puts texts into the input, as JavaScript does; for tests in Rust.
pub fn put_texts(texts: &[Option<&[u8]>]) {
    let input = &mut lend().input;
    input.clear();
    for text in texts {
        input.extend(text.map_or(ABSENT, |text| word(text.len())).to_le_bytes());
        input.extend_from_slice(text.unwrap_or_default());
    }
}

/// Puts bytes into the input, as JavaScript does; for tests in Rust.
pub fn put_bytes(bytes: &[u8]) {
    lend().input = bytes.to_vec();
}

/// The bytes that a call left; for tests in Rust.
pub fn output_bytes() -> Vec<u8> {
    lend().output.clone()
}

/// The words that a call left; for tests in Rust.
pub fn result_words() -> Vec<u32> {
    lend().words.clone()
}

impl Exchange {
    /// Empties what the last call left, and lends the input beside it.
    pub(crate) fn begin(&mut self) -> (&mut Vec<u8>, Results<'_>) {
        self.output.clear();
        self.words.clear();
        (&mut self.input, Results { output: &mut self.output, words: &mut self.words })
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
    /// Leaves a rule that the peer broke: its number is the answer, the bytes it is about are the words.
    pub(crate) fn broken(&mut self, rule: u16, at: Span) -> u32 {
        self.words.clear();
        self.words.extend([word(at.start), word(at.end)]);
        verdict(rule)
    }

    /// Leaves a rule that the caller broke: its number is the answer, and there are no bytes it is about.
    pub(crate) fn refused(&mut self, rule: u16) -> u32 {
        self.words.clear();
        verdict(rule)
    }

    /// Makes the output `length` bytes long and says whether there was memory for them.
    pub(crate) fn resize_output(&mut self, length: usize) -> bool {
        resize(self.output, length)
    }

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
