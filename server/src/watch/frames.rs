//! The frames that cross a connection, as their bits say.

use std::fmt;

use serde_json::{Value, json};
use ws101_core::inspect::RawFrame;
use ws101_core::{Close, FrameHeader, MaskingKey, Opcode, ProtocolError, Rsv, apply_mask};

use crate::preview::{self, preview};

/// Bytes of payload that are kept to be shown.
const SHOWN: usize = 256;

/// Bytes that are kept of what came before the last: a header that a violation is about may have come in pieces.
const KEPT: usize = 16;

/// Looks at what crosses in one direction. No rule is judged: a frame is what its bits say, and ends where they say.
#[derive(Debug, Default)]
pub(crate) struct FrameWatch {
    /// The header of the frame that is coming, as far as it is here.
    header: Vec<u8>,
    /// The frame, once its header is here.
    frame: Option<RawFrame>,
    /// The beginning of its payload, as it came.
    payload: Vec<u8>,
    /// Bytes of its payload that have not come.
    missing: u64,
    /// Whether the message that is coming is what an extension made of one.
    coded: bool,
    /// The last that crossed.
    tail: Vec<u8>,
    /// How much crossed in all.
    length: u64,
}

/// A frame that crossed whole.
#[derive(Debug)]
pub(crate) struct SeenFrame {
    frame: RawFrame,
    key: Option<MaskingKey>,
    /// The beginning of its payload, without its mask.
    payload: Vec<u8>,
    /// Bytes of its payload.
    length: u64,
    /// Whether the payload is what an extension made of a message.
    pub(crate) coded: bool,
    /// Where it ends in the bytes that were looked at.
    pub(crate) end: usize,
}

impl FrameWatch {
    /// Takes the next bytes, and tells each frame that ends in them.
    pub(crate) fn look(&mut self, bytes: &[u8], mut tell: impl FnMut(SeenFrame)) {
        self.tail.drain(..self.tail.len().saturating_sub(KEPT));
        self.tail.extend_from_slice(bytes);
        self.length += bytes.len() as u64;
        let mut at = 0;
        while at < bytes.len() {
            at += if self.frame.is_some() { self.take_payload(&bytes[at..]) } else { self.take_header(&bytes[at..]) };
            if let Some(frame) = self.frame.filter(|_| self.missing == 0) {
                tell(self.end(frame, at));
            }
        }
    }

    /// The bytes that an error is about, as far as they crossed last.
    pub(crate) fn bytes_of(&self, error: &ProtocolError) -> &[u8] {
        let start = self.length - self.tail.len() as u64;
        let place = |offset: usize| {
            let place = (error.frame_start + offset as u64).saturating_sub(start);
            usize::try_from(place).unwrap_or(usize::MAX).min(self.tail.len())
        };
        &self.tail[place(error.at.start)..place(error.at.end)]
    }

    /// Takes what of a header comes first; how much that is.
    fn take_header(&mut self, bytes: &[u8]) -> usize {
        let before = self.header.len();
        let room = FrameHeader::MAX_LENGTH - before;
        self.header.extend_from_slice(&bytes[..bytes.len().min(room)]);
        let frame = RawFrame::read(&self.header, 0);
        let whole = frame.filter(|frame| !frame.is_masked() || frame.masking_key(&self.header).is_some());
        if let Some((frame, length)) = whole.and_then(|frame| Some((frame, frame.payload_length?))) {
            // What was read too far is payload.
            self.header.truncate(frame.payload.start);
            self.missing = length;
            self.frame = Some(frame);
            // A continuation is what its message is.
            if matches!(frame.opcode(), Some(Opcode::Text | Opcode::Binary)) {
                self.coded = frame.rsv() != Rsv::NONE;
            }
        }
        self.header.len() - before
    }

    fn take_payload(&mut self, bytes: &[u8]) -> usize {
        let length = usize::try_from(self.missing).map_or(bytes.len(), |missing| missing.min(bytes.len()));
        let room = SHOWN - self.payload.len();
        self.payload.extend_from_slice(&bytes[..length.min(room)]);
        self.missing -= length as u64;
        length
    }

