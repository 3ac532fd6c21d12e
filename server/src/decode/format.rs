//! In what form the bytes are given.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use clap::ValueEnum;

use crate::decode::{dump, hex, stream};

/// How bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Hexadecimal digits, alone or as xxd, hexdump -C, od -tx1 and Wireshark print them
    Hex,
    /// Base64, of either alphabet, padded or not
    Base64,
    /// The bytes themselves
    Raw,
}

/// Bytes, and the form in which they came, in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bytes {
    pub(crate) bytes: Vec<u8>,
    pub(crate) format: &'static str,
}

impl Format {
    /// The bytes that `input` stands for in this form.
    pub(crate) fn read(self, input: Vec<u8>) -> Result<Bytes, String> {
        match self {
            Self::Hex => read_hex(text(&input).ok_or("this is no text, so it has no hexadecimal digits")?),
            Self::Base64 => read_base64(text(&input).ok_or("this is no text, so it is no base64")?),
            Self::Raw => Ok(Bytes { bytes: input, format: "raw bytes" }),
        }
    }

    /// The bytes that `input` stands for in the form that it seems to have.
    pub(crate) fn detect(input: Vec<u8>) -> Result<Bytes, String> {
        // Printable text is no frame: each of its bytes, as a frame's first, would set a reserved bit.
        let Some(text) = text(&input).filter(|text| is_printable(text)) else {
            return Self::Raw.read(input);
        };
        if stream::HeadKind::of(text.as_bytes()).is_some() {
            return Self::Raw.read(input);
        }
        read_hex(text).or_else(|not_hex| {
            // Digits that stand apart and are not all digits are a slip, not base64.
            let base64 =
                if text.trim().contains([' ', '\t']) { Err("it has blanks".to_owned()) } else { read_base64(text) };
            base64.map_err(|not_base64| {
                format!(
                    "this is neither hexadecimal ({not_hex}) nor base64 ({not_base64}). For text that is meant as it \
                     stands, give --format raw"
                )
            })
        })
    }
}

fn read_hex(text: &str) -> Result<Bytes, String> {
    match dump::parse(text) {
        Some(bytes) => Ok(Bytes { bytes: bytes?, format: "hexadecimal digits with offsets" }),
        None => Ok(Bytes { bytes: hex::parse(text)?, format: "hexadecimal digits" }),
    }
}

fn read_base64(text: &str) -> Result<Bytes, String> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let url_safe = letters.iter().any(|letter| b"-_".contains(letter));
    let alphabet = if url_safe { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let bytes = GeneralPurpose::new(alphabet, LENIENT).decode(letters).map_err(|error| error.to_string())?;
    Ok(Bytes { bytes, format: "base64" })
}

/// The input as text, without the mark that some editors put before it.
fn text(input: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(input).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::Format;

    const HELLO: [u8; 7] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

    #[test]
    fn every_form_is_recognised() {
        for (input, format) in [
            (&b"81 05 48 65 6c 6c 6f\n"[..], "hexadecimal digits"),
            (b"\xef\xbb\xbf81 05 48 65 6c 6c 6f\r\n", "hexadecimal digits"),
            (b"00000000: 8105 4865 6c6c 6f  ..Hello\n", "hexadecimal digits with offsets"),
            (b"gQVIZWxsbw==\n", "base64"),
            (b"gQVIZWxsbw", "base64"),
            (&HELLO, "raw bytes"),
        ] {
            let found = Format::detect(input.to_vec()).unwrap();
            assert_eq!((found.bytes.as_slice(), found.format), (&HELLO[..], format));
        }
        let close = Format::detect(b"iAID6A".to_vec()).unwrap();
        assert_eq!(close.bytes, [0x88, 2, 3, 0xe8]);
        assert_eq!(Format::detect(b"gv__".to_vec()).unwrap().bytes, [0x82, 0xff, 0xff]);
        let head = b"GET / HTTP/1.1\r\n\r\n";
        assert_eq!(Format::detect(head.to_vec()).unwrap().format, "raw bytes");
    }

    #[test]
    fn what_is_nothing_of_it_is_said() {
        let error = Format::detect(b"81 05 4g".to_vec()).unwrap_err();
        assert!(error.contains("line 1, column 8") && error.contains("--format raw"), "{error}");
        assert!(Format::Hex.read(vec![0xff]).unwrap_err().contains("no text"));
        assert!(Format::Base64.read(b"gQ!=".to_vec()).is_err());
    }
}
