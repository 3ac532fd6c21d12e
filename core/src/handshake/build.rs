//! What we send: the client's request, the server's 101 and its refusals.

use crate::handshake::strict::{is_authority, is_origin, is_target};
use crate::handshake::writer::Writer;
use crate::handshake::{
    Accept, Extensions, HandshakeError, HandshakeViolation, Key, ServerResponse, UpgradeRequest, field,
};
use crate::head::{is_field_value, is_token, trim};
use crate::rules::rules;

rules! {
    /// What a caller asked to be written and cannot be: the caller's fault, never the peer's.
    pub enum BuildError from 100 {
        BufferTooSmall { "BUILD_BUFFER_TOO_SMALL", "ws101", "The buffer is too small for the head.", "Lend as many bytes as `encoded_len` says." }
        Host { "BUILD_HOST_INVALID", "RFC 6455 §4.1", "The host is not `name` or `name:port`.", "Give the authority of the URL, without scheme and path." }
        Target { "BUILD_TARGET_INVALID", "RFC 6455 §4.1", "The target does not begin with `/`, or holds a `#`, a blank or another character that no URI may hold.", "Give the path and the query of the URL, percent-encoded, without the fragment." }
        Origin { "BUILD_ORIGIN_INVALID", "RFC 6454 §7.1", "The origin is empty or holds a blank, a comma or a character that is not ASCII.", "Give `scheme://host` with the port where it is not the scheme's own, or `null`." }
        Subprotocol { "BUILD_SUBPROTOCOL_INVALID", "RFC 6455 §4.1", "A subprotocol's name is not a token.", "Use letters, digits and ``!#$%&'*+-.^_`|~``; neither blanks nor commas." }
        SubprotocolDuplicate { "BUILD_SUBPROTOCOL_DUPLICATE", "RFC 6455 §4.1", "A subprotocol is named twice.", "Name each subprotocol once." }
        SubprotocolNotOffered { "BUILD_SUBPROTOCOL_NOT_OFFERED", "RFC 6455 §4.2.2", "The response names a subprotocol that the request did not offer.", "Choose with `select_subprotocol`, or name none." }
        Extensions { "BUILD_EXTENSIONS_INVALID", "RFC 6455 §9.1", "The extensions break the field's grammar.", "Write `name; parameter=value, other-name`." }
        ExtensionNotOffered { "BUILD_EXTENSION_NOT_OFFERED", "RFC 6455 §9.1", "The response names an extension that the request did not offer.", "Answer only with extensions of the request." }
        FieldName { "BUILD_FIELD_NAME_INVALID", "RFC 9110 §5.1", "A further field's name is not a token.", "Use letters, digits and ``!#$%&'*+-.^_`|~``." }
        FieldValue { "BUILD_FIELD_VALUE_INVALID", "RFC 9110 §5.5", "A further field's value holds a control character, or a blank at one of its ends.", "Take out CR, LF and whatever else is below 0x20, and trim it." }
        FieldReserved { "BUILD_FIELD_RESERVED", "RFC 6455 §4", "A further field is one that the handshake writes itself.", "Use the method that sets it." }
    }
}

/// Further fields that a caller adds: names and values.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// A client's opening handshake: what it asks for, and the judge of the answer.
///
/// ```
/// use ws101_core::handshake::{ClientRequest, Key};
///
/// let key = Key::from_nonce(*b"the sample nonce"); // sixteen random bytes, fresh for each connection
/// let request = ClientRequest::new("server.example.com", "/chat", key)
///     .origin("http://example.com")
///     .subprotocols(&["chat", "superchat"]);
/// let mut out = [0; 512];
/// let length = request.write(&mut out)?;
/// assert!(out[..length].starts_with(b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\n"));
///
/// let answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
///     Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";
/// assert_eq!(request.verify_response(answer).unwrap().subprotocol(), Some("chat"));
/// # Ok::<(), ws101_core::handshake::BuildError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ClientRequest<'a> {
    host: &'a str,
    target: &'a str,
    key: Key,
    origin: Option<&'a str>,
    subprotocols: &'a [&'a str],
    extensions: &'a str,
    fields: Fields<'a>,
}

