//! What a handshake asks of a value, whichever form it came in: an HTTP/1.1 head, or a list of fields over HTTP/2 and
//! HTTP/3.

use crate::handshake::strict::is_origin;
use crate::handshake::{Extension, HandshakeViolation as Violation, OriginPolicy, UpgradeRequest};
use crate::head::is_token;

/// `value` as text, if it is `valid`; what is valid is ASCII.
pub(crate) fn text_of(value: &[u8], valid: fn(&[u8]) -> bool) -> Option<&str> {
    if valid(value) { core::str::from_utf8(value).ok() } else { None }
}

pub(crate) fn check_version(value: &[u8]) -> Result<(), Violation> {
    // §4.2.1 item 6: "A |Sec-WebSocket-Version| header field, with a value of 13."
    if value == b"13" { Ok(()) } else { Err(Violation::VersionUnsupported) }
}

pub(crate) fn check_origin<'a>(
    value: Option<&'a [u8]>,
    origins: OriginPolicy<'_>,
) -> Result<Option<&'a str>, Violation> {
    let origin = value.map(|value| text_of(value, is_origin).ok_or(Violation::OriginInvalid)).transpose()?;
    // §4.2.2 item 4, /origin/: "If the server does not wish to accept this connection, it MUST return an appropriate
    // HTTP error code (e.g., 403 Forbidden)"
    if origins.allows(origin) { Ok(origin) } else { Err(Violation::OriginRefused) }
}

/// Judges the subprotocols that a request offers, each with its place, and says how many there are.
pub(crate) fn check_subprotocols<'a, P>(
    elements: &(impl Iterator<Item = (P, &'a [u8])> + Clone),
) -> Result<usize, (Violation, P)> {
    let mut count = 0;
    for (place, name) in elements.clone() {
        if !is_token(name) {
            return Err((Violation::RequestProtocol, place));
        }
        if count == UpgradeRequest::MAX_SUBPROTOCOLS {
            return Err((Violation::RequestProtocolTooMany, place));
        }
        // §4.1 item 10: "The elements that comprise this value MUST be non-empty strings … and MUST all be unique
        // strings."
        if elements.clone().take(count).any(|(_, earlier)| earlier == name) {
            return Err((Violation::RequestProtocolDuplicate, place));
        }
        count += 1;
    }
    Ok(count)
}

/// The first subprotocol of the client's list that is in `supported`.
pub(crate) fn select_subprotocol<'a>(mut offers: impl Iterator<Item = &'a str>, supported: &[&str]) -> Option<&'a str> {
    offers.find(|offered| supported.contains(offered))
}

/// The subprotocol that a response names, if it is one of those offered.
pub(crate) fn check_subprotocol_was_offered<'a, 'o>(
    value: &'a [u8],
    mut offered: impl Iterator<Item = &'o str>,
) -> Result<&'a str, Violation> {
    // §4.1 item 6: "if … this header field indicates the use of a subprotocol that was not present in the client's
    // handshake …, the client MUST _Fail the WebSocket Connection_."
    let was_offered = offered.any(|offered| offered.as_bytes() == value);
    let name = if was_offered { core::str::from_utf8(value).ok() } else { None };
    name.ok_or(Violation::ResponseProtocolNotOffered)
}

pub(crate) fn check_extensions_were_offered<'a>(
    mut used: impl Iterator<Item = Extension<'a>>,
    offered: &(impl Iterator<Item = &'a str> + Clone),
) -> Result<(), Violation> {
    // §4.1 item 5: "if … this header field indicates the use of an extension that was not present in the client's
    // handshake …, the client MUST _Fail the WebSocket Connection_."
    let unknown = |name: &str| !offered.clone().any(|offered| offered == name);
    if used.any(|extension| unknown(extension.name())) { Err(Violation::ExtensionNotOffered) } else { Ok(()) }
}
