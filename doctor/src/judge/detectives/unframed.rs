//! Bytes that were never meant as a frame.

use ws101_core::Span;

use crate::Cause;
use crate::judge::request::is_tls;

/// What stands where a frame should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) struct Unframed {
    /// The bytes: up to where frames go on, or to the end.
    pub(in crate::judge) at: Span,
    pub(in crate::judge) cause: Cause,
}

/// From how many characters on a text is taken for one though nothing that follows can be read.
const CERTAIN: usize = 8;

/// Text, a frame of the draft of 2010, or a TLS record at `start`.
pub(in crate::judge) fn recognise(
    bytes: &[u8],
    start: usize,
    begins_frame: &dyn Fn(usize) -> bool,
) -> Option<Unframed> {
    let rest = &bytes[start..];
    if let Some(end) = frames_of_hixie76(rest).map(|length| start + length).filter(|&end| begins_frame(end)) {
        return Some(Unframed { at: Span::new(start, end), cause: Cause::FramesOfHixie76 });
    }
    if rest.len() >= 5 && is_tls(rest) {
        return Some(Unframed { at: Span::new(start, bytes.len()), cause: Cause::UnframedTls });
    }
    let text = text_of(rest);
    let cause = classify(text);
    let terminator = rest[text.len()..].iter().take_while(|&&byte| byte == 0).count();
    let short = text.chars().count() < 2 && cause != Cause::UnframedSockJs;
    if text.is_empty() || short {
        return None;
    }
    let ends = [start + text.len(), start + text.len() + terminator];
    let end = match ends.into_iter().find(|&end| begins_frame(end)) {
        Some(end) => end,
        None if text.chars().count() >= CERTAIN => bytes.len(),
        None => return None,
    };
    Some(Unframed { at: Span::new(start, end), cause })
}

/// The text that the bytes begin with: characters, blanks and line ends. A character that is cut at the end counts.
pub(in crate::judge) fn text_of(bytes: &[u8]) -> &str {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let end = valid.find(|character: char| character.is_control() && !matches!(character, '\r' | '\n' | '\t'));
    &valid[..end.unwrap_or(valid.len())]
}

/// `00`, text, `ff`, as often as it comes: how many bytes.
fn frames_of_hixie76(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while bytes.get(at) == Some(&0) {
        let Some(length) = bytes[at..].iter().position(|&byte| byte == 0xff) else { break };
        if std::str::from_utf8(&bytes[at + 1..at + length]).is_err() {
            break;
        }
        at += length + 1;
    }
    // Its closing handshake.
    if at > 0 && bytes[at..].starts_with(&[0xff, 0x00]) {
        at += 2;
    }
    (at > 0).then_some(at)
}

fn classify(text: &str) -> Cause {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    let mut characters = trimmed.chars();
    let (first, second) = (characters.next().unwrap_or(' '), characters.next());
    if is_http(trimmed) {
        Cause::UnframedHttp
    } else if first == '<' && second.is_some_and(|second| second.is_ascii_alphabetic() || "!?/".contains(second)) {
        Cause::UnframedHtml
    } else if is_sock_js(trimmed) {
        Cause::UnframedSockJs
    } else if is_engine_io(trimmed) {
        Cause::UnframedSocketIo
    } else if first == '{' || first == '[' {
        Cause::UnframedJson
    } else {
        Cause::UnframedText
    }
}

fn is_http(text: &str) -> bool {
    let methods = ["GET /", "POST /", "HEAD /", "PUT /", "OPTIONS ", "CONNECT ", "PRI * HTTP/2"];
    text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
        || methods.iter().any(|method| text.starts_with(method))
}

/// `o`, `h` (also the prelude of 2,048), `a["…"]`, `c[3000,"…"]`.
fn is_sock_js(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line == "o"
        || !line.is_empty() && line.chars().all(|character| character == 'h')
        || (line.starts_with("a[\"") || line.starts_with("c[")) && line.ends_with(']')
}

/// `0{"sid":…}`, `40`, `42["hello"]`, `3probe`; in version 3 with the length and a colon before it.
fn is_engine_io(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if let Some(packet) = rest.strip_prefix(':').filter(|_| digits > 0) {
        return is_engine_io(packet);
    }
    let is_packet = matches!(number.as_bytes(), [b'0'..=b'6'] | [b'4', b'0'..=b'6', ..]);
    is_packet && (rest.is_empty() || rest.starts_with(['{', '[', '/']) || rest == "probe")
}

#[cfg(test)]
mod tests {
    use super::{Unframed, recognise};
    use crate::Cause;

    fn recognised(bytes: &[u8]) -> Option<(usize, Cause)> {
        let begins = |at: usize| bytes.get(at).is_none_or(|byte| [0x81, 0x88].contains(byte));
        recognise(bytes, 0, &begins).map(|Unframed { at, cause }| (at.end, cause))
    }

    #[test]
    fn what_is_written_without_a_frame() {
        for (text, cause) in [
            ("{\"type\":\"hello\"}\n", Cause::UnframedJson),
            ("[1,2]", Cause::UnframedJson),
            ("HTTP/1.1 200 OK\r\n", Cause::UnframedHttp),
            ("GET / HTTP/1.1\r\n", Cause::UnframedHttp),
            ("<html><body>502", Cause::UnframedHtml),
            ("<!DOCTYPE html>", Cause::UnframedHtml),
            ("42[\"hello\"]", Cause::UnframedSocketIo),
            ("0{\"sid\":\"a\"}", Cause::UnframedSocketIo),
            ("96:0{\"sid\":\"a\"}", Cause::UnframedSocketIo),
            ("40", Cause::UnframedSocketIo),
            ("3probe", Cause::UnframedSocketIo),
            ("o", Cause::UnframedSockJs),
            ("h", Cause::UnframedSockJs),
            ("a[\"x\"]\n", Cause::UnframedSockJs),
            ("hello world", Cause::UnframedText),
            ("42 is the answer", Cause::UnframedText),
            ("\r\nhello", Cause::UnframedText),
            ("\u{4f60}\u{597d}\u{4e16}\u{754c}", Cause::UnframedText),
        ] {
            assert_eq!(recognised(text.as_bytes()), Some((text.len(), cause)), "{text}");
            let followed = [text.as_bytes(), b"\x81\x02hi"].concat();
            assert_eq!(recognised(&followed), Some((text.len(), cause)), "{text}");
        }
        assert_eq!(recognised(b"hello\0"), Some((6, Cause::UnframedText)), "a string of C");
        assert_eq!(recognised(b"\0hello\xff\0you\xff"), Some((12, Cause::FramesOfHixie76)));
        assert_eq!(recognised(b"\x15\x03\x01\x00\x02\x02\x28"), Some((7, Cause::UnframedTls)));
    }

    #[test]
    fn what_may_be_a_frame() {
        for bytes in [&b"\x01\x02he"[..], b"\xc1\x02hi", b"\x09\x02hi", b"\x00\x02hi", b"", b"x", b"ab\x83"] {
            assert_eq!(recognised(bytes), None, "{bytes:?}");
        }
    }
}
