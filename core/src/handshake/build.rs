//! What both sides' heads are made of: the caller's mistakes, and what they have in common.

use crate::handshake::strict::is_origin;
use crate::handshake::writer::Writer;
use crate::handshake::{Extension, Extensions, field};
use crate::head::{check_extension_list, is_field_value, is_token, trim};
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
pub(crate) type Fields<'a> = &'a [(&'a str, &'a str)];

/// What a client asks for beside the resource, in either form of request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer<'a> {
    pub(super) origin: Option<&'a str>,
    pub(super) subprotocols: &'a [&'a str],
    pub(super) extensions: &'a str,
    pub(super) fields: Fields<'a>,
}

impl<'a> Offer<'a> {
    pub(super) const NOTHING: Self = Self { origin: None, subprotocols: &[], extensions: "", fields: &[] };

    pub(super) fn extension_names(&self) -> impl Iterator<Item = &'a str> + Clone {
        extension_names(self.extensions)
    }

    pub(super) fn check(&self) -> Result<(), BuildError> {
        check(self.origin.is_none_or(|origin| is_origin(origin.as_bytes())), BuildError::Origin)?;
        check_extensions_value(self.extensions)?;
        check_fields(self.fields)?;
        for (place, name) in self.subprotocols.iter().enumerate() {
            check(is_token(name.as_bytes()), BuildError::Subprotocol)?;
            check(!self.subprotocols[..place].contains(name), BuildError::SubprotocolDuplicate)?;
        }
        Ok(())
    }
}

/// What a server chose of an offer, in either form of response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice<'a> {
    pub(super) subprotocol: Option<&'a str>,
    pub(super) extensions: &'a str,
    pub(super) fields: Fields<'a>,
}

impl Choice<'_> {
    pub(super) const NOTHING: Self = Self { subprotocol: None, extensions: "", fields: &[] };

    pub(super) fn check(&self) -> Result<(), BuildError> {
        check_extensions_value(self.extensions)?;
        check_fields(self.fields)?;
        check(self.subprotocol.is_none_or(|name| is_token(name.as_bytes())), BuildError::Subprotocol)
    }

    pub(super) fn check_was_offered<'r>(
        &self,
        mut subprotocols: impl Iterator<Item = &'r str>,
        extensions: &(impl Iterator<Item = Extension<'r>> + Clone),
    ) -> Result<(), BuildError> {
        // §4.2.2, /subprotocol/: "The value chosen MUST be derived from the client's handshake"
        let offered = self.subprotocol.is_none_or(|name| subprotocols.any(|offer| offer == name));
        check(offered, BuildError::SubprotocolNotOffered)?;
        // §9.1: a server accepts extensions of the client's list
        let known = |name: &str| extensions.clone().any(|offer| offer.name() == name);
        check(extension_names(self.extensions).all(known), BuildError::ExtensionNotOffered)
    }
}

/// The extensions, the further fields and the empty line.
pub(super) fn finish(writer: &mut Writer<'_>, extensions: &str, fields: Fields<'_>) {
    if !extensions.is_empty() {
        writer.field(field::EXTENSIONS, extensions);
    }
    for (name, value) in fields {
        writer.field(name, value);
    }
    writer.put("\r\n");
}

pub(crate) fn check(holds: bool, error: BuildError) -> Result<(), BuildError> {
    if holds { Ok(()) } else { Err(error) }
}

/// The names in an extensions value that was checked, or will be.
fn extension_names(value: &str) -> impl Iterator<Item = &str> + Clone {
    Extensions::of_value(value.as_bytes()).map(|extension| extension.name())
}

fn check_extensions_value(value: &str) -> Result<(), BuildError> {
    let text = is_field_value(value.as_bytes()) && trim(value.as_bytes()).len() == value.len();
    check(text && (value.is_empty() || check_extension_list(value.as_bytes()).is_ok()), BuildError::Extensions)
}

pub(crate) fn check_fields(fields: Fields<'_>) -> Result<(), BuildError> {
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
