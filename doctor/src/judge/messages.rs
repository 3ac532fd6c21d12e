//! What the frames of an end make: messages, which are to inflate and to be text where they say so, and Close frames.

use ws101_core::deflate::Context;
use ws101_core::{Close, Opcode, Role, Rsv, Span, StatusCode, Violation};

use crate::judge::detectives::{compressed, text};
use crate::judge::frames::{Frame, Stream};
use crate::judge::inflate::{self, Failure, Inflated};
use crate::judge::report::Report;
use crate::judge::{Agreed, quote};
use crate::rules::of_frames;
use crate::{Cause, DoctorRule, End, Finding, Severity};

/// Judges what the frames carry.
pub(super) fn judge(report: &mut Report<'_>, stream: &Stream, agreed: Agreed) {
    for frame in stream.frames.iter().filter(|frame| frame.opcode() == Some(Opcode::Close)) {
        if frame.complete && !frame.spoilt {
            close(report, stream.end, frame);
        }
    }
    let messages = Message::all(stream);
    let role = match stream.end {
        End::Client => Role::Client,
        End::Server => Role::Server,
    };
    let mut window = Window::new(agreed.deflate.map(|agreement| agreement.sent_by(role)).unwrap_or_default());
    let mut content = Vec::new();
    for message in &messages {
        content.push(inflated(report, stream, message, &mut window));
    }
    not_ended(report, stream, &messages);
    let mut joined = false;
    for (place, message) in messages.iter().enumerate() {
        let Some(payload) = content[place].as_deref().filter(|_| message.opcode == Some(Opcode::Text)) else {
            joined = false;
            continue;
        };
        let next = messages.get(place + 1).filter(|next| next.opcode == Some(Opcode::Text));
        let next = next.and_then(|_| content[place + 1].as_deref());
        joined = judge_text(report, stream, message, Text { payload, next, joined });
    }
}

/// A message: its frames, as places in the stream's list.
struct Message {
    frames: Vec<usize>,
    opcode: Option<Opcode>,
    compressed: bool,
    /// Whether its last fragment came.
    ended: bool,
    /// Whether a frame of it is wrong in a way that says all.
    spoilt: bool,
    payload: Vec<u8>,
}

impl Message {
    /// The messages of a stream, the last of which may not have ended.
    fn all(stream: &Stream) -> Vec<Self> {
        let mut messages: Vec<Self> = Vec::new();
        // Those that have not ended: more than one where the order of fragments is wrong.
        let mut open: Vec<Self> = Vec::new();
        for (place, frame) in stream.frames.iter().enumerate().filter(|(_, frame)| frame.is_data()) {
            let continues = frame.opcode() == Some(Opcode::Continuation);
            let mut message = open.pop().filter(|_| continues).unwrap_or_else(|| Self::begun_by(frame));
            message.frames.push(place);
            message.spoilt |= frame.spoilt || !open.is_empty();
            message.payload.extend_from_slice(&frame.payload);
            message.ended = frame.raw.fin() && frame.complete;
            if message.ended { messages.push(message) } else { open.push(message) }
        }
        messages.extend(open);
        messages
    }

    fn begun_by(frame: &Frame) -> Self {
        Self {
            frames: Vec::new(),
            opcode: frame.opcode().filter(|opcode| *opcode != Opcode::Continuation),
            compressed: frame.raw.rsv() == Rsv::RSV1,
            ended: false,
            spoilt: false,
            payload: Vec::new(),
        }
    }

    /// All of its frames.
    fn whole(&self, stream: &Stream) -> Span {
        let ends = [self.frames.first(), self.frames.last()].map(|place| place.and_then(|&at| stream.frames.get(at)));
        match ends {
            [Some(first), Some(last)] => Span::new(first.raw.start, last.at.end),
            _ => Span::default(),
        }
    }

    /// Where a range of its payload stands in what the end sent; in the frame that it begins in.
    fn locate(&self, stream: &Stream, start: usize, end: usize) -> Span {
        let mut before = 0;
        for (place, &at) in self.frames.iter().enumerate() {
            let frame = &stream.frames[at];
            let last = place + 1 == self.frames.len();
            if start < before + frame.at.len() || last {
                let from = frame.at.start + (start - before).min(frame.at.len());
                return Span::new(from, (frame.at.start + end.saturating_sub(before)).clamp(from, frame.at.end));
            }
            before += frame.at.len();
        }
        self.whole(stream)
    }
}

/// How far back a compressed message may refer at most.
const REACH: usize = 1 << 15;

/// How much is inflated of all messages of an end: a few bytes may say a thousand times their length, and again.
const LIMIT_OF_ALL: usize = 64 << 20;

/// What was inflated in one direction.
struct Window {
    context: Context,
    /// The last bytes; more than a message may refer back, so that they are not moved for each.
    last: Vec<u8>,
    /// How many there were.
    inflated: usize,
    /// Whether nobody knows them any more, or they are too many.
    lost: bool,
    /// Whether it was told that more is referred to than was agreed on: the compressor is made so once.
    told: bool,
}

