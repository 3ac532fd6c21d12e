//! What is said of the headers of frames, and of what stands between frames.

use ws101_core::inspect::RawFrame;
use ws101_core::{MaskingKey, Opcode, Rsv, Span, Violation};

use crate::judge::detectives::{behind_head::Filler, length::Wrong, unframed::Unframed};
use crate::judge::frames::{Frame, Spoilt, Walk};
use crate::judge::quote;
use crate::judge::report::Report;
use crate::rules::of_frames;
use crate::{Cause, DoctorRule, End, Ended, Fault, Finding, Severity};

/// A rule that a header breaks.
pub(super) fn rule(walk: &mut Walk<'_, '_>, raw: &RawFrame, violation: Violation, at: Span) {
    // The rule may be about bytes that have not come.
    let place = Span::new(raw.start + at.start, (raw.start + at.end).min(walk.bytes.len()));
    let severity = if walk.end == End::Client { Severity::Error } else { of_frames(violation) };
    let finding = walk.report.finding(violation.rule(), severity, walk.end, place);
    let finding = finding.found(quote::hex(place.of(walk.bytes)));
    let finding = explain(walk, raw, violation, finding);
    walk.report.add(finding);
}

fn explain(walk: &Walk<'_, '_>, raw: &RawFrame, violation: Violation, finding: Finding) -> Finding {
    let first = |bits: u8| format!("{bits:02x}");
    let announced = raw.payload_length.unwrap_or(0);
    match violation {
        Violation::ReservedBits => {
            let finding = finding.expected(first(walk.bytes[raw.start] & 0x8f));
            if raw.opcode().is_some_and(Opcode::is_control) && raw.rsv() == Rsv::RSV1 {
                return finding.caused_by([Cause::CompressedControl]);
            }
            if raw.rsv() != Rsv::RSV1 {
                return finding.caused_by([Cause::ReservedBitSet, Cause::LostSync]);
            }
            let unasked = walk.manner.allowed == Rsv::NONE;
            finding.caused_by([if unasked { Cause::CompressedUnasked } else { Cause::ReservedBitSet }])
        }
        Violation::ReservedOpcode => {
            let cause = if walk.frames.is_empty() { Cause::OpcodeReserved } else { Cause::LostSync };
            finding.found(format!("{}", raw.opcode_bits())).caused_by([cause])
        }
        Violation::MaskedFrame => {
            let echoed = walk.was_sent_by_other(raw);
            finding.caused_by([if echoed { Cause::EchoedWithMask } else { Cause::ServerMasks }])
        }
        Violation::UnmaskedFrame => finding.caused_by([Cause::ClientDoesNotMask]),
        Violation::LengthNotMinimal => {
            finding.found(announced.to_string()).expected(short_form(announced)).caused_by([Cause::LengthNotShortest])
        }
        Violation::LengthHighBit => finding.caused_by([Cause::LengthByteOrder]),
        Violation::FragmentedControlFrame => {
            finding.expected(first(walk.bytes[raw.start] | 0x80)).caused_by([Cause::ControlFragmented])
        }
        Violation::ControlFrameTooLong => {
            let found = raw.payload_length.map(|length| length.to_string()).unwrap_or_default();
            finding.found(found).expected("125").caused_by([Cause::ControlTooLong])
        }
        Violation::UnexpectedContinuation => finding.caused_by([Cause::ContinuationFirst]),
        Violation::MessageUnfinished => {
            let next = RawFrame::read(walk.bytes, raw.end(walk.bytes));
            let goes_on = raw.fin() && next.is_some_and(|next| next.opcode() == Some(Opcode::Continuation));
            let cause = if goes_on { Cause::WritersInterleave } else { Cause::FragmentsRepeatOpcode };
            finding.expected(first(walk.bytes[raw.start] & 0x80)).caused_by([cause])
        }
        _ => finding,
    }
}

/// The shortest form of a length, without the mask bit.
fn short_form(length: u64) -> String {
    let bytes = length.to_be_bytes();
    match length {
        0..=125 => quote::hex(&bytes[7..]),
        126..=0xffff => format!("7e {}", quote::hex(&bytes[6..])),
        _ => format!("7f {}", quote::hex(&bytes)),
    }
}

/// Bytes between the head and the first frame.
pub(super) fn filler(report: &mut Report<'_>, end: End, bytes: &[u8], filler: Filler) {
    let rule = DoctorRule::BytesBehindHead;
    let finding = report.finding(rule.rule(), rule.severity(), end, filler.at);
    let next = Span::new(filler.at.end, filler.at.end + 2).of(bytes);
    report.add(finding.found(quote::hex(filler.at.of(bytes))).expected(quote::hex(next)).caused_by([filler.cause]));
}

