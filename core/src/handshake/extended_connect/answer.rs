//! A server's response as the client reads it.

use crate::handshake::build::Offer;
use crate::handshake::extended_connect::list::{Listed, fill, scan, values};
use crate::handshake::extended_connect::{ConnectError, ConnectViolation as Violation, FieldPair, field};
use crate::handshake::judge::{check_extensions_were_offered, check_subprotocol_was_offered};
use crate::handshake::{Extension, Extensions, HandshakeViolation};
use crate::head::check_extension_list;

/// A response that opens the connection and breaks no rule.
#[derive(Debug, Clone, Copy)]
pub struct ConnectAnswer<'a, I> {
    fields: I,
    subprotocol: Option<&'a str>,
}

impl<'a, I> ConnectAnswer<'a, I>
where
    I: Iterator<Item: FieldPair<'a>> + Clone,
{
    /// The subprotocol that the server chose, one of those offered; `None` when it chose none.
    #[must_use]
    pub fn subprotocol(&self) -> Option<&'a str> {
        self.subprotocol
    }

    /// The extensions that the server takes, in the order in which they apply (§9.1).
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'a>> + Clone + use<'a, I> {
        values(self.fields.clone(), field::EXTENSIONS).flat_map(|answer| Extensions::of_value(answer.value))
    }

    /// All the fields, for what else is of interest (cookies, say).
    #[must_use]
    pub fn fields(&self) -> I {
        self.fields.clone()
    }

    /// See [`ClientConnect::verify_response`](super::ClientConnect::verify_response), which is the public form.
    pub(super) fn verify(fields: I, offer: &Offer<'_>) -> Result<Self, ConnectError> {
        let (mut status, mut subprotocol) = (None, None);
        scan(fields.clone(), |name, listed| match core::str::from_utf8(name).unwrap_or_default() {
            field::STATUS => fill(&mut status, listed, Violation::PseudoHeaderDuplicate),
            // §11.3.4: "the |Sec-WebSocket-Protocol| header field MUST NOT appear more than once in an HTTP response."
            field::SUBPROTOCOL => fill(&mut subprotocol, listed, HandshakeViolation::ResponseProtocolDuplicate),
            other if other.starts_with(':') => Err(listed.broke(Violation::PseudoHeaderUnknown)),
            _ => Ok(()),
        })?;
        // RFC 9113 §8.3.2: "This pseudo-header field MUST be included in all responses, including interim responses"
        check_status(status.ok_or(ConnectError::missing(Violation::StatusMissing))?)?;
        for answer in values(fields.clone(), field::EXTENSIONS) {
            let broke = |_| answer.broke(HandshakeViolation::ResponseExtensions);
            check_extension_list(answer.value).map_err(broke)?;
            check_extensions_were_offered(Extensions::of_value(answer.value), &offer.extension_names())
                .map_err(|violation| answer.broke(violation))?;
        }
        let chosen = |answer: Listed<'a>| {
            let name = check_subprotocol_was_offered(answer.value, offer.subprotocols.iter().copied());
            name.map_err(|violation| answer.broke(violation))
        };
        Ok(Self { fields, subprotocol: subprotocol.map(chosen).transpose()? })
    }
}

fn check_status(status: Listed<'_>) -> Result<(), ConnectError> {
    match status.value {
        // RFC 9113 §8.6: "HTTP/2 does not support the 101 (Switching Protocols) informational status code"
        b"101" => Err(status.broke(Violation::SwitchingProtocols)),
        [class @ b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => match class {
            b'1' => Err(status.broke(HandshakeViolation::ResponseInterim)),
            // RFC 8441 §5.1 shows 200; RFC 9110 §9.3.6: "Any 2xx (Successful) response indicates that the sender (and
            // all inbound proxies) will switch to tunnel mode"
            b'2' => Ok(()),
            _ => Err(status.broke(Violation::NotSuccessful)),
        },
        _ => Err(status.broke(Violation::StatusInvalid)),
    }
}
