//! Frames that a server must understand, and those that it must not accept.
//!
//! All are masked with one key: the same probe sends the same bytes each time. Each byte of the key is above 127, so that
//! no masked text is a blank or a zero, which some servers trim away; and what a server makes of a header that it takes
//! for payload is a text, which it may send back. One probe has another key, to end in a blank.

use std::time::Duration;

use ws101_core::forge::{Header, LengthForm};
use ws101_core::{MaskingKey, Opcode, Rsv, apply_mask};
use ws101_doctor::probing::{Expected, Family, Likeness, Message, Probe};

use crate::doctor::probe::line::Piece;

const KEY: MaskingKey = MaskingKey([0xb7, 0xfa, 0xa1, 0xbd]);

/// The fifth byte that it masks, 0x17, becomes a blank.
const BLANK_KEY: MaskingKey = MaskingKey([0x37, 0xfa, 0x21, 0x3d]);

/// Between pieces, so that each is read by itself.
const PAUSE: Duration = Duration::from_millis(100);
const BYTE_PAUSE: Duration = Duration::from_millis(5);

/// More bytes than a system keeps for a reader who does not read.
const LARGE: usize = 5 << 20;

/// What is sent to learn whether a server goes on.
pub(super) const NEXT: &str = "ws101-next";

/// What a server does that decides how it can be asked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traits {
    pub(super) manner: Manner,
    /// Whether it answers a Ping.
    pub(super) pongs: bool,
    /// Whether it echoes only longer texts than the first that it was sent.
    pub(super) only_long: bool,
}

/// What a server makes of a text message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Manner {
    /// It sends it back: what it makes of other messages can be seen.
    Echoes(Likeness),
    /// It answers with something else.
    Answers,
    /// It says nothing and stays.
    #[default]
    Silent,
    /// It ends the connection.
    Closes,
}

/// What is sent on an open connection, and what must come.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub(super) pieces: Vec<Piece>,
    pub(super) expected: Expected,
    /// What is sent when nothing has come for a while.
    pub(super) next: Option<Vec<u8>>,
}

impl Traits {
    /// How like a message its echo is.
    const fn likeness(self) -> Option<Likeness> {
        match self.manner {
            Manner::Echoes(likeness) => Some(likeness),
            Manner::Answers | Manner::Silent | Manner::Closes => None,
        }
    }

    /// What shows that the server goes on, and the frame that asks for it; nothing does where it answers nothing.
    pub(super) fn next(self) -> Option<(Message, Vec<u8>)> {
        let payload = NEXT.as_bytes().to_vec();
        if self.pongs {
            let frame = ping(&payload);
            return Some((Message { opcode: Opcode::Ping.bits(), payload }, frame));
        }
        self.likeness().map(|_| (Message { opcode: Opcode::Text.bits(), payload }, text(NEXT)))
    }

    /// An exchange that shows that a connection works, as well as this server can show it.
    pub(super) fn exchange(self) -> Script {
        if self.only_long || self.manner == Manner::Closes {
            let payload = NEXT.as_bytes().to_vec();
            return if self.pongs {
                control(ping(&payload), Expected::Pong(payload))
            } else {
                Script { pieces: Vec::new(), expected: Expected::Stays, next: None }
            };
        }
        self.valid(vec![Piece::new(text(HELLO))], vec![Message::text(HELLO)])
    }

    /// Messages that a server must understand. One that does not echo shows at least that it goes on.
    fn valid(self, mut pieces: Vec<Piece>, messages: Vec<Message>) -> Script {
        if let Some(likeness) = self.likeness() {
            return Script { pieces, expected: Expected::Messages(messages, likeness), next: None };
        }
        let payload = NEXT.as_bytes().to_vec();
        if self.pongs {
            if let Some(last) = pieces.last_mut() {
                last.pause = PAUSE;
            }
            pieces.push(Piece::new(ping(&payload)));
            return Script { pieces, expected: Expected::Pong(payload), next: None };
        }
        Script { pieces, expected: Expected::Stays, next: None }
    }

    fn one(self, frame: Vec<u8>, message: Message) -> Script {
        self.valid(vec![Piece::new(frame)], vec![message])
    }

    fn of_length(self, length: usize) -> Script {
        let long = "x".repeat(length);
        self.one(text(&long), Message::text(&long))
    }

    /// A frame that must not be accepted, answered by one of these status codes.
    fn invalid(self, bytes: Vec<u8>, codes: &'static [u16]) -> Option<Script> {
        let (message, next) = self.next()?;
        Some(Script { pieces: vec![Piece::new(bytes)], expected: Expected::Fails(codes, message), next: Some(next) })
    }
}

