//! A client's request as the server reads it (§4.2.1).

use crate::Span;
use crate::handshake::found::Found;
use crate::handshake::judge::{check_subprotocols, check_version, select_subprotocol, text_of};
use crate::handshake::strict::{is_http_version, is_target};
use crate::handshake::{
    Extensions, HandshakeError, HandshakeViolation as Violation, Key, OriginPolicy, SwitchingProtocols, Tokens, field,
};
use crate::head::{Head, RequestLine, is_token, is_whitespace};

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
        let (head, found) = Found::scan(bytes)?;
        let target = check_request_line(head)?;
        let host = found.check_host(head)?;
        check_upgrade(&found)?;
        check_connection(&found)?;
        let key = check_key(head, one_key(&found)?)?;
        check_version_field(head, one_version(&found)?)?;
        let origin = found.check_origin(head, origins)?;
        check_subprotocols_field(head, &found)?;
        check_extensions_field(&found)?;
        check_no_body(&found)?;
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
        self.head.subprotocols()
    }

    /// The first subprotocol of the client's list that is in `supported` (§4.2.2, /subprotocol/); names are compared
    /// letter for letter.
    #[must_use]
    pub fn select_subprotocol(&self, supported: &[&str]) -> Option<&'a str> {
        select_subprotocol(self.subprotocols(), supported)
    }

    /// The extensions that the client offers, in its order of preference.
    #[must_use]
    pub fn extensions(&self) -> Extensions<'a> {
        self.head.extensions()
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

pub(crate) fn check_request_line(head: Head<'_>) -> Result<&str, HandshakeError> {
    let line = RequestLine::new(head.bytes(), head.start_line().content);
    check_request_parts(head, line)?;
    check_method(head, line)?;
    check_http_version(head, line)?;
    check_target(head, line)
}

// The rules, one function each: `verify` stops at the first that is broken, `problems` asks them all.

pub(super) fn check_request_parts(head: Head<'_>, line: RequestLine) -> Result<(), HandshakeError> {
    let bytes = head.bytes();
    let target = line.target.of(bytes);
    let parted = !target.is_empty() && !target.iter().any(|&byte| is_whitespace(byte));
    let valid = is_token(line.method.of(bytes)) && parted && is_http_version(line.version.of(bytes));
    if valid { Ok(()) } else { Err(Violation::RequestLine.at(line.whole())) }
}

pub(super) fn check_method(head: Head<'_>, line: RequestLine) -> Result<(), HandshakeError> {
    // §4.1 item 2: "The method of the request MUST be GET, and the HTTP version MUST be at least 1.1."
    if line.method.of(head.bytes()) == b"GET" { Ok(()) } else { Err(Violation::MethodNotGet.at(line.method)) }
}

pub(super) fn check_http_version(head: Head<'_>, line: RequestLine) -> Result<(), HandshakeError> {
    // An HTTP/2 or HTTP/3 request never comes as a line of text.
    if line.version.of(head.bytes()) == b"HTTP/1.1" { Ok(()) } else { Err(Violation::RequestVersion.at(line.version)) }
}

pub(super) fn check_target(head: Head<'_>, line: RequestLine) -> Result<&str, HandshakeError> {
    // §3: "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used on these URIs."
    text_of(line.target.of(head.bytes()), is_target).ok_or(Violation::RequestTarget.at(line.target))
}

pub(super) fn check_upgrade(found: &Found) -> Result<(), HandshakeError> {
    found.upgrade.names(found.end, Violation::UpgradeMissing, Violation::UpgradeNotWebsocket)
}

pub(super) fn check_connection(found: &Found) -> Result<(), HandshakeError> {
    found.connection.names(found.end, Violation::ConnectionMissing, Violation::ConnectionNotUpgrade)
}

pub(super) fn one_key(found: &Found) -> Result<Span, HandshakeError> {
    // §11.3.1: "The |Sec-WebSocket-Key| header field MUST NOT appear more than once in an HTTP request."
    found.key.once(found.end, Violation::KeyMissing, Violation::KeyDuplicate)
}

pub(super) fn check_key(head: Head<'_>, key: Span) -> Result<Key, HandshakeError> {
    Key::parse(key.of(head.bytes())).map_err(|violation| violation.at(key))
}

pub(super) fn one_version(found: &Found) -> Result<Span, HandshakeError> {
    found.version.once(found.end, Violation::VersionMissing, Violation::VersionDuplicate)
}

pub(super) fn check_version_field(head: Head<'_>, version: Span) -> Result<(), HandshakeError> {
    check_version(version.of(head.bytes())).map_err(|violation| violation.at(version))
}

pub(super) fn check_subprotocols_field(head: Head<'_>, found: &Found) -> Result<(), HandshakeError> {
    if found.protocol.value.is_none() {
        return Ok(());
    }
    let count =
        check_subprotocols(&head.subprotocols().elements()).map_err(|(violation, place)| violation.at(place))?;
    // A field that is there but names nothing breaks 1#token (§11.3.4).
    match head.fields_named(field::PROTOCOL).next().filter(|_| count == 0) {
        Some(line) => Err(Violation::RequestProtocol.at(line.line.content)),
        None => Ok(()),
    }
}

pub(super) fn check_extensions_field(found: &Found) -> Result<(), HandshakeError> {
    found.extensions_fault.map_or(Ok(()), |fault| Err(Violation::RequestExtensions.at(fault)))
}

pub(super) fn check_no_body(found: &Found) -> Result<(), HandshakeError> {
    found.body.map_or(Ok(()), |body| Err(Violation::RequestBody.at(body)))
}
