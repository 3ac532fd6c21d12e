//! All that the doctor says of a recording.

use serde::Serialize;

use crate::{Browsers, Finding, Recording, browser, judge};

/// All that there is to say of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// Every broken rule: those of the handshake in the order of their bytes, then those of what followed.
    pub findings: Vec<Finding>,
    /// What each browser does with what the server sent.
    pub browsers: Browsers,
}

/// Judges a recording.
#[must_use]
pub fn diagnose(recording: &Recording) -> Diagnosis {
    let (mut findings, browsers) = (judge::judge(recording), browser::verdicts(recording));
    judge::adjust(&mut findings, &browsers);
    Diagnosis { findings, browsers }
}
