//! Several clients at once.

use crate::Cause;
use crate::probing::case::Case;
use crate::probing::probe::Probe;
use crate::probing::rules::ProbeRule;

/// No connection at all.
pub(super) fn opening(case: &mut Case<'_>) {
    let Some(open) = case.wrong(Probe::Open) else { return };
    if open.reply.length == 0 {
        let rule = if open.reply.ended.is_some() { ProbeRule::ClosesUnanswered } else { ProbeRule::DoesNotAnswer };
        case.tell(rule, open, &[]);
    }
}

/// The second client is not served while the first is there, or at the cost of the first.
pub(super) fn second_client(case: &mut Case<'_>) {
    if let Some(second) = case.wrong(Probe::SecondClient) {
        let reply = &second.reply;
        // A request that is read as a frame is answered with one.
        let answered_as_frame = !reply.messages.is_empty() && reply.status.is_none();
        if answered_as_frame {
            case.tell(ProbeRule::OneHandshakeForAll, second, &[Probe::SecondAfterFirst, Probe::NextClient]);
        } else {
            let served_later = case.is_right(Probe::SecondAfterFirst);
            let causes: &[Cause] = if served_later {
                &[Cause::OneClientAtATime]
            } else {
                &[Cause::SelectOverwritesList, Cause::ListenerRemadeInLoop]
            };
            let others =
                [Probe::SecondAfterFirst, Probe::NextClient, Probe::OneLeaves, Probe::SilentClient, Probe::HalfHead];
            case.tell_cause(ProbeRule::SecondClientHangs, causes, second, &others);
        }
    }
    if let Some(first) = case.wrong(Probe::FirstStays) {
        case.tell(ProbeRule::ReplacesAClient, first, &[Probe::OneLeaves]);
    }
}

/// A message of one client keeps the server from everything else.
pub(super) fn message_stops_all(case: &mut Case<'_>) {
    if let Some(third) = case.wrong(Probe::OthersGoOn) {
        case.tell(ProbeRule::StopsAtAMessage, third, &[Probe::Text, Probe::OneLeaves, Probe::NextClient]);
    }
}
