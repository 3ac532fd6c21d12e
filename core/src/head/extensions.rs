//! Lists of extensions with their parameters, by their grammar (§9.1).

use crate::Span;
use crate::head::lists::{are_token_bytes, is_token, trimmed_span};
use crate::head::{Fields, Head};

/// The extensions that the fields of a verified head name, in order.
#[derive(Clone)]
pub struct Extensions<'a> {
    fields: Fields<'a>,
    name: &'static str,
    rest: &'a [u8],
    /// Where `rest` begins in the head.
    start: usize,
}

/// One extension: its name and its parameters.
///
/// ```
/// use ws101_core::handshake::{OriginPolicy, UpgradeRequest};
/// # let head = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
/// # Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
/// # Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits=\"10\"\r\n\r\n";
/// // Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits="10"
/// let request = UpgradeRequest::verify(head, OriginPolicy::Any).unwrap();
/// let deflate = request.extensions().next().unwrap();
/// assert_eq!(deflate.name(), "permessage-deflate");
/// let mut parameters = deflate.parameters();
/// assert!(parameters.next().unwrap().value().is_none());
/// assert!(parameters.next().unwrap().value().unwrap().chars().eq("10".chars()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    name: &'a str,
    parameters: &'a [u8],
    at: Span,
}

/// One parameter of an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionParameter<'a> {
    name: &'a str,
    value: Option<ParameterValue<'a>>,
    at: Span,
}

/// The value of a parameter: a token, written as it is or between quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterValue<'a> {
    /// Without the quotes; a backslash still stands before each escaped character.
    escaped: &'a str,
}

impl<'a> Extensions<'a> {
    pub(crate) fn of(head: Head<'a>, name: &'static str) -> Self {
        Self { fields: Fields::of(head), name, rest: &[], start: 0 }
    }

    /// Those of a field's value that somebody else found in a head, or wrote.
    ///
    /// ```
    /// use ws101_core::handshake::Extensions;
    /// let mut extensions = Extensions::read(b"permessage-deflate; client_max_window_bits, other").unwrap();
    /// assert_eq!(extensions.next().unwrap().name(), "permessage-deflate");
    /// assert!(Extensions::read(b"permessage-deflate;").is_err());
    /// ```
    ///
    /// # Errors
    /// Where in the value the first part stands that breaks the grammar (§9.1).
    pub fn read(value: &'a [u8]) -> Result<Self, Span> {
        check_extension_list(value).map(|()| Self::of_value(value))
    }

    /// Those of a value that was checked, or will be.
    pub(crate) fn of_value(value: &'a [u8]) -> Self {
        Self { rest: value, ..Self::of(Head::new(&[]), "") }
    }
}

impl<'a> Iterator for Extensions<'a> {
    type Item = Extension<'a>;

    fn next(&mut self) -> Option<Extension<'a>> {
        loop {
            if self.rest.is_empty() {
                let field = self.fields.by_ref().find(|field| field.is(self.name))?;
                (self.rest, self.start) = (field.value_bytes(), field.value.start);
                continue;
            }
            let (value, start) = (self.rest, self.start);
            let mut scanner = Scanner { value, at: 0 };
            let element = scanner.element();
            // Verified heads hold no error; were there one, the rest of its field would be passed over.
            self.rest = if element.is_ok() { value.get(scanner.at..).unwrap_or_default() } else { &[] };
            self.start = start + scanner.at;
            if let Some((name, whole)) = element.ok().flatten() {
                let parameters = Span::new(whole.start + name.len(), whole.end).of(value);
                let at = whole.after(start);
                return Some(Extension { name, parameters, at });
            }
        }
    }
}

impl core::fmt::Debug for Extensions<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'a> Extension<'a> {
    /// The extension's name, e.g. `permessage-deflate`.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Its parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = ExtensionParameter<'a>> + use<'a> {
        let mut scanner = Scanner { value: self.parameters, at: 0 };
        let start = self.at.start + self.name.len();
        core::iter::from_fn(move || {
            let parameter = scanner.parameter().ok().flatten()?;
            Some(ExtensionParameter { at: parameter.at.after(start), ..parameter })
        })
    }

    /// Where it stands in the head that names it, from its name to the end of its last parameter.
    #[must_use]
    pub const fn at(&self) -> Span {
        self.at
    }
}

impl<'a> ExtensionParameter<'a> {
    /// The parameter's name.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// What follows the `=`, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<ParameterValue<'a>> {
        self.value
    }

    /// Where it stands in the head that names it, from its name to the end of its value.
    #[must_use]
    pub const fn at(&self) -> Span {
        self.at
    }
}

impl ParameterValue<'_> {
    /// Its characters, without quotes and escapes.
    pub fn chars(&self) -> impl Iterator<Item = char> + '_ {
        unescaped(self.escaped).map(char::from)
    }
}

