//! Bytes as a person reads them on one line.

use std::fmt::Write;

use ws101_core::Opcode;

/// Characters of text that are shown.
const CHARACTERS: usize = 72;

/// Bytes that are shown as hexadecimal digits.
const BYTES: usize = 24;

/// Text in quotes where the bytes are UTF-8, else hexadecimal digits; the beginning of what is longer, and `…`.
pub(crate) fn preview(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| hex(bytes), text)
}

/// The text in quotes, on one line: nothing in it can move the cursor or colour the terminal.
pub(crate) fn text(text: &str) -> String {
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// Text that can neither move a terminal's cursor nor colour it.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => printable.push(character),
            '\r' => {}
            _ if character.is_control() => printable.extend(character.escape_default()),
            _ => printable.push(character),
        }
    }
    printable
}

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for (place, byte) in bytes.iter().take(BYTES).enumerate() {
        let blank = if place == 0 { "" } else { " " };
        let _ = write!(digits, "{blank}{byte:02x}");
    }
    if bytes.len() > BYTES {
        digits.push('…');
    }
    digits
}

/// What the RFC calls a frame of this opcode, in small letters.
pub(crate) const fn opcode(opcode: Opcode) -> &'static str {
    match opcode {
        Opcode::Continuation => "continuation",
        Opcode::Text => "text",
        Opcode::Binary => "binary",
        Opcode::Close => "close",
        Opcode::Ping => "ping",
        Opcode::Pong => "pong",
    }
}

/// A count and its noun.
pub(crate) fn bytes(count: u64) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

#[cfg(test)]
mod tests {
    use super::{bytes, preview};

    #[test]
    fn text_is_quoted_and_everything_else_is_in_digits() {
        assert_eq!(preview("Hello, 世界".as_bytes()), "\"Hello, 世界\"");
        assert_eq!(preview(b"\x1b[31m\n\x07"), r#""\u{1b}[31m\n\u{7}""#);
        assert_eq!(preview(b"\xff\x00"), "ff 00");
        assert_eq!(preview(b""), "\"\"");
    }

    #[test]
    fn what_is_long_is_cut_between_characters() {
        let long = "世".repeat(73);
        assert_eq!(preview(long.as_bytes()), format!("\"{}\"…", "世".repeat(72)));
        assert_eq!(preview("世".repeat(72).as_bytes()), format!("\"{}\"", "世".repeat(72)));
        assert_eq!(preview(&[0xff; 25]), format!("{}ff…", "ff ".repeat(23)));
    }

    #[test]
    fn one_is_one() {
        assert_eq!((bytes(0), bytes(1), bytes(2)), ("0 bytes".to_owned(), "1 byte".to_owned(), "2 bytes".to_owned()));
    }
}
