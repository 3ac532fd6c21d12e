//! Who answered with another status code than 101, and why.

use ws101_core::Head;

use crate::judge::quote;
use crate::{Cause, Fault};

/// What usually leads to a status code, the likeliest first.
pub(super) fn causes(status: &[u8]) -> &'static [Cause] {
    let Some(status) = std::str::from_utf8(status).ok().and_then(|status| status.parse::<u16>().ok()) else {
        return &[Cause::StatusUnexpected];
    };
    match status {
        200..=299 => &[Cause::HttpHandlerAnswered],
        300..=399 => &[Cause::Redirected],
        400 => &[Cause::UpgradeNotForwarded, Cause::HandshakeRequestRefused],
        401 => &[Cause::AuthenticationMissing],
        403 => &[Cause::OriginOrPermissionRefused],
        404 | 410 => &[Cause::NoSuchPath],
        405 => &[Cause::MethodRefused],
        407 => &[Cause::ProxyAsksForCredentials],
        413 | 414 | 431 | 494 => &[Cause::HeadRefusedAsTooLong],
        426 => &[Cause::UpgradeExpected, Cause::UpgradeNotForwarded],
        429 => &[Cause::TooManyRequests],
        499 => &[Cause::ClientLeftFirst],
        500 => &[Cause::ServerFailed],
        501 => &[Cause::UpgradeNotImplemented],
        502 => &[Cause::UpstreamDown],
        503 => &[Cause::UpstreamUnavailable],
        504 => &[Cause::UpstreamSilent],
        520..=527 | 530 => &[Cause::CdnCannotReachServer],
        _ => &[Cause::StatusUnexpected],
    }
}

/// Whose fault such an answer is: that of something between where its status, its fields or its body say so.
pub(super) fn fault(status: &[u8], head: Head<'_>, body: &[u8]) -> Fault {
    let of_gateway = matches!(status, b"407" | b"502" | b"503" | b"504" | b"494")
        || status.starts_with(b"52") && status.len() == 3
        || status == b"530";
    // What a program behind a proxy answered has the proxy's fields too: only failures are the proxy's own.
    let failed = status.first().is_some_and(|&class| class >= b'4');
    if of_gateway || failed && is_of_proxy(head, body) { Fault::Between } else { Fault::Server }
}

/// Whether a proxy, a balancer or a content delivery network wrote this answer itself.
pub(super) fn is_of_proxy(head: Head<'_>, body: &[u8]) -> bool {
    const SERVERS: [&str; 9] =
        ["nginx", "openresty", "cloudflare", "awselb", "varnish", "haproxy", "traefik", "cloudfront", "envoy"];
    let lower = |text: &[u8]| String::from_utf8_lossy(text).to_ascii_lowercase();
    let named = |text: &str| SERVERS.iter().any(|server| text.contains(server));
    let server = head.fields().find(|field| field.is("Server")).map(|field| lower(field.value_bytes()));
    let page = lower(&body[..body.len().min(4096)]);
    server.is_some_and(|server| named(&server)) && (page.is_empty() || named(&page))
        || page.contains("<center>nginx")
        || page.contains("error code: 10")
        || page.contains("cloudflare ray id")
}

/// What the body of an answer says: the title of a page, or the first line of what is none.
pub(super) fn words(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]).into_owned();
    let lower = text.to_ascii_lowercase();
    if let Some((start, end)) = lower.find("<title>").map(|at| at + "<title>".len()).zip(lower.find("</title>")) {
        return text.get(start..end).map(str::trim).filter(|title| !title.is_empty()).map(quote::characters);
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let is_prose = first.len() > 1 && !first.starts_with('<') && !first.contains(char::is_control);
    is_prose.then(|| quote::characters(first))
}
