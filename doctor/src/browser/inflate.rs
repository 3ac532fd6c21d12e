//! An inflater that is as lenient as the browsers' are: both hand a message to zlib as it comes, and begin anew behind a
//! block whose BFINAL is 1, with nothing to refer back to.

use zlib_rs::{Inflate, InflateFlush, Status};

/// Both browsers give zlib this much room a call. It matters where the window is smaller: what a call wrote can be
/// referred back to from within it.
pub(super) const ROOM: usize = 4096;

/// What is appended to a message (RFC 7692 §7.2.2).
pub(super) const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// A recording may say that it inflates to a thousand times its length. Beyond this much, all messages together, it is
/// not read on.
const LIMIT: usize = 64 << 20;

/// A raw stream.
pub(super) struct Inflater {
    window_bits: u8,
    stream: Inflate,
    inflated: usize,
}

/// Why there is nothing more to inflate.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoMore {
    /// It is no such stream.
    Broken,
    /// It is longer than the verdicts read.
    TooLong,
}

impl Inflater {
    pub(super) fn new(window_bits: u8) -> Self {
        Self { window_bits, stream: Inflate::new(false, window_bits), inflated: 0 }
    }

    /// Appends all that the stream inflates to up to the end of `input`.
    pub(super) fn inflate(&mut self, mut input: &[u8], out: &mut Vec<u8>) -> Result<(), NoMore> {
        let mut room = [0; ROOM];
        loop {
            let before = (self.stream.total_in(), self.stream.total_out());
            let status = self.stream.decompress(input, &mut room, InflateFlush::NoFlush);
            let advanced = |before: u64, now: u64| usize::try_from(now - before).unwrap_or(usize::MAX);
            let taken = advanced(before.0, self.stream.total_in());
            let written = advanced(before.1, self.stream.total_out());
            input = &input[taken..];
            self.inflated += written;
            if self.inflated > LIMIT {
                return Err(NoMore::TooLong);
            }
            out.extend_from_slice(&room[..written]);
            match status {
                Ok(Status::StreamEnd) => self.stream = Inflate::new(false, self.window_bits),
                Ok(Status::Ok | Status::BufError) if taken == 0 && written == 0 => return Ok(()),
                Ok(Status::Ok | Status::BufError) => {}
                Err(_) => return Err(NoMore::Broken),
            }
            if input.is_empty() && written < ROOM {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inflated(bits: u8, input: &[u8]) -> Result<Vec<u8>, NoMore> {
        let mut out = Vec::new();
        Inflater::new(bits).inflate(input, &mut out).map(|()| out)
    }

    #[test]
    fn a_stream_may_end_and_another_begin() {
        let hello = [0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
        assert_eq!(inflated(15, &[hello, hello].concat()).as_deref(), Ok(&b"hellohello"[..]));
    }

    #[test]
    fn a_stored_block_may_be_cut() {
        assert_eq!(inflated(15, &[0, 5, 0, 250, 255, b'h']).as_deref(), Ok(&b"h"[..]));
    }

    #[test]
    fn what_is_no_stream_is_said_to_be_none() {
        assert_eq!(inflated(15, &[0xff; 4]), Err(NoMore::Broken));
    }

    #[test]
    fn a_bomb_is_not_read_to_its_end() {
        // A fixed block: a zero, and copies of 258 bytes from one byte back, of thirteen bits each and more of them than
        // the limit takes.
        let mut bits = vec![0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0].repeat(LIMIT / 258 + 1));
        let bytes = bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit));
        assert_eq!(inflated(15, &bytes.collect::<Vec<u8>>()), Err(NoMore::TooLong));
    }
}
