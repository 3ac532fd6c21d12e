//! Messages from parts of frames: gathered only where they must be, judged on the first byte that decides.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::connection::gathered::Gathered;
use crate::connection::{Config, Delivery, Event, Part};
use crate::extension::{Coding, Extension, Place};
use crate::utf8::whole_text;
use crate::{
    FrameHeader, FramePart, InvalidUtf8, Opcode, ProtocolError, Rsv, Span, Utf8Validator, Violation, copy_masked,
};

/// Bytes that an extension decodes at a time.
const DECODED: usize = 16 << 10;

/// Puts messages together.
#[derive(Debug)]
pub(super) struct MessageAssembler {
    limit: u64,
    frame_limit: u64,
    delivery: Delivery,
    extension: Option<Extension>,
    // The message under way.
    opcode: Opcode,
    coding: Coding,
    /// Bytes of the message so far, after decoding.
    length: u64,
    /// Bytes that its frames announced: of what is decoded to nothing there may be no more than this either.
    announced: u64,
    /// Whether it was begun and no part of it was handed on.
    untold: bool,
    utf8: Utf8Validator,
    gathered: Gathered,
    /// Where an extension decodes to; empty until one does.
    decoded: Vec<u8>,
    undecoded: Option<Undecoded>,
}

/// Encoded payload that waits until the part before it was handed on.
#[derive(Debug)]
struct Undecoded {
    payload: Vec<u8>,
    taken: usize,
    at: Location,
}

