//! Why a text message is not UTF-8, and what it reads as.

use crate::Cause;
use crate::judge::detectives::{compressed, gb2312};
use crate::judge::quote;

/// What is known of a text that is not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::judge) struct Reading {
    pub(in crate::judge) causes: Vec<Cause>,
    /// What it reads as; empty where nobody knows.
    pub(in crate::judge) text: String,
}

/// Why `payload` is not UTF-8; `next` is the text message behind it.
pub(in crate::judge) fn read(payload: &[u8], next: Option<&[u8]>) -> Reading {
    let reading = |cause: Cause, text: String| Reading { causes: vec![cause], text: quote::characters(&text) };
    if let Some(text) = compressed::text(payload) {
        return reading(Cause::CompressedWithoutRsv1, text);
    }
    if let Some(text) = next.and_then(|next| joined(payload, next)) {
        let mut split = reading(Cause::TextSplitWithinCharacter, text);
        if payload.len() == 125 {
            split.causes.insert(0, Cause::StrSplit125);
        }
        return split;
    }
    if let Some(text) = utf16(payload) {
        return reading(Cause::TextIsUtf16, text);
    }
    if is_cut(payload) {
        // One byte above ASCII at the end of western text is a letter, or the beginning of a character.
        let letter = payload.split_last().is_some_and(|(_, before)| before.is_ascii());
        return match latin1(payload).filter(|_| letter) {
            Some(text) => Reading { causes: vec![Cause::TextIsLatin1, Cause::TextCut], text: quote::characters(&text) },
            None => reading(Cause::TextCut, String::new()),
        };
    }
    if let Some((text, cause)) = variants_of_utf8(payload) {
        return reading(cause, text);
    }
    if let Some(text) = gb2312::read(payload) {
        return reading(Cause::TextIsGbk, text);
    }
    if let Some(text) = chinese_in_utf16(payload) {
        return reading(Cause::TextIsUtf16, text);
    }
    if let Some(text) = latin1(payload) {
        return reading(Cause::TextIsLatin1, text);
    }
    reading(Cause::BinaryAsText, String::new())
}

/// Whether only its end is wrong: a character that has begun.
fn is_cut(payload: &[u8]) -> bool {
    std::str::from_utf8(payload).is_err_and(|error| error.error_len().is_none())
}

/// Whether a character was cut where one message ends and the next begins, and what both read as together.
pub(in crate::judge) fn joined(payload: &[u8], next: &[u8]) -> Option<String> {
    let end = std::str::from_utf8(payload).err().filter(|error| error.error_len().is_none())?.valid_up_to();
    let both = [payload, next].concat();
    // The next one may be cut itself; the character must be whole.
    let valid = std::str::from_utf8(&both).map_or_else(|error| error.valid_up_to(), |_| both.len());
    (valid > payload.len() && end < payload.len()).then(|| String::from_utf8_lossy(&both[..valid]).into_owned())
}

/// Text of UTF-16: with a byte order mark, or with zeros in every second byte.
pub(in crate::judge) fn utf16(payload: &[u8]) -> Option<String> {
    let zeros =
        |from: usize| payload.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count() * 4 > payload.len();
    match payload {
        _ if payload.len() < 4 => None,
        [0xff, 0xfe, text @ ..] => decode_utf16(text, u16::from_le_bytes),
        [0xfe, 0xff, text @ ..] => decode_utf16(text, u16::from_be_bytes),
        _ if zeros(1) && !zeros(0) => decode_utf16(payload, u16::from_le_bytes),
        _ if zeros(0) && !zeros(1) => decode_utf16(payload, u16::from_be_bytes),
        _ => None,
    }
}

