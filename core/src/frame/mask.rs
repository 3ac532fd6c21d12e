//! Masking (§5.3).

/// The four bytes that a client's frame is masked with: fresh and unpredictable for each frame (§5.3, §10.3). They
/// come from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MaskingKey(pub [u8; 4]);

impl MaskingKey {
    /// The key as a little-endian number, turned so that its lowest byte meets payload byte `offset`.
    #[inline]
    const fn word(self, offset: u64) -> u32 {
        // §5.3: "j = i MOD 4 transformed-octet-i = original-octet-i XOR masking-key-octet-j"
        u32::from_le_bytes(self.0).rotate_right(8 * (offset % 4) as u32)
    }
}

impl From<[u8; 4]> for MaskingKey {
    fn from(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }
}

/// Bytes that one step masks: a multiple of four, wide enough for any vector unit that the compiler may use.
#[cfg(not(target_arch = "wasm32"))]
const STRIPE: usize = 32;

/// Masks or unmasks `data` in place; `offset` is the place of its first byte in the frame's payload.
///
/// ```
/// use ws101_core::{MaskingKey, apply_mask};
/// let mut payload = [0x7f, 0x9f, 0x4d, 0x51, 0x58]; // §5.7
/// apply_mask(&mut payload, MaskingKey([0x37, 0xfa, 0x21, 0x3d]), 0);
/// assert_eq!(&payload, b"Hello");
/// ```
#[inline]
pub fn apply_mask(data: &mut [u8], key: MaskingKey, offset: u64) {
    let word = key.word(offset);
    match data.len() {
        0..4 => mask_few(data, word),
        4..8 => mask_stripes::<4>(data, word),
        _ => mask_words(data, word),
    }
}

/// From how many bytes on it pays to ask what vector unit the machine has.
#[cfg(all(feature = "simd", not(target_arch = "wasm32")))]
const WIDE: usize = 256;

#[cfg(not(target_arch = "wasm32"))]
#[inline]
fn mask_words(data: &mut [u8], word: u32) {
    match data.len() {
        ..16 => mask_stripes::<8>(data, word),
        16..STRIPE => mask_stripes::<16>(data, word),
        #[cfg(feature = "simd")]
        WIDE.. => mask_wide(data, word),
        _ => mask_stripes::<STRIPE>(data, word),
    }
}

/// A module of WebAssembly is compiled for size, which leaves loops over the words of a stripe as they are, through the
/// stack: there a stripe is written out.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
fn mask_words(data: &mut [u8], word: u32) {
    let Some(mut last) = data.last_chunk().copied() else { return };
    mask_eight(&mut last, turned(word, data.len() - 8));
    let (stripes, rest) = data.as_chunks_mut().0.as_chunks_mut();
    for [first, second, third, fourth] in stripes {
        mask_eight(first, word);
        mask_eight(second, word);
        mask_eight(third, word);
        mask_eight(fourth, word);
    }
    for eight in rest {
        mask_eight(eight, word);
    }
    if let Some(place) = data.last_chunk_mut() {
        *place = last;
    }
}

#[cfg(target_arch = "wasm32")]
#[inline]
fn mask_eight(bytes: &mut [u8; 8], word: u32) {
    *bytes = xor(*bytes, word);
}

/// Apart, like the next three, so that the stripes of the lengths between need no room on the stack.
#[inline(never)]
fn mask_few(data: &mut [u8], word: u32) {
    data.iter_mut().zip(word.to_le_bytes()).for_each(|(byte, mask)| *byte ^= mask);
}

#[cfg(not(target_arch = "wasm32"))]
#[inline(never)]
fn copy_few(source: &[u8], target: &mut [u8], word: u32) {
    let masked = source.iter().zip(word.to_le_bytes()).map(|(byte, mask)| byte ^ mask);
    target.iter_mut().zip(masked).for_each(|(out, byte)| *out = byte);
}

#[cfg(all(feature = "simd", not(target_arch = "wasm32")))]
#[inline(never)]
fn mask_wide(data: &mut [u8], word: u32) {
    fearless_simd::dispatch!(fearless_simd::Level::new(), _simd => mask_stripes::<STRIPE>(data, word));
}

