//! One connection of a file, and what the file does not say of it.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::file::bytes::Row;
use crate::file::heads::HeadKind;
use crate::recording::{end_of_final_head, end_of_head};
use crate::{End, Ended, Moment, Part, Place, Recording, Streams, What};

/// One connection of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// Its number in the file, from 1.
    pub number: u64,
    /// The URL that it was opened with, where the file says it.
    pub url: Option<String>,
    /// Its bytes.
    pub recording: Recording,
    /// What is not known of it, so that it cannot be judged, or was guessed.
    pub gaps: Vec<Gap>,
    /// What whoever recorded it wrote beside it.
    pub notes: Vec<String>,
    pub(super) lines: Vec<Mark>,
}

/// What a file does not say of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Gap {
    /// Nothing that this end sent is there.
    Sent(End),
    /// Whose the frames are was guessed.
    Sender(End),
    /// Lines of heads lost their ends when they were copied.
    LineEnds,
    /// The empty line that ends a head was lost when it was copied.
    EmptyLine,
    /// Heads are there as lists of fields, and not as they were written.
    HeadBytes,
    /// Messages are there, and not the frames that carried them.
    Frames,
    /// It is not known how the TCP connection ended.
    Ends,
    /// The file stops before the connection did.
    Stopped,
}

impl Gap {
    /// Every gap.
    pub const ALL: &[Self] = &[
        Self::Sent(End::Client),
        Self::Sent(End::Server),
        Self::Sender(End::Client),
        Self::Sender(End::Server),
        Self::LineEnds,
        Self::EmptyLine,
        Self::HeadBytes,
        Self::Frames,
        Self::Ends,
        Self::Stopped,
    ];

    /// A stable name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent(End::Client) => "CLIENT_NOT_RECORDED",
            Self::Sent(End::Server) => "SERVER_NOT_RECORDED",
            Self::Sender(End::Client) => "TAKEN_AS_CLIENT",
            Self::Sender(End::Server) => "TAKEN_AS_SERVER",
            Self::LineEnds => "LINE_ENDS_LOST",
            Self::EmptyLine => "EMPTY_LINE_LOST",
            Self::HeadBytes => "HEADS_REBUILT",
            Self::Frames => "FRAMES_NOT_RECORDED",
            Self::Ends => "END_NOT_RECORDED",
            Self::Stopped => "RECORDING_STOPPED",
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sent(End::Client) => "nothing that the client sent is here",
            Self::Sent(End::Server) => "nothing that the server sent is here",
            Self::Sender(End::Client) => "taken as sent by the client, for the first frame is masked",
            Self::Sender(End::Server) => "taken as sent by the server, for the first frame is not masked",
            Self::LineEnds => "the ends of the heads' lines were lost in copying: they are taken as CR LF",
            Self::EmptyLine => "the empty line that ends a head was lost in copying: it is taken as there",
            Self::HeadBytes => {
                "the heads are put together from lists of fields: how their lines were written cannot be judged"
            }
            Self::Frames => "messages are here, and not the frames that carried them: those cannot be judged",
            Self::Ends => "how the TCP connection ended is not known",
            Self::Stopped => "the recording stops before the connection did",
        })
    }
}

/// Where a line of the file begins in the bytes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The part that bytes of the line are in.
    pub part: Part,
    /// The first of these bytes, from the beginning of the part.
    pub at: usize,
    /// The line, from 1.
    pub line: usize,
}

impl Recorded {
    /// Without times; the only connection of its file.
    pub(super) fn of_streams(streams: Streams, lines: Vec<Mark>, gaps: Vec<Gap>) -> Self {
        Self { number: 1, url: None, recording: Recording::from(streams), gaps, notes: Vec::new(), lines }
    }

    /// From moments and the lines of the file that they stand in.
    pub(super) fn of_timeline(number: u64, moments: Vec<(Moment, Option<usize>)>) -> Self {
        let over = |end: End| {
            moments.iter().any(|(Moment { from, what, .. }, _)| match what {
                What::Ended(Ended::Fin) => *from == end,
                What::Ended(Ended::Rst) => true,
                What::Bytes(_) => false,
            })
        };
        let gaps = if over(End::Client) && over(End::Server) { Vec::new() } else { vec![Gap::Stopped] };
        let mut marks = Vec::new();
        let mut sent = [0; 2];
        for (Moment { from, what, .. }, line) in &moments {
            if let What::Bytes(bytes) = what {
                let sent = &mut sent[usize::from(*from == End::Server)];
                marks.extend(line.map(|line| (*from, *sent, bytes.len(), line)));
                *sent += bytes.len();
            }
        }
        let recording = Recording::of_timeline(moments.into_iter().map(|(moment, _)| moment).collect());
        let lines = marks.into_iter().flat_map(|(from, at, length, line)| {
            let (first, second) = match from {
                End::Client => (Part::Request, Part::FromClient),
                End::Server => (Part::Response, Part::FromServer),
            };
            let head = recording.part(first).len();
            // What is read at once may hold a head and what follows it.
            let in_head = (at < head && length > 0).then_some(Mark { part: first, at, line });
            let behind = (at + length > head).then_some(Mark { part: second, at: at.saturating_sub(head), line });
            in_head.into_iter().chain(behind)
        });
        let lines = lines.collect();
        Self { number, url: None, recording, gaps, notes: Vec::new(), lines }
    }

