//! The scanner: the byte range of every part of any head, well-formed or not.

use crate::Span;
use crate::handshake::field;
use crate::head::lists::trimmed_span;
use crate::head::{Extensions, Tokens};

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineEnding {
    /// CR LF, as HTTP asks.
    CrLf,
    /// LF alone.
    Lf,
    /// The head ends here without a line ending.
    Missing,
}

/// One line of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Line {
    /// The line without its ending.
    pub content: Span,
    /// The bytes of the ending: two, one or none.
    pub ending: Span,
}

impl Line {
    /// What ends the line.
    #[must_use]
    pub const fn line_ending(&self) -> LineEnding {
        match self.ending.len() {
            0 => LineEnding::Missing,
            1 => LineEnding::Lf,
            _ => LineEnding::CrLf,
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The line and its ending.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span::new(self.content.start, self.ending.end)
    }
}

/// One field line, `name: value`, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldLine<'a> {
    head: &'a [u8],
    /// The line that it is.
    pub line: Line,
    /// What stands before the colon, blanks included; the whole line when there is no colon.
    pub name: Span,
    /// Where the colon is.
    pub colon: Option<usize>,
    /// What stands after the colon without the blanks and tabs around it.
    pub value: Span,
}

impl<'a> FieldLine<'a> {
    /// The name's bytes.
    #[must_use]
    pub fn name_bytes(&self) -> &'a [u8] {
        self.name.of(self.head)
    }

    /// The value's bytes.
    #[must_use]
    pub fn value_bytes(&self) -> &'a [u8] {
        self.value.of(self.head)
    }

    /// Whether the name is `name`, in upper or lower case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name_bytes().eq_ignore_ascii_case(name.as_bytes())
    }

    pub(crate) fn new(head: &'a [u8], line: Line) -> Self {
        let content = line.content.of(head);
        let colon = find(content, b':').map(|at| line.content.start + at);
        let name = Span::new(line.content.start, colon.unwrap_or(line.content.end));
        let value =
            colon.map_or(Span::new(name.end, name.end), |at| trimmed_span(head, Span::new(at + 1, line.content.end)));
        Self { head, line, name, colon, value }
    }
}

/// The head of an HTTP/1.1 message, from the first byte to the empty line, taken apart but not judged.
///
/// ```
/// use ws101_core::Head;
/// let head = Head::new(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
/// let upgrade = head.fields().next().unwrap();
/// assert_eq!(upgrade.value_bytes(), b"websocket");
/// assert_eq!((upgrade.value.start, upgrade.value.end), (43, 52));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head<'a> {
    bytes: &'a [u8],
    empty_line: Option<Line>,
}

impl<'a> Head<'a> {
    /// The head that `bytes` begin with; what follows the empty line is no part of it.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::until(bytes, Lines::of(bytes).find(Line::is_empty))
    }

    /// The head that `bytes` begin with and this line ends, the first empty one; without it, all of them.
    pub(crate) fn until(bytes: &'a [u8], empty_line: Option<Line>) -> Self {
        let end = empty_line.map_or(bytes.len(), |line| line.ending.end);
        Self { bytes: &bytes[..end], empty_line }
    }

    /// All of its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Every line, the start line and the empty line included.
    pub fn lines(&self) -> impl Iterator<Item = Line> + use<'a> {
        Lines::of(self.bytes)
    }

    /// The first line: a request line or a status line.
    #[must_use]
    pub fn start_line(&self) -> Line {
        Lines::of(self.bytes).next().unwrap_or_default()
    }

    /// Every line between the start line and the empty line.
    pub fn fields(&self) -> impl Iterator<Item = FieldLine<'a>> + use<'a> {
        Fields::of(*self)
    }

    /// Every field of this name.
    pub fn fields_named(&self, name: &'static str) -> impl Iterator<Item = FieldLine<'a>> + use<'a> {
        self.fields().filter(move |field| field.is(name))
    }

    /// The subprotocols that `Sec-WebSocket-Protocol` names, over all fields of that name.
    #[must_use]
    pub fn subprotocols(&self) -> Tokens<'a> {
        Tokens::of(*self, field::PROTOCOL)
    }

    /// The extensions that `Sec-WebSocket-Extensions` names, over all fields of that name; where a field breaks the
    /// grammar (RFC 6455 §9.1) the rest of it is passed over.
    ///
    /// ```
    /// use ws101_core::Head;
    /// let head = Head::new(b"HTTP/1.1 101 \r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n\r\n");
    /// let deflate = head.extensions().next().unwrap();
    /// assert_eq!(deflate.parameters().next().unwrap().name(), "server_max_window_bits");
    /// ```
    #[must_use]
    pub fn extensions(&self) -> Extensions<'a> {
        Extensions::of(*self, field::EXTENSIONS)
    }

    /// The empty line that ends the head, if it is there.
    #[must_use]
    pub const fn empty_line(&self) -> Option<Line> {
        self.empty_line
    }
}

