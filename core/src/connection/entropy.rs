//! Where masking-keys come from.

use crate::MaskingKey;

/// Where a client's masking-keys come from: fresh, unpredictable bytes for each frame (§5.3, §10.3).
pub trait Entropy {
    /// The key of the next frame; `None` for a server, which does not mask.
    fn masking_key(&mut self) -> Option<MaskingKey>;
}

impl<F: FnMut() -> [u8; 4]> Entropy for F {
    fn masking_key(&mut self) -> Option<MaskingKey> {
        Some(MaskingKey(self()))
    }
}

/// A server's frames, which are not masked (§5.1).
#[derive(Debug, Clone, Copy)]
pub struct Unmasked;

impl Entropy for Unmasked {
    fn masking_key(&mut self) -> Option<MaskingKey> {
        None
    }
}
