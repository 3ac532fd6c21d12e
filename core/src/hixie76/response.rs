//! The server's response (§5.2).

use crate::handshake::build::{Fields, check, check_fields};
use crate::handshake::writer::Writer;
use crate::handshake::{BuildError, field as http};
use crate::hixie76::{Challenge, Request, Scheme, field};

/// The response that takes a connection, with the sixteen bytes behind its head; made by [`Request::response`].
///
/// It names the origin, the URL and the subprotocol of the request, as the client demands.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    request: Request<'a>,
    scheme: Scheme,
    challenge: Challenge,
    fields: Fields<'a>,
}

impl<'a> Response<'a> {
    pub(super) const fn answering(request: &Request<'a>, scheme: Scheme, challenge: Challenge) -> Self {
        Self { request: *request, scheme, challenge, fields: &[] }
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
        Writer::measure(|writer| self.write_into(writer))
    }

    /// Writes the response and the sixteen bytes behind it, and says how many bytes it took.
    ///
    /// # Errors
    /// [`BuildError`], when a further field cannot stand in a head, or `out` is too small.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        Writer::fill(out, |writer| self.write_into(writer))
    }

    fn write_into(&self, writer: &mut Writer<'_>) -> Result<(), BuildError> {
        check_further_fields(self.fields)?;
        let request = &self.request;
        writer.put("HTTP/1.1 101 WebSocket Protocol Handshake\r\n");
        writer.field(http::UPGRADE, "WebSocket").field(http::CONNECTION, "Upgrade");
        writer.field(field::ORIGIN, request.origin());
        writer.put(field::LOCATION).put(": ");
        for part in location(self.scheme, request.host(), request.resource_name()) {
            writer.put(part);
        }
        writer.put("\r\n");
        if let Some(name) = request.subprotocol() {
            writer.field(http::PROTOCOL, name);
        }
        for (name, value) in self.fields {
            writer.field(name, value);
        }
        writer.put("\r\n").put(self.challenge.response());
        Ok(())
    }
}

/// The URL that a client connects to, in parts: all before the resource name, and it.
pub(super) const fn location<'a>(scheme: Scheme, host: &'a str, resource_name: &'a str) -> [&'a str; 4] {
    [scheme.as_str(), "://", host, resource_name]
}

/// Further fields, which here are none of the handshake's either.
pub(super) fn check_further_fields(fields: Fields<'_>) -> Result<(), BuildError> {
    const OURS: [&str; 4] = [field::KEY1, field::KEY2, field::ORIGIN, field::LOCATION];
    check_fields(fields)?;
    let ours = |name: &str| OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name));
    check(!fields.iter().any(|(name, _)| ours(name)), BuildError::FieldReserved)
}