    fn end(&mut self, frame: RawFrame, end: usize) -> SeenFrame {
        let key = frame.masking_key(&self.header);
        let mut payload = std::mem::take(&mut self.payload);
        if let Some(key) = key {
            apply_mask(&mut payload, key, 0);
        }
        self.header.clear();
        self.frame = None;
        let coded = self.coded && frame.opcode().is_some_and(|opcode| !opcode.is_control());
        SeenFrame { frame, key, payload, length: frame.payload_length.unwrap_or(0), coded, end }
    }
}

impl SeenFrame {
    /// The frame for programs, but for who sent it.
    pub(crate) fn json(&self) -> Value {
        let Self { frame, key, payload, length, .. } = self;
        json!({
            "type": frame.opcode().map(preview::opcode), "opcode": frame.opcode_bits(), "fin": frame.fin(),
            "rsv": frame.rsv().bits(), "masking_key": key.map(|key| hex::encode(key.0)), "length": length,
            "payload": hex::encode(payload), "truncated": (payload.len() as u64) < *length,
        })
    }
}

impl fmt::Display for SeenFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { frame, key, payload, length, coded, .. } = self;
        match frame.opcode() {
            Some(opcode) => f.write_str(preview::opcode(opcode))?,
            None => write!(f, "reserved opcode {}", frame.opcode_bits())?,
        }
        f.write_str(if frame.fin() { " FIN" } else { " fin 0" })?;
        for (bit, name) in [(Rsv::RSV1, " RSV1"), (Rsv::RSV2, " RSV2"), (Rsv::RSV3, " RSV3")] {
            if frame.rsv().contains(bit) {
                f.write_str(name)?;
            }
        }
        if let Some(key) = key {
            write!(f, " masked {}", hex::encode(key.0))?;
        }
        write!(f, " {}: ", preview::bytes(*length))?;
        match (frame.opcode(), Close::parse(payload)) {
            (None | Some(Opcode::Binary), _) => f.write_str(&preview::hex(payload)),
            _ if *coded => f.write_str(&preview::hex(payload)),
            (Some(Opcode::Close), Ok(Some(close))) => write!(f, "{} {}", close.code, preview::text(close.reason)),
            _ => f.write_str(&preview(payload)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FrameWatch;

    fn shown(bytes: &[u8], piece: usize) -> Vec<String> {
        let (mut watch, mut shown) = (FrameWatch::default(), Vec::new());
        bytes.chunks(piece).for_each(|piece| watch.look(piece, |frame| shown.push(frame.to_string())));
        shown
    }

    #[test]
    fn frames_are_told_however_they_come_and_whatever_they_are() {
        let long = [&b"\x82\xfe\x01\x2c\x01\x02\x03\x04"[..], &[7; 300]].concat();
        let bytes =
            [&b"\x81\x05Hello\xb3\x82\0\0\0\0ab\x82\x7e\x00\x01x\x89\x00"[..], &long, b"\x88\x02\x03\xe8\x80"].concat();
        let expected = [
            "text FIN 5 bytes: \"Hello\"".to_owned(),
            "reserved opcode 3 FIN RSV2 RSV3 masked 00000000 2 bytes: 61 62".to_owned(),
            "binary FIN 1 byte: 78".to_owned(),
            "ping FIN 0 bytes: \"\"".to_owned(),
            format!("binary FIN masked 01020304 300 bytes: {}…", "06 05 04 03 ".repeat(6).trim_end()),
            "close FIN 2 bytes: 1000 Normal Closure \"\"".to_owned(),
        ];
        for piece in 1..=bytes.len() {
            assert_eq!(shown(&bytes, piece), expected, "in pieces of {piece}");
        }
    }

    #[test]
    fn a_frame_that_announces_too_much_is_waited_for() {
        let huge = [&[0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..], &[0; 4096]].concat();
        assert_eq!(shown(&huge, 7), [""; 0]);
    }

    #[test]
    fn the_end_of_a_frame_is_told() {
        let (mut watch, mut ends) = (FrameWatch::default(), Vec::new());
        watch.look(b"\x81\x01a\x89\x00\x81\x01", |frame| ends.push(frame.end));
        watch.look(b"b", |frame| ends.push(frame.end));
        assert_eq!(ends, [3, 5, 1]);
    }
}
