//! What is wrong with heads, whose fault it is, and why.

mod talking;

use talking::{REQUEST, RESPONSE, brief, found, streams};
use ws101_doctor::{Ended, Fault, Finding, Part, Severity, Streams, diagnose};

fn requested(head: &str) -> Vec<Finding> {
    let request = Some(head.into());
    diagnose(&Streams { request, response: None, ..Streams::default() }.into()).findings
}

fn answered(head: impl Into<Vec<u8>>) -> Vec<Finding> {
    diagnose(&Streams { response: Some(head.into()), ..streams(Vec::new(), Vec::new(), None) }.into()).findings
}

#[test]
fn a_good_handshake() {
    assert_eq!(found(streams(Vec::new(), Vec::new(), None)), [""; 0]);
}

#[test]
fn a_request_that_breaks_several_rules() {
    let head = REQUEST.replace("GET", "POST").replace("Version: 13", "Version: 8").replace("b25jZQ==", "b25j");
    assert_eq!(
        brief(&requested(&head)),
        [
            "REQUEST_METHOD_NOT_GET METHOD_NOT_GET",
            "REQUEST_KEY_INVALID KEY_BROKEN",
            "REQUEST_VERSION_UNSUPPORTED VERSION_NOT_TAKEN"
        ]
    );
    assert!(requested(&head).iter().all(|finding| finding.fault == Fault::Client));
    let lf = requested(&REQUEST.replace("\r\n", "\n"));
    assert_eq!(brief(&lf), ["HEAD_BARE_LF"], "one mistake");
    let offer = requested(&REQUEST.replace("client_max_window_bits", "client_max_window_bits=16"));
    assert_eq!(brief(&offer), ["REQUEST_DEFLATE_OFFER_INVALID"]);
}

#[test]
fn a_request_that_lost_fields_on_its_way() {
    let head = "GET / HTTP/1.0\r\nHost: a\r\nX-Forwarded-For: 10.0.0.1\r\nConnection: close\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    let findings = requested(head);
    assert_eq!(
        brief(&findings),
        [
            "REQUEST_HTTP_VERSION UPGRADE_NOT_FORWARDED",
            "REQUEST_CONNECTION_NOT_UPGRADE UPGRADE_NOT_FORWARDED",
            "REQUEST_UPGRADE_MISSING UPGRADE_NOT_FORWARDED"
        ]
    );
    assert!(findings.iter().all(|finding| finding.fault == Fault::Between));
}

#[test]
fn tls_where_none_is_spoken() {
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec();
    let streams =
        Streams { request: Some(hello), response: Some(Vec::new()), ended: Some(Ended::Fin), ..Streams::default() };
    assert_eq!(found(streams), ["REQUEST_LINE_INVALID TLS_TO_PLAIN_SERVER"]);
    assert_eq!(brief(&answered(*b"\x15\x03\x01\x00\x02\x02\x16")), ["RESPONSE_NOT_HTTP PLAIN_TO_TLS_SERVER"]);
}

#[test]
fn who_answered_with_another_status() {
    let fault = |head: &str| (answered(head)[0].fault, brief(&answered(head)).concat());
    assert_eq!(
        fault("HTTP/1.1 404 Not Found\r\nServer: Express\r\n\r\n"),
        (Fault::Server, "RESPONSE_NOT_101 NO_SUCH_PATH".into())
    );
    assert_eq!(
        fault("HTTP/1.1 502 Bad Gateway\r\nServer: nginx/1.24.0\r\n\r\n<center>nginx/1.24.0</center>"),
        (Fault::Between, "RESPONSE_NOT_101 UPSTREAM_DOWN".into())
    );
    assert_eq!(
        fault("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n<html><head><title>400</title></head>nginx</html>"),
        (Fault::Between, "RESPONSE_NOT_101 UPGRADE_NOT_FORWARDED HANDSHAKE_REQUEST_REFUSED PROXY_IN_THE_WAY".into())
    );
    assert_eq!(fault("HTTP/1.1 522 \r\nServer: cloudflare\r\n\r\n").0, Fault::Between);
    // A request that breaks a rule is refused rightly.
    let request = REQUEST.replace("Version: 13", "Version: 8");
    let response = "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\n\r\n";
    let streams = Streams { request: Some(request.into()), response: Some(response.into()), ..Streams::default() };
    let findings = diagnose(&streams.into()).findings;
    assert_eq!(brief(&findings)[1], "RESPONSE_NOT_101 HANDSHAKE_REQUEST_REFUSED");
    assert_eq!(findings[1].fault, Fault::Client);
    let plain = answered("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nmissing subprotocol.\n");
    assert_eq!(plain[0].found, "HTTP/1.1 400 Bad Request; missing subprotocol.");
}

