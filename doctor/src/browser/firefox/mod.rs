//! What Firefox does.
//!
//! Bytes go through its parts as they do there: `head` puts the response together, `handshake` (with `extensions`)
//! judges it, and `frames` judges frames and messages. Its script runs in another thread than its sockets: what comes at
//! once is read to its end before the script is told the first of it.

use crate::browser::firefox::frames::{FrameReader, TOO_LONG_TO_INFLATE, Told};
use crate::browser::firefox::handshake::{Agreed, Judgement};
use crate::browser::firefox::head::{HeadBuffer, Progress};
use crate::browser::story::Story;
use crate::browser::wire::{AT_ONCE, Time, Wire};
use crate::{Ended, Verdict};

mod extensions;
mod frames;
mod handshake;
mod head;
mod reach;

/// Firefox waits this long for the handshake.
const OPEN_TIMEOUT: Time = 20_000_000;
/// Nobody answered in that time.
const TIMED_OUT: &str = "firefox/handshake-timeout";

pub(super) fn verdict(wire: &Wire<'_>) -> Verdict {
    let mut story = Story::default();
    let opening = if wire.has_head { read_head(wire) } else { Opening::without_head() };
    match opening {
        Opening::Read { agreed, arrival, behind } => Session::new(wire, story, agreed).run(arrival, &behind),
        Opening::Refused(rule) => {
            story.fails(cannot_establish(wire));
            story.breaks();
            story.end(rule)
        }
        Opening::Ended(rule) => {
            story.breaks();
            story.end(rule)
        }
        Opening::Hangs(rule) => story.end(rule),
    }
}

fn cannot_establish(wire: &Wire<'_>) -> String {
    format!("Firefox can’t establish a connection to the server at {}.", wire.asked.url)
}

fn interrupted(wire: &Wire<'_>) -> String {
    format!("The connection to {} was interrupted while the page was loading.", wire.asked.url)
}

