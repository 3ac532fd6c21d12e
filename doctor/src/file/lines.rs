//! The recording file of `ws101 tap`: reading it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::file::heads;
use crate::file::recorded::Recorded;
use crate::file::{FileError, RecordingFile};
use crate::{End, Ended, Moment, What};

/// Any line: which keys it has says what it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Written {
    ws101: Option<String>,
    version: Option<u64>,
    url: Option<String>,
    connection: Option<u64>,
    at: Option<u64>,
    from: Option<WrittenEnd>,
    bytes: Option<String>,
    ended: Option<WrittenEnded>,
    note: Option<String>,
    end: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenEnd {
    Client,
    Server,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenEnded {
    Fin,
    Rst,
}

impl From<WrittenEnd> for End {
    fn from(end: WrittenEnd) -> Self {
        match end {
            WrittenEnd::Client => Self::Client,
            WrittenEnd::Server => Self::Server,
        }
    }
}

impl From<WrittenEnded> for Ended {
    fn from(ended: WrittenEnded) -> Self {
        match ended {
            WrittenEnded::Fin => Self::Fin,
            WrittenEnded::Rst => Self::Rst,
        }
    }
}

/// The only version that there is.
pub(super) const VERSION: u64 = 1;

/// A connection while its lines are read.
#[derive(Debug, Default)]
struct Connection {
    moments: Vec<(Moment, Option<usize>)>,
    notes: Vec<String>,
}

/// Whether a text is such a file: its first line says so.
pub(super) fn is(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    serde_json::from_str::<Written>(first).is_ok_and(|line| line.ws101.is_some())
}

pub(super) fn read(text: &str) -> Result<RecordingFile, FileError> {
    let lines = heads::lines(text);
    let header = lines.first().filter(|line| !line.text.trim().is_empty());
    let header =
        header.ok_or_else(|| FileError::new("the file is empty", "record something with `ws101 tap --record FILE`"))?;
    let header = parse(header.text, 1)?;
    judge_header(&header)?;
    let mut remarks = Vec::new();
    let mut connections: BTreeMap<u64, Connection> = BTreeMap::new();
    let mut end = None;
    for line in &lines[1..] {
        if line.text.trim().is_empty() {
            continue;
        }
        // Whoever wrote it was stopped in the middle of the line: nothing follows, but that it failed.
        let rest = &lines[line.number..];
        let is_cut = match rest {
            [] => !text.ends_with('\n'),
            [last] => parse(last.text, last.number).is_ok_and(|last| last.end.as_deref() == Some(FAILED)),
            _ => false,
        };
        match parse(line.text, line.number) {
            Ok(Written { end: Some(reason), .. }) => end = Some(reason),
            Ok(written) => take(written, line.number, &mut connections)?,
            Err(_) if is_cut => remarks.push(format!("line {} is cut, and is left out", line.number)),
            Err(error) => return Err(error),
        }
    }
    let ending = match end.as_deref() {
        None => Some("the recording has no last line: it is still being written, or its writer was killed"),
        Some(LIMIT) => Some("the recording reached its limit, and stops there: --max-record sets it"),
        Some(FAILED) => Some("the recording could not be written any further, and stops there"),
        Some(_) => None,
    };
    remarks.extend(ending.map(str::to_owned));
    // One of which nothing was recorded is of no use to anybody.
    let connections = connections.into_iter().filter(|(_, one)| !(one.moments.is_empty() && one.notes.is_empty()));
    let connections = connections.map(|(number, Connection { moments, notes })| Recorded {
        url: header.url.clone(),
        notes,
        ..Recorded::of_timeline(number, moments)
    });
    Ok(RecordingFile { connections: connections.collect(), remarks, ..RecordingFile::new(super::Form::Recording) })
}

/// Why a recording ended, where something kept it from going on.
pub(super) const LIMIT: &str = "limit";
pub(super) const FAILED: &str = "failed";

fn parse(line: &str, number: usize) -> Result<Written, FileError> {
    serde_json::from_str(line).map_err(|error| {
        FileError::of_json(
            &error,
            number,
            "each line is one JSON object, as in {\"connection\":1,\"at\":0,\"from\":\"client\",\"bytes\":\"R0VU\"}",
        )
    })
}

fn judge_header(header: &Written) -> Result<(), FileError> {
    let wrong = |what: String, fix: &str| Err(FileError::new(what, fix).in_line(1));
    match (header.ws101.as_deref(), header.version) {
        (Some("recording"), Some(VERSION)) => Ok(()),
        (Some("recording"), Some(version)) => wrong(
            format!("the recording is of version {version}, and this reads version {VERSION}"),
            "read it with a newer ws101",
        ),
        (Some("recording"), None) => wrong("the header has no version".to_owned(), "add \"version\":1 to it"),
        (Some(other), _) => wrong(
            format!("this is a {other:?} of ws101, and no recording"),
            "give the file that `ws101 tap --record` wrote",
        ),
        (None, _) => {
            wrong("this is no header".to_owned(), "a recording begins with {\"ws101\":\"recording\",\"version\":1}")
        }
    }
}

fn take(written: Written, line: usize, connections: &mut BTreeMap<u64, Connection>) -> Result<(), FileError> {
    let wrong = |what: &str, fix: &str| FileError::new(what, fix).in_line(line);
    let Some(number) = written.connection else {
        return Err(wrong("the line does not say of which connection it is", "add \"connection\":1 to it"));
    };
    let connection = connections.entry(number).or_default();
    connection.notes.extend(written.note);
    let what = match (written.bytes, written.ended) {
        (Some(_), Some(_)) => {
            return Err(wrong("a moment has either bytes or an end", "make two lines of it"));
        }
        (Some(bytes), None) => What::Bytes(STANDARD.decode(&bytes).map_err(|error| {
            wrong(&format!("its bytes are no base64: {error}"), "write them in the standard alphabet, with padding")
        })?),
        (None, Some(ended)) => What::Ended(ended.into()),
        // It tells when the connection began, or is a note.
        (None, None) if written.from.is_none() => return Ok(()),
        (None, None) => return Err(wrong("a moment has bytes or an end", "add \"bytes\":\"…\" or \"ended\":\"fin\"")),
    };
    let Some(from) = written.from else {
        return Err(wrong("the line does not say who did it", "add \"from\":\"client\" or \"from\":\"server\""));
    };
    let Some(at) = written.at else {
        return Err(wrong(
            "the line does not say when it was",
            "add \"at\": microseconds since the connection was made",
        ));
    };
    if connection.moments.last().is_some_and(|(before, _)| before.at > at) {
        return Err(wrong(
            "the line is from before the one before it",
            "put the lines of a connection in the order of their times",
        ));
    }
    connection.moments.push((Moment { at, from: from.into(), what }, Some(line)));
    Ok(())
}
