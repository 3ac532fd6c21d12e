//! What the numbers and names of a known line say.

use super::first_byte::{Said, characters};
use super::known::Says;
use super::text::{Found, Text};
use super::{Hit, codes, explanation};
use crate::Cause;

/// What in a text says that something happened.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) text: String,
    /// A case that is closer than the one that stands for the cause.
    pub(super) case: Option<&'static str>,
}

impl From<String> for Evidence {
    fn from(text: String) -> Self {
        Self { text, case: None }
    }
}

/// Every cause of a line with what says so, the likeliest first; nothing where its numbers make no sense.
pub(super) fn read(text: &Text<'_>, says: Says, found: &Found) -> Vec<(Cause, Evidence)> {
    let pasted = text.pasted(found.start, found.end);
    let all = |causes: &[Cause], evidence: &str| -> Vec<(Cause, Evidence)> {
        causes.iter().map(|&cause| (cause, evidence.to_owned().into())).collect()
    };
    let number = |at: usize| found.holes.get(at).and_then(|hole| hole.parse::<u64>().ok());
    let bit = |at: usize| found.holes.get(at).and_then(|hole| hole.parse::<u8>().ok()).filter(|bit| *bit <= 1);
    let hex = |at: usize| {
        let hole = found.holes.get(at)?;
        u64::from_str_radix(hole.trim_start_matches("0x"), 16).ok()
    };
    match says {
        Says::Causes(causes) => all(causes, &pasted),
        Says::Status => number(first_status(found)).map(of_status).unwrap_or_default(),
        Says::CloseCode => last(found).and_then(|code| u16::try_from(code).ok()).map(of_code).unwrap_or_default(),
        Says::ReservedBits => match (bit(0), bit(1), bit(2)) {
            (Some(first), Some(second), Some(third)) => of_reserved_bits(first << 2 | second << 1 | third),
            _ => all(&[Cause::ReservedBitSet, Cause::UnframedBytes, Cause::LostSync], &pasted),
        },
        Says::ReservedBitsInPlace => match hex(0).and_then(|bits| u8::try_from(bits).ok()) {
            Some(bits @ 0x10..=0x70) => of_reserved_bits(bits >> 4),
            _ => all(&[Cause::UnframedBytes, Cause::LostSync, Cause::ReservedBitSet], &pasted),
        },
        Says::Opcode => of_opcode(number(found.holes.len().saturating_sub(1)), &pasted),
        Says::OpcodeInHex => of_opcode(hex(found.holes.len().saturating_sub(1)), &pasted),
        Says::InvalidHeader => of_invalid_header(&pasted),
        Says::NothingMore if text.line_ends_at(found.end) => all(
            &[Cause::LocalNetworkBlocked, Cause::NothingListens, Cause::AnswerNotAccepted, Cause::CertificateUntrusted],
            &format!("{pasted} (and no reason)"),
        ),
        Says::NothingMore => Vec::new(),
    }
}

/// Which of the holes is the status code: the first number, but that an access log's second is a length.
fn first_status(found: &Found) -> usize {
    found.holes.iter().position(|hole| hole.len() == 3 && hole.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(0)
}

fn last(found: &Found) -> Option<u64> {
    found.holes.last().and_then(|hole| hole.parse().ok())
}

fn of_status(status: u64) -> Vec<(Cause, Evidence)> {
    let evidence = Evidence { text: format!("status {status}"), case: codes::case_of_response(status) };
    codes::of_response(status).iter().map(|&cause| (cause, evidence.clone())).collect()
}

fn of_code(code: u16) -> Vec<(Cause, Evidence)> {
    codes::of_close(code).iter().map(|&cause| (cause, codes::named(code).into())).collect()
}

fn of_reserved_bits(bits: u8) -> Vec<(Cause, Evidence)> {
    let [first, second, third] = [bits >> 2 & 1, bits >> 1 & 1, bits & 1];
    let read = format!("RSV1 {first}, RSV2 {second}, RSV3 {third}");
    let letters = characters(|byte| Said::of(byte) == Said::ReservedBits(bits));
    let unframed = if letters.is_empty() {
        format!(
            "{read}: a first byte of {:02x} to {:02x}, which no text begins with (16 is TLS)",
            bits << 4,
            bits << 4 | 7
        )
    } else {
        format!("{read}: unframed text that begins with one of {letters}")
    };
    let unframed =
        (Cause::UnframedBytes, Evidence { text: unframed, case: (bits == 3).then_some("unframed-socket-io") });
    let other = |cause: Cause| (cause, Evidence::from(read.clone()));
    match bits {
        0b100 => {
            vec![other(Cause::CompressedUnasked), other(Cause::CompressedControl), unframed, other(Cause::LostSync)]
        }
        // A server that sets one bit by mistake sets it; text sets several.
        0b010 | 0b001 => vec![unframed, other(Cause::ReservedBitSet), other(Cause::LostSync)],
        _ => vec![unframed, other(Cause::LostSync), other(Cause::ReservedBitSet)],
    }
}

fn of_opcode(opcode: Option<u64>, pasted: &str) -> Vec<(Cause, Evidence)> {
    let evidence = match opcode {
        Some(opcode @ (3..=7 | 11..=15)) => format!("opcode {opcode}"),
        // Some libraries say so of the continuation that continues nothing.
        Some(0) => return vec![(Cause::ContinuationFirst, "opcode 0".to_owned().into())],
        Some(opcode @ (1 | 2)) => {
            let evidence = format!("opcode {opcode}");
            return [Cause::FragmentsRepeatOpcode, Cause::WritersInterleave]
                .map(|cause| (cause, evidence.clone().into()))
                .into();
        }
        _ => pasted.to_owned(),
    };
    let case = match opcode {
        Some(7) => Some("opcode-7"),
        Some(11) => Some("opcode-11"),
        _ => None,
    };
    let evidence = Evidence { text: evidence, case };
    [Cause::OpcodeReserved, Cause::LostSync, Cause::UnframedBytes, Cause::ByteBehindHead]
        .map(|cause| (cause, evidence.clone()))
        .into()
}

fn of_invalid_header(pasted: &str) -> Vec<(Cause, Evidence)> {
    let letters = characters(|byte| Said::of(byte) == Said::InvalidHeader);
    let unframed = format!("{pasted}: unframed text that begins with CR, LF or one of {letters}");
    let mut causes: Vec<(Cause, Evidence)> = vec![(Cause::UnframedBytes, unframed.into())];
    let others = [
        Cause::HeaderMalformed,
        Cause::NotRawDeflate,
        Cause::LengthNotShortest,
        Cause::LengthByteOrder,
        Cause::ControlFragmented,
        Cause::ControlTooLong,
        Cause::ByteBehindHead,
        Cause::LostSync,
    ];
    causes.extend(others.map(|cause| (cause, pasted.to_owned().into())));
    causes
}

/// What the codes of `close` events say that stand somewhere in the text.
pub(super) fn of_close_codes(text: &Text<'_>) -> Vec<Hit> {
    let hit = |(start, code): (usize, u16)| {
        let explanations =
            of_code(code).into_iter().filter_map(|(cause, evidence)| explanation(cause, evidence, "any client"));
        Hit { range: start..start + 4, weight: 4, explanations: explanations.collect() }
    };
    codes::close_codes(text.plain()).take(MOST_CODES).map(hit).collect()
}

/// A log that was pasted whole has more, which say the same.
const MOST_CODES: usize = 20;
