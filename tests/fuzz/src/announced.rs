//! What the header of a frame announces, whatever else is wrong with it: it says what a peer waits for that looks at the
//! rest later than we do.

use ws101_core::{FrameHeader, Violation, apply_mask};

/// Whether the stream ends within this frame.
pub(crate) fn is_cut(frame: &[u8]) -> bool {
    match FrameHeader::parse(&plain(frame)) {
        Ok(Some((header, start))) => (frame.len() as u64) < header.payload_length.saturating_add(start as u64),
        Ok(None) => true,
        // Its length alone is wrong: for a peer that reads the whole header before it looks, once all of it is there.
        Err(_) => {
            let key = if frame[1] & 0x80 == 0 { 0 } else { 4 };
            frame.len() < key + if frame[1] & 0x7f == 127 { 10 } else { 4 }
        }
    }
}

/// The length of the payload; `None` where it is cut, or wrong in another way than by its highest bit.
pub(crate) fn payload_length(frame: &[u8]) -> Option<u64> {
    match FrameHeader::parse(&plain(frame)) {
        Ok(header) => header.map(|(header, _)| header.payload_length),
        Err(Violation::LengthHighBit) => Some(u64::MAX),
        Err(_) => None,
    }
}

/// The payload, without its mask, where all of it is there.
pub(crate) fn payload(frame: &[u8]) -> Option<Vec<u8>> {
    let (header, start) = FrameHeader::parse(&plain(frame)).ok()??;
    let end = start.checked_add(usize::try_from(header.payload_length).ok()?)?;
    let mut payload = frame.get(start..end)?.to_vec();
    if let Some(key) = header.masking_key {
        apply_mask(&mut payload, key, 0);
    }
    Some(payload)
}

/// The header with the first byte of a binary message, which breaks no rule: the length and the mask bit stay.
fn plain(frame: &[u8]) -> Vec<u8> {
    [0x82].into_iter().take(frame.len()).chain(frame.iter().skip(1).copied()).take(14).collect()
}
