//! Whether a compressed message refers back further than its window reaches.
//!
//! The inflater that does the work has the largest window whatever it is told; Firefox's has that which was agreed on.
//! So the stream (RFC 1951) is followed here beside it, without its text: only lengths and distances are looked at. What
//! is no stream is left to the inflater.

use crate::browser::inflate::ROOM;
use crate::order;

/// A distance that the window does not reach.
pub(super) struct TooFar;

/// Follows a stream.
pub(super) struct Reach {
    window: usize,
    /// What was not followed yet, and the next bit in it.
    bytes: Vec<u8>,
    bit: usize,
    block: Block,
    /// Whether the block is the last of its stream.
    is_final: bool,
    /// What this call of the inflater has written, and what its window has from those before.
    written: usize,
    history: usize,
}

enum Block {
    /// The next is a header.
    None,
    Stored(usize),
    Coded(Box<Codes>),
    /// It is no such stream.
    Broken,
}

/// Why following stops.
enum Stop {
    /// At the end of what there is.
    More,
    Broken,
    TooFar,
}

impl Reach {
    pub(super) const fn new(window_bits: u8) -> Self {
        Self {
            window: 1 << window_bits,
            bytes: Vec::new(),
            bit: 0,
            block: Block::None,
            is_final: false,
            written: 0,
            history: 0,
        }
    }

    /// Follows the stream to the end of `input`, for which the inflater is called anew.
    pub(super) fn follow(&mut self, input: &[u8]) -> Result<(), TooFar> {
        self.bytes.drain(..self.bit / 8);
        self.bit %= 8;
        self.bytes.extend_from_slice(input);
        self.end_call();
        loop {
            let before = self.bit;
            match self.step() {
                Ok(()) => {}
                Err(Stop::More) => {
                    self.bit = before;
                    return Ok(());
                }
                Err(Stop::Broken) => {
                    self.block = Block::Broken;
                    return Ok(());
                }
                Err(Stop::TooFar) => return Err(TooFar),
            }
        }
    }

    /// A header, a symbol with what belongs to it, or what there is of a stored block.
    fn step(&mut self) -> Result<(), Stop> {
        match self.block {
            Block::None => self.header(),
            Block::Stored(0) => {
                self.end_block();
                Ok(())
            }
            Block::Stored(length) => {
                let length = length.min(self.bytes.len() - self.bit / 8);
                if length == 0 {
                    return Err(Stop::More);
                }
                self.bit += length * 8;
                if let Block::Stored(missing) = &mut self.block {
                    *missing -= length;
                }
                self.write(length, None)
            }
            Block::Coded(_) => self.symbol(),
            Block::Broken => Err(Stop::Broken),
        }
    }

    fn header(&mut self) -> Result<(), Stop> {
        let is_final = self.bits(1)? == 1;
        let block = match self.bits(2)? {
            0 => {
                self.bit = self.bit.next_multiple_of(8);
                let (length, complement) = (self.bits(16)?, self.bits(16)?);
                if length ^ complement != 0xffff {
                    return Err(Stop::Broken);
                }
                Block::Stored(length)
            }
            1 => {
                let lengths = [[8; 144].as_slice(), &[9; 112], &[7; 24], &[8; 8]].concat();
                Block::Coded(Codes::new(&lengths, &[5; 30]))
            }
            2 => self.dynamic_codes()?,
            _ => return Err(Stop::Broken),
        };
        (self.is_final, self.block) = (is_final, block);
        Ok(())
    }