impl Window {
    const fn new(context: Context) -> Self {
        Self { context, last: Vec::new(), inflated: 0, lost: false, told: false }
    }

    /// As far as a message may refer back.
    fn history(&self) -> &[u8] {
        &self.last[self.last.len().saturating_sub(REACH)..]
    }

    fn add(&mut self, bytes: &[u8]) {
        self.last.extend_from_slice(bytes);
        if self.last.len() > 4 * REACH {
            self.last.drain(..self.last.len() - REACH);
        }
        self.inflated += bytes.len();
        self.lost |= self.inflated > LIMIT_OF_ALL;
    }
}

/// The payload of a message as the application wrote it; `None` where it is not to be judged.
fn inflated(report: &mut Report<'_>, stream: &Stream, message: &Message, window: &mut Window) -> Option<Vec<u8>> {
    if !message.compressed {
        return Some(message.payload.clone()).filter(|_| !message.spoilt);
    }
    if window.lost || !message.ended && inflate::may_begin_message(&message.payload, window.history()) {
        return None;
    }
    match inflate::message(&message.payload, window.history()) {
        Ok(_) if !message.ended => None,
        Ok(inflated) => {
            if !message.spoilt {
                compare(report, stream, message, &inflated, window);
            }
            window.add(&inflated.bytes);
            Some(inflated.bytes).filter(|_| !message.spoilt)
        }
        Err(Failure::TooLong) => {
            window.lost = true;
            None
        }
        Err(failure) => {
            // A message that begins anew does not need what is lost.
            window.lost = !window.context.no_context_takeover;
            if !message.spoilt {
                let rule = Violation::CompressedDataInvalid;
                let at = message.locate(stream, 0, message.payload.len());
                // Browsers do not look whether the last block ends.
                let tolerated = stream.end == End::Server && failure == Failure::Cut;
                let severity = if tolerated { Severity::Warning } else { Severity::Error };
                let mut finding = report.finding(rule.rule(), severity, stream.end, at);
                if report.lists(&finding) {
                    let causes = compressed::explain(&message.payload, window.history());
                    finding = finding.found(quote::hex(&message.payload)).caused_by(causes);
                }
                report.add(finding);
            }
            None
        }
    }
}

/// Compares how far a message refers back with what was agreed on.
fn compare(report: &mut Report<'_>, stream: &Stream, message: &Message, inflated: &Inflated, window: &mut Window) {
    let Context { no_context_takeover, max_window_bits } = window.context;
    let (rule, found, expected, cause) = if message.payload.is_empty() {
        (DoctorRule::MessageDeflateEmpty, String::new(), "00".to_owned(), None)
    } else if window.told {
        // The same compressor makes the same mistake each time.
        return;
    } else if no_context_takeover && inflated.beyond > 0 {
        window.told = true;
        let found = inflated.beyond.to_string();
        (DoctorRule::ContextTakeover, found, "0".to_owned(), Some(Cause::ContextTakenOver))
    } else if inflated.farthest > max_window_bits.size() {
        window.told = true;
        let (found, expected) = (inflated.farthest.to_string(), max_window_bits.size().to_string());
        (DoctorRule::WindowExceeded, found, expected, Some(Cause::WindowTooLarge))
    } else {
        return;
    };
    let finding = report.finding(rule.rule(), rule.severity(), stream.end, message.whole(stream));
    report.add(finding.found(found).expected(expected).caused_by(cause));
}

/// The payload of a text message, and that of the next one.
#[derive(Clone, Copy)]
struct Text<'a> {
    payload: &'a [u8],
    next: Option<&'a [u8]>,
    /// Whether it begins with the rest of a character whose beginning ended the message before, which was told.
    joined: bool,
}

/// Judges a text, and says whether its last character ends in the next one.
fn judge_text(report: &mut Report<'_>, stream: &Stream, message: &Message, text: Text<'_>) -> bool {
    let Text { payload, next, joined } = text;
    let error = match std::str::from_utf8(payload) {
        Ok(valid) => {
            split(report, stream, message, valid, next);
            look_like_utf16(report, stream, message, payload);
            return false;
        }
        Err(error) => error,
    };
    let start = error.valid_up_to();
    let cut = error.error_len().is_none();
    if cut && !message.ended {
        return false;
    }
    let goes_on = next.is_some_and(|next| text::joined(payload, next).is_some());
    let behind_cut = joined && start == 0;
    if behind_cut {
        // What is left of the character is told already; the rest may be wrong by itself.
        let rest = payload.iter().take_while(|&&byte| (0x80..0xc0).contains(&byte)).count();
        match std::str::from_utf8(&payload[rest..]) {
            Ok(_) => return false,
            Err(error) if error.error_len().is_none() => return goes_on,
            Err(_) => {}
        }
    }
    let end = error.error_len().map_or(payload.len(), |length| start + length);
    let at = if message.compressed { message.whole(stream) } else { message.locate(stream, start, end) };
    let mut finding = report.finding(Violation::InvalidUtf8.rule(), Severity::Error, stream.end, at);
    if report.lists(&finding) {
        let reading = text::read(payload, next);
        finding = finding.found(quote::hex(&payload[start..])).expected(reading.text).caused_by(reading.causes);
    }
    report.add(finding);
    goes_on
}

