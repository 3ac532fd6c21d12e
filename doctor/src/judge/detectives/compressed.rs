//! Compressed data where none is expected, and what is wrong with data that should be.

use crate::Cause;
use crate::judge::inflate::{self, Inflated};

/// What a payload inflates to, where that is text: a compressed message that does not say so.
pub(in crate::judge) fn text(payload: &[u8]) -> Option<String> {
    let plain = [unwrapped(payload).map(|(bytes, _)| bytes), raw(payload)];
    plain.into_iter().flatten().find_map(|bytes| String::from_utf8(bytes).ok().filter(|text| is_text(text)))
}

fn raw(payload: &[u8]) -> Option<Vec<u8>> {
    inflate::message(payload, &[]).ok().map(|inflated| inflated.bytes).filter(|bytes| !bytes.is_empty())
}

fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| !character.is_control() || character.is_whitespace())
}

/// Why the payload of a compressed message is not what it should be; `history` is what was inflated before it.
pub(in crate::judge) fn explain(payload: &[u8], history: &[u8]) -> Vec<Cause> {
    if let Some((_, cause)) = unwrapped(payload) {
        return vec![cause];
    }
    let without_tail = payload.strip_suffix(&[0x00, 0x00, 0xff, 0xff]);
    if without_tail.is_some_and(|payload| inflate::message(payload, history).is_ok()) {
        return vec![Cause::DeflateTailKept];
    }
    let plain = std::str::from_utf8(payload);
    if plain.is_ok_and(is_text) {
        return vec![Cause::MarkedNotCompressed];
    }
    vec![Cause::NotRawDeflate]
}

/// What is in a zlib stream or a gzip file.
fn unwrapped(payload: &[u8]) -> Option<(Vec<u8>, Cause)> {
    let (start, cause) = match *payload {
        // RFC 1950 §2.2: the method, and the check of the first two bytes.
        [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([method, flags]) % 31 == 0 => {
            (2, Cause::ZlibWrapper)
        }
        [0x1f, 0x8b, 8, ..] => (10, Cause::GzipWrapper),
        _ => return None,
    };
    let Inflated { bytes, .. } = inflate::stream(payload.get(start..)?).ok()?;
    Some((bytes, cause))
}

#[cfg(test)]
mod tests {
    use super::{explain, text};
    use crate::Cause;

    const ZLIB: &[u8] = b"\x78\x9c\xcb\x48\xcd\xc9\xc9\x57\xc8\x00\x91\x00\x19\x91\x04\x49";
    const GZIP: &[u8] =
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\x00\x91\x00\x40\xa6\x2d\x01\x0b\0\0\0";

    #[test]
    fn wrappers_and_tails() {
        assert_eq!(explain(ZLIB, b""), [Cause::ZlibWrapper]);
        assert_eq!(explain(GZIP, b""), [Cause::GzipWrapper]);
        assert_eq!(explain(b"\xca\x48\xcd\xc9\xc9\x07\x00\x00\x00\xff\xff", b""), [Cause::DeflateTailKept]);
        assert_eq!(explain(b"hello there", b""), [Cause::MarkedNotCompressed]);
        assert_eq!(explain(b"\xff\xff\xff\xff", b""), [Cause::NotRawDeflate]);
    }

    #[test]
    fn compressed_text_is_read() {
        assert_eq!(text(b"\xca\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x00\x00").as_deref(), Some("hello hello hello"));
        assert_eq!(text(ZLIB).as_deref(), Some("hello hello"));
        assert_eq!(text(b"\xff\xfe"), None);
        assert_eq!(text(b"hello"), None);
    }
}
