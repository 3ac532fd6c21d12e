//! A server's response as the client reads it (§4.1, from "Once the client's opening handshake has been sent").

use crate::Span;
use crate::handshake::found::Found;
use crate::handshake::judge::{check_extensions_were_offered, check_subprotocol_was_offered};
use crate::handshake::{Accept, ClientRequest, Extensions, HandshakeError, HandshakeViolation as Violation};
use crate::head::{Head, StatusLine, is_field_value};

/// A response that opens the connection and breaks no rule of §4.1.
#[derive(Debug, Clone, Copy)]
pub struct ServerResponse<'a> {
    head: Head<'a>,
    subprotocol: Option<&'a str>,
}

impl<'a> ServerResponse<'a> {
    /// The subprotocol that the server chose, one of those offered; `None` when it chose none.
    #[must_use]
    pub const fn subprotocol(&self) -> Option<&'a str> {
        self.subprotocol
    }

    /// The extensions that the server takes, in the order in which they apply (§9.1).
    #[must_use]
    pub fn extensions(&self) -> Extensions<'a> {
        self.head.extensions()
    }

    /// The whole head, for what else is of interest (cookies, say).
    #[must_use]
    pub const fn head(&self) -> Head<'a> {
        self.head
    }

    /// See [`ClientRequest::verify_response`], which is the public form.
    pub(super) fn verify(bytes: &'a [u8], request: &ClientRequest<'_>) -> Result<Self, HandshakeError> {
        let (head, found) = Found::scan(bytes)?;
        check_status_line(head)?;
        check_upgrade(head, one_upgrade(&found)?)?;
        check_connection(&found)?;
        check_accept(head, one_accept(&found)?, request.key().accept())?;
        check_extensions_field(&found)?;
        check_extensions(head, &found, &request.offered_extension_names())?;
        check_subprotocol_once(&found)?;
        let subprotocol = check_subprotocol(head, &found, request.offered_subprotocols().iter().copied())?;
        Ok(Self { head, subprotocol })
    }
}

pub(crate) fn check_status_line(head: Head<'_>) -> Result<(), HandshakeError> {
    let line = StatusLine::new(head.bytes(), head.start_line().content);
    check_status_parts(head, line)?;
    check_http_version(head, line)?;
    check_status(head, line)
}

// The rules, one function each: `verify` stops at the first that is broken, `problems` asks them all.

pub(super) fn check_status_parts(head: Head<'_>, line: StatusLine) -> Result<(), HandshakeError> {
    let status_is_number = matches!(line.status.of(head.bytes()), [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9']);
    let reason_is_text = line.reason.is_some_and(|reason| is_field_value(reason.of(head.bytes())));
    let valid = status_is_number && reason_is_text && line.version.of(head.bytes()).starts_with(b"HTTP/");
    if valid { Ok(()) } else { Err(Violation::StatusLine.at(line.whole())) }
}

pub(super) fn check_http_version(head: Head<'_>, line: StatusLine) -> Result<(), HandshakeError> {
    // §4.2.2: "A Status-Line with a 101 response code as per RFC 2616 … HTTP/1.1 101 Switching Protocols"
    if line.version.of(head.bytes()) == b"HTTP/1.1" { Ok(()) } else { Err(Violation::ResponseVersion.at(line.version)) }
}

pub(super) fn check_status(head: Head<'_>, line: StatusLine) -> Result<(), HandshakeError> {
    // §4.1 item 1: "If the status code received from the server is not 101, the client handles the response per HTTP"
    match line.status.of(head.bytes()) {
        b"101" => Ok(()),
        [b'1', ..] => Err(Violation::ResponseInterim.at(line.status)),
        _ => Err(Violation::NotSwitchingProtocols.at(line.status)),
    }
}

pub(super) fn one_upgrade(found: &Found) -> Result<Span, HandshakeError> {
    let not_websocket = Violation::ResponseUpgradeNotWebsocket;
    found.upgrade.once(found.end, Violation::ResponseUpgradeMissing, not_websocket)
}

pub(super) fn check_upgrade(head: Head<'_>, upgrade: Span) -> Result<(), HandshakeError> {
    // §4.1 item 2: "If the response lacks an |Upgrade| header field or the |Upgrade| header field contains a value
    // that is not an ASCII case-insensitive match for the value "websocket", the client MUST _Fail the WebSocket
    // Connection_."
    let is_websocket = upgrade.of(head.bytes()).eq_ignore_ascii_case(b"websocket");
    if is_websocket { Ok(()) } else { Err(Violation::ResponseUpgradeNotWebsocket.at(upgrade)) }
}

pub(super) fn check_connection(found: &Found) -> Result<(), HandshakeError> {
    // §4.1 item 3: "If the response lacks a |Connection| header field or the |Connection| header field doesn't
    // contain a token that is an ASCII case-insensitive match for the value "Upgrade", the client MUST _Fail the
    // WebSocket Connection_."
    let not_upgrade = Violation::ResponseConnectionNotUpgrade;
    found.connection.names(found.end, Violation::ResponseConnectionMissing, not_upgrade)
}

pub(super) fn one_accept(found: &Found) -> Result<Span, HandshakeError> {
    // §11.3.3: "The |Sec-WebSocket-Accept| header MUST NOT appear more than once in an HTTP response."
    found.accept.once(found.end, Violation::AcceptMissing, Violation::AcceptDuplicate)
}

pub(super) fn check_accept(head: Head<'_>, accept: Span, right: Accept) -> Result<(), HandshakeError> {
    // §4.1 item 4: "…but ignoring any leading and trailing whitespace, the client MUST _Fail the WebSocket
    // Connection_."
    let is_right = accept.of(head.bytes()) == right.as_str().as_bytes();
    if is_right { Ok(()) } else { Err(Violation::AcceptWrong.at(accept)) }
}

pub(super) fn check_extensions_field(found: &Found) -> Result<(), HandshakeError> {
    found.extensions_fault.map_or(Ok(()), |fault| Err(Violation::ResponseExtensions.at(fault)))
}

pub(super) fn check_extensions<'a>(
    head: Head<'a>,
    found: &Found,
    offered: &(impl Iterator<Item = &'a str> + Clone),
) -> Result<(), HandshakeError> {
    let Some(extensions) = found.extensions.value else { return Ok(()) };
    check_extensions_were_offered(head.extensions(), offered).map_err(|violation| violation.at(extensions))
}

pub(super) fn check_subprotocol_once(found: &Found) -> Result<(), HandshakeError> {
    // §11.3.4: "the |Sec-WebSocket-Protocol| header field MUST NOT appear more than once in an HTTP response."
    found.protocol.again.map_or(Ok(()), |again| Err(Violation::ResponseProtocolDuplicate.at(again)))
}

pub(super) fn check_subprotocol<'a, 'o>(
    head: Head<'a>,
    found: &Found,
    offered: impl Iterator<Item = &'o str>,
) -> Result<Option<&'a str>, HandshakeError> {
    let Some(value) = found.protocol.value else { return Ok(None) };
    let name = check_subprotocol_was_offered(value.of(head.bytes()), offered);
    name.map(Some).map_err(|violation| violation.at(value))
}
