//! A server's response as the client reads it (§4.1, from "Once the client's opening handshake has been sent").

use crate::handshake::found::{Found, Place};
use crate::handshake::judge::{check_extensions_were_offered, check_subprotocol_was_offered};
use crate::handshake::{ClientRequest, Extensions, HandshakeError, HandshakeViolation as Violation, field};
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
        Extensions::of(self.head, field::EXTENSIONS)
    }

    /// The whole head, for what else is of interest (cookies, say).
    #[must_use]
    pub const fn head(&self) -> Head<'a> {
        self.head
    }

    /// See [`ClientRequest::verify_response`], which is the public form.
    pub(super) fn verify(bytes: &'a [u8], request: &ClientRequest<'_>) -> Result<Self, HandshakeError> {
        let (head, found) = Found::scan(bytes)?;
        let end = found.end;
        check_status_line(head)?;
        // §4.1 item 2: "If the response lacks an |Upgrade| header field or the |Upgrade| header field contains a value
        // that is not an ASCII case-insensitive match for the value "websocket", the client MUST _Fail the WebSocket
        // Connection_."
        let not_websocket = Violation::ResponseUpgradeNotWebsocket;
        let upgrade = found.upgrade.once(end, Violation::ResponseUpgradeMissing, not_websocket)?;
        if !upgrade.of(head.bytes()).eq_ignore_ascii_case(b"websocket") {
            return Err(not_websocket.at(upgrade));
        }
        // §4.1 item 3: "If the response lacks a |Connection| header field or the |Connection| header field doesn't
        // contain a token that is an ASCII case-insensitive match for the value "Upgrade", the client MUST _Fail the
        // WebSocket Connection_."
        let not_upgrade = Violation::ResponseConnectionNotUpgrade;
        found.connection.names(end, Violation::ResponseConnectionMissing, not_upgrade)?;
        // §11.3.3: "The |Sec-WebSocket-Accept| header MUST NOT appear more than once in an HTTP response."
        let accept = found.accept.once(end, Violation::AcceptMissing, Violation::AcceptDuplicate)?;
        // §4.1 item 4: "…but ignoring any leading and trailing whitespace, the client MUST _Fail the WebSocket
        // Connection_."
        if accept.of(head.bytes()) != request.key().accept().as_str().as_bytes() {
            return Err(Violation::AcceptWrong.at(accept));
        }
        if let Some(fault) = found.extensions_fault {
            return Err(Violation::ResponseExtensions.at(fault));
        }
        if let Some(extensions) = found.extensions.value {
            let used = Extensions::of(head, field::EXTENSIONS);
            check_extensions_were_offered(used, &request.offered_extension_names())
                .map_err(|violation| violation.at(extensions))?;
        }
        let subprotocol = check_subprotocol(head, &found.protocol, request)?;
        Ok(Self { head, subprotocol })
    }
}

pub(crate) fn check_status_line(head: Head<'_>) -> Result<(), HandshakeError> {
    let whole = head.start_line().content;
    let line = StatusLine::new(head.bytes(), whole);
    let status = line.status.of(head.bytes());
    let version = line.version.of(head.bytes());
    let reason_is_text = line.reason.is_some_and(|reason| is_field_value(reason.of(head.bytes())));
    let &[class @ b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] = status else {
        return Err(Violation::StatusLine.at(whole));
    };
    if !reason_is_text || !version.starts_with(b"HTTP/") {
        return Err(Violation::StatusLine.at(whole));
    }
    // §4.2.2: "A Status-Line with a 101 response code as per RFC 2616 … HTTP/1.1 101 Switching Protocols"
    if version != b"HTTP/1.1" {
        return Err(Violation::ResponseVersion.at(line.version));
    }
    // §4.1 item 1: "If the status code received from the server is not 101, the client handles the response per HTTP"
    match status {
        b"101" => Ok(()),
        _ if class == b'1' => Err(Violation::ResponseInterim.at(line.status)),
        _ => Err(Violation::NotSwitchingProtocols.at(line.status)),
    }
}

fn check_subprotocol<'a>(
    head: Head<'a>,
    protocol: &Place,
    request: &ClientRequest<'_>,
) -> Result<Option<&'a str>, HandshakeError> {
    let Some(value) = protocol.value else { return Ok(None) };
    // §11.3.4: "the |Sec-WebSocket-Protocol| header field MUST NOT appear more than once in an HTTP response."
    if let Some(again) = protocol.again {
        return Err(Violation::ResponseProtocolDuplicate.at(again));
    }
    let name = check_subprotocol_was_offered(value.of(head.bytes()), request.offered_subprotocols());
    name.map(Some).map_err(|violation| violation.at(value))
}
