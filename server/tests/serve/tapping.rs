//! Who may open a tap, and what it can be told to do.

use serde_json::json;

use crate::client::{field, handshake};
use crate::frames::{self, masked};
use crate::server::Server;
use crate::tap::{Message, Tap, secret};

#[test]
fn the_offer_names_everything_and_is_not_kept() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(format!("GET /tap.json HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port));
    let (head, body) = client.response();
    assert_eq!(field(&head, "content-type"), Some("application/json"));
    assert_eq!(field(&head, "cache-control"), Some("no-store"));
    let offer: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(offer, json!({ "version": 1, "secret": secret(&server), "echo": "/echo", "tap": "/tap" }));
}

#[test]
fn the_secret_is_another_one_each_time() {
    assert_ne!(secret(&Server::start()), secret(&Server::start()));
}

#[test]
fn a_foreign_host_is_not_told_the_secret() {
    let server = Server::start();
    for host in ["evil.example", &format!("evil.example:{}", server.port), "127.0.0.1", "127.0.0.1:1"] {
        let mut client = server.connect();
        client.send(format!("GET /tap.json HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        let (head, body) = client.response();
        assert!(head.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{host}: {head}");
        assert_eq!(field(&head, "cache-control"), Some("no-store"));
        assert!(body.contains(host) && body.contains("--allow-host"), "{body}");
        assert!(!body.contains(&secret(&server)));
    }
}

/// Asks for the tap with this Host and these fields: the status line.
fn ask(server: &Server, host: &str, fields: &str, query: &str) -> String {
    let mut client = server.connect();
    let own = format!("Host: 127.0.0.1:{}", server.port);
    client.send(handshake(&format!("/tap{query}"), server.port, fields).replace(&own, &format!("Host: {host}")));
    client.head().lines().next().unwrap().to_owned()
}

#[test]
fn host_origin_and_secret_must_be_right() {
    const SWITCHED: &str = "HTTP/1.1 101 Switching Protocols";
    const FORBIDDEN: &str = "HTTP/1.1 403 Forbidden";
    let server = Server::start();
    let (port, query) = (server.port, format!("?secret={}", secret(&server)));
    let own = format!("127.0.0.1:{port}");
    let origin = |authority: &str| format!("Origin: http://{authority}\r\n");

    assert_eq!(ask(&server, &own, &origin(&own), &query), SWITCHED);
    let localhost = format!("localhost:{port}");
    assert_eq!(ask(&server, &localhost, &origin(&localhost), &query), SWITCHED);

    // A page of another site.
    for fields in [
        String::new(),
        origin("evil.example"),
        origin(&localhost),
        format!("Origin: https://{own}\r\n"),
        "Origin: null\r\n".to_owned(),
    ] {
        assert_eq!(ask(&server, &own, &fields, &query), FORBIDDEN, "{fields}");
    }
    // A page of another site whose name was rebound to our address.
    let rebound = format!("evil.example:{port}");
    assert_eq!(ask(&server, &rebound, &origin(&rebound), &query), FORBIDDEN);
    // A page that does not know the secret.
    let wrong = if query.ends_with('0') { "1" } else { "0" };
    for query in
        ["", "?secret=", "?secret", &format!("{}{wrong}", &query[..query.len() - 1]), &query[..query.len() - 1]]
    {
        assert_eq!(ask(&server, &own, &origin(&own), query), FORBIDDEN, "{query}");
    }
}

#[test]
fn another_authority_can_be_allowed() {
    let server = Server::with(&["--allow-host", "dev.example:8443"]);
    let query = format!("?secret={}", secret(&server));
    let status = ask(&server, "dev.example:8443", "Origin: http://dev.example:8443\r\n", &query);
    assert_eq!(status, "HTTP/1.1 101 Switching Protocols");
    let status = ask(&server, "dev.example:8444", "Origin: http://dev.example:8444\r\n", &query);
    assert_eq!(status, "HTTP/1.1 403 Forbidden");
}

#[test]
fn an_id_that_was_never_given_out_is_refused() {
    let server = Server::start();
    for id in ["", "0123456789abcdef0123456789abcdef", "x"] {
        let mut client = server.connect();
        client.request(&format!("/echo?tap={id}"));
        assert!(client.head().starts_with("HTTP/1.1 403 Forbidden\r\n"), "{id}");
    }
}

#[test]
fn an_id_is_good_for_one_connection() {
    let server = Server::start();
    let tap = Tap::open(&server);
    let mut first = server.connect();
    first.upgrade(&tap.target());
    let mut second = server.connect();
    second.request(&tap.target());
    assert!(second.head().starts_with("HTTP/1.1 403 Forbidden\r\n"));
}

#[test]
fn an_id_dies_with_its_tap() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    tap.client.send(frames::close(1000, ""));
    tap.client.expect(b"\x88\x02\x03\xe8");
    tap.client.expect_end();
    let mut client = server.connect();
    client.request(&tap.target());
    assert!(client.head().starts_with("HTTP/1.1 403 Forbidden\r\n"));
}

#[test]
fn a_ping_is_sent_on_the_recorded_connection() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.upgrade(&tap.target());
    // Until the first record is here the command may be too early.
    tap.message();
    tap.command(r#"{"type":"ping","payload":"00ff68"}"#);
    client.expect(b"\x89\x03\x00\xffh");
    tap.command(r#"{"type":"ping"}"#);
    client.expect(b"\x89\x00");
}

#[test]
fn a_close_is_sent_on_the_recorded_connection() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.upgrade(&tap.target());
    tap.message();
    tap.command(r#"{"type":"close","code":4001,"reason":"再见"}"#);
    assert_eq!(client.close_frame(), (4001, "再见".to_owned()));
    client.send(frames::close(4001, ""));
    client.expect_end();
}

#[test]
fn a_bad_command_is_explained_and_the_tap_lives_on() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    tap.command(r#"{"type":"ping"}"#);
    assert!(tap.error().contains("no connection is recorded yet"));
    let mut client = server.connect();
    client.upgrade(&tap.target());
    for (command, hint) in [
        ("ping", "no command"),
        (r#"{"type":"dance"}"#, "dance"),
        (r#"{"type":"ping","payload":"xyz"}"#, "hexadecimal"),
        (r#"{"type":"close","code":1006}"#, "1000"),
    ] {
        tap.command(command);
        let message = tap.error();
        assert!(message.contains(hint), "{command}: {message}");
    }
    tap.client.send(masked(frames::BINARY, b"{}"));
    assert!(tap.error().contains("text messages"));
    tap.command(r#"{"type":"ping","payload":"61"}"#);
    client.expect(b"\x89\x01a");
}

#[test]
fn a_command_that_comes_too_late_is_explained() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.upgrade(&tap.target());
    tap.message();
    tap.command(r#"{"type":"close","code":1000}"#);
    tap.command(r#"{"type":"ping"}"#);
    assert_eq!(client.close_frame().0, 1000);
    assert!(tap.error().contains("nothing more may be sent"));
}

#[test]
fn a_tap_that_nobody_uses_is_closed() {
    let server = Server::with(&["--idle-timeout", "0.3"]);
    let mut tap = Tap::open(&server);
    assert_eq!(tap.client.close_frame().0, 1001);
    tap.client.send(frames::close(1001, ""));
    tap.client.expect_end();
}

#[test]
fn a_page_that_breaks_a_rule_loses_its_tap() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    tap.client.send(frames::header(frames::TEXT, 5000));
    assert_eq!(tap.client.close_frame().0, 1009);
    tap.client.expect_end();
}

#[test]
fn a_recorded_connection_goes_on_when_its_tap_is_closed() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.upgrade(&tap.target());
    assert!(matches!(tap.message(), Message::Record { kind: 0, .. }));
    assert!(matches!(tap.message(), Message::Record { kind: 1, .. }));
    tap.client.send(frames::close(1000, ""));
    tap.client.expect(b"\x88\x02\x03\xe8");
    tap.client.expect_end();
    for _ in 0..100 {
        client.send(masked(frames::TEXT, b"unrecorded"));
        client.expect(b"\x81\x0aunrecorded");
    }
}