/// Bytes that are no frame.
pub(super) fn unframed(report: &mut Report<'_>, end: End, bytes: &[u8], found: Unframed) {
    let rule = DoctorRule::UnframedData;
    let finding = report.finding(rule.rule(), rule.severity(), end, found.at);
    let text = found.at.of(bytes);
    let is_binary = matches!(found.cause, Cause::FramesOfHixie76 | Cause::UnframedTls);
    let quoted = if is_binary { quote::hex(text) } else { quote::text(text) };
    let fault = match (end, found.cause) {
        // The page for an error that a proxy writes into a connection whose server went away.
        (End::Server, Cause::UnframedHtml | Cause::UnframedHttp) if mentions_proxy(text) => Fault::Between,
        _ => finding.fault,
    };
    let expected = format!("81 {}", short_form(text.len() as u64));
    report.add(Finding { fault, ..finding }.found(quoted).expected(expected).caused_by([found.cause]));
}

fn mentions_proxy(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    ["nginx", "cloudflare", "haproxy", "bad gateway", "gateway time-out", "varnish"]
        .iter()
        .any(|word| text.contains(word))
}

/// A length that is not that of the payload.
pub(super) fn length(report: &mut Report<'_>, end: End, bytes: &[u8], raw: &RawFrame, wrong: &Wrong) {
    let rule = DoctorRule::LengthWrong;
    let key = if raw.is_masked() && wrong.cause != Cause::LengthInMaskBit { 4 } else { 0 };
    let stop = raw.extended.end.min(wrong.payload.start.saturating_sub(key));
    let at = Span::new(raw.start + 1, stop.max(raw.start + 2));
    let finding = report.finding(rule.rule(), rule.severity(), end, at);
    let real = wrong.payload.len() as u64;
    let read = raw.payload_length.filter(|_| stop == raw.extended.end);
    let announced = read.map(|length| format!(" = {length}")).unwrap_or_default();
    let found = format!("{}{announced}", quote::hex(at.of(bytes)));
    report.add(finding.found(found).expected(format!("{} = {real}", short_form(real))).caused_by([wrong.cause]));
}

/// A frame that is not all there.
pub(super) fn cut(report: &mut Report<'_>, end: End, raw: &RawFrame) {
    let announced = raw.payload_length.map(|length| length.to_string()).unwrap_or_default();
    let at = Span::new(raw.start, raw.payload.end.max(raw.start + 1));
    if raw.payload_length.is_some_and(|length| length > i32::MAX as u64) {
        let rule = DoctorRule::FrameTooLong;
        let finding = report.finding(rule.rule(), rule.severity(), end, at);
        report.add(finding.found(announced).expected(i32::MAX.to_string()).caused_by([Cause::TooBigForReceiver]));
        return;
    }
    let rule = DoctorRule::FrameCut;
    let ended = report.clock().ended(end);
    let severity = match ended {
        Some(_) => rule.severity(),
        // Perhaps only the recording ends here.
        None if report.clock().last().is_none() => Severity::Note,
        None => return,
    };
    let finding = report.finding(rule.rule(), severity, end, at);
    let fault = if ended == Some(Ended::Rst) { Fault::Between } else { finding.fault };
    let found = match raw.payload_length {
        Some(_) => raw.payload.len().to_string(),
        None => quote::hex(at.of(report.bytes(end))),
    };
    let finding = Finding { fault, ..finding }.found(found).expected(announced);
    report.add(finding.caused_by([Cause::FrameTruncated]));
}

/// Where the next frame begins is not known.
pub(super) fn lost(report: &mut Report<'_>, end: End, at: Span) {
    let rule = DoctorRule::FramesLost;
    let finding = report.finding(rule.rule(), rule.severity(), end, at);
    report.add(finding.found(at.len().to_string()));
}

/// Something follows a Close.
///
/// Firefox does not mind, unless its header is wrong by itself.
pub(super) fn after_close(report: &mut Report<'_>, end: End, bytes: &[u8], late: &RawFrame, header: Spoilt) {
    let rule = DoctorRule::FrameAfterClose;
    let at = Span::new(late.start, late.payload.end.max(late.start + 1));
    let severity = if header == Spoilt::Yes { Severity::Error } else { rule.severity() };
    let finding = report.finding(rule.rule(), severity, end, at);
    report.add(finding.found(quote::hex(at.of(bytes))).caused_by([Cause::WritesAfterClose]));
}

/// A client that masks everything with one key.
pub(super) fn constant_key(report: &mut Report<'_>, end: End, frames: &[Frame]) {
    let bytes = report.bytes(end);
    let key_of = |frame: &Frame| frame.raw.masking_key(bytes).filter(|_| !frame.payload.is_empty());
    let keys: Vec<MaskingKey> = frames.iter().filter_map(key_of).collect();
    let [first, _, _, ..] = keys[..] else { return };
    if end == End::Client && keys.iter().all(|key| *key == first) {
        let Some(frame) = frames.iter().find(|frame| key_of(frame).is_some()) else { return };
        let rule = DoctorRule::MaskingKeyConstant;
        let at = Span::new(frame.at.start.saturating_sub(4), frame.at.start);
        let finding = report.finding(rule.rule(), rule.severity(), end, at);
        report.add(finding.found(quote::hex(&first.0)));
    }
}
