//! A request and a response: as bytes, or as text that somebody copied.

use ws101_core::inspect::{self, FieldKind};

use crate::file::bytes::{Row, hex_digits};
use crate::file::recorded::{Copied, Gap, Recorded};
use crate::recording::{end_of_final_head, end_of_head};
use crate::{End, Part};

/// What head bytes begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum HeadKind {
    Request,
    Response,
}

impl HeadKind {
    /// What head the bytes begin with, as their first line shows; `None` where they are something else.
    ///
    /// ```
    /// use ws101_doctor::file::HeadKind;
    /// assert_eq!(HeadKind::of(b"GET / HTTP/1.1\r\n"), Some(HeadKind::Request));
    /// assert_eq!(HeadKind::of(b"HTTP/1.1 101 Switching Protocols\r\n"), Some(HeadKind::Response));
    /// assert_eq!(HeadKind::of(b"\x81\x05Hello"), None);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
        if line.starts_with(b"HTTP/") {
            Some(Self::Response)
        } else if line.is_ascii() && line.windows(6).any(|part| part == b" HTTP/") {
            Some(Self::Request)
        } else {
            None
        }
    }
}

/// The bytes of one direction, or of both where a response follows a request; `rows` are the lines that they were written
/// in.
pub(super) fn of_bytes(bytes: &[u8], rows: &[Row]) -> Recorded {
    let mut copied = Copied::default();
    let mut gaps = Vec::new();
    let mut rest = 0..bytes.len();
    let first = HeadKind::of(bytes);
    if first == Some(HeadKind::Request) {
        let head = 0..end_of_head(bytes).unwrap_or(bytes.len());
        rest.start = head.end;
        copied.append_rows(Part::Request, bytes, head, rows);
    }
    let behind = &bytes[rest.clone()];
    if HeadKind::of(behind) == Some(HeadKind::Response) {
        gaps.extend(first.filter(|first| *first == HeadKind::Response).map(|_| Gap::Sent(End::Client)));
        let end = rest.start + end_of_final_head(behind).unwrap_or(behind.len());
        copied.append_rows(Part::Response, bytes, rest.start..end, rows);
        copied.append_rows(Part::FromServer, bytes, end..rest.end, rows);
    } else {
        let sender = if first.is_some() { End::Client } else { sender_of(behind) };
        let (part, other) = match sender {
            End::Client => (Part::FromClient, End::Server),
            End::Server => (Part::FromServer, End::Client),
        };
        copied.append_rows(part, bytes, rest, rows);
        gaps.push(Gap::Sent(other));
        gaps.extend(first.is_none().then_some(Gap::Sender(sender)));
    }
    gaps.push(Gap::Ends);
    copied.into_recorded(gaps)
}

/// Who sent frames of which nothing else is known: who may have sent the first.
pub(super) fn sender_of(frames: &[u8]) -> End {
    let mut mask = None;
    inspect::frames(frames, &mut |field| {
        if field.kind == FieldKind::Mask && mask.is_none() {
            mask = field.value;
        }
    });
    if mask == Some(1) { End::Client } else { End::Server }
}

/// A line of a text, and its number from 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextLine<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

/// The lines of a text, without their ends.
pub(super) fn lines(text: &str) -> Vec<TextLine<'_>> {
    text.lines().enumerate().map(|(place, text)| TextLine { number: place + 1, text }).collect()
}

/// A request and a response, or one of them, as text whose lines have lost their ends.
pub(super) fn of_text(text: &str) -> Recorded {
    let lines = lines(text);
    let response = lines.iter().position(|line| line.text.starts_with("HTTP/")).unwrap_or(lines.len());
    let (request, response) = lines.split_at(response);
    of_lines(request, response)
}

/// The same from the lines of each.
pub(super) fn of_lines(request: &[TextLine<'_>], response: &[TextLine<'_>]) -> Recorded {
    let mut copied = Copied::default();
    let mut gaps = vec![Gap::LineEnds, Gap::Ends];
    let sides = [
        (request, End::Client, Part::Request, Part::FromClient),
        (response, End::Server, Part::Response, Part::FromServer),
    ];
    for (lines, end, head, behind) in sides {
        let blank = lines.iter().take_while(|line| line.text.trim().is_empty()).count();
        let lines = &lines[blank..];
        if lines.is_empty() {
            gaps.push(Gap::Sent(end));
        } else if !copy(&mut copied, lines, head, behind) && !gaps.contains(&Gap::EmptyLine) {
            gaps.push(Gap::EmptyLine);
        }
    }
    copied.into_recorded(gaps)
}

/// Copies a head and what follows it; `false` where its empty line was missing.
fn copy(copied: &mut Copied, lines: &[TextLine<'_>], head: Part, behind: Part) -> bool {
    let mut bytes = Vec::new();
    let mut end = None;
    for (place, line) in lines.iter().enumerate() {
        let written = [line.text.as_bytes(), b"\r\n"].concat();
        copied.append(head, &written, Some(line.number));
        bytes.extend(written);
        if line.text.is_empty() {
            // Behind an interim response the final one follows.
            if head == Part::Request || end_of_final_head(&bytes).is_some() {
                end = Some(place + 1);
                break;
            }
            bytes.clear();
        }
    }
    let Some(end) = end else {
        copied.append(head, b"\r\n", None);
        return false;
    };
    let rest = &lines[end..];
    let blank = rest.iter().take_while(|line| line.text.trim().is_empty()).count();
    let rest = &rest[blank..];
    // Behind a head somebody may have noted the frames.
    let digits: Result<Vec<_>, _> = rest.iter().map(|line| hex_digits(line.text)).collect();
    match digits {
        Ok(rows) => rows.iter().zip(rest).for_each(|(row, line)| copied.append(behind, row, Some(line.number))),
        Err(_) => rest.iter().for_each(|line| {
            copied.append(behind, &[line.text.as_bytes(), b"\n"].concat(), Some(line.number));
        }),
    }
    true
}
