//! What `tshark -z follow,tcp,raw,N` writes: hexadecimal digits, those of the second node behind a tab.

use crate::End;
use crate::file::bytes::hex_digits;
use crate::file::heads::{self, HeadKind, sender_of};
use crate::file::recorded::{Chunk, Copied, Gap};
use crate::file::{FileError, Form, RecordingFile};

pub(super) fn is(text: &str) -> bool {
    text.lines().take(5).any(|line| line.starts_with("Follow: tcp,") || line.starts_with("Follow: tls,"))
}

pub(super) fn read(text: &str) -> Result<RecordingFile, FileError> {
    let mut chunks = Vec::new();
    for line in heads::lines(text) {
        let header = ["=====", "Follow:", "Filter:", "Node "].iter().any(|start| line.text.starts_with(start));
        if header || line.text.trim().is_empty() {
            continue;
        }
        let bytes = hex_digits(line.text.trim()).map_err(|_| {
            let fix = "follow the stream as `raw`, as in `tshark -r FILE -q -z follow,tcp,raw,0`";
            FileError::new("this line has no hexadecimal digits", fix).in_line(line.number)
        })?;
        chunks.push((line.text.starts_with('\t'), bytes, line.number));
    }
    let Some((_, first, _)) = chunks.first() else {
        return Err(FileError::new(
            "the stream is empty",
            "choose another: the number behind `raw` is that of the stream, from 0",
        ));
    };
    // The node whose packet was captured first is the first: in the middle of a connection either may be.
    let sender = match HeadKind::of(first) {
        Some(HeadKind::Request) => End::Client,
        Some(HeadKind::Response) => End::Server,
        None => sender_of(first),
    };
    let other = if sender == End::Client { End::Server } else { End::Client };
    let begins = chunks[0].0;
    let chunks = chunks.into_iter().map(|(second, bytes, line)| Chunk {
        from: if second == begins { sender } else { other },
        bytes,
        line,
    });
    let copied = Copied::of_chunks(&chunks.collect::<Vec<_>>());
    let gaps = copied.silent().chain([Gap::Ends]).collect();
    Ok(RecordingFile { connections: vec![copied.into_recorded(gaps)], ..RecordingFile::new(Form::Tshark) })
}
