//! Messages from parts of frames: gathered only where they must be, judged on the first byte that decides.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::connection::Event;
use crate::{FramePart, Opcode, ProtocolError, Span, Utf8Validator, Violation};

/// Puts messages together.
#[derive(Debug)]
pub(super) struct MessageAssembler {
    limit: u64,
    text: bool,
    validator: Utf8Validator,
    gathered: Vec<u8>,
}

impl MessageAssembler {
    pub(super) const fn new(limit: u64) -> Self {
        Self { limit, text: false, validator: Utf8Validator::new(), gathered: Vec::new() }
    }

    /// Takes the next part of a data frame; the message, when it ends with this part.
    pub(super) fn receive<'a>(&mut self, part: FramePart<'a>) -> Result<Option<Event<'a>>, ProtocolError> {
        if part.first {
            self.begin_frame(&part)?;
        }
        let ends = part.is_last() && part.header.fin;
        let whole = part.first && ends && part.header.opcode != Opcode::Continuation;
        let place = Place::of(&part);
        let FramePart { payload, .. } = part;
        let payload: &'a [u8] = payload;
        if self.text {
            self.validator.receive(payload).map_err(|invalid| place.error(invalid.offset, 1))?;
            if ends && !self.validator.is_complete() {
                return Err(place.error(payload.len(), 0));
            }
        }
        if whole {
            return Ok(Some(if self.text {
                Event::Text(Cow::Borrowed(core::str::from_utf8(payload).map_err(|_| place.error(0, payload.len()))?))
            } else {
                Event::Binary(Cow::Borrowed(payload))
            }));
        }
        let reserved = self.gathered.try_reserve(payload.len());
        reserved.map_err(|_| place.violation(Violation::MessageTooBig, 0, payload.len()))?;
        self.gathered.extend_from_slice(payload);
        if !ends {
            return Ok(None);
        }
        let gathered = core::mem::take(&mut self.gathered);
        Ok(Some(if self.text {
            Event::Text(Cow::Owned(String::from_utf8(gathered).map_err(|_| place.error(0, payload.len()))?))
        } else {
            Event::Binary(Cow::Owned(gathered))
        }))
    }

    /// The limit counts all fragments, and the announced length decides, before a byte of it has come.
    fn begin_frame(&mut self, part: &FramePart<'_>) -> Result<(), ProtocolError> {
        if part.header.opcode != Opcode::Continuation {
            self.text = part.header.opcode == Opcode::Text;
            self.validator = Utf8Validator::new();
            self.gathered.clear();
        }
        let length = (self.gathered.len() as u64).saturating_add(part.header.payload_length);
        if length > self.limit {
            let at = Span::new(1, part.header.encoded_len());
            return Err(ProtocolError { violation: Violation::MessageTooBig, frame_start: part.frame_start, at });
        }
        Ok(())
    }
}

/// Where the payload of a part stands, for errors about it.
#[derive(Clone, Copy)]
struct Place {
    frame_start: u64,
    payload_start: u64,
}

impl Place {
    const fn of(part: &FramePart<'_>) -> Self {
        Self { frame_start: part.frame_start, payload_start: part.header.encoded_len() as u64 + part.offset }
    }

    /// The text is wrong at byte `offset` of the part.
    fn error(self, offset: usize, length: usize) -> ProtocolError {
        self.violation(Violation::InvalidUtf8, offset, length)
    }

    fn violation(self, violation: Violation, offset: usize, length: usize) -> ProtocolError {
        // A frame that is longer than this machine can address ends its ranges where the machine does.
        let start = usize::try_from(self.payload_start).unwrap_or(usize::MAX).saturating_add(offset);
        let at = Span::new(start, start.saturating_add(length));
        ProtocolError { violation, frame_start: self.frame_start, at }
    }
}
