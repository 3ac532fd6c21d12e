//! From a line that somebody pasted back to what produces it.

mod accept_values;
mod advice;
mod chromium;
mod codes;
mod dotnet;
mod evidence;
mod firefox;
mod first_byte;
mod go;
mod jvm;
mod known;
mod loose;
mod node;
mod proxy;
mod python;
mod rust;
mod safari;
#[cfg(test)]
mod tests;
mod text;
mod tools;
mod vague;
mod ws;

use std::sync::OnceLock;

use serde::Serialize;

use crate::order;
use crate::{Cause, Fault};
use known::{Line, Table};
use loose::Words;
use text::{Found, Text};

/// One thing that produces a pasted line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanation {
    /// What happened.
    #[serde(flatten)]
    pub cause: Cause,
    /// The rule that is broken by it, where one is.
    pub rule: Option<&'static str>,
    /// Where that rule stands.
    pub section: Option<&'static str>,
    /// Whose fault it is.
    pub fault: Fault,
    /// What in the line says so: numbers, names and first bytes that were read out of it.
    pub evidence: String,
    /// What to do, in a sentence.
    pub fix: &'static str,
    /// A case of `/misbehave` that makes the same line, where there is one.
    pub case: Option<&'static str>,
    /// Who writes such a line: `Chromium`, `Go`, `a proxy`…
    pub source: &'static str,
    /// What to look at next, or to paste here, to be sure that it is this and not one of the others.
    pub next: Option<&'static str>,
}

/// What produces this line of a console or a log, most likely first; nothing where the line is not known.
///
/// Takes what Chromium, Firefox (its console and `MOZ_LOG`), Safari, Node, `ws`, Python's `websockets`, Go's libraries,
/// tungstenite and nginx write, with whatever the console or logger put before and behind it. Of a line that was cut, or
/// typed with errors, it takes the likeliest.
///
/// ```
/// use ws101_doctor::{Cause, explain_message};
///
/// let explanations = explain_message("WebSocket connection to 'ws://127.0.0.1:3000/' failed: Invalid frame header");
/// assert_eq!(explanations[0].cause, Cause::UnframedBytes);
/// assert_eq!(explanations[0].source, "Chromium");
/// assert!(explain_message("It does not work.").is_empty());
/// ```
#[must_use]
pub fn explain_message(text: &str) -> Vec<Explanation> {
    let text = Text::new(text);
    let codes = evidence::of_close_codes(&text);
    let mut hits = exact(&text, TABLES);
    hits.splice(..0, accept_values::explain(&text));
    if hits.is_empty() {
        hits = cut(&text);
    }
    // A code that is known says more than a line that is only like a known one.
    if hits.is_empty() && codes.is_empty() {
        hits = alike(&text);
    }
    if hits.is_empty() {
        hits = exact(&text, VAGUE);
    }
    hits.extend(codes);
    let mut explanations: Vec<Explanation> = Vec::new();
    for explanation in hits.into_iter().flat_map(|hit| hit.explanations) {
        // The same from a vaguer line says nothing new.
        if explanations.len() < MOST_EXPLANATIONS && explanations.iter().all(|said| said.cause != explanation.cause) {
            explanations.push(explanation);
        }
    }
    explanations
}

/// Every cause that [`explain_message`] can name with advice of its own; besides these it names the mistakes in an accept
/// (`ACCEPT_…`).
///
/// ```
/// use ws101_doctor::{Cause, explained_causes};
/// assert!(explained_causes().any(|cause| cause == Cause::UnframedBytes));
/// ```
pub fn explained_causes() -> impl Iterator<Item = Cause> {
    advice::causes()
}

const MOST_EXPLANATIONS: usize = 12;

static TABLES: &[&Table] = &[
    &chromium::TABLE,
    &firefox::TABLE,
    &safari::TABLE,
    &ws::TABLE,
    &node::TABLE,
    &python::TABLE,
    &go::TABLE,
    &rust::TABLE,
    &jvm::TABLE,
    &dotnet::TABLE,
    &proxy::TABLE,
    &tools::TABLE,
];

