//! The head as Chromium's HTTP code reads it: what of it is a status line, what a field, and when it is none at all.

use crate::browser::text::{digits, end_of_head, is_blank, is_token, number, trim};

/// The head is read into a buffer that begins with, and grows by, this much.
const BUFFER: usize = 4 << 10;
/// When the buffer is this full and the head has not ended, Chromium gives up.
const LONGEST: usize = 64 * BUFFER;

/// Junk before `HTTP`, of which up to four bytes are skipped.
const SLOP: usize = 4;

/// What comes of a read.
pub(super) enum Progress {
    More,
    /// The head, and what of the buffer is behind it.
    Whole(Response, Vec<u8>),
    Failed(NetError),
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NetError {
    /// What the console shows, unless the handshake has words of its own for it.
    pub(super) name: &'static str,
    pub(super) rule: &'static str,
}

/// It begins with no status line, or has a NUL in it.
pub(super) const INVALID: NetError = NetError { name: "net::ERR_INVALID_HTTP_RESPONSE", rule: "chromium/not-http" };
/// The connection ended without a byte.
pub(super) const EMPTY: NetError = NetError { name: "net::ERR_EMPTY_RESPONSE", rule: "chromium/empty-response" };
/// It ended within the head.
pub(super) const CLOSED: NetError = NetError { name: "net::ERR_CONNECTION_CLOSED", rule: "chromium/closed-in-head" };
/// It was reset before the head had ended.
pub(super) const RESET: NetError = NetError { name: "net::ERR_CONNECTION_RESET", rule: "chromium/reset-in-head" };
/// 256 KiB and no end of the head.
const TOO_BIG: NetError =
    NetError { name: "net::ERR_RESPONSE_HEADERS_TOO_BIG", rule: "chromium/head-longer-than-256-kib" };
/// Several values of these fields that differ: a sign that somebody put one into the other's response.
const TWO_LENGTHS: NetError =
    NetError { name: "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH", rule: "chromium/content-lengths-differ" };
const TWO_DISPOSITIONS: NetError = NetError {
    name: "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION",
    rule: "chromium/content-dispositions-differ",
};
const TWO_LOCATIONS: NetError =
    NetError { name: "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", rule: "chromium/locations-differ" };

/// Fields whose values are no lists.
const NOT_LISTS: [&str; 9] = [
    "date",
    "expires",
    "last-modified",
    "location",
    "retry-after",
    "set-cookie",
    "www-authenticate",
    "proxy-authenticate",
    "strict-transport-security",
];

/// Puts a head together.
pub(super) struct HeadBuffer {
    bytes: Vec<u8>,
    /// Whether the address has the port of its scheme: only there may a server speak HTTP/0.9.
    default_port: bool,
}

impl HeadBuffer {
    pub(super) const fn new(default_port: bool) -> Self {
        Self { bytes: Vec::new(), default_port }
    }

    /// How many bytes the next read takes at most.
    pub(super) fn room(&self) -> usize {
        BUFFER - self.bytes.len() % BUFFER
    }

    pub(super) fn read(&mut self, bytes: &[u8]) -> Progress {
        let read = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        let end = match start_of_status_line(&self.bytes) {
            // An empty line may have begun in what was read before.
            Some(start) => end_of_head(&self.bytes, start.max(read.saturating_sub(2))),
            // Neither four bytes of junk nor `http` behind them.
            None if self.bytes.len() >= SLOP + "http".len() => {
                return match self.without_status_line() {
                    Ok(response) => Progress::Whole(response, self.bytes.clone()),
                    Err(error) => Progress::Failed(error),
                };
            }
            None => None,
        };
        match end {
            Some(end) => match Response::parse(&self.bytes[..end]) {
                Ok(response) => Progress::Whole(response, self.bytes[end..].to_vec()),
                Err(error) => Progress::Failed(error),
            },
            None if self.bytes.len() >= LONGEST => Progress::Failed(TOO_BIG),
            None => Progress::More,
        }
    }

    /// The connection ended in order before the head did: what there is of it.
    pub(super) fn end(&self) -> Result<Response, NetError> {
        match start_of_status_line(&self.bytes) {
            _ if self.bytes.is_empty() => Err(EMPTY),
            Some(_) => Response::parse(&self.bytes),
            None => self.without_status_line(),
        }
    }

