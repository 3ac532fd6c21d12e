//! What the application sends: messages whole and in fragments, control frames.

use alloc::vec::Vec;

use crate::connection::state::Happening;
use crate::connection::{Connection, Entropy, SendError};
use crate::extension::{Coding, Place};
use crate::{Close, ClosePayload, EncodeError, Frame, Opcode, Rsv, Utf8Validator, frames};

/// A message of ours that was begun and has not ended.
#[derive(Debug)]
pub(super) struct Sending {
    opcode: Opcode,
    coding: Coding,
    /// The bits of the first frame, until that was queued.
    first: Option<Rsv>,
    utf8: Utf8Validator,
}

impl<E: Entropy> Connection<E> {
    /// Queues a text message.
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    #[inline]
    pub fn send_text(&mut self, text: &str) -> Result<(), SendError> {
        self.send_message(Opcode::Text, text.as_bytes())
    }

    /// Queues a message of bytes.
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    #[inline]
    pub fn send_binary(&mut self, bytes: &[u8]) -> Result<(), SendError> {
        self.send_message(Opcode::Binary, bytes)
    }

    /// Queues a frame of a message, so that a message can be sent in fragments as it comes to be (§5.4): first text or
    /// binary with `fin(false)`, then continuations, the last of them final. Text may be cut within a character. Control
    /// frames may stand between them. Masking is the connection's concern, and so are extensions: what they cannot
    /// encode yet is sent with a later fragment.
    ///
    /// ```
    /// use ws101_core::{Config, Connection, frames};
    /// let mut server = Connection::server(Config::default());
    /// server.send_frame(frames::text("Hel").fin(false))?;
    /// server.ping(b"")?;
    /// server.send_frame(frames::continuation(b"lo"))?;
    /// assert_eq!(server.outgoing(), b"\x01\x03Hel\x89\x00\x80\x02lo");
    /// # Ok::<(), ws101_core::SendError>(())
    /// ```
    ///
    /// # Errors
    /// [`SendError`], of [`EncodeError`] among others [`UnexpectedContinuation`](EncodeError::UnexpectedContinuation),
    /// [`MessageUnfinished`](EncodeError::MessageUnfinished) and [`InvalidUtf8`](EncodeError::InvalidUtf8); then nothing
    /// is queued.
    pub fn send_frame(&mut self, frame: Frame<'_>) -> Result<(), SendError> {
        let header = frame.header();
        match header.opcode {
            _ if header.rsv != Rsv::NONE => Err(SendError::Frame(EncodeError::ReservedBits)),
            Opcode::Close => match Close::parse(frame.payload()) {
                Ok(close) => self.close(close),
                Err(_) => Err(SendError::Frame(EncodeError::StatusNotAllowed)),
            },
            Opcode::Ping | Opcode::Pong => self.send_control(frame),
            Opcode::Text | Opcode::Binary if header.fin => self.send_message(header.opcode, frame.payload()),
            Opcode::Text | Opcode::Binary | Opcode::Continuation => self.send_fragment(frame),
        }
    }

    /// Queues a ping of at most 125 bytes; the other end answers with a pong of the same bytes (§5.5.2).
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    pub fn ping(&mut self, bytes: &[u8]) -> Result<(), SendError> {
        self.send_control(frames::ping(bytes))
    }

    /// Queues a pong of at most 125 bytes: the answer to a ping where the caller wanted to give it
    /// ([`Answering::ByCaller`](crate::Answering::ByCaller)), or an unasked sign of life (§5.5.3).
    ///
    /// # Errors
    /// [`SendError`]; then nothing is queued.
    pub fn pong(&mut self, bytes: &[u8]) -> Result<(), SendError> {
        self.send_control(frames::pong(bytes))
    }

    /// Begins the closing handshake, or answers the other end's Close where the caller wanted to; `None` sends a Close
    /// without a body. Nothing can be sent after it, not even the rest of a message that was begun.
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

    #[inline]
    fn check_open(&self) -> Result<(), SendError> {
        if !self.state.sends() {
            return Err(SendError::NotOpen);
        }
        if self.outgoing.is_full() { Err(SendError::Full) } else { Ok(()) }
    }

