//! From a line that somebody pasted back to what produces it.

use serde::Serialize;

use crate::{Cause, Fault};

/// One thing that produces a pasted line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanation {
    /// What happened.
    #[serde(flatten)]
    pub cause: Cause,
    /// The rule that is broken by it, where one is.
    pub rule: Option<&'static str>,
    /// Where that rule stands.
    pub section: Option<&'static str>,
    /// Whose fault it is.
    pub fault: Fault,
    /// What in the line says so: numbers, names and first bytes that were read out of it.
    pub evidence: String,
    /// What to do, in a sentence.
    pub fix: &'static str,
    /// A case of `/misbehave` that makes the same line, where there is one.
    pub case: Option<&'static str>,
}

/// What produces this line of a console or a log, most likely first; nothing where the line is not known.
///
/// Takes what Chromium, Firefox (its console and `MOZ_LOG`), Safari, Node, `ws`, Python's `websockets`, Go's libraries,
/// tungstenite and nginx write, with whatever the console or logger put before and behind it.
#[must_use]
pub fn explain_message(_text: &str) -> Vec<Explanation> {
    Vec::new()
}