/// A text of exactly 125 bytes, and more of it in the next message.
fn split(report: &mut Report<'_>, stream: &Stream, message: &Message, text: &str, next: Option<&[u8]>) {
    let ends_in_itself = text.ends_with(['}', ']', '>', '.', '!', '?', '\n']);
    let Some(next) = next.filter(|next| text.len() == 125 && (1..=125).contains(&next.len()) && !ends_in_itself) else {
        return;
    };
    let rule = DoctorRule::MessageSplit;
    let finding = report.finding(rule.rule(), rule.severity(), stream.end, message.whole(stream));
    let finding = finding.found(format!("125 + {}", next.len())).expected((text.len() + next.len()).to_string());
    report.add(finding.caused_by(rule.usual_causes().iter().copied()));
}

fn look_like_utf16(report: &mut Report<'_>, stream: &Stream, message: &Message, payload: &[u8]) {
    if let Some(reading) = text::utf16(payload).filter(|_| payload.contains(&0) && message.ended) {
        let rule = DoctorRule::MessageUtf16;
        let finding = report.finding(rule.rule(), rule.severity(), stream.end, message.whole(stream));
        let finding = finding.found(quote::hex(payload)).expected(quote::characters(&reading));
        report.add(finding.caused_by([Cause::TextIsUtf16]));
    }
}

/// A message whose last fragment was still to come when nothing more came.
fn not_ended(report: &mut Report<'_>, stream: &Stream, messages: &[Message]) {
    let closed = stream.frames.iter().any(|frame| frame.opcode() == Some(Opcode::Close));
    let over = report.clock().ended(stream.end).is_some() || report.clock().last().is_none();
    let Some(last) = messages.last().filter(|message| !message.ended && !message.spoilt) else { return };
    // Where a frame itself is cut, that is told.
    let whole = last.frames.iter().all(|&place| stream.frames[place].complete);
    let spoilt = stream.frames.iter().any(|frame| frame.spoilt);
    if over && whole && !closed && !spoilt {
        let rule = DoctorRule::MessageNotEnded;
        let finding = report.finding(rule.rule(), rule.severity(), stream.end, last.whole(stream));
        report.add(finding.found(last.frames.len().to_string()));
    }
}

/// Judges the body of a Close.
fn close(report: &mut Report<'_>, end: End, frame: &Frame) {
    let (violation, at) = match Close::parse(&frame.payload) {
        Err(broken) => broken,
        Ok(Some(Close { code: StatusCode::MANDATORY_EXTENSION, .. })) if end == End::Server => {
            let rule = DoctorRule::CloseStatusOfClient;
            let at = Span::new(frame.at.start, frame.at.start + 2);
            let finding = report.finding(rule.rule(), rule.severity(), end, at);
            return report.add(finding.found(StatusCode::MANDATORY_EXTENSION.0.to_string()));
        }
        Ok(_) => return,
    };
    let place = Span::new(frame.at.start + at.start, frame.at.start + at.end);
    let severity = if end == End::Client { Severity::Error } else { of_frames(violation) };
    let finding = report.finding(violation.rule(), severity, end, place);
    report.add(explain_close(finding, violation, &frame.payload, at));
}

fn explain_close(finding: Finding, violation: Violation, payload: &[u8], at: Span) -> Finding {
    let code = payload.first_chunk().map(|&code| u16::from_be_bytes(code));
    let may_be_sent = |code: u16| StatusCode(code).may_be_sent();
    match (violation, code) {
        (Violation::CloseStatusNotAllowed, Some(code)) => {
            let in_digits = payload.get(..4).and_then(|text| std::str::from_utf8(text).ok()?.parse::<u16>().ok());
            let swapped = Some(code.swap_bytes()).filter(|&code| may_be_sent(code) && code < 3000);
            let (expected, cause) = if let Some(digits) = in_digits.filter(|&digits| may_be_sent(digits)) {
                (digits.to_string(), Cause::CloseCodeAsText)
            } else if let Some(swapped) = swapped {
                (swapped.to_string(), Cause::CloseCodeByteOrder)
            } else if matches!(code, 1005 | 1006 | 1015) {
                (String::new(), Cause::CloseCodeReserved)
            } else {
                (String::new(), Cause::CloseCodeInvalid)
            };
            finding.found(code.to_string()).expected(expected).caused_by([cause])
        }
        (Violation::CloseReasonInvalidUtf8, _) => {
            finding.found(quote::hex(at.of(payload))).caused_by([Cause::CloseReasonInOtherEncoding])
        }
        _ => finding.found(quote::hex(payload)).caused_by([Cause::CloseBodyOfOneByte]),
    }
}
