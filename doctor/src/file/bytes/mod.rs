//! Bytes that are written as text.

mod digits;
mod dump;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::file::heads::HeadKind;
pub use digits::parse as hex_digits;

/// How bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// Hexadecimal digits, alone or with offsets, as xxd, `hexdump -C`, `od -tx1` and Wireshark print them.
    Hex,
    /// Base64, of either alphabet, padded or not.
    Base64,
    /// The bytes themselves.
    Raw,
}

/// Bytes, and how they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the type says what they are")]
pub struct Noted {
    pub bytes: Vec<u8>,
    pub notation: Notation,
    /// The same in a few words, e.g. `hexadecimal digits with offsets`.
    pub words: &'static str,
    /// The lines of the text that the bytes stand in, in their order: each line of digits, and base64 that is in one
    /// line; empty for base64 in several lines, which do not end where bytes do, and for raw bytes.
    pub rows: Vec<Row>,
}

/// Bytes, and the lines that they stand in.
type InRows = (Vec<u8>, Vec<Row>);

/// Where a line of a text begins in the bytes that the text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// How many bytes stand before it.
    pub at: usize,
    /// The line, from 1.
    pub line: usize,
}

impl Notation {
    /// The bytes that `input` stands for in this notation.
    ///
    /// # Errors
    /// What is not of this notation, and where.
    pub fn read(self, input: Vec<u8>) -> Result<Noted, String> {
        match self {
            Self::Hex => read_hex(text(&input).ok_or("this is no text, so it has no hexadecimal digits")?),
            Self::Base64 => read_base64(text(&input).ok_or("this is no text, so it is no base64")?),
            Self::Raw => Ok(Noted { bytes: input, notation: Self::Raw, words: "raw bytes", rows: Vec::new() }),
        }
    }

    /// The bytes that `input` stands for in the notation that it seems to have.
    ///
    /// ```
    /// use ws101_doctor::file::Notation;
    /// let read = Notation::detect(b"gQVIZWxsbw==\n".to_vec())?;
    /// assert_eq!((read.notation, read.bytes.as_slice()), (Notation::Base64, &b"\x81\x05Hello"[..]));
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    /// Why it is none of them.
    pub fn detect(input: Vec<u8>) -> Result<Noted, String> {
        // Printable text is no frame: each of its bytes, as a frame's first, would set a reserved bit.
        let Some(text) = text(&input).filter(|text| is_printable(text)) else {
            return Self::Raw.read(input);
        };
        if HeadKind::of(text.as_bytes()).is_some() {
            return Self::Raw.read(input);
        }
        read_hex(text).or_else(|not_hex| {
            // Digits that stand apart and are not all digits are a slip, not base64.
            let base64 =
                if text.trim().contains([' ', '\t']) { Err("it has blanks".to_owned()) } else { read_base64(text) };
            base64.map_err(|not_base64| format!("this is neither hexadecimal ({not_hex}) nor base64 ({not_base64})"))
        })
    }
}

fn read_hex(text: &str) -> Result<Noted, String> {
    let (read, words) = match dump::parse(text) {
        Some(read) => (read, "hexadecimal digits with offsets"),
        None => (digits::rows(text), "hexadecimal digits"),
    };
    read.map(|(bytes, rows)| Noted { bytes, notation: Notation::Hex, words, rows })
}

fn read_base64(text: &str) -> Result<Noted, String> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let url_safe = letters.iter().any(|letter| b"-_".contains(letter));
    let alphabet = if url_safe { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let bytes = GeneralPurpose::new(alphabet, LENIENT).decode(letters).map_err(|error| error.to_string())?;
    let mut written = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows = match (written.next(), written.next()) {
        (Some((place, _)), None) => vec![Row { at: 0, line: place + 1 }],
        _ => Vec::new(),
    };
    Ok(Noted { bytes, notation: Notation::Base64, words: "base64", rows })
}

/// The input as text, without the mark that some editors put before it.
pub(in crate::file) fn text(input: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(input).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::{Notation, Row};

    const HELLO: [u8; 7] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

    #[test]
    fn every_notation_is_recognised() {
        for (input, words) in [
            (&b"81 05 48 65 6c 6c 6f\n"[..], "hexadecimal digits"),
            (b"\xef\xbb\xbf81 05 48 65 6c 6c 6f\r\n", "hexadecimal digits"),
            (b"00000000: 8105 4865 6c6c 6f  ..Hello\n", "hexadecimal digits with offsets"),
            (b"gQVIZWxsbw==\n", "base64"),
            (b"gQVIZWxsbw", "base64"),
            (&HELLO, "raw bytes"),
        ] {
            let found = Notation::detect(input.to_vec()).unwrap();
            assert_eq!((found.bytes.as_slice(), found.words), (&HELLO[..], words));
        }
        let close = Notation::detect(b"iAID6A".to_vec()).unwrap();
        assert_eq!(close.bytes, [0x88, 2, 3, 0xe8]);
        assert_eq!(Notation::detect(b"gv__".to_vec()).unwrap().bytes, [0x82, 0xff, 0xff]);
        let head = b"GET / HTTP/1.1\r\n\r\n";
        assert_eq!(Notation::detect(head.to_vec()).unwrap().notation, Notation::Raw);
    }

    #[test]
    fn the_lines_of_a_text_are_told() {
        for (text, rows) in [
            ("81 05 48 65\n\n  \n6c6c6f\n", &[(0, 1), (4, 4)][..]),
            ("\r\n\"81 05\",\r\n\"48\"\r\n", &[(0, 2), (2, 3)]),
            ("\n00000000: 8105 4865  ..He\n00000004: 6c6c 6f    llo\n", &[(0, 2), (4, 3)]),
            ("\ngQVIZWxsbw==\n", &[(0, 2)]),
            ("gQVIZ\nWxsbw==\n", &[]),
        ] {
            let found = Notation::detect(text.as_bytes().to_vec()).unwrap();
            let rows: Vec<_> = rows.iter().map(|&(at, line)| Row { at, line }).collect();
            assert_eq!(found.rows, rows, "{text}");
        }
        assert_eq!(Notation::detect(HELLO.to_vec()).unwrap().rows, []);
    }

    #[test]
    fn what_is_nothing_of_it_is_said() {
        let error = Notation::detect(b"81 05 4g".to_vec()).unwrap_err();
        assert!(error.contains("line 1, column 8") && error.contains("blanks"), "{error}");
        assert!(Notation::Hex.read(vec![0xff]).unwrap_err().contains("no text"));
        assert!(Notation::Base64.read(b"gQ!=".to_vec()).is_err());
    }
}
