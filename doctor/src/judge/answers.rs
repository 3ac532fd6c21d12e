//! Pings and Closes, and what answers them.

use ws101_core::Opcode;

use crate::judge::frames::{Frame, Stream};
use crate::judge::quote;
use crate::judge::report::Report;
use crate::{Cause, DoctorRule};

/// Judges how each end answers the other; a frame that is a wrong answer is not judged as something else.
pub(super) fn judge(report: &mut Report<'_>, client: &mut Stream, server: &mut Stream) {
    // An end of which not one frame was recorded may have answered.
    if !client.frames.is_empty() && !server.frames.is_empty() {
        as_data(report, client, server);
        as_data(report, server, client);
    }
    pings(report, client, server);
    pings(report, server, client);
}

/// Control frames of one end whose payload the other sends back as text or binary, in place of the answer.
fn as_data(report: &mut Report<'_>, asking: &Stream, answering: &mut Stream) {
    let cases = [
        (Opcode::Close, Opcode::Close, DoctorRule::CloseAnsweredAsData),
        (Opcode::Ping, Opcode::Pong, DoctorRule::PingAnsweredAsData),
    ];
    for (asked, answer, rule) in cases {
        let answers = Answers::of(answering.frames.iter().filter(|frame| frame.opcode() == Some(answer)));
        let right = |payload: &[u8]| if asked == Opcode::Close { !answers.is_empty() } else { answers.have(payload) };
        let question = asking
            .frames
            .iter()
            .find(|frame| frame.opcode() == Some(asked) && frame.complete && !right(&frame.payload));
        let Some(question) = question else { continue };
        // An echo of messages sends the same text once for each time that it came.
        let count = |stream: &Stream| stream.frames.iter().filter(|frame| echoes(frame, question)).count();
        if count(answering) <= count(asking) {
            continue;
        }
        let asked_at = report.clock().sent(asking.end, question.at.end);
        let end = answering.end;
        let wrong = answering
            .frames
            .iter_mut()
            .rev()
            .find(|frame| echoes(frame, question) && report.clock().sent(end, frame.at.end) >= asked_at);
        let Some(wrong) = wrong else { continue };
        wrong.spoilt = true;
        let finding = report.finding(rule.rule(), rule.severity(), end, wrong.whole());
        let bytes = wrong.whole().of(report.bytes(end));
        let right = format!("{:02x}", 0x80 | answer.bits());
        let finding = finding.found(quote::hex(bytes)).expected(right);
        report.add(finding.caused_by(rule.usual_causes().iter().copied()));
    }
}

/// The payloads of frames that answer, to be searched: there may be as many as there are questions.
struct Answers<'a> {
    sorted: Vec<&'a [u8]>,
}

impl<'a> Answers<'a> {
    fn of(frames: impl Iterator<Item = &'a Frame>) -> Self {
        let mut sorted: Vec<_> = frames.map(|frame| frame.payload.as_slice()).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    const fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    fn have(&self, payload: &[u8]) -> bool {
        self.sorted.binary_search(&payload).is_ok()
    }
}

fn echoes(frame: &Frame, question: &Frame) -> bool {
    frame.is_data() && frame.raw.fin() && frame.complete && frame.payload == question.payload
}

/// After how long, in microseconds, a Pong is missing.
const PATIENCE: u64 = 5_000_000;

/// Pings that nothing answers, though time enough passed, or that are answered without their payload.
fn pings(report: &mut Report<'_>, asking: &Stream, answering: &Stream) {
    if answering.frames.is_empty() {
        return;
    }
    let is = |frame: &&Frame, opcode: Opcode| frame.opcode() == Some(opcode) && frame.complete;
    let pings: Vec<&Frame> = asking.frames.iter().filter(|frame| is(frame, Opcode::Ping)).collect();
    let pongs: Vec<&Frame> = answering.frames.iter().filter(|frame| is(frame, Opcode::Pong)).collect();
    // §5.5.3: a Pong for a later Ping answers those before it.
    let answers = Answers::of(pongs.iter().copied());
    let answered = pings.iter().rposition(|ping| answers.have(&ping.payload));
    let unanswered = &pings[answered.map_or(0, |place| place + 1)..];
    let Some(ping) = unanswered.first() else { return };
    let closes = answering.frames.iter().any(|frame| frame.opcode() == Some(Opcode::Close));
    let data = DoctorRule::PingAnsweredAsData.rule().code;
    if report.findings().iter().any(|finding| finding.rule == data) {
        return;
    }
    if answered.is_none() && !ping.payload.is_empty() && !pongs.is_empty() {
        let rule = DoctorRule::PongPayload;
        let pong = pongs[0];
        let finding = report.finding(rule.rule(), rule.severity(), answering.end, pong.whole());
        let finding = finding.found(quote::hex(&pong.payload)).expected(quote::hex(&ping.payload));
        return report.add(finding.caused_by([Cause::PongWithoutPayload]));
    }
    let clock = report.clock();
    let waited = clock.last().zip(clock.sent(asking.end, ping.at.end)).map(|(last, sent)| last - sent);
    let there = clock.ended_at(answering.end).is_none_or(|ended| Some(ended) >= clock.last());
    if waited.is_some_and(|waited| waited >= PATIENCE) && there && !closes {
        let rule = DoctorRule::PingUnanswered;
        let place = report.recording().place(asking.end, ping.raw.start, ping.at.end);
        let mut finding = report.finding(rule.rule(), rule.severity(), answering.end, ping.whole());
        finding.place = place;
        let found = seconds(waited.unwrap_or(0));
        report.add(finding.found(found).caused_by([Cause::PingUnanswered]));
    }
}

/// `5.0 s`
pub(super) fn seconds(microseconds: u64) -> String {
    format!("{}.{} s", microseconds / 1_000_000, microseconds % 1_000_000 / 100_000)
}
