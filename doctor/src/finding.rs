//! What the doctor says of one broken rule.

use serde::Serialize;
use ws101_core::Rule;

use crate::Cause;

/// A rule that is broken, and everything that helps to mend it.
///
/// `sentence`, `fix` and the causes' sentences are the same wherever the rule is broken, so that a program can show them
/// in another language by `rule` and by the causes' names; `found` and `expected` quote bytes, names and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's stable name, e.g. `FRAME_MASKED`.
    pub rule: &'static str,
    /// Where the rule stands, e.g. `RFC 6455 §5.1` or `WHATWG WebSockets §2.1`.
    pub section: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Whose fault it is.
    pub fault: Fault,
    /// The bytes that it is about.
    #[serde(rename = "where")]
    pub place: Place,
    /// What is wrong, in a sentence.
    pub sentence: &'static str,
    /// What stands there: a quotation, a name or a number; empty where nothing does.
    pub found: String,
    /// What should stand there, in the same form; empty where `fix` says all.
    pub expected: String,
    /// What usually leads to it, the likeliest first; where the bytes prove one, only that.
    pub causes: Vec<Cause>,
    /// What to do about it, in a sentence.
    pub fix: &'static str,
    /// How many more there are like this one, which are not listed (see [`Diagnosis::LISTED`](crate::Diagnosis::LISTED)):
    /// of the same rule and severity, in the same part.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: usize,
    /// The probes that show it, the clearest first; empty where it was found in a recording.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub probes: Vec<&'static str>,
}

impl Finding {
    /// A finding about `place`, with the rule's words and without evidence or causes yet.
    pub(crate) fn new(rule: Rule, severity: Severity, fault: Fault, place: Place) -> Self {
        Self {
            rule: rule.code,
            section: rule.section,
            severity,
            fault,
            place,
            sentence: rule.sentence,
            found: String::new(),
            expected: String::new(),
            causes: Vec::new(),
            fix: rule.fix,
            more: 0,
            probes: Vec::new(),
        }
    }

    pub(crate) fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub(crate) fn caused_by(mut self, causes: impl IntoIterator<Item = Cause>) -> Self {
        self.causes.extend(causes);
        self
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Allowed, or harmless everywhere, but worth knowing.
    Note,
    /// Broken, but at least one browser lets it pass.
    Warning,
    /// Broken, and a connection fails by it.
    Error,
}

/// Whose fault a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The client's.
    Client,
    /// The server's.
    Server,
    /// That of something between the two: a proxy, a load balancer, a firewall.
    Between,
}

/// Which of the recording's bytes a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// The client's handshake.
    Request,
    /// The server's answer to it.
    Response,
    /// What the server sent after its answer.
    FromServer,
    /// What the client sent after its handshake.
    FromClient,
}

/// A range of bytes in a part; an empty one is the place where something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[expect(missing_docs, reason = "the type says what they are")]
pub struct Place {
    pub part: Part,
    pub start: usize,
    pub end: usize,
}
