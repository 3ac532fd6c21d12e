//! The payloads of control frames.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::frame::field::CONTROL_PAYLOAD_LIMIT;

/// The reason in a Close payload that was parsed before.
pub(super) fn reason_of(payload: Cow<'_, [u8]>) -> Cow<'_, str> {
    match payload {
        Cow::Borrowed(bytes) => text_after_status(bytes).into(),
        Cow::Owned(bytes) => String::from(text_after_status(&bytes)).into(),
    }
}

fn text_after_status(bytes: &[u8]) -> &str {
    bytes.get(2..).and_then(|reason| simdutf8::basic::from_utf8(reason).ok()).unwrap_or_default()
}

/// The payload of a control frame that comes in pieces.
#[derive(Debug)]
pub(super) struct ControlPayload {
    bytes: [u8; CONTROL_PAYLOAD_LIMIT],
    length: usize,
}

impl Default for ControlPayload {
    fn default() -> Self {
        Self { bytes: [0; CONTROL_PAYLOAD_LIMIT], length: 0 }
    }
}

impl ControlPayload {
    /// Puts a piece at its place; the decoder has seen to it that it fits.
    pub(super) fn append(&mut self, offset: u64, piece: &[u8]) {
        let start = usize::try_from(offset).unwrap_or(CONTROL_PAYLOAD_LIMIT);
        if let Some(place) = self.bytes.get_mut(start..start + piece.len()) {
            place.copy_from_slice(piece);
            self.length = start + piece.len();
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
