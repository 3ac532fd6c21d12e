//! The body of a Close frame (§5.5.1).

use crate::frame::{EncodeError, field};
use crate::{Span, StatusCode, Violation};

/// What the body of a Close frame says.
///
/// ```
/// use ws101_core::{Close, StatusCode};
/// let close = Close::parse(b"\x03\xe8bye").unwrap().unwrap();
/// assert_eq!(close, Close { code: StatusCode::NORMAL_CLOSURE, reason: "bye" });
/// assert_eq!(Close::parse(b"").unwrap(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Close<'a> {
    /// Why.
    pub code: StatusCode,
    /// Why, in words; not necessarily for a person's eyes. At most 123 bytes.
    pub reason: &'a str,
}

impl<'a> Close<'a> {
    /// Reads the unmasked payload of a Close frame; `None` for an empty one, which stands for 1005.
    ///
    /// # Errors
    /// The rule that the payload breaks, and its bytes counted from the payload's first.
    pub fn parse(payload: &'a [u8]) -> Result<Option<Self>, (Violation, Span)> {
        let (code, reason) = match payload {
            [] => return Ok(None),
            // §5.5.1: "If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer"
            [_] => return Err((Violation::CloseBodyTooShort, Span::new(0, 1))),
            [high, low, reason @ ..] => (StatusCode(u16::from_be_bytes([*high, *low])), reason),
        };
        // §7.4.1: "is a reserved value and MUST NOT be set as a status code in a Close control frame by an endpoint"
        if !code.may_be_sent() {
            return Err((Violation::CloseStatusNotAllowed, Span::new(0, 2)));
        }
        // §5.5.1: "Following the 2-byte integer, the body MAY contain UTF-8-encoded data"
        match core::str::from_utf8(reason) {
            Ok(reason) => Ok(Some(Self { code, reason })),
            Err(error) => {
                let start = 2 + error.valid_up_to();
                let end = error.error_len().map_or(payload.len(), |length| start + length);
                Err((Violation::CloseReasonInvalidUtf8, Span::new(start, end)))
            }
        }
    }

    /// Writes it as a payload.
    ///
    /// # Errors
    /// A status code that may not be sent, or a reason of more than 123 bytes.
    pub fn encode(&self) -> Result<ClosePayload, EncodeError> {
        if !self.code.may_be_sent() {
            return Err(EncodeError::StatusNotAllowed);
        }
        let mut payload = ClosePayload { bytes: [0; field::CONTROL_PAYLOAD_LIMIT], length: 2 + self.reason.len() };
        let Some(place) = payload.bytes.get_mut(2..payload.length) else {
            return Err(EncodeError::ReasonTooLong);
        };
        place.copy_from_slice(self.reason.as_bytes());
        payload.bytes[..2].copy_from_slice(&self.code.0.to_be_bytes());
        Ok(payload)
    }
}

/// The payload of a Close frame that may be sent: empty, or a status code and a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosePayload {
    bytes: [u8; field::CONTROL_PAYLOAD_LIMIT],
    length: usize,
}

impl ClosePayload {
    /// Without status code and reason.
    pub const EMPTY: Self = Self { bytes: [0; field::CONTROL_PAYLOAD_LIMIT], length: 0 };

    /// Its bytes, 0 or 2 to 125 of them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        self.bytes.split_at(self.length).0
    }
}
