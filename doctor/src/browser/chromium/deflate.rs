//! permessage-deflate as Chromium undoes it, between the frames and the channel.

use crate::browser::chromium::frames::{Frame, ReadError};
use crate::browser::inflate::{Inflater, NoMore, ROOM, TAIL};

/// Chromium's window has 15 bits, whatever was agreed on, and is kept from message to message, whatever was agreed on.
const WINDOW_BITS: u8 = 15;

const RSV1: u8 = 4;

/// Inflates messages.
pub(super) struct InflatingReader {
    inflater: Inflater,
    state: State,
    /// What was inflated and not passed on.
    inflated: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    BetweenMessages,
    Compressed {
        /// The opcode of what is passed on next.
        opcode: u8,
    },
    Uncompressed,
}

impl InflatingReader {
    pub(super) fn new() -> Self {
        Self { inflater: Inflater::new(WINDOW_BITS), state: State::BetweenMessages, inflated: Vec::new() }
    }

    /// The frames of a read with their messages inflated; none of them where one does not inflate.
    pub(super) fn read(&mut self, frames: Vec<Frame>) -> Result<Vec<Frame>, ReadError> {
        let mut passed = Vec::new();
        for frame in frames {
            if frame.carries_data() {
                self.read_data(frame, &mut passed)?;
            } else {
                // Whatever else comes is judged by the channel, as if nothing had been agreed on.
                passed.push(frame);
            }
        }
        Ok(passed)
    }

    fn read_data(&mut self, frame: Frame, passed: &mut Vec<Frame>) -> Result<(), ReadError> {
        /// Only the first frame of a message has RSV1.
        const RSV1_WITHIN: &str = "chromium/rsv1-within-message";
        let compressed = frame.rsv & RSV1 != 0;
        self.state = match self.state {
            State::BetweenMessages if compressed => State::Compressed { opcode: frame.opcode },
            State::BetweenMessages => State::Uncompressed,
            _ if compressed => return Err(ReadError::Protocol(RSV1_WITHIN)),
            state => state,
        };
        if let State::Compressed { opcode } = &mut self.state {
            inflate(&mut self.inflater, &frame.payload, &mut self.inflated)?;
            if frame.is_final {
                inflate(&mut self.inflater, &TAIL, &mut self.inflated)?;
            }
            // It is passed on in pieces of this size, a smaller one only at the end.
            while self.inflated.len() >= ROOM || frame.is_final {
                let rest = self.inflated.split_off(ROOM.min(self.inflated.len()));
                let payload = std::mem::replace(&mut self.inflated, rest);
                let is_final = frame.is_final && self.inflated.is_empty();
                passed.push(Frame { opcode: *opcode, is_final, rsv: frame.rsv & !RSV1, payload, ..frame });
                *opcode = 0;
                if is_final {
                    break;
                }
            }
            if frame.is_final {
                self.state = State::BetweenMessages;
            }
            return Ok(());
        }
        if frame.is_final {
            self.state = State::BetweenMessages;
        }
        passed.push(frame);
        Ok(())
    }
}

fn inflate(inflater: &mut Inflater, input: &[u8], out: &mut Vec<u8>) -> Result<(), ReadError> {
    /// The payload of a compressed message inflates.
    const BROKEN: &str = "chromium/message-does-not-inflate";
    inflater.inflate(input, out).map_err(|no_more| match no_more {
        NoMore::Broken => ReadError::Protocol(BROKEN),
        NoMore::TooLong => ReadError::Unread,
    })
}
