//! What Chromium does.
//!
//! Bytes go through its parts as they do there: `head` puts the response together, `handshake` (with `extensions`)
//! judges it; then `reading` says how much is read at a time, `frames` cuts frames out of that, `deflate` inflates
//! messages, and `channel` judges frames and closes. Messages go through `pipe` to the script.

use crate::browser::chromium::channel::Channel;
use crate::browser::chromium::handshake::{Agreed, Refusal};
use crate::browser::chromium::head::{HeadBuffer, Progress, RESET, Response};
use crate::browser::story::Story;
use crate::browser::wire::{Time, Wire};
use crate::{Ended, Verdict};

mod channel;
mod deflate;
mod extensions;
mod frames;
mod handshake;
mod head;
mod pipe;
mod reading;

/// Chromium waits this long for the handshake.
const HANDSHAKE_TIMEOUT: Time = 240_000_000;

pub(super) fn verdict(wire: &Wire<'_>) -> Verdict {
    let mut story = Story::default();
    if !wire.has_head {
        let agreed = Agreed { subprotocol: String::new(), extensions: String::new(), deflate: false };
        story.opens("", "");
        return Channel::new(wire, story, &agreed).run(&[], Position::default());
    }
    let (response, behind, position) = match read_head(wire) {
        Opening::Read { response, behind, position } => (response, behind, position),
        Opening::Failed(refusal) => return fails(story, refusal),
    };
    match handshake::judge(&response, &wire.asked) {
        Ok(agreed) => {
            story.opens(&agreed.subprotocol, &agreed.extensions);
            Channel::new(wire, story, &agreed).run(&behind, position)
        }
        Err(refusal) => fails(story, refusal),
    }
}

fn fails(mut story: Story, refusal: Refusal) -> Verdict {
    story.fails(refusal.message);
    story.breaks();
    story.end(refusal.rule)
}

/// How far the arrivals have been read.
#[derive(Debug, Clone, Copy, Default)]
struct Position {
    arrival: usize,
    /// Within that arrival.
    offset: usize,
}

/// What came of reading the head.
enum Opening {
    /// It is whole; `behind` was read with it.
    Read {
        response: Response,
        behind: Vec<u8>,
        position: Position,
    },
    Failed(Refusal),
}

fn read_head(wire: &Wire<'_>) -> Opening {
    /// Nobody answered in time.
    const TIMED_OUT: &str = "chromium/handshake-timeout";
    let timed_out = || {
        let message = "WebSocket opening handshake timed out".into();
        Opening::Failed(Refusal { message, rule: TIMED_OUT })
    };
    let mut buffer = HeadBuffer::new(wire.asked.default_port);
    for (index, arrival) in wire.arrivals.iter().enumerate() {
        if arrival.at > HANDSHAKE_TIMEOUT {
            return timed_out();
        }
        let mut offset = 0;
        while offset < arrival.bytes.len() {
            let rest = &arrival.bytes[offset..];
            let taken = rest.len().min(buffer.room());
            offset += taken;
            match buffer.read(&rest[..taken]) {
                Progress::More => {}
                Progress::Whole(response, behind) => {
                    return Opening::Read { response, behind, position: Position { arrival: index, offset } };
                }
                Progress::Failed(error) => return Opening::Failed(handshake::no_response(error)),
            }
        }
    }
    match wire.end.filter(|(at, _)| *at <= HANDSHAKE_TIMEOUT) {
        Some((_, Ended::Fin)) => Opening::Failed(match buffer.end() {
            Ok(response) => handshake::cut_response(&response),
            Err(error) => handshake::no_response(error),
        }),
        Some((_, Ended::Rst)) => Opening::Failed(handshake::no_response(RESET)),
        None => timed_out(),
    }
}
