//! The answers to requests that are not taken (§4.2.1, §4.2.2).

use crate::Rule;
use crate::handshake::writer::Writer;
use crate::handshake::{BuildError, HandshakeViolation, field};

/// The response to a request that is not taken: its status, the fields that the status asks for, and in its body
/// which rule is broken and what to do about it. The connection is to be closed after it.
///
/// ```
/// use ws101_core::handshake::{HandshakeViolation, Refusal};
/// let mut out = [0; 1024];
/// let length = Refusal::of(HandshakeViolation::VersionUnsupported).write(&mut out).unwrap();
/// let text = core::str::from_utf8(&out[..length]).unwrap();
/// assert!(text.starts_with("HTTP/1.1 426 Upgrade Required\r\n"));
/// assert!(text.contains("\r\nSec-WebSocket-Version: 13\r\n"));
/// assert!(text.ends_with("Send `Sec-WebSocket-Version: 13`; earlier numbers are drafts.\n"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Refusal {
    status: u16,
    rule: Rule,
}

impl Refusal {
    /// The refusal of a request that breaks this rule; 400 for the rules that are about responses.
    #[must_use]
    pub const fn of(violation: HandshakeViolation) -> Self {
        match violation.status_code() {
            Some(status) => Self::with(status, violation.rule()),
            None => Self::with(400, violation.rule()),
        }
    }

    pub(crate) const fn with(status: u16, rule: Rule) -> Self {
        Self { status, rule }
    }

    /// The HTTP status code: 400, 403, 405, 426 or 431.
    #[must_use]
    pub const fn status_code(&self) -> u16 {
        self.status
    }

    /// Bytes that [`write`](Self::write) needs.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let mut writer = Writer::new(&mut []);
        self.write_into(&mut writer);
        writer.length()
    }

    /// Writes the response and says how many bytes it took; a kilobyte is enough for any.
    ///
    /// # Errors
    /// [`BuildError::BufferTooSmall`], and no other.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        Writer::fill(out, |writer| {
            self.write_into(writer);
            Ok(())
        })
    }

    fn write_into(self, writer: &mut Writer<'_>) {
        let status_line = match self.status {
            403 => "403 Forbidden",
            405 => "405 Method Not Allowed",
            426 => "426 Upgrade Required",
            431 => "431 Request Header Fields Too Large",
            _ => "400 Bad Request",
        };
        writer.put("HTTP/1.1 ").put(status_line).put("\r\n");
        match self.status {
            // RFC 9110 §15.5.6: "The origin server MUST generate an Allow header field in a 405 response"
            405 => writer.field("Allow", "GET").field(field::CONNECTION, "close"),
            // RFC 9110 §15.5.22: "The server MUST send an Upgrade header field in a 426 response"; and with it §7.8
            // asks for the connection option.
            426 => writer
                .field(field::UPGRADE, "websocket")
                .field(field::CONNECTION, "Upgrade, close")
                .field(field::VERSION, "13"),
            _ => writer.field(field::CONNECTION, "close"),
        };
        let body = body_of(self.rule);
        writer.field("Content-Type", BODY_TYPE).put(field::CONTENT_LENGTH).put(": ");
        writer.number(body.iter().map(|part| part.len()).sum()).put("\r\n\r\n");
        for part in body {
            writer.put(part);
        }
    }
}

/// The `Content-Type` of what [`body_of`] gives.
pub(super) const BODY_TYPE: &str = "text/plain; charset=utf-8";

/// What a refusal says to whoever reads it, in parts.
pub(super) const fn body_of(rule: Rule) -> [&'static str; 8] {
    [rule.code, ": ", rule.sentence, " (", rule.section, ") ", rule.fix, "\n"]
}
