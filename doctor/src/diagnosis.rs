//! All that the doctor says of a recording.

use serde::Serialize;

use crate::{Browsers, Finding, Part, Recording, browser, judge};

/// All that there is to say of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// Every broken rule: those of the handshake in the order of their bytes, then those of what followed.
    ///
    /// Of findings that are alike, [`LISTED`](Self::LISTED) are here; the last of them says how many
    /// [`more`](Finding::more) there are.
    pub findings: Vec<Finding>,
    /// What each browser does with what the server sent.
    pub browsers: Browsers,
    /// Where what each end sent is divided into the parts that places count in.
    pub heads: Heads,
}

/// How many bytes the heads have. A place in [`FromClient`](Part::FromClient) or [`FromServer`](Part::FromServer) counts
/// from behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the type says what they are")]
pub struct Heads {
    pub request: usize,
    pub response: usize,
}

impl Diagnosis {
    /// How many findings of the same rule and severity are listed of a part.
    pub const LISTED: usize = 20;
}

/// Judges a recording.
///
/// It takes time in proportion to the length of the recording, and tells the same mistake [`Diagnosis::LISTED`] times:
///
/// ```
/// use ws101_doctor::{Diagnosis, Streams, diagnose};
/// // Text messages of one byte, which is no character.
/// let from_server = b"\x81\x01\xff".repeat(1000);
/// let Diagnosis { findings, .. } = diagnose(&Streams { from_server, ..Streams::default() }.into());
/// assert_eq!(findings.len(), Diagnosis::LISTED);
/// assert_eq!(findings.iter().map(|finding| 1 + finding.more).sum::<usize>(), 1000);
/// ```
#[must_use]
pub fn diagnose(recording: &Recording) -> Diagnosis {
    let (mut findings, browsers) = (judge::judge(recording), browser::verdicts(recording));
    judge::adjust(&mut findings, &browsers);
    let heads = Heads { request: recording.part(Part::Request).len(), response: recording.part(Part::Response).len() };
    Diagnosis { findings, browsers, heads }
}
