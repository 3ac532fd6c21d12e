//! Reading frames from a stream that comes in any pieces (§4.2, §5.3).

use crate::Utf8Validator;
use crate::head::find;
use crate::hixie76::{FramingError, Hixie76Violation as Violation};

/// What a frame is, by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FrameType {
    /// 0x00: text up to the byte 0xFF, which no UTF-8 holds. Each frame is a message.
    Text,
    /// 0xFF with no bytes: the sender sends no more (§6). The other end answers with the same and closes.
    Close,
    /// 0x01–0x7F: bytes up to 0xFF that the draft gives no meaning; they are thrown away.
    Delimited(u8),
    /// 0x80–0xFF: a length and as many bytes, to which the draft gives no meaning; they are thrown away.
    Sized(u8),
}

/// What one call of [`Decoder::decode`] found: a frame, or the next part of one that is still coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FramePart<'a> {
    /// What the frame is.
    pub frame_type: FrameType,
    /// Where in the stream the frame begins, in bytes since the decoder was made.
    pub frame_start: u64,
    /// Whether this is the frame's first part.
    pub first: bool,
    /// Whether the frame ends with this part.
    pub last: bool,
    /// The place of `payload` in the frame's payload.
    pub offset: u64,
    /// Payload, in the caller's buffer; of text, parts may end within a character. May be empty.
    pub payload: &'a [u8],
}

/// Reads frames from a stream in any pieces, and hands payload on as it arrives. Both ends send the same frames.
///
/// Text is judged as UTF-8 on the byte that decides; the draft would put U+FFFD in the place of what is not. After the
/// closing frame everything is passed over. After an error it gives the same error for ever.
///
/// ```
/// use ws101_core::hixie76::{Decoder, FrameType};
/// let mut decoder = Decoder::new();
/// let mut input = &b"\x00Hel"[..];
/// let part = decoder.decode(&mut input)?.unwrap();
/// assert_eq!((part.payload, part.last), (&b"Hel"[..], false));
/// let mut input = &b"lo\xff\xff\x00"[..];
/// let part = decoder.decode(&mut input)?.unwrap();
/// assert_eq!((part.payload, part.last), (&b"lo"[..], true));
/// assert_eq!(decoder.decode(&mut input)?.unwrap().frame_type, FrameType::Close);
/// # Ok::<(), ws101_core::hixie76::FramingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder {
    payload_limit: u64,
    state: State,
    frame_start: u64,
    position: u64,
    failed: Option<FramingError>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    BetweenFrames,
    /// The length of a frame is coming, seven bits a byte.
    Length {
        first_byte: u8,
        length: u64,
    },
    Sized {
        first_byte: u8,
        length: u64,
        received: u64,
    },
    Delimited {
        first_byte: u8,
        received: u64,
        validator: Utf8Validator,
    },
    Closed,
}

impl Decoder {
    /// The longest payload of a frame unless [`payload_limit`](Self::payload_limit) says otherwise: 16 MiB.
    pub const DEFAULT_PAYLOAD_LIMIT: u64 = crate::FrameDecoder::DEFAULT_PAYLOAD_LIMIT;

