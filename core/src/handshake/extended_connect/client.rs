//! A client's extended CONNECT (RFC 8441 §5).

use crate::handshake::BuildError;
use crate::handshake::build::{Offer, check};
use crate::handshake::extended_connect::build::check_names;
use crate::handshake::extended_connect::{
    ConnectAnswer, ConnectBuildError, ConnectError, EnableConnectProtocol, FieldPair, Scheme, field,
};
use crate::handshake::strict::{is_authority, is_path};

/// A client's request for a connection on a stream: what it asks for, and the judge of the answer.
///
/// ```
/// use ws101_core::handshake::extended_connect::{ClientConnect, ConnectMisuse, EnableConnectProtocol, Scheme};
///
/// let request = ClientConnect::new(Scheme::Https, "server.example.com", "/chat").origin("https://example.com");
/// let too_early = request.pairs(EnableConnectProtocol::new()).err();
/// assert_eq!(too_early, Some(ConnectMisuse::NotEnabled.into()));
/// assert!(request.verify_response(&[(":status", "200")]).is_ok());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ClientConnect<'a> {
    scheme: Scheme,
    authority: &'a str,
    path: &'a str,
    offer: Offer<'a>,
}

impl<'a> ClientConnect<'a> {
    /// A request for `path` (with its query, from `/` on) at `authority` (`name` or `name:port`).
    #[must_use]
    pub const fn new(scheme: Scheme, authority: &'a str, path: &'a str) -> Self {
        Self { scheme, authority, path, offer: Offer::NOTHING }
    }

    /// Adds an `origin` field, as browsers do (§4.1 item 8).
    #[must_use]
    pub const fn origin(mut self, origin: &'a str) -> Self {
        self.offer.origin = Some(origin);
        self
    }

    /// Offers subprotocols, the preferred one first (§4.1 item 10). Each is sent in a field of its own.
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

    /// Adds further fields, their names in lower case: cookies, authorization, user agent (§4.1 item 12).
    #[must_use]
    pub const fn fields(mut self, fields: &'a [(&'a str, &'a str)]) -> Self {
        self.offer.fields = fields;
        self
    }

    /// The fields to send, pseudo-header fields first, to a server that sent `setting`. The stream stays open: no
    /// `END_STREAM`.
    ///
    /// # Errors
    /// [`ConnectMisuse::NotEnabled`](crate::handshake::extended_connect::ConnectMisuse::NotEnabled) where the server
    /// does not take such requests; another [`ConnectBuildError`] when something that the caller gave cannot stand in a
    /// request.
    pub fn pairs(
        &self,
        setting: EnableConnectProtocol,
    ) -> Result<impl Iterator<Item = (&'a str, &'a str)> + Clone + use<'a>, ConnectBuildError> {
        setting.check()?;
        check(is_authority(self.authority.as_bytes()), BuildError::Host)?;
        check(is_path(self.path.as_bytes()), BuildError::Target)?;
        check_names(self.offer.fields)?;
        self.offer.check()?;
        let Offer { origin, subprotocols, extensions, fields } = self.offer;
        let extensions = Some(extensions).filter(|offer| !offer.is_empty());
        let pseudo = [
            (field::METHOD, "CONNECT"),
            (field::PROTOCOL, "websocket"),
            (field::SCHEME, self.scheme.as_str()),
            (field::PATH, self.path),
            (field::AUTHORITY, self.authority),
        ];
        // §11.3.4: several of these fields in a request are the same as one that holds all the values.
        let subprotocols = subprotocols.iter().map(|name| (field::SUBPROTOCOL, *name));
        Ok(pseudo
            .into_iter()
            .chain(origin.map(|origin| (field::ORIGIN, origin)))
            .chain([(field::VERSION, "13")])
            .chain(subprotocols)
            .chain(extensions.map(|offer| (field::EXTENSIONS, offer)))
            .chain(fields.iter().copied()))
    }

    /// Judges the fields of a response, in the order in which they came, as the answer to this request.
    ///
    /// # Errors
    /// The first rule that they break: first those of every field and of pseudo-header fields, in the order of the list,
    /// then the status code's, then §4.1's.
    /// [`ResponseInterim`](crate::handshake::HandshakeViolation::ResponseInterim) is no failure yet: the next fields are
    /// the answer. After any other, reset the stream with `CANCEL` (HTTP/2) or `H3_REQUEST_CANCELLED` (HTTP/3).
    pub fn verify_response<'r, F>(&self, fields: F) -> Result<ConnectAnswer<'r, F::IntoIter>, ConnectError>
    where
        F: IntoIterator<Item: FieldPair<'r>, IntoIter: Clone>,
    {
        ConnectAnswer::verify(fields.into_iter(), &self.offer)
    }
}
