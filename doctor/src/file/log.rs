//! Lines of a console or a log.

use crate::file::heads::{self, TextLine};
use crate::file::{Form, Message, RecordingFile};
use crate::{Explanation, explain_message};

/// Lines of what somebody pasted: each of them is looked at.
const PASTED: usize = 20;

/// Lines of a longer text that are looked at: a program's log says the same thing over and over.
const MOST: usize = 400;

/// In a longer text most lines are about something else; one that is about a connection has one of these.
const WORDS: [&str; 10] =
    ["websocket", "ws:", "wss:", "frame", "handshake", "upgrade", "opcode", "reserved", "1006", "socket"];

/// Whether any line is known.
pub(super) fn is(text: &str) -> bool {
    candidates(text).any(|line| !explain_message(line.text).is_empty())
}

/// The first line of each kind that is known.
pub(super) fn read(text: &str) -> RecordingFile {
    let mut file = RecordingFile::new(Form::Log);
    let mut seen: Vec<Explanation> = Vec::new();
    let mut again = 0;
    for line in candidates(text) {
        let Some(likeliest) = explain_message(line.text).into_iter().next() else { continue };
        if seen.iter().any(|seen| (seen.cause, seen.source) == (likeliest.cause, likeliest.source)) {
            again += 1;
        } else {
            seen.push(likeliest);
            file.messages.push(Message { text: line.text.trim().to_owned(), line: Some(line.number) });
        }
    }
    if again > 0 {
        file.remarks.push(format!("further lines that say the same as one that is explained: {again}"));
    }
    if candidates(text).count() == MOST {
        file.remarks.push(format!("the first {MOST} lines that may be about a connection were looked at, and no more"));
    }
    file
}

/// The lines that are worth a look.
fn candidates(text: &str) -> impl Iterator<Item = TextLine<'_>> {
    let lines = heads::lines(text);
    let all = lines.len() <= PASTED;
    let worth = move |line: &TextLine<'_>| {
        let words = line.text.to_ascii_lowercase();
        !words.trim().is_empty() && (all || WORDS.iter().any(|word| words.contains(word)))
    };
    lines.into_iter().filter(worth).take(MOST)
}