pub(super) const HELLO: &str = "Hello";

/// The script of a probe on an open connection; `None` where it is none, or where this server could not show anything.
pub(super) fn script(probe: Probe, traits: Traits) -> Option<Script> {
    const PROTOCOL: &[u16] = &[1002];
    const TEXT: &[u16] = &[1007];
    if traits.manner == Manner::Closes && probe.family() == Family::Frames {
        return None;
    }
    let hello = text(HELLO);
    let script = match probe {
        Probe::TwoFrames => traits.valid(
            vec![Piece::new([text("first"), text("second")].concat())],
            vec![Message::text("first"), Message::text("second")],
        ),
        Probe::CutHeader => traits.valid(Piece::cut(&hello, &[1], PAUSE), vec![Message::text(HELLO)]),
        Probe::CutKey => traits.valid(Piece::cut(&hello, &[4], PAUSE), vec![Message::text(HELLO)]),
        Probe::CutPayload => traits.valid(Piece::cut(&hello, &[8], PAUSE), vec![Message::text(HELLO)]),
        Probe::FrameBytewise => traits.valid(Piece::bytewise(&hello, BYTE_PAUSE), vec![Message::text(HELLO)]),
        Probe::Text | Probe::WithHead => traits.one(hello, Message::text(HELLO)),
        Probe::Text125 => traits.of_length(125),
        Probe::Text126 => traits.of_length(126),
        Probe::Text127 => traits.of_length(127),
        Probe::Text65535 => traits.of_length(65_535),
        Probe::Text65536 => traits.of_length(65_536),
        Probe::Large => {
            let long = "x".repeat(LARGE);
            let pieces = vec![Piece { bytes: text(&long), pause: 2 * PAUSE }];
            traits.valid(pieces, vec![Message::text(&long)])
        }
        Probe::Han126 => traits.one(text(&"你".repeat(42)), Message::text(&"你".repeat(42))),
        Probe::Binary => {
            let payload = b"\xff\xfe\x00\x80".to_vec();
            let frame = masked(Header { opcode: 2, ..Header::text(4) }, &payload);
            traits.one(frame, Message { opcode: 2, payload })
        }
        Probe::EmptyText => traits.one(text(""), Message::text("")),
        Probe::TextBlanks => traits.one(text("  Hello\n "), Message::text("  Hello\n ")),
        Probe::MaskedBlank => {
            let frame = masked_with(BLANK_KEY, Header::text(5), b"Hell\x17");
            traits.one(frame, Message::text("Hell\u{17}"))
        }
        Probe::Fragments => traits.valid(
            [fragment(1, "He", false), fragment(0, "l", false), fragment(0, "lo", true)]
                .map(|bytes| Piece { bytes, pause: PAUSE / 4 })
                .to_vec(),
            vec![Message::text(HELLO)],
        ),
        Probe::PingBetween => traits.valid(
            vec![Piece::new([fragment(1, "Hel", false), ping(b"between"), fragment(0, "lo", true)].concat())],
            vec![Message::text(HELLO)],
        ),

        Probe::PingEmpty => control(ping(b""), Expected::Pong(Vec::new())),
        Probe::Ping => control(ping(b"ws101"), Expected::Pong(b"ws101".to_vec())),
        Probe::Ping125 => control(ping(&[b'p'; 125]), Expected::Pong(vec![b'p'; 125])),
        Probe::Pong => {
            let (next, frame) = traits.next()?;
            let payload = b"ws101-pong".to_vec();
            let pong = masked(Header { opcode: 10, ..Header::text(10) }, &payload);
            let pieces = vec![Piece { bytes: pong, pause: PAUSE }, Piece::new(frame)];
            Script { pieces, expected: Expected::Ignores(payload, next), next: None }
        }
        Probe::Close => control(close(Some(1000), ""), Expected::Close(Some(1000))),
        Probe::CloseEmpty => control(close(None, ""), Expected::Close(None)),
        Probe::CloseReason => control(close(Some(4000), "probe"), Expected::Close(Some(4000))),

        Probe::Unmasked => {
            // A server that reads a key all the same takes four bytes more; for one that reads none, they are two Pongs.
            let frame = plain(Header { opcode: 2, ..Header::text(5) }, HELLO.as_bytes());
            return traits.invalid([&frame[..], &[0x8a, 0, 0x8a, 0]].concat(), PROTOCOL);
        }
        Probe::ReservedBits => return traits.invalid(with(|header| header.rsv = Rsv::RSV1), PROTOCOL),
        Probe::ReservedOpcode => return traits.invalid(with(|header| header.opcode = 3), PROTOCOL),
        Probe::LongPing => return traits.invalid(ping(&[b'p'; 126]), PROTOCOL),
        Probe::FragmentedPing => {
            let header = Header { opcode: 9, fin: false, ..Header::text(5) };
            return traits.invalid(masked(header, HELLO.as_bytes()), PROTOCOL);
        }
        Probe::InvalidUtf8 => return traits.invalid(masked(Header::text(5), b"He\xff\xfeo"), TEXT),
        Probe::NestedMessage => {
            let mut script = traits.invalid(hello, PROTOCOL)?;
            script.pieces.insert(0, Piece { bytes: fragment(1, "Hel", false), pause: PAUSE });
            return Some(script);
        }
        Probe::StrayContinuation => return traits.invalid(fragment(0, HELLO, true), PROTOCOL),
        Probe::LongLength => return traits.invalid(with(|header| header.length_form = LengthForm::Bits16), PROTOCOL),
        Probe::CloseOneByte => return traits.invalid(masked(Header { opcode: 8, ..Header::text(1) }, b"x"), PROTOCOL),
        Probe::CloseBadCode => return traits.invalid(close(Some(1005), ""), PROTOCOL),
        Probe::HugeLength => {
            let mut bytes = masked(Header::text(1 << 62), b"");
            bytes.extend_from_slice(b"xxxx");
            control(bytes, Expected::Anything)
        }
        _ => return None,
    };
    Some(script)
}

