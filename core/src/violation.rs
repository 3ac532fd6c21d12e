//! The rules that a peer can break once the connection is open.

use core::fmt;

use crate::rules::rules;
use crate::{Span, StatusCode};

rules! {
    /// A rule that the peer broke after the opening handshake.
    pub enum Violation from 200 {
        ReservedBits { "FRAME_RESERVED_BITS", "RFC 6455 §5.2", "A reserved bit is set and no extension that was agreed on gives it a meaning.", "Send 0 in RSV1, RSV2 and RSV3; where the first byte looks like text, frame what is sent." }
        ReservedOpcode { "FRAME_RESERVED_OPCODE", "RFC 6455 §5.2", "The opcode is reserved.", "Send 0, 1, 2, 8, 9 or 10; a strange opcode often means that an earlier length was wrong." }
        UnmaskedFrame { "FRAME_UNMASKED", "RFC 6455 §5.1", "A client's frame is not masked.", "Mask every frame that a client sends, empty ones too, each with a new key." }
        MaskedFrame { "FRAME_MASKED", "RFC 6455 §5.1", "A server's frame is masked.", "Send 0 in the mask bit and no key; a server that sends the client's bytes back must take the mask off." }
        LengthNotMinimal { "FRAME_LENGTH_NOT_MINIMAL", "RFC 6455 §5.2", "The payload length is not in its shortest form.", "Use 7 bits up to 125, 16 bits up to 65535, and 64 bits above." }
        LengthHighBit { "FRAME_LENGTH_HIGH_BIT", "RFC 6455 §5.2", "The highest bit of the 64-bit payload length is set.", "Write the length in network byte order, highest byte first." }
        FragmentedControlFrame { "FRAME_CONTROL_FRAGMENTED", "RFC 6455 §5.5", "A control frame has FIN 0.", "Send each Close, Ping and Pong in one frame." }
        ControlFrameTooLong { "FRAME_CONTROL_TOO_LONG", "RFC 6455 §5.5", "A control frame announces more than 125 bytes.", "Send at most 125 bytes in a Close, Ping or Pong; more belongs in a message." }
        UnexpectedContinuation { "FRAME_UNEXPECTED_CONTINUATION", "RFC 6455 §5.4", "A continuation frame comes where no message is under way.", "Begin each message with opcode 1 or 2." }
        MessageUnfinished { "FRAME_MESSAGE_UNFINISHED", "RFC 6455 §5.4", "A new message begins before the one under way has ended.", "Send the fragments after the first with opcode 0, and let one message end before the next begins." }
        FrameTooBig { "FRAME_TOO_BIG", "RFC 6455 §10.4", "The frame announces more than the limit of this end.", "Send less at a time, or raise the limit." }
        MessageTooBig { "MESSAGE_TOO_BIG", "RFC 6455 §10.4", "The message, all its fragments together, is over the limit of this end.", "Send smaller messages, or raise the limit." }
        InvalidUtf8 { "MESSAGE_INVALID_UTF8", "RFC 6455 §8.1", "A text message is not UTF-8.", "Encode text as UTF-8, or send it as binary; split it into messages only between characters." }
        CompressedDataInvalid { "MESSAGE_DEFLATE_INVALID", "RFC 7692 §7.2.2", "The payload of a compressed message is not DEFLATE data, or ends within a block.", "Compress each message as RFC 7692 §7.2.1 says: raw DEFLATE without zlib or gzip header, flushed, the last four bytes 00 00 ff ff taken off; keep the window that was agreed on, and reset it where context takeover was agreed away." }
        CloseBodyTooShort { "CLOSE_BODY_ONE_BYTE", "RFC 6455 §5.5.1", "The body of a Close frame is one byte long.", "Send no body, or two bytes of status code and then the reason." }
        CloseStatusNotAllowed { "CLOSE_STATUS_NOT_ALLOWED", "RFC 6455 §7.4", "A Close frame carries a status code that may not be sent.", "Send 1000–1003, 1007–1014 or 3000–4999; 1005, 1006 and 1015 are never on the wire." }
        CloseReasonInvalidUtf8 { "CLOSE_REASON_INVALID_UTF8", "RFC 6455 §5.5.1", "The reason in a Close frame is not UTF-8.", "Encode the reason as UTF-8, and cut it between characters." }
    }
}

impl Violation {
    /// The status code of the Close frame that answers it (§7.4.1).
    #[must_use]
    pub const fn status_code(self) -> StatusCode {
        match self {
            Self::ReservedBits
            | Self::ReservedOpcode
            | Self::UnmaskedFrame
            | Self::MaskedFrame
            | Self::LengthNotMinimal
            | Self::LengthHighBit
            | Self::FragmentedControlFrame
            | Self::ControlFrameTooLong
            | Self::UnexpectedContinuation
            | Self::MessageUnfinished
            | Self::CloseBodyTooShort
            | Self::CloseStatusNotAllowed => StatusCode::PROTOCOL_ERROR,
            Self::InvalidUtf8 | Self::CompressedDataInvalid | Self::CloseReasonInvalidUtf8 => {
                StatusCode::INVALID_PAYLOAD_DATA
            }
            Self::FrameTooBig | Self::MessageTooBig => StatusCode::MESSAGE_TOO_BIG,
        }
    }
}

/// A broken rule and the bytes that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProtocolError {
    /// The rule.
    pub violation: Violation,
    /// Where in the stream the frame begins, in bytes since the decoder was made.
    pub frame_start: u64,
    /// The bytes, counted from the first byte of the frame.
    pub at: Span,
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of the frame at byte {}: {}", self.at, self.frame_start, self.violation)
    }
}

impl core::error::Error for ProtocolError {}
