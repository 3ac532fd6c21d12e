//! A server's response as the client reads it (§4.1, from item 28 on).

use crate::Span;
use crate::handshake::HandshakeViolation;
use crate::handshake::found::Found;
use crate::handshake::server_response::check_status_line;
use crate::head::Head;
use crate::hixie76::request::once;
use crate::hixie76::response::location;
use crate::hixie76::{ClientRequest, Hixie76Violation as Violation, OpeningError, field};

/// A response that opens the connection and breaks no rule of the draft.
#[derive(Debug, Clone, Copy)]
pub struct ServerResponse<'a> {
    head: Head<'a>,
}

impl<'a> ServerResponse<'a> {
    /// The whole head, for what else is of interest (cookies, say).
    #[must_use]
    pub const fn head(&self) -> Head<'a> {
        self.head
    }

    /// See [`ClientRequest::verify_response`], which is the public form.
    pub(super) fn verify(
        bytes: &'a [u8],
        challenge_response: [u8; 16],
        request: &ClientRequest<'_>,
    ) -> Result<Self, OpeningError> {
        let (head, found) = Found::scan(bytes)?;
        let end = found.end;
        check_status_line(head)?;
        check_upgrade(head, &found)?;

        let (missing, duplicate) = (Violation::AnsweredOriginMissing, Violation::AnsweredOriginDuplicate);
        let origin = once(head, field::ORIGIN, end, missing, duplicate)?;
        if !origin.of(bytes).eq_ignore_ascii_case(request.origin.as_bytes()) {
            return Err(Violation::AnsweredOriginWrong.at(origin));
        }
        let (missing, duplicate) = (Violation::LocationMissing, Violation::LocationDuplicate);
        let place = once(head, field::LOCATION, end, missing, duplicate)?;
        if !is_location_of(request, place.of(bytes)) {
            return Err(Violation::LocationWrong.at(place));
        }
        check_subprotocol(head, &found, request.subprotocol)?;

        // §4.1 items 42 to 45
        if challenge_response == request.challenge().response() {
            Ok(Self { head })
        } else {
            let behind = head.bytes().len();
            Err(Violation::ChallengeResponseWrong.at(Span::new(behind, behind + challenge_response.len())))
        }
    }
}

fn check_upgrade(head: Head<'_>, found: &Found) -> Result<(), OpeningError> {
    let end = found.end;
    let not_websocket = HandshakeViolation::ResponseUpgradeNotWebsocket;
    let upgrade = found.upgrade.once(end, HandshakeViolation::ResponseUpgradeMissing, not_websocket)?;
    // §4.1 item 41: letter for letter, unlike RFC 6455
    if upgrade.of(head.bytes()) != b"WebSocket" {
        return Err(Violation::UpgradeNotWebSocket.at(upgrade));
    }
    let not_upgrade = HandshakeViolation::ResponseConnectionNotUpgrade;
    let connection = found.connection.once(end, HandshakeViolation::ResponseConnectionMissing, not_upgrade)?;
    if !connection.of(head.bytes()).eq_ignore_ascii_case(b"upgrade") {
        return Err(not_upgrade.at(connection).into());
    }
    Ok(())
}

/// Scheme and host without regard to case, the resource name letter for letter.
fn is_location_of(request: &ClientRequest<'_>, value: &[u8]) -> bool {
    let resource_name = request.resource_name.as_bytes();
    let Some(before) = value.strip_suffix(resource_name) else { return false };
    let [scheme, separator, host, _] = location(request.scheme, request.host, request.resource_name);
    let expected = [scheme, separator, host].into_iter().flat_map(str::bytes);
    before.len() == scheme.len() + separator.len() + host.len()
        && before.iter().zip(expected).all(|(one, other)| one.eq_ignore_ascii_case(&other))
}

fn check_subprotocol(head: Head<'_>, found: &Found, asked_for: Option<&str>) -> Result<(), OpeningError> {
    if let Some(again) = found.protocol.again {
        return Err(HandshakeViolation::ResponseProtocolDuplicate.at(again).into());
    }
    match (found.protocol.value, asked_for) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(Violation::SubprotocolNotAnswered.at(found.end)),
        (Some(value), Some(name)) if value.of(head.bytes()) == name.as_bytes() => Ok(()),
        (Some(value), _) => Err(HandshakeViolation::ResponseProtocolNotOffered.at(value).into()),
    }
}