impl<'a> ClientRequest<'a> {
    /// A request for `target` (path and query, from `/` on) at `host` (`name` or `name:port`).
    #[must_use]
    pub const fn new(host: &'a str, target: &'a str, key: Key) -> Self {
        Self { host, target, key, origin: None, subprotocols: &[], extensions: "", fields: &[] }
    }

    /// Adds an `Origin` field, as browsers do (§4.1 item 8).
    #[must_use]
    pub const fn origin(mut self, origin: &'a str) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Offers subprotocols, the preferred one first (§4.1 item 10).
    #[must_use]
    pub const fn subprotocols(mut self, names: &'a [&'a str]) -> Self {
        self.subprotocols = names;
        self
    }

    /// Offers extensions, written as the field's value (§9.1); an empty text offers none.
    #[must_use]
    pub const fn extensions(mut self, offer: &'a str) -> Self {
        self.extensions = offer;
        self
    }

    /// Adds further fields: cookies, authorization, user agent (§4.1 item 12).
    #[must_use]
    pub const fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.fields = fields;
        self
    }

    /// The key that it sends.
    #[must_use]
    pub const fn key(&self) -> Key {
        self.key
    }

    /// Bytes that [`write`](Self::write) needs.
    ///
    /// # Errors
    /// As `write`, but for [`BuildError::BufferTooSmall`].
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        let mut writer = Writer::new(&mut []);
        self.write_into(&mut writer).map(|()| writer.length())
    }

    /// Writes the request and says how many bytes it took.
    ///
    /// # Errors
    /// [`BuildError`], when something that the caller gave cannot stand in a head, or `out` is too small.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        let mut writer = Writer::new(out);
        self.write_into(&mut writer)?;
        writer.finish()
    }

    /// Judges the response head that `bytes` begin with, up to and including its empty line, as the answer to this
    /// request.
    ///
    /// # Errors
    /// The first rule that it breaks: of HTTP's grammar in the order of the bytes, then §4.1's in the order of its
    /// items. [`HandshakeViolation::ResponseInterim`] is no failure yet: the next head is the answer.
    pub fn verify_response<'r>(&self, bytes: &'r [u8]) -> Result<ServerResponse<'r>, HandshakeError> {
        ServerResponse::verify(bytes, self)
    }

    pub(super) fn offered_subprotocols(&self) -> &'a [&'a str] {
        self.subprotocols
    }

    pub(super) fn offered_extension_names(&self) -> impl Iterator<Item = &'a str> {
        extension_names(self.extensions)
    }

    fn write_into(&self, writer: &mut Writer<'_>) -> Result<(), BuildError> {
        check(is_authority(self.host.as_bytes()), BuildError::Host)?;
        check(is_target(self.target.as_bytes()), BuildError::Target)?;
        check(self.origin.is_none_or(|origin| is_origin(origin.as_bytes())), BuildError::Origin)?;
        check_extensions_value(self.extensions)?;
        check_fields(self.fields)?;
        for (place, name) in self.subprotocols.iter().enumerate() {
            check(is_token(name.as_bytes()), BuildError::Subprotocol)?;
            check(!self.subprotocols[..place].contains(name), BuildError::SubprotocolDuplicate)?;
        }
        writer.put("GET ").put(self.target).put(" HTTP/1.1\r\n").field(field::HOST, self.host);
        writer.field(field::UPGRADE, "websocket").field(field::CONNECTION, "Upgrade");
        writer.field(field::KEY, self.key.as_str()).field(field::VERSION, "13");
        if let Some(origin) = self.origin {
            writer.field(field::ORIGIN, origin);
        }
        writer.list_field(field::PROTOCOL, self.subprotocols);
        finish(writer, self.extensions, self.fields);
        Ok(())
    }
}

/// The 101 response that takes a connection (§4.2.2 item 5).
///
/// Made by [`UpgradeRequest::response`], it also checks that what it names was offered; made from an [`Accept`] alone
/// it cannot.
#[derive(Debug, Clone, Copy)]
pub struct SwitchingProtocols<'a> {
    accept: Accept,
    request: Option<UpgradeRequest<'a>>,
    subprotocol: Option<&'a str>,
    extensions: &'a str,
    fields: Fields<'a>,
}

