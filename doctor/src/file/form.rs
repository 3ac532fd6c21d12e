//! In which form a recording is.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::file::bytes;
use crate::file::{FileError, HeadKind, Notation, Noted, curl, lines, log, tshark};

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

    /// A stable name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Page => "page",
            Self::Har => "har",
            Self::Curl => "curl",
            Self::Tshark => "tshark",
            Self::Text => "text",
            Self::Raw => "raw",
            Self::Noted => "digits",
            Self::Log => "log",
        }
    }

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
        // Before a dump's lines are taken for those of a log, of which there may be many.
        if Notation::Hex.read(input.to_vec()).is_ok_and(|noted| !noted.bytes.is_empty()) {
            return Ok(Self::Noted);
        }
        if log::is(text) {
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

/// Whether a character is not one of a text with lines that were copied.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

/// What a JSON object is; `None` where it is no JSON.
fn of_json(text: &str) -> Option<Result<Form, FileError>> {
    let keys = serde_json::from_str(text).or_else(|_| {
        // It may be JSON in which these are something else.
        serde_json::from_str(text).map(|IgnoredAny| Keys::default())
    });
    let what = "this is JSON, and of no form that is known: it has neither log.entries, as a HAR has, nor records";
    Some(match keys.ok()? {
        Keys { log: Some(Log { entries: Some(_) }), .. } => Ok(Form::Har),
        Keys { records: Some(_), .. } => Ok(Form::Page),
        _ => Err(FileError::new(what, KNOWN)),
    })
}

/// What tells JSON of one form from that of another.
#[derive(Deserialize, Default)]
struct Keys {
    log: Option<Log>,
    records: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Log {
    entries: Option<IgnoredAny>,
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
