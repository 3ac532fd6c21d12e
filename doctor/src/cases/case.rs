//! One case: what a server does, byte for byte and moment for moment.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cases::measured::{Browser, Observed};
use crate::cases::pieces::Pieces;
use crate::cases::template::Template;
use crate::{End, Ended, Moment, Recording, Streams, What};

/// What a server does with one connection, what the RFC says of it, and what browsers did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Case {
    /// Its name in addresses: words of small letters and digits with `-` between them. It stays.
    pub id: String,
    /// What it is about.
    pub theme: Theme,
    /// What the server does, in a sentence; of a variation, the bytes in the notation of `doctor/cases`.
    pub title: String,
    /// Whether it may.
    pub stance: Stance,
    /// Where that stands; empty where nobody has said.
    pub clause: Clause,
    /// The subprotocols that the client is to offer.
    pub offers: Vec<String>,
    /// What the client is to do, where it does more than listen.
    pub client: Option<ClientAction>,
    /// What the server does when the client's Close comes.
    pub on_close: OnClose,
    /// Whether the server sends back every byte that comes after the request, as it came.
    pub echoes: bool,
    /// The browsers that stop working altogether when they meet it, and in which it is not to be run.
    pub hangs: Vec<Browser>,
    /// The browsers in which it depends on moments what comes of it: what was measured is one of several outcomes.
    pub races: Vec<Browser>,
    /// What the browsers did.
    pub measured: Observed,
    pub(super) script: Script,
}

/// What a group of cases is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Theme {
    /// A word for addresses.
    pub name: &'static str,
    /// The group's heading.
    pub title: &'static str,
}

/// What the RFC says of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It is allowed.
    Allows,
    /// It breaks the clause.
    Breaks,
    /// Nobody has said: a [variation](crate::cases::variations()), of which the doctor says what it finds.
    Unsaid,
}

/// A sentence of an RFC.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Clause {
    /// Where it stands, e.g. `RFC 6455 §5.1`.
    pub section: String,
    /// The sentence, word for word.
    pub says: String,
}

/// What a client's script does besides listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAction {
    /// When it opens, closes with 1000 and the reason `done`.
    Close,
    /// When it opens, closes without a code.
    CloseWithoutCode,
    /// When it opens, closes without a code, and sends `late` then.
    SendAfterClose,
    /// Closes as soon as it is made.
    CloseWhileConnecting,
    /// Sends `early` as soon as it is made.
    SendWhileConnecting,
    /// When it opens, sends `hello`, and closes without a code.
    SendText,
    /// When it opens, sends 100,000 bytes, and closes without a code.
    SendBig,
    /// When it opens, sends `hello`, and then only listens.
    SendAndListen,
}

/// What a server does 30 ms after the client's Close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnClose {
    /// It ends the TCP connection in order.
    #[default]
    Fin,
    /// It sends a Close 1000 and ends the TCP connection in order.
    #[serde(rename = "close-1000")]
    Close1000,
    /// It sends the Close's payload back as a text frame, and goes on.
    Text,
    /// It resets the TCP connection.
    Rst,
    /// It goes on as if nothing had come.
    Nothing,
}

/// A server's part, once the client's request is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    /// The time before the response.
    pub(super) delay: Duration,
    /// The response, and how it is cut into writes.
    pub(super) response: Template,
    pub(super) response_in: Pieces,
    /// What follows: each part after a pause.
    pub(super) frames: Vec<(Duration, Vec<u8>)>,
    pub(super) frames_in: Pieces,
    /// How often all frames are sent.
    pub(super) times: usize,
    /// How the connection is ended, and how long after the last byte.
    pub(super) end: Option<(Duration, Ended)>,
    /// How long the connection is kept where nothing else ends it, from the last byte of the response on.
    pub(super) hold: Duration,
    /// Whether a recording of it must say when what came.
    pub(super) is_timed: bool,
}

/// One thing that a server does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// It lets time pass.
    Wait(Duration),
    /// It writes these bytes in one go.
    Write(Vec<u8>),
    /// It ends the connection.
    End(Ended),
}

impl Case {
    /// Where the server of this project plays it by default.
    #[must_use]
    pub fn url(&self) -> String {
        format!("ws://{AUTHORITY}{}", self.target())
    }

    /// The request-target under which the server of this project plays it.
    #[must_use]
    pub fn target(&self) -> String {
        format!("/misbehave/{}", self.id)
    }

    /// A browser's handshake for [`url`](Self::url), with this `Sec-WebSocket-Key` and what the client is to offer.
    #[must_use]
    pub fn request(&self, key: &str) -> Vec<u8> {
        let subprotocols = if self.offers.is_empty() {
            String::new()
        } else {
            format!("Sec-WebSocket-Protocol: {}\r\n", self.offers.join(", "))
        };
        format!(
            "GET {} HTTP/1.1\r\nHost: {AUTHORITY}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Origin: http://{AUTHORITY}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{subprotocols}\
             Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n",
            self.target()
        )
        .into_bytes()
    }

