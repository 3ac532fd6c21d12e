//! One connection, and all that there is to say of it.

use serde_json::{Value, json};
use ws101_core::Span;
use ws101_core::inspect::RawFrame;
use ws101_doctor::{Browsers, Finding, Part, Place, Recording};

use crate::preview;

/// A connection that was judged.
#[derive(Debug)]
pub(crate) struct Case {
    /// What it is called: `connection 2`, or what was tried with a server.
    pub(crate) name: String,
    pub(crate) source: Source,
    pub(crate) recording: Recording,
    /// The worst need not come first.
    pub(crate) findings: Vec<Told>,
    /// What each browser does; `None` where too little of the connection is known to say.
    pub(crate) browsers: Option<Browsers>,
    /// What was sent to a live server to see what it makes of it.
    pub(crate) sent: Option<Vec<u8>>,
    /// What could not be judged, and what else a reader should know, each in a sentence.
    pub(crate) remarks: Vec<String>,
}

/// A finding, and the line of the file, from 1, in which its first byte stands.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) finding: Finding,
    pub(crate) line: Option<usize>,
}

impl Told {
    /// How many findings it stands for: itself, and those that are only counted.
    pub(crate) const fn count(&self) -> usize {
        1 + self.finding.more
    }

    /// What is said of those that are only counted; `None` where there are none.
    pub(crate) fn more(&self) -> Option<String> {
        let Finding { rule, place, more, .. } = &self.finding;
        (*more > 0).then(|| format!("{rule} {more} times more in {}, not listed here", name(place.part)))
    }
}

/// A finding that is in no file.
impl From<Finding> for Told {
    fn from(finding: Finding) -> Self {
        Self { finding, line: None }
    }
}

/// Where a connection's bytes came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A live server, by its URL.
    Server(String),
    /// A file, by its name; the standard input has none.
    File(Option<String>),
}

impl Case {
    /// Whether there is not a byte of it.
    pub(crate) fn is_empty(&self) -> bool {
        let parts = [Part::Request, Part::Response, Part::FromServer, Part::FromClient];
        parts.into_iter().all(|part| self.recording.part(part).is_empty())
    }

    /// How many findings there are, those among them that are only counted.
    pub(crate) fn count(&self) -> usize {
        self.findings.iter().map(Told::count).sum()
    }

    /// The bytes that a finding is about.
    pub(crate) fn bytes(&self, place: Place) -> &[u8] {
        Span::new(place.start, place.end).of(self.recording.part(place.part))
    }

    /// The bytes that a finding is about, for people: `None` where it is about something missing.
    pub(crate) fn shown(&self, place: Place) -> Option<String> {
        let bytes = self.bytes(place);
        match place.part {
            _ if bytes.is_empty() => None,
            Part::Request | Part::Response => Some(preview::preview(bytes)),
            Part::FromServer | Part::FromClient => Some(preview::hex(bytes)),
        }
    }

    /// Where a finding is, in words.
    pub(crate) fn place(&self, place: Place) -> String {
        let frame = self.frame(place).map_or_else(String::new, |frame| format!(" ({frame})"));
        format!("{} of {}{frame}", Span::new(place.start, place.end), name(place.part))
    }

    /// The frame that a place lies in: `in frame 2 at byte 7: text, 5 bytes`.
    fn frame(&self, place: Place) -> Option<String> {
        if matches!(place.part, Part::Request | Part::Response) {
            return None;
        }
        let bytes = self.recording.part(place.part);
        let (mut number, mut raw) = (1_u64, RawFrame::read(bytes, 0)?);
        while raw.end(bytes) <= place.start
            && let Some(next) = RawFrame::read(bytes, raw.end(bytes))
        {
            (number, raw) = (number + 1, next);
        }
        let kind = raw.opcode().map_or("reserved", preview::opcode);
        let length = raw.payload_length.map_or_else(String::new, |length| format!(", {}", preview::bytes(length)));
        (place.start <= raw.end(bytes)).then(|| format!("in frame {number} at byte {}: {kind}{length}", raw.start))
    }

    /// A finding for programs.
    pub(crate) fn json(&self, Told { finding, line }: &Told) -> Value {
        let mut value = json!({
            "event": "finding", "connection": self.name, "bytes": hex::encode(self.bytes(finding.place)),
            "line": line,
        });
        // A finding is an object: nothing in it is a map of keys that are no strings.
        if let (Some(object), Ok(Value::Object(more))) = (value.as_object_mut(), serde_json::to_value(finding)) {
            object.extend(more);
        }
        value
    }
}

impl Source {
    /// The file's name or the server's URL.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Server(url) => Some(url),
            Self::File(name) => name.as_deref(),
        }
    }
}

/// What a part is, in words.
pub(crate) const fn name(part: Part) -> &'static str {
    match part {
        Part::Request => "the request",
        Part::Response => "the response",
        Part::FromServer => "what the server sent",
        Part::FromClient => "what the client sent",
    }
}
