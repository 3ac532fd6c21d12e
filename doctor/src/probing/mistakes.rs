//! The mistakes that are known by what they make of several probes.
//!
//! Each function looks for one kind; what explains most comes first, because what is explained is not looked at again.

mod company;
mod frames;
mod heads;

use super::case::Case;
use super::conclude::rule_of_death;
use super::rules::ProbeRule;

pub(super) fn name(case: &mut Case<'_>) {
    company::opening(case);
    company::second_client(case);
    company::message_stops_all(case);
    death(case);
    heads::any_request(case);
    heads::refusals(case);
    heads::in_pieces(case);
    heads::key_pattern(case);
    frames::length(case);
    frames::reads(case);
    frames::kind(case);
    frames::pieces(case);
    frames::closing(case);
    frames::invalid(case);
}

/// The server is gone: the last probe is what killed it, whatever it was about.
fn death(case: &mut Case<'_>) {
    let Some(gone) = case.session.gone else { return };
    if case.is_explained(gone.after) {
        return;
    }
    if let Some(last) = case.seen(gone.after) {
        let rule = rule_of_death(gone.after);
        // What it does to a request that it cannot read it usually does for one reason.
        case.tell(rule, last, &[]);
    } else if let Some(last) = case.session.observations.last() {
        case.tell(ProbeRule::DiesOfAFrame, last, &[]);
    }
}
