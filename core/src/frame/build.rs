//! Writing frames, strictly: what a peer may send, and nothing else.

use crate::frame::forge::LengthForm;
use crate::frame::{FrameHeader, MaskingKey, Opcode, Rsv, copy_masked, field, header};
use crate::rules::rules;

rules! {
    /// What a caller asked to be sent and may not be: the caller's fault, never the peer's.
    pub enum EncodeError from 300 {
        BufferTooSmall { "ENCODE_BUFFER_TOO_SMALL", "ws101", "The buffer is too small for the frame.", "Lend as many bytes as `encoded_len` says." }
        ControlFrameTooLong { "ENCODE_CONTROL_TOO_LONG", "RFC 6455 §5.5", "A control frame holds at most 125 bytes.", "Send less, or send a message." }
        FragmentedControlFrame { "ENCODE_CONTROL_FRAGMENTED", "RFC 6455 §5.5", "A control frame cannot be fragmented.", "Leave FIN set." }
        ReservedOpcode { "ENCODE_RESERVED_OPCODE", "RFC 6455 §5.2", "The opcode is reserved.", "Send 0, 1, 2, 8, 9 or 10; `forge` writes the others." }
        StatusNotAllowed { "ENCODE_STATUS_NOT_ALLOWED", "RFC 6455 §7.4", "This status code may not be sent.", "Send 1000–1003, 1007–1014 or 3000–4999; for a Close without a code send no body." }
        ReasonTooLong { "ENCODE_REASON_TOO_LONG", "RFC 6455 §5.5", "The reason is longer than the 123 bytes that a Close frame has for it.", "Shorten it; bytes count, not characters." }
        ReservedBits { "ENCODE_RESERVED_BITS", "RFC 6455 §5.2", "A reserved bit is set; on a connection its extension sets them.", "Leave RSV1, RSV2 and RSV3 at 0; `forge` writes them." }
        UnexpectedContinuation { "ENCODE_UNEXPECTED_CONTINUATION", "RFC 6455 §5.4", "A continuation is to be sent where no message is under way.", "Begin the message with a text or binary frame with FIN 0." }
        MessageUnfinished { "ENCODE_MESSAGE_UNFINISHED", "RFC 6455 §5.4", "A message is to be sent before the one under way has ended.", "Send the last fragment, a continuation with FIN 1, first." }
        InvalidUtf8 { "ENCODE_INVALID_UTF8", "RFC 6455 §5.6", "The fragments of a text message are not UTF-8.", "Cut the text anywhere, but send all of it and nothing else; other bytes belong in a binary message." }
        OutOfMemory { "ENCODE_OUT_OF_MEMORY", "ws101", "There is no memory for what is to be sent.", "Send less at a time, and write what waits before sending more." }
        ReasonWithoutStatus { "ENCODE_REASON_WITHOUT_STATUS", "RFC 6455 §5.5.1", "A reason needs a status code before it.", "Give a status code, 1000 say." }
    }
}

/// A frame to be sent.
///
/// ```
/// use ws101_core::{MaskingKey, frames};
/// let frame = frames::text("Hello").masked(MaskingKey([0x37, 0xfa, 0x21, 0x3d]));
/// let mut out = [0; 16];
/// let length = frame.encode(&mut out)?;
/// assert_eq!(out[..length], [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]); // §5.7
/// # Ok::<(), ws101_core::EncodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    fin: bool,
    rsv: Rsv,
    opcode: Opcode,
    masking_key: Option<MaskingKey>,
    payload: &'a [u8],
}

/// Frames by what they are. Each is final and unmasked until told otherwise.
pub mod frames {
    use super::Frame;
    use crate::frame::{ClosePayload, Opcode};

