//! Connections: one call for as many messages as lie whole in a chunk, or for one of anything else.

use alloc::borrow::Cow;
use alloc::rc::Rc;
use core::cell::Cell;
use core::time::Duration;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{
    Answering, Close, Config, Delivery, EncodeError, Entropy, Event, Frame, KeepAlive, Limits, MaskingKey, Opcode,
    Role, SendError, State, StatusCode, TransportAction,
};

use crate::exchange::{OK, verdict, word};
use crate::table::{REPORT, Table, address};

/// Words of a row.
const ROW: usize = 4;

/// Bits of a row's first word beside the opcode.
const FIRST: u32 = 1 << 8;
const LAST: u32 = 1 << 9;
const ASCII: u32 = 1 << 10;
/// Stands in the place of the opcode where a rule was broken.
const VIOLATION: u32 = 15;

/// Bits of what a connection is told to do.
const PARTS: u32 = 1;
const PONGS_BY_CALLER: u32 = 2;
const CLOSES_BY_CALLER: u32 = 4;
const KEEP_ALIVE: u32 = 8;

/// A connection. Its messages and what it sends cross in a [`Table`].
#[wasm_bindgen]
pub struct Connection {
    inner: ws101_core::Connection<Keys>,
    key: Rc<Cell<u32>>,
    /// The last event, where it has memory of its own: the caller reads it before the next call.
    held: Option<Event<'static>>,
}

/// The masking-key that came with the call: a call queues one frame at most.
struct Keys {
    role: Role,
    key: Rc<Cell<u32>>,
}

impl Entropy for Keys {
    fn masking_key(&mut self) -> Option<MaskingKey> {
        (self.role == Role::Client).then(|| MaskingKey(self.key.get().to_le_bytes()))
    }
}

#[wasm_bindgen]
impl Connection {
    /// The state, and from bit 8 on what is to be done with the transport.
    pub fn status(&self) -> u32 {
        let state = match self.inner.state() {
            State::Open => 0,
            State::CloseSent => 1,
            State::CloseReceived => 2,
            State::Closed => 3,
            State::Failed => 4,
            State::Lost => 5,
            State::TimedOut => 6,
        };
        let action = match self.inner.transport_action() {
            TransportAction::Continue => 0,
            TransportAction::AwaitClose => 1,
            TransportAction::Close => 2,
        };
        state | action << 8
    }

    /// How many bytes wait to be written.
    pub fn outgoing_length(&self) -> usize {
        self.inner.outgoing().len()
    }

    /// The transport gives no more bytes.
    pub fn transport_ended(&mut self) {
        self.inner.transport_ended();
    }

    /// Tells the time, in milliseconds, and gives the time at which to call again, or -1.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "JavaScript gives whole numbers below 2^53"
    )]
    #[expect(clippy::cast_precision_loss, reason = "and takes them")]
    pub fn tick(&mut self, now: f64, key: u32) -> f64 {
        self.key.set(key);
        let next = self.inner.tick(Duration::from_millis(now as u64));
        next.map_or(-1.0, |next| (next.as_secs() * 1000 + u64::from(next.subsec_millis())) as f64)
    }

    /// Frees the memory that is only kept for what may come next.
    pub fn shrink(&mut self) {
        self.held = None;
        self.inner.shrink();
    }
}

#[wasm_bindgen]
impl Table {
    /// A connection of role 0, the client, or 1, the server. In, where the rows are, as numbers of two words: the limits
    /// for frames, messages and what is outgoing, in bytes; the interval and the patience of keep-alive and the time for a
    /// Close, in milliseconds. `flags`: 1 for messages in parts, 2 and 4 where the caller answers pings and Closes, 8 for
    /// keep-alive.
    pub fn connection(&self, role: u32, flags: u32) -> Connection {
        let answering = |bit| if flags & bit == 0 { Answering::Automatic } else { Answering::ByCaller };
        let duration = |place| Duration::from_millis(self.number(place));
        let config = Config {
            limits: Limits {
                frame: self.number(0),
                message: self.number(1),
                outgoing: usize::try_from(self.number(2)).unwrap_or(usize::MAX),
            },
            delivery: if flags & PARTS == 0 { Delivery::Messages } else { Delivery::Parts },
            pongs: answering(PONGS_BY_CALLER),
            closes: answering(CLOSES_BY_CALLER),
            keep_alive: (flags & KEEP_ALIVE != 0).then(|| KeepAlive { interval: duration(3), patience: duration(4) }),
            close_timeout: duration(5),
        };
        let (role, key) = (crate::table::role(role), Rc::new(Cell::new(0)));
        let keys = Keys { role, key: Rc::clone(&key) };
        Connection { inner: ws101_core::Connection::new(role, config, keys), key, held: None }
    }

