//! What both browsers' parsers share: bytes that are nearly text.

use std::fmt::Write;

/// A string as `JSON.stringify` writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                // Writing into a string does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Whether it is white space to both browsers' header parsers.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Without the blanks around it.
pub(super) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is_blank(*first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && is_blank(*last)
    {
        bytes = rest;
    }
    bytes
}

/// Whether it may stand in a token (RFC 9110 §5.6.2), as both browsers have it.
pub(super) const fn is_token_char(byte: u8) -> bool {
    matches!(byte,
        b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'^'..=b'z' | b'|' | b'~')
}

/// Whether it is a token.
pub(super) fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| is_token_char(byte))
}

/// The end of a head: behind an empty line, of which neither end need have a carriage return. It is looked for behind
/// the first line feed from `from` on.
pub(super) fn end_of_head(bytes: &[u8], from: usize) -> Option<usize> {
    let feeds = (from..bytes.len()).filter(|&at| bytes[at] == b'\n');
    feeds.map(|at| at + 1).find_map(|line| match bytes[line..] {
        [b'\n', ..] => Some(line + 1),
        [b'\r', b'\n', ..] => Some(line + 2),
        _ => None,
    })
}

/// The digits that it begins with, and the rest.
pub(super) fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len()))
}

/// The number that decimal digits say; `None` where it is larger than `u64` holds.
pub(super) fn number(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_json() {
        assert_eq!(quoted("a\"b\\c\n\u{1}\u{7f}\u{2028}你"), "\"a\\\"b\\\\c\\n\\u0001\u{7f}\u{2028}你\"");
    }

    #[test]
    fn a_head_ends_in_an_empty_line() {
        for (head, end) in [
            (&b"a\r\nb\r\n\r\nc"[..], Some(8)),
            (b"a\n\nc", Some(3)),
            (b"a\n\r\nc", Some(4)),
            (b"a\r\n\nc", Some(4)),
            (b"a\r\n\r\r\nc", None),
            (b"a\r\n\r", None),
            (b"\n", None),
        ] {
            assert_eq!(end_of_head(head, 0), end, "{head:?}");
        }
    }

    #[test]
    fn blanks_are_trimmed_and_nothing_else() {
        assert_eq!(trim(b" \t a b\t\r "), b"a b\t\r");
        assert_eq!(trim(b" \t"), b"");
    }
}
