//! What somebody has in a file, as JSON in the form in which JavaScript gives recordings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use ws101_doctor::file::{FileError, Gap, Mark, Recorded, RecordingFile};
use ws101_doctor::{End, Ended, Moment, Streams, What};

/// Either of the two.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Answer {
    File(File),
    Error(Unreadable),
}

#[derive(Serialize)]
pub(crate) struct File {
    form: &'static str,
    connections: Vec<Connection>,
    messages: Vec<Message>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct Unreadable {
    message: String,
    line: Option<usize>,
    column: Option<usize>,
}

#[derive(Serialize)]
struct Connection {
    number: u64,
    url: Option<String>,
    recording: Recording,
    gaps: Vec<Lost>,
    notes: Vec<String>,
    lines: Vec<Mark>,
}

#[derive(Serialize)]
struct Message {
    text: String,
    line: Option<usize>,
}

#[derive(Serialize)]
struct Lost {
    gap: &'static str,
    sentence: String,
}

/// Bytes are base64 here.
#[derive(Serialize)]
#[serde(untagged)]
enum Recording {
    #[serde(rename_all = "camelCase")]
    Streams {
        request: Option<String>,
        response: Option<String>,
        from_server: String,
        from_client: String,
        ended: Option<&'static str>,
    },
    Timeline {
        timeline: Vec<Happened>,
    },
}

/// A moment; its time is in microseconds.
#[derive(Serialize)]
struct Happened {
    at: u64,
    from: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<&'static str>,
}

/// Reads a file of the form that it seems to have.
pub(crate) fn read(input: &[u8]) -> Answer {
    match RecordingFile::read(input, None) {
        Ok(RecordingFile { form, connections, messages, remarks, .. }) => Answer::File(File {
            form: form.name(),
            connections: connections.into_iter().map(Connection::from).collect(),
            messages: messages.into_iter().map(|message| Message { text: message.text, line: message.line }).collect(),
            remarks,
        }),
        Err(error) => Answer::Error(Unreadable::from(&error)),
    }
}

impl From<&FileError> for Unreadable {
    fn from(error: &FileError) -> Self {
        Self { message: error.to_string(), line: error.line, column: error.column }
    }
}

impl From<Recorded> for Connection {
    fn from(recorded: Recorded) -> Self {
        let lines = recorded.lines().to_vec();
        let Recorded { number, url, recording, gaps, notes, .. } = recorded;
        let gaps = gaps.iter().map(Lost::from).collect();
        Self { number, url, recording: Recording::from(&recording), gaps, notes, lines }
    }
}

impl From<&Gap> for Lost {
    fn from(gap: &Gap) -> Self {
        Self { gap: gap.name(), sentence: gap.to_string() }
    }
}

impl From<&ws101_doctor::Recording> for Recording {
    fn from(recording: &ws101_doctor::Recording) -> Self {
        if let Some(moments) = recording.timeline() {
            return Self::Timeline { timeline: moments.iter().map(Happened::from).collect() };
        }
        let Streams { request, response, from_server, from_client, ended } = recording.streams();
        Self::Streams {
            request: request.map(base64),
            response: response.map(base64),
            from_server: base64(from_server),
            from_client: base64(from_client),
            ended: ended.map(name),
        }
    }
}

impl From<&Moment> for Happened {
    fn from(Moment { at, from, what }: &Moment) -> Self {
        let (bytes, ended) = match what {
            What::Bytes(bytes) => (Some(base64(bytes)), None),
            What::Ended(ended) => (None, Some(name(*ended))),
        };
        let from = match from {
            End::Client => "client",
            End::Server => "server",
        };
        Self { at: *at, from, bytes, ended }
    }
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

const fn name(ended: Ended) -> &'static str {
    match ended {
        Ended::Fin => "fin",
        Ended::Rst => "rst",
    }
}
