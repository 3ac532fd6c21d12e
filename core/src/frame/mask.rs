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

    /// The same over `N` bytes.
    #[inline]
    const fn repeated<const N: usize>(self, offset: u64) -> [u8; N] {
        let turned = self.turned(offset);
        let mut mask = [0; N];
        let mut at = 0;
        while at < N {
            mask[at] = turned[at % 4];
            at += 1;
        }
        mask
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
    // §5.3: "j = i MOD 4, transformed-octet-i = original-octet-i XOR masking-key-octet-j"
    match data.len() {
        0..4 => data.iter_mut().zip(key.turned(offset)).for_each(|(byte, mask)| *byte ^= mask),
        4..8 => mask_stripes::<4>(data, key, offset),
        8..16 => mask_stripes::<8>(data, key, offset),
        16..STRIPE => mask_stripes::<16>(data, key, offset),
        _ => mask_stripes::<STRIPE>(data, key, offset),
    }
}

/// Masks at least `N` bytes: all whole stripes from the front, then the last `N` bytes at once, of which some were
/// masked before and are written again. So there is no remainder to go through byte by byte.
#[inline]
fn mask_stripes<const N: usize>(data: &mut [u8], key: MaskingKey, offset: u64) {
    let Some(&last) = data.last_chunk::<N>() else { return };
    let last_offset = offset.wrapping_add((data.len() - N) as u64);
    let mask = key.repeated::<N>(offset);
    let (stripes, rest) = data.as_chunks_mut::<N>();
    for stripe in stripes {
        *stripe = xor(*stripe, mask);
    }
    if !rest.is_empty()
        && let Some(place) = data.last_chunk_mut()
    {
        *place = xor(last, key.repeated(last_offset));
    }
}

#[inline]
fn xor<const N: usize>(mut bytes: [u8; N], mask: [u8; N]) -> [u8; N] {
    for (byte, mask) in bytes.iter_mut().zip(mask) {
        *byte ^= mask;
    }
    bytes
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
    match length {
        0..4 => {
            let masked = source.iter().zip(key.turned(offset)).map(|(byte, mask)| byte ^ mask);
            target.iter_mut().zip(masked).for_each(|(out, byte)| *out = byte);
        }
        4..8 => copy_stripes::<4>(source, target, key, offset),
        8..16 => copy_stripes::<8>(source, target, key, offset),
        16..STRIPE => copy_stripes::<16>(source, target, key, offset),
        _ => copy_stripes::<STRIPE>(source, target, key, offset),
    }
}

/// As [`mask_stripes`], from one place to another of the same length.
#[inline]
fn copy_stripes<const N: usize>(source: &[u8], target: &mut [u8], key: MaskingKey, offset: u64) {
    let mask = key.repeated::<N>(offset);
    let (from, rest) = source.as_chunks::<N>();
    for (from, to) in from.iter().zip(target.as_chunks_mut::<N>().0) {
        *to = xor(*from, mask);
    }
    if !rest.is_empty()
        && let (Some(from), Some(to)) = (source.last_chunk::<N>(), target.last_chunk_mut::<N>())
    {
        *to = xor(*from, key.repeated(offset.wrapping_add((source.len() - N) as u64)));
    }
}
