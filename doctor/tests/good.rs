//! Connections of real clients to real servers, recorded in a proxy: nothing is wrong with them.
//!
//! `doctor/tests/good/README.md` says how they came about.
#![cfg(feature = "file")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use ws101_doctor::file::RecordingFile;
use ws101_doctor::{Finding, Severity, diagnose};

/// A recording: its name, the client and the server that made it, and what is found in it.
struct Recorded {
    name: String,
    by: String,
    findings: Vec<Finding>,
}

fn recordings() -> Vec<Recorded> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/good");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut recordings: Vec<Recorded> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let by = text.split("\"by\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
            let file = RecordingFile::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let [connection] = &file.connections[..] else { panic!("{name} is not of one connection") };
            Recorded { findings: diagnose(&connection.recording).findings, name, by }
        })
        .collect();
    recordings.sort_by(|one, other| one.name.cmp(&other.name));
    recordings
}

#[test]
fn good_connections_have_no_error_and_no_warning() {
    for Recorded { name, by, findings } in recordings() {
        let wrong: Vec<&Finding> = findings.iter().filter(|finding| finding.severity > Severity::Note).collect();
        assert!(wrong.is_empty(), "{name} ({by}): {wrong:#?}");
    }
}

#[test]
fn what_is_noted_of_them_is_there() {
    let recordings = recordings();
    let notes = recordings.iter().flat_map(|one| one.findings.iter().map(|finding| (one.name.as_str(), finding.rule)));
    assert_eq!(
        notes.collect::<Vec<_>>(),
        [
            ("chromium-hand-silent-end", "CLOSE_MISSING"),
            ("websocket-client-ws-half-close", "CLOSE_MISSING"),
            ("ws-hand-keep-alive", "RESPONSE_BODY"),
            ("ws-hand-keep-alive", "RESPONSE_VERSION_FIELD"),
            ("ws-ws-client-terminates", "CLOSE_MISSING"),
            ("ws-ws-server-terminates", "CLOSE_MISSING"),
        ]
    );
}

#[test]
fn they_are_many_and_of_many() {
    let recordings = recordings();
    assert!(recordings.len() >= 80, "{}", recordings.len());
    let software: BTreeSet<&str> = recordings.iter().flat_map(|one| one.by.split(" with ")).collect();
    assert!(software.len() >= 20, "{software:?}");
}
