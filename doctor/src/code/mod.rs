//! The lines in somebody's code that are known to break a connection.

mod advice;
mod digest;
mod frames;
mod guid;
mod head;
mod lexer;
mod pattern;
mod request;
mod script;
mod server;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::order;
use crate::{Cause, Fault, Severity};
use lexer::Token;
use pattern::Fit;

/// A line in somebody's code that breaks a connection, or will one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CodeFinding {
    /// What is wrong.
    #[serde(flatten)]
    pub cause: Cause,
    /// The line, counted from 1.
    pub line: usize,
    /// Where in that line it begins, in UTF-16 code units from 0, as editors count.
    pub start: usize,
    /// Where it ends, in UTF-16 code units of the line `end_line`.
    pub end: usize,
    /// The line in which it ends.
    pub end_line: usize,
    /// What stands there.
    pub found: String,
    /// The rule that is broken by it, where one is.
    pub rule: Option<&'static str>,
    /// Where that rule stands.
    pub section: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// Whose code it is.
    pub fault: Fault,
    /// What comes of it on the wire, and what browsers say.
    pub consequence: &'static str,
    /// What to write instead.
    pub fix: &'static str,
}

/// Which lines of this code are known to break a WebSocket connection, from the first line to the last.
///
/// The code may be of a server or of a page, in PHP, JavaScript, Python, Go, Java, C# or C, whole or a few lines of it. What
/// is found are mistakes that widely copied instructions have; code without a finding can still be wrong.
///
/// ```
/// use ws101_doctor::{Cause, recognise_code};
///
/// let findings = recognise_code("$length = ord($buffer[1]) & 127;\nif ($length = 126) { $masks = substr($buffer, 4, 4); }");
/// let finding = findings.iter().find(|finding| finding.cause == Cause::LengthAssigned).unwrap();
/// assert_eq!((finding.line, finding.start, finding.end), (2, 0, 18));
/// assert_eq!(finding.found, "if ($length = 126)");
/// ```
#[must_use]
pub fn recognise_code(text: &str) -> Vec<CodeFinding> {
    // Nobody pastes more than this, and a finding is no better for it.
    let end = text.char_indices().map(|(at, _)| at).find(|&at| at >= LONGEST_CODE).unwrap_or(text.len());
    let code = Code::new(&text[..end]);
    let mut spots: Vec<Spot> = CHECKS.iter().flat_map(|check| check(&code)).collect();
    order::by_key(&mut spots, |spot| spot.end);
    order::by_key(&mut spots, |spot| spot.start);
    spots.dedup_by(|later, earlier| later.cause == earlier.cause && later.start < earlier.end);
    spots.into_iter().take(MOST_FINDINGS).filter_map(|spot| code.finding(spot)).collect()
}

/// Every cause that [`recognise_code`] can name.
///
/// ```
/// use ws101_doctor::{Cause, code_causes};
/// assert!(code_causes().any(|cause| cause == Cause::LengthAssigned));
/// ```
pub fn code_causes() -> impl Iterator<Item = Cause> {
    advice::CAUSES.iter().copied()
}

/// Who has more mistakes than this begins anew.
const MOST_FINDINGS: usize = 200;

const LONGEST_CODE: usize = 1 << 18;

