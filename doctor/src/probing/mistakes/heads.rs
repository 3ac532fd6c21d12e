//! How the request is read.

use crate::Cause;
use crate::probing::case::Case;
use crate::probing::probe::Probe;
use crate::probing::rules::ProbeRule;

const REFUSALS: [Probe; 7] =
    [Probe::PlainGet, Probe::NoKey, Probe::ShortKey, Probe::NoUpgrade, Probe::OtherVersion, Probe::Post, Probe::NoHost];

/// Nothing of the request is looked at, or nearly nothing.
pub(super) fn any_request(case: &mut Case<'_>) {
    /// Of the requests that must be refused, how many may be taken before it is no oversight any more.
    const OVERSIGHTS: usize = 3;
    let taken: Vec<_> =
        REFUSALS.into_iter().filter(|&probe| case.wrong(probe).is_some_and(|seen| seen.reply.opened())).collect();
    if taken.len() > OVERSIGHTS
        && let Some(clearest) = case.wrong(taken[0])
    {
        let others = [&taken[..], &[Probe::ForeignOrigin]].concat();
        case.tell(ProbeRule::AnswersAnyGet, clearest, &others);
    }
}

/// A refusal that says too little.
pub(super) fn refusals(case: &mut Case<'_>) {
    if let Some(seen) = case.seen(Probe::OtherVersion)
        && seen.is_right()
        && seen.reply.status.is_some()
        && !seen.reply.names_version
    {
        case.tell(ProbeRule::VersionUnnamed, seen, &[]);
    }
    let silent: Vec<_> = REFUSALS
        .into_iter()
        .chain([Probe::ForeignOrigin])
        .filter(|&probe| case.wrong(probe).is_some_and(|seen| !seen.reply.opened()))
        .collect();
    if let Some(seen) = silent.first().and_then(|&probe| case.wrong(probe)) {
        case.tell(ProbeRule::RefusesSilently, seen, &silent);
    }
}

/// The request is taken from one read, or from a read of limited length.
pub(super) fn in_pieces(case: &mut Case<'_>) {
    let long = [Probe::Head1024, Probe::CookiesBehind, Probe::Head2048, Probe::Head8000];
    let too_long = case.wrong_of(&long);
    let limit = match too_long.first() {
        Some(Probe::Head1024 | Probe::CookiesBehind) => Cause::ReadOf1024,
        Some(Probe::Head2048) => Cause::ReadOf2048,
        Some(_) => Cause::ReadOfKilobytes,
        None => Cause::ReadOnce,
    };
    let pieces = [Probe::HeadFiveWrites, Probe::HeadBytewise];
    if let Some(seen) = pieces.into_iter().find_map(|probe| case.wrong(probe)) {
        case.tell_cause(ProbeRule::HeadReadOnce, &[limit], seen, &[&pieces[..], &long].concat());
    } else if let Some(seen) = too_long.first().and_then(|&probe| case.wrong(probe)) {
        case.tell_cause(seen.probe.rule(), &[limit], seen, &long);
    }
}

/// The key is searched for instead of read.
pub(super) fn key_pattern(case: &mut Case<'_>) {
    let signs = [
        (Probe::NamesLower, Cause::KeyPatternCase),
        (Probe::NoBlank, Cause::KeyPatternOneBlank),
        (Probe::Blanks, Cause::KeyPatternKeepsBlanks),
        (Probe::KeyDecoy, Cause::KeyPatternAnywhere),
    ];
    let shown: Vec<_> = signs.into_iter().filter(|(probe, _)| case.wrong(*probe).is_some()).collect();
    // One that wants a blank is not helped by two.
    let only_blanks = shown.iter().all(|(probe, _)| matches!(probe, Probe::NoBlank | Probe::Blanks));
    if let [(first, _), _, ..] = shown[..]
        && let Some(seen) = case.wrong(first)
    {
        let probes: Vec<_> = shown.iter().map(|&(probe, _)| probe).collect();
        let causes: Vec<_> = shown.iter().map(|&(_, cause)| cause).collect();
        if only_blanks {
            case.tell_cause(ProbeRule::KeyNeedsBlank, &[Cause::KeyPatternOneBlank], seen, &probes);
        } else {
            case.tell_cause(ProbeRule::KeyByPattern, &causes, seen, &probes);
        }
    }
}
