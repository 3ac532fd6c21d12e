//! A client's request as the server reads it (§5.1).

use crate::Span;
use crate::handshake::found::Found;
use crate::handshake::strict::is_path;
use crate::handshake::upgrade_request::check_request_line;
use crate::handshake::{HandshakeViolation, OriginPolicy, field as http};
use crate::head::{Head, RequestLine};
use crate::hixie76::{Challenge, Hixie76Violation as Violation, Key, OpeningError, Response, field};

/// Whether the connection is inside TLS; it decides how the URL in the response begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `ws`: not inside TLS.
    Ws,
    /// `wss`: inside TLS.
    Wss,
}

impl Scheme {
    /// The scheme as it is written: `ws` or `wss`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ws => "ws",
            Self::Wss => "wss",
        }
    }
}

/// A request that asks for a connection by the draft and breaks none of its rules.
///
/// ```
/// use ws101_core::handshake::OriginPolicy;
/// use ws101_core::hixie76::{Hixie76Violation, Request};
/// let head = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nOrigin: http://a\r\n\
///     Sec-WebSocket-Key1: 3e6b263417 80\r\nSec-WebSocket-Key2: 17922730\r\n\r\n";
/// let error = Request::verify(head, OriginPolicy::Any).unwrap_err();
/// assert_eq!(error.violation, Hixie76Violation::KeyWithoutSpace.into());
/// assert_eq!(error.at.of(head), b"17922730");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    head: Head<'a>,
    resource_name: &'a str,
    host: &'a str,
    origin: &'a str,
    subprotocol: Option<&'a str>,
    key_numbers: [u32; 2],
}

impl<'a> Request<'a> {
    /// Whether a request head is one of this handshake rather than of RFC 6455: it has a first or a second key.
    #[must_use]
    pub fn is_asked_for(head: Head<'_>) -> bool {
        head.fields().any(|line| line.is(field::KEY1) || line.is(field::KEY2))
    }

    /// Judges the request head that `bytes` begin with, up to and including its empty line. The eight bytes behind it
    /// are collected by an [`AfterHead`](crate::hixie76::AfterHead).
    ///
    /// # Errors
    /// The first rule that the head breaks: first of HTTP's grammar, in the order of the bytes, then the draft's.
    pub fn verify(bytes: &'a [u8], origins: OriginPolicy<'_>) -> Result<Self, OpeningError> {
        let (head, found) = Found::scan(bytes)?;
        let end = found.end;
        let resource_name = check_request_line(head)?;
        if !is_path(resource_name.as_bytes()) {
            let target = RequestLine::new(head.bytes(), head.start_line().content).target;
            return Err(HandshakeViolation::RequestTarget.at(target).into());
        }
        let host = found.check_host(head)?;
        found.upgrade.names(end, HandshakeViolation::UpgradeMissing, HandshakeViolation::UpgradeNotWebsocket)?;
        found.connection.names(end, HandshakeViolation::ConnectionMissing, HandshakeViolation::ConnectionNotUpgrade)?;
        let origin = found.check_origin(head, origins)?.ok_or(Violation::OriginMissing.at(end))?;
        let subprotocol = check_subprotocol(head, &found)?;
        let first = check_key(head, field::KEY1, end, Violation::Key1Missing)?;
        let second = check_key(head, field::KEY2, end, Violation::Key2Missing)?;
        match found.body {
            Some(body) => Err(HandshakeViolation::RequestBody.at(body).into()),
            None => Ok(Self { head, resource_name, host, origin, subprotocol, key_numbers: [first, second] }),
        }
    }

    /// The path with its query.
    #[must_use]
    pub const fn resource_name(&self) -> &'a str {
        self.resource_name
    }

    /// The `Host` field: `name` or `name:port`.
    #[must_use]
    pub const fn host(&self) -> &'a str {
        self.host
    }

    /// The `Origin` field.
    #[must_use]
    pub const fn origin(&self) -> &'a str {
        self.origin
    }

    /// The subprotocol that the client asks for. A server that does not speak it refuses the request: the client takes
    /// no response without it.
    #[must_use]
    pub const fn subprotocol(&self) -> Option<&'a str> {
        self.subprotocol
    }

    /// The numbers that the first and the second key stand for.
    #[must_use]
    pub const fn key_numbers(&self) -> [u32; 2] {
        self.key_numbers
    }

    /// The whole head, for what else is of interest (cookies, say).
    #[must_use]
    pub const fn head(&self) -> Head<'a> {
        self.head
    }

    /// The response that takes the connection. `scheme` is how the client reached the server; `key3` are the eight bytes
    /// behind the head.
    #[must_use]
    pub const fn response(&self, scheme: Scheme, key3: [u8; 8]) -> Response<'a> {
        Response::answering(self, scheme, Challenge { numbers: self.key_numbers, key3 })
    }
}

/// The value of a field that is there once.
pub(super) fn once(
    head: Head<'_>,
    name: &'static str,
    end: Span,
    missing: Violation,
    duplicate: Violation,
) -> Result<Span, OpeningError> {
    let mut fields = head.fields_named(name);
    let field = fields.next().ok_or(missing.at(end))?;
    match fields.next() {
        Some(again) => Err(duplicate.at(again.line.content)),
        None => Ok(field.value),
    }
}

fn check_key(head: Head<'_>, name: &'static str, end: Span, missing: Violation) -> Result<u32, OpeningError> {
    let value = once(head, name, end, missing, Violation::KeyDuplicate)?;
    Key::number_of(value.of(head.bytes())).map_err(|violation| violation.at(value))
}

fn check_subprotocol<'a>(head: Head<'a>, found: &Found) -> Result<Option<&'a str>, OpeningError> {
    if found.protocol.value.is_none() {
        return Ok(None);
    }
    let value = once(head, http::PROTOCOL, found.end, Violation::SubprotocolInvalid, Violation::SubprotocolDuplicate)?;
    // The draft's names are not tokens: a blank may stand in one.
    let text = value.of(head.bytes());
    let valid = !text.is_empty() && text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let name = if valid { core::str::from_utf8(text).ok() } else { None };
    name.map(Some).ok_or(Violation::SubprotocolInvalid.at(value))
}