const CHECKS: &[fn(&Code<'_>) -> Vec<Spot>] =
    &[guid::check, digest::check, head::check, request::check, frames::check, server::check, script::check];

/// Code that is being looked at.
struct Code<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    /// The text in small letters: of the same length, as only ASCII is changed.
    lower: String,
}

/// Where something was recognised, in bytes.
#[derive(Debug, Clone, Copy)]
struct Spot {
    cause: Cause,
    start: usize,
    end: usize,
}

impl<'a> Code<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, tokens: lexer::tokens(text), lower: text.to_ascii_lowercase() }
    }

    /// Whether any of the words stands anywhere, in any case; comments count.
    fn mentions(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.lower.contains(word))
    }

    /// Whether this is about WebSocket at all: common lines mean nothing elsewhere.
    fn is_websocket(&self) -> bool {
        self.mentions(&["websocket", "258eafa5", "handshake", "upgrade: web"])
    }

    /// Whether it is a server that does the protocol by itself.
    fn is_handmade(&self) -> bool {
        self.mentions(&["258eafa5", "sec-websocket-accept", "sec-websocket-key", "0x81", "\\x81", "chr(129)"])
            || !self.find("& 127|0x7f").is_empty()
    }

    fn find(&self, pattern: &str) -> Vec<Fit> {
        pattern::find(&self.tokens, pattern)
    }

    /// A spot over tokens, from the first to the last.
    fn spot(&self, cause: Cause, fit: Fit) -> Spot {
        Spot { cause, start: self.tokens[fit.first].start, end: self.tokens[fit.last].end() }
    }

    /// A spot for every place where the pattern fits.
    fn spots(&self, cause: Cause, pattern: &str) -> Vec<Spot> {
        self.find(pattern).into_iter().map(|fit| self.spot(cause, fit)).collect()
    }

    /// All strings and regular expressions.
    fn texts(&self) -> impl Iterator<Item = (usize, &Token<'a>)> {
        self.tokens.iter().enumerate().filter(|(_, token)| token.kind == lexer::Kind::Text)
    }

    /// The tokens of the statement that this one is in.
    fn statement(&self, at: usize) -> &[Token<'a>] {
        // Without semicolons a statement is its lines, and those are few.
        let (earliest, latest) = (at.saturating_sub(60), self.tokens.len().min(at + 60));
        let ends = |token: &Token<'_>| matches!(token.text, ";" | "{" | "}");
        let first = self.tokens[earliest..at].iter().rposition(ends).map_or(earliest, |end| earliest + end + 1);
        let last = self.tokens[at..latest].iter().position(ends).map_or(latest, |end| at + end);
        &self.tokens[first..last]
    }

    /// The keywords that opened the blocks around this token, the outermost first.
    fn blocks(&self, at: usize) -> Vec<&'a str> {
        let mut open = Vec::new();
        let mut heading = "";
        let mut depth = 0_usize;
        for token in &self.tokens[..at] {
            match token.text {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "{" => open.push(core::mem::take(&mut heading)),
                "}" => {
                    open.pop();
                    heading = "";
                }
                // Not those that end the parts of a `for`.
                ";" if depth == 0 => heading = "",
                "while" | "for" | "foreach" | "function" | "func" | "if" | "else" | "switch" | "class" | "do"
                | "=>" => {
                    heading = token.text;
                }
                _ => {}
            }
        }
        open
    }

    /// Whether this token stands in a loop, and the function that it is in does not begin within that loop.
    fn is_in_loop(&self, at: usize) -> bool {
        let blocks = self.blocks(at);
        let innermost = blocks
            .iter()
            .rev()
            .find(|block| matches!(**block, "while" | "for" | "foreach" | "do" | "function" | "func" | "=>" | "class"));
        innermost.is_some_and(|block| matches!(*block, "while" | "for" | "foreach" | "do"))
    }

    fn finding(&self, spot: Spot) -> Option<CodeFinding> {
        let advice = advice::of(spot.cause)?;
        let (line, start) = self.position(spot.start);
        let (end_line, end) = self.position(spot.end);
        Some(CodeFinding {
            cause: spot.cause,
            line,
            start,
            end,
            end_line,
            found: self.text.get(spot.start..spot.end)?.to_owned(),
            rule: advice.rule.map(|rule| rule.code),
            section: advice.rule.map(|rule| rule.section),
            severity: advice.severity,
            fault: advice.fault,
            consequence: advice.consequence,
            fix: advice.fix,
        })
    }

    /// The line from 1, and the place in it from 0 in UTF-16 code units.
    fn position(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (line, before[start..].encode_utf16().count())
    }
}
