//! How evidence is written: bytes in hex, text as it is.

use std::fmt::Write as _;

/// How many bytes of evidence are shown.
const BYTES: usize = 16;
/// How many characters of text are shown.
const CHARACTERS: usize = 100;

/// `81 05 68`, and `…` where there are more than are shown.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (place, byte) in bytes.iter().take(BYTES).enumerate() {
        let _ = write!(text, "{}{byte:02x}", if place == 0 { "" } else { " " });
    }
    text + if bytes.len() > BYTES { " …" } else { "" }
}

/// The text, control characters escaped, what is not UTF-8 replaced.
pub(super) fn text(bytes: &[u8]) -> String {
    let shown = &bytes[..bytes.len().min(CHARACTERS * 4)];
    characters(&String::from_utf8_lossy(shown))
}

/// The same of what is text already.
pub(super) fn characters(text: &str) -> String {
    let mut quoted = String::new();
    let mut characters = text.chars();
    for character in characters.by_ref().take(CHARACTERS) {
        if character.is_control() || character == '\u{feff}' {
            quoted.extend(character.escape_default());
        } else {
            quoted.push(character);
        }
    }
    if characters.next().is_some() { quoted + "…" } else { quoted }
}