    /// The bytes that answer a client's `Sec-WebSocket-Key`, as far as they are the response: none where it never comes.
    #[must_use]
    pub fn response(&self, key: &str) -> Vec<u8> {
        self.script.response.bytes(key)
    }

    /// The bytes that the server sends behind the response, of its own accord.
    #[must_use]
    pub fn after_response(&self) -> Vec<u8> {
        let once: Vec<u8> = self.script.frames.iter().flat_map(|(_, frames)| frames.clone()).collect();
        once.repeat(self.script.times)
    }

    /// Everything that the server does once the request is there, in order, but for what the client makes it do
    /// ([`acts_on_close`](Self::acts_on_close), [`echoes`](Self::echoes)). It ends with [`Act::End`].
    #[must_use]
    pub fn acts(&self, key: &str) -> Vec<Act> {
        let script = &self.script;
        let mut acts = vec![Act::Wait(script.delay)];
        script.response_in.write(&self.response(key), &mut acts);
        let waited = acts.len();
        for _ in 0..script.times {
            for (pause, frames) in &script.frames {
                acts.push(Act::Wait(*pause));
                script.frames_in.write(frames, &mut acts);
            }
        }
        let (pause, ended) = script.end.unwrap_or_else(|| {
            let since: Duration = acts[waited..].iter().map(Act::duration).sum();
            (script.hold.saturating_sub(since), Ended::Fin)
        });
        acts.extend([Act::Wait(pause), Act::End(ended)]);
        joined(acts)
    }

    /// What the server does when the client's Close has come with this payload: so much later, these acts instead of those
    /// that are left of [`acts`](Self::acts) then. `None` where it goes on as if nothing had come.
    #[must_use]
    pub fn acts_on_close(&self, payload: &[u8]) -> Option<(Duration, Vec<Act>)> {
        let acts = match self.on_close {
            OnClose::Fin => vec![Act::End(Ended::Fin)],
            OnClose::Close1000 => vec![Act::Write(b"\x88\x02\x03\xe8".to_vec()), Act::End(Ended::Fin)],
            OnClose::Text => {
                // A Close's payload has 125 bytes at most.
                let header = [0x81, u8::try_from(payload.len()).unwrap_or(125)];
                let text = [&header, payload].concat();
                vec![Act::Write(text), Act::Wait(self.script.hold), Act::End(Ended::Fin)]
            }
            OnClose::Rst => vec![Act::End(Ended::Rst)],
            OnClose::Nothing => return None,
        };
        Some((ON_CLOSE, acts))
    }

    /// What crossed in a connection whose client sends this key and only listens, for [`diagnose`](crate::diagnose):
    /// streams, or a [`timeline`](Self::timeline) for the cases in which the time of something decides.
    #[must_use]
    pub fn recording(&self, key: &str) -> Recording {
        if self.script.is_timed { Recording::of_timeline(self.timeline(key)) } else { self.streams(key).into() }
    }

    /// What crossed in a connection whose client sends this key and only listens, without the times.
    #[must_use]
    pub fn streams(&self, key: &str) -> Streams {
        Streams {
            request: Some(self.request(key)),
            response: Some(self.response(key)),
            from_server: self.after_response(),
            from_client: Vec::new(),
            ended: self.script.end.map(|(_, ended)| ended),
        }
    }

    /// What crossed in a connection whose client sends this key and only listens, to its end.
    #[must_use]
    pub fn timeline(&self, key: &str) -> Vec<Moment> {
        let mut at = Duration::ZERO;
        let mut moment = |from, what, after| {
            at += after;
            Moment { at: u64::try_from(at.as_micros()).unwrap_or(u64::MAX), from, what }
        };
        let mut moments = vec![moment(End::Client, What::Bytes(self.request(key)), Duration::ZERO)];
        let mut pause = Duration::ZERO;
        for act in self.acts(key) {
            let what = match act {
                Act::Wait(time) => {
                    pause += time;
                    continue;
                }
                Act::Write(bytes) => What::Bytes(bytes),
                Act::End(ended) => What::Ended(ended),
            };
            moments.push(moment(End::Server, what, std::mem::take(&mut pause)));
        }
        moments
    }
}

/// The time between the client's Close and what the server does then.
const ON_CLOSE: Duration = Duration::from_millis(30);

/// Where `ws101 serve` listens unless it is told otherwise.
const AUTHORITY: &str = "127.0.0.1:8101";

/// The same without pauses that are none: what is written without a pause between is one write.
fn joined(acts: Vec<Act>) -> Vec<Act> {
    let mut joined: Vec<Act> = Vec::new();
    for act in acts {
        match (act, joined.last_mut()) {
            (Act::Wait(Duration::ZERO), _) => {}
            (Act::Write(bytes), Some(Act::Write(before))) => before.extend(bytes),
            (act, _) => joined.push(act),
        }
    }
    joined
}

impl Act {
    /// The time that passes.
    const fn duration(&self) -> Duration {
        match self {
            Self::Wait(time) => *time,
            Self::Write(_) | Self::End(_) => Duration::ZERO,
        }
    }
}
