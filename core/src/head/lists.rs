//! Tokens and lists of tokens (RFC 9110 §5.6).

use crate::Span;
use crate::head::{Fields, Head};

/// RFC 9110 §5.6.2: tchar.
const fn is_token_byte(byte: u8) -> bool {
    matches!(byte,
        b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
}

/// The same, for every byte.
const TOKEN_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = u8::MAX;
    while byte > 0 {
        table[byte as usize] = is_token_byte(byte);
        byte -= 1;
    }
    table
};

/// Whether `text` is a token: one or more letters, digits and ``!#$%&'*+-.^_`|~``.
pub(crate) fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && are_token_bytes(text.iter().copied())
}

/// Whether all of these may stand in a token.
pub(super) fn are_token_bytes(bytes: impl Iterator<Item = u8>) -> bool {
    bytes.fold(true, |token, byte| token & TOKEN_BYTES[usize::from(byte)])
}

/// RFC 9110 §5.5: a field value holds visible characters, bytes from 0x80 up, blanks and tabs.
pub(crate) fn is_field_value(text: &[u8]) -> bool {
    text.iter().fold(true, |valid, &byte| valid & is_field_byte(byte))
}

const fn is_field_byte(byte: u8) -> bool {
    byte >= b' ' && byte != 0x7f || byte == b'\t'
}

/// A blank or a tab.
pub(crate) const fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// `span` without the blanks and tabs at both its ends.
pub(crate) fn trimmed_span(bytes: &[u8], span: Span) -> Span {
    let text = span.of(bytes);
    let Some(first) = text.iter().position(|&byte| !is_whitespace(byte)) else {
        return Span::new(span.start, span.start);
    };
    let last = text.iter().rposition(|&byte| !is_whitespace(byte)).unwrap_or(first);
    Span::new(span.start + first, span.start + last + 1)
}

/// `text` without the blanks and tabs at both its ends.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    trimmed_span(text, Span::new(0, text.len())).of(text)
}

/// The elements of one value that is a comma-separated list, each with its place in the value; empty elements are
/// passed over (RFC 9110 §5.6.1.2).
#[derive(Clone)]
pub(crate) struct Elements<'a> {
    value: &'a [u8],
    at: usize,
}

impl<'a> Elements<'a> {
    pub(crate) const fn of(value: &'a [u8]) -> Self {
        Self { value, at: 0 }
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = (Span, &'a [u8]);

    fn next(&mut self) -> Option<(Span, &'a [u8])> {
        loop {
            let rest = self.value.get(self.at..).filter(|rest| !rest.is_empty())?;
            let end = self.at + rest.iter().position(|&byte| byte == b',').unwrap_or(rest.len());
            let element = trimmed_span(self.value, Span::new(self.at, end));
            self.at = end + 1;
            if !element.is_empty() {
                return Some((element, element.of(self.value)));
            }
        }
    }
}

/// The elements of a comma-separated list, over all fields of one name in a head; empty elements are passed over
/// (RFC 9110 §5.6.1.2).
#[derive(Clone)]
pub struct Tokens<'a> {
    fields: Fields<'a>,
    name: &'static str,
    /// The field under way: where its value begins in the head, and what is left of it.
    rest: Option<(usize, Elements<'a>)>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn of(head: Head<'a>, name: &'static str) -> Self {
        Self { fields: Fields::of(head), name, rest: None }
    }

    /// The elements, each with its place in the head.
    pub(crate) fn elements(mut self) -> impl Iterator<Item = (Span, &'a [u8])> + Clone {
        core::iter::from_fn(move || self.next_element())
    }

    fn next_element(&mut self) -> Option<(Span, &'a [u8])> {
        loop {
            if let Some((start, elements)) = &mut self.rest
                && let Some((place, element)) = elements.next()
            {
                return Some((place.after(*start), element));
            }
            let field = self.fields.by_ref().find(|field| field.is(self.name))?;
            self.rest = Some((field.value.start, Elements::of(field.value_bytes())));
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        // Only tokens, which are ASCII, pass verification; an element that is not text would be passed over here.
        core::iter::from_fn(|| self.next_element()).find_map(|(_, text)| core::str::from_utf8(text).ok())
    }
}

impl core::fmt::Debug for Tokens<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
