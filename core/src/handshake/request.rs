//! A client's request as the server reads it (§4.2.1).

use crate::Span;
use crate::handshake::strict::{check_field, check_line_ending, is_authority, is_http_version, is_origin, is_target};
use crate::handshake::{
    Extensions, HandshakeError, HandshakeViolation as Violation, Key, OriginPolicy, SwitchingProtocols, Tokens, field,
};
use crate::head::{FieldLine, Head, RequestLine, check_extensions, is_token, is_whitespace, trim};

/// A request that asks for a WebSocket connection and breaks no rule of §4.2.1.
///
/// ```
/// use ws101_core::handshake::{HandshakeViolation, OriginPolicy, UpgradeRequest};
///
/// let without_key = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
///     Sec-WebSocket-Version: 13\r\n\r\n";
/// let error = UpgradeRequest::verify(without_key, OriginPolicy::Any).unwrap_err();
/// assert_eq!(error.violation, HandshakeViolation::KeyMissing);
/// assert_eq!(error.violation.status_code(), Some(400));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct UpgradeRequest<'a> {
    head: Head<'a>,
    target: &'a str,
    host: &'a str,
    origin: Option<&'a str>,
    key: Key,
}

impl<'a> UpgradeRequest<'a> {
    /// How many subprotocols a request may offer: each is compared with all before it.
    pub const MAX_SUBPROTOCOLS: usize = 128;

    /// Judges the request head that `bytes` begin with, up to and including its empty line.
    ///
    /// # Errors
    /// The first rule that the head breaks: first of HTTP's grammar, in the order of the bytes, then §4.2.1's in the
    /// order of its items, the origin's among them.
    pub fn verify(bytes: &'a [u8], origins: OriginPolicy<'_>) -> Result<Self, HandshakeError> {
        let head = Head::new(bytes);
        let line = RequestLine::new(head.bytes(), head.start_line().content);
        let found = Found::scan(head)?;
        let target = check_request_line(head, line)?;
        let missing = found.end;

        // §4.2.1 item 2: "A |Host| header field containing the server's authority."
        let host = found.host.one(missing, Violation::HostMissing, Violation::HostDuplicate)?;
        let host = text_of(&host, Violation::HostInvalid, is_authority)?;
        found.upgrade.check(missing, Violation::UpgradeMissing, Violation::UpgradeNotWebsocket)?;
        found.connection.check(missing, Violation::ConnectionMissing, Violation::ConnectionNotUpgrade)?;
        // §11.3.1: "The |Sec-WebSocket-Key| header field MUST NOT appear more than once in an HTTP request."
        let key = found.key.one(missing, Violation::KeyMissing, Violation::KeyDuplicate)?;
        let key = Key::parse(key.value_bytes()).map_err(|violation| violation.at(key.value))?;
        // §4.2.1 item 6: "A |Sec-WebSocket-Version| header field, with a value of 13."
        let version = found.version.one(missing, Violation::VersionMissing, Violation::VersionDuplicate)?;
        if version.value_bytes() != b"13" {
            return Err(Violation::VersionUnsupported.at(version.value));
        }
        let origin = check_origin(&found, origins)?;
        check_subprotocols(head)?;
        check_extensions(head).map_err(|at| Violation::RequestExtensions.at(at))?;
        if let Some(body) = found.body {
            return Err(Violation::RequestBody.at(body));
        }
        Ok(Self { head, target, host, origin, key })
    }