    /// Takes from the bytes from `start` up to `end` as many messages as lie there whole, in one frame each, or else one event
    /// of any other kind, and gives the number of rows: 0 when nothing more comes of these bytes. What may follow from
    /// an event (an answer, a failure) so happens when the caller has seen all that was before it. The report's last word is 1 where
    /// another call may find more, if without a further byte.
    ///
    /// A row is: the opcode, or 15 for a broken rule (which the report names), with bit 8 for a message's first part, 9 for its
    /// last, 10 for text that is ASCII; the address of the payload, or of a Close's reason; its length; a Close's
    /// status code, or 0. What is not in the bytes stays where it is until the next call for this connection.
    pub fn receive(&mut self, connection: &mut Connection, start: usize, end: usize, key: u32) -> usize {
        if let Some(event) = connection.held.take() {
            connection.inner.recycle(event);
        }
        connection.key.set(key);
        let mut input = self.bytes.get_mut(start..end).unwrap_or_default();
        let rows = self.words.get_mut(REPORT..).unwrap_or_default().as_chunks_mut::<ROW>().0;
        let (mut count, mut failure) = (0, None);
        for row in &mut *rows {
            let Some(part) = connection.inner.receive_whole(&mut input) else { break };
            *row = describe(part.opcode, &part.payload, FIRST | LAST, 0);
            count += 1;
        }
        let alone = count == 0;
        if alone
            && let Some(row) = rows.first_mut()
            && let Some(event) = connection.inner.receive(&mut input)
        {
            count = 1;
            *row = match &event {
                Event::Text(text) => describe(Opcode::Text, text.as_bytes(), FIRST | LAST, 0),
                Event::Binary(bytes) => describe(Opcode::Binary, bytes, FIRST | LAST, 0),
                Event::Part(part) => {
                    let first = if part.first { FIRST } else { 0 };
                    let last = if part.last { LAST } else { 0 };
                    describe(part.opcode, &part.payload, first | last, 0)
                }
                Event::Ping(bytes) => describe(Opcode::Ping, bytes, 0, 0),
                Event::Pong(bytes) => describe(Opcode::Pong, bytes, 0, 0),
                Event::Close { code, reason } => {
                    describe(Opcode::Close, reason.as_bytes(), 0, code.map_or(0, |code| code.0.into()))
                }
                Event::Violation(error) => {
                    failure = Some(*error);
                    [VIOLATION, 0, 0, 0]
                }
            };
            connection.held = owned(event);
        }
        let taken = end - input.len();
        self.end(count, taken, failure);
        self.note(u32::from(taken < end || alone));
        count
    }

    /// Queues what the input's first `length` bytes are, in a frame that begins with the byte `first`: a message, a
    /// fragment, a ping or a pong. The report's last word is 1 when as much waits to be written as may.
    pub fn send(&mut self, connection: &mut Connection, first: u8, length: usize, key: u32) -> u32 {
        connection.key.set(key);
        let Some(opcode) = Opcode::from_bits(first & 0x0f) else { return OK };
        let frame = Frame::new(opcode, self.payload(length)).fin(first & 0x80 != 0);
        let sent = connection.inner.send_frame(frame);
        self.forget_payload();
        self.note(connection.is_full().into());
        answer(sent)
    }

    /// Queues a Close with a status code, or 0 for none, and the input's first `length` bytes as the reason.
    pub fn close(&mut self, connection: &mut Connection, code: u16, length: usize, key: u32) -> u32 {
        connection.key.set(key);
        if code == 0 && length > 0 {
            return verdict(EncodeError::ReasonWithoutStatus.number());
        }
        let reason = core::str::from_utf8(self.payload(length)).unwrap_or_default();
        let close = (code != 0).then_some(Close { code: StatusCode(code), reason });
        answer(connection.inner.close(close))
    }

    /// Says how many bytes wait to be written, and in the report's last word where they lie until the next call; they count
    /// as written.
    pub fn take_outgoing(&mut self, connection: &mut Connection) -> usize {
        let outgoing = connection.inner.outgoing();
        let length = outgoing.len();
        self.note(address(outgoing));
        connection.inner.sent(length);
        length
    }
}

impl Connection {
    fn is_full(&self) -> bool {
        self.inner.outgoing().len() >= self.inner.config().limits.outgoing
    }
}

#[cfg(feature = "deflate")]
impl Connection {
    /// The same with an extension, before anything is sent or received.
    pub(crate) fn extended(self, extension: alloc::boxed::Box<dyn ws101_core::MessageExtension>) -> Self {
        Self { inner: self.inner.with_extension(extension), ..self }
    }
}

fn answer(sent: Result<(), SendError>) -> u32 {
    sent.map_or_else(|error| verdict(error.number()), |()| OK)
}

/// What of an event has memory of its own.
fn owned(event: Event<'_>) -> Option<Event<'static>> {
    match event {
        Event::Text(Cow::Owned(text)) => Some(Event::Text(Cow::Owned(text))),
        Event::Binary(Cow::Owned(bytes)) => Some(Event::Binary(Cow::Owned(bytes))),
        Event::Part(part) => match part.payload {
            Cow::Owned(bytes) => Some(Event::Binary(Cow::Owned(bytes))),
            Cow::Borrowed(_) => None,
        },
        Event::Ping(Cow::Owned(bytes)) | Event::Pong(Cow::Owned(bytes)) => Some(Event::Ping(Cow::Owned(bytes))),
        Event::Close { reason: Cow::Owned(reason), .. } => Some(Event::Text(Cow::Owned(reason))),
        _ => None,
    }
}

fn describe(opcode: Opcode, payload: &[u8], bits: u32, code: u32) -> [u32; ROW] {
    let ascii = if opcode == Opcode::Text && payload.is_ascii() { ASCII } else { 0 };
    [u32::from(opcode.bits()) | bits | ascii, address(payload), word(payload.len()), code]
}
