//! Hexadecimal digits, two a byte.

use crate::file::bytes::{InRows, Row};

/// The bytes of a text that is nothing but digits, with or without blanks, punctuation, `0x` and `\x` between them.
///
/// ```
/// assert_eq!(ws101_doctor::file::hex_digits("0x81, 05:FF").as_deref(), Ok(&[0x81, 5, 0xff][..]));
/// assert!(ws101_doctor::file::hex_digits("81 0g").unwrap_err().contains("line 1, column 5"));
/// ```
///
/// # Errors
/// The line and column of what is no digit, or of a byte that has one digit.
pub fn parse(text: &str) -> Result<Vec<u8>, String> {
    rows(text).map(|(bytes, _)| bytes)
}

/// The same, and the lines that they stand in.
pub(super) fn rows(text: &str) -> Result<InRows, String> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let row = Row { at: bytes.len(), line: number + 1 };
        let mut at = 0;
        while at < line.len() {
            let rest = &line[at..];
            if let Some(mark) = ["0x", "0X", "\\x"].iter().find(|mark| rest.starts_with(**mark)) {
                at += mark.len();
            } else if rest.starts_with(SEPARATORS) {
                at += 1;
            } else {
                let digits = digits(rest);
                let place = |column: usize| format!("line {}, column {}", number + 1, column + 1);
                let after = rest[digits.len()..].chars().next().filter(|after| !SEPARATORS.contains(after));
                // A mark may follow: 0x81\x05.
                if let Some(character) =
                    after.filter(|&after| digits.is_empty() || after != '\\' && digits.len() % 2 == 1)
                {
                    return Err(format!("{}: {character:?} is no hexadecimal digit", place(at + digits.len())));
                }
                if digits.len() % 2 == 1 {
                    return Err(format!("{}: {digits} has an odd number of digits, and a byte has two", place(at)));
                }
                bytes.extend(hex::decode(digits).map_err(|error| format!("{}: {error}", place(at)))?);
                at += digits.len();
            }
        }
        rows.extend((bytes.len() > row.at).then_some(row));
    }
    Ok((bytes, rows))
}

/// The digits that a text begins with.
pub(super) fn digits(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_hexdigit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    // In 0x810x05 the second mark begins with a digit of its own.
    let before_mark = digits.strip_suffix('0').filter(|_| rest.starts_with(['x', 'X']));
    before_mark.unwrap_or(digits)
}

const SEPARATORS: &[char] = &[' ', '\t', '\r', ',', ';', ':', '-', '_', '.', '"', '\'', '[', ']', '{', '}', '(', ')'];

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn digits_are_read_however_they_are_parted() {
        for text in [
            "8105ff",
            "81 05 FF",
            "0x81, 0x05, 0xff",
            "{0x81,0x05,0xFF};",
            "0x810x050xff",
            "\\x81\\x05\\xff",
            "81:05:ff\n",
            "8105\r\n\r\nff\r\n",
            "[0x8105, 0xff]",
        ] {
            assert_eq!(parse(text).as_deref(), Ok(&[0x81, 5, 0xff][..]), "{text}");
        }
        assert_eq!(parse("").as_deref(), Ok(&[][..]));
    }

    #[test]
    fn what_is_no_digit_is_pointed_at() {
        for (text, hint) in [
            ("81 0g", "line 1, column 5: 'g' is no"),
            ("81g", "line 1, column 3: 'g' is no"),
            ("81\n5", "line 2, column 1: 5 has an odd number"),
            ("81 xy", "line 1, column 4: 'x' is no"),
            ("世", "line 1, column 1: '世'"),
            ("0x", ""),
        ] {
            match parse(text) {
                Err(error) => assert!(error.contains(hint), "{text}: {error}"),
                Ok(bytes) => assert!(bytes.is_empty() && hint.is_empty(), "{text}: {bytes:?}"),
            }
        }
    }
}
