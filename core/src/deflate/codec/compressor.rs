//! The direction that sends (RFC 7692 §7.2.1).

use alloc::vec::Vec;

use zlib_rs::{Deflate, DeflateFlush};

use crate::deflate::codec::{TAIL, advanced, is_available};
use crate::deflate::{Context, IdleMemory, Options};
use crate::{Coding, EncodeError, Place};

/// The smallest window that the compressor can have. It never refers back further than 262 bytes less than its window's
/// size, so that what it makes of this one can be read with a window of 256 bytes too.
const SMALLEST_WINDOW_BITS: u8 = 9;

/// More than a compressor ever allocates: it is asked for before one is made, because zlib-rs panics where memory lacks.
const MEMORY: usize = 400 << 10;

/// How much room the output is given at a time, at most.
const ROOM: usize = 16 << 10;

/// Compresses messages.
pub(super) struct Compressor {
    context: Context,
    options: Options,
    deflate: Option<Deflate>,
    message: Message,
}

/// How far the message is that is under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Message {
    /// No byte of it was compressed.
    Empty,
    /// Some were.
    Begun,
    /// Memory lacked; it cannot be finished.
    Lost,
}

impl Compressor {
    pub(super) const fn new(mut context: Context, options: Options) -> Self {
        context.no_context_takeover |= options.no_context_takeover;
        Self { context, options, deflate: None, message: Message::Empty }
    }

    pub(super) const fn context(&self) -> Context {
        self.context
    }

    /// A message of this many bytes begins.
    pub(super) fn begin(&mut self, length: Option<usize>) -> Coding {
        if self.message != Message::Empty {
            // The message before was given up: nobody knows how much of it the other end saw.
            self.deflate = None;
            self.message = Message::Empty;
        }
        if length.is_some_and(|length| length < self.options.threshold) { Coding::Plain } else { Coding::Coded }
    }

    /// Appends the next bytes of the message, compressed; `out` is as it was when there is an error.
    pub(super) fn encode(&mut self, input: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let start = out.len();
        if self.message == Message::Lost {
            return Err(EncodeError::OutOfMemory);
        }
        if !input.is_empty() {
            self.message = Message::Begun;
        }
        let outcome = match (place, self.message) {
            // §7.2.3.6: a message without a byte is the header of an empty block.
            (Place::Last, Message::Empty) => reserve(out, 1).map(|()| out.push(0)),
            (Place::Last, _) => self.compress(input, DeflateFlush::SyncFlush, out).map(|()| {
                // §7.2.1: what a flush ends in is taken off. A flush ends in it in every case.
                debug_assert!(out[start..].ends_with(&TAIL));
                out.truncate(out.len() - TAIL.len());
            }),
            (Place::Middle, _) if input.is_empty() => Ok(()),
            (Place::Middle, _) => self.compress(input, DeflateFlush::NoFlush, out),
        };
        match (outcome, place) {
            (Ok(()), Place::Middle) => {}
            (Ok(()), Place::Last) => self.end_message(),
            (Err(_), _) => {
                out.truncate(start);
                self.deflate = None;
                self.message = Message::Lost;
            }
        }
        outcome
    }

    fn end_message(&mut self) {
        self.message = Message::Empty;
        if self.context.no_context_takeover {
            match self.options.idle_memory {
                IdleMemory::Kept => self.deflate.iter_mut().for_each(Deflate::reset),
                IdleMemory::Freed => self.deflate = None,
            }
        }
    }

    fn compress(&mut self, input: &[u8], flush: DeflateFlush, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let deflate = match &mut self.deflate {
            Some(deflate) => deflate,
            none => none.insert(deflate(self.context, self.options)?),
        };
        let mut rest = input;
        loop {
            let start = out.len();
            let room = rest.len().min(ROOM) + 64;
            reserve(out, room)?;
            out.resize(start + room, 0);
            let before = (deflate.total_in(), deflate.total_out());
            let outcome = deflate.compress(rest, &mut out[start..], flush);
            let written = advanced(before.1, deflate.total_out());
            rest = &rest[advanced(before.0, deflate.total_in())..];
            out.truncate(start + written);
            // It fails only when it is used wrongly; but if so, then not silently.
            outcome.map_err(|_| EncodeError::OutOfMemory)?;
            // Where the room was filled there may be more to come, even if it was filled exactly: then the flush is
            // written twice, which the other end reads as another empty block.
            if written < room && rest.is_empty() {
                return Ok(());
            }
        }
    }
}

fn deflate(context: Context, options: Options) -> Result<Deflate, EncodeError> {
    if !is_available(MEMORY) {
        return Err(EncodeError::OutOfMemory);
    }
    let bits = context.max_window_bits.bits().max(SMALLEST_WINDOW_BITS);
    Ok(Deflate::new(options.level.number().into(), false, bits))
}

fn reserve(out: &mut Vec<u8>, more: usize) -> Result<(), EncodeError> {
    out.try_reserve(more).map_err(|_| EncodeError::OutOfMemory)
}
