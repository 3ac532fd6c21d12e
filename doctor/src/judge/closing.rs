//! How the connection ended.

use ws101_core::{Opcode, Span};

use crate::judge::answers::seconds;
use crate::judge::frames::{Frame, Stream};
use crate::judge::report::Report;
use crate::judge::response::PATIENCE;
use crate::{Cause, DoctorRule, End, Ended, Fault};

/// Judges the closing handshake; `errors` is how many were found before the frames.
pub(super) fn judge(report: &mut Report<'_>, client: &Stream, server: &Stream, errors: usize) {
    for end in [End::Client, End::Server] {
        beyond_end(report, end);
    }
    // What follows a broken rule follows from it: that the other end hangs up is right.
    if report.errors() > errors || errors > 0 {
        return;
    }
    if close_of(server).is_some() && report.clock().ended(End::Server) == Some(Ended::Rst) {
        reset(report);
    }
    match (close_of(client), close_of(server)) {
        (Some(of_client), Some(of_server)) => kept(report, of_client, of_server),
        (Some(close), None) => unanswered(report, close, client, server),
        (None, Some(close)) => unanswered(report, close, server, client),
        (None, None) => missing(report),
    }
}

fn close_of(stream: &Stream) -> Option<&Frame> {
    stream.frames.iter().find(|frame| frame.opcode() == Some(Opcode::Close) && frame.complete)
}

/// The end that closes gets no answer.
fn unanswered(report: &mut Report<'_>, close: &Frame, closing: &Stream, answering: &Stream) {
    let clock = report.clock();
    let silent = answering.end;
    let ended = clock.ended(silent);
    let sent = clock.sent(closing.end, close.at.end);
    // It could have answered until one of both was gone.
    let until = [clock.ended_at(silent), clock.ended_at(closing.end), clock.last()].into_iter().flatten().min();
    let waited = until.zip(sent).map(|(until, sent)| until.saturating_sub(sent));
    let late = waited.is_some_and(|waited| waited >= PATIENCE);
    let hung_up = ended.is_some() && clock.ended_at(silent) >= sent;
    let recorded = match silent {
        End::Server => true,
        // A recording made at the server's side of a script may leave out what the client sent.
        End::Client => !answering.frames.is_empty(),
    };
    if !recorded || !(late || hung_up && silent == End::Server) {
        return;
    }
    let rule = DoctorRule::CloseUnanswered;
    let mut finding = report.finding(rule.rule(), rule.severity(), silent, close.whole());
    finding.place = report.recording().place(closing.end, close.raw.start, close.at.end);
    let found = match (ended, waited) {
        (Some(ended), _) => name(ended).to_owned(),
        (None, Some(waited)) => seconds(waited),
        (None, None) => String::new(),
    };
    report.add(finding.found(found).expected("88").caused_by([Cause::CloseUnanswered]));
}

/// The server resets the connection behind its Close.
fn reset(report: &mut Report<'_>) {
    let end = report.bytes(End::Server).len();
    let rule = DoctorRule::ResetAfterClose;
    let finding = report.finding(rule.rule(), rule.severity(), End::Server, Span::new(end, end));
    report.add(finding.found(name(Ended::Rst)).expected(name(Ended::Fin)).caused_by([Cause::ConnectionReset]));
}

/// The server does not hang up, though both have closed.
fn kept(report: &mut Report<'_>, of_client: &Frame, of_server: &Frame) {
    let clock = report.clock();
    let Some(last) = clock.ended_at(End::Server).or(clock.last()) else { return };
    let closed = clock.sent(End::Client, of_client.at.end).max(clock.sent(End::Server, of_server.at.end));
    let closed = closed.unwrap_or(last);
    let kept = last.saturating_sub(closed);
    // A client that hangs up first leaves nothing to be closed.
    if kept < PATIENCE || clock.ended_at(End::Client).is_some_and(|ended| ended < closed + PATIENCE) {
        return;
    }
    let rule = DoctorRule::ConnectionKept;
    let end = report.bytes(End::Server).len();
    let finding = report.finding(rule.rule(), rule.severity(), End::Server, Span::new(end, end));
    report.add(finding.found(seconds(kept)).expected("FIN"));
}

const fn name(ended: Ended) -> &'static str {
    match ended {
        Ended::Fin => "FIN",
        Ended::Rst => "RST",
    }
}

/// Idle times, in seconds, after which things between hang up of themselves.
const IDLE: [u64; 10] = [30, 60, 75, 90, 100, 120, 180, 240, 300, 350];

/// Neither end sent a Close, and one is gone.
fn missing(report: &mut Report<'_>) {
    let clock = report.clock();
    let first = match (clock.ended_at(End::Client), clock.ended_at(End::Server)) {
        (Some(client), Some(server)) if client < server => End::Client,
        (Some(_), None) => End::Client,
        _ => End::Server,
    };
    let Some(ended) = clock.ended(first) else { return };
    let idle = clock.ended_at(first).zip(clock.last_byte()).map(|(end, last)| end.saturating_sub(last));
    let timeout = idle.is_some_and(|idle| {
        let tenths = idle / 100_000;
        IDLE.iter().any(|limit| tenths.abs_diff(limit * 10) <= 15)
    });
    let end = report.bytes(first).len();
    let rule = DoctorRule::CloseMissing;
    let mut finding = report.finding(rule.rule(), rule.severity(), first, Span::new(end, end));
    let cause = match ended {
        _ if timeout => Cause::IdleTimeout,
        Ended::Fin => Cause::EndedWithoutClose,
        Ended::Rst => Cause::ConnectionReset,
    };
    if timeout || ended == Ended::Rst {
        finding.fault = Fault::Between;
    }
    let after = idle.filter(|_| timeout).map(|idle| format!(", {}", seconds(idle))).unwrap_or_default();
    report.add(finding.found(format!("{}{after}", name(ended))).expected("88").caused_by([cause]));
}

/// Bytes of an end that had ended.
fn beyond_end(report: &mut Report<'_>, end: End) {
    let Some(start) = report.clock().beyond_end(end) else { return };
    let rule = DoctorRule::BytesAfterEnd;
    let at = Span::new(start, report.bytes(end).len());
    let finding = report.finding(rule.rule(), rule.severity(), end, at);
    report.add(finding.found(at.len().to_string()).expected("0"));
}
