//! The head as Firefox's HTTP code reads it: what of it is a status line, what a field, and when it is none at all.

use std::collections::BTreeMap;

use crate::browser::text::{digits, end_of_head, is_blank, is_token, number, trim};

/// The start of a response; in whatever case here, but the version is read in capitals.
const START: &[u8] = b"HTTP/1.";
/// It is looked for in so many bytes, so that it may have four bytes of junk before it.
const WINDOW: usize = 11;
/// How much junk may stand between an interim response and the next.
const LONGEST_JUNK: usize = 128 << 10;
/// The longest head, interim responses and all.
const LONGEST: usize = 384 << 10;

/// What comes of a read.
pub(super) enum Progress {
    More,
    /// The head, and where in all that was read it ends.
    Whole(Response, usize),
    Failed(&'static str),
}

/// A response's head.
#[derive(Default)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) version: Version,
    fields: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// What Firefox takes a version for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Version {
    /// Whatever is no version, too.
    Http10,
    #[default]
    Http11,
    Http2,
    Http3,
}

impl Response {
    /// The value of a field: those of several, joined by a comma and a blank.
    pub(super) fn value(&self, name: &str) -> Option<&[u8]> {
        self.fields.get(name.to_ascii_lowercase().as_bytes()).map(Vec::as_slice)
    }

    /// How long the body is, where a field says so.
    pub(super) fn content_length(&self) -> Option<usize> {
        let (digits, behind) = digits(self.value("Content-Length")?);
        number(digits).filter(|_| !digits.is_empty() && behind.is_empty()).and_then(|length| length.try_into().ok())
    }
}

/// Puts a head together.
#[derive(Default)]
pub(super) struct HeadBuffer {
    bytes: Vec<u8>,
    /// Where the response begins that is being read, once its start was found.
    start: Option<usize>,
    /// Where the interim responses end that were read: the junk behind them is skipped.
    interim: Option<usize>,
    /// Where to look on for the start.
    searched: usize,
}

/// It does not begin with a response.
const NOT_HTTP: &str = "firefox/not-http";
/// The status is one to three digits behind the first blank, and nothing but a blank is behind it.
const STATUS_LINE: &str = "firefox/status-line";
/// A field that must not be several, or has a NUL in it.
const CORRUPTED: &str = "firefox/corrupted-field";

impl HeadBuffer {
    pub(super) fn read(&mut self, bytes: &[u8]) -> Progress {
        /// 384 KiB is the longest head.
        const TOO_LONG: &str = "firefox/head-longer-than-384-kib";
        let read = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        let progress = self.go_on(read);
        let head = match &progress {
            Progress::Whole(_, end) => *end,
            _ => self.bytes.len(),
        };
        if head > LONGEST && !matches!(progress, Progress::Failed(_)) { Progress::Failed(TOO_LONG) } else { progress }
    }

    /// The connection ended: Firefox writes the line feeds that are missing itself.
    pub(super) fn end(mut self) -> Result<Response, &'static str> {
        if self.start.is_none() {
            return Err(NOT_HTTP);
        }
        match self.read(b"\n\n") {
            Progress::Whole(response, _) => Ok(response),
            Progress::Failed(rule) => Err(rule),
            // The end of an interim response, and nothing behind it.
            Progress::More => Err(NOT_HTTP),
        }
    }

    /// Looks for what the bytes from `read` on bring.
    fn go_on(&mut self, read: usize) -> Progress {
        loop {
            let start = match self.start {
                Some(start) => start,
                None => match self.find_start() {
                    Ok(Some(start)) => *self.start.insert(start),
                    Ok(None) => return Progress::More,
                    Err(rule) => return Progress::Failed(rule),
                },
            };
            // An empty line may have begun in what was read before.
            let from = start.max(read.saturating_sub(2));
            let Some(end) = end_of_head(&self.bytes, from) else { return Progress::More };
            let response = match Response::parse(&self.bytes[start..end]) {
                Ok(response) => response,
                Err(rule) => return Progress::Failed(rule),
            };
            if response.status / 100 != 1 || response.status == 101 {
                return Progress::Whole(response, end);
            }
            // An interim response is left out.
            (self.start, self.searched, self.interim) = (None, end, Some(end));
        }
    }

    fn find_start(&mut self) -> Result<Option<usize>, &'static str> {
        let bytes = &self.bytes[self.searched..];
        if bytes.is_empty() {
            return Ok(None);
        }
        if self.interim.is_none() && bytes.len() < START.len() {
            // A first read that is so short must be the beginning of it.
            let begins = bytes.eq_ignore_ascii_case(&START[..bytes.len()]);
            return if begins { Ok(Some(self.searched)) } else { Err(NOT_HTTP) };
        }
        let window = if self.interim.is_none() { &bytes[..bytes.len().min(WINDOW)] } else { bytes };
        let found = window.windows(START.len()).position(|found| found.eq_ignore_ascii_case(START));
        let is_first_look = self.interim.is_none_or(|interim| interim == self.searched);
        let found = found.or_else(|| is_first_look.then(|| odd_start(window)).flatten());
        if let Some(at) = found {
            return Ok(Some(self.searched + at));
        }
        match self.interim {
            Some(interim) if self.bytes.len() - interim <= LONGEST_JUNK => {
                // Its beginning may be the end of this.
                self.searched += bytes.len().saturating_sub(START.len() - 1);
                Ok(None)
            }
            _ => Err(NOT_HTTP),
        }
    }
}

