//! Masking (§5.3).

/// The four bytes that a client's frame is masked with: fresh and unpredictable for each frame (§5.3, §10.3). They
/// come from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MaskingKey(pub [u8; 4]);

impl MaskingKey {
    /// The key's bytes in the order in which payload byte `offset` and those after it meet them.
    const fn turned(self, offset: u64) -> [u8; 4] {
        let [a, b, c, d] = self.0;
        match offset % 4 {
            0 => [a, b, c, d],
            1 => [b, c, d, a],
            2 => [c, d, a, b],
            _ => [d, a, b, c],
        }
    }

    /// The same over a whole stripe.
    const fn stripe(self, offset: u64) -> [u8; STRIPE] {
        let turned = self.turned(offset);
        let mut stripe = [0; STRIPE];
        let mut at = 0;
        while at < STRIPE {
            stripe[at] = turned[at % 4];
            at += 1;
        }
        stripe
    }
}

impl From<[u8; 4]> for MaskingKey {
    fn from(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }
}

/// Bytes that one step masks: a multiple of four, wide enough for any vector unit that the compiler may use.
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
    // §5.3: "j = i MOD 4 transformed-octet-i = original-octet-i XOR masking-key-octet-j"
    let stripe = key.stripe(offset);
    let (stripes, rest) = data.as_chunks_mut::<STRIPE>();
    for chunk in stripes {
        for (byte, mask) in chunk.iter_mut().zip(stripe) {
            *byte ^= mask;
        }
    }
    let (words, rest) = rest.as_chunks_mut::<4>();
    for word in words {
        for (byte, mask) in word.iter_mut().zip(stripe) {
            *byte ^= mask;
        }
    }
    for (byte, mask) in rest.iter_mut().zip(stripe) {
        *byte ^= mask;
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
    let stripe = key.stripe(offset);
    let (from, from_rest) = source.as_chunks::<STRIPE>();
    let (to, to_rest) = target.as_chunks_mut::<STRIPE>();
    for (from, to) in from.iter().zip(to) {
        for ((byte, out), mask) in from.iter().zip(to).zip(stripe) {
            *out = byte ^ mask;
        }
    }
    for ((byte, out), mask) in from_rest.iter().zip(to_rest).zip(stripe) {
        *out = byte ^ mask;
    }
}
