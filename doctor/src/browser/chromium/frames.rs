//! Frames as Chromium cuts them out of its reads: a frame's payload is passed on as it comes, and what a read holds is
//! passed on all together or not at all.

/// The length of a header without its extended length and masking-key.
const BASE: usize = 2;
/// The longest header.
const LONGEST: usize = BASE + 8 + 4;

/// Why a read holds no frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadError {
    /// The rule that is broken; all of them are told as the same.
    Protocol(&'static str),
    /// A length above 2³¹ - 1, which the channel takes for a lost connection.
    TooBig,
    /// What the verdicts do not read on.
    Unread,
}

/// A frame, or as much of one as a read holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) opcode: u8,
    /// Whether the message ends with it.
    pub(super) is_final: bool,
    /// RSV1 is 4, RSV3 is 1.
    pub(super) rsv: u8,
    pub(super) masked: bool,
    /// Unmasked.
    pub(super) payload: Vec<u8>,
}

impl Frame {
    pub(super) const fn carries_data(&self) -> bool {
        self.opcode <= 2
    }
}

#[derive(Debug, Clone)]
struct Header {
    opcode: u8,
    is_final: bool,
    rsv: u8,
    masking_key: Option<[u8; 4]>,
    length: u64,
}

impl Header {
    const fn is_control(&self) -> bool {
        self.opcode & 8 != 0
    }
}

/// A part of a frame's payload.
struct Chunk {
    /// Where the frame begins with it.
    header: Option<Header>,
    payload: Vec<u8>,
    ends_frame: bool,
}

/// How far a payload has come.
#[derive(Debug, Clone, Copy)]
struct Payload {
    masking_key: Option<[u8; 4]>,
    read: u64,
    length: u64,
}

/// Cuts frames out of reads.
#[derive(Default)]
pub(super) struct FrameReader {
    /// A header that has begun.
    begun: Vec<u8>,
    /// The frame whose payload is under way.
    parsing: Option<Payload>,
    /// The header of the frame whose chunks are passed on.
    current: Option<Header>,
    /// What there is of a control frame that came in pieces.
    control: Vec<u8>,
}

impl FrameReader {
    /// The frames of a read.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Vec<Frame>, ReadError> {
        let mut frames = Vec::new();
        for chunk in self.chunks(bytes)? {
            frames.extend(self.frame(chunk)?);
        }
        Ok(frames)
    }

    /// All headers of a read are judged before any of its frames is.
    fn chunks(&mut self, mut bytes: &[u8]) -> Result<Vec<Chunk>, ReadError> {
        let mut chunks = Vec::new();
        while !bytes.is_empty() {
            let (mut parsing, header) = if let Some(parsing) = self.parsing {
                (parsing, None)
            } else {
                let held = self.begun.len();
                self.begun.extend(bytes.iter().take(LONGEST - held));
                let Some((header, length)) = parse(&self.begun)? else { break };
                self.begun.clear();
                bytes = &bytes[length - held..];
                (Payload { masking_key: header.masking_key, read: 0, length: header.length }, Some(header))
            };
            let missing = usize::try_from(parsing.length - parsing.read).unwrap_or(usize::MAX);
            let (payload, rest) = bytes.split_at(missing.min(bytes.len()));
            bytes = rest;
            let payload = parsing.take(payload);
            let ends_frame = parsing.read == parsing.length;
            self.parsing = (!ends_frame).then_some(parsing);
            chunks.push(Chunk { header, payload, ends_frame });
        }
        Ok(chunks)
    }

    fn frame(&mut self, chunk: Chunk) -> Result<Option<Frame>, ReadError> {
        /// A control frame, known or not, has FIN, and at most 125 bytes.
        const FRAGMENTED_CONTROL: &str = "chromium/control-frame-without-fin";
        const LONG_CONTROL: &str = "chromium/control-frame-longer-than-125";
        if let Some(header) = chunk.header {
            self.current = Some(header);
        }
        let Some(header) = &mut self.current else { return Ok(None) };
        let mut payload = chunk.payload;
        if header.is_control() {
            if !header.is_final {
                return Err(ReadError::Protocol(FRAGMENTED_CONTROL));
            }
            if header.length > 125 {
                return Err(ReadError::Protocol(LONG_CONTROL));
            }
            // It is passed on when it is whole.
            self.control.append(&mut payload);
            if !chunk.ends_frame {
                return Ok(None);
            }
            payload = std::mem::take(&mut self.control);
        }
        let Header { opcode, rsv, masking_key, .. } = *header;
        let is_final = chunk.ends_frame && header.is_final;
        if !chunk.ends_frame && opcode <= 2 {
            // The rest of a frame is passed on as its continuation.
            (header.opcode, header.rsv) = (0, 0);
        }
        if chunk.ends_frame {
            self.current = None;
        }
        Ok(Some(Frame { opcode, is_final, rsv, masked: masking_key.is_some(), payload }))
    }
}

impl Payload {
    /// The next bytes of it, unmasked.
    fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let start = usize::from(self.read.to_le_bytes()[0] & 3);
        self.read += bytes.len() as u64;
        let mask = self.masking_key.unwrap_or_default().into_iter().cycle().skip(start);
        bytes.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect()
    }
}

/// The header that the bytes begin with, and its length. A length is judged when all of it is there, before the
/// masking-key is.
fn parse(bytes: &[u8]) -> Result<Option<(Header, usize)>, ReadError> {
    /// A length is written in as few bytes as it takes.
    const NOT_MINIMAL: &str = "chromium/length-not-minimal";
    /// The highest bit of a length in 64 bits is 0.
    const HIGHEST_BIT: &str = "chromium/length-highest-bit";
    let &[first, second, ref rest @ ..] = bytes else { return Ok(None) };
    let (length, extended) = match second & 0x7f {
        126 => {
            let Some(length) = rest.first_chunk().map(|&length| u16::from_be_bytes(length)) else { return Ok(None) };
            if length <= 125 {
                return Err(ReadError::Protocol(NOT_MINIMAL));
            }
            (u64::from(length), 2)
        }
        127 => {
            let Some(length) = rest.first_chunk().map(|&length| u64::from_be_bytes(length)) else { return Ok(None) };
            if u16::try_from(length).is_ok() {
                return Err(ReadError::Protocol(NOT_MINIMAL));
            }
            if i64::try_from(length).is_err() {
                return Err(ReadError::Protocol(HIGHEST_BIT));
            }
            if i32::try_from(length).is_err() {
                return Err(ReadError::TooBig);
            }
            (length, 8)
        }
        length => (u64::from(length), 0),
    };
    let masked = second & 0x80 != 0;
    let (start, whole) = (BASE + extended, BASE + extended + if masked { 4 } else { 0 });
    let Some(key) = bytes.get(start..whole) else { return Ok(None) };
    let (opcode, is_final, rsv) = (first & 0x0f, first & 0x80 != 0, (first >> 4) & 7);
    let header = Header { opcode, is_final, rsv, masking_key: key.first_chunk().copied(), length };
    Ok(Some((header, whole)))
}
