//! Bytes as people write them.

/// Pairs of hexadecimal digits and text in quotation marks of either kind, with blanks between them; `*126` behind one
/// means so often.
///
/// # Errors
/// The word that is neither.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let quoted = rest[1..].split_once(mark);
            let (quoted, after) = quoted.ok_or_else(|| format!("{rest}: where does the text end?"))?;
            (quoted.as_bytes().to_vec(), after)
        } else {
            let end = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
            (hex::decode(&rest[..end]).map_err(|error| format!("{rest}: {error}"))?, &rest[end..])
        };
        let (times, after) = match after.strip_prefix('*') {
            Some(number) => {
                let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
                (number[..end].parse().map_err(|_| format!("{after}: how often?"))?, &number[end..])
            }
            None => (1, after),
        };
        if !(after.is_empty() || after.starts_with(' ')) {
            return Err(format!("{after}: a blank was expected"));
        }
        bytes.extend(word.repeat(times));
        rest = after.trim_start();
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn hex_and_text_are_read_as_often_as_they_say() {
        assert_eq!(bytes("81 05 \"he llo\" 88").unwrap(), b"\x81\x05he llo\x88");
        assert_eq!(bytes("'{\"a\"}' 41*3 0a0b*2").unwrap(), b"{\"a\"}AAA\x0a\x0b\x0a\x0b");
        assert_eq!(bytes("  ").unwrap(), b"");
        assert_eq!(bytes("\"你\"*2").unwrap(), "你你".as_bytes());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, word) in [
            ("8", "8"),
            ("xy", "xy"),
            ("\"abc", "where"),
            ("41*", "often"),
            ("41*x", "often"),
            ("\"a\"b", "blank"),
            ("41,42", "blank"),
        ] {
            let error = bytes(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
