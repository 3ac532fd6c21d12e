//! What a tap records is what crossed the wire, in its order, to the end.

use std::io::Write;
use std::thread;

use crate::client::{Client, handshake};
use crate::frames::{self, close, masked, unmasked};
use crate::server::Server;
use crate::tap::{Message, Tap};

const FROM_CLIENT: u8 = 0;
const FROM_SERVER: u8 = 1;
const CLIENT_FIN: u8 = 2;
const SERVER_FIN: u8 = 3;
const CLIENT_RESET: u8 = 4;
const SERVER_RESET: u8 = 5;

/// Everything recorded in one direction.
fn bytes_of(records: &[(u8, Vec<u8>)], kind: u8) -> Vec<u8> {
    records.iter().filter(|(of, _)| *of == kind).flat_map(|(_, bytes)| bytes.clone()).collect()
}

/// The records' kinds, equal neighbours taken together.
fn turns(records: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut kinds: Vec<u8> = records.iter().map(|(kind, _)| *kind).collect();
    kinds.dedup();
    kinds
}

fn recorded(server: &Server, tap: &Tap) -> Client {
    let mut client = server.connect();
    client.upgrade(&tap.target());
    client
}

#[test]
fn records_are_what_was_sent_and_received() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = recorded(&server, &tap);
    client.send(masked(frames::TEXT, "你好".as_bytes()));
    client.expect(&unmasked(frames::TEXT, "你好".as_bytes()));
    client.send(masked(frames::PING, b"?"));
    client.expect(&unmasked(frames::PONG, b"?"));
    client.send(close(1000, "bye"));
    client.expect(b"\x88\x02\x03\xe8");
    client.expect_end();
    client.fin();
    let records = tap.records();
    assert_eq!(bytes_of(&records, FROM_CLIENT), client.sent);
    assert_eq!(bytes_of(&records, FROM_SERVER), client.received);
    assert!(records[0].1.starts_with(b"GET /echo?tap="));
    assert_eq!(
        turns(&records),
        [
            FROM_CLIENT,
            FROM_SERVER,
            FROM_CLIENT,
            FROM_SERVER,
            FROM_CLIENT,
            FROM_SERVER,
            FROM_CLIENT,
            FROM_SERVER,
            SERVER_FIN,
            CLIENT_FIN,
        ]
    );
}

#[test]
fn every_read_is_a_record_even_before_the_tap_is_known() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    let request = handshake(&tap.target(), server.port, "");
    let (first, second) = request.split_at(20);
    // That the request before was answered shows that what came with it was read.
    client.send(format!("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n{first}"));
    client.response();
    client.send(second);
    let head = client.head();
    client.fin();
    client.expect_end();
    let records = tap.records();
    assert_eq!(
        records,
        [
            (FROM_CLIENT, first.into()),
            (FROM_CLIENT, second.into()),
            (FROM_SERVER, head.into()),
            (CLIENT_FIN, vec![]),
            (SERVER_FIN, vec![]),
        ]
    );
}

#[test]
fn a_head_byte_by_byte_fills_more_records_than_may_wait() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.dribble(handshake(&tap.target(), server.port, "Cookie: abcdefghijklmnopqrstuvwxyz\r\n").as_bytes());
    client.dribble(&masked(frames::TEXT, b"x"));
    client.head();
    client.expect(b"\x81\x01x");
    client.send(close(1000, ""));
    client.expect(b"\x88\x02\x03\xe8");
    client.fin();
    let records = tap.records();
    assert_eq!(bytes_of(&records, FROM_CLIENT), client.sent);
    assert_eq!(bytes_of(&records, FROM_SERVER), client.received);
}

#[test]
fn an_earlier_request_of_the_connection_is_not_recorded() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    let request = handshake(&tap.target(), server.port, "");
    client.send(format!("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n\r\n{request}"));
    client.response();
    client.head();
    client.fin();
    client.expect_end();
    let records = tap.records();
    assert_eq!(records[0], (FROM_CLIENT, request.into_bytes()));
    assert!(records[1].1.starts_with(b"HTTP/1.1 101 "));
}