    /// The request-target: a path with its query, or an absolute URI.
    #[must_use]
    pub const fn target(&self) -> &'a str {
        self.target
    }

    /// The `Host` field: `name` or `name:port`.
    #[must_use]
    pub const fn host(&self) -> &'a str {
        self.host
    }

    /// The `Origin` field, which browsers always send (§10.2).
    #[must_use]
    pub const fn origin(&self) -> Option<&'a str> {
        self.origin
    }

    /// The key.
    #[must_use]
    pub const fn key(&self) -> Key {
        self.key
    }

    /// The subprotocols that the client offers, in its order of preference.
    #[must_use]
    pub fn subprotocols(&self) -> Tokens<'a> {
        Tokens::of(self.head, field::PROTOCOL)
    }

    /// The first subprotocol of the client's list that is in `supported` (§4.2.2, /subprotocol/); names are compared
    /// letter for letter.
    #[must_use]
    pub fn select_subprotocol(&self, supported: &[&str]) -> Option<&'a str> {
        self.subprotocols().find(|offered| supported.contains(offered))
    }

    /// The extensions that the client offers, in its order of preference.
    #[must_use]
    pub fn extensions(&self) -> Extensions<'a> {
        Extensions::of(self.head)
    }

    /// The whole head, for what else is of interest (cookies, say).
    #[must_use]
    pub const fn head(&self) -> Head<'a> {
        self.head
    }

    /// The 101 response that takes the connection, without subprotocol and extension until they are added.
    #[must_use]
    pub fn response(&self) -> SwitchingProtocols<'a> {
        SwitchingProtocols::answering(self)
    }
}

/// A field that may appear once.
#[derive(Default)]
struct Single<'a> {
    first: Option<FieldLine<'a>>,
    second: Option<Span>,
}

impl<'a> Single<'a> {
    fn add(&mut self, line: FieldLine<'a>) {
        match self.first {
            None => self.first = Some(line),
            Some(_) => self.second = self.second.or(Some(line.line.content)),
        }
    }

    fn one(&self, end: Span, missing: Violation, duplicate: Violation) -> Result<FieldLine<'a>, HandshakeError> {
        match (self.first, self.second) {
            (None, _) => Err(missing.at(end)),
            (Some(_), Some(second)) => Err(duplicate.at(second)),
            (Some(line), None) => Ok(line),
        }
    }
}

/// A list that must name something.
#[derive(Default)]
struct Listed {
    first: Option<Span>,
    named: bool,
}

impl Listed {
    fn add(&mut self, line: &FieldLine<'_>, wanted: &str) {
        self.first = self.first.or(Some(line.value));
        self.named |= line
            .value_bytes()
            .split(|&byte| byte == b',')
            .any(|token| trim(token).eq_ignore_ascii_case(wanted.as_bytes()));
    }

    fn check(&self, end: Span, missing: Violation, without: Violation) -> Result<(), HandshakeError> {
        match self.first {
            None => Err(missing.at(end)),
            Some(first) if !self.named => Err(without.at(first)),
            Some(_) => Ok(()),
        }
    }
}

/// The fields that decide, from one pass over the head that also checks the grammar of every line.
#[derive(Default)]
struct Found<'a> {
    host: Single<'a>,
    origin: Single<'a>,
    key: Single<'a>,
    version: Single<'a>,
    upgrade: Listed,
    connection: Listed,
    body: Option<Span>,
    /// Where a field that is missing would stand: before the empty line.
    end: Span,
}

impl<'a> Found<'a> {
    fn scan(head: Head<'a>) -> Result<Self, HandshakeError> {
        let mut found = Self::default();
        let mut end = head.start_line().ending.end;
        check_line_ending(head.bytes(), head.start_line())?;
        for line in head.fields() {
            check_field(head.bytes(), &line)?;
            found.sort(line);
            end = line.line.ending.end;
        }
        found.end = Span::new(end, end);
        let empty = Head::empty_line(&head).ok_or(Violation::HeadIncomplete.at(found.end))?;
        check_line_ending(head.bytes(), empty)?;
        Ok(found)
    }

