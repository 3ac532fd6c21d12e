//! A decoded stream for people.

use std::fmt::{self, Write};

use ws101_core::inspect::{Field, FieldKind};
use ws101_core::{Opcode, Role, Span, StatusCode};
use ws101_doctor::file::HeadKind;

use crate::decode::messages::Message;
use crate::decode::stream::{FramePart, HeadPart, Part, Summary, bytes_of};
use crate::finding::Finding;
use crate::preview::{bytes, hex, preview};

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The lines of heads and the fields of frames.
    Fields,
    /// The parts of lines too, and what each field means.
    Everything,
}

/// What was assumed of the reader.
pub(super) const fn guess(reader: Role) -> &'static str {
    match reader {
        Role::Server => "read as by a server, for the first frame is masked; --role says otherwise",
        Role::Client => "read as by a client, for the first frame is not masked; --role says otherwise",
    }
}

pub(super) fn part(part: &Part, stream: &[u8], detail: Detail) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = match part {
        Part::Head(part) => head(&mut out, part, stream, detail),
        Part::Frame(part) => frame(&mut out, part, stream, detail),
        Part::Body(at) => {
            writeln!(out, "No frames, {at}: the response does not switch protocols\n  {}\n", preview(at.of(stream)))
        }
    };
    out
}

pub(super) fn end(summary: Summary) -> String {
    let Summary { frames, broken, cut, .. } = summary;
    let frames = if frames == 1 { "1 frame".to_owned() } else { format!("{frames} frames") };
    let cut = if cut { "; the bytes end within a head, a frame or a message" } else { "" };
    match broken {
        0 => format!("{frames}, no rule broken{cut}\n"),
        1 => format!("{frames}, a rule broken{cut}\n"),
        _ => format!("{frames}, rules broken {broken} times{cut}\n"),
    }
}

fn head(out: &mut String, part: &HeadPart, stream: &[u8], detail: Detail) -> fmt::Result {
    let name = match part.kind {
        HeadKind::Request => "Request head",
        HeadKind::Response => "Response head",
    };
    let cut = if part.complete { "" } else { ", cut" };
    writeln!(out, "{name}, {}{cut}", part.at)?;
    for field in &part.fields {
        if field.depth == 0 || detail == Detail::Everything {
            let content = preview(bytes_of(field).of(stream).trim_ascii_end());
            let content = if field.depth > 0 && field.kind == FieldKind::LineEnd { "" } else { &content };
            row(out, field, part.at, content, detail)?;
        }
    }
    findings(out, part.finding.as_slice())?;
    writeln!(out)
}

fn frame(out: &mut String, part: &FramePart, stream: &[u8], detail: Detail) -> fmt::Result {
    write!(out, "Frame {}, {}: {}", part.number, part.at, name(part.opcode()))?;
    if part.value(FieldKind::Fin) == Some(0) {
        out.push_str(", more fragments follow");
    }
    match part.announced() {
        Some(length) if part.complete => writeln!(out, ", {}", bytes(length))?,
        Some(length) => writeln!(out, ", cut: {} of {} are here", part.payload.len(), bytes(length))?,
        None => writeln!(out, ", cut within its header")?,
    }
    for field in part.fields.iter().filter(|field| field.depth > 0) {
        row(out, field, part.at, &value(field, part, stream), detail)?;
    }
    let inflated = part.message.as_ref().filter(|_| part.coded).map(|message| match message {
        Message::Text(text) => (text.len(), preview(text.as_bytes())),
        Message::Binary(bytes) => (bytes.len(), hex(bytes)),
    });
    if let Some((length, content)) = inflated {
        writeln!(out, "  = inflated, {}: {content}", bytes(length as u64))?;
    }
    findings(out, &part.findings)?;
    writeln!(out)
}

/// Place, name, value and, where that is asked for, meaning.
fn row(out: &mut String, field: &Field, whole: Span, value: &str, detail: Detail) -> fmt::Result {
    // All places of a head or frame take as many columns as the last may.
    let width = whole.end.to_string().len() * 2 + 1;
    let indent = "  ".repeat(usize::from(field.depth.max(1)) - usize::from(field.depth > 1));
    let words = field.kind.text();
    let place = format!("{:width$}", place(field), width = width.max(7));
    writeln!(out, "{}", format!("  {place}{indent}{:24}{value}", words.name).trim_end())?;
    if detail == Detail::Everything {
        writeln!(out, "  {:width$}{indent}  {} ({})", "", words.sentence, words.section, width = width.max(7))?;
    }
    Ok(())
}

/// `2–6` for bytes, `0.4–7` for bits of a byte.
fn place(field: &Field) -> String {
    let Field { start, end, .. } = *field;
    let (from, to) = (start / 8, end.saturating_sub(1) / 8);
    match (start % 8, end % 8) {
        (0, 0) if from == to => from.to_string(),
        (0, 0) => format!("{from}–{to}"),
        (bit, _) if start + 1 == end => format!("{from}.{bit}"),
        (bit, _) => format!("{from}.{bit}–{}", (end - 1) % 8),
    }
}

fn value(field: &Field, part: &FramePart, stream: &[u8]) -> String {
    match (field.kind, field.value) {
        (FieldKind::Opcode, Some(number)) => format!("{number} {}", name(part.opcode())),
        (FieldKind::CloseStatusCode, Some(number)) => {
            u16::try_from(number).map_or_else(|_| number.to_string(), |code| StatusCode(code).to_string())
        }
        (_, Some(number)) => number.to_string(),
        (FieldKind::PayloadData, None) if part.coded || part.opcode() == Some(Opcode::Binary) => hex(&part.payload),
        (FieldKind::PayloadData, None) => preview(&part.payload),
        (FieldKind::CloseReason, None) => preview(part.payload.get(2..).unwrap_or_default()),
        (_, None) => hex(bytes_of(field).of(stream)),
    }
}

fn findings(out: &mut String, findings: &[Finding]) -> fmt::Result {
    findings.iter().try_for_each(|finding| writeln!(out, "  ! {finding}"))
}

fn name(opcode: Option<Opcode>) -> &'static str {
    opcode.map_or("reserved", crate::preview::opcode)
}