    /// A text message, or with `.fin(false)` the first fragment of one.
    #[must_use]
    pub const fn text(text: &str) -> Frame<'_> {
        Frame::new(Opcode::Text, text.as_bytes())
    }

    /// A message of bytes, or with `.fin(false)` the first fragment of one.
    #[must_use]
    pub const fn binary(bytes: &[u8]) -> Frame<'_> {
        Frame::new(Opcode::Binary, bytes)
    }

    /// The last fragment of a message, or with `.fin(false)` one in its middle.
    #[must_use]
    pub const fn continuation(bytes: &[u8]) -> Frame<'_> {
        Frame::new(Opcode::Continuation, bytes)
    }

    /// A ping; at most 125 bytes.
    #[must_use]
    pub const fn ping(bytes: &[u8]) -> Frame<'_> {
        Frame::new(Opcode::Ping, bytes)
    }

    /// A pong; at most 125 bytes, those of the ping that it answers (§5.5.3).
    #[must_use]
    pub const fn pong(bytes: &[u8]) -> Frame<'_> {
        Frame::new(Opcode::Pong, bytes)
    }

    /// A Close.
    #[must_use]
    pub const fn close(payload: &ClosePayload) -> Frame<'_> {
        Frame::new(Opcode::Close, payload.as_bytes())
    }
}

impl<'a> Frame<'a> {
    /// A final, unmasked frame.
    #[must_use]
    pub const fn new(opcode: Opcode, payload: &'a [u8]) -> Self {
        Self { fin: true, rsv: Rsv::NONE, opcode, masking_key: None, payload }
    }

    /// Whether the message ends with this frame.
    #[must_use]
    pub const fn fin(mut self, fin: bool) -> Self {
        self.fin = fin;
        self
    }

    /// The reserved bits, for an extension that was agreed on.
    #[must_use]
    pub const fn rsv(mut self, rsv: Rsv) -> Self {
        self.rsv = rsv;
        self
    }

    /// Masks the frame, as a client must; the key is fresh for each frame (§5.3).
    #[must_use]
    pub const fn masked(mut self, key: MaskingKey) -> Self {
        self.masking_key = Some(key);
        self
    }

    /// What it carries, not masked.
    #[must_use]
    pub const fn payload(&self) -> &'a [u8] {
        self.payload
    }

    /// Its header.
    #[must_use]
    pub const fn header(&self) -> FrameHeader {
        FrameHeader {
            fin: self.fin,
            rsv: self.rsv,
            opcode: self.opcode,
            masking_key: self.masking_key,
            payload_length: self.payload.len() as u64,
        }
    }

    /// Bytes that [`encode`](Self::encode) needs.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        self.header().encoded_len() + self.payload.len()
    }

    /// Writes the frame, copying and masking the payload in one pass, and says how many bytes it took.
    ///
    /// # Errors
    /// A control frame that is too long or not final, or `out` too small; then nothing is written.
    #[inline]
    pub fn encode(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        self.check()?;
        let out = out.get_mut(..self.encoded_len()).ok_or(EncodeError::BufferTooSmall)?;
        let form = LengthForm::shortest(self.payload.len() as u64);
        write_frame(out, self.header().first_byte(), form, self.masking_key, self.payload)
            .ok_or(EncodeError::BufferTooSmall)
    }

    /// The frame's bytes.
    ///
    /// # Errors
    /// A control frame that is too long or not final.
    #[cfg(feature = "alloc")]
    pub fn to_vec(&self) -> Result<alloc::vec::Vec<u8>, EncodeError> {
        let mut out = alloc::vec![0; self.encoded_len()];
        self.encode(&mut out)?;
        Ok(out)
    }

    pub(crate) const fn check(&self) -> Result<(), EncodeError> {
        if self.opcode.is_control() && !self.fin {
            return Err(EncodeError::FragmentedControlFrame);
        }
        if self.opcode.is_control() && self.payload.len() > field::CONTROL_PAYLOAD_LIMIT {
            return Err(EncodeError::ControlFrameTooLong);
        }
        Ok(())
    }
}

/// Writes a frame that may be sent, copying and masking its payload in one pass, and says how many bytes it took; `None`
/// when there is no room for it.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::inline_always, reason = "what the form decides is decided where it is known")
)]
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn write_frame(
    out: &mut [u8],
    first: u8,
    form: LengthForm,
    key: Option<MaskingKey>,
    payload: &[u8],
) -> Option<usize> {
    let start = form.header_length(key.is_some());
    let (header, rest) = out.split_at_mut_checked(start)?;
    let body = rest.get_mut(..payload.len())?;
    header::write(header, first, form, payload.len() as u64, key)?;
    match key {
        Some(key) => copy_masked(payload, body, key, 0),
        None => body.copy_from_slice(payload),
    }
    Some(start + payload.len())
}
