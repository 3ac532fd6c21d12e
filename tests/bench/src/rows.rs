//! What is timed: one row for each kind of work and size.

use crate::entrant::Entrant;
use crate::wire::Content;
use crate::{decode, deflate, encode, opening};

/// The sizes of messages, in bytes.
pub const SIZES: [usize; 5] = [16, 125, 1024, 64 << 10, 1 << 20];

/// How much a read gives at most, in bytes: all that a usual buffer holds, or one TCP segment.
pub const READS: [usize; 2] = [64 << 10, 1460];

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Reading messages of `size` bytes in reads of `read` bytes.
    Decode {
        /// What the messages are made of.
        content: Content,
        /// Bytes of a message.
        size: usize,
        /// Bytes of a read.
        read: usize,
    },
    /// Writing masked messages of `size` bytes.
    Encode {
        /// Bytes of a message.
        size: usize,
    },
    /// Writing compressed messages of `size` bytes.
    Compress {
        /// Bytes of a message.
        size: usize,
    },
    /// Reading compressed messages of `size` bytes.
    Inflate {
        /// Bytes of a message, inflated.
        size: usize,
    },
    /// Deriving the accept key.
    AcceptKey,
    /// Answering a browser's request.
    Request,
}

impl Row {
    /// All rows, those of a table one after the other.
    pub fn all() -> Vec<Self> {
        let mut rows = decode_rows();
        rows.extend(SIZES.map(|size| Self::Encode { size }));
        rows.extend(deflate::SIZES.map(|size| Self::Compress { size }));
        rows.extend(deflate::SIZES.map(|size| Self::Inflate { size }));
        rows.extend([Self::AcceptKey, Self::Request]);
        rows
    }

    /// The table that it stands in.
    pub fn table(self) -> String {
        match self {
            Self::Decode { content, read, .. } => format!("decode/{}/reads of {}", content.name(), bytes(read)),
            Self::Encode { .. } => "encode/masked".to_owned(),
            Self::Compress { .. } | Self::Inflate { .. } => "deflate".to_owned(),
            Self::AcceptKey | Self::Request => "handshake".to_owned(),
        }
    }

    /// Its column there.
    pub fn column(self) -> String {
        match self {
            Self::Decode { size, .. } | Self::Encode { size } => bytes(size),
            Self::Compress { size } => format!("compress {}", bytes(size)),
            Self::Inflate { size } => format!("inflate {}", bytes(size)),
            Self::AcceptKey => "accept key".to_owned(),
            Self::Request => "whole request".to_owned(),
        }
    }

    /// Its name: table and column.
    pub fn name(self) -> String {
        format!("{}/{}", self.table(), self.column())
    }

    /// The name of the row that counts allocations where this one times.
    pub fn allocations_name(self) -> String {
        format!("memory/allocations/{}", self.name())
    }

    /// Who takes part, verified, and how many operations a pass has.
    ///
    /// # Errors
    /// The contestant that failed, and how.
    pub fn entrants(self) -> Result<(Vec<Entrant>, usize), String> {
        let entrants = match self {
            Self::Decode { content, size, read } => decode::entrants(content, size, read),
            Self::Encode { size } => encode::entrants(size),
            Self::Compress { size } => deflate::compress_entrants(size),
            Self::Inflate { size } => deflate::inflate_entrants(size),
            Self::AcceptKey => opening::accept_key_entrants(),
            Self::Request => opening::request_entrants(),
        };
        entrants.map_err(|error| format!("{}: {error}", self.name()))
    }
}

/// The rows of reading.
pub fn decode_rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for content in Content::ALL {
        for read in READS {
            rows.extend(SIZES.map(|size| Row::Decode { content, size, read }));
        }
    }
    rows
}

/// A number of bytes as people write it.
pub fn bytes(count: usize) -> String {
    match count {
        mebibytes if count >= 1 << 20 && count.is_multiple_of(1 << 20) => format!("{} MiB", mebibytes >> 20),
        kibibytes if count >= 1 << 10 && count.is_multiple_of(1 << 10) => format!("{} KiB", kibibytes >> 10),
        _ => format!("{count} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, bytes};
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_tables_are_not_torn() {
        let rows = Row::all();
        let names: HashSet<_> = rows.iter().map(|row| row.name()).collect();
        assert_eq!(names.len(), rows.len());
        let mut tables: Vec<_> = rows.iter().map(|row| row.table()).collect();
        tables.dedup();
        assert_eq!(tables.len(), tables.iter().collect::<HashSet<_>>().len());
    }

    #[test]
    fn sizes_are_written_in_the_largest_unit_that_fits() {
        assert_eq!([16, 1024, 1460, 64 << 10, 1 << 20].map(bytes), ["16 B", "1 KiB", "1460 B", "64 KiB", "1 MiB"]);
    }
}
