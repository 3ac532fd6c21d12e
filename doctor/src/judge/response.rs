//! What is wrong with the server's answer to the handshake.

mod consequences;
mod fields;
mod not_http;

use ws101_core::deflate::{Agreement, WindowBits};
use ws101_core::handshake::{ExtensionParameter, HandshakeError, HandshakeViolation as V};
use ws101_core::{Head, Span, inspect};

use crate::judge::report::Report;
use crate::judge::{Agreed, frames, quote, request};
use crate::rules::of_handshake;
use crate::{Cause, DoctorRule, End, Ended, Fault, Part, Place, Severity};

/// Every rule that the response breaks, if one was recorded, and what was agreed on where frames may follow.
pub(super) fn judge(report: &mut Report<'_>) -> Option<Agreed> {
    let recording = report.recording();
    let Some(head) = recording.side(End::Server).head() else {
        // Frames were recorded alone: what was agreed on shows where a message says that it is compressed, and is.
        let sides = [End::Client, End::Server].map(|end| recording.side(end));
        let compressed = sides.iter().any(|side| side.frames_at().is_some_and(|at| frames::guess(&side.bytes()[at..])));
        return Some(Agreed { deflate: compressed.then(Agreement::default) });
    };
    let asked = recording.side(End::Client).head().filter(|head| !head.is_empty());
    if head.is_empty() {
        missing(report, asked);
        return None;
    }
    let start = interim(report, head);
    let head = &head[start..];
    if head.is_empty() {
        return None;
    }
    let (head, start) = match not_http::before_head(report.bytes(End::Server), start) {
        Some(0) => (head, start),
        Some(junk) => {
            not_http::tell_before_head(report, Span::new(start, start + junk));
            (Head::new(&report.bytes(End::Server)[start + junk..]).bytes(), start + junk)
        }
        None => {
            // What follows an interim answer is its body, for those who think that it has one.
            if start == 0 {
                report.add(not_http::judge(report, asked));
            }
            return None;
        }
    };
    let mut problems = Vec::new();
    inspect::response_problems(head, asked, &mut |error| problems.push(error));
    // Behind what stands before a head, the recording may have taken another place for its end.
    let opened = is_101(head) && recording.side(End::Server).frames_at() == Some(start + head.len());
    if fields::end_early(report, Answer { head, start, asked }, &mut problems) {
        return None;
    }
    consequences::drop(head, &mut problems);
    // One mistake of whoever writes the lines breaks all of them.
    let mut told = Vec::new();
    for error in &problems {
        let is_habit = matches!(error.violation, V::BareLf | V::BareCr | V::FieldFolded);
        if !(is_habit && told.contains(&error.violation)) {
            told.extend(is_habit.then_some(error.violation));
            add(report, Answer { head, start, asked }, *error);
        }
    }
    // A server of 2010 goes on in the way of that time.
    let of_draft = problems.iter().any(|error| error.violation == V::AcceptMissing)
        && Head::new(head).fields().any(|field| field.is("Sec-WebSocket-Location") || field.is("WebSocket-Location"));
    if !opened || of_draft {
        return None;
    }
    fields::judge(report, Answer { head, start, asked });
    Some(Agreed { deflate: agreement(Head::new(head)) })
}

/// The final head, where it begins in what the server sent, and the request that it answers.
#[derive(Debug, Clone, Copy)]
struct Answer<'a> {
    head: &'a [u8],
    start: usize,
    asked: Option<&'a [u8]>,
}

impl Answer<'_> {
    const fn at(&self, span: Span) -> Span {
        Span::new(self.start + span.start, self.start + span.end)
    }
}

/// The server sent nothing.
fn missing(report: &mut Report<'_>, asked: Option<&[u8]>) {
    let Some(asked) = asked.filter(|asked| !request::is_tls(asked)) else { return };
    let clock = report.clock();
    let ended = clock.ended(End::Server);
    // As long as the connection is there, the answer may be on its way.
    let waited = clock.last().is_none_or(|last| last - clock.sent(End::Client, asked.len()).unwrap_or(0) >= PATIENCE);
    let (cause, found) = match ended {
        Some(Ended::Fin) => (Cause::ClosedBeforeAnswer, "FIN"),
        Some(Ended::Rst) => (Cause::ResetBeforeAnswer, "RST"),
        None if waited || clock.ended(End::Client).is_some() => (Cause::AnswerTookTooLong, ""),
        None => return,
    };
    let rule = DoctorRule::ResponseMissing;
    let finding = report.finding(rule.rule(), rule.severity(), End::Server, Span::new(0, 0));
    let mut finding = finding.found(found).expected(EXAMPLE).caused_by([cause]);
    finding.place = Place { part: Part::Response, start: 0, end: 0 };
    if ended == Some(Ended::Rst) {
        finding.fault = Fault::Between;
    }
    report.add(finding);
}