/// What came of the handshake.
enum Opening {
    /// It is whole with that arrival, of which some is behind it.
    Read {
        agreed: Agreed,
        arrival: Option<usize>,
        behind: Vec<u8>,
    },
    Refused(&'static str),
    /// The connection ended, and nothing is said of it.
    Ended(&'static str),
    /// No event comes any more.
    Hangs(&'static str),
}

impl Opening {
    fn without_head() -> Self {
        Self::Read { agreed: Agreed::default(), arrival: None, behind: Vec::new() }
    }

    /// With what came behind the head in that arrival.
    fn judged(judgement: Judgement, wire: &Wire<'_>, arrival: usize, behind: &[u8]) -> Self {
        match judgement {
            Judgement::Opens(agreed) => Self::Read { agreed, arrival: Some(arrival), behind: behind.to_vec() },
            Judgement::OpensBehind(length, agreed) => Self::behind_body(wire, length, agreed, arrival, behind),
            Judgement::Refused(rule) => Self::Refused(rule),
            Judgement::Hangs(rule) => Self::Hangs(rule),
        }
    }

    /// A response of HTTP/2 that came over HTTP/1.1 opens the connection when its body has come to its end.
    fn behind_body(wire: &Wire<'_>, length: Option<usize>, agreed: Agreed, arrival: usize, behind: &[u8]) -> Self {
        /// The body ends with the connection, so that there is nothing left to open.
        const HTTP2: &str = "firefox/http-2-over-1.1";
        let mut body = behind.to_vec();
        for (index, next) in (arrival..).zip(std::iter::once(None).chain(wire.arrivals[arrival + 1..].iter().map(Some)))
        {
            body.extend(next.into_iter().flat_map(|arrival| &*arrival.bytes));
            if let Some(frames) = length.and_then(|length| body.get(length..)) {
                return Self::Read { agreed, arrival: Some(index), behind: frames.to_vec() };
            }
        }
        match wire.end {
            Some((at, Ended::Fin)) if at <= OPEN_TIMEOUT => Self::Ended(HTTP2),
            Some((at, Ended::Rst)) if at <= OPEN_TIMEOUT => Self::Refused(HTTP2),
            _ => Self::Refused(TIMED_OUT),
        }
    }
}

fn read_head(wire: &Wire<'_>) -> Opening {
    /// The connection was reset before the head had ended.
    const RESET: &str = "firefox/reset-in-head";
    /// It ended in order there: the head is judged as if it had ended. If it is right, nothing is said at all.
    const CUT: &str = "firefox/closed-in-head";
    let mut buffer = HeadBuffer::default();
    let mut read = 0;
    for (index, arrival) in wire.arrivals.iter().enumerate() {
        if arrival.at > OPEN_TIMEOUT {
            return Opening::Refused(TIMED_OUT);
        }
        match buffer.read(&arrival.bytes) {
            Progress::More => read += arrival.bytes.len(),
            Progress::Whole(response, end) => {
                let behind = &arrival.bytes[end - read..];
                return Opening::judged(handshake::judge(&response, &wire.asked), wire, index, behind);
            }
            Progress::Failed(rule) => return Opening::Refused(rule),
        }
    }
    match wire.end.filter(|(at, _)| *at <= OPEN_TIMEOUT) {
        Some((_, Ended::Rst)) => Opening::Refused(RESET),
        Some((_, Ended::Fin)) => match buffer.end().map(|response| handshake::judge(&response, &wire.asked)) {
            Ok(Judgement::Opens(_) | Judgement::OpensBehind(..)) => Opening::Ended(CUT),
            Ok(Judgement::Refused(rule)) | Err(rule) => Opening::Refused(rule),
            Ok(Judgement::Hangs(rule)) => Opening::Hangs(rule),
        },
        None => Opening::Refused(TIMED_OUT),
    }
}

/// A connection after the handshake.
struct Session<'w, 'r> {
    wire: &'w Wire<'r>,
    story: Story,
    agreed: Agreed,
    frames: FrameReader,
    /// Whether the script was told that it is open.
    is_open: bool,
}

/// How the connection ended for the thread that reads.
enum Stop {
    /// By a broken rule, or by a reset.
    Failed(&'static str),
    /// In order.
    Ended(&'static str),
}

impl<'w, 'r> Session<'w, 'r> {
    fn new(wire: &'w Wire<'r>, story: Story, agreed: Agreed) -> Self {
        let frames = FrameReader::new(agreed.deflate);
        Self { wire, story, agreed, frames, is_open: false }
    }

    /// Reads on behind that arrival, with what came behind the head first.
    fn run(mut self, head: Option<usize>, behind_head: &[u8]) -> Verdict {
        /// It is still open, and the server has not ended it.
        const STILL_OPEN: &str = "firefox/still-open";
        let wire = self.wire;
        let opened_at = head.map_or(0, |head| wire.arrivals[head].at);
        let rest = wire.arrivals.iter().skip(head.map_or(0, |head| head + 1));
        let arrivals = rest.map(|arrival| (arrival.at, &*arrival.bytes));
        for (at, bytes) in std::iter::once((opened_at, behind_head)).chain(arrivals) {
            let mut told = Vec::new();
            let stop = match self.frames.read(bytes, &mut told) {
                Ok(()) => self.stop_at_once(at),
                Err(TOO_LONG_TO_INFLATE) => {
                    self.tell(told.into_iter());
                    return self.story.end(TOO_LONG_TO_INFLATE);
                }
                Err(rule) => Some(Stop::Failed(rule)),
            };
            if let Some(rule) = self.tell_all(told, stop) {
                return self.story.end(rule);
            }
        }
        match self.wire.end {
            Some((_, ended)) => {
                let rule = self.stopped(&Self::stop_by(ended), None);
                self.story.end(rule)
            }
            None => self.story.end(STILL_OPEN),
        }
    }

    fn stop_by(ended: Ended) -> Stop {
        /// The connection ended without a Close: nothing is said of it.
        const NO_CLOSE: &str = "firefox/ended-without-close";
        /// It was reset.
        const RESET: &str = "firefox/reset";
        match ended {
            Ended::Fin => Stop::Ended(NO_CLOSE),
            Ended::Rst => Stop::Failed(RESET),
        }
    }

    /// The end of the connection, where it comes at once with what came at that time.
    fn stop_at_once(&self, at: Time) -> Option<Stop> {
        let (end, ended) = self.wire.end?;
        (end.saturating_sub(at) < AT_ONCE).then(|| Self::stop_by(ended))
    }

    /// Tells the script what was read at once; the rule, where nothing follows.
    fn tell_all(&mut self, told: Vec<Told>, stop: Option<Stop>) -> Option<&'static str> {
        /// The server's Close is answered, and that is all: what becomes of the connection is not waited for.
        const CLOSED: &str = "firefox/close-answered";
        let Some(stop) = stop else {
            if let Some((code, reason)) = self.tell(told.into_iter()) {
                // Code 0 is none, and these are never sent.
                let echo = !matches!(code, 0 | 1005 | 1006 | 1015);
                self.story.sends_close(echo.then_some(code), if echo { &reason } else { "" });
                self.story.closes(code, true, &reason);
                return Some(CLOSED);
            }
            return None;
        };
        // The thread that reads stops before the script is told that it has begun: messages are lost, and only what the
        // Close said is kept.
        let close = if self.is_open {
            self.tell(told.into_iter())
        } else {
            told.into_iter().find_map(|told| match told {
                Told::Close(code, reason) => Some((code, reason)),
                _ => None,
            })
        };
        Some(self.stopped(&stop, close))
    }

    /// Tells the script of the messages, up to the Close.
    fn tell(&mut self, told: impl Iterator<Item = Told>) -> Option<(u16, String)> {
        if !self.is_open {
            let extensions = if self.agreed.deflate.is_some() { "permessage-deflate" } else { "" };
            self.story.opens(&self.agreed.subprotocol, extensions);
            self.is_open = true;
        }
        for told in told {
            match told {
                Told::Text(text) => self.story.text(&text),
                Told::Binary(length) => self.story.binary(length),
                Told::Close(code, reason) => return Some((code, reason)),
            }
        }
        None
    }

    /// The connection is over, and was not closed in order.
    fn stopped(&mut self, stop: &Stop, close: Option<(u16, String)>) -> &'static str {
        let rule = match stop {
            Stop::Failed(rule) => {
                let message = if self.is_open { interrupted(self.wire) } else { cannot_establish(self.wire) };
                self.story.fails(message);
                *rule
            }
            Stop::Ended(rule) => *rule,
        };
        let (code, reason) = close.unwrap_or((1006, String::new()));
        self.story.closes(code, false, &reason);
        rule
    }
}
