//! What a client sends: the same kind of message again and again, as masked frames.

use crate::frame::{MaskedHeader, mask, write_header};
use crate::statistics::ratio;

/// What the messages are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Random bytes, as binary messages.
    Binary,
    /// ASCII, as text messages.
    Ascii,
    /// Latin with accents, Japanese, Cyrillic, Greek, an emoji: characters of one to four bytes, as text messages.
    Multilingual,
}

impl Content {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Binary, Self::Ascii, Self::Multilingual];

    /// The word for it in the names of rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Ascii => "ascii",
            Self::Multilingual => "multilingual",
        }
    }

    /// Whether the messages are text messages.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Binary)
    }

    /// One message of exactly `size` bytes; another for each `number`.
    fn payload(self, size: usize, number: usize, random: &mut fastrand::Rng) -> Vec<u8> {
        match self {
            Self::Binary => std::iter::repeat_with(|| random.u8(..)).take(size).collect(),
            Self::Ascii => text("{\"price\":1234.5,\"sym\":\"ABC\"}, ", size, number),
            Self::Multilingual => {
                text("Zażółć gęślą jaźń — 日本語テキスト, привет мир, ελληνικά 😀 hello world ", size, number)
            }
        }
    }
}

/// `sample`, begun at its `start`-th character and repeated until `size` bytes are full; where the next character does
/// not fit, the rest is `x`.
fn text(sample: &str, size: usize, start: usize) -> Vec<u8> {
    let mut text = String::with_capacity(size);
    let first = start % sample.chars().count();
    for character in sample.chars().cycle().skip(first) {
        if text.len() + character.len_utf8() > size {
            break;
        }
        text.push(character);
    }
    let mut bytes = text.into_bytes();
    bytes.resize(size, b'x');
    bytes
}

/// Bytes of payload that a wire carries at least, where the number of its messages is not the limit.
const PAYLOAD_OF_A_WIRE: usize = 2 << 20;

/// The bytes of a client's frames, and what is in them.
#[derive(Debug)]
pub struct Wire {
    content: Content,
    payloads: Vec<Vec<u8>>,
    bytes: Vec<u8>,
    /// Where each frame begins, and where the last one ends.
    bounds: Vec<usize>,
}

impl Wire {
    /// Messages of `size` bytes: as many as make 2 MiB, but at least 4 and at most 16,384.
    pub fn new(content: Content, size: usize) -> Self {
        Self::with_messages(content, size, (PAYLOAD_OF_A_WIRE / size.max(1)).clamp(4, 16_384))
    }

    /// A number of messages of `size` bytes; the same bytes each time it is called.
    pub fn with_messages(content: Content, size: usize, messages: usize) -> Self {
        let mut random = fastrand::Rng::with_seed(0x6455);
        let payloads = (0..messages).map(|number| content.payload(size, number, &mut random)).collect();
        Self::of(content, payloads)
    }

    /// The same, but that one text is not UTF-8: the one whose number is given has the byte 0xff in its middle.
    #[must_use]
    pub fn spoiled(&self, number: usize) -> Self {
        let mut payloads = self.payloads.clone();
        let middle = payloads[number].len() / 2;
        payloads[number][middle] = 0xff;
        Self::of(self.content, payloads)
    }

    fn of(content: Content, payloads: Vec<Vec<u8>>) -> Self {
        let first = if content.is_text() { 0x81 } else { 0x82 };
        let bodies = payloads.clone();
        Self::framed(content, payloads, bodies, first)
    }

    /// Frames that begin with the byte `first` and carry these bodies, which mean these payloads.
    pub fn framed(content: Content, payloads: Vec<Vec<u8>>, bodies: Vec<Vec<u8>>, first: u8) -> Self {
        let mut random = fastrand::Rng::with_seed(101);
        let mut bytes = Vec::new();
        let mut bounds = vec![0];
        for body in bodies {
            let key = random.u32(1..).to_be_bytes();
            write_header(&mut bytes, MaskedHeader { first, length: body.len(), key });
            let start = bytes.len();
            bytes.extend(body);
            mask(&mut bytes[start..], key);
            bounds.push(bytes.len());
        }
        Self { content, payloads, bytes, bounds }
    }

    /// What the messages are made of.
    pub const fn content(&self) -> Content {
        self.content
    }

    /// Bytes of payload in each message.
    pub fn size(&self) -> usize {
        self.payloads.first().map_or(0, Vec::len)
    }

    /// How many messages there are.
    pub fn messages(&self) -> usize {
        self.payloads.len()
    }

