//! What status codes say: those of HTTP responses, and those of Close frames.

use ws101_core::StatusCode;

use crate::Cause;

/// What leads to a response of this status code in place of a 101, the likeliest first.
pub(super) const fn of_response(status: u64) -> &'static [Cause] {
    match status {
        100 | 102 | 103 => &[Cause::InterimResponse],
        200..=299 | 304 => &[Cause::HttpHandlerAnswered, Cause::UpgradeNotForwarded, Cause::LongPollingFallback],
        300..=303 | 305..=399 => &[Cause::Redirected, Cause::AuthenticationMissing],
        400 => &[
            Cause::UpgradeNotForwarded,
            Cause::HandshakeRequestRefused,
            Cause::PlainToTlsServer,
            Cause::LongPollingFallback,
        ],
        401 => &[Cause::AuthenticationMissing],
        403 => &[Cause::OriginOrPermissionRefused, Cause::AuthenticationMissing],
        404 => &[Cause::NoSuchPath, Cause::UpgradeNotForwarded, Cause::HttpHandlerAnswered],
        405 => &[Cause::MethodRefused, Cause::UpgradeNotForwarded],
        407 => &[Cause::ProxyAsksForCredentials],
        408 | 504 => &[Cause::UpstreamSilent],
        413 | 414 | 431 | 494 => &[Cause::HeadRefusedAsTooLong],
        426 => &[Cause::UpgradeExpected, Cause::UpgradeNotForwarded, Cause::VersionNotTaken],
        429 => &[Cause::TooManyRequests],
        499 => &[Cause::ClientLeftFirst],
        500 => &[Cause::ServerFailed],
        501 => &[Cause::UpgradeNotImplemented, Cause::LibraryMissing],
        502 => &[Cause::UpstreamDown, Cause::ErrorUnhandled],
        503 => &[Cause::UpstreamUnavailable, Cause::UpstreamDown],
        505 => &[Cause::HttpVersionOld],
        520..=527 | 530 => &[Cause::CdnCannotReachServer],
        error if error >= 400 && error < 600 => &[Cause::StatusUnexpected],
        // 101 is right, and no other number is a status code.
        _ => &[],
    }
}

/// A case of `/misbehave` that answers with this status code.
pub(super) const fn case_of_response(status: u64) -> Option<&'static str> {
    Some(match status {
        100 => "100-then-101",
        204 => "status-204",
        401 => "status-401",
        403 => "status-403",
        404 => "status-404",
        407 => "status-407",
        426 => "status-426",
        429 => "status-429",
        500 => "status-500",
        502 => "status-502",
        503 => "status-503",
        _ => return None,
    })
}

/// What leads to a connection that is closed with this status code, the likeliest first.
pub(super) const fn of_close(code: u16) -> &'static [Cause] {
    match StatusCode(code) {
        StatusCode::NORMAL_CLOSURE => &[Cause::ClosedNormally],
        StatusCode::GOING_AWAY => &[Cause::PageLeft, Cause::ServiceRestarts],
        StatusCode::PROTOCOL_ERROR => &[Cause::PeerFoundViolation],
        StatusCode::UNSUPPORTED_DATA => &[Cause::PeerRefusedType],
        StatusCode::NO_STATUS_RECEIVED => &[Cause::ClosedWithoutCode],
        StatusCode::ABNORMAL_CLOSURE => &[
            Cause::EndedWithoutClose,
            Cause::IdleTimeout,
            Cause::FrameBroken,
            Cause::AnswerNotAccepted,
            Cause::ConnectionReset,
            Cause::FrameTruncated,
            Cause::CloseUnanswered,
        ],
        StatusCode::INVALID_PAYLOAD_DATA => &[Cause::PeerFoundBadText],
        StatusCode::POLICY_VIOLATION => &[Cause::PeerRefusedByPolicy],
        StatusCode::MESSAGE_TOO_BIG => &[Cause::TooBigForReceiver],
        StatusCode::MANDATORY_EXTENSION => &[Cause::ExtensionDemanded],
        StatusCode::INTERNAL_ERROR => &[Cause::PeerFailed, Cause::PingUnanswered],
        StatusCode::SERVICE_RESTART => &[Cause::ServiceRestarts],
        StatusCode::TRY_AGAIN_LATER => &[Cause::TryLater],
        StatusCode::BAD_GATEWAY => &[Cause::GatewayGotNonsense],
        StatusCode::TLS_HANDSHAKE => &[Cause::CertificateUntrusted, Cause::TlsFailed],
        code if code.may_be_sent() => &[Cause::CloseCodeOfApplication],
        _ => &[Cause::CloseCodeNobodyMaySend],
    }
}

/// A code in words, as far as it has a name.
pub(super) fn named(code: u16) -> String {
    StatusCode(code).name().map_or_else(|| format!("code {code}"), |name| format!("code {code} ({name})"))
}

/// The code of a `close` event, or of a message about one, wherever it stands in a text: `code: 1006`, `code=1006`,
/// `"code":1006`, `close code 1006`, `1006 (`…
pub(super) fn close_codes(plain: &str) -> impl Iterator<Item = (usize, u16)> {
    let after_code = plain.match_indices("code").filter_map(|(start, word)| {
        let rest = &plain[start + word.len()..];
        let skipped = rest.len() - rest.trim_start_matches([' ', ':', '=', '\'', '(', '[', ',']).len();
        // `readyState`, `codec` and other words that begin so have letters there.
        (skipped > 0 && skipped <= 4).then_some(start + word.len() + skipped)
    });
    let after_close = ["closed with ", "close with ", "closed: ", "closed (", "(1006"].into_iter().flat_map(|before| {
        plain.match_indices(before).map(move |(start, _)| start + before.trim_end_matches("1006").len())
    });
    after_code.chain(after_close).filter_map(|at| {
        let digits: String = plain[at..].chars().take_while(char::is_ascii_digit).collect();
        let code = digits.parse().ok()?;
        (digits.len() == 4 && (1000..5000).contains(&code)).then_some((at, code))
    })
}
