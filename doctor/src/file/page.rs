//! A session as the page records it: one connection, and what its script saw.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::file::recorded::Recorded;
use crate::file::{FileError, Form, RecordingFile};
use crate::{End, Ended, Moment, What};

#[derive(Deserialize)]
struct Session {
    version: u64,
    url: Option<String>,
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    kind: u64,
    /// Microseconds since the server accepted the connection.
    time: u64,
    #[serde(default)]
    bytes: String,
}

pub(super) fn read(text: &str) -> Result<RecordingFile, FileError> {
    let session: Session = serde_json::from_str(text).map_err(|error| {
        FileError::of_json(&error, 1, "a session has a version, a url and records of kind, time and bytes")
    })?;
    if session.version != 1 {
        let what = format!("the session is of version {}, and this reads version 1", session.version);
        return Err(FileError::new(what, "read it with a newer ws101"));
    }
    let mut moments = Vec::with_capacity(session.records.len());
    for (place, Record { kind, time, bytes }) in session.records.into_iter().enumerate() {
        let wrong = |what: &str| FileError::new(format!("record {} {what}", place + 1), "");
        let (from, ended) = match kind {
            0 => (End::Client, None),
            1 => (End::Server, None),
            2 => (End::Client, Some(Ended::Fin)),
            3 => (End::Server, Some(Ended::Fin)),
            4 => (End::Client, Some(Ended::Rst)),
            5 => (End::Server, Some(Ended::Rst)),
            _ => return Err(wrong("is of a kind that version 1 does not have: it has 0 to 5")),
        };
        let what = match ended {
            Some(ended) => What::Ended(ended),
            None => What::Bytes(STANDARD.decode(&bytes).map_err(|error| wrong(&format!("has no base64: {error}")))?),
        };
        moments.push((Moment { at: time, from, what }, None));
    }
    let recorded = Recorded { url: session.url, ..Recorded::of_timeline(1, moments) };
    Ok(RecordingFile { connections: vec![recorded], ..RecordingFile::new(Form::Page) })
}