#[test]
fn accepts() {
    let wrong = |accept: &str| answered(RESPONSE.replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", accept));
    assert_eq!(brief(&wrong("BXhwxM0SZasKmCD9S4BfpPmCnEw=")), ["RESPONSE_ACCEPT_WRONG ACCEPT_OF_DECODED_KEY"]);
    assert_eq!(wrong("x")[0].expected, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    let misspelt = answered(RESPONSE.replace("WebSocket-Accept", "WebSocket-Acept"));
    assert_eq!(brief(&misspelt), ["RESPONSE_ACCEPT_MISSING ACCEPT_MISSING_IN_ANSWER"]);
    let place = misspelt[0].place;
    assert_eq!(&RESPONSE[place.start..place.end], "Sec-WebSocket-Accep", "the name that is there");
}

#[test]
fn several_mistakes_at_once() {
    let head = "HTTP/1.0 101 OK\r\nUpgrade: websocket, h2c\r\nConnection: keep-alive\r\nVia: 1.1 proxy\r\n\
        Sec-WebSocket-Accept : s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";
    let findings = answered(head);
    assert_eq!(
        findings.iter().map(|finding| (finding.rule, finding.severity)).collect::<Vec<_>>(),
        [
            ("RESPONSE_HTTP_VERSION", Severity::Warning),
            ("RESPONSE_UPGRADE_NOT_WEBSOCKET", Severity::Warning),
            ("RESPONSE_CONNECTION_NOT_UPGRADE", Severity::Error),
            ("FIELD_BLANK_BEFORE_COLON", Severity::Warning),
            ("RESPONSE_PROTOCOL_NOT_OFFERED", Severity::Warning),
        ]
    );
    assert_eq!(findings[2].fault, Fault::Between);
    assert!(findings.iter().all(|finding| finding.place.part == Part::Response));
}

#[test]
fn what_stands_before_the_status_line() {
    let mark = answered([b"\xef\xbb\xbf", RESPONSE.as_bytes()].concat());
    assert_eq!(brief(&mark), ["BYTES_BEFORE_STATUS_LINE"]);
    assert_eq!(brief(&answered([b"\r\n", RESPONSE.as_bytes()].concat())), ["BYTES_BEFORE_STATUS_LINE"]);
    let interim = format!("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n{RESPONSE}");
    assert_eq!(brief(&answered(interim)), ["RESPONSE_INTERIM INTERIM_RESPONSE"]);
}

#[test]
fn what_follows_from_a_mistake_is_not_told_with_it() {
    let with = |from: &str, to: &str| brief(&answered(RESPONSE.replace(from, to)));
    assert_eq!(with("Connection: Upgrade", " Connection: Upgrade"), ["FIELD_FOLDED"]);
    assert_eq!(with("Accept: ", "Accept:\r\n "), ["FIELD_FOLDED"]);
    assert_eq!(with("Accept: ", "Accept="), ["FIELD_WITHOUT_COLON"]);
    assert_eq!(with("websocket\r", "websocket\u{c}\r"), ["FIELD_VALUE_INVALID"]);
    assert_eq!(with("\r\n", "\r\r\n"), ["HEAD_BARE_CR"]);
    assert_eq!(
        with("Connection:", "Sec-WebSocket-Accept: x\r\nConnection:"),
        ["RESPONSE_ACCEPT_DUPLICATE ACCEPT_TWICE_IN_ANSWER"]
    );
    let early = answered(RESPONSE.replace("Connection:", "\r\nConnection:"));
    assert_eq!(brief(&early), ["BYTES_BEHIND_HEAD HEAD_ENDS_EARLY"]);
    assert_eq!(brief(&answered("HTTP/1.0 407 Proxy Authentication Required\r\n\r\n")).len(), 1);
}

#[test]
fn severities_follow_the_browsers() {
    // Both fail by it, though other values of the same rule pass.
    assert_eq!(answered(RESPONSE.replace("Connection: Upgrade", " Connection: Upgrade"))[0].severity, Severity::Error);
    let response = RESPONSE.replace("HTTP/1.1", "HTTP/1.0");
    assert_eq!(answered(response)[0].severity, Severity::Warning, "Chromium opens it");
}
