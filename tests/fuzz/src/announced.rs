//! What the header of a frame announces, whatever else is wrong with it: it says what a peer waits for that looks at the
//! rest later than we do.

use ws101_core::{MaskingKey, apply_mask};

/// §5.2's lengths and key, read without a judgement.
struct Announced {
    payload_length: u64,
    masking_key: Option<MaskingKey>,
    /// Where the payload begins.
    start: usize,
}

impl Announced {
    /// `None` where the stream ends within the header.
    fn read(frame: &[u8]) -> Option<Self> {
        let second = *frame.get(1)?;
        let extended = match second & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let length = frame.get(2..2 + extended)?.iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
        let payload_length = if extended == 0 { u64::from(second & 0x7f) } else { length };
        let start = 2 + extended;
        if second & 0x80 == 0 {
            return Some(Self { payload_length, masking_key: None, start });
        }
        let key = frame.get(start..start + 4)?.try_into().ok()?;
        Some(Self { payload_length, masking_key: Some(MaskingKey(key)), start: start + 4 })
    }
}

/// Whether the stream ends within this frame.
pub(crate) fn is_cut(frame: &[u8]) -> bool {
    Announced::read(frame)
        .is_none_or(|announced| (frame.len() as u64) < announced.payload_length.saturating_add(announced.start as u64))
}

/// The length of the payload; `None` where the header is cut.
pub(crate) fn payload_length(frame: &[u8]) -> Option<u64> {
    Announced::read(frame).map(|announced| announced.payload_length)
}

/// The payload, without its mask, where all of it is there.
pub(crate) fn payload(frame: &[u8]) -> Option<Vec<u8>> {
    let Announced { payload_length, masking_key, start } = Announced::read(frame)?;
    let end = start.checked_add(usize::try_from(payload_length).ok()?)?;
    let mut payload = frame.get(start..end)?.to_vec();
    if let Some(key) = masking_key {
        apply_mask(&mut payload, key, 0);
    }
    Some(payload)
}
