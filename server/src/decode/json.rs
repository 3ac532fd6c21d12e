//! A decoded stream for programs: one JSON object a line.

use serde_json::{Value, json};
use ws101_core::inspect::{Field, FieldKind};
use ws101_doctor::file::HeadKind;

use crate::decode::messages::Message;
use crate::decode::stream::{FramePart, HeadPart, Part, Summary};
use crate::finding::Finding;

pub(super) fn input(stream: &[u8], format: &str) -> String {
    line(&json!({ "event": "input", "format": format, "length": stream.len() }))
}

pub(super) fn part(part: &Part, stream: &[u8]) -> String {
    line(&match part {
        Part::Head(part) => head(part, stream),
        Part::Frame(part) => frame(part),
        Part::Body(at) => json!({
            "event": "body", "start": at.start, "end": at.end, "bytes": hex::encode(at.of(stream)),
        }),
    })
}

pub(super) fn end(summary: Summary, status: u8) -> String {
    let Summary { frames, broken, cut, .. } = summary;
    line(&json!({ "event": "end", "status": status, "frames": frames, "broken": broken, "cut": cut }))
}

fn head(part: &HeadPart, stream: &[u8]) -> Value {
    let HeadPart { kind, at, fields, finding, complete } = part;
    let kind = match kind {
        HeadKind::Request => "request",
        HeadKind::Response => "response",
    };
    json!({
        "event": "head", "kind": kind, "start": at.start, "end": at.end, "complete": complete,
        "text": String::from_utf8_lossy(at.of(stream)), "fields": labelled(fields),
        "findings": finding.iter().map(Finding::json).collect::<Vec<_>>(),
    })
}

fn frame(part: &FramePart) -> Value {
    let FramePart { number, at, fields, payload, coded, message, findings, complete } = part;
    let message = message.as_ref().filter(|_| *coded).map(|message| match message {
        Message::Text(text) => json!({ "type": "text", "text": text }),
        Message::Binary(bytes) => json!({ "type": "binary", "hex": hex::encode(bytes) }),
    });
    json!({
        "event": "frame", "number": number, "start": at.start, "end": at.end, "complete": complete,
        "fin": part.value(FieldKind::Fin), "opcode": part.value(FieldKind::Opcode),
        "type": part.opcode().map(crate::preview::opcode), "masked": part.value(FieldKind::Mask),
        "length": part.announced(), "payload": hex::encode(payload), "text": std::str::from_utf8(payload).ok(),
        "inflated": message,
        "fields": labelled(fields), "findings": findings.iter().map(Finding::json).collect::<Vec<_>>(),
    })
}

fn labelled(fields: &[Field]) -> Vec<Value> {
    let labelled = fields.iter().map(|field| {
        let Field { kind, depth, start, end, value, complete } = *field;
        json!({
            "kind": kind.text().key, "depth": depth, "start_bit": start, "end_bit": end, "value": value,
            "complete": complete,
        })
    });
    labelled.collect()
}

fn line(value: &Value) -> String {
    format!("{value}\n")
}