/// What says so little that it is only looked for where nothing else is known.
static VAGUE: &[&Table] = &[&vague::TABLE];

/// All that one known line, or one number, says.
struct Hit {
    range: core::ops::Range<usize>,
    /// How sure this is: letters of the pattern that stand there.
    weight: usize,
    explanations: Vec<Explanation>,
}

fn known_lines(tables: &'static [&'static Table]) -> impl Iterator<Item = (&'static Table, &'static Line)> {
    tables.iter().flat_map(|table| table.lines.iter().map(move |line| (*table, line)))
}

/// Every known line that stands in the text, the longest pattern first; one within another says less than that.
fn exact(text: &Text<'_>, tables: &'static [&'static Table]) -> Vec<Hit> {
    let found = known_lines(tables).filter_map(|(table, line)| hit(text, table, line, &text.find(line.text)?));
    let mut hits: Vec<Hit> = found.collect();
    order::by_key(&mut hits, |hit| usize::MAX - hit.weight);
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        let within = |other: &Hit| other.range.start <= hit.range.start && hit.range.end <= other.range.end;
        if !kept.iter().any(within) {
            kept.push(hit);
        }
    }
    kept
}

/// The known lines that the text ends within.
fn cut(text: &Text<'_>) -> Vec<Hit> {
    let hits = known_lines(TABLES).filter_map(|(table, line)| hit(text, table, line, &text.find_cut(line.text)?));
    let longest = hits.max_by_key(|hit| hit.range.len());
    longest.into_iter().collect()
}

/// The known line that is most like a line of the text.
fn alike(text: &Text<'_>) -> Vec<Hit> {
    /// With so much of a pattern in place, it is hardly another.
    const ENOUGH: f64 = 0.87;
    static PATTERNS: OnceLock<Vec<(Words, &Table, &Line)>> = OnceLock::new();
    let patterns =
        PATTERNS.get_or_init(|| known_lines(TABLES).map(|(table, line)| (Words::of(line.text), table, line)).collect());
    let lines = text.lines().take(200).map(|line| (line, Words::of(line)));
    let pairs = lines.flat_map(|(line, words)| {
        patterns.iter().map(move |(pattern, table, known)| (pattern.likeness(&words), line, *table, *known))
    });
    let best = pairs.filter(|(likeness, ..)| *likeness >= ENOUGH).max_by(|a, b| {
        // Of two that fit as well, the one that says more.
        a.0.total_cmp(&b.0).then(a.3.text.len().cmp(&b.3.text.len()))
    });
    let hit = best.and_then(|(_, line, table, known)| {
        let start = text.plain().find(line)?;
        hit(text, table, known, &Found { start, end: start + line.len(), holes: Vec::new() })
    });
    hit.into_iter().collect()
}

/// What a known line says where it was found; `None` where its numbers say that it is something else.
fn hit(text: &Text<'_>, table: &'static Table, line: &'static Line, found: &Found) -> Option<Hit> {
    let said = evidence::read(text, line.says, found);
    let explanations: Vec<Explanation> =
        said.into_iter().filter_map(|(cause, evidence)| explanation(cause, evidence, table.source)).collect();
    if explanations.is_empty() {
        return None;
    }
    let holes: usize = found.holes.iter().map(String::len).sum();
    let range = found.start..found.end;
    Some(Hit { weight: range.len().saturating_sub(holes), range, explanations })
}

fn explanation(cause: Cause, evidence: evidence::Evidence, source: &'static str) -> Option<Explanation> {
    let advice = advice::of(cause)?;
    Some(Explanation {
        cause,
        rule: advice.rule.map(|rule| rule.code),
        section: advice.rule.map(|rule| rule.section),
        fault: advice.fault,
        evidence: evidence.text,
        fix: advice.fix,
        case: evidence.case.or(advice.case),
        source,
        next: advice.next,
    })
}
