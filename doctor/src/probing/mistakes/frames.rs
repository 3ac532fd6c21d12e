//! How frames are read and written.

use ws101_core::{MaskingKey, apply_mask};

use crate::probing::case::Case;
use crate::probing::conclude::judged;
use crate::probing::expected::{Expected, is_part_of, went_on};
use crate::probing::observation::Observation;
use crate::probing::probe::{Family, Probe};
use crate::probing::rules::{ProbeRule, Told};
use crate::{Cause, DoctorRule, Part};

const LONG: [Probe; 6] =
    [Probe::Text126, Probe::Text127, Probe::Text65535, Probe::Text65536, Probe::Han126, Probe::Large];
const CUT: [Probe; 4] = [Probe::CutPayload, Probe::CutKey, Probe::CutHeader, Probe::FrameBytewise];
/// A server that does not understand Close takes these, too.
const BAD_CLOSES: [Probe; 2] = [Probe::CloseOneByte, Probe::CloseBadCode];
const CLOSING: [Probe; 3] = [Probe::Close, Probe::CloseReason, Probe::CloseEmpty];

/// Of the frames that must be refused, how many may be taken before it is no oversight any more.
const OVERSIGHTS: usize = 4;

/// What the server writes is no frames at all: what it makes of frames cannot be seen.
pub(super) fn no_frames(case: &mut Case<'_>) {
    let Some(text) = case.seen(Probe::Text) else { return };
    let findings = judged(case, text).into_iter().filter(|finding| {
        finding.rule == DoctorRule::UnframedData.rule().code || finding.causes.contains(&Cause::EchoedWithMask)
    });
    let findings: Vec<_> = findings.collect();
    if findings.is_empty() {
        return;
    }
    for finding in findings {
        case.take_over(Probe::Text, finding);
    }
    let company =
        Probe::ALL.iter().copied().filter(|probe| probe.family() == Family::Company && !is_deadly(case, *probe));
    let left_out = [probes_of(&[Family::Frames, Family::Control, Family::Invalid]), company.collect()].concat();
    case.leave_out(&left_out);
}

/// Whether the server was gone after a probe.
fn is_deadly(case: &Case<'_>, probe: Probe) -> bool {
    case.session.gone.is_some_and(|gone| gone.after == probe)
}

/// The length of a frame is read wrong, or not at all.
pub(super) fn length(case: &mut Case<'_>) {
    let all = probes_of(&[Family::Frames, Family::Control, Family::Invalid]);
    if let Some(text) = case.seen(Probe::Text) {
        let as_16_bits = unmasked(&text.sent, 4);
        let garbled = as_16_bits.is_some_and(|payload| came(text, &payload));
        // A server that uses the length, too, waits for as many bytes as the key's first two say.
        let waits = text.reply.is_silence() && case.is_right(Probe::Text126) && case.wrong(Probe::Text125).is_some();
        if garbled || waits {
            case.tell(ProbeRule::ReadsLengthAs16Bits, text, &all);
            return case.leave_out(&all);
        }
    }
    if let Some(two) = case.wrong(Probe::TwoFrames)
        && let Some(payload) = unmasked(&two.sent, 2)
        && came(two, &payload)
    {
        let cut: Vec<_> = all.iter().copied().filter(|probe| !CLOSING.contains(probe)).collect();
        case.tell(ProbeRule::IgnoresLength, two, &cut);
        case.leave_out(&cut);
    }
}

/// What a read brings is taken for a frame.
pub(super) fn reads(case: &mut Case<'_>) {
    // A longer frame takes several reads.
    let long = [Probe::Text65535, Probe::Text65536, Probe::Large];
    // Written one after another, frames may come together.
    let together = [Probe::WithHead, Probe::Fragments, Probe::PingBetween, Probe::NestedMessage];
    if let Some(two) = case.wrong(Probe::TwoFrames)
        && two.reply.data().count() == 1
    {
        return case.tell(ProbeRule::ReadsOneFrameARead, two, &[&CUT[..], &long, &together].concat());
    }
    if let Some(together) = case.wrong(Probe::WithHead)
        && !together.reply.opened()
        && matches!(together.expected, Expected::Opens(_))
    {
        case.tell_cause(ProbeRule::DropsFramesWithHead, &[Cause::HeadMustEndRead], together, &[]);
    }
    if let Some(payload) = case.wrong(Probe::CutPayload) {
        return case.tell(ProbeRule::CutsFramesAtReads, payload, &[&CUT[..], &long].concat());
    }
    if let Some(header) = case.wrong(Probe::CutHeader) {
        case.tell(ProbeRule::NeedsWholeHeader, header, &CUT);
    }
}

