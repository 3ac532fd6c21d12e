//! What HTTP/1.1 allows of a line (RFC 9112 §2.2, §5).

use crate::Span;
use crate::handshake::{HandshakeError, HandshakeViolation};
use crate::head::lists::{is_field_value, is_token, is_whitespace};
use crate::head::{FieldLine, Line, LineEnding};

/// RFC 9112 §2.2: a line ends in CR LF and holds no other CR.
pub(crate) fn check_line_ending(head: &[u8], line: Line) -> Result<(), HandshakeError> {
    match line.line_ending() {
        LineEnding::CrLf => {}
        LineEnding::Lf => return Err(HandshakeViolation::BareLf.at(line.ending)),
        LineEnding::Missing => return Err(HandshakeViolation::HeadIncomplete.at(line.ending)),
    }
    if let Some(cr) = line.content.of(head).iter().position(|&byte| byte == b'\r') {
        let at = line.content.start + cr;
        return Err(HandshakeViolation::BareCr.at(Span::new(at, at + 1)));
    }
    Ok(())
}

/// RFC 9112 §5: `field-name ":" OWS field-value OWS`.
#[inline]
pub(crate) fn check_field(head: &[u8], field: &FieldLine<'_>) -> Result<(), HandshakeError> {
    check_line_ending(head, field.line)?;
    let name = field.name_bytes();
    if is_whitespace(head[field.line.content.start]) {
        return Err(HandshakeViolation::FieldFolded.at(field.line.content));
    }
    if field.colon.is_none() {
        return Err(HandshakeViolation::FieldWithoutColon.at(field.line.content));
    }
    if let Some(blanks) = name.iter().rev().position(|&byte| !is_whitespace(byte)).filter(|&blanks| blanks > 0) {
        return Err(HandshakeViolation::BlankBeforeColon.at(Span::new(field.name.end - blanks, field.name.end)));
    }
    if !is_token(name) {
        return Err(HandshakeViolation::FieldName.at(field.name));
    }
    if !is_field_value(field.value_bytes()) {
        return Err(HandshakeViolation::FieldValue.at(field.value));
    }
    Ok(())
}
