//! A client's opening handshake (§4.1).

use crate::handshake::build::{Offer, check, finish};
use crate::handshake::strict::{is_authority, is_target};
use crate::handshake::writer::Writer;
use crate::handshake::{BuildError, HandshakeError, Key, ServerResponse, field};

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
    offer: Offer<'a>,
}

impl<'a> ClientRequest<'a> {
    /// A request for `target` (path and query, from `/` on) at `host` (`name` or `name:port`).
    #[must_use]
    pub const fn new(host: &'a str, target: &'a str, key: Key) -> Self {
        Self { host, target, key, offer: Offer::NOTHING }
    }

    /// Adds an `Origin` field, as browsers do (§4.1 item 8).
    #[must_use]
    pub const fn origin(mut self, origin: &'a str) -> Self {
        self.offer.origin = Some(origin);
        self
    }

    /// Offers subprotocols, the preferred one first (§4.1 item 10).
    #[must_use]
    pub const fn subprotocols(mut self, names: &'a [&'a str]) -> Self {
        self.offer.subprotocols = names;
        self
    }

    /// Offers extensions, written as the field's value (§9.1); an empty text offers none.
    #[must_use]
    pub const fn extensions(mut self, offer: &'a str) -> Self {
        self.offer.extensions = offer;
        self
    }

    /// Adds further fields: cookies, authorization, user agent (§4.1 item 12).
    #[must_use]
    pub const fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.offer.fields = fields;
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
        Writer::measure(|writer| self.write_into(writer))
    }

    /// Writes the request and says how many bytes it took.
    ///
    /// # Errors
    /// [`BuildError`], when something that the caller gave cannot stand in a head, or `out` is too small.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        Writer::fill(out, |writer| self.write_into(writer))
    }

    /// Judges the response head that `bytes` begin with, up to and including its empty line, as the answer to this
    /// request.
    ///
    /// # Errors
    /// The first rule that it breaks: of HTTP's grammar in the order of the bytes, then §4.1's in the order of its
    /// items. [`ResponseInterim`](crate::handshake::HandshakeViolation::ResponseInterim) is no failure yet: the next
    /// head is the answer.
    pub fn verify_response<'r>(&self, bytes: &'r [u8]) -> Result<ServerResponse<'r>, HandshakeError> {
        ServerResponse::verify(bytes, self)
    }

    pub(super) fn offered_subprotocols(&self) -> &'a [&'a str] {
        self.offer.subprotocols
    }

    pub(super) fn offered_extension_names(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.offer.extension_names()
    }

    fn write_into(&self, writer: &mut Writer<'_>) -> Result<(), BuildError> {
        check(is_authority(self.host.as_bytes()), BuildError::Host)?;
        check(is_target(self.target.as_bytes()), BuildError::Target)?;
        self.offer.check()?;
        writer.put("GET ").put(self.target).put(" HTTP/1.1\r\n").field(field::HOST, self.host);
        writer.field(field::UPGRADE, "websocket").field(field::CONNECTION, "Upgrade");
        writer.field(field::KEY, self.key.as_str()).field(field::VERSION, "13");
        if let Some(origin) = self.offer.origin {
            writer.field(field::ORIGIN, origin);
        }
        writer.list_field(field::PROTOCOL, self.offer.subprotocols);
        finish(writer, self.offer.extensions, self.offer.fields);
        Ok(())
    }
}
