//! Which mistake makes exactly this wrong `Sec-WebSocket-Accept`.
//!
//! A server that answers wrongly still computes something: it takes something for the key and something for the GUID,
//! puts them together, hashes them, and writes the digest. Each of these steps has its usual mistakes (`part`, `digest`,
//! `written`). What was written is first unwrapped to the digests that it may stand for; then keys and GUIDs are hashed
//! until one gives such a digest: first with one mistake, then with two, then with three, at most [`search::MOST_HASHES`] times.
//! A match of twenty bytes is no accident, so what is found is what the server did.

mod digest;
mod part;
mod search;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
mod written;

use ws101_core::handshake::{Accept, Key};

use crate::Cause;

/// What the server did wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The mistakes, all of which it made: those of the hashed text first, then those of the digest and its form.
    pub(crate) causes: Vec<Cause>,
    /// How the value comes about, as a formula that anybody can compute; where none is known, what was seen of its form.
    pub(crate) evidence: String,
}

/// Which mistake makes `accept` for `key`; `None` where `accept` is right, or where no key is known and `accept` has the
/// right form.
///
/// Both are field values as they stand on the wire; blanks and line ends around them may be left on.
pub(crate) fn recognise(key: Option<&[u8]>, accept: &[u8]) -> Option<Mistake> {
    recognise_among(key, accept, &[])
}

/// As [`recognise`], where the keys of other requests are known: those of other connections, or the one that reached the
/// server behind a proxy.
pub(crate) fn recognise_among(key: Option<&[u8]>, accept: &[u8], others: &[&[u8]]) -> Option<Mistake> {
    let (key, accept) = (key.map(<[u8]>::trim_ascii), accept.trim_ascii());
    let right_for = |key: &[u8]| Accept::derive(key).as_str().as_bytes() == accept;
    if key.is_some_and(right_for) {
        return None;
    }
    if key.is_some_and(|key| !key.is_empty() && key == accept) {
        return Some(Mistake { causes: vec![Cause::AcceptEchoesKey], evidence: part::quoted(accept) });
    }
    if let Some(other) = others.iter().map(|other| other.trim_ascii()).find(|other| right_for(other)) {
        let evidence = format!("base64(SHA-1({} + GUID))", part::quoted(other));
        return Some(Mistake { causes: vec![Cause::AcceptOfAnotherKey], evidence });
    }
    search::search(key, accept).or_else(|| {
        let (cause, evidence) = match (written::form(accept), key) {
            (written::Form::Right, None) => return None,
            (written::Form::Right, Some(_)) => (Cause::AcceptOfUnknownKey, part::quoted(accept)),
            (written::Form::Bytes(length), _) => (
                Cause::AcceptMalformed,
                format!("{length} bytes in base64, where SHA-1 gives {}", Accept::DIGEST_LENGTH),
            ),
            (written::Form::Characters(length), _) => (
                Cause::AcceptMalformed,
                format!("{length} characters that are not base64, where {} are due", Accept::LENGTH),
            ),
        };
        Some(Mistake { causes: vec![cause], evidence })
    })
}

/// Which mistake makes `accept` where the `right` value is known and the key is not: one in how the digest was written.
pub(crate) fn recognise_right(right: &[u8], accept: &[u8]) -> Option<Mistake> {
    let (right, accept) = (right.trim_ascii(), accept.trim_ascii());
    if right == accept {
        return None;
    }
    let written = written::targets(accept).into_iter().find(|written| {
        written::digest(right).is_some_and(|digest| written.target.is(&digest)) && !written.causes.is_empty()
    });
    let mistake =
        written.map(|written| Mistake { evidence: written.formula("SHA-1(key + GUID)"), causes: written.causes });
    // What is wrong whatever the key is can still be told.
    mistake.or_else(|| recognise(None, accept))
}

/// The key of the RFC's example (§1.3).
const SAMPLE_KEY: &[u8; Key::LENGTH] = b"dGhlIHNhbXBsZSBub25jZQ==";
