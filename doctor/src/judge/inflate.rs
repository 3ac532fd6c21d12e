//! DEFLATE (RFC 1951), read for what it refers to.
//!
//! The core's codec says whether a message inflates. It does not say how far back a message refers, which decides whether
//! the window and the context takeover that were agreed on were kept to; no library does. A test holds this reader to the
//! core's codec.

mod bits;
mod huffman;

use bits::Bits;
use huffman::Code;

/// What a message inflates to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Inflated {
    pub(super) bytes: Vec<u8>,
    /// The longest distance that it refers back.
    pub(super) farthest: usize,
    /// How far it refers back to before its own beginning.
    pub(super) beyond: usize,
}

/// Why nothing comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is not DEFLATE.
    Invalid,
    /// It ends within a block, which some readers do not notice.
    Cut,
    /// It inflates to more than is looked at.
    TooLong,
}

/// How much is inflated at most: 16 MiB.
const LIMIT: usize = 16 << 20;

/// What a flush ends in and a message does not have on the wire (RFC 7692 §7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// Inflates the payload of a compressed message that follows on `history` (RFC 7692 §7.2.2).
pub(super) fn message(payload: &[u8], history: &[u8]) -> Result<Inflated, Failure> {
    let whole = [payload, &TAIL].concat();
    let mut reader = Reader { bits: Bits::new(&whole), history, inflated: Inflated::default() };
    if payload.is_empty() {
        return Ok(reader.inflated);
    }
    loop {
        let block = reader.block()?;
        if block.last {
            // RFC 7692 §7.2.3.4: after a block with BFINAL the next one begins at a byte.
            reader.bits.skip_to_byte();
            if reader.bits.position() == payload.len() {
                return Ok(reader.inflated);
            }
        }
        if reader.bits.is_at_end() {
            // Of the tail itself the message's last block was made.
            return if block.stored == Some(0) { Ok(reader.inflated) } else { Err(Failure::Cut) };
        }
    }
}

/// Whether the beginning of a message's payload, the rest of which is to come, may be that of one.
pub(super) fn may_begin_message(payload: &[u8], history: &[u8]) -> bool {
    let mut reader = Reader { bits: Bits::new(payload), history, inflated: Inflated::default() };
    loop {
        match reader.block() {
            Ok(block) if block.last => reader.bits.skip_to_byte(),
            Ok(_) => {}
            Err(failure) => return failure != Failure::Invalid,
        }
    }
}

/// Inflates a stream up to its last block; what follows is not looked at.
pub(super) fn stream(bytes: &[u8]) -> Result<Inflated, Failure> {
    let mut reader = Reader { bits: Bits::new(bytes), history: &[], inflated: Inflated::default() };
    while !reader.block()?.last {}
    Ok(reader.inflated)
}

struct Reader<'a> {
    bits: Bits<'a>,
    history: &'a [u8],
    inflated: Inflated,
}

/// A block that was read.
struct Block {
    last: bool,
    /// The length of a stored block.
    stored: Option<usize>,
}

impl Reader<'_> {
    fn block(&mut self) -> Result<Block, Failure> {
        let last = self.bits.take(1)? == 1;
        let stored = match self.bits.take(2)? {
            0 => Some(self.stored()?),
            1 => {
                self.coded(&Code::fixed_lengths(), &Code::fixed_distances())?;
                None
            }
            2 => {
                let (lengths, distances) = self.codes()?;
                self.coded(&lengths, &distances)?;
                None
            }
            _ => return Err(Failure::Invalid),
        };
        Ok(Block { last, stored })
    }

    fn stored(&mut self) -> Result<usize, Failure> {
        self.bits.skip_to_byte();
        let (length, complement) = (self.bits.take(16)?, self.bits.take(16)?);
        if length ^ complement != 0xffff {
            return Err(Failure::Invalid);
        }
        for _ in 0..length {
            let byte = self.bits.take(8)?;
            self.push(byte.to_le_bytes()[0])?;
        }
        Ok(length as usize)
    }

    /// RFC 1951 §3.2.7: the codes of a block that brings its own.
    fn codes(&mut self) -> Result<(Code, Code), Failure> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let literals = self.bits.take(5)? as usize + 257;
        let distances = self.bits.take(5)? as usize + 1;
        let of_lengths = self.bits.take(4)? as usize + 4;
        if literals > 286 || distances > 30 {
            return Err(Failure::Invalid);
        }
        let mut lengths = [0_u8; 19];
        for &place in &ORDER[..of_lengths] {
            lengths[place] = self.bits.take(3)?.to_le_bytes()[0];
        }
        let code = Code::of_code_lengths(&lengths)?;
        let mut lengths = Vec::with_capacity(literals + distances);
        while lengths.len() < literals + distances {
            let (length, times) = match code.read(&mut self.bits)? {
                length @ 0..=15 => (length.to_le_bytes()[0], 1),
                16 => (*lengths.last().ok_or(Failure::Invalid)?, self.bits.take(2)? + 3),
                17 => (0, self.bits.take(3)? + 3),
                _ => (0, self.bits.take(7)? + 11),
            };
            lengths.extend(std::iter::repeat_n(length, times as usize));
        }
        if lengths.len() > literals + distances || lengths[256] == 0 {
            return Err(Failure::Invalid);
        }
        Ok((Code::of_literals(&lengths[..literals])?, Code::of_distances(&lengths[literals..])?))
    }

    fn coded(&mut self, lengths: &Code, distances: &Code) -> Result<(), Failure> {
        loop {
            match lengths.read(&mut self.bits)? {
                literal @ 0..=255 => self.push(literal.to_le_bytes()[0])?,
                256 => return Ok(()),
                symbol => {
                    let length = self.extended(symbol - 257, &LENGTHS)?;
                    let symbol = distances.read(&mut self.bits)?;
                    let distance = self.extended(symbol, &DISTANCES)?;
                    self.copy(length, distance)?;
                }
            }
        }
    }

    /// The number that a symbol begins and further bits end.
    fn extended(&mut self, symbol: u16, table: &[(u16, u8)]) -> Result<usize, Failure> {
        let &(base, more) = table.get(usize::from(symbol)).ok_or(Failure::Invalid)?;
        Ok(usize::from(base) + self.bits.take(more.into())? as usize)
    }

    fn copy(&mut self, length: usize, distance: usize) -> Result<(), Failure> {
        self.inflated.farthest = self.inflated.farthest.max(distance);
        for _ in 0..length {
            let written = self.inflated.bytes.len();
            let byte = if distance <= written {
                self.inflated.bytes[written - distance]
            } else {
                let beyond = distance - written;
                self.inflated.beyond = self.inflated.beyond.max(beyond);
                let at = self.history.len().checked_sub(beyond).ok_or(Failure::Invalid)?;
                self.history[at]
            };
            self.push(byte)?;
        }
        Ok(())
    }

    fn push(&mut self, byte: u8) -> Result<(), Failure> {
        if self.inflated.bytes.len() == LIMIT {
            return Err(Failure::TooLong);
        }
        self.inflated.bytes.push(byte);
        Ok(())
    }
}

/// RFC 1951 §3.2.5: the least length of each symbol from 257 on, and how many bits follow it.
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// The same of distances.
const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];

#[cfg(test)]
mod tests;