impl PartialEq<str> for ParameterValue<'_> {
    fn eq(&self, other: &str) -> bool {
        self.chars().eq(other.chars())
    }
}

/// What is left of a text without the backslash before each escaped character; whoever takes a token from it takes ASCII.
fn unescaped(text: &str) -> impl Iterator<Item = u8> + '_ {
    let mut bytes = text.bytes();
    core::iter::from_fn(move || bytes.next().and_then(|byte| if byte == b'\\' { bytes.next() } else { Some(byte) }))
}

/// Checks one field's value; the span of the first part that breaks the grammar is the error.
///
/// §9.1: `extension-list = 1#extension`
pub(crate) fn check_extension_list(value: &[u8]) -> Result<(), Span> {
    let mut names = 0;
    let mut scanner = Scanner { value, at: 0 };
    while scanner.at < value.len() {
        names += usize::from(scanner.element()?.is_some());
    }
    if names == 0 { Err(Span::new(0, value.len())) } else { Ok(()) }
}

/// Reads a field's value from left to right.
struct Scanner<'a> {
    value: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    /// The name of the next element of the list and where the whole element is; its comma is passed over. `None` for an
    /// empty element.
    fn element(&mut self) -> Result<Option<(&'a str, Span)>, Span> {
        let end = self.skip_until(b",;");
        let element = trimmed_span(self.value, Span::new(self.at, end));
        self.at = end;
        if element.is_empty() && self.peek() != Some(b';') {
            self.at += 1;
            return Ok(None);
        }
        let name = self.token(element)?;
        while self.parameter()?.is_some() {}
        let whole = trimmed_span(self.value, Span::new(element.start, self.at));
        // §9.1: only a comma can follow.
        match self.peek() {
            None | Some(b',') => self.at += 1,
            Some(_) => return Err(Span::new(self.at, self.value.len())),
        }
        Ok(Some((name, whole)))
    }

    /// `";" name [ "=" value ]`, or `None` where no semicolon comes.
    fn parameter(&mut self) -> Result<Option<ExtensionParameter<'a>>, Span> {
        self.skip_blanks();
        if self.peek() != Some(b';') {
            return Ok(None);
        }
        self.at += 1;
        let end = self.skip_until(b",;=");
        let at = trimmed_span(self.value, Span::new(self.at, end));
        let name = self.token(at)?;
        self.at = end;
        if self.peek() != Some(b'=') {
            return Ok(Some(ExtensionParameter { name, value: None, at }));
        }
        self.at += 1;
        self.skip_blanks();
        let escaped = if self.peek() == Some(b'"') { self.quoted()? } else { self.plain()? };
        let at = trimmed_span(self.value, Span::new(at.start, self.at));
        Ok(Some(ExtensionParameter { name, value: Some(ParameterValue { escaped }), at }))
    }

    fn plain(&mut self) -> Result<&'a str, Span> {
        let end = self.skip_until(b",;");
        let span = trimmed_span(self.value, Span::new(self.at, end));
        self.at = end;
        self.token(span)
    }

    /// §9.1: "When using the quoted-string syntax variant, the value after quoted-string unescaping MUST conform to
    /// the 'token' ABNF."
    fn quoted(&mut self) -> Result<&'a str, Span> {
        let start = self.at + 1;
        let mut end = start;
        while let Some(&byte) = self.value.get(end).filter(|&&byte| byte != b'"') {
            end += if byte == b'\\' { 2 } else { 1 };
        }
        let span = Span::new(self.at, (end + 1).min(self.value.len()));
        if self.value.get(end) != Some(&b'"') {
            return Err(span);
        }
        let escaped = core::str::from_utf8(Span::new(start, end).of(self.value)).map_err(|_| span)?;
        if escaped.is_empty() || !are_token_bytes(unescaped(escaped)) {
            return Err(span);
        }
        self.at = end + 1;
        self.skip_blanks();
        Ok(escaped)
    }

    fn token(&self, span: Span) -> Result<&'a str, Span> {
        let text = span.of(self.value);
        let place = if span.is_empty() { Span::new(span.start, (span.start + 1).min(self.value.len())) } else { span };
        if is_token(text) { core::str::from_utf8(text).map_err(|_| place) } else { Err(place) }
    }

    fn peek(&self) -> Option<u8> {
        self.value.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        self.at = trimmed_span(self.value, Span::new(self.at, self.value.len())).start;
    }

    fn skip_until(&self, stops: &[u8]) -> usize {
        let rest = self.value.get(self.at..).unwrap_or_default();
        self.at + rest.iter().position(|byte| stops.contains(byte)).unwrap_or(rest.len())
    }
}
