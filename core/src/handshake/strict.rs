//! What HTTP/1.1 and URIs allow of a line and of the values that a handshake reads (RFC 9112, RFC 3986).

use crate::Span;
use crate::handshake::{HandshakeError, HandshakeViolation};
use crate::head::{FieldLine, Line, LineEnding, find, is_field_value, is_token, is_whitespace, trim};

/// RFC 9112 §2.2: a line ends in CR LF and holds no other CR.
pub(crate) fn check_line(head: &[u8], line: Line) -> Result<(), HandshakeError> {
    check_line_ending(line)?;
    check_no_bare_cr(head, line)
}

pub(crate) fn check_line_ending(line: Line) -> Result<(), HandshakeError> {
    match line.line_ending() {
        LineEnding::CrLf => Ok(()),
        LineEnding::Lf => Err(HandshakeViolation::BareLf.at(line.ending)),
        LineEnding::Missing => Err(HandshakeViolation::HeadIncomplete.at(line.ending)),
    }
}

pub(crate) fn check_no_bare_cr(head: &[u8], line: Line) -> Result<(), HandshakeError> {
    match find(line.content.of(head), b'\r').map(|cr| line.content.start + cr) {
        Some(at) => Err(HandshakeViolation::BareCr.at(Span::new(at, at + 1))),
        None => Ok(()),
    }
}

/// RFC 9112 §5: `field-name ":" OWS field-value OWS`.
pub(crate) fn check_field(head: &[u8], field: &FieldLine<'_>) -> Result<(), HandshakeError> {
    // A line of these parts breaks no rule: neither a token nor a value holds a CR, and a token begins with no blank.
    let valid = field.line.line_ending() == LineEnding::CrLf
        && field.colon.is_some()
        && is_token(field.name_bytes())
        && is_field_value(field.value_bytes());
    if valid { Ok(()) } else { Err(fault_of(head, field)) }
}

/// The first rule that a line which is no valid field breaks.
#[cold]
fn fault_of(head: &[u8], field: &FieldLine<'_>) -> HandshakeError {
    let first = check_line(head, field.line).and_then(|()| check_field_name(head, field));
    first.err().unwrap_or(HandshakeViolation::FieldValue.at(field.value))
}

/// That a line of a head is a field, and has a name.
pub(crate) fn check_field_name(head: &[u8], field: &FieldLine<'_>) -> Result<(), HandshakeError> {
    let name = field.name_bytes();
    Err(if head.get(field.line.content.start).is_some_and(|&byte| is_whitespace(byte)) {
        HandshakeViolation::FieldFolded.at(field.line.content)
    } else if field.colon.is_none() {
        HandshakeViolation::FieldWithoutColon.at(field.line.content)
    } else if let blanks @ 1.. = name.len() - trim(name).len() {
        HandshakeViolation::BlankBeforeColon.at(Span::new(field.name.end - blanks, field.name.end))
    } else if !is_token(name) {
        HandshakeViolation::FieldName.at(field.name)
    } else {
        return Ok(());
    })
}

pub(crate) fn check_field_value(field: &FieldLine<'_>) -> Result<(), HandshakeError> {
    if is_field_value(field.value_bytes()) { Ok(()) } else { Err(HandshakeViolation::FieldValue.at(field.value)) }
}

/// `HTTP/` and two digits with a dot between them (RFC 9112 §2.3).
pub(crate) fn is_http_version(text: &[u8]) -> bool {
    matches!(text, [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
        if major.is_ascii_digit() && minor.is_ascii_digit())
}

/// A path from `/` on, with its query, of the characters that URIs are made of.
pub(crate) fn is_path(text: &[u8]) -> bool {
    text.first() == Some(&b'/') && is_uri_text(text)
}

/// A path from `/` on or an absolute `http`, `https`, `ws` or `wss` URI, of the characters that URIs are made of.
pub(crate) fn is_target(text: &[u8]) -> bool {
    let schemes: [&[u8]; 4] = [b"http://", b"https://", b"ws://", b"wss://"];
    let absolute =
        schemes.iter().any(|scheme| text.len() > scheme.len() && text[..scheme.len()].eq_ignore_ascii_case(scheme));
    is_path(text) || absolute && is_uri_text(text)
}

fn is_uri_text(text: &[u8]) -> bool {
    text.iter().all(|&byte| byte.is_ascii_graphic() && byte != b'#')
}

/// `host` or `host:port`; an address of version 6 in brackets (RFC 3986 §3.2).
pub(crate) fn is_authority(text: &[u8]) -> bool {
    let name_end = match text {
        [b'[', rest @ ..] => match rest.iter().position(|&byte| byte == b']') {
            Some(end) => end + 2,
            None => return false,
        },
        _ => text.iter().position(|&byte| byte == b':').unwrap_or(text.len()),
    };
    let (name, port) = text.split_at(name_end);
    let literal = name.first() == Some(&b'[');
    let name_is_valid = if literal {
        name.len() > 4 && name[1..name.len() - 1].iter().all(|&byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
    } else {
        // reg-name: unreserved, percent-encoded, sub-delims
        !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&byte))
    };
    name_is_valid && (port.is_empty() || port[0] == b':' && port[1..].iter().all(u8::is_ascii_digit))
}

/// A serialised origin or `null`: visible characters without blank or comma.
pub(crate) fn is_origin(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|&byte| byte.is_ascii_graphic() && byte != b',')
}
