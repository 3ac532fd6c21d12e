//! The answers to requests that are not taken.

use crate::handshake::HandshakeViolation;
use crate::handshake::extended_connect::{BrokenRule, ConnectViolation, field};
use crate::handshake::refusal::{BODY_TYPE, body_of};

/// The response to a request that is not taken: its status, the fields that the status asks for, and a body that says
/// which rule is broken and what to do about it.
///
/// ```
/// use ws101_core::handshake::HandshakeViolation;
/// use ws101_core::handshake::extended_connect::ConnectRefusal;
/// let refusal = ConnectRefusal::of(HandshakeViolation::VersionUnsupported);
/// assert_eq!(refusal.status_code(), 400); // 426 needs an Upgrade field, which HTTP/2 does not have
/// assert!(refusal.pairs().any(|pair| pair == ("sec-websocket-version", "13")));
/// assert!(refusal.body().collect::<String>().ends_with("earlier numbers are drafts.\n"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ConnectRefusal {
    violation: BrokenRule,
}

impl ConnectRefusal {
    /// The refusal of a request that breaks this rule; 400 for the rules that are about responses and settings.
    #[must_use]
    pub fn of(violation: impl Into<BrokenRule>) -> Self {
        Self { violation: violation.into() }
    }

    /// The HTTP status code: 400, 403, 405, 431 or 501.
    #[must_use]
    pub const fn status_code(&self) -> u16 {
        match self.violation.status_code() {
            Some(status) => status,
            None => 400,
        }
    }

    /// The fields to send, `:status` first.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> + Clone + use<> {
        let status = match self.status_code() {
            403 => "403",
            405 => "405",
            431 => "431",
            501 => "501",
            _ => "400",
        };
        let asked_for = match self.violation {
            // RFC 9110 §15.5.6: "The origin server MUST generate an Allow header field in a 405 response"
            BrokenRule::ExtendedConnect(ConnectViolation::MethodNotConnect) => Some(("allow", "CONNECT")),
            // §4.2.2 item 4: "an appropriate HTTP error code (such as 426 Upgrade Required) and a
            // |Sec-WebSocket-Version| header field"
            BrokenRule::Handshake(HandshakeViolation::VersionMissing | HandshakeViolation::VersionUnsupported) => {
                Some((field::VERSION, "13"))
            }
            _ => None,
        };
        [(field::STATUS, status), ("content-type", BODY_TYPE)].into_iter().chain(asked_for)
    }

    /// The body to send, in parts; the stream ends with it.
    pub fn body(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        body_of(self.violation.rule()).into_iter()
    }
}
