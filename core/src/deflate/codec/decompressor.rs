//! The direction that receives (RFC 7692 §7.2.2).

use zlib_rs::{Inflate, InflateFlush, Status};

use crate::deflate::codec::history::History;
use crate::deflate::codec::{TAIL, advanced, is_available};
use crate::deflate::{Context, IdleMemory};
use crate::{Place, Violation};

/// More than an inflater allocates: it is asked for before one is made, because zlib-rs panics where memory lacks.
const MEMORY: usize = 64 << 10;

/// All that zlib-rs can have, whatever was agreed on: a smaller window would take as much memory.
const WINDOW_BITS: u8 = 15;

/// Decompresses messages.
pub(super) struct Decompressor {
    context: Context,
    idle_memory: IdleMemory,
    inflate: Option<Inflate>,
    history: History,
    position: Position,
    /// The last byte of the input was left to the caller, though the inflater has it.
    holds_last: bool,
}

/// Where in the stream of blocks the inflater is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// At a byte where a block may begin.
    Boundary,
    /// In a block, or in its header.
    Inside,
    /// Behind a block whose BFINAL is 1.
    Final,
    /// Behind an error.
    Failed,
}

impl Decompressor {
    pub(super) const fn new(context: Context, idle_memory: IdleMemory) -> Self {
        let history = History::new(context.max_window_bits.size());
        Self { context, idle_memory, inflate: None, history, position: Position::Boundary, holds_last: false }
    }

    pub(super) const fn context(&self) -> Context {
        self.context
    }

    /// A message begins.
    pub(super) fn begin(&mut self) {
        if self.context.no_context_takeover && self.position != Position::Failed {
            self.history.clear();
            self.restart();
        }
    }

    /// Inflates what it can of the next bytes of the message. What comes before an error is written first, so that it is
    /// judged first, in whatever pieces the input comes: a byte of the input is left for the call that says the error,
    /// and while there may be more to write.
    pub(super) fn decode(&mut self, input: &mut &[u8], place: Place, out: &mut [u8]) -> Result<usize, Violation> {
        let whole = *input;
        if core::mem::take(&mut self.holds_last) {
            *input = &[];
        }
        let (mut written, mut remembered) = (0, 0);
        while written < out.len() {
            match self.position {
                Position::Boundary | Position::Final if input.is_empty() => break,
                Position::Final => {
                    self.remember(&out[remembered..written])?;
                    remembered = written;
                    self.restart();
                }
                Position::Boundary | Position::Inside => {
                    let step = self.step(input, &mut out[written..], InflateFlush::NoFlush)?;
                    *input = &input[step.taken..];
                    written += step.written;
                    self.position = step.position;
                    if step.position == Position::Inside && input.is_empty() {
                        break;
                    }
                }
                Position::Failed => break,
            }
        }
        let ends = written < out.len() && place == Place::Last;
        if ends {
            self.end_message(&mut out[written..])?;
        }
        if self.position == Position::Failed {
            return match whole {
                [.., last] if written > 0 => {
                    *input = core::slice::from_ref(last);
                    Ok(written)
                }
                _ => Err(Violation::CompressedDataInvalid),
            };
        }
        self.remember(&out[remembered..written])?;
        if let (true, [.., last]) = (input.is_empty() && written == out.len(), whole) {
            *input = core::slice::from_ref(last);
            self.holds_last = true;
        }
        if ends && self.context.no_context_takeover && self.idle_memory == IdleMemory::Freed {
            *self = Self::new(self.context, self.idle_memory);
        }
        Ok(written)
    }

    /// The input has come to an end and what it says was written; `spare` is not empty.
    fn end_message(&mut self, spare: &mut [u8]) -> Result<(), Violation> {
        // A message without a byte and one that ends with a block whose BFINAL is 1 are whole without the tail.
        if self.position == Position::Inside {
            // §7.2.2: these four bytes are appended. They make an empty block of the header at the end of the message,
            // behind which the inflater stops, so that it leaves the fifth. In any other place they are read as
            // something else: the message ended within a block.
            let [a, b, c, d] = TAIL;
            let step = self.step(&[a, b, c, d, 0], spare, InflateFlush::Block)?;
            let whole = step.taken == TAIL.len() && step.written == 0 && step.position == Position::Inside;
            self.position = if whole { Position::Boundary } else { Position::Failed };
        }
        Ok(())
    }

    /// Begins anew, with the history as its window.
    fn restart(&mut self) {
        let (older, newer) = self.history.parts();
        if let Some(inflate) = &mut self.inflate {
            inflate.reset(false);
            for part in [older, newer] {
                // It fails only for streams with a header.
                let _ = inflate.set_dictionary(part);
            }
        }
        self.position = Position::Boundary;
    }

    fn remember(&mut self, inflated: &[u8]) -> Result<(), Violation> {
        self.history.add(inflated).map_err(|_| Violation::MessageTooBig)
    }

    fn step(&mut self, input: &[u8], out: &mut [u8], flush: InflateFlush) -> Result<Step, Violation> {
        let inflate = match &mut self.inflate {
            Some(inflate) => inflate,
            none if is_available(MEMORY) => none.insert(Inflate::new(false, WINDOW_BITS)),
            // As for the buffer of a message: what does not fit into memory is over the limit of this end.
            None => return Err(Violation::MessageTooBig),
        };
        let before = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(input, out, flush);
        let taken = advanced(before.0, inflate.total_in());
        let written = advanced(before.1, inflate.total_out());
        let stuck = taken == 0 && written == 0 && !input.is_empty();
        let position = match status {
            Ok(Status::StreamEnd) => Position::Final,
            // There are input and room; were it to do nothing with them, it would not come to an end.
            Ok(_) if !stuck => Position::Inside,
            _ => Position::Failed,
        };
        Ok(Step { taken, written, position })
    }
}

/// What one call of the inflater did, and where it is now.
struct Step {
    taken: usize,
    written: usize,
    position: Position,
}
