//! Recordings in files: the form that `ws101 tap` writes, and what else people have.
//!
//! # The recording file
//!
//! UTF-8 text, one JSON object a line, so that whoever records appends and a file that was cut is still read. `at` is
//! the time in microseconds since the connection was made; `bytes` are base64. A reader skips keys that it does not know.
//!
//! ```text
//! {"ws101":"recording","version":1,"url":"ws://127.0.0.1:3000/","recorded":"2026-11-21T08:15:30Z","by":"ws101 tap 0.1.0"}
//! {"connection":1,"at":0,"began":"2026-11-21T08:15:31.250Z","client":"127.0.0.1:50312"}
//! {"connection":1,"at":136,"from":"client","bytes":"R0VUIC9lY2hvIEhUVFAvMS4xDQo…"}
//! {"connection":1,"at":458,"from":"server","bytes":"SFRUUC8xLjEgMTAxIFN3aXRjaGluZw0K…"}
//! {"connection":1,"at":990,"note":"a word of whoever records"}
//! {"connection":1,"at":1209,"from":"server","ended":"fin"}
//! {"end":"stopped"}
//! ```
//!
//! The first line says what it is. Then each line is a moment of a connection: an end sent `bytes`, or `ended` its side
//! with `"fin"` or the connection with `"rst"`; or it is a note; or, with neither, it says when the connection `began`.
//! The lines of a connection are in the order of their times; connections may be mixed. The last line says why the
//! recording ended: `"stopped"`, or `"limit"` and `"failed"` where it stops before its connections did.
//!
//! A moment is also one of the `timeline` of the npm package's `diagnose`, once its base64 is decoded. [`Line`] writes
//! these lines, [`RecordingFile`] reads them.
//!
//! # What else is read
//!
//! [`Form`] lists it: what browsers, curl and tshark write, heads that were copied, bytes as hexadecimal digits. None of
//! these knows all of a connection; what one does not know is a [`Gap`] of what was read.

mod bytes;
mod curl;
mod error;
mod har;
mod heads;
mod lines;
mod page;
mod recorded;
mod tshark;
mod write;

pub use bytes::{Notation, Noted, hex_digits};
pub use error::FileError;
pub use heads::HeadKind;
pub use recorded::{Gap, Recorded};
pub use write::{Line, Reason};

use crate::explain_message;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordingFile {
    /// The form in which it was read.
    pub form: Form,
    /// In the order of their numbers.
    pub connections: Vec<Recorded>,
    /// What a browser or a library said, to be explained by [`explain_message`].
    pub messages: Vec<Message>,
    /// What a reader should know of the file as a whole, each in a sentence without a full stop.
    pub remarks: Vec<String>,
}

/// What a browser or a library said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the type says what it is")]
pub struct Message {
    pub text: String,
    /// The line of the file, from 1, where it has lines.
    pub line: Option<usize>,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// The recording file of `ws101 tap`.
    Recording,
    /// A session as the page records it: a JSON object with `records`.
    Page,
    /// HAR, as the developer tools of browsers write it.
    Har,
    /// What `curl -v` or `curl --trace` writes.
    Curl,
    /// What `tshark -q -z follow,tcp,raw,N` writes.
    Tshark,
    /// A request and a response, or one of them, as text that was copied: its line ends mean nothing.
    Text,
    /// The bytes of one direction as they are: a head and frames, or frames; or a request and, behind it, its response
    /// and what followed that.
    Raw,
    /// The same as hexadecimal digits or base64.
    Noted,
    /// Lines of a console or a log.
    Log,
}

impl Form {
    /// Every form.
    pub const ALL: &[Self] = &[
        Self::Recording,
        Self::Page,
        Self::Har,
        Self::Curl,
        Self::Tshark,
        Self::Text,
        Self::Raw,
        Self::Noted,
        Self::Log,
    ];

    /// What it is, in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Recording => "a recording of ws101 tap",
            Self::Page => "a session of the page",
            Self::Har => "a HAR",
            Self::Curl => "the output of curl",
            Self::Tshark => "a stream that tshark followed",
            Self::Text => "heads as text",
            Self::Raw => "bytes as they are",
            Self::Noted => "bytes in digits",
            Self::Log => "a log",
        }
    }

    /// The form that a file seems to have.
    ///
    /// ```
    /// use ws101_doctor::file::Form;
    /// assert_eq!(Form::of(b"81 05 48 65 6c 6c 6f"), Ok(Form::Noted));
    /// assert_eq!(Form::of(b"GET / HTTP/1.1\nHost: a\n"), Ok(Form::Text));
    /// assert!(Form::of(b"\xd4\xc3\xb2\xa1\x02\0\x04\0").unwrap_err().to_string().contains("tshark"));
    /// ```
    ///
    /// # Errors
    /// What it is instead, and how to make something of it that can be read.
    pub fn of(input: &[u8]) -> Result<Self, FileError> {
        judge_magic(input)?;
        if input.trim_ascii().is_empty() {
            return Err(FileError::new("there is nothing in it", ""));
        }
        let Some(text) = bytes::text(input) else {
            // Where curl's two streams went into one file, frames stand between its lines.
            let of_curl = HeadKind::of(input).is_none() && curl::is(&String::from_utf8_lossy(input));
            return Ok(if of_curl { Self::Curl } else { Self::Raw });
        };
        if lines::is(text) {
            return Ok(Self::Recording);
        }
        if text.trim_start().starts_with('{')
            && let Some(form) = of_json(text)
        {
            return form;
        }
        if tshark::is(text) {
            return Ok(Self::Tshark);
        }
        if curl::is(text) {
            return Ok(Self::Curl);
        }
        if HeadKind::of(text.trim_start().as_bytes()).is_some() {
            return Ok(if text.contains(is_control) { Self::Raw } else { Self::Text });
        }
        if !messages(text).is_empty() {
            return Ok(Self::Log);
        }
        match Notation::detect(input.to_vec()) {
            // A frame that begins a message has its first byte outside of UTF-8, or a control character there.
            Ok(Noted { notation: Notation::Raw, .. }) if !text.contains(is_control) => {
                Err(FileError::new("this is text, and of no form that is known", KNOWN))
            }
            Ok(Noted { notation: Notation::Raw, .. }) => Ok(Self::Raw),
            Ok(Noted { bytes, .. }) if bytes.is_empty() => Err(FileError::new("there are no bytes in it", KNOWN)),
            Ok(_) => Ok(Self::Noted),
            Err(why) => Err(FileError::new(format!("{why}, and no other form that is known"), KNOWN)),
        }
    }
}

