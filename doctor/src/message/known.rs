//! The form of the tables of known lines.

use crate::Cause;

/// What one program writes.
pub(super) struct Table {
    /// The program, as people call it.
    pub(super) source: &'static str,
    pub(super) lines: &'static [Line],
}

/// One line that a program writes.
pub(super) struct Line {
    /// A pattern, in the form that `text` describes.
    pub(super) text: &'static str,
    pub(super) says: Says,
}

/// What a line says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Says {
    /// It comes from these, the likeliest first.
    Causes(&'static [Cause]),
    /// Its last number is the status code of an HTTP response.
    Status,
    /// Its last number is the status code of a Close frame.
    CloseCode,
    /// Its three numbers are RSV1, RSV2 and RSV3.
    ReservedBits,
    /// Its number is the reserved bits in their place in the first byte, in hex.
    ReservedBitsInPlace,
    /// Its number is an opcode, in decimal.
    Opcode,
    /// Its number is an opcode, in hex.
    OpcodeInHex,
    /// That the header is invalid, as Chromium says it.
    InvalidHeader,
    /// Nothing, if the line ends here.
    NothingMore,
}

/// A table: `"pattern" => [Causes, …];` or `"pattern" => Kind;` a line.
macro_rules! table {
    ($source:literal: $($text:literal => $says:tt;)+) => {
        pub(super) static TABLE: $crate::message::known::Table = $crate::message::known::Table {
            source: $source,
            lines: &[$($crate::message::known::Line {
                text: $text,
                says: $crate::message::known::says!($says),
            }),+],
        };
    };
}

macro_rules! says {
    ([$($cause:ident),+]) => {
        $crate::message::known::Says::Causes(&[$($crate::Cause::$cause),+])
    };
    ($kind:ident) => {
        $crate::message::known::Says::$kind
    };
}

pub(super) use {says, table};
