//! In what form the bytes are given.

use clap::ValueEnum;
use ws101_doctor::file::{Notation, Noted};

/// How bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Hexadecimal digits, alone or as xxd, hexdump -C, od -tx1 and Wireshark print them
    Hex,
    /// Base64, of either alphabet, padded or not
    Base64,
    /// The bytes themselves
    Raw,
}

/// The bytes that `input` stands for, in this form or in the one that it seems to have.
pub(super) fn read(input: Vec<u8>, format: Option<Format>) -> Result<Noted, String> {
    match format {
        Some(Format::Hex) => Notation::Hex.read(input),
        Some(Format::Base64) => Notation::Base64.read(input),
        Some(Format::Raw) => Notation::Raw.read(input),
        None => Notation::detect(input)
            .map_err(|why| format!("{why}. For text that is meant as it stands, give --format raw")),
    }
}
