//! Frames as Chromium judges them, and how it closes.

use ws101_core::Utf8Validator;

use crate::browser::chromium::Position;
use crate::browser::chromium::deflate::InflatingReader;
use crate::browser::chromium::frames::{Frame, FrameReader, ReadError};
use crate::browser::chromium::handshake::Agreed;
use crate::browser::chromium::pipe::Pipe;
use crate::browser::chromium::reading::Reading;
use crate::browser::story::Story;
use crate::browser::wire::{AT_ONCE, Time, Wire};
use crate::{Ended, Verdict};

/// After the closing handshake, it waits this long for the server to end the connection.
const CLOSE_TIMEOUT: Time = 2_000_000;

/// An open connection.
pub(super) struct Channel<'w, 'r> {
    wire: &'w Wire<'r>,
    story: Story,
    frames: FrameReader,
    inflating: Option<InflatingReader>,
    message: Message,
    pipe: Pipe,
    /// The server's Close, once it was answered.
    closed: Option<Closed>,
    now: Time,
}

struct Closed {
    code: u16,
    reason: String,
    at: Time,
}

/// A message that comes in pieces.
#[derive(Default)]
struct Message {
    is_open: bool,
    is_text: bool,
    validator: Utf8Validator,
    payload: Vec<u8>,
}