/// Later versions, and an old protocol of radio stations, are known by their names where nothing but white space is
/// before them.
fn odd_start(window: &[u8]) -> Option<usize> {
    let blanks = window.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0x0b).count();
    let begins =
        |name: &&[u8]| window[blanks..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    [&b"HTTP/2"[..], b"HTTP/3", b"ICY "].iter().any(begins).then_some(blanks)
}

impl Response {
    fn parse(head: &[u8]) -> Result<Self, &'static str> {
        let lines = head.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let mut lines: Vec<Vec<u8>> = lines.map(<[u8]>::to_vec).collect();
        // What is behind the last line feed, and the empty line.
        lines.truncate(lines.len().saturating_sub(2));
        let mut lines = lines.into_iter();
        let mut response = Self::of_status_line(&lines.next().unwrap_or_default())?;
        let mut joined: Vec<Vec<u8>> = Vec::new();
        for line in lines {
            match joined.last_mut() {
                // What begins with a blank goes on with the line before it.
                Some(last) if line.first().is_some_and(|&byte| is_blank(byte)) => last.extend(line),
                _ => joined.push(line),
            }
        }
        for line in joined {
            response.take_field(&line)?;
        }
        Ok(response)
    }

    fn of_status_line(line: &[u8]) -> Result<Self, &'static str> {
        let version = version(line).ok_or(NOT_HTTP)?;
        let Some(blank) = line.iter().position(|&byte| byte == b' ') else {
            return Ok(Self { status: 200, version, ..Self::default() });
        };
        let (digits, behind) = digits(trim_start(&line[blank..]));
        let ends = behind.first().is_none_or(|&byte| is_blank(byte));
        match number(digits) {
            // At most three digits, and nothing but a blank behind them.
            Some(status) if (1..=3).contains(&digits.len()) && ends => {
                let status = u16::try_from(status).map_err(|_| STATUS_LINE)?;
                Ok(Self { status, version, ..Self::default() })
            }
            _ => Err(STATUS_LINE),
        }
    }

    /// A line that is no field is left out.
    fn take_field(&mut self, line: &[u8]) -> Result<(), &'static str> {
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { return Ok(()) };
        // A blank before the colon makes it none.
        if !is_token(&line[..colon]) {
            return Ok(());
        }
        let name = line[..colon].to_ascii_lowercase();
        let value = trim(&line[colon + 1..]);
        if value.contains(&0) {
            return Err(CORRUPTED);
        }
        if name == b"content-length" && !is_one_value(value) {
            return Err(CORRUPTED);
        }
        match self.fields.get_mut(&name) {
            // Several of these are a sign that somebody put one into the other's response.
            Some(before) if matches!(name.as_slice(), b"content-length" | b"content-disposition" | b"location") => {
                if before == value {
                    Ok(())
                } else {
                    Err(CORRUPTED)
                }
            }
            Some(before) => {
                if !before.is_empty() && !value.is_empty() {
                    before.extend_from_slice(b", ");
                }
                before.extend_from_slice(value);
                Ok(())
            }
            None => {
                self.fields.insert(name, value.to_vec());
                Ok(())
            }
        }
    }
}

/// Whether all values of a list are the same.
fn is_one_value(value: &[u8]) -> bool {
    let mut values = value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii);
    let first = values.next();
    values.all(|value| Some(value) == first)
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().take_while(|&&byte| is_blank(byte)).count()..]
}

/// The version; `None` where there is none, which makes all of it the body of an HTTP/0.9 response.
fn version(line: &[u8]) -> Option<Version> {
    let Some(rest) = line.strip_prefix(b"HTTP") else {
        return line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"ICY ")).map(|_| Version::Http10);
    };
    // `HTTP` is a word of its own.
    if rest.first().is_some_and(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
        return None;
    }
    let Some(rest) = rest.strip_prefix(b"/") else { return Some(Version::Http10) };
    let integer = |bytes| {
        let (digits, rest) = digits(bytes);
        let value = number(digits).filter(|_| !digits.is_empty()).and_then(|value| u32::try_from(value).ok());
        (value, rest)
    };
    let (major, rest) = integer(rest);
    let minor = rest.strip_prefix(b".").and_then(|rest| integer(rest).0);
    Some(match (major, minor) {
        (Some(3), _) => Version::Http3,
        (Some(2), _) => Version::Http2,
        (Some(1), Some(1..)) => Version::Http11,
        // Whatever it says else.
        _ => Version::Http10,
    })
}
