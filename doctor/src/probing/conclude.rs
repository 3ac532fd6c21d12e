//! From all that was seen to the mistakes that made it.

use super::case::Case;
use super::mistakes;
use super::observation::{Observation, Session};
use super::probe::{Family, Probe};
use super::rules::{ProbeRule, Told};
use crate::{Fault, Finding, Part, Severity, Streams, diagnose};

/// What a server does wrong.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Conclusion {
    /// Each mistake once, with the probe that shows it most clearly; in the order of the probes.
    pub findings: Vec<(Probe, Finding)>,
}

/// Names the mistakes behind what was seen.
///
/// A probe that goes wrong is explained by the most exact thing that is known: a mistake that makes exactly what came,
/// perhaps for other probes too; else what the bytes themselves show, as in a recording; else the rule of the probe.
///
/// ```
/// use ws101_doctor::Recording;
/// use ws101_doctor::probing::{Expected, Observation, Probe, Reply, Session, conclude};
///
/// // A Ping was sent, and nothing came back.
/// let ping = Observation {
///     probe: Probe::Ping,
///     sent: b"\x89\x81\x37\xfa\x21\x3d\x47".to_vec(),
///     expected: Expected::Pong(b"p".to_vec()),
///     reply: Reply::of_frames(b"", None),
///     recording: Recording::of_timeline(Vec::new()),
///     at: 0,
/// };
/// let conclusion = conclude(&Session { observations: vec![ping], gone: None });
/// let (probe, finding) = &conclusion.findings[0];
/// assert_eq!((*probe, finding.rule, finding.section), (Probe::Ping, "PING_UNANSWERED", "RFC 6455 §5.5.2"));
/// ```
#[must_use]
pub fn conclude(session: &Session) -> Conclusion {
    let mut case = Case::new(session);
    mistakes::name(&mut case);
    for seen in &session.observations {
        if case.wrong(seen.probe).is_none() {
            continue;
        }
        // Without the first connection there is no other: all that its bytes show is told.
        let least = if seen.probe == Probe::Open { Severity::Note } else { Severity::Error };
        let errors = judged(&case, seen).into_iter().filter(|finding| finding.severity >= least);
        // What is wrong with every response explains nothing.
        let errors = errors.filter(|finding| seen.probe == Probe::Open || finding.place.part == Part::FromServer);
        let errors: Vec<_> = errors.collect();
        // One that answers a plain request shows here what it does not take, whatever it answers.
        let is_of_request = seen.probe.family() == Family::Handshake && seen.probe != Probe::Open;
        if errors.is_empty() || is_of_request {
            default(&mut case, seen);
        } else {
            for finding in errors {
                case.take_over(seen.probe, finding);
            }
            case.leave_out(&[seen.probe]);
        }
    }
    // What the bytes of good answers show.
    for seen in session.observations.iter().filter(|seen| seen.is_right()) {
        // Megabytes show no more than what is shorter.
        if case.is_explained(seen.probe) || seen.probe == Probe::Large {
            continue;
        }
        for finding in judged(&case, seen) {
            case.take_over(seen.probe, finding);
        }
    }
    let mut findings = case.findings;
    let place = |probe| session.observations.iter().position(|seen| seen.probe == probe);
    findings.sort_by_key(|(probe, _)| place(*probe));
    Conclusion { findings }
}

/// The rule of the probe, with all the other probes that have the same.
fn default(case: &mut Case<'_>, seen: &Observation) {
    let rule = seen.probe.rule();
    let alike = Probe::ALL.iter().copied().filter(|probe| probe.rule().rule.code == rule.rule.code);
    let alike: Vec<_> = alike.collect();
    case.tell(rule, seen, &alike);
}

/// What the bytes of a connection show of its server, where the client sent nothing that should confuse it.
pub(super) fn judged(case: &Case<'_>, seen: &Observation) -> Vec<Finding> {
    if matches!(seen.probe.family(), Family::Invalid | Family::Refusals) || seen.reply.length == 0 {
        return Vec::new();
    }
    // A wrong accept value is told once: to find out what makes it takes its time.
    let without_heads = seen.probe != Probe::Open && case.seen(Probe::Open).is_some_and(|open| !open.is_right());
    let findings = if without_heads {
        let part = |part| seen.recording.part(part).to_vec();
        let (from_server, from_client) = (part(Part::FromServer), part(Part::FromClient));
        diagnose(&Streams { from_server, from_client, ..Streams::default() }.into()).findings
    } else {
        diagnose(&seen.recording).findings
    };
    findings.into_iter().filter(|finding| finding.fault != Fault::Client).collect()
}

/// The rule that a server breaks that is gone after a probe.
pub(super) fn rule_of_death(after: Probe) -> Told {
    match after.family() {
        Family::Handshake | Family::Refusals => ProbeRule::DiesOfARequest.into(),
        Family::Frames | Family::Control | Family::Invalid => ProbeRule::DiesOfAFrame.into(),
        Family::Company => match after {
            Probe::OneLeaves | Probe::SecondAfterFirst | Probe::SecondClient | Probe::FirstStays => {
                ProbeRule::EndsWithAClient.into()
            }
            Probe::SilentClient | Probe::HalfHead => ProbeRule::DiesOfADeparture.into(),
            _ => after.rule(),
        },
    }
}