/// The lines of a head from some place on.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    pub(crate) const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let line = if let Some(lf) = find(rest, b'\n') {
            let cr = usize::from(lf > 0 && rest[lf - 1] == b'\r');
            let (end, next) = (start + lf - cr, start + lf + 1);
            Line { content: Span::new(start, end), ending: Span::new(end, next) }
        } else {
            let end = self.bytes.len();
            Line { content: Span::new(start, end), ending: Span::new(end, end) }
        };
        self.at = line.ending.end;
        Some(line)
    }
}

/// The field lines of a head: those after the start line and before the empty line.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a> {
    lines: Lines<'a>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(head: Head<'a>) -> Self {
        let mut lines = Lines::of(head.bytes);
        // The start line is no field.
        lines.next();
        Self { lines }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = FieldLine<'a>;

    fn next(&mut self) -> Option<FieldLine<'a>> {
        let line = self.lines.next().filter(|line| !line.is_empty())?;
        Some(FieldLine::new(self.lines.bytes, line))
    }
}

/// A request line, `method SP request-target SP HTTP-version`, cut at its first and its last blank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestLine {
    pub(crate) method: Span,
    pub(crate) target: Span,
    pub(crate) version: Span,
}

impl RequestLine {
    /// The three parts; those that are not there are empty, at the line's end.
    pub(crate) fn new(head: &[u8], line: Span) -> Self {
        let content = line.of(head);
        let first = content.iter().position(|&byte| byte == b' ').map(|at| line.start + at);
        let last = content.iter().rposition(|&byte| byte == b' ').map(|at| line.start + at);
        let nothing = Span::new(line.end, line.end);
        match (first, last) {
            (Some(first), Some(last)) if first < last => Self {
                method: Span::new(line.start, first),
                target: Span::new(first + 1, last),
                version: Span::new(last + 1, line.end),
            },
            (Some(first), _) => {
                Self { method: Span::new(line.start, first), target: Span::new(first + 1, line.end), version: nothing }
            }
            _ => Self { method: line, target: nothing, version: nothing },
        }
    }

    /// The line that was cut.
    pub(crate) const fn whole(&self) -> Span {
        Span::new(self.method.start, self.version.end)
    }
}

/// A status line, `HTTP-version SP status-code SP reason-phrase`, cut at its first two blanks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatusLine {
    pub(crate) version: Span,
    pub(crate) status: Span,
    /// `None` where the blank before it is missing.
    pub(crate) reason: Option<Span>,
}

impl StatusLine {
    pub(crate) fn new(head: &[u8], line: Span) -> Self {
        let blank_from =
            |from: usize| Span::new(from, line.end).of(head).iter().position(|&byte| byte == b' ').map(|at| from + at);
        let Some(first) = blank_from(line.start) else {
            return Self { version: line, status: Span::new(line.end, line.end), reason: None };
        };
        let second = blank_from(first + 1);
        Self {
            version: Span::new(line.start, first),
            status: Span::new(first + 1, second.unwrap_or(line.end)),
            reason: second.map(|at| Span::new(at + 1, line.end)),
        }
    }

    /// The line that was cut.
    pub(crate) const fn whole(&self) -> Span {
        let end = match self.reason {
            Some(reason) => reason.end,
            None => self.status.end,
        };
        Span::new(self.version.start, end)
    }
}

/// Where `wanted` first is.
pub(crate) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    #[cfg(feature = "std")]
    return memchr::memchr(wanted, bytes);
    #[cfg(not(feature = "std"))]
    bytes.iter().position(|&byte| byte == wanted)
}