    fn send_control(&mut self, frame: Frame<'_>) -> Result<(), SendError> {
        self.check_open()?;
        self.queue(frame).map_err(SendError::Frame)
    }

    #[inline]
    fn send_message(&mut self, opcode: Opcode, payload: &[u8]) -> Result<(), SendError> {
        self.check_open()?;
        if self.sending.is_some() {
            return Err(SendError::Frame(EncodeError::MessageUnfinished));
        }
        let queued = if self.messages.is_extended() {
            self.send_extended(opcode, payload)
        } else {
            self.queue(Frame::new(opcode, payload))
        };
        queued.map_err(SendError::Frame)
    }

    #[inline(never)]
    fn send_extended(&mut self, opcode: Opcode, payload: &[u8]) -> Result<(), EncodeError> {
        let (rsv, coding) = self.begin_encode(opcode, Some(payload.len()));
        match coding {
            Coding::Plain => self.queue(Frame::new(opcode, payload).rsv(rsv)),
            Coding::Coded => self.encode(payload, Place::Last, |encoded| Some(Frame::new(opcode, encoded).rsv(rsv))),
        }
    }

    fn send_fragment(&mut self, frame: Frame<'_>) -> Result<(), SendError> {
        self.check_open()?;
        let header = frame.header();
        // All is judged before anything changes.
        let (opcode, mut utf8) = match (&self.sending, header.opcode) {
            (None, Opcode::Continuation) => return Err(SendError::Frame(EncodeError::UnexpectedContinuation)),
            (None, opcode) => (opcode, Utf8Validator::new()),
            (Some(sending), Opcode::Continuation) => (sending.opcode, sending.utf8),
            (Some(_), _) => return Err(SendError::Frame(EncodeError::MessageUnfinished)),
        };
        if opcode == Opcode::Text {
            let text = utf8.receive(frame.payload());
            if text.is_err() || (header.fin && !utf8.is_complete()) {
                return Err(SendError::Frame(EncodeError::InvalidUtf8));
            }
        }
        let mut sending = self.sending.take().unwrap_or_else(|| {
            let (rsv, coding) = self.begin_encode(opcode, None);
            Sending { opcode, coding, first: Some(rsv), utf8 }
        });
        sending.utf8 = utf8;
        let queued = self.queue_fragment(&mut sending, frame.payload(), header.fin);
        if !header.fin {
            self.sending = Some(sending);
        }
        queued.map_err(SendError::Frame)
    }

    fn queue_fragment(&mut self, sending: &mut Sending, payload: &[u8], fin: bool) -> Result<(), EncodeError> {
        let (opcode, rsv) = sending.first.map_or((Opcode::Continuation, Rsv::NONE), |rsv| (sending.opcode, rsv));
        match sending.coding {
            Coding::Coded if self.messages.is_extended() => {
                let place = if fin { Place::Last } else { Place::Middle };
                self.encode(payload, place, |encoded| {
                    // A fragment that says nothing yet is not worth a frame.
                    (fin || !encoded.is_empty()).then(|| {
                        sending.first = None;
                        Frame::new(opcode, encoded).fin(fin).rsv(rsv)
                    })
                })
            }
            _ => {
                sending.first = None;
                self.queue(Frame::new(opcode, payload).fin(fin).rsv(rsv))
            }
        }
    }

    fn begin_encode(&mut self, opcode: Opcode, length: Option<usize>) -> (Rsv, Coding) {
        self.messages.extension().map_or((Rsv::NONE, Coding::Plain), |extension| extension.begin_encode(opcode, length))
    }

    /// Encodes the next payload of a message, and queues what `frame` makes of it.
    fn encode(
        &mut self,
        payload: &[u8],
        place: Place,
        frame: impl FnOnce(&[u8]) -> Option<Frame<'_>>,
    ) -> Result<(), EncodeError> {
        let mut encoded: Vec<u8> = core::mem::take(&mut self.encoded);
        encoded.clear();
        if let Some(extension) = self.messages.extension() {
            extension.encode(payload, place, &mut encoded)?;
        }
        let queued = frame(&encoded).map_or(Ok(()), |frame| self.queue(frame));
        self.encoded = encoded;
        queued
    }
}
