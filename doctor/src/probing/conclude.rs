//! From all that was seen to the mistakes that made it.

use super::case::Case;
use super::mistakes;
use super::observation::{Observation, Session};
use super::probe::{Family, Probe};
use super::rules::ProbeRule;
use crate::{Fault, Finding, Severity, diagnose};

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
#[must_use]
pub fn conclude(session: &Session) -> Conclusion {
    let mut case = Case::new(session);
    mistakes::name(&mut case);
    for seen in &session.observations {
        if case.wrong(seen.probe).is_none() {
            continue;
        }
        let errors: Vec<_> = judged(seen).into_iter().filter(|finding| finding.severity == Severity::Error).collect();
        if errors.is_empty() {
            default(&mut case, seen);
        } else {
            for finding in errors {
                case.take_over(seen.probe, finding);
            }
            case.explain(seen.probe);
        }
    }
    // What the bytes of good answers show.
    for seen in session.observations.iter().filter(|seen| seen.is_right()) {
        if case.is_explained(seen.probe) {
            continue;
        }
        for finding in judged(seen) {
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
    let alike: Vec<_> = Probe::ALL.iter().copied().filter(|probe| probe.rule() == rule).collect();
    case.tell(rule, seen, &alike);
}

/// What the bytes of a connection show of its server, where the client sent nothing that should confuse it.
fn judged(seen: &Observation) -> Vec<Finding> {
    if matches!(seen.probe.family(), Family::Invalid | Family::Refusals) || seen.reply.length == 0 {
        return Vec::new();
    }
    let findings = diagnose(&seen.recording).findings.into_iter();
    findings.filter(|finding| finding.fault != Fault::Client).collect()
}

/// The rule that a server breaks that is gone after a probe.
pub(super) const fn rule_of_death(after: Probe) -> ProbeRule {
    match after.family() {
        Family::Handshake | Family::Refusals => ProbeRule::DiesOfARequest,
        Family::Frames | Family::Control | Family::Invalid => ProbeRule::DiesOfAFrame,
        Family::Company => match after {
            Probe::OneLeaves | Probe::SecondAfterFirst | Probe::SecondClient | Probe::FirstStays => {
                ProbeRule::EndsWithAClient
            }
            _ => after.rule(),
        },
    }
}
