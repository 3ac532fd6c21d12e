//! Frames as Firefox judges them: each when all of it is there, so that what is cut off is only waited for.

use crate::browser::firefox::extensions::Windows;
use crate::browser::firefox::reach::Reach;
use crate::browser::inflate::{Inflater, NoMore, TAIL};

/// The longest message.
const LONGEST: u64 = i32::MAX as u64;

const RSV1: u8 = 0x40;
const CONTROL: u8 = 8;
const CONTINUATION: u8 = 0;

/// What the script is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    Text(String),
    Binary(usize),
    /// The server's Close: the code (1005 where there is none) and the reason.
    Close(u16, String),
}

/// Puts messages together.
#[derive(Default)]
pub(super) struct FrameReader {
    /// What is not yet a whole frame.
    bytes: Vec<u8>,
    /// The opcode of the message that is open, 0 where none is.
    opcode: u8,
    /// What there is of it: Firefox takes a message for open by the length of this.
    fragments: Vec<u8>,
    /// Whether a frame said that it is compressed.
    is_deflated: bool,
    inflater: Option<(Inflater, Reach)>,
    is_closed: bool,
}

struct Frame {
    first: u8,
    payload: Vec<u8>,
}

impl FrameReader {
    pub(super) fn new(deflate: Option<Windows>) -> Self {
        let inflater = deflate.map(|windows| (Inflater::new(windows.server), Reach::new(windows.server)));
        Self { inflater, ..Self::default() }
    }

    /// What the next bytes tell; where a rule is broken, all before it was told.
    pub(super) fn read(&mut self, bytes: &[u8], told: &mut Vec<Told>) -> Result<(), &'static str> {
        self.bytes.extend_from_slice(bytes);
        let mut all = std::mem::take(&mut self.bytes);
        let mut read = 0;
        while let Some((frame, length)) = parse(&all[read..], self.fragments.len())? {
            read += length;
            told.extend(self.judge(frame)?);
        }
        all.drain(..read);
        self.bytes = all;
        Ok(())
    }

    fn judge(&mut self, frame: Frame) -> Result<Option<Told>, &'static str> {
        /// A control frame has FIN.
        const FRAGMENTED_CONTROL: &str = "firefox/control-frame-without-fin";
        /// A reserved bit is 0, but for RSV1 in the first frame of a compressed message.
        const RESERVED: &str = "firefox/reserved-bits";
        let (is_final, rsv) = (frame.first & 0x80 != 0, frame.first & 0x70);
        let (opcode, is_control) = (frame.first & 0x0f, frame.first & CONTROL != 0);
        if !is_final && is_control {
            return Err(FRAGMENTED_CONTROL);
        }
        if rsv != 0 {
            if self.inflater.is_none() || rsv != RSV1 || !self.fragments.is_empty() || is_control {
                return Err(RESERVED);
            }
            self.is_deflated = true;
        }
        let whole = self.put_together(opcode, is_final, frame.payload)?;
        match whole {
            // Whatever comes behind the server's Close is not looked at any more.
            _ if self.is_closed => Ok(None),
            Some((opcode, payload)) if opcode & CONTROL != 0 => self.judge_control(opcode, &payload),
            Some((opcode, payload)) => self.judge_message(opcode, payload),
            None => Ok(None),
        }
    }

    /// The opcode and the payload of what is whole now.
    fn put_together(
        &mut self,
        opcode: u8,
        is_final: bool,
        payload: Vec<u8>,
    ) -> Result<Option<(u8, Vec<u8>)>, &'static str> {
        /// A message begins when the one before it has ended; one without a byte so far does not count.
        const WITHIN: &str = "firefox/message-within-message";
        /// A continuation needs a message that is open.
        const UNEXPECTED: &str = "firefox/continuation-without-message";
        let within = !self.fragments.is_empty();
        if is_final && opcode != CONTINUATION {
            return if within && opcode & CONTROL == 0 { Err(WITHIN) } else { Ok(Some((opcode, payload))) };
        }
        if opcode != CONTINUATION {
            if within {
                return Err(WITHIN);
            }
            // Whatever opcode it is.
            self.opcode = opcode;
        } else if self.opcode == CONTINUATION {
            return Err(UNEXPECTED);
        }
        self.fragments.extend(payload);
        if !is_final {
            return Ok(None);
        }
        let opcode = std::mem::replace(&mut self.opcode, CONTINUATION);
        Ok(Some((opcode, std::mem::take(&mut self.fragments))))
    }

    fn judge_message(&mut self, opcode: u8, payload: Vec<u8>) -> Result<Option<Told>, &'static str> {
        /// Text is UTF-8: judged when the message is whole.
        const UTF8: &str = "firefox/text-not-utf-8";
        /// Opcodes 3 to 7 mean nothing.
        const OPCODE: &str = "firefox/opcode-unknown";
        match opcode {
            1 => {
                let text = String::from_utf8(self.inflated(payload)?).map_err(|_| UTF8)?;
                Ok(Some(Told::Text(text)))
            }
            2 => Ok(Some(Told::Binary(self.inflated(payload)?.len()))),
            _ => Err(OPCODE),
        }
    }

    /// The payload of a message as it was before it was compressed.
    fn inflated(&mut self, payload: Vec<u8>) -> Result<Vec<u8>, &'static str> {
        /// A compressed message inflates. The window is that which was agreed on, and is kept whatever was agreed on.
        const BROKEN: &str = "firefox/message-does-not-inflate";
        /// It refers back no further than that window reaches.
        const TOO_FAR: &str = "firefox/message-refers-back-beyond-window";
        let is_deflated = std::mem::take(&mut self.is_deflated);
        let Some((inflater, reach)) = self.inflater.as_mut().filter(|_| is_deflated) else { return Ok(payload) };
        let mut out = Vec::new();
        for part in [payload.as_slice(), &TAIL] {
            reach.follow(part).map_err(|_| TOO_FAR)?;
            inflater.inflate(part, &mut out).map_err(|no_more| match no_more {
                NoMore::Broken => BROKEN,
                NoMore::TooLong => TOO_LONG_TO_INFLATE,
            })?;
        }
        Ok(out)
    }

    fn judge_control(&mut self, opcode: u8, body: &[u8]) -> Result<Option<Told>, &'static str> {
        /// It has at most 125 bytes.
        const LONG: &str = "firefox/control-frame-longer-than-125";
        /// Opcodes 11 to 15 mean nothing.
        const OPCODE: &str = "firefox/opcode-unknown";
        /// The reason of a Close is UTF-8. Its code may be anything.
        const REASON: &str = "firefox/close-reason-not-utf-8";
        if body.len() > 125 {
            return Err(LONG);
        }
        match opcode {
            8 => {
                self.is_closed = true;
                let &[high, low, ref reason @ ..] = body else {
                    // One byte is as good as none.
                    return Ok(Some(Told::Close(1005, String::new())));
                };
                let reason = std::str::from_utf8(reason).map_err(|_| REASON)?;
                Ok(Some(Told::Close(u16::from_be_bytes([high, low]), reason.into())))
            }
            9 | 10 => Ok(None),
            _ => Err(OPCODE),
        }
    }
}