/// After how long, in microseconds, an answer that has not come is missing.
pub(super) const PATIENCE: u64 = 2_000_000;

const EXAMPLE: &str = "HTTP/1.1 101 Switching Protocols";

/// Tells of the interim answers before the final one, and where that begins.
fn interim(report: &mut Report<'_>, bytes: &[u8]) -> usize {
    let mut start = 0;
    loop {
        let head = Head::new(&bytes[start..]);
        let status = status(head.bytes());
        if head.empty_line().is_none() || is_101(head.bytes()) || !matches!(status, [b'1', _, _]) {
            return start;
        }
        let end = start + head.bytes().len();
        let finding = report.finding(V::ResponseInterim.rule(), Severity::Warning, End::Server, Span::new(start, end));
        let line = quote::text(head.start_line().content.of(head.bytes()));
        report.add(finding.found(line).expected(EXAMPLE).caused_by([Cause::InterimResponse]));
        start = end;
    }
}

/// The second word of a status line.
fn status(head: &[u8]) -> &[u8] {
    Head::new(head).start_line().content.of(head).split(|&byte| byte == b' ').nth(1).unwrap_or_default()
}

fn is_101(head: &[u8]) -> bool {
    status(head) == b"101"
}

/// A rule of the core's that the final head breaks.
fn add(report: &mut Report<'_>, answer: Answer<'_>, error: HandshakeError) {
    let HandshakeError { violation, at } = error;
    let text = at.of(answer.head);
    let finding = report.finding(violation.rule(), severity(answer, violation, text), End::Server, answer.at(at));
    let mut finding = finding.found(quote::text(text));
    if report.lists(&finding) {
        finding = fields::explain(report, answer, error, finding);
    }
    report.add(finding);
}

/// How bad it is, as the browsers take it that were measured.
fn severity(answer: Answer<'_>, violation: V, text: &[u8]) -> Severity {
    let names_websocket = |value: &[u8]| {
        value.split(|&byte| matches!(byte, b',' | b':')).any(|one| one.trim_ascii().eq_ignore_ascii_case(b"websocket"))
    };
    let tolerated = match violation {
        // Chromium takes `http/1.1` for it; both take a line without its reason phrase.
        V::StatusLine => {
            text.get(..12).is_some_and(|line| line.eq_ignore_ascii_case(b"HTTP/1.1 101"))
                && text.get(12).is_none_or(|&byte| byte == b' ')
        }
        V::ResponseVersion => text == b"HTTP/1.0" && is_101(answer.head),
        V::ResponseUpgradeNotWebsocket => names_websocket(text),
        V::ResponseProtocolNotOffered => {
            answer.asked.is_some_and(|asked| Head::new(asked).subprotocols().next().is_none())
        }
        V::ResponseExtensions => text.is_empty(),
        V::DeflateParameterValue => has_leading_zero(text),
        _ => return of_handshake(violation),
    };
    if tolerated { Severity::Warning } else { Severity::Error }
}

/// `server_max_window_bits=08`: a number that would be right without its zero.
fn has_leading_zero(parameter: &[u8]) -> bool {
    let value = parameter.rsplit(|&byte| byte == b'=').next().unwrap_or_default().trim_ascii();
    value.starts_with(b"0") && number(value.iter().copied().map(char::from)).is_some()
}

fn number(digits: impl Iterator<Item = char>) -> Option<WindowBits> {
    let text: String = digits.filter(|&digit| digit != '"').collect();
    WindowBits::new(text.parse().ok()?)
}

/// What the response says of compression; what cannot be read says nothing.
fn agreement(answer: Head<'_>) -> Option<Agreement> {
    let answer = answer.extensions().find(|extension| extension.name() == "permessage-deflate")?;
    let mut agreed = Agreement::default();
    let bits = |parameter: &ExtensionParameter<'_>| parameter.value().and_then(|value| number(value.chars()));
    for parameter in answer.parameters() {
        match parameter.name() {
            "server_no_context_takeover" => agreed.server_no_context_takeover = true,
            "client_no_context_takeover" => agreed.client_no_context_takeover = true,
            "server_max_window_bits" => agreed.server_max_window_bits = bits(&parameter).unwrap_or_default(),
            "client_max_window_bits" => agreed.client_max_window_bits = bits(&parameter).unwrap_or_default(),
            _ => {}
        }
    }
    Some(agreed)
}