/// Text of UTF-16 that is Chinese throughout, so that it has no zeros.
fn chinese_in_utf16(payload: &[u8]) -> Option<String> {
    let is_chinese = |character: char| matches!(character, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let orders: [fn([u8; 2]) -> u16; 2] = [u16::from_le_bytes, u16::from_be_bytes];
    let texts = orders.into_iter().filter(|_| payload.len() >= 4).filter_map(|order| decode_utf16(payload, order));
    texts.into_iter().find(|text| text.chars().all(is_chinese))
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks();
    let text = char::decode_utf16(pairs.iter().copied().map(unit)).collect::<Result<String, _>>().ok();
    text.filter(|_| rest.is_empty())
}

/// What would be UTF-8 but for surrogates, or for characters in more bytes than they need.
fn variants_of_utf8(payload: &[u8]) -> Option<(String, Cause)> {
    let mut text = String::new();
    let mut cause = None;
    let mut rest = payload;
    while !rest.is_empty() {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                break;
            }
            Err(error) => {
                let (valid, wrong) = rest.split_at(error.valid_up_to());
                text.push_str(&String::from_utf8_lossy(valid));
                let taken;
                (cause, taken) = match *wrong {
                    [0xed, 0xa0..=0xaf, 0x80..=0xbf, 0xed, 0xb0..=0xbf, 0x80..=0xbf, ..] => {
                        (Some(Cause::TextHasSurrogates), 6)
                    }
                    [0xed, 0xa0..=0xbf, 0x80..=0xbf, ..] => (Some(Cause::TextHasSurrogates), 3),
                    [0xc0, 0x80, ..] => (Some(Cause::TextHasLongForms), 2),
                    _ => return None,
                };
                text.push(char::REPLACEMENT_CHARACTER);
                rest = &wrong[taken..];
            }
        }
    }
    cause.map(|cause| (text, cause))
}

/// Western text: letters, and among them some of those above ASCII.
fn latin1(payload: &[u8]) -> Option<String> {
    let high = payload.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = payload.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let printable = payload.iter().all(|&byte| !byte.is_ascii_control() || byte.is_ascii_whitespace());
    let text: Option<String> = payload.iter().map(|&byte| windows_1252(byte)).collect();
    text.filter(|_| printable && letters > 0 && high * 2 <= payload.len())
}

/// The character of a byte, where it has one that text is written with.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80 => Some('\u{20ac}'),
        0x85 => Some('\u{2026}'),
        0x91 => Some('\u{2018}'),
        0x92 => Some('\u{2019}'),
        0x93 => Some('\u{201c}'),
        0x94 => Some('\u{201d}'),
        0x96 => Some('\u{2013}'),
        0x97 => Some('\u{2014}'),
        // FF is a letter, too, but hardly ever one.
        0x81..=0x9f | 0xff => None,
        _ => Some(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, utf16};
    use crate::Cause;

    fn cause(payload: &[u8]) -> (Cause, String) {
        let reading = read(payload, None);
        (reading.causes[0], reading.text)
    }

    #[test]
    fn other_encodings() {
        assert_eq!(cause(b"caf\xe9 \x93noir\x94"), (Cause::TextIsLatin1, "caf\u{e9} \u{201c}noir\u{201d}".to_owned()));
        assert_eq!(cause(b"\xc4\xe3\xba\xc3"), (Cause::TextIsGbk, "\u{4f60}\u{597d}".to_owned()));
        assert_eq!(cause(b"\xff\xfeh\0i\0"), (Cause::TextIsUtf16, "hi".to_owned()));
        assert_eq!(utf16(b"\0h\0i").as_deref(), Some("hi"));
        let utf16_of_chinese: Vec<u8> = "\u{8bf7}\u{767b}\u{5f55}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(std::str::from_utf8(&utf16_of_chinese).is_err());
        assert_eq!(cause(&utf16_of_chinese), (Cause::TextIsUtf16, "\u{8bf7}\u{767b}\u{5f55}".to_owned()));
        assert_eq!(cause(b"a\xed\xa0\x80b").0, Cause::TextHasSurrogates);
        assert_eq!(cause(b"a\xc0\x80b").0, Cause::TextHasLongForms);
        assert_eq!(cause(b"\xff\xfe").0, Cause::BinaryAsText);
        assert_eq!(cause(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0").0, Cause::BinaryAsText);
        assert_eq!(cause(b"ab\xe4\xbd").0, Cause::TextCut);
    }

    #[test]
    fn a_text_that_was_cut_into_messages() {
        let whole = "\u{4f60}".repeat(42);
        let (first, second) = whole.as_bytes().split_at(125);
        let reading = read(first, Some(second));
        assert_eq!(reading.causes, [Cause::StrSplit125, Cause::TextSplitWithinCharacter]);
        assert!(reading.text.starts_with('\u{4f60}'));
        assert_eq!(read(&first[..4], Some(&first[4..9])).causes, [Cause::TextSplitWithinCharacter]);
    }
}