impl MessageAssembler {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            limit: config.limits.message,
            frame_limit: config.limits.frame,
            delivery: config.delivery,
            extension: None,
            opcode: Opcode::Binary,
            coding: Coding::Plain,
            length: 0,
            announced: 0,
            untold: false,
            utf8: Utf8Validator::new(),
            gathered: Gathered::default(),
            decoded: Vec::new(),
            undecoded: None,
        }
    }

    #[cfg(feature = "extension")]
    pub(super) fn extend(&mut self, extension: Extension) {
        self.extension = Some(extension);
    }

    pub(super) const fn is_extended(&self) -> bool {
        self.extension.is_some()
    }

    pub(super) fn extension(&mut self) -> Option<&mut Extension> {
        self.extension.as_mut()
    }

    /// Lengths from which on a message of one frame must come by [`receive`](Self::receive).
    pub(super) fn bound_of_whole(config: &Config) -> u32 {
        let limit = config.limits.frame.min(config.limits.message);
        match config.delivery {
            Delivery::Messages => bound(limit),
            Delivery::Parts => 0,
        }
    }

    /// Lengths from which on a message of one frame cannot be taken by itself, however messages are wanted; `of_whole` is
    /// the bound where they are wanted whole.
    pub(super) fn bound_of_any(&self, of_whole: u32) -> u32 {
        match (self.delivery, &self.extension) {
            (Delivery::Messages, _) => of_whole,
            (Delivery::Parts, Some(extension)) if extension.rsv() == Rsv::NONE => 0,
            (Delivery::Parts, _) => bound(self.limit.min(self.frame_limit)),
        }
    }

    /// A message that came whole and plain.
    #[inline]
    pub(super) fn whole(opcode: Opcode, payload: &[u8]) -> Result<Event<'_>, InvalidUtf8> {
        match opcode {
            Opcode::Text => whole_text(payload).map(|text| Event::Text(Cow::Borrowed(text))),
            _ => Ok(Event::Binary(Cow::Borrowed(payload))),
        }
    }

    /// Takes the next part of a data frame, still masked; what is to be told of it.
    pub(super) fn receive<'a>(&mut self, part: FramePart<'a>) -> Result<Option<Event<'a>>, ProtocolError> {
        if part.first {
            self.begin_frame(&part)?;
        }
        let at = Location::of(&part);
        let whole = part.first && at.place == Place::Last && part.header.opcode != Opcode::Continuation;
        if self.gathers() && !whole {
            return self.gather(part).map_err(|wrong| at.error_of(wrong)).map(|()| self.end(at.place));
        }
        let payload: &'a [u8] = part.unmasked().payload;
        if self.is_extended() && self.coding == Coding::Coded {
            return self.receive_coded(payload, at);
        }
        if self.delivery == Delivery::Messages {
            return Self::whole(self.opcode, payload).map(Some).map_err(|invalid| at.invalid_utf8(invalid.offset));
        }
        self.absorb(payload, at)?;
        self.check_end(at)?;
        Ok(self.part(Cow::Borrowed(payload), at.place))
    }

    /// A plain message begins, which is in a single frame, within the limits, and handed out whole: [`gather`](Self::gather)
    /// takes its payload.
    pub(super) fn begin_plain(&mut self, opcode: Opcode) {
        self.coding = Coding::Plain;
        self.begin(opcode);
    }

    fn begin(&mut self, opcode: Opcode) {
        self.opcode = opcode;
        (self.length, self.announced) = (0, 0);
        self.untold = true;
        match opcode {
            Opcode::Text => {
                self.utf8 = Utf8Validator::new();
                self.gathered.begin_text();
            }
            _ => self.gathered.begin_bytes(),
        }
    }

    /// Whether the message under way is plain and handed out whole.
    #[inline]
    pub(super) fn gathers(&self) -> bool {
        self.delivery == Delivery::Messages && self.coding == Coding::Plain
    }

    /// Holds the next payload of a plain message. Its length was judged with the header, so that nothing but text can be
    /// wrong with it; bytes lose their mask on the way, in one pass.
    #[inline]
    pub(super) fn gather(&mut self, part: FramePart<'_>) -> Result<(), Wrong> {
        let expected = self.expected(&part.header, part.offset);
        let length = part.payload.len();
        self.length += length as u64;
        if self.opcode == Opcode::Text {
            let ends = part.ends_message();
            self.gather_text(part.unmasked().payload, expected)?;
            return if ends && !self.utf8.is_complete() {
                Err(Wrong::Utf8(InvalidUtf8 { offset: length }))
            } else {
                Ok(())
            };
        }
        let place = self.gathered.extend(length, expected).map_err(|_| Wrong::TooBig)?;
        match part.header.masking_key {
            Some(key) => copy_masked(part.payload, place, key, part.offset),
            None => place.copy_from_slice(part.payload),
        }
        Ok(())
    }

    #[inline]
    fn gather_text(&mut self, piece: &[u8], expected: Option<u64>) -> Result<(), Wrong> {
        let (carried, taken) = self.utf8.complete(piece).map_err(Wrong::Utf8)?;
        if !carried.is_empty() {
            self.gathered.push(carried, expected).map_err(|_| Wrong::TooBig)?;
        }
        let text = self.utf8.complete_text(piece, taken).map_err(Wrong::Utf8)?;
        self.gathered.push(text, expected).map_err(|_| Wrong::TooBig)
    }

    /// How long the message will be, which is known when this is its only frame.
    fn expected(&self, header: &FrameHeader, offset: u64) -> Option<u64> {
        (header.fin && self.length == offset).then_some(header.payload_length)
    }

    /// Whether payload that was taken before is not told yet.
    pub(super) const fn is_resumable(&self) -> bool {
        self.is_extended() && self.undecoded.is_some()
    }

    /// The next of what is left to tell.
    pub(super) fn resume(&mut self) -> Result<Option<Event<'static>>, ProtocolError> {
        let Some(mut undecoded) = self.undecoded.take() else { return Ok(None) };
        let Undecoded { payload, taken, at } = &mut undecoded;
        let mut rest = &payload[*taken..];
        let (event, done) = self.decode_part(&mut rest, *at)?;
        *taken = payload.len() - rest.len();
        if !done {
            self.undecoded = Some(undecoded);
        }
        Ok(event)
    }

    /// Room to read payload into that stays where it is; `None` where it would have to be looked at or moved.
    pub(super) fn room(&mut self, missing: u64) -> Option<&mut [u8]> {
        let plain = self.opcode == Opcode::Binary && self.coding == Coding::Plain;
        if !plain || self.delivery == Delivery::Parts {
            return None;
        }
        let expected = self.length.checked_add(missing);
        self.gathered.room(usize::try_from(missing).unwrap_or(usize::MAX), expected)
    }

    /// The first `length` bytes of the room, which were read; they are to be unmasked.
    pub(super) fn fill(&mut self, length: usize) -> Option<&mut [u8]> {
        let filled = self.gathered.fill(length)?;
        self.length += length as u64;
        Some(filled)
    }

    /// The message, if it ended with what was [`fill`](Self::fill)ed.
    pub(super) fn end(&mut self, place: Place) -> Option<Event<'static>> {
        (place == Place::Last).then(|| match self.opcode {
            Opcode::Text => Event::Text(Cow::Owned(self.gathered.take_text())),
            _ => Event::Binary(Cow::Owned(self.gathered.take_bytes())),
        })
    }

    pub(super) fn recycle(&mut self, memory: Vec<u8>) {
        self.gathered.recycle(memory);
    }

    pub(super) fn shrink(&mut self) {
        self.gathered.shrink();
        self.decoded = Vec::new();
    }

    fn begin_frame(&mut self, part: &FramePart<'_>) -> Result<(), ProtocolError> {
        let error = |violation, at| ProtocolError { violation, frame_start: part.frame_start, at };
        if part.header.opcode != Opcode::Continuation {
            let rsv = part.header.rsv;
            self.coding = match &mut self.extension {
                Some(extension) if rsv != Rsv::NONE || extension.rsv() == Rsv::NONE => {
                    extension.begin_decode(rsv).map_err(|violation| error(violation, Span::new(0, 1)))?
                }
                _ => Coding::Plain,
            };
            self.begin(part.header.opcode);
        }
        // The limit counts all fragments, and the announced length decides, before a byte of it has come. Encoded, a
        // short message may take more than itself, but not more than a frame of its own.
        self.announced = self.announced.saturating_add(part.header.payload_length);
        let limit = match self.coding {
            Coding::Plain => self.limit,
            Coding::Coded => self.limit.max(self.frame_limit),
        };
        if self.announced > limit {
            return Err(error(Violation::MessageTooBig, Span::new(1, part.header.encoded_len())));
        }
        Ok(())
    }

    fn receive_coded<'a>(&mut self, payload: &[u8], at: Location) -> Result<Option<Event<'a>>, ProtocolError> {
        let mut rest = payload;
        if self.delivery == Delivery::Messages {
            self.decode_all(&mut rest, at)?;
            return Ok(self.end(at.place));
        }
        let (event, done) = self.decode_part(&mut rest, at)?;
        if !done {
            self.undecoded = Some(Undecoded { payload: rest.to_vec(), taken: 0, at });
        }
        Ok(event)
    }

    fn decode_all(&mut self, rest: &mut &[u8], at: Location) -> Result<(), ProtocolError> {
        let mut decoded = core::mem::take(&mut self.decoded);
        decoded.resize(DECODED, 0);
        loop {
            let length = self.decode(rest, at, &mut decoded)?;
            self.absorb(&decoded[..length], at)?;
            if rest.is_empty() && length < decoded.len() {
                self.decoded = decoded;
                return self.check_end(at);
            }
        }
    }

    /// Decodes one part, and says whether that was all there is in `rest`.
    fn decode_part(&mut self, rest: &mut &[u8], at: Location) -> Result<(Option<Event<'static>>, bool), ProtocolError> {
        let mut decoded = core::mem::take(&mut self.decoded);
        decoded.resize(DECODED, 0);
        let length = self.decode(rest, at, &mut decoded)?;
        let done = rest.is_empty() && length < decoded.len();
        decoded.truncate(length);
        let at = if done { at } else { Location { place: Place::Middle, ..at } };
        self.absorb(&decoded, at)?;
        self.check_end(at)?;
        Ok((self.part(Cow::Owned(decoded), at.place), done))
    }

    fn decode(&mut self, rest: &mut &[u8], at: Location, out: &mut [u8]) -> Result<usize, ProtocolError> {
        let Some(extension) = &mut self.extension else { return Ok(0) };
        extension.decode(rest, at.place, out).map_err(|violation| at.whole(violation))
    }

    /// Counts and judges the next bytes of the message, and holds them where the message is wanted whole. What comes
    /// before the limit is judged first, in whatever pieces it was decoded.
    fn absorb(&mut self, payload: &[u8], at: Location) -> Result<(), ProtocolError> {
        let room = usize::try_from(self.limit - self.length).unwrap_or(usize::MAX);
        let (payload, beyond) = payload.split_at(payload.len().min(room));
        self.length += payload.len() as u64;
        let held = match (self.opcode, self.delivery) {
            (Opcode::Text, Delivery::Messages) => self.gather_text(payload, None),
            (Opcode::Text, Delivery::Parts) => self.utf8.receive(payload).map_err(Wrong::Utf8),
            (_, Delivery::Messages) => self.gathered.append(payload).map_err(|_| Wrong::TooBig),
            (_, Delivery::Parts) => Ok(()),
        };
        let judged = if beyond.is_empty() { held } else { held.and(Err(Wrong::TooBig)) };
        judged.map_err(|wrong| match (wrong, self.coding) {
            (Wrong::Utf8(_), Coding::Coded) => at.whole(Violation::InvalidUtf8),
            _ => at.error_of(wrong),
        })
    }

    /// A text must not end within a character.
    fn check_end(&self, at: Location) -> Result<(), ProtocolError> {
        let cut = self.opcode == Opcode::Text && at.place == Place::Last && !self.utf8.is_complete();
        if cut { Err(at.invalid_utf8(at.length)) } else { Ok(()) }
    }

    /// A part to hand on, unless it would say nothing.
    fn part<'a>(&mut self, payload: Cow<'a, [u8]>, place: Place) -> Option<Event<'a>> {
        let last = place == Place::Last;
        if payload.is_empty() && !last {
            return None;
        }
        let first = core::mem::take(&mut self.untold);
        Some(Event::Part(Part { opcode: self.opcode, payload, first, last }))
    }
}

