//! Masking against the RFC's own formula, at every length, offset and alignment.

use ws101_core::{MaskingKey, apply_mask, copy_masked};

/// §5.3: "transformed-octet-i = original-octet-i XOR masking-key-octet-j" with "j = i MOD 4".
fn naive(data: &[u8], key: [u8; 4], offset: u64) -> Vec<u8> {
    (offset..).zip(data).map(|(i, byte)| byte ^ key[usize::try_from(i % 4).unwrap()]).collect()
}

#[test]
fn every_length_offset_and_alignment() {
    let key = [0x37, 0xfa, 0x21, 0x3d];
    let data: Vec<u8> = (0_u16..300).map(|i| (i % 251).to_le_bytes()[0]).collect();
    for length in (0..140).chain([255, 256, 257]) {
        for offset in [0, 1, 2, 3, 4, 5, u64::from(u32::MAX), u64::MAX - 400] {
            for alignment in 0..8 {
                let piece = &data[alignment..alignment + length.min(data.len() - alignment)];
                let expected = naive(piece, key, offset);
                let mut place = data.clone();
                apply_mask(&mut place[alignment..alignment + piece.len()], MaskingKey(key), offset);
                assert_eq!(place[alignment..alignment + piece.len()], expected);
                assert_eq!(place[..alignment], data[..alignment], "what stands before is left alone");
                assert_eq!(place[alignment + piece.len()..], data[alignment + piece.len()..], "and what stands behind");

                let mut out = vec![0xa5; piece.len() + 3];
                copy_masked(piece, &mut out, MaskingKey(key), offset);
                assert_eq!(out[..piece.len()], expected);
                assert_eq!(out[piece.len()..], [0xa5; 3]);
            }
        }
    }
}

#[test]
fn masking_in_pieces_is_masking_whole() {
    let key = MaskingKey([1, 2, 3, 4]);
    let mut whole = [0x55; 100];
    apply_mask(&mut whole, key, 0);
    for cut in 0..=100 {
        let mut pieces = [0x55; 100];
        let (first, second) = pieces.split_at_mut(cut);
        apply_mask(first, key, 0);
        apply_mask(second, key, cut as u64);
        assert_eq!(pieces, whole);
    }
}

#[test]
fn a_target_that_is_too_short_takes_what_fits() {
    let mut out = [0; 3];
    copy_masked(b"Hello", &mut out, MaskingKey([0; 4]), 0);
    assert_eq!(&out, b"Hel");
}