/// Where the verdicts stop to read.
pub(super) const TOO_LONG_TO_INFLATE: &str = "firefox/too-much-to-inflate";

/// The frame that the bytes begin with, unmasked, and its length. Nothing is judged of it but its length, until all of
/// it is there.
fn parse(bytes: &[u8], fragments: usize) -> Result<Option<(Frame, usize)>, &'static str> {
    /// A length is written in as few bytes as it takes.
    const NOT_MINIMAL: &str = "firefox/length-not-minimal";
    /// The highest bit of a length in 64 bits is 0.
    const HIGHEST_BIT: &str = "firefox/length-highest-bit";
    /// A message has at most 2³¹ - 1 bytes.
    const TOO_BIG: &str = "firefox/message-above-2-31";
    let &[first, second, ..] = bytes else { return Ok(None) };
    let masked = second & 0x80 != 0;
    let extended = match second & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let header = 2 + extended + if masked { 4 } else { 0 };
    // The masking-key belongs to it: without it, not even the length is judged.
    let Some(behind) = bytes.get(header..) else { return Ok(None) };
    let length = bytes[2..2 + extended].iter().fold(0, |length, &byte| length << 8 | u64::from(byte));
    let length = match extended {
        0 => u64::from(second & 0x7f),
        8 if length >> 63 != 0 => return Err(HIGHEST_BIT),
        8 if length <= 0xffff => return Err(NOT_MINIMAL),
        2 if length < 126 => return Err(NOT_MINIMAL),
        _ => length,
    };
    if length.saturating_add(fragments as u64) > LONGEST {
        return Err(TOO_BIG);
    }
    let Some(payload) = usize::try_from(length).ok().and_then(|length| behind.get(..length)) else { return Ok(None) };
    let mut payload = payload.to_vec();
    if masked {
        // The server must not mask, but Firefox takes it.
        let key = &bytes[header - 4..header];
        payload.iter_mut().zip(key.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
    }
    let whole = header + payload.len();
    Ok(Some((Frame { first, payload }, whole)))
}