    /// A decoder for what follows the handshake.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            payload_limit: Self::DEFAULT_PAYLOAD_LIMIT,
            state: State::BetweenFrames,
            frame_start: 0,
            position: 0,
            failed: None,
        }
    }

    /// The longest payload of a frame, in bytes; `u64::MAX` for no limit. The decoder itself needs no memory for it.
    #[must_use]
    pub const fn payload_limit(mut self, bytes: u64) -> Self {
        self.payload_limit = bytes;
        self
    }

    /// Bytes of the stream that were taken so far.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// Whether the closing frame came.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// Whether the stream may end here: between two frames, or after the closing frame.
    #[must_use]
    pub const fn is_between_frames(&self) -> bool {
        matches!(self.state, State::BetweenFrames | State::Closed)
    }

    /// Takes bytes from `input` and gives the next frame or part of a frame; `None` when more bytes are needed, and then
    /// `input` is empty.
    ///
    /// A frame that lies whole in `input` comes in one part. Where a frame has begun and nothing of its payload is
    /// there, the first part is empty.
    ///
    /// # Errors
    /// A frame over the limit, or text that is not UTF-8; what came before the byte that decided is handed out first.
    /// Close the connection.
    pub fn decode<'a>(&mut self, input: &mut &'a [u8]) -> Result<Option<FramePart<'a>>, FramingError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let first = matches!(self.state, State::BetweenFrames | State::Length { .. });
        while matches!(self.state, State::BetweenFrames | State::Length { .. }) {
            let Some((&byte, rest)) = input.split_first() else { return Ok(None) };
            self.take_header_byte(byte)?;
            *input = rest;
            self.position += 1;
        }
        match self.state {
            State::BetweenFrames | State::Length { .. } | State::Closed => {
                self.take(input, input.len());
                Ok(None)
            }
            _ if input.is_empty() && !first => Ok(None),
            State::Sized { first_byte, length, received } => {
                Ok(Some(self.take_sized(first_byte, length, received, first, input)))
            }
            State::Delimited { first_byte, received, validator } => {
                self.take_delimited(first_byte, received, validator, first, input)
            }
        }
    }

    fn take_header_byte(&mut self, byte: u8) -> Result<(), FramingError> {
        if let State::Length { first_byte, length } = self.state {
            return self.take_length_byte(first_byte, length, byte);
        }
        self.frame_start = self.position;
        self.state = if byte & 0x80 == 0 {
            State::Delimited { first_byte: byte, received: 0, validator: Utf8Validator::new() }
        } else {
            State::Length { first_byte: byte, length: 0 }
        };
        Ok(())
    }

    /// §5.3: each byte has seven bits of the length, the highest first; its high bit says that more follow.
    fn take_length_byte(&mut self, first_byte: u8, length: u64, byte: u8) -> Result<(), FramingError> {
        let more = byte & 0x80 != 0;
        let length = length.checked_mul(128).and_then(|length| length.checked_add(u64::from(byte & 0x7f)));
        // What is known of it is judged in u64 and before anything is taken.
        let at_least = length.and_then(|length| if more { length.checked_mul(128) } else { Some(length) });
        match length.filter(|_| at_least.is_some_and(|at_least| at_least <= self.payload_limit)) {
            Some(length) if more => self.state = State::Length { first_byte, length },
            Some(length) => self.state = State::Sized { first_byte, length, received: 0 },
            None => return Err(self.fail(Violation::FrameTooBig, self.position - self.frame_start)),
        }
        Ok(())
    }

    fn take_sized<'a>(
        &mut self,
        first_byte: u8,
        length: u64,
        received: u64,
        first: bool,
        input: &mut &'a [u8],
    ) -> FramePart<'a> {
        let missing = length - received;
        // Compared in u64: a length may be beyond what this machine can address.
        let size = usize::try_from(missing).map_or(input.len(), |missing| missing.min(input.len()));
        let payload = self.take(input, size);
        let received_now = received + size as u64;
        let last = received_now == length;
        let frame_type =
            if (first_byte, length) == (0xff, 0) { FrameType::Close } else { FrameType::Sized(first_byte) };
        self.state = match frame_type {
            FrameType::Close => State::Closed,
            _ if last => State::BetweenFrames,
            _ => State::Sized { first_byte, length, received: received_now },
        };
        FramePart { frame_type, frame_start: self.frame_start, first, last, offset: received, payload }
    }

    fn take_delimited<'a>(
        &mut self,
        first_byte: u8,
        received: u64,
        mut validator: Utf8Validator,
        first: bool,
        input: &mut &'a [u8],
    ) -> Result<Option<FramePart<'a>>, FramingError> {
        let end = find(input, 0xff);
        let there = end.unwrap_or(input.len());
        let room = usize::try_from(self.payload_limit - received).unwrap_or(usize::MAX);
        let mut size = there.min(room);
        let mut broken = (there > room).then_some(Violation::FrameTooBig);
        if first_byte == 0 {
            match validator.receive(&input[..size]) {
                Err(invalid) => {
                    size = invalid.offset;
                    broken = Some(Violation::TextInvalidUtf8);
                }
                Ok(()) if end.is_some() && broken.is_none() && !validator.is_complete() => {
                    broken = Some(Violation::TextInvalidUtf8);
                }
                Ok(()) => {}
            }
        }
        let payload = self.take(input, size);
        let received_now = received + size as u64;
        if let Some(violation) = broken {
            let error = self.fail(violation, 1 + received_now);
            if payload.is_empty() && !first {
                return Err(error);
            }
        }
        let last = end.is_some() && broken.is_none();
        self.take(input, usize::from(last));
        self.state = if last {
            State::BetweenFrames
        } else {
            State::Delimited { first_byte, received: received_now, validator }
        };
        let frame_type = if first_byte == 0 { FrameType::Text } else { FrameType::Delimited(first_byte) };
        Ok(Some(FramePart { frame_type, frame_start: self.frame_start, first, last, offset: received, payload }))
    }

    /// Moves the cursor over the first `length` bytes and gives them.
    fn take<'a>(&mut self, input: &mut &'a [u8], length: usize) -> &'a [u8] {
        let (taken, rest) = input.split_at(length);
        *input = rest;
        self.position += length as u64;
        taken
    }

    fn fail(&mut self, violation: Violation, offset: u64) -> FramingError {
        let error = FramingError { violation, frame_start: self.frame_start, offset };
        self.failed = Some(error);
        error
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}
