//! The standard input, in pieces that each make a message.

use std::io::{self, BufRead, Read};
use std::thread;

use tokio::sync::mpsc;

use crate::connect::arguments::Portion;

/// What came from the standard input. That nothing more comes is the end of the channel.
#[derive(Debug)]
pub(super) enum Piece {
    /// A line without its end, or all there was.
    Bytes(Vec<u8>),
    /// What could not be read, and why.
    Failed(String),
}

/// Pieces that may wait to be sent.
const WAITING: usize = 16;

/// Reads the standard input in a thread of its own, which ends with the program: no system lets a read be called off.
pub(super) fn read(portion: Portion, limit: u64) -> mpsc::Receiver<Piece> {
    let (sender, receiver) = mpsc::channel(WAITING);
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(piece) = next(&mut input, portion, limit) {
            let last = portion == Portion::Whole || matches!(piece, Piece::Failed(_));
            if sender.blocking_send(piece).is_err() || last {
                return;
            }
        }
    });
    receiver
}

/// The next piece; `None` at the end of the input.
fn next(input: &mut impl BufRead, portion: Portion, limit: u64) -> Option<Piece> {
    let mut bytes = Vec::new();
    // The end of a line counts no more than what it ends.
    let mut input = input.take(limit.saturating_add(2));
    let read = match portion {
        Portion::Line => input.read_until(b'\n', &mut bytes),
        Portion::Whole => input.read_to_end(&mut bytes),
    };
    if portion == Portion::Line {
        if bytes.is_empty() && read.is_ok() {
            return None;
        }
        if bytes.ends_with(b"\n") {
            bytes.pop();
            let end = bytes.len() - usize::from(bytes.ends_with(b"\r"));
            bytes.truncate(end);
        }
    }
    Some(match read {
        Err(error) => Piece::Failed(format!("the standard input cannot be read: {error}")),
        Ok(_) if bytes.len() as u64 > limit => Piece::Failed(format!(
            "a message is longer than the {limit} bytes of --max-message; nothing after it is sent"
        )),
        Ok(_) => Piece::Bytes(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::{Piece, Portion, next};

    fn pieces(mut input: &[u8], portion: Portion, limit: u64) -> Vec<String> {
        let mut pieces = Vec::new();
        while let Some(piece) = next(&mut input, portion, limit) {
            match piece {
                Piece::Bytes(bytes) => pieces.push(String::from_utf8(bytes).unwrap()),
                Piece::Failed(why) => {
                    pieces.push(why);
                    break;
                }
            }
            if portion == Portion::Whole {
                break;
            }
        }
        pieces
    }

    #[test]
    fn lines_lose_their_ends_and_the_last_needs_none() {
        assert_eq!(pieces(b"a\r\n\nb\rc\nd", Portion::Line, 9), ["a", "", "b\rc", "d"]);
        assert_eq!(pieces(b"abc\r\nabc", Portion::Line, 3), ["abc", "abc"]);
        assert_eq!(pieces(b"", Portion::Line, 3), [""; 0]);
        assert_eq!(pieces(b"a\r\nb\n", Portion::Whole, 9), ["a\r\nb\n"]);
        assert_eq!(pieces(b"", Portion::Whole, 9), [""]);
    }

    #[test]
    fn what_is_too_long_is_said() {
        for (input, portion) in [("abcd\nx", Portion::Line), ("abcdefghi", Portion::Line), ("abcd", Portion::Whole)] {
            let pieces = pieces(input.as_bytes(), portion, 3);
            assert!(pieces.len() == 1 && pieces[0].contains("--max-message"), "{input}: {pieces:?}");
        }
    }
}
