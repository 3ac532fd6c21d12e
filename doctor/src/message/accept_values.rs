//! Keys and accept values that stand in the pasted text: they say which mistake it was.

use super::text::Text;
use super::{Hit, explanation};
use crate::accept::{Mistake, recognise, recognise_right};

/// What the values in the text prove; nothing where there are none, or where they fit.
pub(super) fn explain(text: &Text<'_>) -> Option<Hit> {
    // Who names the right value says the most; else the key may stand beside.
    let right = ["expected ", "expected: ", "expected value of ", "header value "]
        .iter()
        .find_map(|word| after(text, word).filter(|(value, _)| value.len() == 28));
    let (mistake, at): (Option<Mistake>, usize) = if let Some((right, _)) = right {
        let others = ["received ", "but was ", "actual: "].iter().filter_map(|word| after(text, word));
        let (received, at) = others.into_iter().find(|(value, _)| *value != right)?;
        (recognise_right(right.as_bytes(), received.as_bytes()), at)
    } else {
        let (received, at) = after(text, "sec-websocket-accept")?;
        let key = after(text, "sec-websocket-key").map(|(key, _)| key.as_bytes());
        (recognise(key, received.as_bytes()), at)
    };
    let Mistake { causes, evidence } = mistake?;
    let explanations = causes
        .into_iter()
        .filter_map(|cause| explanation(cause, evidence.clone().into(), "the values themselves"))
        .collect();
    Some(Hit { range: at..at, weight: usize::MAX, explanations })
}

/// The first value that looks like a key, a digest in base64 or one in hex, on the line behind this word; and where the
/// word stands in the plain text.
fn after<'a>(text: &'a Text<'_>, word: &str) -> Option<(&'a str, usize)> {
    // Only text that is about this at all has such values.
    text.plain().find("sec-websocket-").or_else(|| text.plain().find("challenge"))?;
    text.plain().match_indices(word).take(20).find_map(|(at, _)| {
        let line = text.pasted_line(at + word.len());
        let values = line.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=-_".contains(c));
        values.take(8).find(|value| is_value(value)).map(|value| (value, at))
    })
}

/// 24, 28 or 40 characters and more that are no words: a `=` at their end, or digits and both cases.
fn is_value(text: &str) -> bool {
    let mixed = text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    (20..=120).contains(&text.len()) && mixed && !text.to_ascii_lowercase().starts_with("sec-websocket")
}