/// The opcode is not looked at.
pub(super) fn kind(case: &mut Case<'_>) {
    let pings = [Probe::Ping, Probe::Ping125, Probe::PingEmpty];
    let ping = sent_back(case, Probe::Ping);
    let close = CLOSING.into_iter().find_map(|probe| sent_back(case, probe));
    match (ping, close) {
        (Some(ping), Some(_)) => {
            let all = probes_of(&[Family::Control, Family::Invalid]);
            let more = [Probe::Binary, Probe::Fragments, Probe::PingBetween];
            case.tell(ProbeRule::IgnoresOpcode, ping, &[&all[..], &more].concat());
        }
        (None, Some(close)) => {
            case.tell(DoctorRule::CloseAnsweredAsData, close, &[&CLOSING[..], &BAD_CLOSES].concat());
        }
        (_, None) => {}
    }
    for ping in pings {
        let Some(seen) = case.wrong(ping) else { continue };
        // What came instead of the Pong the bytes tell.
        let told: Vec<_> =
            judged(case, seen).into_iter().filter(|finding| finding.place.part == Part::FromServer).collect();
        if told.is_empty() {
            case.tell(DoctorRule::PingUnanswered, seen, &[&pings[..], &[Probe::PingBetween]].concat());
        }
        for finding in told {
            case.take_over(ping, finding);
        }
        case.leave_out(&[ping]);
    }
    if let Some(binary) = case.wrong(Probe::Binary)
        && binary.reply.data().any(|message| is_part_of(&[0xff, 0xfe], &message.payload) && message.opcode == 1)
    {
        case.tell(ProbeRule::BinaryAsText, binary, &[]);
    }
}

/// Messages come back in other pieces than they were sent in.
pub(super) fn pieces(case: &mut Case<'_>) {
    if let Some(seen) = case.wrong(Probe::MaskedBlank)
        && case.is_right(Probe::TwoFrames)
    {
        // A continuation that is not the last begins with a zero, a Ping with FIN 0 with a tab.
        case.tell(ProbeRule::ReadTrimmed, seen, &[Probe::Fragments, Probe::FragmentedPing]);
    }
    for probe in LONG {
        let Some(seen) = case.wrong(probe) else { continue };
        let Expected::Messages(wanted, _) = &seen.expected else { continue };
        let pieces: Vec<_> = seen.reply.data().collect();
        let together: Vec<u8> = pieces.iter().flat_map(|piece| piece.payload.clone()).collect();
        let is_cut = pieces.len() > 1 && wanted.iter().all(|message| is_part_of(&message.payload, &together));
        if is_cut {
            let at_125 = pieces.first().is_some_and(|piece| piece.payload.len() == 125);
            let rule = if at_125 { DoctorRule::MessageSplit.into() } else { Told::from(ProbeRule::SplitsMessages) };
            case.tell(rule, seen, &LONG);
        }
    }
    if let Some(seen) = case.wrong(Probe::Fragments)
        && let Expected::Messages(wanted, _) = &seen.expected
    {
        let together: Vec<u8> = seen.reply.data().flat_map(|piece| piece.payload.clone()).collect();
        let is_cut =
            seen.reply.data().count() > 1 && wanted.iter().all(|message| is_part_of(&message.payload, &together));
        if is_cut {
            let others = [Probe::PingBetween, Probe::NestedMessage, Probe::StrayContinuation, Probe::FragmentedPing];
            case.tell(ProbeRule::IgnoresFin, seen, &others);
        }
    }
}

/// A long message is what only a server that reads and writes in pieces sends back; one may also be too long for it.
pub(super) fn large(case: &mut Case<'_>) {
    let refused = case.wrong(Probe::Large).is_some_and(|seen| seen.reply.close() == Some(Some(1009)));
    if refused || case.wrong(Probe::Text65536).is_some() {
        case.leave_out(&[Probe::Large]);
    }
}

