//! What curl writes of a connection: `-v` the heads, `--trace` every byte.

use crate::End;
use crate::file::bytes::hex_digits;
use crate::file::heads::{self, TextLine};
use crate::file::recorded::{Chunk, Copied, Gap, Recorded};
use crate::file::{FileError, Form, RecordingFile};

/// Whether a text is such output: its marks stand at the beginning of lines.
pub(super) fn is(text: &str) -> bool {
    traces(text) || {
        let starts_head = |line: &str| line.strip_prefix("> ").is_some_and(|line| line.contains(" HTTP/"));
        text.lines().any(|line| starts_head(line) || line.starts_with("< HTTP/"))
    }
}

/// The line that a section of a trace begins with, behind its time.
fn section(line: &str) -> Option<Section> {
    let mark = line.find(['=', '<'])?;
    // `--trace-time` puts `12:34:56.123456 ` before it, `--trace-ids` `[0-0] `.
    let before_is_time =
        line[..mark].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.' | b' ' | b'[' | b']' | b'-'));
    let line = before_is_time.then_some(&line[mark..])?;
    let sections = [
        ("=> Send header", Section::Sent(End::Client)),
        ("=> Send data", Section::Sent(End::Client)),
        ("<= Recv header", Section::Sent(End::Server)),
        ("<= Recv data", Section::Sent(End::Server)),
        // The records of TLS: what is in them is told by the other sections.
        ("=> Send SSL data", Section::Other),
        ("<= Recv SSL data", Section::Other),
        ("== Info", Section::Other),
    ];
    sections.into_iter().find(|(start, _)| line.starts_with(start)).map(|(_, section)| section)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Sent(End),
    Other,
}

fn traces(text: &str) -> bool {
    text.lines().any(|line| matches!(section(line), Some(Section::Sent(_))))
}

pub(super) fn read(text: &str) -> Result<RecordingFile, FileError> {
    let recorded = if traces(text) { trace(text)? } else { verbose(text) };
    Ok(RecordingFile { connections: vec![recorded], ..RecordingFile::new(Form::Curl) })
}

/// `-v`: heads behind `>` and `<`.
fn verbose(text: &str) -> Recorded {
    let lines = heads::lines(text);
    let behind = |mark: char| {
        let lines = lines.iter().filter_map(|line| {
            let text = line.text.strip_prefix(mark)?;
            // The blank of the line that ends the head is often lost.
            Some(TextLine { text: text.strip_prefix(' ').unwrap_or(text), ..*line })
        });
        // Of several requests, as where curl followed a redirection, the last is the one that came to something.
        let lines: Vec<_> = lines.collect();
        let start = lines.iter().rposition(|line| is_start(line.text, mark)).unwrap_or(0);
        lines[start..].to_vec()
    };
    heads::of_lines(&behind('>'), &behind('<'))
}

fn is_start(line: &str, mark: char) -> bool {
    if mark == '<' { line.starts_with("HTTP/") } else { line.contains(" HTTP/") }
}

/// `--trace`: dumps of what was sent and received.
fn trace(text: &str) -> Result<Recorded, FileError> {
    let mut current = Section::Other;
    let mut chunks = Vec::new();
    for line in heads::lines(text) {
        if let Some(section) = section(line.text) {
            current = section;
            continue;
        }
        let Section::Sent(from) = current else { continue };
        let bytes = row(line.text).ok_or_else(|| {
            let fix = "trace with `curl --trace FILE`: `--trace-ascii` leaves out which bytes there were";
            FileError::new("this line of the trace has no bytes in hexadecimal digits", fix).in_line(line.number)
        })?;
        chunks.push(Chunk { from, bytes, line: line.number });
    }
    let copied = Copied::of_chunks(&chunks);
    let gaps = copied.silent().chain([Gap::Ends]).collect();
    Ok(copied.into_recorded(gaps))
}

/// The bytes of `0010: 47 45 54 20 …  GET …`, sixteen at most.
fn row(line: &str) -> Option<Vec<u8>> {
    let (offset, rest) = line.split_once(": ")?;
    let is_offset = offset.len() >= 4 && offset.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits: String = rest.chars().take(16 * 3).collect();
    let bytes = hex_digits(&digits).ok()?;
    (is_offset && !bytes.is_empty()).then_some(bytes)
}
