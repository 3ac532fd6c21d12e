//! The text that bytes begin with. What stands behind it is not looked at: there may be megabytes, and a detective asks
//! for many frames.

use std::borrow::Cow;

use ws101_core::{MaskingKey, apply_mask};

/// Bytes that are read at once; a multiple of a masking key.
const PIECE: usize = 256;

/// Characters, blanks and line ends. A character that is cut at the end is none.
pub(in crate::judge) fn text_of(bytes: &[u8]) -> &str {
    let mut end = 0;
    loop {
        let valid = valid(&bytes[end..bytes.len().min(end + PIECE)]);
        let control = |character: char| character.is_control() && !matches!(character, '\r' | '\n' | '\t');
        let length = valid.find(control).unwrap_or(valid.len());
        end += length;
        if length < valid.len() || valid.is_empty() {
            return self::valid(&bytes[..end]);
        }
    }
}

/// Characters of any kind.
pub(in crate::judge) fn valid(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// The same of a payload that may be masked.
pub(in crate::judge) fn valid_unmasked(payload: &[u8], key: Option<MaskingKey>) -> Cow<'_, str> {
    let Some(key) = key else { return valid(payload).into() };
    let mut bytes = Vec::new();
    let mut end = 0;
    for piece in payload.chunks(PIECE) {
        let start = bytes.len();
        bytes.extend_from_slice(piece);
        apply_mask(&mut bytes[start..], key, 0);
        match std::str::from_utf8(&bytes[end..]) {
            Ok(text) => end += text.len(),
            Err(error) => {
                end += error.valid_up_to();
                if error.error_len().is_some() {
                    break;
                }
            }
        }
    }
    valid(&bytes[..end]).to_owned().into()
}

#[cfg(test)]
mod tests {
    use ws101_core::{MaskingKey, apply_mask};

    use super::{PIECE, text_of, valid_unmasked};

    #[test]
    fn text_ends_where_it_ends() {
        for length in [0, 1, PIECE - 2, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let text = format!("{}\u{4f60}\n\u{e9}", "a".repeat(length));
            for (behind, valid) in [(&b""[..], 0), (b"\xff", 0), (b"\xe4\xbd", 0), (b"\0a", 2), (b"\xc2\x85a", 3)] {
                let bytes = [text.as_bytes(), behind].concat();
                assert_eq!(text_of(&bytes), text, "{length} {behind:?}");
                for key in [None, Some(MaskingKey(*b"\x37\xfa\x21\x3d"))] {
                    let mut payload = bytes.clone();
                    if let Some(key) = key {
                        apply_mask(&mut payload, key, 0);
                    }
                    let found = valid_unmasked(&payload, key);
                    assert_eq!(found.as_bytes(), &bytes[..text.len() + valid], "{length} {behind:?} {key:?}");
                }
            }
        }
    }
}
