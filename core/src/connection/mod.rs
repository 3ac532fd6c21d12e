//! A connection after its opening handshake: messages in and out, control frames, the closing handshake.

mod control;
mod entropy;
mod event;
mod message;
mod outgoing;
mod state;

use alloc::borrow::Cow;

use crate::{
    Close, ClosePayload, EncodeError, Frame, FrameDecoder, FramePart, Opcode, ProtocolError, Role, Span, Violation,
    frames,
};
use control::{ControlPayload, reason_of};
pub use entropy::{Entropy, Unmasked};
pub use event::{Event, SendError, TransportAction};
use message::MessageAssembler;
use outgoing::Outgoing;
use state::Happening;
pub use state::State;

/// How much a connection takes and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the longest message that is taken, all its fragments together; also of the longest frame. A message
    /// that does not lie whole in one read is held in memory until it is complete. 16 MiB unless set.
    pub message: u64,
    /// Bytes that may wait to be written before [`Connection::receive`] stops and `send_*` gives back what it was
    /// given; one frame may go beyond it. 1 MiB unless set.
    pub outgoing: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message: FrameDecoder::DEFAULT_PAYLOAD_LIMIT, outgoing: 1 << 20 }
    }
}

/// A connection after its opening handshake, without the transport.
///
/// Its methods are of four kinds:
///
/// 1. **What the network delivers**: [`receive`](Self::receive), [`transport_ended`](Self::transport_ended).
/// 2. **What the application wants**: [`send_text`](Self::send_text), [`send_binary`](Self::send_binary),
///    [`ping`](Self::ping), [`close`](Self::close).
/// 3. **What the caller must now do**: write [`outgoing`](Self::outgoing) and say so with [`sent`](Self::sent); then
///    obey [`transport_action`](Self::transport_action).
/// 4. **Getters**: [`state`](Self::state), [`role`](Self::role).
///
/// After each read: `receive` until it gives `None`, write what is outgoing, look at the transport's action. Pongs, the
/// answer to a Close and the Close that names a violation are queued without being asked for, so that this loop is all
/// there is to do.
///
/// ```
/// use ws101_core::{Connection, Event, Limits, TransportAction};
///
/// let mut server = Connection::server(Limits::default());
/// let mut client = Connection::client(Limits::default(), || [0x37, 0xfa, 0x21, 0x3d]); // random in earnest
/// client.send_text("Hello").unwrap();
///
/// let mut read = client.outgoing().to_vec(); // the transport
/// client.sent(read.len());
/// let mut input = &mut read[..];
/// while let Some(event) = server.receive(&mut input) {
///     if let Event::Text(text) = event {
///         server.send_text(&text).unwrap();
///     }
/// }
/// assert_eq!(server.outgoing(), b"\x81\x05Hello");
/// assert_eq!(server.transport_action(), TransportAction::Continue);
/// ```
#[derive(Debug)]
pub struct Connection<E = Unmasked> {
    entropy: E,
    state: State,
    decoder: FrameDecoder,
    messages: MessageAssembler,
    control: ControlPayload,
    outgoing: Outgoing,
}

impl Connection<Unmasked> {
    /// The end that accepted the connection.
    #[must_use]
    pub fn server(limits: Limits) -> Self {
        Self::new(Role::Server, limits, Unmasked)
    }
}

impl<F: FnMut() -> [u8; 4]> Connection<F> {
    /// The end that opened the connection; `entropy` gives four fresh random bytes for each frame.
    #[must_use]
    pub fn client(limits: Limits, entropy: F) -> Self {
        Self::new(Role::Client, limits, entropy)
    }
}

impl<E: Entropy> Connection<E> {
    fn new(role: Role, limits: Limits, entropy: E) -> Self {
        Self {
            entropy,
            state: State::Open,
            decoder: FrameDecoder::new(role).payload_limit(limits.message),
            messages: MessageAssembler::new(limits.message),
            control: ControlPayload::default(),
            outgoing: Outgoing::new(limits.outgoing),
        }
    }

