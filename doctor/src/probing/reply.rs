//! What a server answered, taken apart as far as it can be.

use std::fmt::Write;

use ws101_core::inspect::{self, Field, FieldKind};
use ws101_core::{Head, MaskingKey, Opcode, Span, apply_mask};

use crate::Ended;

/// What came from a server for one probe. Nothing is refused here: a malformed answer is one, too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The status of the HTTP response, where one came that has one.
    pub status: Option<u16>,
    /// The value of `Sec-WebSocket-Accept`.
    pub accept: Option<String>,
    /// Whether `Sec-WebSocket-Version` was there.
    pub names_version: bool,
    /// Messages, whole ones, in the order in which they ended, with control frames where they came.
    pub messages: Vec<Message>,
    /// Whether a frame or a message is under way.
    pub unfinished: bool,
    /// Bytes that came, all together.
    pub length: usize,
    /// Those of them that are the response's head, and interim responses before it.
    pub head_length: usize,
    /// How the server ended the connection.
    pub ended: Option<Ended>,
    head: Vec<u8>,
}

/// A message or a control frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The opcode of its first frame, be it reserved or not.
    pub opcode: u8,
    /// What it carries, unmasked.
    pub payload: Vec<u8>,
}

impl Reply {
    /// An answer to a request: a head, if it is one, and frames.
    #[must_use]
    pub fn of_answer(bytes: &[u8], ended: Option<Ended>) -> Self {
        if !bytes.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/")) {
            return Self::of_frames(bytes, ended);
        }
        let (mut start, mut head) = (0, Head::new(bytes));
        while head.empty_line().is_some() && matches!(status_of(&head), Some(100 | 102..=199)) {
            start += head.bytes().len();
            head = Head::new(&bytes[start..]);
        }
        if head.empty_line().is_none() {
            let head = bytes[start..].to_vec();
            return Self { unfinished: true, length: bytes.len(), ended, head, ..Self::default() };
        }
        let value = |name| {
            let field = head.fields().find(|field| field.name_bytes().trim_ascii().eq_ignore_ascii_case(name));
            field.map(|field| String::from_utf8_lossy(field.value_bytes()).into_owned())
        };
        let (status, head_length) = (status_of(&head), start + head.bytes().len());
        // The body of a refusal is no frames.
        let frames = if status == Some(101) { &bytes[head_length..] } else { &[] };
        Self {
            status,
            accept: value(b"Sec-WebSocket-Accept"),
            names_version: value(b"Sec-WebSocket-Version").is_some(),
            head: head.bytes().to_vec(),
            length: bytes.len(),
            head_length,
            ..Self::of_first_frames(frames, ended)
        }
    }

    /// What came right behind a head, without what some servers leave there by mistake: a zero, or an empty line.
    #[must_use]
    pub fn of_first_frames(bytes: &[u8], ended: Option<Ended>) -> Self {
        Self { length: bytes.len(), ..Self::of_frames(without_stray(bytes), ended) }
    }

    /// What came on an open connection.
    #[must_use]
    pub fn of_frames(bytes: &[u8], ended: Option<Ended>) -> Self {
        let mut reply = Self { length: bytes.len(), ended, ..Self::default() };
        let mut frame: Option<RawFrame> = None;
        let mut under_way: Option<Message> = None;
        let mut frames = Vec::new();
        inspect::frames(bytes, &mut |field| {
            if field.kind == FieldKind::Frame {
                frames.extend(frame.replace(RawFrame { complete: field.complete, ..RawFrame::default() }));
            } else if let Some(frame) = &mut frame {
                frame.take(field);
            }
        });
        frames.extend(frame);
        for frame in frames {
            if !frame.complete {
                reply.unfinished = true;
                break;
            }
            let payload = frame.payload(bytes);
            match (frame.opcode, &mut under_way) {
                (0x8.., _) => reply.messages.push(Message { opcode: frame.opcode, payload }),
                (0, Some(message)) => message.payload.extend(payload),
                _ => under_way = Some(Message { opcode: frame.opcode, payload }),
            }
            if frame.opcode < 0x8 && frame.fin {
                reply.messages.extend(under_way.take());
            }
        }
        reply.unfinished |= under_way.is_some();
        reply
    }

    /// Whether the connection is open as far as the server is concerned.
    #[must_use]
    pub fn opened(&self) -> bool {
        self.status == Some(101)
    }

    /// The status code of the server's Close: `None` where none came, `Some(None)` where it had no body.
    #[must_use]
    pub fn close(&self) -> Option<Option<u16>> {
        let close = self.messages.iter().find(|message| message.opcode == Opcode::Close.bits())?;
        Some(close.payload.first_chunk().map(|code| u16::from_be_bytes(*code)))
    }

    /// Text and binary messages, and those of reserved opcodes.
    pub fn data(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(|message| message.opcode < 0x8)
    }

    /// Whether nothing came and the server did not end the connection.
    #[must_use]
    pub fn is_silence(&self) -> bool {
        self.length == 0 && self.ended.is_none()
    }

    /// What came, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        /// Messages that are told; one that floods is not told whole.
        const TOLD: usize = 4;
        let mut words = Vec::new();
        if !self.head.is_empty() {
            let line = Head::new(&self.head).start_line();
            words.push(format!("`{}`", String::from_utf8_lossy(line.content.of(&self.head)).escape_debug()));
        }
        words.extend(self.messages.iter().take(TOLD).map(Message::describe));
        if self.messages.len() > TOLD {
            words.push(format!("{} more messages", self.messages.len() - TOLD));
        }
        if self.unfinished {
            words.push("the beginning of something longer".to_owned());
        }
        words.extend(self.ended.map(|ended| match ended {
            Ended::Fin => "the end of the TCP connection".to_owned(),
            Ended::Rst => "a reset of the TCP connection".to_owned(),
        }));
        if words.is_empty() { "nothing within the time limit".to_owned() } else { words.join(", then ") }
    }
}

