//! `/misbehave/`: the bytes and the end of each case, as the doctor's data says.

use std::io::ErrorKind;
use std::thread;
use std::time::{Duration, Instant};

use ws101_doctor::Ended;
use ws101_doctor::cases::{self, Act, Case};

use crate::client::{Client, KEY, field, handshake};
use crate::frames::{self, close, masked};
use crate::server::Server;
use crate::tap::Tap;

/// A handshake for a case, as a client that offers what the case wants.
fn ask(client: &mut Client, case: &Case) {
    let offers = case.offers.join(", ");
    let fields = if offers.is_empty() { String::new() } else { format!("Sec-WebSocket-Protocol: {offers}\r\n") };
    client.send(handshake(&case.target(), client.port, &fields));
}

fn find(id: &str) -> &'static Case {
    cases::find(id).unwrap_or_else(|| panic!("there is no case {id}"))
}

/// Everything that came until the end, and the end.
fn to_the_end(client: &mut Client) -> (Vec<u8>, Ended) {
    let ended = client.drain();
    let ended = match ended.map_err(|error| error.kind()) {
        Ok(()) => Ended::Fin,
        Err(ErrorKind::ConnectionReset) => Ended::Rst,
        Err(other) => panic!("{other}"),
    };
    (client.received.clone(), ended)
}

#[test]
fn every_case_is_played_byte_for_byte_to_its_end() {
    // All at once.
    let server = Server::with(&["--max-connections", "2000"]);
    let port = server.port;
    thread::scope(|scope| {
        for case in cases::all().iter().chain(cases::variations()) {
            scope.spawn(move || {
                let mut client = Client::connect(port);
                ask(&mut client, case);
                let (came, ended) = to_the_end(&mut client);
                let wanted = [case.response(KEY), case.after_response()].concat();
                assert!(came == wanted, "{}: {} bytes came, not {}", case.id, came.len(), wanted.len());
                assert_eq!(Some(&Act::End(ended)), case.acts(KEY).last(), "{}", case.id);
            });
        }
    });
}

#[test]
fn a_wrong_accept_is_wrong_for_the_key_that_was_sent() {
    let server = Server::start();
    let mut client = server.connect();
    client
        .send(handshake("/misbehave/accept-of-decoded-key", server.port, "").replace(KEY, "VR+OReqwhymoQ21dBtoIMQ=="));
    let answer = field(&client.head(), "Sec-WebSocket-Accept").unwrap().to_owned();
    assert_ne!(answer, "Y+Te7S7wQJC0FwXumEdGbv9/Mek=");
    assert_eq!(answer.len(), 28);
    let expected = find("accept-of-decoded-key").response("VR+OReqwhymoQ21dBtoIMQ==");
    assert!(String::from_utf8(expected).unwrap().contains(&answer));
}

#[test]
fn time_passes_where_the_case_says_so() {
    let server = Server::start();
    let mut client = server.connect();
    let asked = Instant::now();
    ask(&mut client, find("slow-head"));
    client.head();
    assert!(asked.elapsed() >= Duration::from_secs(2), "{:?}", asked.elapsed());
    client.expect(b"\x88\x02\x03\xe8");
    assert!(asked.elapsed() >= Duration::from_millis(2060), "{:?}", asked.elapsed());
}