/// The closing handshake.
pub(super) fn closing(case: &mut Case<'_>) {
    for probe in CLOSING {
        let Some(seen) = case.wrong(probe) else { continue };
        let Expected::Close(code) = seen.expected else { continue };
        let rule: Told = match seen.reply.close() {
            Some(came) if came != code => ProbeRule::CloseOtherCode.into(),
            Some(_) => DoctorRule::ConnectionKept.into(),
            None => DoctorRule::CloseUnanswered.into(),
        };
        let alike: Vec<_> = CLOSING
            .into_iter()
            .filter(|&other| {
                case.wrong(other).is_some_and(|other| {
                    let (one, other) = (seen.reply.close(), other.reply.close());
                    one.is_some() == other.is_some()
                })
            })
            .chain(BAD_CLOSES)
            .collect();
        case.tell(rule, seen, &alike);
    }
}

/// Frames that are to be refused.
pub(super) fn invalid(case: &mut Case<'_>) {
    let all = probes_of(&[Family::Invalid]);
    let taken: Vec<_> = all.iter().copied().filter(|&probe| case.wrong(probe).is_some_and(took)).collect();
    if taken.len() > OVERSIGHTS
        && let Some(clearest) = case.wrong(taken[0])
    {
        case.tell(ProbeRule::TakesAnyFrame, clearest, &taken);
    }
    if let Some(seen) = case.wrong(Probe::Unmasked).filter(|seen| took(seen)) {
        let garbled = seen.reply.data().next().is_some_and(|message| !is_part_of(b"Hello", &message.payload));
        let cause = if garbled { Cause::MaskIgnored } else { Cause::MaskOptional };
        case.tell_cause(ProbeRule::TakesUnmasked, &[cause], seen, &[]);
    }
    let of = |case: &Case<'_>, test: fn(&Observation) -> bool| -> Vec<Probe> {
        all.iter().copied().filter(|&probe| case.wrong(probe).is_some_and(test)).collect()
    };
    for (rule, test) in [
        (ProbeRule::FailsWithOtherCode, fails as fn(&Observation) -> bool),
        (ProbeRule::HangsAtInvalid, |seen| !took(seen) && seen.reply.close().is_none()),
    ] {
        let probes = of(case, test);
        if let Some(seen) = probes.first().and_then(|&probe| case.wrong(probe)) {
            case.tell(rule, seen, &probes);
        }
    }
    let without_close: Vec<_> = all
        .iter()
        .filter_map(|&probe| case.seen(probe))
        .filter(|seen| seen.is_right() && seen.reply.close().is_none() && matches!(seen.expected, Expected::Fails(..)))
        .collect();
    // One that ends some of its connections with a Close knows how to.
    if without_close.len() > OVERSIGHTS
        && let Some(clearest) = without_close.first()
    {
        case.tell(ProbeRule::FailsWithoutClose, clearest, &[]);
    }
}

/// A control frame's payload came back in a message.
fn sent_back<'s>(case: &Case<'s>, probe: Probe) -> Option<&'s Observation> {
    case.wrong(probe).filter(|seen| {
        let payload = unmasked(&seen.sent, 2).unwrap_or_default();
        seen.reply.data().any(|message| is_part_of(&payload, &message.payload))
    })
}

/// Whether a server failed the connection, with another status code. One that answers a Close with what it is asked for
/// takes it for a good one.
fn fails(seen: &Observation) -> bool {
    let is_close = BAD_CLOSES.contains(&seen.probe);
    seen.reply.close().is_some_and(|code| !is_close || matches!(code, Some(1003 | 1007 | 1008 | 1011)))
}

/// Whether a server went on after a frame that it should have failed by.
fn took(seen: &Observation) -> bool {
    match &seen.expected {
        Expected::Fails(_, next) => went_on(&seen.reply, next),
        _ => false,
    }
}

fn probes_of(families: &[Family]) -> Vec<Probe> {
    Probe::ALL.iter().copied().filter(|probe| families.contains(&probe.family())).collect()
}

/// All that follows a masking-key at this place, unmasked: what a reader makes of it that does not look at the length.
fn unmasked(bytes: &[u8], key_at: usize) -> Option<Vec<u8>> {
    let key = bytes.get(key_at..key_at + 4)?.try_into().ok()?;
    let mut payload = bytes.get(key_at + 4..)?.to_vec();
    apply_mask(&mut payload, MaskingKey(key), 0);
    Some(payload)
}

/// Whether exactly this came back in a message.
fn came(seen: &Observation, payload: &[u8]) -> bool {
    !payload.is_empty() && seen.reply.data().any(|message| is_part_of(payload, &message.payload))
}