impl Message {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { opcode: Opcode::Text.bits(), payload: text.as_bytes().to_vec() }
    }

    /// What it is, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        let kind = match Opcode::from_bits(self.opcode) {
            Some(Opcode::Continuation) => "a continuation",
            Some(Opcode::Text) => "text",
            Some(Opcode::Binary) => "binary",
            Some(Opcode::Close) => return describe_close(&self.payload),
            Some(Opcode::Ping) => "a Ping",
            Some(Opcode::Pong) => "a Pong",
            None => return format!("a frame of opcode {}", self.opcode),
        };
        format!("{kind} {}", describe_bytes(&self.payload))
    }
}

fn describe_close(payload: &[u8]) -> String {
    match payload {
        [] => "a Close without a status code".to_owned(),
        [high, low, ..] => format!("a Close with {}", u16::from_be_bytes([*high, *low])),
        [_] => "a Close with a body of one byte".to_owned(),
    }
}

/// Bytes as text where they are, and not all of them.
pub(super) fn describe_bytes(bytes: &[u8]) -> String {
    /// Bytes that are told.
    const TOLD: usize = 24;
    let cut = bytes.len().min(TOLD);
    let more = if bytes.len() > TOLD { format!("… ({} bytes)", bytes.len()) } else { String::new() };
    if let Ok(text) = std::str::from_utf8(bytes) {
        let end = (0..=cut).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        return format!("{:?}{more}", &text[..end]);
    }
    let mut digits = String::new();
    for byte in &bytes[..cut] {
        let blank = if digits.is_empty() { "" } else { " " };
        let _ = write!(digits, "{blank}{byte:02x}");
    }
    digits + &more
}

/// The status that a head says, however it is written: `http/1.1 101` and `HTTP/1.1101` are malformed and meant as 101.
fn status_of(head: &Head<'_>) -> Option<u16> {
    let line = String::from_utf8_lossy(head.start_line().content.of(head.bytes())).into_owned();
    let word = line.split([' ', '\t']).nth(1).unwrap_or_default();
    let number = word.get(..3).and_then(|digits| digits.parse().ok());
    number.or_else(|| line.contains("101").then_some(101))
}

/// What servers leave behind the head by mistake: `chr(0)`, or an empty line too many.
fn without_stray(frames: &[u8]) -> &[u8] {
    match frames {
        [0, rest @ ..] if rest.first().is_none_or(|first| first & 0x70 == 0 && first & 0x80 != 0) => rest,
        [b'\r', b'\n', rest @ ..] => rest,
        _ => frames,
    }
}

