//! The parts of a head.

use crate::handshake::{HandshakeError, problems};
use crate::head::{RequestLine, StatusLine};
use crate::inspect::{Field, FieldKind};
use crate::{Head, Line, LineEnding, Span};

/// Labels the request head that `bytes` begin with, and says how many bytes it takes.
///
/// Every byte of it lies in exactly one innermost field.
pub fn request(bytes: &[u8], visit: &mut dyn FnMut(Field)) -> usize {
    let head = Head::new(bytes);
    label(head, visit, |part, line| {
        let parts = RequestLine::new(head.bytes(), line.content);
        part.outer(FieldKind::RequestLine, line);
        part.inner(FieldKind::Method, parts.method);
        part.inner(FieldKind::Whitespace, Span::new(parts.method.end, parts.target.start));
        part.inner(FieldKind::RequestTarget, parts.target);
        part.inner(FieldKind::Whitespace, Span::new(parts.target.end, parts.version.start));
        part.inner(FieldKind::HttpVersion, parts.version);
    })
}

/// Labels the response head that `bytes` begin with, and says how many bytes it takes.
///
/// Every byte of it lies in exactly one innermost field.
pub fn response(bytes: &[u8], visit: &mut dyn FnMut(Field)) -> usize {
    let head = Head::new(bytes);
    label(head, visit, |part, line| {
        let parts = StatusLine::new(head.bytes(), line.content);
        let reason = parts.reason.unwrap_or(Span::new(line.content.end, line.content.end));
        part.outer(FieldKind::StatusLine, line);
        part.inner(FieldKind::HttpVersion, parts.version);
        part.inner(FieldKind::Whitespace, Span::new(parts.version.end, parts.status.start));
        part.number(FieldKind::StatusCode, parts.status, decimal(parts.status.of(head.bytes())));
        part.inner(FieldKind::Whitespace, Span::new(parts.status.end, reason.start));
        part.inner(FieldKind::ReasonPhrase, reason);
    })
}

/// Tells every rule of §4.2.1 that the request head breaks that `bytes` begin with.
///
/// The first that is told is the one that [`UpgradeRequest::verify`](crate::handshake::UpgradeRequest::verify) refuses the
/// head for, any origin being taken; where that takes it, none is told. HTTP's grammar comes first, in the order of the
/// bytes. Where lines are malformed but readable (a blank before the colon, a CR alone), the fields in them are judged all
/// the same; of a head that is not all there, nothing is said to be missing.
///
/// ```
/// use ws101_core::{handshake::HandshakeViolation as V, inspect};
/// let mut told = Vec::new();
/// let head = b"POST / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: close\r\n\
///     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
/// inspect::request_problems(head, &mut |error| told.push(error.violation));
/// assert_eq!(told, [V::MethodNotGet, V::ConnectionNotUpgrade]);
/// ```
pub fn request_problems(bytes: &[u8], tell: &mut dyn FnMut(HandshakeError)) {
    problems::of_request(bytes, tell);
}

/// Tells every rule of §4.1 and of RFC 7692 §7 that the response head breaks that `bytes` begin with, as the answer to the
/// head that `request` begins with; without it, what depends on the request is not judged.
///
/// The first that is told is the one for which
/// [`ClientRequest::verify_response`](crate::handshake::ClientRequest::verify_response) or, after it,
/// [`Offers::judge`](crate::deflate::Offers::judge) fails. After a status code other than 101 nothing more is judged: such a
/// response does not open a connection. Otherwise as [`request_problems`].
///
/// ```
/// use ws101_core::{handshake::HandshakeViolation as V, inspect};
/// let mut told = Vec::new();
/// let head = b"HTTP/1.1 101 \r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n";
/// inspect::response_problems(head, None, &mut |error| told.push(error.violation));
/// assert_eq!(told, [V::ResponseUpgradeNotWebsocket, V::AcceptMissing]);
/// ```
pub fn response_problems(bytes: &[u8], request: Option<&[u8]>, tell: &mut dyn FnMut(HandshakeError)) {
    problems::of_response(bytes, request.map(Head::new), tell);
}

fn label(head: Head<'_>, visit: &mut dyn FnMut(Field), start_line: impl Fn(&mut Parts<'_>, Line)) -> usize {
    let mut parts = Parts { visit };
    let first = head.start_line();
    if !first.content.is_empty() {
        start_line(&mut parts, first);
        parts.line_end(first);
    }
    for field in head.fields() {
        let line = field.line;
        parts.outer(FieldKind::FieldLine, line);
        parts.inner(FieldKind::FieldName, field.name);
        if let Some(colon) = field.colon {
            parts.inner(FieldKind::Colon, Span::new(colon, colon + 1));
            parts.inner(FieldKind::Whitespace, Span::new(colon + 1, field.value.start));
            parts.inner(FieldKind::FieldValue, field.value);
            parts.inner(FieldKind::Whitespace, Span::new(field.value.end, line.content.end));
        }
        parts.line_end(line);
    }
    if let Some(empty) = head.empty_line() {
        parts.outer(FieldKind::EndOfHead, empty);
    }
    head.bytes().len()
}

struct Parts<'v> {
    visit: &'v mut dyn FnMut(Field),
}

impl Parts<'_> {
    fn outer(&mut self, kind: FieldKind, line: Line) {
        let complete = line.line_ending() != LineEnding::Missing;
        self.field(Field { complete, ..field(kind, 0, line.span()) });
    }

    fn inner(&mut self, kind: FieldKind, span: Span) {
        self.field(field(kind, 1, span));
    }

    fn number(&mut self, kind: FieldKind, span: Span, value: Option<u64>) {
        self.field(Field { value, ..field(kind, 1, span) });
    }

    fn line_end(&mut self, line: Line) {
        self.inner(FieldKind::LineEnd, line.ending);
    }

    /// Fields that cover nothing are left out.
    fn field(&mut self, field: Field) {
        if field.start < field.end {
            (self.visit)(field);
        }
    }
}

const fn field(kind: FieldKind, depth: u8, span: Span) -> Field {
    Field { kind, depth, start: span.start as u64 * 8, end: span.end as u64 * 8, value: None, complete: true }
}

fn decimal(text: &[u8]) -> Option<u64> {
    let digits = (1..=3).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    digits.then(|| text.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}
