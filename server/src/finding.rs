//! A broken rule, told in full.

use std::fmt;

use serde_json::{Value, json};
use ws101_core::handshake::HandshakeError;
use ws101_core::{ProtocolError, Rule, Span};

use crate::preview::{hex, preview};

/// What a rule is about.
const HEAD: &str = "head";
const FRAME: &str = "frame";

/// A rule that was broken, and the bytes that it is about.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    rule: Rule,
    /// Where the head or the frame begins, in bytes of the stream.
    start: u64,
    /// The bytes of it, counted from there.
    at: Span,
    /// What they are, as far as they were kept.
    bytes: Vec<u8>,
    subject: &'static str,
}

impl Finding {
    /// About a head of these bytes.
    pub(crate) fn of_head(error: HandshakeError, head: &[u8]) -> Self {
        let HandshakeError { violation, at } = error;
        Self { rule: violation.rule(), start: 0, at, bytes: at.of(head).to_vec(), subject: HEAD }
    }

    /// About a frame; `bytes` are those of `error.at`, as far as they are known.
    pub(crate) fn of_frame(error: ProtocolError, bytes: &[u8]) -> Self {
        let ProtocolError { violation, frame_start, at } = error;
        Self { rule: violation.rule(), start: frame_start, at, bytes: bytes.to_vec(), subject: FRAME }
    }

    /// The same, in a stream in which `earlier` bytes came before.
    pub(crate) const fn after(mut self, earlier: u64) -> Self {
        self.start += earlier;
        self
    }

    /// The broken rule for programs; `start` and `end` count from the first byte of the head or frame.
    pub(crate) fn json(&self) -> Value {
        let Rule { code, section, sentence, fix } = self.rule;
        json!({
            "code": code, "section": section, "sentence": sentence, "fix": fix, "in": self.subject,
            "stream_offset": self.start, "start": self.at.start, "end": self.at.end, "bytes": ::hex::encode(&self.bytes),
        })
    }
}

impl Finding {
    /// Rule, place and sentence on one line.
    pub(crate) fn summary(&self) -> String {
        let Self { rule: Rule { code, section, sentence, .. }, start, at, subject, .. } = self;
        format!("{code}, {section}, {at} of the {subject} at byte {start}: {sentence}")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.summary())?;
        write!(f, "    Fix: {}", self.rule.fix)?;
        match self.subject {
            _ if self.bytes.is_empty() => Ok(()),
            HEAD => write!(f, "\n    Bytes: {}", preview(&self.bytes)),
            _ => write!(f, "\n    Bytes: {}", hex(&self.bytes)),
        }
    }
}