impl<'a> SwitchingProtocols<'a> {
    /// The response to whoever sent the key that `accept` answers.
    #[must_use]
    pub const fn new(accept: Accept) -> Self {
        Self { accept, request: None, subprotocol: None, extensions: "", fields: &[] }
    }

    pub(super) fn answering(request: &UpgradeRequest<'a>) -> Self {
        Self { request: Some(*request), ..Self::new(request.key().accept()) }
    }

    /// Names the subprotocol in use; `None` leaves the field out.
    #[must_use]
    pub const fn subprotocol(mut self, name: Option<&'a str>) -> Self {
        self.subprotocol = name;
        self
    }

    /// Names the extensions in use, written as the field's value; an empty text leaves the field out.
    #[must_use]
    pub const fn extensions(mut self, answer: &'a str) -> Self {
        self.extensions = answer;
        self
    }

    /// Adds further fields.
    #[must_use]
    pub const fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.fields = fields;
        self
    }

    /// Bytes that [`write`](Self::write) needs.
    ///
    /// # Errors
    /// As `write`, but for [`BuildError::BufferTooSmall`].
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        let mut writer = Writer::new(&mut []);
        self.write_into(&mut writer).map(|()| writer.length())
    }

    /// Writes the response and says how many bytes it took.
    ///
    /// # Errors
    /// [`BuildError`], when something that the caller gave cannot stand in a head or was not offered, or `out` is too
    /// small.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        let mut writer = Writer::new(out);
        self.write_into(&mut writer)?;
        writer.finish()
    }

    fn write_into(&self, writer: &mut Writer<'_>) -> Result<(), BuildError> {
        check_extensions_value(self.extensions)?;
        check_fields(self.fields)?;
        check(self.subprotocol.is_none_or(|name| is_token(name.as_bytes())), BuildError::Subprotocol)?;
        if let Some(request) = &self.request {
            // §4.2.2, /subprotocol/: "The value chosen MUST be derived from the client's handshake"
            let offered = self.subprotocol.is_none_or(|name| request.subprotocols().any(|offer| offer == name));
            check(offered, BuildError::SubprotocolNotOffered)?;
            // §9.1: a server accepts extensions of the client's list
            let known = |name: &str| request.extensions().any(|offer| offer.name() == name);
            check(extension_names(self.extensions).all(known), BuildError::ExtensionNotOffered)?;
        }
        writer.put("HTTP/1.1 101 Switching Protocols\r\n");
        writer.field(field::UPGRADE, "websocket").field(field::CONNECTION, "Upgrade");
        writer.field(field::ACCEPT, self.accept.as_str());
        if let Some(name) = self.subprotocol {
            writer.field(field::PROTOCOL, name);
        }
        finish(writer, self.extensions, self.fields);
        Ok(())
    }
}

/// The response to a request that is not taken: its status, the fields that the status asks for, and a text if one is
/// given. The connection is to be closed after it.
///
/// ```
/// use ws101_core::handshake::{HandshakeViolation, Refusal};
/// let mut out = [0; 1024];
/// let length = Refusal::of(HandshakeViolation::VersionUnsupported).explained().write(&mut out).unwrap();
/// let text = core::str::from_utf8(&out[..length]).unwrap();
/// assert!(text.starts_with("HTTP/1.1 426 Upgrade Required\r\n"));
/// assert!(text.contains("\r\nSec-WebSocket-Version: 13\r\n"));
/// assert!(text.ends_with("Send `Sec-WebSocket-Version: 13`; earlier numbers are drafts.\n"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Refusal<'a> {
    violation: HandshakeViolation,
    text: [&'a str; 8],
}

impl<'a> Refusal<'a> {
    /// The refusal of a request that breaks this rule, without a text; 400 for the rules that are about responses.
    #[must_use]
    pub const fn of(violation: HandshakeViolation) -> Self {
        Self { violation, text: [""; 8] }
    }

