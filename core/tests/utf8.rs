//! The incremental validator against the standard library's.

use crate::feeding::every_way;
use ws101_core::Utf8Validator;

/// The first byte after which no text can follow, found the slow way: the shortest prefix that no continuation mends.
fn oracle(bytes: &[u8]) -> Option<usize> {
    (1..=bytes.len()).find_map(|length| match std::str::from_utf8(&bytes[..length]) {
        Err(error) if error.error_len().is_some() => Some(length - 1),
        _ => None,
    })
}

fn check(bytes: &[u8]) {
    let expected = oracle(bytes);
    every_way(bytes, |pieces| {
        let mut validator = Utf8Validator::new();
        let mut before = 0;
        let mut found = None;
        for piece in pieces {
            if let Err(invalid) = validator.receive(piece) {
                found = Some(before + invalid.offset);
                break;
            }
            before += piece.len();
        }
        assert_eq!(found, expected, "{bytes:02x?}");
        if found.is_none() {
            assert_eq!(validator.is_complete(), std::str::from_utf8(bytes).is_ok(), "{bytes:02x?}");
        }
    });
}

#[test]
fn characters_of_every_length() {
    for text in ["", "a", "é", "你", "😀", "a你é😀b", "κόσμε"] {
        check(text.as_bytes());
        for cut in 0..text.len() {
            check(&text.as_bytes()[..cut]);
        }
    }
}

#[test]
fn every_first_and_second_byte() {
    for first in 0x7f..=0xff_u8 {
        for second in (0..=0xff_u8).step_by(5).chain([0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]) {
            check(&[b'x', first, second, 0x80, 0x80, b'y']);
            check(&[first, second, b'y']);
        }
    }
}

#[test]
fn what_no_text_holds() {
    for bytes in [
        &[0xff_u8, 0xfe][..],
        &[0xc0, 0xaf],
        &[0xe0, 0x80, 0xaf],
        &[0xed, 0xa0, 0x80],
        &[0xf4, 0x90, 0x80, 0x80],
        &[0xf8, 0x88, 0x80, 0x80, 0x80],
        &[0x80],
        &[0xe4, 0xbd, b'a'],
        &[0xf0, 0x9f, 0x98, 0xe4],
    ] {
        check(bytes);
        check(&[b"text before ", bytes, b" and behind"].concat());
    }
}
