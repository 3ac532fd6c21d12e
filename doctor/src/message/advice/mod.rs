//! What to do about each cause, said once: whoever's fault it is, the rule, the fix, and what to look at next.

mod answer;
mod connect;
mod ending;
mod frames;
mod head;
mod library;
mod script;

use ws101_core::Rule;
use ws101_core::handshake::HandshakeViolation;

use crate::{Cause, Fault};

/// What to do about a cause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Advice {
    pub(super) fault: Fault,
    pub(super) rule: Option<Rule>,
    pub(super) case: Option<&'static str>,
    pub(super) fix: &'static str,
    pub(super) next: Option<&'static str>,
}

/// One table: `Cause { fault, rule or none, case or none, fix, next or none }`.
macro_rules! advice {
    ($($cause:ident { $fault:ident, $($rule:ident)::+, $case:tt, $fix:literal, $next:tt })+) => {
        pub(super) const fn of(cause: crate::Cause) -> Option<super::Advice> {
            Some(match cause {
                $(crate::Cause::$cause => super::Advice {
                    fault: crate::Fault::$fault,
                    rule: crate::cause::rule_or_none!($($rule)::+),
                    case: super::maybe!($case),
                    fix: $fix,
                    next: super::maybe!($next),
                },)+
                _ => return None,
            })
        }

        /// Every cause of this table.
        pub(super) const CAUSES: &[crate::Cause] = &[$(crate::Cause::$cause),+];
    };
}

macro_rules! maybe {
    (none) => {
        None
    };
    ($text:literal) => {
        Some($text)
    };
}

use {advice, maybe};

const TABLES: &[fn(Cause) -> Option<Advice>] =
    &[answer::of, connect::of, ending::of, frames::of, head::of, library::of, script::of];

/// What to do about `cause`, where a line of a console or a log can come from it.
pub(super) fn of(cause: Cause) -> Option<Advice> {
    let found = TABLES.iter().find_map(|table| table(cause));
    // All other causes of these names are mistakes in the one value.
    found.or_else(|| cause.name().starts_with("ACCEPT_").then(|| accept(cause)))
}

fn accept(cause: Cause) -> Advice {
    let rule = HandshakeViolation::AcceptWrong.rule();
    let (fault, fix) = match cause {
        Cause::AcceptOfAnotherKey => (
            Fault::Between,
            "Have the proxy pass request and response on as they are, Sec-WebSocket-Key and Sec-WebSocket-Accept above all.",
        ),
        _ => (Fault::Server, rule.fix),
    };
    let case = match cause {
        Cause::AcceptOfDecodedKey => "accept-of-decoded-key",
        Cause::AcceptOfHexDigest => "accept-of-hex-digest",
        Cause::AcceptLowerCased => "accept-in-lower-case",
        _ => "accept-constant",
    };
    let next = "Compare the key that the client sent with the one that the server saw.";
    Advice { fault, rule: Some(rule), case: Some(case), fix, next: Some(next) }
}

/// Every cause that there is advice about.
pub(super) fn causes() -> impl Iterator<Item = Cause> {
    let tables = [
        answer::CAUSES,
        connect::CAUSES,
        ending::CAUSES,
        frames::CAUSES,
        head::CAUSES,
        library::CAUSES,
        script::CAUSES,
    ];
    tables.into_iter().flatten().copied()
}
