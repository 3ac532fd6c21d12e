//! The server's 101 (§4.2.2).

use crate::handshake::build::{Choice, finish};
use crate::handshake::writer::Writer;
use crate::handshake::{Accept, BuildError, UpgradeRequest, field};

/// The 101 response that takes a connection (§4.2.2 item 5).
///
/// Made by [`UpgradeRequest::response`], it also checks that what it names was offered; made from an [`Accept`] alone
/// it cannot.
#[derive(Debug, Clone, Copy)]
pub struct SwitchingProtocols<'a> {
    accept: Accept,
    request: Option<UpgradeRequest<'a>>,
    choice: Choice<'a>,
}

impl<'a> SwitchingProtocols<'a> {
    /// The response to whoever sent the key that `accept` answers.
    #[must_use]
    pub const fn new(accept: Accept) -> Self {
        Self { accept, request: None, choice: Choice::NOTHING }
    }

    pub(super) fn answering(request: &UpgradeRequest<'a>) -> Self {
        Self { request: Some(*request), ..Self::new(request.key().accept()) }
    }

    /// Names the subprotocol in use; `None` leaves the field out.
    #[must_use]
    pub const fn subprotocol(mut self, name: Option<&'a str>) -> Self {
        self.choice.subprotocol = name;
        self
    }

    /// Names the extensions in use, written as the field's value; an empty text leaves the field out.
    #[must_use]
    pub const fn extensions(mut self, answer: &'a str) -> Self {
        self.choice.extensions = answer;
        self
    }

    /// Adds further fields.
    #[must_use]
    pub const fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.choice.fields = fields;
        self
    }

    /// Bytes that [`write`](Self::write) needs.
    ///
    /// # Errors
    /// As `write`, but for [`BuildError::BufferTooSmall`].
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        Writer::measure(|writer| self.write_into(writer))
    }

    /// Writes the response and says how many bytes it took.
    ///
    /// # Errors
    /// [`BuildError`], when something that the caller gave cannot stand in a head or was not offered, or `out` is too
    /// small.
    pub fn write(&self, out: &mut [u8]) -> Result<usize, BuildError> {
        Writer::fill(out, |writer| self.write_into(writer))
    }

    fn write_into(&self, writer: &mut Writer<'_>) -> Result<(), BuildError> {
        self.choice.check()?;
        if let Some(request) = &self.request {
            self.choice.check_was_offered(request.subprotocols(), &request.extensions())?;
        }
        writer.put("HTTP/1.1 101 Switching Protocols\r\n");
        writer.field(field::UPGRADE, "websocket").field(field::CONNECTION, "Upgrade");
        writer.field(field::ACCEPT, self.accept.as_str());
        if let Some(name) = self.choice.subprotocol {
            writer.field(field::PROTOCOL, name);
        }
        finish(writer, self.choice.extensions, self.choice.fields);
        Ok(())
    }
}