/// Nothing comes any more; the rule that decided.
struct Done(&'static str);

impl<'w, 'r> Channel<'w, 'r> {
    pub(super) fn new(wire: &'w Wire<'r>, story: Story, agreed: &Agreed) -> Self {
        let inflating = agreed.deflate.then(InflatingReader::new);
        Self {
            wire,
            story,
            frames: FrameReader::default(),
            inflating,
            message: Message::default(),
            pipe: Pipe::default(),
            closed: None,
            now: 0,
        }
    }

    /// Reads on from there, with what was read with the head first.
    pub(super) fn run(mut self, behind_head: &[u8], from: Position) -> Verdict {
        let Err(Done(rule)) = self.read_all(behind_head, from);
        self.story.end(rule)
    }

    fn read_all(&mut self, behind_head: &[u8], from: Position) -> Result<std::convert::Infallible, Done> {
        /// It is still open, and the server has not ended it.
        const STILL_OPEN: &str = "chromium/still-open";
        let wire = self.wire;
        self.now = wire.arrivals.get(from.arrival).map_or(0, |arrival| arrival.at);
        if !behind_head.is_empty() {
            self.read(behind_head)?;
        }
        let mut reading = Reading::new(self.now);
        for (index, arrival) in wire.arrivals.iter().enumerate().skip(from.arrival) {
            self.pass_time_until(arrival.at)?;
            self.now = arrival.at;
            let mut rest = &arrival.bytes[if index == from.arrival { from.offset } else { 0 }..];
            while !rest.is_empty() {
                let (bytes, behind) = rest.split_at(rest.len().min(reading.size()));
                reading.read(self.now, bytes.len());
                self.read(bytes)?;
                rest = behind;
            }
        }
        self.pass_time_until(Time::MAX)?;
        Err(Done(STILL_OPEN))
    }

    /// What ends the connection before something comes at `next`.
    fn pass_time_until(&mut self, next: Time) -> Result<(), Done> {
        /// The server ended the connection behind the closing handshake.
        const CLOSED: &str = "chromium/closed-in-order";
        /// The closing handshake is done, and the server does not end the connection: it is not waited for.
        const NOT_ENDED: &str = "chromium/server-does-not-end-the-connection";
        /// The connection ended without a Close: nothing is said of it.
        const NO_CLOSE: &str = "chromium/ended-without-close";
        /// It was reset: nothing is said of it either.
        const RESET: &str = "chromium/reset";
        /// It was reset behind the closing handshake: the code stands, but the close was not clean.
        const RESET_BEHIND_CLOSE: &str = "chromium/reset-behind-close";
        let end = self.wire.end_after_close(self.closed.as_ref().map(|closed| closed.at));
        let end = end.filter(|(at, _)| *at < next);
        match (&self.closed, end) {
            (Some(Closed { code, reason, at }), end) => {
                let timeout = at.saturating_add(CLOSE_TIMEOUT);
                let (was_clean, rule) = match end {
                    Some((at, Ended::Fin)) if at <= timeout => (true, CLOSED),
                    Some((at, Ended::Rst)) if at <= timeout => (false, RESET_BEHIND_CLOSE),
                    _ if next <= timeout => return Ok(()),
                    _ => (true, NOT_ENDED),
                };
                self.story.closes(*code, was_clean, reason);
                Err(Done(rule))
            }
            (None, Some((_, ended))) => {
                self.story.breaks();
                Err(Done(if ended == Ended::Fin { NO_CLOSE } else { RESET }))
            }
            (None, None) => Ok(()),
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), Done> {
        /// A length above 2³¹ - 1 is told as a lost connection: nobody is told why.
        const TOO_BIG: &str = "chromium/length-above-2-31";
        /// Chromium would read on, but a verdict does not.
        const UNREAD: &str = "chromium/too-much-to-inflate";
        let frames = self.frames.read(bytes).and_then(|frames| match &mut self.inflating {
            Some(inflating) => inflating.read(frames),
            None => Ok(frames),
        });
        match frames {
            Ok(frames) => frames.iter().try_for_each(|frame| self.judge(frame)),
            Err(ReadError::Protocol(rule)) => {
                self.fail("Invalid frame header", Some((1002, "WebSocket Protocol Error")), rule)
            }
            Err(ReadError::TooBig) => {
                let (code, reason) =
                    self.closed.take().map_or((1006, String::new()), |closed| (closed.code, closed.reason));
                self.story.closes(code, false, &reason);
                Err(Done(TOO_BIG))
            }
            Err(ReadError::Unread) => Err(Done(UNREAD)),
        }
    }

    /// Fails the connection, with a Close unless one was sent.
    fn fail(&mut self, message: &str, close: Option<(u16, &str)>, rule: &'static str) -> Result<(), Done> {
        if self.closed.is_none()
            && let Some((code, reason)) = close
        {
            self.send_close(Some(code), reason)?;
        }
        if let Some(told) = self.pipe.fails(self.now) {
            self.story.forgets_from(told);
        }
        self.story.fails(message.into());
        self.story.breaks();
        Err(Done(rule))
    }

    /// Something is written, unless the connection was reset at once.
    fn write(&mut self) -> Result<(), Done> {
        /// A reset that comes with a frame makes the answer to it fail: the connection is lost before all else.
        const RESET: &str = "chromium/reset-before-answer";
        match self.wire.end {
            Some((at, Ended::Rst)) if at.saturating_sub(self.now) < AT_ONCE => {
                self.story.breaks();
                Err(Done(RESET))
            }
            _ => Ok(()),
        }
    }

    fn send_close(&mut self, code: Option<u16>, reason: &str) -> Result<(), Done> {
        self.write()?;
        self.story.sends_close(code, reason);
        Ok(())
    }

    fn judge(&mut self, frame: &Frame) -> Result<(), Done> {
        /// The server must not mask.
        const MASKED: &str = "chromium/masked";
        /// Reserved bits are 0 where no extension has taken them.
        const RESERVED: &str = "chromium/reserved-bits";
        /// Nothing comes behind the server's Close.
        const AFTER_CLOSE: &str = "chromium/frame-after-close";
        /// Opcodes 3 to 7 and 11 to 15 mean nothing.
        const OPCODE: &str = "chromium/opcode-unknown";
        if frame.masked {
            let message = "A server must not mask any frames that it sends to the client.";
            return self.fail(message, Some((1002, "Masked frame from server")), MASKED);
        }
        if frame.rsv != 0 {
            let bit = |mask: u8| u8::from(frame.rsv & mask != 0);
            let message = format!(
                "One or more reserved bits are on: reserved1 = {}, reserved2 = {}, reserved3 = {}",
                bit(4),
                bit(2),
                bit(1)
            );
            return self.fail(&message, Some((1002, "Invalid reserved bit")), RESERVED);
        }
        if self.closed.is_some() {
            let name = match frame.opcode {
                0..=2 => "Data frame",
                8 => "Close",
                9 => "Ping",
                10 => "Pong",
                _ => "Unknown frame type",
            };
            return self.fail(&format!("{name} received after close"), None, AFTER_CLOSE);
        }
        match frame.opcode {
            0..=2 => self.judge_data(frame),
            9 | 10 => Ok(()),
            8 => self.judge_close(&frame.payload),
            opcode => {
                let message = format!("Unrecognized frame opcode: {opcode}");
                self.fail(&message, Some((1002, "Unknown opcode")), OPCODE)
            }
        }
    }

    fn judge_data(&mut self, frame: &Frame) -> Result<(), Done> {
        /// A continuation needs a message that is open.
        const UNEXPECTED: &str = "chromium/continuation-without-message";
        /// A message begins when the one before it has ended.
        const UNFINISHED: &str = "chromium/message-within-message";
        /// Text is UTF-8: judged as it comes, message for message.
        const UTF8: &str = "chromium/text-not-utf-8";
        let continues = frame.opcode == 0;
        if continues && !self.message.is_open {
            let message = "Received unexpected continuation frame.";
            return self.fail(message, Some((1002, "Unexpected continuation")), UNEXPECTED);
        }
        if !continues && self.message.is_open {
            let message = "Received start of new message but previous message is unfinished.";
            return self.fail(message, Some((1002, "Previous data frame unfinished")), UNFINISHED);
        }
        let message = &mut self.message;
        if !continues {
            *message = Message { is_text: frame.opcode == 1, ..Message::default() };
        }
        message.is_open = !frame.is_final;
        message.payload.extend_from_slice(&frame.payload);
        if message.is_text {
            let valid = message.validator.receive(&frame.payload).is_ok();
            if !valid || (frame.is_final && !message.validator.is_complete()) {
                let message = "Could not decode a text frame as UTF-8.";
                return self.fail(message, Some((1002, "Invalid UTF-8 in text frame")), UTF8);
            }
        }
        self.pipe.takes(frame.payload.len(), self.now, self.story.told());
        if frame.is_final {
            let Message { is_text, payload, .. } = std::mem::take(message);
            if is_text {
                self.story.text(&String::from_utf8_lossy(&payload));
            } else {
                self.story.binary(payload.len());
            }
        }
        Ok(())
    }

    fn judge_close(&mut self, body: &[u8]) -> Result<(), Done> {
        /// A body has two bytes at least.
        const SHORT: &str = "chromium/close-of-one-byte";
        /// 1005, 1006 and 1015 are never sent; every other code is taken.
        const CODE: &str = "chromium/close-code-reserved";
        /// The reason is UTF-8.
        const REASON: &str = "chromium/close-reason-not-utf-8";
        let (code, reason) = match body {
            [] => (None, ""),
            [_] => {
                let message = "Received a broken close frame with an invalid size of 1 byte.";
                return self.fail(message, Some((1002, "")), SHORT);
            }
            &[high, low, ref reason @ ..] => {
                let code = u16::from_be_bytes([high, low]);
                if matches!(code, 1005 | 1006 | 1015) {
                    let message = "Received a broken close frame containing a reserved status code.";
                    return self.fail(message, Some((1002, "")), CODE);
                }
                let Ok(reason) = std::str::from_utf8(reason) else {
                    let message = "Received a broken close frame containing invalid UTF-8.";
                    return self.fail(message, Some((1002, "Invalid UTF-8 in Close frame")), REASON);
                };
                (Some(code), reason)
            }
        };
        self.send_close(code, reason)?;
        self.closed = Some(Closed { code: code.unwrap_or(1005), reason: reason.into(), at: self.now });
        Ok(())
    }
}
