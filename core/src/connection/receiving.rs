//! What the network delivers: frames into messages, and into answers to control frames.

use alloc::borrow::Cow;

use crate::connection::control::reason_of;
use crate::connection::message::{Location, MessageAssembler};
use crate::connection::state::Happening;
use crate::connection::{Answering, Connection, Entropy, Event, Part};
use crate::extension::Place;
use crate::utf8::whole_text;
use crate::{
    Close, ClosePayload, FrameHeader, FramePart, InvalidUtf8, MaskingKey, Opcode, ProtocolError, Rsv, Span, Violation,
    frames,
};

/// The least that a message must still lack for its own memory to be worth reading into.
const WORTH_READING: u64 = 4 << 10;

impl<E: Entropy> Connection<E> {
    /// Takes bytes from `input` up to and including the next event; `None` when there is no more event in it.
    ///
    /// A message that lies whole in `input` is handed out borrowed from it, unmasked in place. Where `None` comes and
    /// `input` is not empty, the queue of outgoing bytes is full: write, then call again with the rest.
    #[expect(clippy::inline_always, reason = "in the caller's loop an event stays in registers")]
    #[inline(always)]
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Event<'a>> {
        if self.state.reads()
            && !self.outgoing.is_full()
            && let Some((opcode, payload)) = self.decoder.whole_message(input, self.bound_of_whole)
        {
            let payload: &'a [u8] = payload;
            return match MessageAssembler::whole(opcode, payload) {
                Ok(event) => Some(event),
                Err(invalid) => Some(self.fail_whole(invalid, opcode, payload.len())),
            };
        }
        self.receive_part(input)
    }

    /// Takes the next message off `input` where it is one frame, lies there whole, and breaks no rule: one part, which is
    /// the first and the last, unmasked in place; of text it was judged that it is UTF-8.
    ///
    /// `None` means that nothing was taken and nothing judged: [`receive`](Self::receive) says what is there. What this takes
    /// has no consequence for the connection, whose state and queue stay as they are. So a caller for whom every call is
    /// dear, at the boundary to another language say, may take many messages at once, and act on them one by one
    /// afterwards as if it had received them so. [`Delivery`](crate::Delivery) does not matter to it.
    ///
    /// ```
    /// use ws101_core::{Config, Connection};
    /// let mut client = Connection::client(Config::default(), || [0; 4]);
    /// let mut read = *b"\x81\x02Hi\x82\x01!\x89\x00"; // text, binary, a ping
    /// let mut input = &mut read[..];
    /// assert_eq!(*client.receive_whole(&mut input).unwrap().payload, *b"Hi");
    /// assert_eq!(*client.receive_whole(&mut input).unwrap().payload, *b"!");
    /// assert_eq!(client.receive_whole(&mut input), None);
    /// assert_eq!(input, b"\x89\x00");
    /// ```
    #[inline]
    pub fn receive_whole<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Part<'a>> {
        if !self.state.reads() || self.outgoing.is_full() {
            return None;
        }
        let bound = self.messages.bound_of_any(self.bound_of_whole);
        let judge = |opcode, payload: &[u8]| opcode != Opcode::Text || whole_text(payload).is_ok();
        let (opcode, payload) = self.decoder.whole_message_if(input, bound, judge)?;
        Some(Part { opcode, payload: Cow::Borrowed(payload), first: true, last: true })
    }

    /// Room to read into instead of a buffer of the caller's, while a large binary message is under way: its bytes then
    /// need not be moved again. Say with [`filled`](Self::filled) how many were read.
    ///
    /// ```
    /// use std::io::Read;
    /// use ws101_core::{Config, Connection, Event};
    /// # fn read_from(mut socket: impl Read, connection: &mut Connection) -> std::io::Result<bool> {
    /// let mut buffer = [0; 4096];
    /// if let Some(room) = connection.message_buffer() {
    ///     let length = socket.read(room)?;
    ///     if let Some(event) = connection.filled(length) {
    ///         // …
    /// #       drop(event);
    ///     }
    ///     return Ok(length > 0);
    /// }
    /// let length = socket.read(&mut buffer)?;
    /// let mut input = &mut buffer[..length];
    /// while let Some(event) = connection.receive(&mut input) {
    ///     // …
    /// #   drop(event);
    /// }
    /// # Ok(length > 0)
    /// # }
    /// ```
    pub fn message_buffer(&mut self) -> Option<&mut [u8]> {
        let missing = self.decoder.missing();
        if missing < WORTH_READING || !self.state.reads() || self.decoder.in_control_frame() {
            return None;
        }
        self.messages.room(missing)
    }

    /// The first `length` bytes of [`message_buffer`](Self::message_buffer) were read; the message, if it ends with
    /// them.
    pub fn filled(&mut self, length: usize) -> Option<Event<'static>> {
        let missing = usize::try_from(self.decoder.missing()).unwrap_or(usize::MAX);
        let payload = self.messages.fill(length.min(missing))?;
        let part = self.decoder.decode_in_place(payload)?.unmasked();
        let place = Location::of(&part).place;
        self.messages.end(place)
    }

    /// The transport gives no more bytes: a read found its end, or it broke. What is outgoing may still be written, to a
    /// peer that closed only its own side.
    pub fn transport_ended(&mut self) {
        self.state = self.state.after(Happening::TransportEnds);
    }

    #[inline(never)]
    fn receive_part<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Event<'a>> {
        loop {
            if !self.state.reads() {
                // §1.4: "a peer discards any further data received"
                *input = &mut [];
                return None;
            }
            if self.outgoing.is_full() {
                return None;
            }
            if let Some(opcode) = self.decoder.begin_message(input, self.bound_of_whole) {
                self.messages.begin_plain(opcode);
            }
            if self.messages.gathers()
                && let Some(part) = self.decoder.continued(input)
            {
                match self.gather(part) {
                    None => continue,
                    event => return event,
                }
            }
            let received = if self.messages.is_resumable() {
                self.messages.resume()
            } else {
                match self.decoder.decode_masked(input) {
                    Ok(Some(part)) if part.header.opcode.is_control() => self.receive_control(part.unmasked()),
                    Ok(Some(part)) => self.messages.receive(part),
                    Ok(None) => return None,
                    Err(error) => Err(error),
                }
            };
            match received {
                Ok(None) => {}
                Ok(event) => return event,
                Err(error) => return Some(self.fail(error)),
            }
        }
    }

    /// The quick way for what most reads begin with: the next payload of a message that is gathered.
    #[inline]
    fn gather(&mut self, part: FramePart<'_>) -> Option<Event<'static>> {
        let (length, ends, frame_start) = (part.payload.len(), part.ends_message(), part.frame_start);
        if let Err(wrong) = self.messages.gather(part) {
            let at = Location::at(frame_start, self.decoder.position() - frame_start, length);
            return Some(self.fail(at.error_of(wrong)));
        }
        self.decoder.end_part(length);
        if ends { self.messages.end(Place::Last) } else { None }
    }

    /// Gathers a control frame's payload where it comes in pieces, and acts on it when it is whole.
    fn receive_control<'a>(&mut self, part: FramePart<'a>) -> Result<Option<Event<'a>>, ProtocolError> {
        let last = part.is_last();
        let FramePart { header, frame_start, first, offset, payload } = part;
        let payload: Cow<'a, [u8]> = if first && last {
            Cow::Borrowed(payload)
        } else {
            self.control.append(offset, payload);
            if !last {
                return Ok(None);
            }
            Cow::Owned(self.control.bytes().to_vec())
        };
        match header.opcode {
            Opcode::Close => {
                let event = self.receive_close(payload).map_err(|(violation, at)| {
                    let start = header.encoded_len();
                    ProtocolError { violation, frame_start, at: at.after(start) }
                })?;
                Ok(Some(event))
            }
            Opcode::Ping => {
                // §5.5.2: "Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it
                // already received a Close frame." Nothing is read after a Close; our own does not excuse us.
                if self.config.pongs == Answering::Automatic {
                    self.answer_ping(&payload);
                }
                Ok(Some(Event::Ping(payload)))
            }
            _ => Ok(Some(Event::Pong(payload))),
        }
    }

    fn receive_close<'a>(&mut self, payload: Cow<'a, [u8]>) -> Result<Event<'a>, (Violation, Span)> {
        let close = Close::parse(&payload)?;
        let code = close.map(|close| close.code);
        let answers = self.state.sends() && self.config.closes == Answering::Automatic;
        self.state = self.state.after(Happening::TheyClose);
        // §5.5.1: "If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST
        // send a Close frame in response. (When sending a Close frame in response, the endpoint typically echos the
        // status code it received.)"
        if answers {
            let echo = code.and_then(|code| Close { code, reason: "" }.encode().ok()).unwrap_or(ClosePayload::EMPTY);
            self.answer(frames::close(&echo));
            self.state = self.state.after(Happening::WeClose);
        }
        Ok(Event::Close { code, reason: reason_of(payload) })
    }

    /// The error of a message that came whole, in a frame that ends where the decoder is.
    #[cold]
    fn fail_whole(&mut self, invalid: InvalidUtf8, opcode: Opcode, length: usize) -> Event<'static> {
        let masking_key = self.role().receives_masked().then_some(MaskingKey([0; 4]));
        let header = FrameHeader { fin: true, rsv: Rsv::NONE, opcode, masking_key, payload_length: length as u64 };
        let at = Location::of_whole(&header, length, self.decoder.position());
        self.fail(at.invalid_utf8(invalid.offset))
    }

    #[cold]
    fn fail(&mut self, error: ProtocolError) -> Event<'static> {
        // §7.1.7: "the endpoint SHOULD send a Close frame with an appropriate status code"; after one was sent no
        // other may follow.
        if self.state.sends() {
            let close = Close { code: error.violation.status_code(), reason: error.violation.rule().code };
            let payload = close.encode().unwrap_or(ClosePayload::EMPTY);
            self.answer(frames::close(&payload));
        }
        self.state = self.state.after(Happening::Violation);
        Event::Violation(error)
    }

    fn answer_ping(&mut self, payload: &[u8]) {
        let pong = frames::pong(payload);
        let queued = match self.entropy.masking_key() {
            Some(key) => self.outgoing.push_pong(pong.masked(key)),
            None => self.outgoing.push_pong(pong),
        };
        debug_assert!(queued.is_ok(), "a pong is no longer than its ping");
    }
}