fn control(frame: Vec<u8>, expected: Expected) -> Script {
    Script { pieces: vec![Piece::new(frame)], expected, next: None }
}

pub(super) fn text(text: &str) -> Vec<u8> {
    masked(Header::text(text.len() as u64), text.as_bytes())
}

pub(super) fn ping(payload: &[u8]) -> Vec<u8> {
    masked(Header { opcode: 9, ..Header::text(payload.len() as u64) }, payload)
}

/// A Close; a status code that may not be sent is written, too.
pub(super) fn close(code: Option<u16>, reason: &str) -> Vec<u8> {
    let mut payload = code.map_or_else(Vec::new, |code| code.to_be_bytes().to_vec());
    payload.extend_from_slice(reason.as_bytes());
    masked(Header { opcode: 8, ..Header::text(payload.len() as u64) }, &payload)
}

/// A fragment of a text.
fn fragment(opcode: u8, text: &str, fin: bool) -> Vec<u8> {
    masked(Header { opcode, fin, ..Header::text(text.len() as u64) }, text.as_bytes())
}

/// A good text frame with one thing changed.
fn with(change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut header = Header::text(HELLO.len() as u64);
    change(&mut header);
    masked(header, HELLO.as_bytes())
}

fn masked(header: Header, payload: &[u8]) -> Vec<u8> {
    masked_with(KEY, header, payload)
}

fn masked_with(key: MaskingKey, header: Header, payload: &[u8]) -> Vec<u8> {
    let mut payload = payload.to_vec();
    apply_mask(&mut payload, key, 0);
    plain(Header { masking_key: Some(key), ..header }, &payload)
}

fn plain(header: Header, payload: &[u8]) -> Vec<u8> {
    let mut bytes = [0; Header::MAX_LENGTH];
    let length = header.encode(&mut bytes);
    [&bytes[..length], payload].concat()
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Manner, Probe, Script, Traits, script};

    const ECHO: Traits = Traits { manner: Manner::Echoes(Likeness::Equal), pongs: true, only_long: false };

    fn bytes(probe: Probe) -> Vec<u8> {
        let Script { pieces, .. } = script(probe, ECHO).unwrap();
        pieces.into_iter().flat_map(|piece| piece.bytes).collect()
    }

    #[test]
    fn frames_are_masked() {
        assert_eq!(bytes(Probe::CutKey), b"\x81\x85\xb7\xfa\xa1\xbd\xff\x9f\xcd\xd1\xd8");
        assert_eq!(bytes(Probe::CloseEmpty), b"\x88\x80\xb7\xfa\xa1\xbd");
    }

    #[test]
    fn nothing_begins_or_ends_in_what_trim_takes_away_without_need() {
        // One is about it, and the header of the others is what it is.
        let known = [Probe::MaskedBlank, Probe::Fragments, Probe::FragmentedPing, Probe::Unmasked];
        for &probe in Probe::ALL {
            let Some(script) = script(probe, ECHO) else { continue };
            let blank = |byte: Option<&u8>| byte.is_some_and(|byte| b" \t\n\r\0\x0b".contains(byte));
            let loses = script.pieces.iter().any(|piece| blank(piece.bytes.first()) || blank(piece.bytes.last()));
            assert_eq!(loses, known.contains(&probe), "{probe:?}: {:02x?}", bytes(probe));
        }
    }
}
