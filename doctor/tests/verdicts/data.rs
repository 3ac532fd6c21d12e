//! What was measured, a case a line.
//!
//! Chromium 156.0.8078.79 and Firefox ESR 153.7.0, headless, each with a raw TCP server on loopback: `text` or `hex` is
//! the response, and `frames` came 60 ms later; the server ended the connection 120 ms after the response as `ended`
//! says, else 30 ms after the browser's Close, else after 2.5 s. Where there are `moments`, these are all that it did, at
//! milliseconds. Characters of a text stand for bytes; `{accept}` for the accept of the key, `{101}` for a right head but
//! for its last line, and `(41*126)` for 126 times that byte.

use serde::Deserialize;
use ws101_core::handshake::Accept;
use ws101_doctor::{Browsers, End, Ended, Moment, Recording, Streams, Verdict, What};

pub(crate) const KEY: &str = "x3JJHMbDL1EzLkh9GBhXDw==";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) id: String,
    text: Option<String>,
    hex: Option<String>,
    #[serde(default)]
    frames: String,
    ended: Option<How>,
    #[serde(default)]
    moments: Vec<Happening>,
    #[serde(default)]
    offers: Vec<String>,
    port: Option<u16>,
    chromium: Observed,
    firefox: Observed,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum How {
    Fin,
    Rst,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Happening {
    at: u64,
    text: Option<String>,
    hex: Option<String>,
    ended: Option<How>,
}

/// What a browser did.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Observed {
    events: Vec<String>,
    /// In Firefox `cannot-establish` or `interrupted`, for its two sentences.
    message: Option<String>,
    close_sent: Option<Sent>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Sent {
    code: Option<u16>,
    reason: String,
}

pub(crate) fn borders() -> Vec<Line> {
    read(include_str!("borders.jsonl"))
}

pub(crate) fn held_out() -> Vec<Line> {
    read(include_str!("held-out.jsonl"))
}

fn read(lines: &str) -> Vec<Line> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

impl Line {
    pub(crate) fn recording(&self) -> Recording {
        if self.moments.is_empty() { self.streams().into() } else { Recording::of_timeline(self.timeline()) }
    }

    /// Without times; a case whose times matter has no such form.
    pub(crate) fn streams(&self) -> Streams {
        assert!(self.moments.is_empty(), "{}", self.id);
        Streams {
            request: Some(self.request()),
            response: Some(bytes(self.text.as_deref(), self.hex.as_deref())),
            from_server: unhex(&self.frames),
            from_client: Vec::new(),
            ended: self.ended.map(How::ended),
        }
    }

    pub(crate) const fn is_timed(&self) -> bool {
        !self.moments.is_empty()
    }

    fn timeline(&self) -> Vec<Moment> {
        let mut timeline = vec![Moment { at: 0, from: End::Client, what: What::Bytes(self.request()) }];
        timeline.extend(self.moments.iter().map(|moment| Moment {
            at: 1_000 + moment.at * 1_000,
            from: End::Server,
            what: match moment.ended {
                Some(how) => What::Ended(how.ended()),
                None => What::Bytes(bytes(moment.text.as_deref(), moment.hex.as_deref())),
            },
        }));
        timeline
    }

    fn request(&self) -> Vec<u8> {
        let port = self.port.unwrap_or(8101);
        let port = if port == 80 { String::new() } else { format!(":{port}") };
        let offers = match self.offers.join(", ") {
            offers if offers.is_empty() => offers,
            offers => format!("Sec-WebSocket-Protocol: {offers}\r\n"),
        };
        format!(
            "GET /chat HTTP/1.1\r\nHost: 127.0.0.1{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{offers}\r\n"
        )
        .into_bytes()
    }

    /// How a verdict differs from what was measured.
    pub(crate) fn differences(&self, browsers: &Browsers) -> Vec<String> {
        let url = format!("ws://127.0.0.1{}/chat", if self.port == Some(80) { "" } else { ":8101" });
        let pairs = [("Chromium", &self.chromium, &browsers.chromium), ("Firefox", &self.firefox, &browsers.firefox)];
        let different = pairs.into_iter().filter(|(name, did, said)| *did != &Observed::of(said, name, &url));
        different.map(|(name, did, said)| format!("{}: {name} did {did:?}, not {said:?}", self.id)).collect()
    }
}

impl Observed {
    fn of(verdict: &Verdict, name: &str, url: &str) -> Self {
        let message = verdict.message.as_ref().map(|message| match name {
            "Firefox" if *message == format!("Firefox can’t establish a connection to the server at {url}.") => {
                "cannot-establish".into()
            }
            "Firefox" if *message == format!("The connection to {url} was interrupted while the page was loading.") => {
                "interrupted".into()
            }
            _ => message.clone(),
        });
        let close_sent = verdict.close_sent.clone().map(|sent| Sent { code: sent.code, reason: sent.reason });
        Self { events: verdict.events.clone(), message, close_sent }
    }
}

impl How {
    const fn ended(self) -> Ended {
        match self {
            Self::Fin => Ended::Fin,
            Self::Rst => Ended::Rst,
        }
    }
}

fn bytes(text: Option<&str>, hex: Option<&str>) -> Vec<u8> {
    let mut bytes = hex.map(unhex).unwrap_or_default();
    bytes.extend(text.map(latin1).unwrap_or_default());
    bytes
}

/// The bytes that the characters of a text stand for.
pub(crate) fn latin1(text: &str) -> Vec<u8> {
    let right = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 Sec-WebSocket-Accept: {accept}\r\n";
    let accept = Accept::derive(KEY.as_bytes());
    let other = Accept::derive(b"dGhlIHNhbXBsZSBub25jZQ==");
    let text = text.replace("{101}", right).replace("{accept}", accept.as_str());
    let text = text.replace("{accept:decoded-key}", other.as_str());
    text.chars().map(|character| u8::try_from(character).expect("a character that stands for a byte")).collect()
}

fn unhex(notation: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, part) in notation.split(['(', ')']).enumerate() {
        match part.split_once('*') {
            Some((byte, times)) if index % 2 == 1 => {
                bytes.extend(hex::decode(byte).unwrap().repeat(times.parse().unwrap()));
            }
            _ => bytes.extend(hex::decode(part).unwrap()),
        }
    }
    bytes
}
