//! The rules of the draft that a peer can break.

use core::fmt;

use crate::Span;
use crate::handshake::{HandshakeError, HandshakeViolation, Refusal};
use crate::rules::{rule_of, rules};

rules! {
    /// A rule that the draft alone has, and that the peer broke.
    pub enum Hixie76Violation from 500 {
        Key1Missing { "HIXIE76_KEY1_MISSING", "hixie-76 §5.2", "There is no Sec-WebSocket-Key1 field.", "Send both keys; a client of RFC 6455 sends Sec-WebSocket-Key, and belongs to the other handshake." }
        Key2Missing { "HIXIE76_KEY2_MISSING", "hixie-76 §5.2", "There is no Sec-WebSocket-Key2 field.", "Send both keys." }
        KeyDuplicate { "HIXIE76_KEY_DUPLICATE", "hixie-76 §5.2", "A key appears more than once.", "Send each key once." }
        KeyWithoutDigit { "HIXIE76_KEY_WITHOUT_DIGIT", "hixie-76 §5.2", "A key has no digit.", "Write the number that the key stands for in decimal." }
        KeyTooLarge { "HIXIE76_KEY_TOO_LARGE", "hixie-76 §4.1", "The digits of a key are a number above 4294967295.", "Choose a number of which the product with the spaces has 32 bits." }
        KeyWithoutSpace { "HIXIE76_KEY_WITHOUT_SPACE", "hixie-76 §5.2", "A key has no space, as a request made by other means than a WebSocket client would.", "Insert one to twelve spaces; none at the ends, where HTTP takes them away." }
        KeyNotMultiple { "HIXIE76_KEY_NOT_MULTIPLE", "hixie-76 §5.2", "The digits of a key are a number that its spaces do not divide.", "Multiply the number by the spaces before writing it." }
        OriginMissing { "HIXIE76_ORIGIN_MISSING", "hixie-76 §4.1", "There is no Origin field.", "Send one; here every client does." }
        SubprotocolDuplicate { "HIXIE76_SUBPROTOCOL_DUPLICATE", "hixie-76 §4.1", "Sec-WebSocket-Protocol appears more than once.", "Ask for one subprotocol, in one field." }
        SubprotocolInvalid { "HIXIE76_SUBPROTOCOL_INVALID", "hixie-76 §4.1", "The subprotocol is empty or holds a character other than those from U+0020 to U+007E.", "Name it in ASCII, or leave the field out." }

        UpgradeNotWebSocket { "HIXIE76_UPGRADE_NOT_WEBSOCKET", "hixie-76 §4.1", "The Upgrade field of the response is not exactly `WebSocket`.", "Answer `Upgrade: WebSocket`, with a capital W and S." }
        AnsweredOriginMissing { "HIXIE76_ANSWERED_ORIGIN_MISSING", "hixie-76 §4.1", "There is no Sec-WebSocket-Origin field.", "Answer with the Origin of the request." }
        AnsweredOriginDuplicate { "HIXIE76_ANSWERED_ORIGIN_DUPLICATE", "hixie-76 §4.1", "Sec-WebSocket-Origin appears more than once.", "Send it once." }
        AnsweredOriginWrong { "HIXIE76_ANSWERED_ORIGIN_WRONG", "hixie-76 §4.1", "Sec-WebSocket-Origin is not the Origin of the request.", "Answer with the Origin of the request: it says that the server takes pages from there." }
        LocationMissing { "HIXIE76_LOCATION_MISSING", "hixie-76 §4.1", "There is no Sec-WebSocket-Location field.", "Answer with the URL that the client connects to." }
        LocationDuplicate { "HIXIE76_LOCATION_DUPLICATE", "hixie-76 §4.1", "Sec-WebSocket-Location appears more than once.", "Send it once." }
        LocationWrong { "HIXIE76_LOCATION_WRONG", "hixie-76 §4.1", "Sec-WebSocket-Location is not the URL that the client connects to.", "Put it together from the Host field and the resource name; wss behind TLS, ws otherwise." }
        SubprotocolNotAnswered { "HIXIE76_SUBPROTOCOL_NOT_ANSWERED", "hixie-76 §4.1", "The request asks for a subprotocol and the response names none.", "Answer with the subprotocol of the request." }
        ChallengeResponseWrong { "HIXIE76_CHALLENGE_RESPONSE_WRONG", "hixie-76 §4.1", "The sixteen bytes behind the response do not answer the challenge.", "Send the MD5 of both numbers, each as four bytes with the highest first, and of the eight bytes behind the request." }

        FrameTooBig { "HIXIE76_FRAME_TOO_BIG", "hixie-76 §5.3", "The frame is longer than the limit of this end.", "Send less at a time, or raise the limit." }
        TextInvalidUtf8 { "HIXIE76_TEXT_INVALID_UTF8", "hixie-76 §5.3", "A text frame is not UTF-8.", "Encode text as UTF-8; this protocol has no frames of other bytes." }
    }
}

impl Hixie76Violation {
    pub(super) const fn at(self, at: Span) -> OpeningError {
        OpeningError { violation: BrokenRule::Hixie76(self), at }
    }
}

rule_of! {
    /// The rule of the opening handshake that the peer broke: one that RFC 6455 has too, or one of the draft's own.
    pub enum BrokenRule {
        /// A rule of HTTP's grammar or of RFC 6455 §4.
        Handshake(HandshakeViolation),
        /// A rule of the draft.
        Hixie76(Hixie76Violation),
    }
}

impl BrokenRule {
    /// The response to a request that breaks this rule. The draft asks for none: a server may also just close.
    #[must_use]
    pub const fn refusal(self) -> Refusal {
        match self {
            Self::Handshake(violation) => Refusal::of(violation),
            Self::Hixie76(violation) => Refusal::with(400, violation.rule()),
        }
    }
}

/// A broken rule of the opening handshake and the bytes of the head that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpeningError {
    /// The rule.
    pub violation: BrokenRule,
    /// The bytes; for something that is missing, an empty span where it would stand (before the empty line), and for the
    /// bytes behind the head those behind it.
    pub at: Span,
}

impl From<HandshakeError> for OpeningError {
    fn from(error: HandshakeError) -> Self {
        Self { violation: error.violation.into(), at: error.at }
    }
}

impl fmt::Display for OpeningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.violation)
    }
}

impl core::error::Error for OpeningError {}

/// A broken rule of framing and the byte that decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FramingError {
    /// The rule: [`FrameTooBig`](Hixie76Violation::FrameTooBig) or
    /// [`TextInvalidUtf8`](Hixie76Violation::TextInvalidUtf8).
    pub violation: Hixie76Violation,
    /// Where in the stream the frame begins, in bytes since the decoder was made.
    pub frame_start: u64,
    /// The byte that decided, counted from the first byte of the frame.
    pub offset: u64,
}

impl fmt::Display for FramingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} of the frame at byte {}: {}", self.offset, self.frame_start, self.violation)
    }
}

impl core::error::Error for FramingError {}