    /// Takes bytes from `input` up to and including the next event; `None` when there is no more event in it.
    ///
    /// A message that lies whole in `input` is handed out borrowed from it, unmasked in place. Where `None` comes and
    /// `input` is not empty, the queue of outgoing bytes is full: write, then call again with the rest.
    pub fn receive<'a>(&mut self, input: &mut &'a mut [u8]) -> Option<Event<'a>> {
        loop {
            if !self.state.reads() {
                // §1.4: "a peer discards any further data received"
                *input = &mut [];
                return None;
            }
            if self.outgoing.is_full() {
                return None;
            }
            let taken = match self.decoder.decode(input) {
                Ok(None) => return None,
                Ok(Some(part)) if part.header.opcode.is_control() => self.receive_control(part),
                Ok(Some(part)) => self.messages.receive(part),
                Err(error) => Err(error),
            };
            match taken {
                Ok(None) => {}
                Ok(Some(event)) => return Some(event),
                Err(error) => return Some(self.fail(error)),
            }
        }
    }

    /// The transport gives no more bytes: its other end closed it, or it broke.
    pub fn transport_ended(&mut self) {
        self.state = self.state.after(Happening::TransportEnds);
        self.outgoing.clear();
    }

    /// Queues a text message.
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    pub fn send_text(&mut self, text: &str) -> Result<(), SendError> {
        self.send(frames::text(text))
    }

    /// Queues a message of bytes.
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    pub fn send_binary(&mut self, bytes: &[u8]) -> Result<(), SendError> {
        self.send(frames::binary(bytes))
    }

    /// Queues a ping of at most 125 bytes; the other end answers with a pong of the same bytes (§5.5.2).
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    pub fn ping(&mut self, bytes: &[u8]) -> Result<(), SendError> {
        self.send(frames::ping(bytes))
    }

    /// Begins the closing handshake; `None` sends a Close without a body. Nothing can be sent after it.
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued. A full queue does not stop a Close.
    pub fn close(&mut self, close: Option<Close<'_>>) -> Result<(), SendError> {
        let payload = close.map_or(Ok(ClosePayload::EMPTY), |close| close.encode()).map_err(SendError::Frame)?;
        if !self.state.sends() {
            return Err(SendError::NotOpen);
        }
        self.queue(frames::close(&payload)).map_err(SendError::Frame)?;
        self.state = self.state.after(Happening::WeClose);
        Ok(())
    }

    /// What is to be written to the transport, in order.
    #[must_use]
    pub fn outgoing(&self) -> &[u8] {
        self.outgoing.bytes()
    }

    /// The first `length` bytes of [`outgoing`](Self::outgoing) were written.
    pub fn sent(&mut self, length: usize) {
        self.outgoing.sent(length);
    }

    /// What to do with the transport once [`outgoing`](Self::outgoing) is written (§7.1.1): the server closes it first,
    /// but for an end that failed the connection, which closes it whoever it is.
    #[must_use]
    pub fn transport_action(&self) -> TransportAction {
        match self.state {
            State::Lost => TransportAction::Close,
            _ if !self.outgoing.bytes().is_empty() => TransportAction::Continue,
            State::Open | State::CloseSent => TransportAction::Continue,
            State::Closed if self.role() == Role::Client => TransportAction::AwaitClose,
            State::Closed | State::Failed => TransportAction::Close,
        }
    }

    /// Where the connection is.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Which end we are.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.decoder.role()
    }

    fn send(&mut self, frame: Frame<'_>) -> Result<(), SendError> {
        if !self.state.sends() {
            return Err(SendError::NotOpen);
        }
        if self.outgoing.is_full() {
            return Err(SendError::Full);
        }
        self.queue(frame).map_err(SendError::Frame)
    }

    fn queue(&mut self, frame: Frame<'_>) -> Result<(), EncodeError> {
        match self.entropy.masking_key() {
            Some(key) => self.outgoing.push(frame.masked(key)),
            None => self.outgoing.push(frame),
        }
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
                    ProtocolError { violation, frame_start, at: Span::new(start + at.start, start + at.end) }
                })?;
                Ok(Some(event))
            }
            Opcode::Ping => {
                // §5.5.2: "Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it
                // already received a Close frame." After our own Close nothing is sent (§5.5.1 forbids data; a pong
                // would only delay the end).
                if self.state.sends() {
                    self.answer(frames::pong(&payload));
                }
                Ok(Some(Event::Ping(payload)))
            }
            _ => Ok(Some(Event::Pong(payload))),
        }
    }

    fn receive_close<'a>(&mut self, payload: Cow<'a, [u8]>) -> Result<Event<'a>, (Violation, Span)> {
        let close = Close::parse(&payload)?;
        let code = close.map(|close| close.code);
        // §5.5.1: "If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST
        // send a Close frame in response. (When sending a Close frame in response, the endpoint typically echos the
        // status code it received.)"
        if self.state.sends() {
            let echo = code.and_then(|code| Close { code, reason: "" }.encode().ok()).unwrap_or(ClosePayload::EMPTY);
            self.answer(frames::close(&echo));
        }
        self.state = self.state.after(Happening::TheyClose);
        Ok(Event::Close { code, reason: reason_of(payload) })
    }

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

    /// Queues a control frame of ours, which is short and valid: only memory could be missing, and then the transport's
    /// end says the rest.
    fn answer(&mut self, frame: Frame<'_>) {
        let queued = self.queue(frame);
        debug_assert!(queued.is_ok(), "an answer keeps the rules of control frames");
    }
}
