//! The GUID as it stands in code.

use ws101_core::handshake::GUID;

use super::lexer::Kind;
use super::{Code, Spot};
use crate::Cause;

/// Every string that is almost the GUID.
pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    let texts = code.tokens.iter().filter(|token| token.kind == Kind::Text);
    texts
        .flat_map(|token| {
            let inner = token.inner();
            // Within quotation marks of its own language.
            let start = token.start + token.text.find(inner).unwrap_or(0);
            mistakes(inner).into_iter().map(move |cause| Spot { cause, start, end: start + inner.len() })
        })
        .collect()
}

/// What is wrong with the GUID in this text; nothing where there is none, or the right one.
fn mistakes(text: &str) -> Vec<Cause> {
    // A variable before it, as in "$key258EAFA5-…", is not a part of it, nor is what is put behind with escapes.
    let hex = |text: &str| text.bytes().filter(u8::is_ascii_hexdigit).count();
    if text.len() > 60 || hex(text) < 24 || text.contains('=') {
        return Vec::new();
    }
    let upper = text.to_ascii_uppercase();
    if text.trim_start().ends_with(GUID) && !text.starts_with([' ', '\t']) {
        return Vec::new();
    }
    let mut causes = Vec::new();
    let mut rest = upper.as_str();
    for end in ["\\R\\N", "\\N", "\\R", "\\0", "\\X00"] {
        if let Some(cut) = rest.strip_suffix(end) {
            causes.push(Cause::AcceptGuidLineEnd);
            rest = cut;
            break;
        }
    }
    let braces: &[char] = &['{', '}', '(', ')', '\'', '"'];
    if rest.starts_with(braces) && rest.ends_with(braces) {
        causes.push(Cause::AcceptGuidWithBraces);
        rest = rest.trim_matches(braces);
    }
    let squeezed: String = rest.chars().filter(|character| !character.is_whitespace()).collect();
    if squeezed.len() != rest.len() {
        causes.push(Cause::AcceptGuidBlank);
    }
    let dashless = GUID.replace('-', "");
    if squeezed == dashless {
        causes.push(Cause::AcceptGuidWithoutDashes);
    } else if squeezed != GUID {
        // Another GUID is no mistyped one: half of all digits differ then.
        if squeezed.len().abs_diff(GUID.len()) > 4 || distance(&squeezed, GUID) > 8 {
            return Vec::new();
        }
        causes.push(Cause::AcceptGuidTypo);
    }
    if contains_lower(text, rest) {
        causes.push(Cause::AcceptGuidCase);
    }
    causes
}

/// Whether the GUID's part of the text has lower-case hex digits.
fn contains_lower(text: &str, upper: &str) -> bool {
    let guid = text.get(..upper.len() + (text.len() - upper.len()) / 2).unwrap_or(text);
    guid.bytes().any(|byte| (b'a'..=b'f').contains(&byte))
}

/// How many characters are to be changed, added or taken away.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        above[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let least = (diagonal + usize::from(x != y)).min(above[j] + 1).min(above[j + 1] + 1);
            diagonal = core::mem::replace(&mut above[j + 1], least);
        }
    }
    above[b.len()]
}
