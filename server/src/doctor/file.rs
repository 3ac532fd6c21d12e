//! Judging what a file holds.

use std::path::Path;

use ws101_doctor::file::{Recorded, RecordingFile};
use ws101_doctor::{Diagnosis, diagnose, explain_message};

use crate::decode;
use crate::doctor::arguments::{FormatIn, Target};
use crate::doctor::case::{Case, Source, Told};
use crate::doctor::report::Report;
use crate::failure::Failure;
use crate::preview;

/// Reads the file, judges what it holds, and tells of it.
pub(super) fn judge(target: &Target, form: Option<FormatIn>, report: &mut Report) -> Result<(), Failure> {
    let unreadable = |why: String| Failure::usage(format!("{target}: {why}"));
    let (path, name) = match target {
        Target::File(path) => (path.as_path(), Some(path.to_string_lossy().into_owned())),
        Target::StandardInput | Target::Url(_) => (Path::new("-"), None),
    };
    let input = decode::read(path).map_err(unreadable)?;
    let file = RecordingFile::read(&input, form.map(Into::into)).map_err(|error| unreadable(error.to_string()))?;
    if form.is_none() {
        report.remark(&format!("read as {}; --format-in says otherwise", file.form.words()));
    }
    file.remarks.iter().for_each(|remark| report.remark(remark));
    if file.connections.is_empty() && file.messages.is_empty() {
        return Err(unreadable("no connection was recorded in it".to_owned()));
    }
    let source = Source::File(name);
    for recorded in file.connections {
        report.case(&case(recorded, source.clone()));
    }
    for message in file.messages {
        report.explained(&message, &explain_message(&message.text), &source);
    }
    Ok(())
}

/// What there is to say of a recorded connection.
fn case(recorded: Recorded, source: Source) -> Case {
    let Diagnosis { findings, browsers, .. } = diagnose(&recorded.recording);
    let target = recorded.target().map_or_else(String::new, |target| format!(", {}", preview::text(&target)));
    let findings = findings.into_iter().map(|finding| Told { line: recorded.line_of(finding.place), finding });
    let gaps = recorded.gaps.iter().map(ToString::to_string);
    Case {
        name: format!("connection {}{target}", recorded.number),
        source,
        findings: findings.collect(),
        browsers: recorded.shows_the_server().then_some(browsers),
        sent: None,
        remarks: gaps.chain(recorded.notes.iter().cloned()).collect(),
        recording: recorded.recording,
    }
}
