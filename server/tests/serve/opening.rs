//! The opening handshake: what is taken, what is refused, and in what pieces it may come.

use crate::client::{ACCEPT, KEY, field, handshake};
use crate::frames::{self, masked};
use crate::server::Server;

#[test]
fn the_example_of_the_rfc_is_answered() {
    let server = Server::start();
    let mut client = server.connect();
    // §1.3, with our path.
    client.send(
        "GET /echo HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\n\
         Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
    // No subprotocol is spoken here, and §4.2.2 lets a server agree to none.
    client.expect(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
          Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    );
    // §5.7: a single-frame masked text message, "Hello", and its unmasked form.
    client.send(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
    client.expect(b"\x81\x05\x48\x65\x6c\x6c\x6f");
}

/// Sends a request in which one line is another, or none, and gives the whole answer, which ends the connection.
fn refused(server: &Server, line: &str, instead: &str) -> String {
    let request = handshake("/echo", server.port, "");
    let changed = request.replacen(line, instead, 1);
    assert_ne!(request, changed);
    let mut client = server.connect();
    client.send(changed);
    String::from_utf8(client.rest()).unwrap()
}

#[test]
fn a_request_without_a_key_is_refused() {
    let server = Server::start();
    let answer = refused(&server, &format!("Sec-WebSocket-Key: {KEY}\r\n"), "");
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(answer.contains("REQUEST_KEY_MISSING"), "{answer}");
}

#[test]
fn another_version_is_told_which_one_is_spoken() {
    let server = Server::start();
    let answer = refused(&server, "Version: 13", "Version: 8");
    assert!(answer.starts_with("HTTP/1.1 426 Upgrade Required\r\n"), "{answer}");
    assert_eq!(field(&answer, "Sec-WebSocket-Version"), Some("13"));
}

#[test]
fn a_plain_request_for_the_echo_is_told_to_upgrade() {
    let server = Server::start();
    let mut client = server.connect();
    client.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    let answer = String::from_utf8(client.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 426 Upgrade Required\r\n"), "{answer}");
    assert_eq!(field(&answer, "Upgrade"), Some("websocket"));
}

#[test]
fn every_other_broken_rule_has_its_status() {
    let server = Server::start();
    for (line, instead, status) in [
        ("GET", "POST", "405 Method Not Allowed"),
        ("HTTP/1.1", "HTTP/1.0", "400 Bad Request"),
        ("Upgrade: websocket", "Upgrade: h2c", "400 Bad Request"),
        ("Connection: Upgrade", "Connection: keep-alive", "400 Bad Request"),
        (KEY, "c2hvcnQ=", "400 Bad Request"),
        ("Host:", "Host :", "400 Bad Request"),
        ("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n", "400 Bad Request"),
    ] {
        let answer = refused(&server, line, instead);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{instead}: {answer}");
        assert_eq!(field(&answer, "Connection"), Some("close"), "{instead}");
    }
}

#[test]
fn a_head_may_come_byte_by_byte_with_frames_behind_it() {
    let server = Server::start();
    let mut client = server.connect();
    let request = handshake("/echo", server.port, "Cookie: a=b\r\n");
    client.dribble(request.as_bytes());
    client.dribble(&masked(frames::TEXT, "你好".as_bytes()));
    assert!(client.head().contains(ACCEPT));
    client.expect(b"\x81\x06\xe4\xbd\xa0\xe5\xa5\xbd");
}

#[test]
fn frames_in_the_same_segment_as_the_head_are_kept() {
    let server = Server::start();
    let mut client = server.connect();
    let mut bytes = handshake("/echo", server.port, "").into_bytes();
    bytes.extend(masked(frames::TEXT, b"one"));
    bytes.extend(masked(frames::BINARY, b"two"));
    bytes.extend(&masked(frames::TEXT, b"three")[..6]);
    client.send(bytes);
    assert!(client.head().contains(ACCEPT));
    client.expect(b"\x81\x03one\x82\x03two");
    client.send(&masked(frames::TEXT, b"three")[6..]);
    client.expect(b"\x81\x05three");
}

#[test]
fn an_upgrade_may_be_the_second_request_of_a_connection() {
    let server = Server::start();
    let mut client = server.connect();
    client.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.response().0.starts_with("HTTP/1.1 404 "));
    client.send("HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.head().starts_with("HTTP/1.1 404 "));
    client.upgrade("/echo");
    client.send(masked(frames::TEXT, b"later"));
    client.expect(b"\x81\x05later");
}

#[test]
fn an_upgrade_may_be_pipelined_behind_other_requests() {
    let server = Server::start();
    let mut client = server.connect();
    let mut bytes = b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n\r\n".to_vec();
    bytes.extend(handshake("/echo", server.port, "").as_bytes());
    bytes.extend(masked(frames::PING, b"at once"));
    client.send(bytes);
    assert!(client.response().0.starts_with("HTTP/1.1 404 "));
    assert!(client.head().contains(ACCEPT));
    client.expect(b"\x8a\x07at once");
}

#[test]
fn a_head_that_never_ends_is_cut_off() {
    let server = Server::with(&["--max-head", "1000"]);
    let mut client = server.connect();
    client.send("GET /echo HTTP/1.1\r\n");
    client.send(format!("Cookie: {}\r\n", "a".repeat(900)).repeat(40));
    let answer = String::from_utf8(client.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 431 Request Header Fields Too Large\r\n"), "{answer}");
    assert!(answer.contains("HEAD_TOO_LONG"), "{answer}");
}

#[test]
fn a_head_that_does_not_come_whole_in_time_is_given_up() {
    let server = Server::with(&["--handshake-timeout", "0.2"]);
    let mut client = server.connect();
    client.send("GET /echo HTTP/1.1\r\nHost: a\r\n");
    let answer = String::from_utf8(client.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
}

#[test]
fn a_head_that_dribbles_in_has_no_longer_time() {
    let server = Server::with(&["--handshake-timeout", "0.3"]);
    let mut client = server.connect();
    let dribbling = client.stream().try_clone().unwrap();
    let writer = std::thread::spawn(move || {
        use std::io::Write;
        // Empty lines before the request line are no request either.
        while (&dribbling).write_all(b"\r\n").is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    });
    let answer = String::from_utf8(client.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    client.fin();
    writer.join().unwrap();
}

#[test]
fn a_head_that_ends_with_the_connection_is_incomplete() {
    let server = Server::start();
    let mut client = server.connect();
    client.send("GET /echo HTTP/1.1\r\nHost: a\r\n");
    client.fin();
    let answer = String::from_utf8(client.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(answer.contains("HEAD_INCOMPLETE"), "{answer}");
}

#[test]
fn a_connection_that_says_nothing_is_closed_without_a_word() {
    let server = Server::with(&["--handshake-timeout", "0.2"]);
    server.connect().expect_end();
}

#[test]
fn any_origin_may_use_the_echo_unless_some_are_named() {
    let origin = |server: &Server, fields: &str| {
        let mut client = server.connect();
        client.send(handshake("/echo", server.port, fields));
        client.head()
    };
    let open = Server::start();
    for fields in ["", "Origin: null\r\n", "Origin: https://anybody.example\r\n"] {
        assert!(origin(&open, fields).starts_with("HTTP/1.1 101 "), "{fields}");
    }
    let narrow = Server::with(&["--allow-origin", "http://a.example", "--allow-origin", "http://b.example:81"]);
    // The check at the end of a test sends no Origin.
    for fields in ["Origin: http://a.example\r\n", "Origin: http://b.example:81\r\n"] {
        assert!(origin(&narrow, fields).starts_with("HTTP/1.1 101 "), "{fields}");
    }
    for fields in ["", "Origin: null\r\n", "Origin: http://b.example\r\n"] {
        assert!(origin(&narrow, fields).starts_with("HTTP/1.1 403 "), "{fields}");
    }
    narrow.kill();
}