const KNOWN: &str = "give a recording of `ws101 tap`, a HAR, the output of `curl -v` or `curl --trace`, a request and a \
                     response, a hex dump, or a line of a console or log that names a failure";

impl RecordingFile {
    /// Reads a file of the form that it seems to have.
    ///
    /// ```
    /// use ws101_doctor::file::{Form, Gap, RecordingFile};
    /// use ws101_doctor::{End, Part, diagnose};
    /// let file = RecordingFile::parse("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: close\n")?;
    /// assert_eq!(file.form, Form::Text);
    /// let read = &file.connections[0];
    /// assert!(read.recording.part(Part::Response).ends_with(b"Connection: close\r\n\r\n"));
    /// assert!(read.gaps.contains(&Gap::Sent(End::Client)));
    /// let diagnosis = diagnose(&read.recording);
    /// # let _ = diagnosis;
    /// # Ok::<(), ws101_doctor::file::FileError>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, where, and what to do.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        Self::read(text.as_bytes(), None)
    }

    /// Reads a file of this form, or else of the form that it seems to have.
    ///
    /// # Errors
    /// What is wrong with it, where, and what to do.
    pub fn read(input: &[u8], form: Option<Form>) -> Result<Self, FileError> {
        let form = form.map_or_else(|| Form::of(input), Ok)?;
        let text = || {
            let no_text = || FileError::new(format!("this is no text, so it is not {}", form.words()), "");
            bytes::text(input).ok_or_else(no_text)
        };
        let of = |recorded| Self { connections: vec![recorded], ..Self::new(form) };
        match form {
            Form::Recording => lines::read(text()?),
            Form::Page => page::read(text()?),
            Form::Har => har::read(text()?),
            Form::Curl => curl::read(&String::from_utf8_lossy(input)),
            Form::Tshark => tshark::read(text()?),
            Form::Text => Ok(of(heads::of_text(text()?))),
            Form::Raw => Ok(of(heads::of_bytes(input))),
            Form::Noted => {
                let noted = Notation::detect(input.to_vec()).map_err(|why| FileError::new(why, ""))?;
                Ok(of(heads::of_bytes(&noted.bytes)))
            }
            Form::Log => Ok(Self { messages: messages(text()?), ..Self::new(form) }),
        }
    }

    const fn new(form: Form) -> Self {
        Self { form, connections: Vec::new(), messages: Vec::new(), remarks: Vec::new() }
    }
}

/// Whether a character is not one of a text with lines that were copied.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

/// The lines of a log that can be explained.
fn messages(text: &str) -> Vec<Message> {
    let known = heads::lines(text).into_iter().filter(|line| !explain_message(line.text).is_empty());
    known.map(|line| Message { text: line.text.trim().to_owned(), line: Some(line.number) }).collect()
}

/// What a JSON object is; `None` where it is no JSON.
fn of_json(text: &str) -> Option<Result<Form, FileError>> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let form = if value.pointer("/log/entries").is_some() {
        Form::Har
    } else if value.get("records").is_some() {
        Form::Page
    } else {
        let what = "this is JSON, and of no form that is known: it has neither log.entries, as a HAR has, nor records";
        return Some(Err(FileError::new(what, KNOWN)));
    };
    Some(Ok(form))
}

/// Says of well-known files that are none of ours what to do with them.
fn judge_magic(input: &[u8]) -> Result<(), FileError> {
    let captures: [&[u8]; 5] =
        [b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x0a\x0d\x0d\x0a"];
    if captures.iter().any(|magic| input.starts_with(magic)) {
        return Err(FileError::new(
            "this is a capture of packets (pcap), which has to be put together to streams first",
            "do that with `tshark -r FILE -q -z follow,tcp,raw,0 > stream.txt`, 0 being the stream's number, and give \
             stream.txt",
        ));
    }
    let packed: [(&[u8], &str); 3] = [(b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"\x28\xb5\x2f\xfd", "zstd")];
    match packed.iter().find(|(magic, _)| input.starts_with(magic)) {
        Some((_, name)) => {
            Err(FileError::new(format!("this is packed with {name}"), "unpack it, and give what was in it"))
        }
        None => Ok(()),
    }
}