    fn sort(&mut self, line: FieldLine<'a>) {
        // The length decides first: most fields of a browser's request are none of these.
        match line.name.len() {
            4 if line.is(field::HOST) => self.host.add(line),
            6 if line.is(field::ORIGIN) => self.origin.add(line),
            7 if line.is(field::UPGRADE) => self.upgrade.add(&line, "websocket"),
            10 if line.is(field::CONNECTION) => self.connection.add(&line, "upgrade"),
            14 if line.is(field::CONTENT_LENGTH) && line.value_bytes() != b"0" => self.body = Some(line.line.content),
            17 if line.is(field::KEY) => self.key.add(line),
            17 if line.is(field::TRANSFER_ENCODING) => self.body = Some(line.line.content),
            21 if line.is(field::VERSION) => self.version.add(line),
            _ => {}
        }
    }
}

fn check_request_line(head: Head<'_>, line: RequestLine) -> Result<&str, HandshakeError> {
    let bytes = head.bytes();
    let whole = head.start_line().content;
    let version = line.version.of(bytes);
    let target = line.target.of(bytes);
    let parted = !target.is_empty() && !target.iter().any(|&byte| is_whitespace(byte));
    if !is_token(line.method.of(bytes)) || !parted || !is_http_version(version) {
        return Err(Violation::RequestLine.at(whole));
    }
    // §4.1 item 2: "The method of the request MUST be GET, and the HTTP version MUST be at least 1.1."
    if line.method.of(bytes) != b"GET" {
        return Err(Violation::MethodNotGet.at(line.method));
    }
    if version != b"HTTP/1.1" {
        // An HTTP/2 or HTTP/3 request never comes as a line of text.
        return Err(Violation::RequestVersion.at(line.version));
    }
    // §3: "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used on these URIs."
    let valid = is_target(target).then(|| core::str::from_utf8(target).ok()).flatten();
    valid.ok_or(Violation::RequestTarget.at(line.target))
}

fn text_of<'a>(
    line: &FieldLine<'a>,
    violation: Violation,
    valid: fn(&[u8]) -> bool,
) -> Result<&'a str, HandshakeError> {
    let value = line.value_bytes();
    let text = if valid(value) { core::str::from_utf8(value).ok() } else { None };
    text.ok_or(violation.at(line.value))
}

fn check_origin<'a>(found: &Found<'a>, origins: OriginPolicy<'_>) -> Result<Option<&'a str>, HandshakeError> {
    if let Some(second) = found.origin.second {
        return Err(Violation::OriginDuplicate.at(second));
    }
    let line = found.origin.first;
    let origin = line.map(|line| text_of(&line, Violation::OriginInvalid, is_origin)).transpose()?;
    // §4.2.2 item 4, /origin/: "If the server does not wish to accept this connection, it MUST return an appropriate
    // HTTP error code (e.g., 403 Forbidden)"
    if !origins.allows(origin) {
        return Err(Violation::OriginRefused.at(line.map_or(found.end, |line| line.value)));
    }
    Ok(origin)
}

fn check_subprotocols(head: Head<'_>) -> Result<(), HandshakeError> {
    let mut elements = Tokens::of(head, field::PROTOCOL);
    let all = elements.clone();
    let mut count = 0;
    while let Some((place, name)) = elements.next_element() {
        if !is_token(name) {
            return Err(Violation::RequestProtocol.at(place));
        }
        if count == UpgradeRequest::MAX_SUBPROTOCOLS {
            return Err(Violation::RequestProtocolTooMany.at(place));
        }
        // §4.1 item 10: "The elements that comprise this value MUST be non-empty strings … and MUST all be unique
        // strings."
        let mut earlier = all.clone();
        if core::iter::from_fn(|| earlier.next_element()).take(count).any(|(_, other)| other == name) {
            return Err(Violation::RequestProtocolDuplicate.at(place));
        }
        count += 1;
    }
    // A field that is there but names nothing breaks 1#token (§11.3.4).
    match head.fields_named(field::PROTOCOL).next() {
        Some(line) if count == 0 => Err(Violation::RequestProtocol.at(line.line.content)),
        _ => Ok(()),
    }
}
