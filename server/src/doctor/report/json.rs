//! A report for programs: one JSON object a line.

use serde_json::{Value, json};
use ws101_doctor::file::Message;
use ws101_doctor::{Browsers, Explanation};

use crate::doctor::case::Case;
use crate::doctor::report::Tally;

/// Bytes that are told of what was sent, at most.
const SENT: usize = 4 << 10;

pub(super) fn case(case: &Case, browsers: Option<&Browsers>) -> String {
    let mut connection = json!({
        "event": "connection", "connection": case.name, "source": case.source.name(), "remarks": case.remarks,
        "findings": case.count(),
    });
    if let (Some(sent), Some(connection)) = (&case.sent, connection.as_object_mut()) {
        connection.insert("sent".to_owned(), hex::encode(&sent[..sent.len().min(SENT)]).into());
        connection.insert("sent_length".to_owned(), sent.len().into());
    }
    let browsers =
        browsers.map(|browsers| json!({ "event": "browsers", "connection": case.name, "browsers": browsers }));
    let findings = case.findings.iter().map(|told| case.json(told));
    std::iter::once(connection).chain(findings).chain(browsers).map(line).collect()
}

pub(super) fn explained(message: &Message, explanations: &[Explanation]) -> String {
    line(json!({ "event": "explained", "message": message.text, "line": message.line, "explanations": explanations }))
}

pub(super) fn remark(text: &str) -> String {
    line(json!({ "event": "remark", "remark": text }))
}

pub(super) fn end(tally: &Tally, status: u8) -> String {
    let Tally { cases, errors, warnings, notes, explained, .. } = tally;
    line(json!({
        "event": "end", "status": status, "connections": cases, "errors": errors, "warnings": warnings, "notes": notes,
        "explained": explained,
    }))
}

#[expect(clippy::needless_pass_by_value, reason = "it is mapped over values")]
fn line(value: Value) -> String {
    format!("{value}\n")
}