#[cfg(all(feature = "simd", not(target_arch = "wasm32")))]
#[inline(never)]
fn copy_wide(source: &[u8], target: &mut [u8], word: u32) {
    fearless_simd::dispatch!(fearless_simd::Level::new(), _simd => copy_stripes::<STRIPE>(source, target, word));
}

/// Masks at least `N` bytes: all whole stripes from the front, then the last `N` bytes at once, of which some were
/// masked before and are written again. So there is no remainder to go through byte by byte.
#[expect(clippy::inline_always, reason = "only what is inlined into the dispatch is compiled for the wider unit")]
#[inline(always)]
fn mask_stripes<const N: usize>(data: &mut [u8], word: u32) {
    let Some(&last) = data.last_chunk::<N>() else { return };
    let last_word = turned(word, data.len() - N);
    for stripe in data.as_chunks_mut::<N>().0 {
        *stripe = xor(*stripe, word);
    }
    if let Some(place) = data.last_chunk_mut() {
        *place = xor(last, last_word);
    }
}

/// Writes `source`, masked or unmasked, to the beginning of `target` in one pass; `offset` as in [`apply_mask`].
///
/// Bytes of `source` that `target` has no room for are left out.
///
/// ```
/// use ws101_core::{MaskingKey, copy_masked};
/// let mut out = [0; 5];
/// copy_masked(b"Hello", &mut out, MaskingKey([0x37, 0xfa, 0x21, 0x3d]), 0);
/// assert_eq!(out, [0x7f, 0x9f, 0x4d, 0x51, 0x58]);
/// ```
#[inline]
pub fn copy_masked(source: &[u8], target: &mut [u8], key: MaskingKey, offset: u64) {
    let length = source.len().min(target.len());
    let (source, target) = (&source[..length], &mut target[..length]);
    copy_words(source, target, key.word(offset));
}

/// A module of WebAssembly is kept short: there a second pass stands for a second set of loops.
#[cfg(target_arch = "wasm32")]
fn copy_words(source: &[u8], target: &mut [u8], word: u32) {
    target.copy_from_slice(source);
    apply_mask(target, MaskingKey(word.to_le_bytes()), 0);
}

#[cfg(not(target_arch = "wasm32"))]
#[inline]
fn copy_words(source: &[u8], target: &mut [u8], word: u32) {
    match source.len() {
        0..4 => copy_few(source, target, word),
        4..8 => copy_stripes::<4>(source, target, word),
        8..16 => copy_stripes::<8>(source, target, word),
        16..STRIPE => copy_stripes::<16>(source, target, word),
        #[cfg(feature = "simd")]
        WIDE.. => copy_wide(source, target, word),
        _ => copy_stripes::<STRIPE>(source, target, word),
    }
}

/// As [`mask_stripes`], from one place to another of the same length.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::inline_always, reason = "only what is inlined into the dispatch is compiled for the wider unit")]
#[inline(always)]
fn copy_stripes<const N: usize>(source: &[u8], target: &mut [u8], word: u32) {
    let stripes = source.as_chunks::<N>().0.iter();
    for (from, to) in stripes.zip(target.as_chunks_mut::<N>().0) {
        *to = xor(*from, word);
    }
    if let (Some(from), Some(to)) = (source.last_chunk::<N>(), target.last_chunk_mut::<N>()) {
        *to = xor(*from, turned(word, source.len() - N));
    }
}

/// The word that meets the payload `distance` bytes after `word`.
#[inline]
const fn turned(word: u32, distance: usize) -> u32 {
    word.rotate_right(8 * (distance as u64 % 4) as u32)
}

#[expect(clippy::inline_always, reason = "only what is inlined into the dispatch is compiled for the wider unit")]
#[inline(always)]
fn xor<const N: usize>(mut bytes: [u8; N], word: u32) -> [u8; N] {
    let wide = u64::from(word) << 32 | u64::from(word);
    let (eights, rest) = bytes.as_chunks_mut::<8>();
    for eight in eights {
        *eight = (u64::from_le_bytes(*eight) ^ wide).to_le_bytes();
    }
    for four in rest.as_chunks_mut::<4>().0 {
        *four = (u32::from_le_bytes(*four) ^ word).to_le_bytes();
    }
    bytes
}
