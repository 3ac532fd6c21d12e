//! A server's response as the client reads it (§4.1, from "Once the client's opening handshake has been sent").

use crate::Span;
use crate::handshake::strict::{check_field, check_line_ending};
use crate::handshake::{ClientRequest, Extensions, HandshakeError, HandshakeViolation as Violation, field};
use crate::head::{FieldLine, Head, StatusLine, check_extensions, is_field_value, trim};

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
        Extensions::of(self.head)
    }

    /// The whole head, for what else is of interest (cookies, say).
    #[must_use]
    pub const fn head(&self) -> Head<'a> {
        self.head
    }

    /// See [`ClientRequest::verify_response`], which is the public form.
    pub(super) fn verify(bytes: &'a [u8], request: &ClientRequest<'_>) -> Result<Self, HandshakeError> {
        let head = Head::new(bytes);
        check_grammar(head)?;
        check_status_line(head)?;
        check_upgrade(head)?;
        check_connection(head)?;
        check_accept(head, request)?;
        check_extensions(head).map_err(|at| Violation::ResponseExtensions.at(at))?;
        check_extensions_were_offered(head, request)?;
        let subprotocol = check_subprotocol(head, request)?;
        Ok(Self { head, subprotocol })
    }
}

/// Where a field that is missing would stand: before the empty line.
fn end_of_fields(head: Head<'_>) -> Span {
    let end = head.empty_line().map_or(head.bytes().len(), |line| line.content.start);
    Span::new(end, end)
}

fn check_grammar(head: Head<'_>) -> Result<(), HandshakeError> {
    check_line_ending(head.bytes(), head.start_line())?;
    for line in head.fields() {
        check_field(head.bytes(), &line)?;
    }
    let empty = head.empty_line().ok_or(Violation::HeadIncomplete.at(end_of_fields(head)))?;
    check_line_ending(head.bytes(), empty)
}

fn check_status_line(head: Head<'_>) -> Result<(), HandshakeError> {
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

fn check_upgrade(head: Head<'_>) -> Result<(), HandshakeError> {
    let mut lines = head.fields_named(field::UPGRADE);
    let Some(line) = lines.next() else {
        return Err(Violation::ResponseUpgradeMissing.at(end_of_fields(head)));
    };
    // §4.1 item 2: "if the |Upgrade| header field contains a value that is not an ASCII case-insensitive match for
    // the value "websocket", the client MUST _Fail the WebSocket Connection_."
    if !line.value_bytes().eq_ignore_ascii_case(b"websocket") {
        return Err(Violation::ResponseUpgradeNotWebsocket.at(line.value));
    }
    match lines.next() {
        Some(second) => Err(Violation::ResponseUpgradeNotWebsocket.at(second.line.content)),
        None => Ok(()),
    }
}

fn check_connection(head: Head<'_>) -> Result<(), HandshakeError> {
    // §4.1 item 3: "if the |Connection| header field doesn't contain a token that is an ASCII case-insensitive match
    // for the value "Upgrade", the client MUST _Fail the WebSocket Connection_."
    let mut lines = head.fields_named(field::CONNECTION).peekable();
    let Some(first) = lines.peek().copied() else {
        return Err(Violation::ResponseConnectionMissing.at(end_of_fields(head)));
    };
    let names_upgrade = |line: FieldLine<'_>| {
        line.value_bytes().split(|&byte| byte == b',').any(|token| trim(token).eq_ignore_ascii_case(b"upgrade"))
    };
    if lines.any(names_upgrade) { Ok(()) } else { Err(Violation::ResponseConnectionNotUpgrade.at(first.value)) }
}

fn check_accept(head: Head<'_>, request: &ClientRequest<'_>) -> Result<(), HandshakeError> {
    let mut lines = head.fields_named(field::ACCEPT);
    let Some(line) = lines.next() else {
        return Err(Violation::AcceptMissing.at(end_of_fields(head)));
    };
    // §11.3.3: "The |Sec-WebSocket-Accept| header MUST NOT appear more than once in an HTTP response."
    if let Some(second) = lines.next() {
        return Err(Violation::AcceptDuplicate.at(second.line.content));
    }
    // §4.1 item 4: "…but ignoring any leading and trailing whitespace, the client MUST _Fail the WebSocket
    // Connection_."
    if line.value_bytes() != request.key().accept().as_str().as_bytes() {
        return Err(Violation::AcceptWrong.at(line.value));
    }
    Ok(())
}

fn check_extensions_were_offered(head: Head<'_>, request: &ClientRequest<'_>) -> Result<(), HandshakeError> {
    // §4.1 item 5: "if this header field indicates the use of an extension that was not present in the client's
    // handshake …, the client MUST _Fail the WebSocket Connection_."
    let unknown = |name: &str| !request.offered_extension_names().any(|offered| offered == name);
    if !Extensions::of(head).any(|extension| unknown(extension.name())) {
        return Ok(());
    }
    let field = head.fields_named(field::EXTENSIONS).next();
    Err(Violation::ExtensionNotOffered.at(field.map_or(end_of_fields(head), |line| line.value)))
}

fn check_subprotocol<'a>(head: Head<'a>, request: &ClientRequest<'_>) -> Result<Option<&'a str>, HandshakeError> {
    let mut lines = head.fields_named(field::PROTOCOL);
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    // §11.3.4: "the |Sec-WebSocket-Protocol| header field MUST NOT appear more than once in an HTTP response."
    if let Some(second) = lines.next() {
        return Err(Violation::ResponseProtocolDuplicate.at(second.line.content));
    }
    // §4.1 item 6: "if this header field indicates the use of a subprotocol that was not present in the client's
    // handshake …, the client MUST _Fail the WebSocket Connection_."
    let offered = request.offered_subprotocols().iter().any(|offered| offered.as_bytes() == line.value_bytes());
    let name = if offered { core::str::from_utf8(line.value_bytes()).ok() } else { None };
    name.map(Some).ok_or(Violation::ResponseProtocolNotOffered.at(line.value))
}