    fn without_status_line(&self) -> Result<Response, NetError> {
        let http09 = Response { status: 200, version: (0, 9), fields: Vec::new() };
        if self.default_port { Ok(http09) } else { Err(INVALID) }
    }
}

/// A response's head.
pub(super) struct Response {
    pub(super) status: i32,
    /// Major and minor; 0.9 where nothing was sent but a status line that says so.
    pub(super) version: (u8, u8),
    fields: Vec<Field>,
}

struct Field {
    name: Vec<u8>,
    values: Vec<Vec<u8>>,
}

impl Response {
    fn parse(head: &[u8]) -> Result<Self, NetError> {
        if head.contains(&0) {
            return Err(INVALID);
        }
        let mut lines = lines(head);
        let status_line = lines.next().unwrap_or_default();
        let lines: Vec<_> = lines.collect();
        let version = match version(&status_line) {
            (0, 9) if lines.is_empty() => (0, 9),
            (2, 0) => (2, 0),
            version if version >= (1, 1) => (1, 1),
            // Whatever else, and whatever is none.
            _ => (1, 0),
        };
        let fields = lines.iter().filter_map(|line| Field::parse(line)).collect();
        let response = Self { status: status(&status_line), version, fields };
        let chunked = version >= (1, 1) && response.has_value("Transfer-Encoding", b"chunked");
        if !chunked && response.values_differ("Content-Length") {
            return Err(TWO_LENGTHS);
        }
        if response.values_differ("Content-Disposition") {
            return Err(TWO_DISPOSITIONS);
        }
        if response.values_differ("Location") {
            return Err(TWO_LOCATIONS);
        }
        Ok(response)
    }

    /// All values of the fields with this name: those of a list one by one.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        let fields = self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name.as_bytes()));
        fields.flat_map(|field| &field.values).map(Vec::as_slice)
    }

    /// Whether one of the values is this one, in whatever case.
    pub(super) fn has_value(&self, name: &str, value: &[u8]) -> bool {
        self.values(name).any(|found| found.eq_ignore_ascii_case(value))
    }

    fn values_differ(&self, name: &str) -> bool {
        let first = self.values(name).next();
        self.values(name).any(|value| Some(value) != first)
    }
}

impl Field {
    /// A line that is no field is skipped.
    fn parse(line: &[u8]) -> Option<Self> {
        let colon = line.iter().position(|&byte| byte == b':')?;
        let name = &line[..colon];
        if name.first().is_none_or(|&byte| is_blank(byte)) {
            return None;
        }
        // Blanks before the colon are allowed.
        let name = trim(name);
        if !is_token(name) {
            return None;
        }
        let value = trim(&line[colon + 1..]);
        let lower = name.to_ascii_lowercase();
        let is_list = !value.is_empty() && !NOT_LISTS.iter().any(|other| other.as_bytes() == lower);
        let values = if is_list { list(value) } else { vec![value.to_vec()] };
        Some(Self { name: lower, values })
    }
}

/// Where `http`, in whatever case, begins: behind at most four bytes.
fn start_of_status_line(bytes: &[u8]) -> Option<usize> {
    let mut starts = bytes.windows(4).take(SLOP + 1);
    starts.position(|window| window.eq_ignore_ascii_case(b"http"))
}

/// The lines of a head, from its status line on: a carriage return ends one too, and what begins with a blank goes on
/// with the field before it.
fn lines(head: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let head = &head[start_of_status_line(head).unwrap_or(0)..];
    let ends_line = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let mut raw = head.split(ends_line);
    let mut lines = vec![raw.next().unwrap_or_default().to_vec()];
    let mut continuable = false;
    for line in raw.filter(|line| !line.is_empty()) {
        if continuable && is_blank(line[0]) {
            if let Some(last) = lines.last_mut() {
                last.push(b' ');
                last.extend(line.iter().skip_while(|&&byte| is_blank(byte)));
            }
        } else {
            let name = line.iter().position(|&byte| byte == b':').map(|colon| &line[..colon]);
            continuable = name.is_some_and(|name| name.first().is_some_and(|&byte| !is_blank(byte)));
            lines.push(line.to_vec());
        }
    }
    lines.into_iter()
}

/// The version that the status line names: 0.0 where it does not.
fn version(status_line: &[u8]) -> (u8, u8) {
    let digit = |byte: Option<&u8>| byte.filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
    let named = || {
        let rest = status_line.get(4..)?.strip_prefix(b"/")?;
        let dot = rest.iter().position(|&byte| byte == b'.')?;
        // The first digit behind the slash, and the first behind the first dot, wherever that is.
        Some((digit(rest.first())?, digit(rest.get(dot + 1))?))
    };
    named().unwrap_or((0, 0))
}

/// The status: the digits behind the first blank, 200 where there are none.
fn status(status_line: &[u8]) -> i32 {
    let Some(blank) = status_line.iter().position(|&byte| byte == b' ') else { return 200 };
    let rest = &status_line[blank..];
    let start = rest.iter().position(|&byte| byte != b' ').unwrap_or(rest.len());
    let (digits, _) = digits(&rest[start..]);
    if digits.is_empty() {
        200
    } else {
        number(digits).and_then(|number| i32::try_from(number).ok()).unwrap_or(i32::MAX)
    }
}

/// The values of a list: commas between quotation marks do not count, and empty values do.
fn list(value: &[u8]) -> Vec<Vec<u8>> {
    let (mut quoted, mut escaped) = (false, false);
    let values = value.split(|&byte| {
        if escaped {
            escaped = false;
        } else if quoted {
            escaped = byte == b'\\';
            quoted = byte != b'"';
        } else {
            quoted = byte == b'"';
            return byte == b',';
        }
        false
    });
    values.map(|value| trim(value).to_vec()).collect()
}
