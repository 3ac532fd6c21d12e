//! What both sides' heads are made of: the caller's mistakes, and what they have in common.

use crate::handshake::writer::Writer;
use crate::handshake::{Extensions, field};
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
pub(super) type Fields<'a> = &'a [(&'a str, &'a str)];

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

pub(super) fn check(holds: bool, error: BuildError) -> Result<(), BuildError> {
    if holds { Ok(()) } else { Err(error) }
}

/// The names in an extensions value that was checked, or will be.
pub(super) fn extension_names(value: &str) -> impl Iterator<Item = &str> {
    Extensions::of_value(value).map(|extension| extension.name())
}

pub(super) fn check_extensions_value(value: &str) -> Result<(), BuildError> {
    let text = is_field_value(value.as_bytes()) && trim(value.as_bytes()).len() == value.len();
    check(text && (value.is_empty() || Extensions::check_value(value)), BuildError::Extensions)
}

pub(super) fn check_fields(fields: Fields<'_>) -> Result<(), BuildError> {
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
