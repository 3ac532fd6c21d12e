//! The frames that cross a connection, as they are.

use ws101_core::{FrameDecoder, FrameHeader, Opcode, ProtocolError, Role, Rsv};

/// Bytes of payload that are kept to be shown.
const SHOWN: usize = 256;

/// Bytes that are kept of what came before the last: a header that a violation is about may have come in pieces.
const KEPT: usize = 16;

/// Looks at what crosses in one direction, after whoever it is for has been given it.
#[derive(Debug)]
pub(super) struct FrameWatch {
    decoder: FrameDecoder,
    /// The beginning of the payload of the frame that is coming.
    payload: Vec<u8>,
    /// Whether the message that is coming is what an extension made of one.
    coded: bool,
    /// The last that crossed.
    tail: Vec<u8>,
    /// How much crossed in all.
    length: u64,
}

/// A frame that crossed whole.
#[derive(Debug)]
pub(super) struct SeenFrame<'a> {
    pub(super) header: FrameHeader,
    /// The beginning of its payload, without its mask.
    pub(super) payload: &'a [u8],
    /// Whether that is what an extension made of a message.
    pub(super) coded: bool,
}

impl FrameWatch {
    /// Of what `reader` gets.
    pub(super) const fn new(reader: Role) -> Self {
        let every_rsv = Rsv::from_bits(0b111);
        let decoder = FrameDecoder::new(reader).payload_limit(u64::MAX).allow_rsv(every_rsv);
        Self { decoder, payload: Vec::new(), coded: false, tail: Vec::new(), length: 0 }
    }

    /// Takes the next bytes. What breaks a rule ends the watch: whoever it is for tells of it.
    pub(super) fn look(&mut self, bytes: &[u8], mut tell: impl FnMut(SeenFrame<'_>)) {
        self.tail.drain(..self.tail.len().saturating_sub(KEPT));
        self.tail.extend_from_slice(bytes);
        self.length += bytes.len() as u64;
        let mut copy = bytes.to_vec();
        let mut input = copy.as_mut_slice();
        while let Ok(Some(part)) = self.decoder.decode(&mut input) {
            if part.first {
                self.payload.clear();
                // A continuation is what its message is.
                if matches!(part.header.opcode, Opcode::Text | Opcode::Binary) {
                    self.coded = part.header.rsv != Rsv::NONE;
                }
            }
            let room = SHOWN - self.payload.len();
            self.payload.extend_from_slice(&part.payload[..part.payload.len().min(room)]);
            if part.is_last() {
                tell(SeenFrame {
                    header: part.header,
                    payload: &self.payload,
                    coded: self.coded && !part.header.opcode.is_control(),
                });
            }
        }
    }

    /// The bytes that an error is about, as far as they crossed last.
    pub(super) fn bytes_of(&self, error: &ProtocolError) -> &[u8] {
        let start = self.length - self.tail.len() as u64;
        let place = |offset: usize| {
            let place = (error.frame_start + offset as u64).saturating_sub(start);
            usize::try_from(place).unwrap_or(usize::MAX).min(self.tail.len())
        };
        &self.tail[place(error.at.start)..place(error.at.end)]
    }
}