/// A frame as its bits say.
#[derive(Debug, Default)]
struct RawFrame {
    fin: bool,
    opcode: u8,
    key: Option<Span>,
    payload: Option<Span>,
    complete: bool,
}

impl RawFrame {
    fn take(&mut self, field: Field) {
        let bytes = || {
            let byte = |bit: u64| usize::try_from(bit / 8).unwrap_or(usize::MAX);
            Some(Span::new(byte(field.start), byte(field.end)))
        };
        match field.kind {
            FieldKind::Fin => self.fin = field.value == Some(1),
            FieldKind::Opcode => self.opcode = field.value.and_then(|bits| u8::try_from(bits).ok()).unwrap_or(0),
            FieldKind::MaskingKey => self.key = bytes(),
            FieldKind::PayloadData => self.payload = bytes(),
            _ => {}
        }
    }

    /// A server's frame that is masked is understood all the same.
    fn payload(&self, bytes: &[u8]) -> Vec<u8> {
        let mut payload = self.payload.map_or_else(Vec::new, |span| span.of(bytes).to_vec());
        if let Some(key) = self.key.and_then(|span| span.of(bytes).try_into().ok()) {
            apply_mask(&mut payload, MaskingKey(key), 0);
        }
        payload
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, Reply};
    use crate::Ended;

    #[test]
    fn an_answer_is_taken_apart() {
        let bytes = b"HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept :  x \r\n\r\n\x01\x02He\x89\x01p\x80\x03llo\x88\x02\x03\xe8";
        let reply = Reply::of_answer(bytes, Some(Ended::Fin));
        assert_eq!((reply.status, reply.accept.as_deref(), reply.opened()), (Some(101), Some("x"), true));
        let opcodes: Vec<_> = reply.messages.iter().map(|message| message.opcode).collect();
        assert_eq!(opcodes, [9, 1, 8]);
        assert_eq!(reply.data().collect::<Vec<_>>(), [&Message::text("Hello")]);
        assert_eq!(reply.close(), Some(Some(1000)));
        assert_eq!(
            reply.describe(),
            "`HTTP/1.1 101 Switching Protocols`, then a Ping \"p\", then text \"Hello\", then a Close with 1000, then \
             the end of the TCP connection"
        );
    }

    #[test]
    fn malformed_status_lines_are_understood() {
        for (line, status) in [
            ("http/1.1 101 x", Some(101)),
            ("HTTP/1.1101 x", Some(101)),
            ("HTTP/1.1 400 Bad", Some(400)),
            ("HTTP/1.1", None),
        ] {
            assert_eq!(Reply::of_answer(format!("{line}\r\n\r\n").as_bytes(), None).status, status, "{line}");
        }
    }

    #[test]
    fn an_interim_response_is_none_yet() {
        let interim = b"HTTP/1.1 100 Continue\r\n\r\n";
        assert!(Reply::of_answer(interim, None).unfinished);
        let both = [&interim[..], b"HTTP/1.1 101 x\r\n\r\n\x81\x02hi"].concat();
        let reply = Reply::of_answer(&both, None);
        assert_eq!((reply.status, reply.head_length, reply.messages.len()), (Some(101), 43, 1));
    }

    #[test]
    fn what_stands_between_head_and_frames_by_mistake_is_left_out() {
        for stray in [&b"\0"[..], b"\r\n", b""] {
            let bytes = [b"HTTP/1.1 101 x\r\n\r\n", stray, b"\x81\x02hi"].concat();
            assert_eq!(Reply::of_answer(&bytes, None).messages, [Message::text("hi")], "{stray:?}");
        }
    }

    #[test]
    fn a_frame_that_is_cut_is_unfinished_and_a_frame_where_a_head_is_due_is_one() {
        let reply = Reply::of_answer(b"\x81\x02hi\x81\x05He", None);
        assert_eq!((reply.messages.len(), reply.unfinished, reply.opened()), (1, true, false));
        assert!(Reply::of_frames(b"\x01\x02hi", None).unfinished);
        assert!(Reply::of_answer(b"HTTP/1.1 101", None).unfinished);
        assert!(Reply::of_answer(b"", None).is_silence());
        assert_eq!(Reply::of_answer(b"", None).describe(), "nothing within the time limit");
    }
}
