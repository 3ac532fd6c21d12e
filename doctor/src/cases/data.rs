//! Reading the cases that are described, from the files in `doctor/cases`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

use crate::Ended;
use crate::cases::case::{Case, Clause, ClientAction, OnClose, Script, Stance, Theme};
use crate::cases::measured::{Browser, Measurements, Observed};
use crate::cases::notation;
use crate::cases::pieces::Pieces;
use crate::cases::template::Template;

/// The files, in the order in which the cases are listed.
const THEMES: [(Theme, &str); 11] = [
    (Theme { name: "head", title: "The head of the response" }, include_str!("../../cases/head.toml")),
    (Theme { name: "status", title: "The status line" }, include_str!("../../cases/status.toml")),
    (Theme { name: "accept", title: "Sec-WebSocket-Accept" }, include_str!("../../cases/accept.toml")),
    (Theme { name: "negotiation", title: "Subprotocols and extensions" }, include_str!("../../cases/negotiation.toml")),
    (Theme { name: "frames", title: "Frames" }, include_str!("../../cases/frames.toml")),
    (Theme { name: "unframed", title: "What is no frame" }, include_str!("../../cases/unframed.toml")),
    (Theme { name: "text", title: "Text" }, include_str!("../../cases/text.toml")),
    (Theme { name: "deflate", title: "Compressed messages" }, include_str!("../../cases/deflate.toml")),
    (Theme { name: "close", title: "Close frames" }, include_str!("../../cases/close.toml")),
    (Theme { name: "tcp", title: "The TCP connection, and time" }, include_str!("../../cases/tcp.toml")),
    (Theme { name: "client", title: "What the client's script does" }, include_str!("../../cases/client.toml")),
];

const CLAUSES: &str = include_str!("../../cases/clauses.toml");

/// The time before frames, and before the end, unless a case says otherwise.
const PAUSE: u64 = 60;
/// The time between a response without frames and the end, unless a case says otherwise.
const PAUSE_WITHOUT_FRAMES: u64 = 120;
/// How long a connection is kept that nothing ends, unless a case says otherwise.
const HOLD: u64 = 2500;

/// What a right server answers; a case that has no response of its own sends this.
const RIGHT: [&str; 4] =
    ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: {accept}"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Entry>,
}

/// A case as it stands in its file; `doctor/cases/README.md` says what each field means.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    #[serde(default)]
    id: String,
    #[serde(default)]
    title: String,
    allows: Option<String>,
    breaks: Option<String>,
    head: Option<Vec<String>>,
    body: Option<String>,
    fields: Option<Vec<String>>,
    text: Option<String>,
    bytes: Option<String>,
    delay: Option<u64>,
    #[serde(default)]
    response_in: Pieces,
    #[serde(default)]
    frames: Frames,
    frames_after: Option<u64>,
    #[serde(default)]
    frames_in: Pieces,
    times: Option<usize>,
    end: Option<EndEntry>,
    end_after: Option<u64>,
    hold: Option<u64>,
    #[serde(default)]
    echo: bool,
    #[serde(default)]
    on_close: OnClose,
    #[serde(default)]
    offers: Vec<String>,
    client: Option<ClientAction>,
    #[serde(default)]
    race: Vec<Browser>,
    #[serde(default)]
    hangs: Vec<Browser>,
}

/// Bytes, or several parts of them with a pause before each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Frames {
    Once(Part),
    OneByOne(Vec<Part>),
}

/// Bytes, after the usual pause or after a pause of their own.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Usual(String),
    Timed { after: u64, bytes: String },
}

