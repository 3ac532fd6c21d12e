//! What is wrong with the client's handshake.

use ws101_core::deflate::Offer;
use ws101_core::handshake::HandshakeViolation as V;
use ws101_core::{Head, Span, inspect};

use crate::judge::quote;
use crate::judge::report::Report;
use crate::{Cause, DoctorRule, End, Fault, Finding, Severity};

/// Every rule that the request breaks, if one was recorded.
pub(super) fn judge(report: &mut Report<'_>) {
    let Some(head) = report.recording().side(End::Client).head().filter(|head| !head.is_empty()) else { return };
    if is_tls(head) {
        let at = Span::new(0, head.len());
        let finding = report.finding(V::RequestLine.rule(), Severity::Error, End::Client, at);
        return report.add(finding.found(quote::hex(head)).expected(EXAMPLE).caused_by([Cause::TlsToPlainServer]));
    }
    let between = passed_proxy(Head::new(head));
    let mut of_lines = Vec::new();
    inspect::request_problems(head, &mut |error| {
        // One mistake of whoever writes the lines breaks all of them.
        let again = matches!(error.violation, V::BareLf | V::BareCr | V::FieldFolded);
        if !(again && of_lines.contains(&error.violation)) {
            of_lines.push(error.violation);
            let finding = report.finding(error.violation.rule(), Severity::Error, End::Client, error.at);
            let finding = finding.found(quote::text(error.at.of(head))).expected(expected(error.violation));
            report.add(explain(finding, error.violation, between));
        }
    });
    offers(report, Head::new(head));
}

const EXAMPLE: &str = "GET / HTTP/1.1";

/// A TLS record that begins a handshake.
pub(super) fn is_tls(bytes: &[u8]) -> bool {
    matches!(bytes, [0x14..=0x17, 0x03, 0x00..=0x04, ..])
}

/// Whether something between added its fields to the request, or sent it as such a thing does that is not told otherwise.
fn passed_proxy(head: Head<'_>) -> bool {
    const ADDED: [&str; 6] =
        ["Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded"];
    head.fields().any(|field| ADDED.iter().any(|name| field.is(name)))
}

const fn expected(violation: V) -> &'static str {
    match violation {
        V::RequestLine => EXAMPLE,
        V::MethodNotGet => "GET",
        V::RequestVersion => "HTTP/1.1",
        V::HostMissing => "Host: …",
        V::UpgradeMissing => "Upgrade: websocket",
        V::UpgradeNotWebsocket => "websocket",
        V::ConnectionMissing => "Connection: Upgrade",
        V::ConnectionNotUpgrade => "Upgrade",
        V::KeyMissing => "Sec-WebSocket-Key: …",
        V::VersionMissing => "Sec-WebSocket-Version: 13",
        V::VersionUnsupported => "13",
        _ => "",
    }
}

fn explain(finding: Finding, violation: V, passed_proxy: bool) -> Finding {
    let cause = match violation {
        V::RequestLine => Cause::RequestUnreadable,
        V::MethodNotGet => Cause::MethodNotGet,
        V::RequestVersion => Cause::HttpVersionOld,
        V::UpgradeMissing => Cause::NotAWebSocketRequest,
        V::ConnectionMissing | V::ConnectionNotUpgrade => Cause::ConnectionFieldLost,
        V::KeyMissing | V::KeyInvalid => Cause::KeyBroken,
        V::VersionMissing | V::VersionUnsupported => Cause::VersionNotTaken,
        V::HeadIncomplete => Cause::HeadUnfinished,
        _ => return finding,
    };
    // What a proxy takes away that is not told to pass it on.
    let lost =
        matches!(violation, V::RequestVersion | V::UpgradeMissing | V::ConnectionMissing | V::ConnectionNotUpgrade);
    if lost && passed_proxy {
        Finding { fault: Fault::Between, ..finding }.caused_by([Cause::UpgradeNotForwarded])
    } else {
        finding.caused_by([cause])
    }
}

/// Offers of compression that a server declines for their form.
fn offers(report: &mut Report<'_>, head: Head<'_>) {
    for offer in head.extensions().filter(|extension| extension.name() == "permessage-deflate") {
        if let Err(error) = Offer::read(&offer) {
            let rule = DoctorRule::RequestDeflateOffer;
            let finding = report.finding(rule.rule(), rule.severity(), End::Client, error.at);
            report.add(finding.found(quote::text(error.at.of(head.bytes()))));
        }
    }
}