    /// Says in the body which rule is broken and what to do about it.
    #[must_use]
    pub const fn explained(mut self) -> Self {
        let rule = self.violation.rule();
        self.text = [rule.code, ": ", rule.sentence, " (", rule.section, ") ", rule.fix, "\n"];
        self
    }

    /// Says this in the body.
    #[must_use]
    pub const fn text(mut self, text: &'a str) -> Self {
        self.text = [text, "", "", "", "", "", "", ""];
        self
    }

    /// The HTTP status code: 400, 403, 405, 426 or 431.
    #[must_use]
    pub const fn status_code(&self) -> u16 {
        match self.violation.status_code() {
            Some(status) => status,
            None => 400,
        }
    }

    /// Bytes that [`write`](Self::write) needs.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let mut writer = Writer::new(&mut []);
        self.write_into(&mut writer);
        writer.length()
    }

    /// Writes the response and says how many bytes it took; a kilobyte is enough for any that is explained.
    ///
    /// # Errors
    /// [`BuildError::BufferTooSmall`], and no other.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        let mut writer = Writer::new(out);
        self.write_into(&mut writer);
        writer.finish()
    }

    fn write_into(&self, writer: &mut Writer<'_>) {
        let status = self.status_code();
        let status_line = match status {
            403 => "403 Forbidden",
            405 => "405 Method Not Allowed",
            426 => "426 Upgrade Required",
            431 => "431 Request Header Fields Too Large",
            _ => "400 Bad Request",
        };
        writer.put("HTTP/1.1 ").put(status_line).put("\r\n");
        match status {
            // RFC 9110 §15.5.6: "The origin server MUST generate an Allow header field in a 405 response"
            405 => writer.field("Allow", "GET").field(field::CONNECTION, "close"),
            // RFC 9110 §15.5.22: "The server MUST send an Upgrade header field in a 426 response"; and with it §7.8
            // asks for the connection option.
            426 => writer
                .field(field::UPGRADE, "websocket")
                .field(field::CONNECTION, "Upgrade, close")
                .field(field::VERSION, "13"),
            _ => writer.field(field::CONNECTION, "close"),
        };
        let length = self.text.iter().map(|part| part.len()).sum();
        if length > 0 {
            writer.field("Content-Type", "text/plain; charset=utf-8");
        }
        writer.put(field::CONTENT_LENGTH).put(": ").number(length).put("\r\n\r\n");
        for part in self.text {
            writer.put(part);
        }
    }
}

/// The extensions, the further fields and the empty line.
fn finish(writer: &mut Writer<'_>, extensions: &str, fields: Fields<'_>) {
    if !extensions.is_empty() {
        writer.field(field::EXTENSIONS, extensions);
    }
    for (name, value) in fields {
        writer.field(name, value);
    }
    writer.put("\r\n");
}

fn check(holds: bool, error: BuildError) -> Result<(), BuildError> {
    if holds { Ok(()) } else { Err(error) }
}

/// The names in an extensions value that was checked, or will be.
fn extension_names(value: &str) -> impl Iterator<Item = &str> {
    Extensions::of_value(value).map(|extension| extension.name())
}

fn check_extensions_value(value: &str) -> Result<(), BuildError> {
    let text = is_field_value(value.as_bytes()) && trim(value.as_bytes()).len() == value.len();
    check(text && (value.is_empty() || Extensions::check_value(value)), BuildError::Extensions)
}

fn check_fields(fields: Fields<'_>) -> Result<(), BuildError> {
    const OURS: [&str; 11] = [
        field::CONNECTION,
        field::HOST,
        field::ORIGIN,
        field::UPGRADE,
        field::ACCEPT,
        field::EXTENSIONS,
        field::KEY,
        field::PROTOCOL,
        field::VERSION,
        field::CONTENT_LENGTH,
        field::TRANSFER_ENCODING,
    ];
    for (name, value) in fields {
        check(is_token(name.as_bytes()), BuildError::FieldName)?;
        check(!OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name)), BuildError::FieldReserved)?;
        let value = value.as_bytes();
        check(is_field_value(value) && trim(value).len() == value.len(), BuildError::FieldValue)?;
    }
    Ok(())
}
