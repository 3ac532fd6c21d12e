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
//! [`Line`] writes these lines, [`RecordingFile`] reads them; so does `readRecordings` of the npm entry `ws101/doctor`.
//!
//! # What else is read
//!
//! [`Form`] lists it: what browsers, curl and tshark write, heads that were copied, bytes as hexadecimal digits. None of
//! these knows all of a connection; what one does not know is a [`Gap`] of what was read.

mod bytes;
mod curl;
mod error;
mod form;
mod har;
mod heads;
mod lines;
mod log;
mod page;
mod recorded;
mod tshark;
mod write;

pub use bytes::{Notation, Noted, Row, hex_digits};
pub use error::FileError;
pub use form::Form;
pub use heads::HeadKind;
pub use recorded::{Gap, Mark, Recorded};
pub use write::{Line, Reason};

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordingFile {
    /// The form in which it was read.
    pub form: Form,
    /// In the order of their numbers.
    pub connections: Vec<Recorded>,
    /// What a browser or a library said, to be explained by [`explain_message`](crate::explain_message).
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
            Form::Raw => Ok(of(heads::of_bytes(input, &[]))),
            Form::Noted => {
                let noted = Notation::detect(input.to_vec()).map_err(|why| FileError::new(why, ""))?;
                Ok(of(heads::of_bytes(&noted.bytes, &noted.rows)))
            }
            Form::Log => Ok(log::read(text()?)),
        }
    }

    const fn new(form: Form) -> Self {
        Self { form, connections: Vec::new(), messages: Vec::new(), remarks: Vec::new() }
    }
}