    /// The payload of each message.
    pub fn payloads(&self) -> &[Vec<u8>] {
        &self.payloads
    }

    /// The frames, as they cross the network.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a frame lies in more than one read, where reads of `read` bytes begin with the first byte.
    pub fn straddles(&self, number: usize, read: usize) -> bool {
        self.bounds[number] / read != (self.bounds[number + 1] - 1) / read
    }

    /// The number of a frame from the middle that straddles reads, or that does not; `None` if there is none.
    pub fn example(&self, straddling: bool, read: usize) -> Option<usize> {
        let middle = self.messages() / 2;
        let mut numbers = (middle..self.messages()).chain(0..middle);
        numbers.find(|&number| self.straddles(number, read) == straddling)
    }

    /// Which part of the frames straddles reads, from 0 to 1.
    pub fn straddling_share(&self, read: usize) -> f64 {
        let count = (0..self.messages()).filter(|&number| self.straddles(number, read)).count();
        ratio(count, self.messages())
    }

    /// The frames, one after the other.
    pub fn frames(&self) -> impl Iterator<Item = &[u8]> {
        self.bounds.windows(2).map(|bounds| &self.bytes[bounds[0]..bounds[1]])
    }

    /// The wire in pieces of whole frames: as many as 64 KiB hold, or one where it is longer.
    pub fn whole_frames(&self) -> Vec<std::ops::Range<usize>> {
        let frame = self.bounds[1];
        let step = (64 * 1024 / frame).max(1) * frame;
        (0..self.bytes.len()).step_by(step).map(|start| start..self.bytes.len().min(start + step)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, Wire};
    use crate::frame::{mask, read_header};

    #[test]
    fn frames_carry_the_payloads_masked() {
        for content in Content::ALL {
            let wire = Wire::with_messages(content, 126, 3);
            let mut rest = wire.bytes().to_vec();
            for payload in wire.payloads() {
                let (header, size) = read_header(&rest).unwrap();
                assert_eq!(header.first, if content.is_text() { 0x81 } else { 0x82 });
                mask(&mut rest[size..size + header.length], header.key);
                assert_eq!(rest[size..size + header.length], payload[..]);
                rest.drain(..size + header.length);
            }
            assert!(rest.is_empty());
        }
    }

    #[test]
    fn payloads_have_their_size_and_texts_are_utf8() {
        for content in Content::ALL {
            for size in [1, 2, 3, 16, 125, 1024] {
                for payload in Wire::with_messages(content, size, 100).payloads() {
                    assert_eq!(payload.len(), size);
                    assert!(!content.is_text() || str::from_utf8(payload).is_ok());
                }
            }
        }
    }

    #[test]
    fn neighbours_differ_and_a_wire_is_the_same_each_time() {
        for content in Content::ALL {
            let wire = Wire::new(content, 16);
            assert!(wire.payloads().windows(2).all(|pair| pair[0] != pair[1]));
            assert_eq!(wire.bytes(), Wire::new(content, 16).bytes());
        }
    }

    #[test]
    fn straddling_is_counted_from_the_first_byte() {
        // A frame of 16 bytes of payload is 22 bytes long.
        let wire = Wire::with_messages(Content::Ascii, 16, 10);
        assert!(!(0..10).any(|number| wire.straddles(number, 44)));
        let straddling: Vec<_> = (0..10).filter(|&number| wire.straddles(number, 50)).collect();
        assert_eq!(straddling, [2, 4, 6, 9]);
        assert_eq!((wire.example(true, 50), wire.example(false, 50)), (Some(6), Some(5)));
        assert_eq!(wire.example(true, 44), None);
    }

    #[test]
    fn a_spoiled_wire_differs_in_one_byte() {
        let wire = Wire::with_messages(Content::Multilingual, 125, 8);
        let spoiled = wire.spoiled(3);
        let differing = wire.bytes().iter().zip(spoiled.bytes()).filter(|(one, other)| one != other).count();
        assert_eq!(differing, 1);
        assert!(str::from_utf8(&spoiled.payloads()[3]).is_err());
    }

    #[test]
    fn pieces_of_whole_frames_cover_the_wire() {
        for (size, messages) in [(16, 10_000), (65536, 3)] {
            let wire = Wire::with_messages(Content::Binary, size, messages);
            let pieces = wire.whole_frames();
            assert_eq!((pieces[0].start, pieces.last().unwrap().end), (0, wire.bytes().len()));
            for piece in &pieces {
                assert!(wire.bounds.contains(&piece.start) && wire.bounds.contains(&piece.end));
            }
        }
    }
}
