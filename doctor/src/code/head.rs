//! The response as it stands in code.

use super::lexer::Token;
use super::{Code, Spot};
use crate::Cause;

/// The fields of a handshake, whose names are mistyped.
const NAMES: [&str; 6] = [
    "sec-websocket-accept",
    "sec-websocket-key",
    "sec-websocket-protocol",
    "sec-websocket-version",
    "sec-websocket-extensions",
    "sec-websocket-origin",
];

/// Others that begin alike, and are right.
const OTHER_NAMES: [&str; 8] = [
    "sec-websocket-key1",
    "sec-websocket-key2",
    "sec-websocket-location",
    "sec-websocket-draft",
    "sec-websocket",
    "sec-websocket-accept-key",
    "sec-websocket-nonce",
    "sec-websocket-host",
];

pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (number, token) in code.texts() {
        // A pattern that is looked for is none that is sent.
        if token.text.starts_with('/') || token.inner().starts_with('/') {
            continue;
        }
        spots.extend(status_line(token));
        spots.extend(names(token));
        spots.extend(lines(code, number, token));
    }
    spots.extend(behind_the_head(code));
    spots
}

/// A spot over a part of a token, by its place in the token.
fn part(token: &Token<'_>, cause: Cause, start: usize, length: usize) -> Spot {
    Spot { cause, start: token.start + start, end: token.start + start + length }
}

fn status_line(token: &Token<'_>) -> Option<Spot> {
    let lower = token.text.to_ascii_lowercase();
    let at = lower.find("http/1")?;
    let line: String =
        token.text[at..].chars().take_while(|c| !matches!(c, '\\' | '\n' | '\r' | '"' | '\'' | '`')).collect();
    let code_at = line.find("101")?;
    // `http/1.1 101`, `HTTP/1.1101`, `HTTP/1.0 101`
    (!line.starts_with("HTTP/1.1 101") && code_at < 14).then(|| part(token, Cause::StatusLineMistyped, at, line.len()))
}

/// The names of fields in a text, and the colons behind them.
fn names(token: &Token<'_>) -> Vec<Spot> {
    let text = token.text;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut spots = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_name).map(|start| at + start) {
        let length = text[start..].find(|c| !is_name(c)).unwrap_or(text.len() - start);
        // The letter of an escape, as in `\r\nSec-…`, is not a part of the name.
        let escape = usize::from(text[..start].ends_with('\\'));
        let name = text.get(start + escape..start + length).unwrap_or_default();
        let behind = &text[start + length..];
        let colon = behind.trim_start_matches([' ', '\t']).starts_with(':');
        let lower = name.to_ascii_lowercase();
        if colon && lower.starts_with("sec") && !OTHER_NAMES.contains(&lower.as_str()) {
            let known = NAMES.contains(&lower.as_str());
            if !known && NAMES.iter().any(|right| is_near(&lower, right)) {
                spots.push(part(token, Cause::FieldNameMistyped, start + escape, name.len()));
            } else if known && behind.starts_with([' ', '\t']) {
                spots.push(part(token, Cause::BlankBeforeColon, start + escape, name.len() + 2));
            }
        }
        at = start + length;
    }
    spots
}

/// Whether two names differ by a letter or two.
fn is_near(name: &str, right: &str) -> bool {
    let common = name.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
    let behind = name.bytes().rev().zip(right.bytes().rev()).take_while(|(a, b)| a == b).count();
    let longest = name.len().max(right.len());
    name.len().abs_diff(right.len()) <= 2 && common + behind + 3 >= longest
}

/// What the lines of a response in one text have at their ends, and which fields they are.
fn lines(code: &Code<'_>, number: usize, token: &Token<'_>) -> Vec<Spot> {
    let text = token.text;
    let lower = text.to_ascii_lowercase();
    let mut spots = Vec::new();
    for field in
        ["upgrade: websocket \\r", "connection: upgrade \\r", "upgrade: websocket  \\r", "connection: upgrade  \\r"]
    {
        if let Some(at) = lower.find(field) {
            spots.push(part(token, Cause::BlankAtLineEnd, at, field.len() - 2));
        }
    }
    if let Some(at) = text.find("\\r\\n\\r\\n\\r\\n")
        && code.is_websocket()
    {
        spots.push(part(token, Cause::LineBehindHead, at, 12));
    }
    if lower.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=") {
        spots.push(part(token, Cause::AcceptOfSampleKey, 0, text.len()));
    }
    let statement = code.statement(number);
    let answers = statement.iter().any(|token| token.text.contains(" 101") && token.text.contains("HTTP/1"));
    if !answers {
        return spots;
    }
    if let Some(at) = lower.find("sec-websocket-version:") {
        spots.push(part(token, Cause::VersionInAnswer, at, "sec-websocket-version:".len()));
    }
    if let Some(at) = lower.find("sec-websocket-protocol:") {
        let value = lower[at + "sec-websocket-protocol:".len()..].trim_start();
        if value.starts_with(|c: char| c.is_ascii_alphanumeric()) || value.starts_with("\\r") {
            let length = "sec-websocket-protocol:".len() + 1 + value.find('\\').unwrap_or(0);
            spots.push(part(token, Cause::SubprotocolUnasked, at, length.min(text.len() - at)));
        }
    }
    let lone_cr = text.match_indices("\\r").find(|(at, _)| !text[at + 2..].starts_with("\\n"));
    if let Some((at, _)) = lone_cr {
        spots.push(part(token, Cause::BareCrInHead, at, 2));
    }
    // An escape of LF that has none of CR before it.
    let lone_lf = text.match_indices("\\n").find(|(at, _)| !text[..*at].ends_with("\\r"));
    if let Some((at, _)) = lone_lf {
        spots.push(part(token, Cause::LineEndsInLf, at, 2));
    }
    spots
}

/// PHP's `chr(0)`, and what other languages write for it, behind what is sent as head.
fn behind_the_head(code: &Code<'_>) -> Vec<Spot> {
    let patterns = [
        ". chr ( 0 )",
        ". \"\\0\"",
        ". \"\\x00\"",
        "+ '\\0'|\"\\0\"|'\\x00'|\"\\x00\"|b'\\x00'|b\"\\x00\"|b'\\0'|b\"\\0\"",
    ];
    let fits = patterns.iter().flat_map(|pattern| code.find(pattern));
    let behind = fits.filter(|fit| {
        let ends = code.tokens.get(fit.last + 1).is_none_or(|token| matches!(token.text, ";" | "," | ")"));
        // In code for frames a zero byte is a part of a length.
        let statement: String = code.statement(fit.first).iter().map(|token| token.text.to_ascii_lowercase()).collect();
        let says = |words: &[&str]| words.iter().any(|word| statement.contains(word));
        ends && says(&["upgrade", "response", "handshake", "http/1.1", "\\r\\n\\r\\n"])
            && !says(&["chr(12", "0x81", "\\x81", "pack("])
    });
    behind.map(|fit| code.spot(Cause::NulBehindHead, fit)).collect()
}