/// The first length that is beyond a limit.
fn bound(limit: u64) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX).saturating_add(1)
}

/// What can be wrong with the payload of a plain message.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wrong {
    Utf8(InvalidUtf8),
    /// It is over the limit, or there is no memory for it.
    TooBig,
}

/// Where a piece of payload stands in the stream and in its message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Location {
    frame_start: u64,
    /// The place of the piece in its frame.
    start: u64,
    length: usize,
    pub(super) place: Place,
}

impl Location {
    pub(super) fn of(part: &FramePart<'_>) -> Self {
        Self {
            frame_start: part.frame_start,
            start: part.header.encoded_len() as u64 + part.offset,
            length: part.payload.len(),
            place: if part.ends_message() { Place::Last } else { Place::Middle },
        }
    }

    /// A piece that begins `start` bytes after its frame does.
    pub(super) const fn at(frame_start: u64, start: u64, length: usize) -> Self {
        Self { frame_start, start, length, place: Place::Middle }
    }

    /// The payload of a frame that ends at byte `end` of the stream.
    pub(super) fn of_whole(header: &FrameHeader, length: usize, end: u64) -> Self {
        let start = header.encoded_len() as u64;
        Self { frame_start: end - header.payload_length - start, start, length, place: Place::Last }
    }

    #[cold]
    pub(super) fn error_of(self, wrong: Wrong) -> ProtocolError {
        match wrong {
            Wrong::Utf8(invalid) => self.invalid_utf8(invalid.offset),
            Wrong::TooBig => self.whole(Violation::MessageTooBig),
        }
    }

    /// The text is wrong at byte `offset` of the piece, or cut at its end.
    pub(super) fn invalid_utf8(self, offset: usize) -> ProtocolError {
        self.error(Violation::InvalidUtf8, offset, usize::from(offset < self.length))
    }

    fn whole(self, violation: Violation) -> ProtocolError {
        self.error(violation, 0, self.length)
    }

    fn error(self, violation: Violation, offset: usize, length: usize) -> ProtocolError {
        // A frame that is longer than this machine can address ends its ranges where the machine does.
        let start = usize::try_from(self.start).unwrap_or(usize::MAX).saturating_add(offset);
        let at = Span::new(start, start.saturating_add(length));
        ProtocolError { violation, frame_start: self.frame_start, at }
    }
}
