//! Every rule that a head breaks: the checks of `verify`, none of which keeps the others from being asked.

use crate::deflate;
use crate::handshake::found::{Found, judge_host};
use crate::handshake::strict::{check_field_name, check_field_value, check_line_ending, check_no_bare_cr};
use crate::handshake::{Accept, HandshakeError, HandshakeViolation as Violation, OriginPolicy, field};
use crate::handshake::{server_response, upgrade_request};
use crate::head::{FieldLine, Head, Line, RequestLine, StatusLine, is_whitespace, trimmed_span};
use crate::{LineEnding, Span};

type Tell<'t> = &'t mut dyn FnMut(HandshakeError);

/// Those of a request.
pub(crate) fn of_request(bytes: &[u8], tell: Tell<'_>) {
    use upgrade_request::{
        check_connection, check_extensions_field, check_http_version, check_key, check_method, check_no_body,
        check_request_parts, check_subprotocols_field, check_target, check_upgrade, check_version_field, one_key,
        one_version,
    };
    let (head, found) = scan(bytes, tell);
    let cut = head.empty_line().is_none();
    let mut ask = Ask { cut, tell };
    if head.start_line().line_ending() == LineEnding::Missing {
        return;
    }
    let line = RequestLine::new(head.bytes(), head.start_line().content);
    if ask.answer(check_request_parts(head, line)).is_some() {
        ask.answer(check_method(head, line));
        ask.answer(check_http_version(head, line));
        ask.answer(check_target(head, line));
    }
    if let Some(host) = ask.answer(found.one_host()).or(found.host.value) {
        ask.answer(judge_host(head, host));
    }
    ask.answer(check_upgrade(&found));
    ask.answer(check_connection(&found));
    if let Some(key) = ask.answer(one_key(&found)).or(found.key.value) {
        ask.answer(check_key(head, key));
    }
    if let Some(version) = ask.answer(one_version(&found)).or(found.version.value) {
        ask.answer(check_version_field(head, version));
    }
    ask.answer(found.check_one_origin());
    ask.answer(found.judge_origin(head, OriginPolicy::Any));
    ask.answer(check_subprotocols_field(head, &found));
    ask.answer(check_extensions_field(&found));
    ask.answer(check_no_body(&found));
}

/// Those of a response; what is about the request is judged where that is known.
pub(crate) fn of_response(bytes: &[u8], request: Option<Head<'_>>, tell: Tell<'_>) {
    use server_response::{
        check_accept, check_connection, check_extensions, check_extensions_field, check_http_version, check_status,
        check_status_parts, check_subprotocol, check_subprotocol_once, check_upgrade, one_accept, one_upgrade,
    };
    let (head, found) = scan(bytes, tell);
    let cut = head.empty_line().is_none();
    let mut ask = Ask { cut, tell };
    if head.start_line().line_ending() == LineEnding::Missing {
        return;
    }
    let line = StatusLine::new(head.bytes(), head.start_line().content);
    if ask.answer(check_status_parts(head, line)).is_some() {
        ask.answer(check_http_version(head, line));
        if ask.answer(check_status(head, line)).is_none() {
            return;
        }
    } else if line.status.of(head.bytes()) != b"101" {
        return;
    }
    // Where there is more than one value, that is told, whatever they are.
    if let Some(upgrade) = ask.answer(one_upgrade(&found)) {
        ask.answer(check_upgrade(head, upgrade));
    }
    ask.answer(check_connection(&found));
    let key = request.and_then(|request| request.fields_named(field::KEY).next());
    let accept = ask.answer(one_accept(&found)).or(found.accept.value);
    if let (Some(key), Some(accept)) = (key, accept) {
        // What answers a key that is none is still what its text makes.
        ask.answer(check_accept(head, accept, Accept::derive(key.value_bytes())));
    }
    ask.answer(check_extensions_field(&found));
    if let Some(request) = request {
        ask.answer(check_extensions(head, &found, &request.extensions().map(|extension| extension.name())));
    }
    ask.answer(check_subprotocol_once(&found));
    if let Some(request) = request {
        ask.answer(check_subprotocol(head, &found, request.subprotocols()));
    }
    deflate::problems(request.map(|request| request.extensions()), head.extensions(), ask.tell);
}

/// Asks the checks.
struct Ask<'t> {
    /// Whether the head is not all there: what is missing may have been to come.
    cut: bool,
    tell: Tell<'t>,
}

impl Ask<'_> {
    fn answer<T>(&mut self, outcome: Result<T, HandshakeError>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                if !(self.cut && is_about_absence(error.violation)) {
                    (self.tell)(error);
                }
                None
            }
        }
    }
}

const fn is_about_absence(violation: Violation) -> bool {
    matches!(
        violation,
        Violation::HostMissing
            | Violation::UpgradeMissing
            | Violation::ConnectionMissing
            | Violation::KeyMissing
            | Violation::VersionMissing
            | Violation::ResponseUpgradeMissing
            | Violation::ResponseConnectionMissing
            | Violation::AcceptMissing
    )
}

/// [`Found::scan`] of a head whose lines may be malformed: each fault is told, and fields that more lenient readers find
/// in such lines are found.
fn scan<'a>(bytes: &'a [u8], tell: Tell<'_>) -> (Head<'a>, Found) {
    let head = Head::new(bytes);
    let mut found = Found::default();
    let mut ended = true;
    for (place, line) in head.lines().enumerate() {
        let ending = check_line_ending(line);
        ended = line.line_ending() != LineEnding::Missing;
        if let Err(error) = ending {
            tell(error);
        }
        if line.is_empty() && ended {
            break;
        }
        found.end = Span::new(line.ending.end, line.ending.end);
        // A line that is cut is not judged further: what is missing of it may have been to come.
        if !ended {
            continue;
        }
        let bare_cr = check_no_bare_cr(bytes, line);
        if let Err(error) = bare_cr {
            tell(error);
        }
        if place > 0 {
            sort(head.bytes(), line, bare_cr.is_ok(), &mut found, tell);
        }
    }
    if head.empty_line().is_none() && ended {
        tell(Violation::HeadIncomplete.at(found.end));
    }
    (head, found)
}

/// Judges a field line where it is to be, and finds the field in it, or the fields that a reader finds who takes a CR
/// for the end of a line.
fn sort(bytes: &[u8], line: Line, judged: bool, found: &mut Found, tell: Tell<'_>) {
    if judged {
        let whole = FieldLine::new(bytes, line);
        let faults = [check_field_name(bytes, &whole).err(), check_field_value(&whole).err()];
        faults.into_iter().flatten().for_each(tell);
    }
    let mut start = line.content.start;
    for piece in line.content.of(bytes).split(|&byte| byte == b'\r') {
        let content = Span::new(start, start + piece.len());
        start = content.end + 1;
        let mut field = FieldLine::new(bytes, Line { content, ending: Span::new(content.end, content.end) });
        let folded = piece.first().is_some_and(|&byte| is_whitespace(byte));
        if field.colon.is_some() && !folded {
            field.name = trimmed_span(bytes, field.name);
            found.sort(&field);
        }
    }
}