#[test]
fn bytes_are_written_in_the_pieces_that_the_case_wants() {
    let server = Server::start();
    for (id, sizes) in [
        ("head-in-five-writes", &[27, 27, 27, 27, 21, 4][..]),
        ("good", &[129, 11]),
        ("with-the-head", &[140]),
        ("ping-flood", &[129 + 4000]),
        ("byte-by-byte", &[129, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
    ] {
        let mut tap = Tap::open(&server);
        let mut client = server.connect();
        client.request(&recorded(&tap, id));
        client.drain().unwrap();
        client.fin();
        let records = tap.records();
        let written: Vec<usize> = records.iter().filter(|(kind, _)| *kind == 1).map(|(_, bytes)| bytes.len()).collect();
        assert_eq!(written, sizes, "{id}");
    }
}

#[test]
fn a_close_is_answered_as_the_case_says() {
    let server = Server::start();
    for (id, answer, ended) in [
        ("silent", &b""[..], Ended::Fin),
        ("close-answered", b"\x88\x02\x03\xe8", Ended::Fin),
        ("close-answered-by-text", b"\x81\x06\x03\xe8done", Ended::Fin),
        ("close-answered-by-reset", b"", Ended::Rst),
    ] {
        let mut client = server.connect();
        ask(&mut client, find(id));
        let head = client.head();
        client.send(masked(frames::PING, b"is ignored"));
        let began = Instant::now();
        client.send(close(1000, "done"));
        let (came, how) = to_the_end(&mut client);
        assert_eq!((&came[head.len()..], how), (answer, ended), "{id}");
        if id != "close-answered-by-text" {
            assert!(began.elapsed() < Duration::from_secs(2), "{id}: {:?}", began.elapsed());
        }
    }
}

#[test]
fn a_close_that_is_not_answered_changes_nothing() {
    let server = Server::start();
    let mut client = server.connect();
    ask(&mut client, find("close-unanswered"));
    client.head();
    let began = Instant::now();
    client.send(close(1000, "done"));
    client.expect_end();
    assert!(began.elapsed() > Duration::from_secs(2), "{:?}", began.elapsed());
}

#[test]
fn an_echo_of_bytes_gives_back_what_came_with_its_mask() {
    let server = Server::start();
    let mut client = server.connect();
    let hello = masked(frames::TEXT, b"hello");
    // In one write with the head: what came early is echoed, too.
    client.send([handshake("/misbehave/tcp-echo", server.port, "").as_bytes(), &hello].concat());
    let head = client.head();
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    client.expect(&hello);
    client.send(&hello);
    client.expect(&hello);
}

#[test]
fn a_client_that_ends_is_not_kept() {
    let server = Server::start();
    let mut client = server.connect();
    ask(&mut client, find("silent"));
    client.head();
    let began = Instant::now();
    client.fin();
    client.expect_end();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn a_handshake_that_is_none_is_refused_as_elsewhere() {
    let server = Server::start();
    let mut client = server.connect();
    client.send(handshake("/misbehave/masked", server.port, "").replace("Version: 13", "Version: 8"));
    assert!(client.head().starts_with("HTTP/1.1 426 "));
}

#[test]
fn an_unknown_case_is_answered_with_those_that_may_be_meant() {
    let server = Server::start();
    for upgrade in ["Upgrade: websocket\r\n", ""] {
        let mut client = server.connect();
        client.send(format!("GET /misbehave/accept-hex HTTP/1.1\r\nHost: a\r\n{upgrade}\r\n"));
        let (head, body) = client.response();
        assert!(head.starts_with("HTTP/1.1 404 Not Found\r\n"), "{head}");
        assert!(body.contains("accept-of-hex-digest") && body.contains("/misbehave/."), "{body}");
    }
}

#[test]
fn origins_are_narrowed_as_for_the_echo() {
    let server = Server::with(&["--allow-origin", "http://a.example"]);
    for (origin, status) in [("http://a.example", "101"), ("http://b.example", "403")] {
        let mut client = server.connect();
        client.send(handshake("/misbehave/good", server.port, &format!("Origin: {origin}\r\n")));
        let head = client.head();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
    }
    server.kill();
}

/// The address of a case under a tap.
fn recorded(tap: &Tap, id: &str) -> String {
    format!("/misbehave/{id}?tap={}", tap.id)
}

#[test]
fn a_tap_records_the_misbehaviour() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.request(&recorded(&tap, "unframed-lower-case"));
    client.head();
    client.expect(b"hello world");
    client.send(close(1000, ""));
    client.expect_end();
    client.fin();
    let records = tap.records();
    let of = |kind: u8| -> Vec<u8> {
        records.iter().filter(|(one, _)| *one == kind).flat_map(|(_, bytes)| bytes.clone()).collect()
    };
    assert_eq!((of(0), of(1)), (client.sent.clone(), client.received.clone()));
}

#[cfg(unix)]
#[test]
fn a_server_that_goes_down_ends_what_it_plays() {
    let mut server = Server::start();
    let mut client = server.connect();
    ask(&mut client, find("close-and-hold"));
    client.head();
    server.signal("INT");
    let began = Instant::now();
    client.drain().unwrap();
    client.fin();
    drop(client);
    assert_eq!(server.wait().0, Some(0));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

fn get(server: &Server, target: &str, fields: &str) -> (String, String) {
    let mut client = server.connect();
    client.send(format!("GET {target} HTTP/1.1\r\nHost: h<i>:1\r\n{fields}\r\n"));
    client.response()
}

#[test]
fn the_list_is_a_page_without_script() {
    let server = Server::start();
    let accept = "Accept: text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8\r\n";
    let (head, page) = get(&server, "/misbehave/", accept);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert_eq!(field(&head, "content-type"), Some("text/html; charset=utf-8"));
    for case in cases::variations() {
        assert!(page.contains(&format!("<a href=\"/misbehave/{0}\">{0}</a>", case.id)), "{}", case.id);
    }
    for case in cases::all() {
        assert_eq!(page.matches(&format!(" id=\"{}\"", case.id)).count(), 1, "{}", case.id);
        assert_eq!(page.matches(&format!(" id=\"{}\"", case.theme.name)).count(), 1, "{}", case.theme.name);
    }
    assert!(page.contains("value=\"ws://h&lt;i&gt;:1/misbehave/masked\""));
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("h<i>"));
    assert_eq!(get(&server, "/misbehave", ""), get(&server, "/misbehave/", ""));
    let (head, style) = get(&server, "/misbehave.css", "");
    assert_eq!(field(&head, "content-type"), Some("text/css; charset=utf-8"));
    assert!(style.contains("color-scheme"));
}

#[test]
fn a_case_has_a_page_of_its_own() {
    let server = Server::start();
    let (head, page) = get(&server, "/misbehave/accept-in-lower-case", "");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(page.contains("RFC 6455 §4.1") && page.contains("Incorrect 'Sec-WebSocket-Accept' header value"), "{page}");
    assert_eq!(page.matches("<table").count(), 1);
    // What is sent: text where it is text, and else hex.
    assert!(page.contains("Sec-WebSocket-Accept: s3pplmbitxaq9kygzzhzrbk+xoo=\\r\\n\n"), "{page}");
    assert!(get(&server, "/misbehave/masked", "").1.contains("81 82 37 fa 21 3d 5f 93"));
}

#[test]
fn the_list_is_json_for_programs() {
    let server = Server::start();
    let (head, text) = get(&server, "/misbehave/", "Accept: application/json\r\n");
    assert_eq!(field(&head, "content-type"), Some("application/json"));
    assert_eq!(field(&head, "vary"), Some("Accept"));
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list["cases"].as_array().unwrap().len(), cases::all().len() + cases::variations().len());
    let masked = list["cases"].as_array().unwrap().iter().find(|case| case["id"] == "masked").unwrap();
    assert_eq!(masked["path"], "/misbehave/masked");
    assert_eq!(masked["allowed"], false);
    assert_eq!(masked["section"], "RFC 6455 §5.1");
    assert_eq!(masked["acts"][1]["wait"], 60);
    assert_eq!(masked["acts"][2]["write"], "818237fa213d5f93");
    assert_eq!(masked["measured"]["firefox"]["events"][1], "message \"hi\"");
    assert_eq!(masked["measured"]["chromium"]["closeSent"]["reason"], "Masked frame from server");
    let (_, one) = get(&server, "/misbehave/masked", "Accept: application/json\r\n");
    let one: serde_json::Value = serde_json::from_str(&one).unwrap();
    assert_eq!(one["cases"][0], *masked);
}