    /// Where the lines of the file begin in the bytes of the parts: of each part in the order of its bytes, and up to the
    /// next of these a line's bytes reach. Empty where the file has no lines that say which bytes they are.
    ///
    /// ```
    /// use ws101_doctor::Part;
    /// use ws101_doctor::file::{Mark, RecordingFile};
    /// let file = RecordingFile::parse("81 05 48 65\n6c 6c 6f\n")?;
    /// let begins = |at, line| Mark { part: Part::FromServer, at, line };
    /// assert_eq!(file.connections[0].lines(), [begins(0, 1), begins(4, 2)]);
    /// # Ok::<(), ws101_doctor::file::FileError>(())
    /// ```
    #[must_use]
    pub fn lines(&self) -> &[Mark] {
        &self.lines
    }

    /// The line of the file, from 1, in which the first byte of a place stands; `None` where the file has no lines.
    #[must_use]
    pub fn line_of(&self, place: Place) -> Option<usize> {
        let mut before = self.lines.iter().filter(|mark| mark.part == place.part && mark.at <= place.start);
        before.next_back().map(|mark| mark.line)
    }

    /// Whether enough of what the server sent is here to say what a browser does with it.
    #[must_use]
    pub fn shows_the_server(&self) -> bool {
        !self.gaps.iter().any(|gap| matches!(gap, Gap::Sent(End::Server) | Gap::Frames))
    }

    /// The `request-target` of its request.
    #[must_use]
    pub fn target(&self) -> Option<String> {
        let request = self.recording.part(Part::Request);
        let line = request.split(|&byte| byte == b'\n').next()?;
        let target = line.split(|&byte| byte == b' ').nth(1)?;
        String::from_utf8(target.to_vec()).ok()
    }
}

/// What an end sent, in a line of the file.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) from: End,
    pub(super) bytes: Vec<u8>,
    pub(super) line: usize,
}

/// The parts of streams while they are put together from the lines of a file.
#[derive(Debug, Default)]
pub(super) struct Copied {
    pub(super) streams: Streams,
    pub(super) lines: Vec<Mark>,
}

impl Copied {
    /// Adds bytes to a part; those of a line of the file, if it has lines.
    pub(super) fn append(&mut self, part: Part, bytes: &[u8], line: Option<usize>) {
        let Streams { request, response, from_server, from_client, .. } = &mut self.streams;
        let all = match part {
            Part::Request => request.get_or_insert_default(),
            Part::Response => response.get_or_insert_default(),
            Part::FromServer => from_server,
            Part::FromClient => from_client,
        };
        let line = line.filter(|_| !bytes.is_empty());
        self.lines.extend(line.map(|line| Mark { part, at: all.len(), line }));
        all.extend_from_slice(bytes);
    }

    /// Adds a range of bytes to a part, with those of the lines that they all were written in.
    pub(super) fn append_rows(&mut self, part: Part, bytes: &[u8], range: Range<usize>, rows: &[Row]) {
        let ends = rows.iter().skip(1).map(|next| next.at).chain([bytes.len()]);
        // A line may hold the end of one part and the beginning of another.
        let here = rows.iter().zip(ends).filter(|(row, end)| row.at < range.end && *end > range.start);
        let marks = here.map(|(row, _)| Mark { part, at: row.at.saturating_sub(range.start), line: row.line });
        self.lines.extend(marks);
        self.append(part, &bytes[range], None);
    }

    /// From what each end sent, in pieces and with the lines of the file that they stand in; where an end's first bytes
    /// are no head, all of them are frames.
    pub(super) fn of_chunks(chunks: &[Chunk]) -> Self {
        let all = |end: End| {
            let bytes = chunks.iter().filter(|chunk| chunk.from == end).map(|chunk| chunk.bytes.as_slice());
            bytes.collect::<Vec<_>>().concat()
        };
        let head = |bytes: &[u8], end: fn(&[u8]) -> Option<usize>| {
            HeadKind::of(bytes).map_or(0, |_| end(bytes).unwrap_or(bytes.len()))
        };
        let mut client = head(&all(End::Client), end_of_head);
        let mut server = head(&all(End::Server), end_of_final_head);
        let mut copied = Self::default();
        for Chunk { from, bytes, line } in chunks {
            let (first, second, left) = match from {
                End::Client => (Part::Request, Part::FromClient, &mut client),
                End::Server => (Part::Response, Part::FromServer, &mut server),
            };
            let (of_head, rest) = bytes.split_at(bytes.len().min(*left));
            *left -= of_head.len();
            for (part, bytes) in [(first, of_head), (second, rest)] {
                if !bytes.is_empty() {
                    copied.append(part, bytes, Some(*line));
                }
            }
        }
        copied
    }

    /// The ends of which nothing is here.
    pub(super) fn silent(&self) -> impl Iterator<Item = Gap> {
        let Streams { request, response, from_server, from_client, .. } = &self.streams;
        let client = request.is_none() && from_client.is_empty();
        let server = response.is_none() && from_server.is_empty();
        let ends = [(client, End::Client), (server, End::Server)];
        ends.into_iter().filter(|(silent, _)| *silent).map(|(_, end)| Gap::Sent(end))
    }

    pub(super) fn into_recorded(self, gaps: Vec<Gap>) -> Recorded {
        Recorded::of_streams(self.streams, self.lines, gaps)
    }
}
