//! A client's opening handshake (§4.1).

use crate::handshake::build::{Fields, check};
use crate::handshake::strict::{is_authority, is_origin, is_path};
use crate::handshake::writer::Writer;
use crate::handshake::{BuildError, field as http};
use crate::head::is_token;
use crate::hixie76::response::check_further_fields;
use crate::hixie76::{Challenge, Key, OpeningError, Scheme, ServerResponse, field};

/// A client's opening handshake: what it asks for, and the judge of the answer.
///
/// The draft has the fields in a random order, so that nobody comes to rely on one; here it is always the same.
///
/// ```
/// use ws101_core::hixie76::{ClientRequest, Key, Scheme};
/// let random = [[0x12; Key::RANDOM_LENGTH], [0x34; Key::RANDOM_LENGTH]]; // random bytes, fresh for each connection
/// let key3 = [0x56; 8]; // these too
/// let keys = random.map(Key::from_random);
/// let request = ClientRequest::new(Scheme::Ws, "example.com", "/demo", "http://example.com", keys, key3);
/// let mut out = [0; 512];
/// let length = request.write(&mut out)?;
/// assert!(out[..length].starts_with(b"GET /demo HTTP/1.1\r\nUpgrade: WebSocket\r\n"));
/// assert!(out[..length].ends_with(&key3));
/// # Ok::<(), ws101_core::handshake::BuildError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ClientRequest<'a> {
    pub(super) scheme: Scheme,
    pub(super) host: &'a str,
    pub(super) resource_name: &'a str,
    pub(super) origin: &'a str,
    pub(super) subprotocol: Option<&'a str>,
    keys: [Key; 2],
    key3: [u8; 8],
    fields: Fields<'a>,
}

impl<'a> ClientRequest<'a> {
    /// A request for `resource_name` (path and query, from `/` on) at `host` (`name` or `name:port`, the scheme's own
    /// port left out) from a page of `origin`, with two keys and eight bytes that are random and fresh.
    #[must_use]
    pub const fn new(
        scheme: Scheme,
        host: &'a str,
        resource_name: &'a str,
        origin: &'a str,
        keys: [Key; 2],
        key3: [u8; 8],
    ) -> Self {
        Self { scheme, host, resource_name, origin, subprotocol: None, keys, key3, fields: &[] }
    }

    /// Asks for a subprotocol, a token; the server must name it too.
    #[must_use]
    pub const fn subprotocol(mut self, name: &'a str) -> Self {
        self.subprotocol = Some(name);
        self
    }

    /// Adds further fields, cookies say.
    #[must_use]
    pub const fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.fields = fields;
        self
    }

    /// What the server is asked to hash.
    #[must_use]
    pub fn challenge(&self) -> Challenge {
        Challenge { numbers: self.keys.map(|key| key.number()), key3: self.key3 }
    }

    /// Bytes that [`write`](Self::write) needs.
    ///
    /// # Errors
    /// As `write`, but for [`BuildError::BufferTooSmall`].
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        Writer::measure(|writer| self.write_into(writer))
    }

    /// Writes the request and the eight bytes behind it, and says how many bytes it took.
    ///
    /// # Errors
    /// [`BuildError`], when something that the caller gave cannot stand in a head, or `out` is too small.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        Writer::fill(out, |writer| self.write_into(writer))
    }

    /// Judges the response head that `bytes` begin with, up to and including its empty line, and the sixteen bytes
    /// behind it, which an [`AfterHead`](crate::hixie76::AfterHead) collects.
    ///
    /// # Errors
    /// The first rule that they break: of HTTP's grammar in the order of the bytes, then the draft's, that of the
    /// sixteen bytes last.
    pub fn verify_response<'r>(
        &self,
        bytes: &'r [u8],
        challenge_response: [u8; 16],
    ) -> Result<ServerResponse<'r>, OpeningError> {
        ServerResponse::verify(bytes, challenge_response, self)
    }

    fn write_into(&self, writer: &mut Writer<'_>) -> Result<(), BuildError> {
        check(is_authority(self.host.as_bytes()), BuildError::Host)?;
        check(is_path(self.resource_name.as_bytes()), BuildError::Target)?;
        check(is_origin(self.origin.as_bytes()), BuildError::Origin)?;
        check(self.subprotocol.is_none_or(|name| is_token(name.as_bytes())), BuildError::Subprotocol)?;
        check_further_fields(self.fields)?;
        let [first, second] = &self.keys;
        writer.put("GET ").put(self.resource_name).put(" HTTP/1.1\r\n");
        writer.field(http::UPGRADE, "WebSocket").field(http::CONNECTION, "Upgrade").field(http::HOST, self.host);
        writer.field(http::ORIGIN, self.origin);
        if let Some(name) = self.subprotocol {
            writer.field(http::PROTOCOL, name);
        }
        writer.field(field::KEY1, first.as_str()).field(field::KEY2, second.as_str());
        for (name, value) in self.fields {
            writer.field(name, value);
        }
        writer.put("\r\n").put(self.key3);
        Ok(())
    }
}
