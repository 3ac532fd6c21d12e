//! The mistakes that are known by what they make of several probes.
//!
//! Each function looks for one kind; what explains most comes first, because what is explained is not looked at again.

mod company;
mod frames;
mod heads;

use super::case::Case;
use super::conclude::rule_of_death;
use super::probe::Probe;

pub(super) fn name(case: &mut Case<'_>) {
    company::opening(case);
    company::second_client(case);
    company::message_stops_all(case);
    death(case);
    heads::any_request(case);
    heads::refusals(case);
    heads::in_pieces(case);
    heads::key_pattern(case);
    frames::no_frames(case);
    frames::length(case);
    frames::reads(case);
    frames::kind(case);
    frames::pieces(case);
    frames::large(case);
    frames::closing(case);
    frames::invalid(case);
}

/// The server is gone: the last probe is what killed it, whatever it was about.
fn death(case: &mut Case<'_>) {
    let Some(gone) = case.session.gone else { return };
    if case.is_explained(gone.after) {
        return;
    }
    let Some(last) = case.seen(gone.after).or(case.session.observations.last()) else { return };
    let first = [Probe::OneLeaves, Probe::NextClient, Probe::SecondAfterFirst];
    let others: &[Probe] = if first.contains(&gone.after) { &first } else { &[] };
    case.tell(rule_of_death(gone.after), last, others);
    if let Some((_, finding)) = case.findings.last_mut() {
        let how = if gone.refuses { "refused" } else { "taken and not answered" };
        finding.found = format!("{}; after that, new connections are {how}", finding.found);
        "that new clients are served".clone_into(&mut finding.expected);
    }
}
