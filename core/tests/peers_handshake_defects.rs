//! What other implementations were found to do wrong with opening handshakes, and that it is not done here: every head
//! whole, at every split and byte by byte.

use crate::feeding::every_way;
use ws101_core::HeadReader;
use ws101_core::handshake::{ClientRequest, HandshakeViolation as V, Key, OriginPolicy, UpgradeRequest};

const REQUEST: &str = "GET /chat HTTP/1.1\r\n\
    Host: server.example.com\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Sec-WebSocket-Version: 13\r\n\r\n";

const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// `head` with one text put in the place of another.
fn with(head: &str, from: &str, to: &str) -> String {
    assert_eq!(head.matches(from).count(), 1, "{from:?} stands once in the good head");
    head.replace(from, to)
}

/// What `judge` says of a head that a reader collected from pieces; always the same.
fn judged(head: &str, judge: impl Fn(&[u8]) -> Option<V>, expected: Option<V>) {
    every_way(head.as_bytes(), |pieces| {
        let mut reader = HeadReader::new(vec![0; head.len()]);
        for mut piece in pieces {
            reader.receive(&mut piece).unwrap();
        }
        assert_eq!(judge(reader.bytes()), expected, "{head}");
    });
}

fn request(head: &str, expected: Option<V>) {
    judged(head, |bytes| UpgradeRequest::verify(bytes, OriginPolicy::Any).err().map(|error| error.violation), expected);
}

fn response(head: &str, expected: Option<V>) {
    let asked = ClientRequest::new("server.example.com", "/chat", Key::from_nonce(*b"the sample nonce"));
    judged(head, |bytes| asked.verify_response(bytes).err().map(|error| error.violation), expected);
}

/// A server library took POST, HTTP/1.0, a request without Host and a key of four bytes; one took a request without a key,
/// one a key that is not base64, one `Connection: close` and `Upgrade: h2c`.
#[test]
fn requests_that_others_took() {
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (from, to, violation) in [
        ("GET ", "POST ", V::MethodNotGet),
        ("HTTP/1.1", "HTTP/1.0", V::RequestVersion),
        ("Host: server.example.com\r\n", "", V::HostMissing),
        ("dGhlIHNhbXBsZSBub25jZQ==", "dGVzdA==", V::KeyInvalid),
        ("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ =", V::KeyInvalid),
        ("dGhlIHNhbXBsZSBub25jZQ==", "!!! not base64 at all !!", V::KeyInvalid),
        (key, "", V::KeyMissing),
        ("Connection: Upgrade", "Connection: close", V::ConnectionNotUpgrade),
        ("Upgrade: websocket", "Upgrade: h2c", V::UpgradeNotWebsocket),
        ("Version: 13", "Version: 8", V::VersionUnsupported),
        ("Sec-WebSocket-Version: 13\r\n", "", V::VersionMissing),
    ] {
        request(&with(REQUEST, from, to), Some(violation));
    }
}

/// A tool refused `Upgrade: WebSocket`; tutorials look for `Sec-WebSocket-Key: ` letter for letter, with one blank, and for
/// `Connection` as one word, and read 1,024 bytes once.
#[test]
fn requests_that_others_refused() {
    request(REQUEST, None);
    for (from, to) in [
        ("Upgrade: websocket", "Upgrade: WebSocket"),
        ("Connection: Upgrade", "Connection: keep-alive, Upgrade"),
        ("Sec-WebSocket-Key: ", "sec-websocket-key:"),
        ("Sec-WebSocket-Key: ", "SEC-WEBSOCKET-KEY: \t "),
        ("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ== \t"),
    ] {
        request(&with(REQUEST, from, to), None);
    }
    for length in [1_025, 2_049] {
        let cookies = format!("Cookie: a={}\r\nUpgrade: websocket", "x".repeat(length));
        request(&with(REQUEST, "Upgrade: websocket", &cookies), None);
    }
}

/// The accepts that servers make of mistakes: no key found, nibbles swapped, the GUID in lower case, with a blank behind
/// it or within it, the key with its CR.
#[test]
fn accepts_that_are_wrong() {
    response(RESPONSE, None);
    for accept in [
        "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=",
        "O6f0wgwm9GEJb2Rg/IOVVCvrTK4=",
        "WJfwerbIozKsJXHxxI0JTO1SQgU=",
        "FFHxvVnHZWa6eyQsAEK0vvzrcds=",
        "JIHeMZnl8ROjNurMkr8yikGGwBg=",
        "zvnId+CMmoYWpbuFiCx6kU/bpAw=",
        "s3pplmbitxaq9kygzzhzrbk+xoo=",
    ] {
        response(&with(RESPONSE, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", accept), Some(V::AcceptWrong));
    }
}

/// What tutorials write into a response: some of it browsers take, and it is wrong all the same.
#[test]
fn responses_that_tutorials_write() {
    for (from, to, violation) in [
        ("HTTP/1.1 101", "http/1.1 101", V::StatusLine),
        ("HTTP/1.1 101", "http/1.1101", V::StatusLine),
        ("Sec-WebSocket-Accept", "Sec-WebSocket-Acccept", V::AcceptMissing),
        ("Accept:", "Accept :", V::BlankBeforeColon),
        ("Upgrade: websocket", "WebSocket-Origin: x\rprimary\r\nUpgrade: websocket", V::BareCr),
        ("Upgrade: websocket", "X: x\rSec-WebSocket-Accept: y\r\nUpgrade: websocket", V::BareCr),
    ] {
        response(&with(RESPONSE, from, to), Some(violation));
    }
    for (from, to) in [
        ("Upgrade: websocket", "WebSocket-Origin: http://a\r\nWebSocket-Location: ws://a/\r\nUpgrade: websocket"),
        ("Switching Protocols", "Web Socket Protocol Handshake"),
        ("Sec-WebSocket-Accept", "sec-websocket-accept"),
        ("Connection: Upgrade\r\n", "Connection: Upgrade \r\n"),
        ("Upgrade: websocket\r\n", "Upgrade: websocket \r\nSec-WebSocket-Version: 13\r\n"),
    ] {
        response(&with(RESPONSE, from, to), None);
    }
}