#[test]
fn a_refused_handshake_is_recorded_too() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = server.connect();
    client.send(handshake(&tap.target(), server.port, "").replace("Version: 13", "Version: 7"));
    let answer = client.rest();
    assert!(answer.starts_with(b"HTTP/1.1 426 "));
    client.fin();
    let records = tap.records();
    assert_eq!(bytes_of(&records, FROM_CLIENT), client.sent);
    assert_eq!(bytes_of(&records, FROM_SERVER), answer);
    assert_eq!(turns(&records), [FROM_CLIENT, FROM_SERVER, SERVER_FIN, CLIENT_FIN]);
}

#[test]
fn what_comes_after_a_violation_is_recorded_and_so_is_the_close() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = recorded(&server, &tap);
    client.send(b"\x81\x05Hello");
    assert_eq!(client.close_frame().0, 1002);
    client.expect_end();
    client.send(b"not heard any more");
    client.fin();
    let records = tap.records();
    assert_eq!(bytes_of(&records, FROM_CLIENT), client.sent);
    assert_eq!(bytes_of(&records, FROM_SERVER), client.received);
    assert_eq!(turns(&records)[3..], [FROM_SERVER, SERVER_FIN, FROM_CLIENT, CLIENT_FIN]);
}

#[test]
fn a_reset_by_the_client_is_recorded() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    recorded(&server, &tap).reset();
    assert_eq!(turns(&tap.records()), [FROM_CLIENT, FROM_SERVER, CLIENT_RESET]);
}

#[test]
fn a_reset_by_the_server_is_recorded() {
    let server = Server::with(&["--close-timeout", "0.3"]);
    let mut tap = Tap::open(&server);
    let mut client = recorded(&server, &tap);
    let first = tap.message();
    assert!(matches!(first, Message::Record { kind: FROM_CLIENT, .. }));
    tap.command(r#"{"type":"close","code":1000,"reason":"answer me"}"#);
    assert_eq!(client.close_frame(), (1000, "answer me".to_owned()));
    client.expect_reset();
    let records = tap.records();
    assert_eq!(turns(&records), [FROM_SERVER, SERVER_RESET]);
    assert_eq!(bytes_of(&records, FROM_SERVER), client.received);
}

#[test]
fn large_messages_are_recorded_whole() {
    let server = Server::start();
    let mut tap = Tap::open(&server);
    let mut client = recorded(&server, &tap);
    let reading = thread::spawn(move || tap.records());
    let payload: Vec<u8> = (0..=250).cycle().take(5_000_000).collect();
    let frame = masked(frames::BINARY, &payload);
    let sending = client.stream().try_clone().unwrap();
    let sent = [client.sent.clone(), frame.clone()].concat();
    let writing = thread::spawn(move || (&sending).write_all(&frame).unwrap());
    client.expect(&unmasked(frames::BINARY, &payload));
    writing.join().unwrap();
    client.fin();
    client.expect_end();
    let records = reading.join().unwrap();
    assert!(bytes_of(&records, FROM_CLIENT) == sent);
    assert!(bytes_of(&records, FROM_SERVER) == client.received);
}

#[test]
fn a_page_that_does_not_read_holds_the_connection_up_and_then_loses_the_recording() {
    let server = Server::with(&["--tap-timeout", "0.5", "--close-timeout", "0.3"]);
    let mut tap = Tap::open(&server);
    let mut client = recorded(&server, &tap);
    let message = masked(frames::BINARY, &vec![9; 1 << 20]);
    let answer = unmasked(frames::BINARY, &vec![9; 1 << 20]);
    let sending = client.stream().try_clone().unwrap();
    let writing = thread::spawn(move || {
        for _ in 0..32 {
            (&sending).write_all(&message).unwrap();
        }
    });
    // More than all buffers between us and the tap hold: the last comes only because the recording was given up.
    for _ in 0..32 {
        client.expect(&answer);
    }
    writing.join().unwrap();
    #[cfg(target_os = "linux")]
    assert!(server.resident_bytes() < 64 << 20, "{} bytes", server.resident_bytes());
    // The tap's own socket was dropped, because not even its Close was taken.
    tap.client.expect_reset();
}
