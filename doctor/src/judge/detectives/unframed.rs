//! Bytes that were never meant as a frame.

use ws101_core::Span;

use crate::Cause;
use crate::judge::detectives::characters::text_of;
use crate::judge::request::is_tls;

/// What stands where a frame should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) struct Unframed {
    /// The bytes: up to where frames go on, or to the end.
    pub(in crate::judge) at: Span,
    pub(in crate::judge) cause: Cause,
}

/// From how many characters on a text is taken for one, and old frames for such, though nothing that follows can be read.
const CERTAIN: usize = 8;

/// Text, a frame of the draft of 2010, or a TLS record at `start`.
pub(in crate::judge) fn recognise(
    bytes: &[u8],
    start: usize,
    begins_frame: &dyn Fn(usize) -> bool,
) -> Option<Unframed> {
    let rest = &bytes[start..];
    let old = frames_of_hixie76(rest);
    if old.count >= CERTAIN || old.count > 0 && begins_frame(start + old.length) {
        return Some(Unframed { at: Span::new(start, start + old.length), cause: Cause::FramesOfHixie76 });
    }
    if rest.len() >= 5 && is_tls(rest) {
        return Some(Unframed { at: Span::new(start, bytes.len()), cause: Cause::UnframedTls });
    }
    let text = text_of(rest);
    let cause = classify(text);
    let short = text.chars().count() < 2 && cause != Cause::UnframedSockJs;
    if text.is_empty() || short {
        return None;
    }
    let terminator = rest[text.len()..].iter().take_while(|&&byte| byte == 0).count();
    let ends = [start + text.len(), start + text.len() + terminator];
    let end = match ends.into_iter().find(|&end| begins_frame(end)) {
        Some(end) => end,
        None if text.chars().count() >= CERTAIN => bytes.len(),
        None => return None,
    };
    Some(Unframed { at: Span::new(start, end), cause })
}

/// Frames of the draft of 2010.
struct OldFrames {
    count: usize,
    /// Bytes of all of them.
    length: usize,
}

/// `00`, text, `ff`, as often as it comes.
fn frames_of_hixie76(bytes: &[u8]) -> OldFrames {
    let mut old = OldFrames { count: 0, length: 0 };
    while let [0, rest @ ..] = &bytes[old.length..]
        && let text = text_of(rest).len()
        && rest.get(text) == Some(&0xff)
    {
        old = OldFrames { count: old.count + 1, length: old.length + text + 2 };
    }
    // Its closing handshake.
    if old.count > 0 && bytes[old.length..].starts_with(&[0xff, 0x00]) {
        old.length += 2;
    }
    old
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