    fn dynamic_codes(&mut self) -> Result<Block, Stop> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let (literals, distances) = (self.bits(5)? + 257, self.bits(5)? + 1);
        let count = self.bits(4)? + 4;
        let mut of_lengths = [0; 19];
        for &at in &ORDER[..count] {
            of_lengths[at] = self.bits(3)?;
        }
        let of_lengths = Code::new(&of_lengths);
        let mut lengths = Vec::new();
        while lengths.len() < literals + distances {
            let (length, times) = match self.decode(&of_lengths)? {
                16 => (*lengths.last().ok_or(Stop::Broken)?, self.bits(2)? + 3),
                17 => (0, self.bits(3)? + 3),
                18 => (0, self.bits(7)? + 11),
                length => (length, 1),
            };
            lengths.resize(lengths.len() + times, length);
        }
        let (literals, distances) = (&lengths[..literals], &lengths[literals..literals + distances]);
        Ok(Block::Coded(Codes::new(literals, distances)))
    }

    fn symbol(&mut self) -> Result<(), Stop> {
        let Block::Coded(codes) = std::mem::replace(&mut self.block, Block::Broken) else {
            return Err(Stop::Broken);
        };
        let symbol = self.length_and_distance(&codes);
        self.block = Block::Coded(codes);
        match symbol? {
            None => {
                self.end_block();
                Ok(())
            }
            Some((length, distance)) => self.write(length, distance),
        }
    }

    /// What the next symbol writes, and from how far back; `None` at the end of the block.
    fn length_and_distance(&mut self, codes: &Codes) -> Result<Option<(usize, Option<usize>)>, Stop> {
        let symbol = self.decode(&codes.lengths)?;
        let length = match symbol {
            0..=255 => return Ok(Some((1, None))),
            256 => return Ok(None),
            257..=264 => symbol - 254,
            265..=284 => {
                let extra = (symbol - 261) / 4;
                ((4 + (symbol - 261) % 4) << extra) + 3 + self.bits(extra)?
            }
            285 => 258,
            _ => return Err(Stop::Broken),
        };
        let distance = match self.decode(&codes.distances)? {
            symbol @ 0..=3 => symbol + 1,
            symbol @ 4..=29 => {
                let extra = symbol / 2 - 1;
                ((2 + symbol % 2) << extra) + 1 + self.bits(extra)?
            }
            _ => return Err(Stop::Broken),
        };
        Ok(Some((length, Some(distance))))
    }

    fn decode(&mut self, code: &Code) -> Result<usize, Stop> {
        let (mut word, mut first, mut index) = (0, 0, 0);
        for &count in &code.counts[1..] {
            word |= self.bits(1)?;
            if word < first + count {
                return code.symbols.get(index + word - first).copied().ok_or(Stop::Broken);
            }
            index += count;
            first = (first + count) << 1;
            word <<= 1;
            if word < first {
                return Err(Stop::Broken);
            }
        }
        Err(Stop::Broken)
    }

    fn bits(&mut self, count: usize) -> Result<usize, Stop> {
        let mut value = 0;
        for at in 0..count {
            let byte = self.bytes.get(self.bit / 8).ok_or(Stop::More)?;
            value |= usize::from(byte >> (self.bit % 8) & 1) << at;
            self.bit += 1;
        }
        Ok(value)
    }

    /// So much is written; what is copied must be within reach, call for call.
    fn write(&mut self, mut length: usize, distance: Option<usize>) -> Result<(), Stop> {
        while length > 0 {
            if distance.is_some_and(|distance| distance > self.written + self.history) {
                return Err(Stop::TooFar);
            }
            let now = length.min(ROOM - self.written);
            self.written += now;
            length -= now;
            if self.written == ROOM {
                self.end_call();
            }
        }
        Ok(())
    }

    fn end_call(&mut self) {
        self.history = self.window.min(self.history + self.written);
        self.written = 0;
    }

    fn end_block(&mut self) {
        self.block = Block::None;
        if self.is_final {
            // Another stream begins, at a whole byte and with an empty window.
            self.bit = self.bit.next_multiple_of(8);
            (self.written, self.history) = (0, 0);
        }
    }
}

/// The two codes of a block: one for literals and lengths, one for distances.
struct Codes {
    lengths: Code,
    distances: Code,
}

impl Codes {
    fn new(lengths: &[usize], distances: &[usize]) -> Box<Self> {
        Box::new(Self { lengths: Code::new(lengths), distances: Code::new(distances) })
    }
}

/// A Huffman code: how many words of each length it has, and their symbols in order.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    fn new(lengths: &[usize]) -> Self {
        let mut counts = [0; 16];
        for &length in lengths {
            counts[length.min(15)] += 1;
        }
        let mut symbols: Vec<usize> = (0..lengths.len()).filter(|&symbol| lengths[symbol] > 0).collect();
        order::by_key(&mut symbols, |&symbol| lengths[symbol]);
        Self { counts, symbols }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether three bytes may be copied from so far back, which is where the stream begins.
    fn within(distance: usize, window_bits: u8) -> bool {
        let length = u16::try_from(distance).unwrap();
        let mut stream = vec![0x00];
        stream.extend([length, !length].map(u16::to_le_bytes).concat());
        stream.extend(vec![b'x'; distance]);
        let bit = |number: usize, at: usize| u8::from(number >> at & 1 == 1);
        let symbol = (0..30).rev().find(|&symbol| base(symbol) <= distance).unwrap();
        let extra = if symbol < 4 { 0 } else { symbol / 2 - 1 };
        // A final block of fixed codes: length 3, the distance, the end of the block.
        let mut bits = vec![1, 1, 0, 0, 0, 0, 0, 0, 0, 1];
        bits.extend((0..5).rev().map(|at| bit(symbol, at)));
        bits.extend((0..extra).map(|at| bit(distance - base(symbol), at)));
        bits.extend([0; 7]);
        stream.extend(bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit)));
        Reach::new(window_bits).follow(&stream).is_ok()
    }

    fn base(symbol: usize) -> usize {
        if symbol < 4 { symbol + 1 } else { ((2 + symbol % 2) << (symbol / 2 - 1)) + 1 }
    }

    #[test]
    fn what_one_call_wrote_is_within_reach_and_behind_it_the_window() {
        assert!(within(4_000, 8));
        assert!(within(4_096, 12));
        assert!(!within(4_096, 11));
        assert!(!within(4_097 + 256, 8));
        assert!(within(24_000, 15));
        assert!(!within(24_000, 14));
    }

    #[test]
    fn a_stream_is_followed_in_whatever_pieces_it_comes() {
        let text: Vec<u8> = (0..3_000_u32).flat_map(|at| (at * at).to_le_bytes()).collect();
        let stream = zlib_stream(&text);
        for cut in (0..stream.len()).step_by(997) {
            let mut reach = Reach::new(15);
            assert!(reach.follow(&stream[..cut]).is_ok() && reach.follow(&stream[cut..]).is_ok());
            assert!(!matches!(reach.block, Block::Broken), "cut at {cut}");
        }
    }

    fn zlib_stream(text: &[u8]) -> Vec<u8> {
        let mut out = vec![0; text.len() + 100];
        let mut deflate = zlib_rs::Deflate::new(6, false, 15);
        deflate.compress(text, &mut out, zlib_rs::DeflateFlush::Finish).unwrap();
        out.truncate(usize::try_from(deflate.total_out()).unwrap());
        out
    }
}
