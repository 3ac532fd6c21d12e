//! The server's answer that takes the connection (RFC 8441 §5.1).

use crate::handshake::build::Choice;
use crate::handshake::extended_connect::build::check_names;
use crate::handshake::extended_connect::{ConnectBuildError, ConnectRequest, FieldPair, field};

/// The 200 response that takes a connection, made by [`ConnectRequest::response`].
#[derive(Debug, Clone, Copy)]
pub struct ConnectResponse<'a, I> {
    request: ConnectRequest<'a, I>,
    choice: Choice<'a>,
}

impl<'a, I> ConnectResponse<'a, I>
where
    I: Iterator<Item: FieldPair<'a>> + Clone,
{
    pub(super) fn answering(request: &ConnectRequest<'a, I>) -> Self {
        Self { request: request.clone(), choice: Choice::NOTHING }
    }

    /// Names the subprotocol in use; `None` leaves the field out.
    #[must_use]
    pub fn subprotocol(mut self, name: Option<&'a str>) -> Self {
        self.choice.subprotocol = name;
        self
    }

    /// Names the extensions in use, written as the field's value; an empty text leaves the field out.
    #[must_use]
    pub fn extensions(mut self, answer: &'a str) -> Self {
        self.choice.extensions = answer;
        self
    }

    /// Adds further fields, their names in lower case.
    #[must_use]
    pub fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.choice.fields = fields;
        self
    }

    /// The fields to send, `:status` first. The stream stays open: no `END_STREAM`.
    ///
    /// # Errors
    /// [`ConnectBuildError`], when something that the caller gave cannot stand in a response or was not offered.
    pub fn pairs(&self) -> Result<impl Iterator<Item = (&'a str, &'a str)> + Clone + use<'a, I>, ConnectBuildError> {
        check_names(self.choice.fields)?;
        self.choice.check()?;
        self.choice.check_was_offered(self.request.subprotocols(), &self.request.extensions())?;
        let Choice { subprotocol, extensions, fields } = self.choice;
        let extensions = Some(extensions).filter(|answer| !answer.is_empty());
        let ours = [
            Some((field::STATUS, "200")),
            subprotocol.map(|name| (field::SUBPROTOCOL, name)),
            extensions.map(|answer| (field::EXTENSIONS, answer)),
        ];
        Ok(ours.into_iter().flatten().chain(fields.iter().copied()))
    }
}
