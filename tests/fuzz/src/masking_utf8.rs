//! Masking and UTF-8 against a naive reading of the RFC, at every length, offset and alignment that comes.

use arbitrary::Unstructured;
use ws101_core::{InvalidUtf8, MaskingKey, Utf8Validator, apply_mask, copy_masked};

/// The input is a key, a place, an alignment, cuts, and then bytes, which are masked and read as text.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let mut key = [0; 4];
    let _ = u.fill_buffer(&mut key);
    let offset = u.arbitrary::<u64>().unwrap_or(0);
    let alignment = usize::from(u.arbitrary::<u8>().unwrap_or(0) % 65);
    let cuts = [u.arbitrary::<u8>().unwrap_or(0), u.arbitrary::<u8>().unwrap_or(0)];
    let repeat = 1 + usize::from(u.arbitrary::<u8>().unwrap_or(0) % 9);
    let bytes = u.take_rest().repeat(repeat);
    check_masking(&bytes, key, offset, alignment);
    check_text(&bytes, cuts);
}

fn check_masking(bytes: &[u8], key: [u8; 4], offset: u64, alignment: usize) {
    // §5.3: "j = i MOD 4, transformed-octet-i = original-octet-i XOR masking-key-octet-j"
    let place = |at: usize| (offset.wrapping_add(at as u64) % 4) as usize;
    let naive: Vec<u8> = bytes.iter().enumerate().map(|(at, byte)| byte ^ key[place(at)]).collect();
    // What stands around the payload stays as it is.
    let mut around = vec![0xa5; alignment];
    around.extend_from_slice(bytes);
    around.extend([0xa5; 33]);
    let expected = [&vec![0xa5; alignment][..], &naive, &[0xa5; 33]].concat();
    let mut masked = around.clone();
    apply_mask(&mut masked[alignment..alignment + bytes.len()], MaskingKey(key), offset);
    assert_eq!(masked, expected, "apply_mask: {key:?} at {offset}");
    let mut copied = vec![0xa5; around.len()];
    copy_masked(bytes, &mut copied[alignment..], MaskingKey(key), offset);
    assert_eq!(copied, expected, "copy_masked: {key:?} at {offset}");
    // A target that is too short takes as much as it can.
    let mut short = vec![0; bytes.len() / 2];
    copy_masked(bytes, &mut short, MaskingKey(key), offset);
    assert_eq!(short, naive[..bytes.len() / 2]);
}

fn check_text(bytes: &[u8], cuts: [u8; 2]) {
    let wrong = first_wrong(bytes);
    let mut validator = Utf8Validator::new();
    let (mut rest, mut before) = (bytes, 0);
    for cut in cuts.into_iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let piece;
        (piece, rest) = rest.split_at(rest.len().min(1 + usize::from(cut)));
        match validator.receive(piece) {
            Ok(()) => assert!(wrong.is_none_or(|wrong| wrong >= before + piece.len()), "{wrong:?} is passed over"),
            Err(InvalidUtf8 { offset }) => return assert_eq!(Some(before + offset), wrong),
        }
        before += piece.len();
    }
    assert_eq!(wrong, None, "{bytes:02x?}");
    assert_eq!(validator.is_complete(), std::str::from_utf8(bytes).is_ok(), "{bytes:02x?}");
}

/// The first byte after which no text can follow: RFC 3629 §4, as its table has it.
fn first_wrong(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let (tail, second) = match first {
            0x00..=0x7f => (0, 0x80..=0xbf),
            0xc2..=0xdf => (1, 0x80..=0xbf),
            0xe0 => (2, 0xa0..=0xbf),
            0xe1..=0xec | 0xee | 0xef => (2, 0x80..=0xbf),
            0xed => (2, 0x80..=0x9f),
            0xf0 => (3, 0x90..=0xbf),
            0xf1..=0xf3 => (3, 0x80..=0xbf),
            0xf4 => (3, 0x80..=0x8f),
            _ => return Some(at),
        };
        for place in 1..=tail {
            let range = if place == 1 { second.clone() } else { 0x80..=0xbf };
            match bytes.get(at + place) {
                Some(byte) if range.contains(byte) => {}
                Some(_) => return Some(at + place),
                None => return None,
            }
        }
        at += 1 + tail;
    }
    None
}
