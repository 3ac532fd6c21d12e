//! A list of fields as an HTTP/2 or HTTP/3 library delivers it, and what both ask of every field.

use crate::handshake::HandshakeViolation;
use crate::handshake::extended_connect::{BrokenRule, ConnectError, ConnectViolation};
use crate::head::{Elements, is_field_value, is_token, trim};

/// One field of a list: a name and a value, borrowed as text or as bytes, as two references or as a reference to both.
///
/// ```
/// use ws101_core::handshake::extended_connect::FieldPair;
/// let owned = (String::from(":status"), vec![b'2', b'0', b'0']);
/// assert_eq!((&owned).pair(), (":status", b"200").pair());
/// ```
pub trait FieldPair<'a> {
    /// The name and the value.
    fn pair(self) -> (&'a [u8], &'a [u8]);
}

impl<'a, N: AsRef<[u8]> + ?Sized, V: AsRef<[u8]> + ?Sized> FieldPair<'a> for (&'a N, &'a V) {
    fn pair(self) -> (&'a [u8], &'a [u8]) {
        (self.0.as_ref(), self.1.as_ref())
    }
}

impl<'a, N: AsRef<[u8]>, V: AsRef<[u8]>> FieldPair<'a> for &'a (N, V) {
    fn pair(self) -> (&'a [u8], &'a [u8]) {
        (self.0.as_ref(), self.1.as_ref())
    }
}

/// A value and its place in the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) index: usize,
    pub(super) value: &'a [u8],
}

impl Listed<'_> {
    pub(super) fn broke(&self, violation: impl Into<BrokenRule>) -> ConnectError {
        ConnectError::at(violation, self.index)
    }
}

/// Goes through the list once: checks what every field must be, and hands each on with its name.
pub(super) fn scan<'a, P: FieldPair<'a>>(
    fields: impl Iterator<Item = P>,
    mut each: impl FnMut(&'a [u8], Listed<'a>) -> Result<(), ConnectError>,
) -> Result<(), ConnectError> {
    let mut regular_came = false;
    for (index, field) in fields.enumerate() {
        let (name, value) = field.pair();
        check_field(name, value).map_err(|violation| ConnectError::at(violation, index))?;
        let pseudo = name.starts_with(b":");
        // RFC 9113 §8.3: "All pseudo-header fields MUST appear in a field block before all regular field lines."
        if pseudo && regular_came {
            return Err(ConnectError::at(ConnectViolation::PseudoHeaderLate, index));
        }
        regular_came |= !pseudo;
        each(name, Listed { index, value })?;
    }
    Ok(())
}

/// Puts a field that may be there once where it belongs.
pub(super) fn fill<'a>(
    slot: &mut Option<Listed<'a>>,
    field: Listed<'a>,
    duplicate: impl Into<BrokenRule>,
) -> Result<(), ConnectError> {
    match slot.replace(field) {
        None => Ok(()),
        Some(_) => Err(field.broke(duplicate)),
    }
}

/// The values of every field of this name.
pub(super) fn values<'a, P: FieldPair<'a>>(
    fields: impl Iterator<Item = P> + Clone,
    name: &'static str,
) -> impl Iterator<Item = Listed<'a>> + Clone {
    let listed = fields.enumerate().map(|(index, field)| (index, field.pair()));
    listed.filter(move |(_, (other, _))| *other == name.as_bytes()).map(|(index, (_, value))| Listed { index, value })
}

/// The elements of a comma-separated list over all fields of this name, each with its field's place.
pub(super) fn elements<'a, P: FieldPair<'a>>(
    fields: impl Iterator<Item = P> + Clone,
    name: &'static str,
) -> impl Iterator<Item = (usize, &'a [u8])> + Clone {
    values(fields, name)
        .flat_map(|Listed { index, value }| Elements::of(value).map(move |(_, element)| (index, element)))
}

/// Whether a field is about a connection of HTTP/1.1.
pub(super) fn is_connection_specific(name: &[u8], value: &[u8]) -> bool {
    match name {
        b"connection" | b"upgrade" | b"keep-alive" | b"proxy-connection" | b"transfer-encoding" => true,
        // RFC 9113 §8.2.2: "when it is, it MUST NOT contain any value other than "trailers"."
        b"te" => !value.eq_ignore_ascii_case(b"trailers"),
        _ => false,
    }
}

fn check_field(name: &[u8], value: &[u8]) -> Result<(), BrokenRule> {
    let bare = name.strip_prefix(b":").unwrap_or(name);
    // RFC 9113 §8.2: "Field names MUST be converted to lowercase when constructing an HTTP/2 message."
    if bare.iter().any(u8::is_ascii_uppercase) {
        return Err(ConnectViolation::FieldNameUppercase.into());
    }
    if !is_token(bare) {
        return Err(HandshakeViolation::FieldName.into());
    }
    if !is_field_value(value) {
        return Err(HandshakeViolation::FieldValue.into());
    }
    // RFC 9113 §8.2.1: "A field value MUST NOT start or end with an ASCII whitespace character"
    if trim(value).len() != value.len() {
        return Err(ConnectViolation::FieldValueBlank.into());
    }
    // RFC 8441 §5: "[RFC6455] requires the use of Connection and Upgrade header fields that are not part of HTTP/2.
    // They MUST NOT be included in the CONNECT request defined here."
    if is_connection_specific(name, value) {
        return Err(ConnectViolation::ConnectionSpecific.into());
    }
    Ok(())
}
