//! How bad a finding is, by what the browsers do with the same bytes.
//!
//! What each rule usually does stands in `rules`, and what is known of single values in `response`. Where the verdicts on
//! the whole recording say more, they decide: a browser that opens the connection and closes it in order let everything
//! pass; where the server did only one thing wrong and browsers fail, they fail by that.

use crate::{Browsers, DoctorRule, Finding, Part, Severity, Verdict};

/// Rules that no verdict is about: a browser's script that only listens asks nothing of the server, and whoever ends a
/// connection without a Close breaks no rule by which browsers fail.
const OUTSIDE: [DoctorRule; 11] = [
    DoctorRule::PingUnanswered,
    DoctorRule::PingAnsweredAsData,
    DoctorRule::PongPayload,
    DoctorRule::CloseUnanswered,
    DoctorRule::CloseAnsweredAsData,
    DoctorRule::CloseMissing,
    DoctorRule::ConnectionKept,
    DoctorRule::BytesAfterEnd,
    DoctorRule::MessageNotEnded,
    DoctorRule::FrameCut,
    DoctorRule::FramesLost,
];

/// Lets the verdicts decide where they can.
pub(crate) fn adjust(findings: &mut [Finding], browsers: &Browsers) {
    let both = [&browsers.chromium, &browsers.firefox];
    let failing = both.iter().filter(|verdict| fails(verdict)).count();
    let passing = both.iter().any(|verdict| passes(verdict));
    let mut of_server: Vec<&mut Finding> = findings.iter_mut().filter(|finding| is_decided(finding)).collect();
    if let [only] = &mut of_server[..]
        && only.more == 0
    {
        only.severity = match failing {
            2 => Severity::Error,
            1 => only.severity.max(Severity::Warning),
            _ => only.severity,
        };
    }
    if passing {
        for finding in of_server {
            finding.severity = finding.severity.min(Severity::Warning);
        }
    }
}

fn is_decided(finding: &Finding) -> bool {
    let of_server = matches!(finding.place.part, Part::Response | Part::FromServer);
    of_server && !OUTSIDE.iter().any(|rule| rule.rule().code == finding.rule)
}

fn fails(verdict: &Verdict) -> bool {
    !verdict.opens && verdict.close_event.is_some() || verdict.events.iter().any(|event| event == "error")
}

fn passes(verdict: &Verdict) -> bool {
    verdict.opens && verdict.close_event.as_ref().is_some_and(|close| close.was_clean)
}