impl Default for Frames {
    fn default() -> Self {
        Self::OneByOne(Vec::new())
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum EndEntry {
    Fin,
    Rst,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseEntry {
    section: String,
    says: String,
}

/// The cases that are described, or what is wrong with the files.
pub(super) fn read() -> Result<Vec<Case>, String> {
    let clauses: BTreeMap<String, ClauseEntry> =
        toml::from_str(CLAUSES).map_err(|error| format!("clauses.toml: {error}"))?;
    let mut measured = Measured::read();
    let mut cases = Vec::new();
    for (theme, text) in THEMES {
        let file: File = toml::from_str(text).map_err(|error| format!("{}.toml: {error}", theme.name))?;
        for entry in file.case {
            let id = entry.id.clone();
            let case = entry.described(theme, &clauses, measured.take(&id));
            cases.push(case.map_err(|error| format!("{}.toml, {id}: {error}", theme.name))?);
        }
    }
    Ok(cases)
}

/// What was measured in every browser.
pub(super) struct Measured([Measurements; 2]);

impl Measured {
    pub(super) fn read() -> Self {
        Self(Browser::ALL.map(Browser::measurements))
    }

    /// What was measured of one case.
    pub(super) fn take(&mut self, id: &str) -> Observed {
        let [chromium, firefox] = &mut self.0;
        Observed { chromium: chromium.cases.remove(id), firefox: firefox.cases.remove(id) }
    }
}

impl Entry {
    /// Frames behind the right response, and nothing else.
    pub(super) fn of_frames(frames: String) -> Self {
        Self { frames: Frames::Once(Part::Usual(frames)), ..Self::default() }
    }

    fn described(
        self,
        theme: Theme,
        clauses: &BTreeMap<String, ClauseEntry>,
        measured: Observed,
    ) -> Result<Case, String> {
        let (stance, clause) = match (&self.allows, &self.breaks) {
            (Some(clause), None) => (Stance::Allows, clause),
            (None, Some(clause)) => (Stance::Breaks, clause),
            _ => return Err("give one of `allows` and `breaks`".to_owned()),
        };
        let clause = clauses.get(clause).ok_or_else(|| format!("clauses.toml has no [{clause}]"))?;
        let clause = Clause { section: clause.section.clone(), says: clause.says.clone() };
        let (id, title) = (self.id.clone(), self.title.clone());
        if id.is_empty() || title.is_empty() {
            return Err("give an `id` and a `title`".to_owned());
        }
        Ok(Case { stance, clause, ..self.case(id, theme, title, measured)? })
    }

    /// A case of which nothing is said but what the server does.
    pub(super) fn case(self, id: String, theme: Theme, title: String, measured: Observed) -> Result<Case, String> {
        let response = self.response()?;
        let script = self.script(response)?;
        let Self { offers, client, on_close, echo: echoes, race: races, hangs, .. } = self;
        let (stance, clause) = (Stance::Unsaid, Clause::default());
        Ok(Case { id, theme, title, stance, clause, offers, client, on_close, echoes, hangs, races, measured, script })
    }

    fn response(&self) -> Result<Template, String> {
        let lines = |lines: &mut dyn Iterator<Item = &str>| {
            let head: String = lines.flat_map(|line| [line, "\r\n"]).collect();
            Template::parse(format!("{head}\r\n{}", self.body.as_deref().unwrap_or_default()).as_bytes())
        };
        match (&self.head, &self.fields, &self.text, &self.bytes) {
            (None, None, None, None) => lines(&mut RIGHT.into_iter()),
            (None, Some(fields), None, None) => lines(&mut RIGHT.into_iter().chain(fields.iter().map(String::as_str))),
            (Some(head), None, None, None) => lines(&mut head.iter().map(String::as_str)),
            (None, None, Some(text), None) if self.body.is_none() => Template::parse(text.as_bytes()),
            (None, None, None, Some(bytes)) if self.body.is_none() => Template::parse(&notation::bytes(bytes)?),
            _ => Err("give one of `head` (with or without `body`), `fields`, `text` and `bytes`".to_owned()),
        }
    }

    fn script(&self, response: Template) -> Result<Script, String> {
        let parts = match &self.frames {
            Frames::Once(part) => std::slice::from_ref(part),
            Frames::OneByOne(parts) => parts,
        };
        let usual = self.frames_after.unwrap_or(PAUSE);
        let frames = parts.iter().map(|part| {
            let (after, bytes) = match part {
                Part::Usual(bytes) => (usual, bytes),
                Part::Timed { after, bytes } => (*after, bytes),
            };
            Ok((Duration::from_millis(after), notation::bytes(bytes)?))
        });
        let frames = frames.collect::<Result<Vec<_>, String>>()?;
        let before_end = if frames.is_empty() { PAUSE_WITHOUT_FRAMES } else { PAUSE };
        let end = self.end.map(|end| match end {
            EndEntry::Fin => Ended::Fin,
            EndEntry::Rst => Ended::Rst,
        });
        Ok(Script {
            delay: Duration::from_millis(self.delay.unwrap_or(0)),
            response,
            response_in: self.response_in,
            frames,
            frames_in: self.frames_in,
            times: self.times.unwrap_or(1),
            end: end.map(|ended| (Duration::from_millis(self.end_after.unwrap_or(before_end)), ended)),
            hold: Duration::from_millis(self.hold.unwrap_or(HOLD)),
            is_timed: self.frames_after.is_some()
                || self.end_after.is_some()
                || self.on_close == OnClose::Nothing
                || parts.iter().any(|part| matches!(part, Part::Timed { .. })),
        })
    }
}
