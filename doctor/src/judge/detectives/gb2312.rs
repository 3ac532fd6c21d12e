//! What bytes read as in GB 2312, the part of GBK that simplified Chinese is written with.

/// Rows A1 (punctuation), A3 (full-width forms) and B0 to F7 (the characters), 94 places each; an ideographic blank
/// stands where there is nothing.
const ROWS: &str = include_str!("gb2312.txt");

/// The text, where all of it is ASCII and pairs of GB 2312, and there is a pair; a half pair at the end counts as cut.
pub(in crate::judge) fn read(bytes: &[u8]) -> Option<String> {
    let rows: Vec<Vec<char>> = ROWS.lines().map(|row| row.chars().collect()).collect();
    let mut text = String::new();
    let mut pairs = 0;
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii() {
            text.push(char::from(first));
            at += 1;
            continue;
        }
        let Some(&second) = bytes.get(at + 1) else { break };
        let row = match first {
            0xa1 => 0,
            0xa3 => 1,
            0xb0..=0xf7 => usize::from(first - 0xb0) + 2,
            _ => return None,
        };
        let place = usize::from(second.checked_sub(0xa1)?);
        let character = *rows.get(row)?.get(place)?;
        if character == '\u{3000}' && (first, second) != (0xa1, 0xa1) {
            return None;
        }
        text.push(character);
        pairs += 1;
        at += 2;
    }
    (pairs > 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{ROWS, read};

    #[test]
    fn every_row_has_94_places() {
        assert_eq!(ROWS.lines().count(), 74);
        assert!(ROWS.lines().all(|row| row.chars().count() == 94));
    }

    #[test]
    fn text_is_read() {
        let pairs = [0xc4, 0xe3, 0xba, 0xc3, 0xa3, 0xac];
        assert_eq!(read(&[b"x=", &pairs[..]].concat()).as_deref(), Some("x=\u{4f60}\u{597d}\u{ff0c}"));
        assert_eq!(read(&[0xca, 0xc0, 0xbd, 0xe7]).as_deref(), Some("\u{4e16}\u{754c}"));
        assert_eq!(read(b"plain"), None);
        assert_eq!(read(b"caf\xe9 noir"), None);
        assert_eq!(read(b"\xff\xfe"), None);
        assert_eq!(read("\u{4f60}\u{597d}".as_bytes()), None, "UTF-8 is not");
    }
}
