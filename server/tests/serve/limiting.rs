//! Nothing grows without end, and nobody stays for ever.

use std::io::{ErrorKind, Write};
use std::time::Duration;

use crate::client::field;
use crate::frames::{self, close, masked};
use crate::server::Server;

#[test]
fn pings_of_a_peer_that_never_reads_do_not_grow_memory() {
    let server = Server::start();
    let client = server.echo();
    // §5.5.3: only the latest pings are answered once pongs cannot be written, so that the server never stops reading.
    client.stream().set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let pings = masked(frames::PING, &[b'p'; 125]).repeat(8000);
    for _ in 0..32 {
        client.stream().write_all(&pings).unwrap();
    }
    #[cfg(target_os = "linux")]
    assert!(server.resident_bytes() < 24 << 20, "{} bytes", server.resident_bytes());
    // Others are served meanwhile.
    let mut other = server.echo();
    other.send(masked(frames::TEXT, b"x"));
    other.expect(b"\x81\x01x");
}

#[test]
fn an_idle_connection_is_told_to_go() {
    let server = Server::with(&["--idle-timeout", "0.3"]);
    let mut client = server.echo();
    assert_eq!(client.close_frame(), (1001, "idle for too long".to_owned()));
    client.send(close(1001, ""));
    client.expect_end();
}

#[test]
fn a_peer_that_does_not_answer_a_close_is_dropped() {
    let server = Server::with(&["--idle-timeout", "0.2", "--close-timeout", "0.2"]);
    let mut client = server.echo();
    assert_eq!(client.close_frame().0, 1001);
    client.expect_reset();
}

#[test]
fn a_peer_that_never_reads_is_dropped_too() {
    let server = Server::with(&["--idle-timeout", "0.5", "--close-timeout", "0.2"]);
    let client = server.echo();
    client.stream().set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let message = masked(frames::BINARY, &vec![1; 60_000]);
    let error = loop {
        if let Err(error) = (&mut client.stream()).write_all(&message) {
            break error;
        }
    };
    assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
}

#[test]
fn a_kept_alive_connection_that_is_idle_is_closed() {
    let server = Server::with(&["--idle-timeout", "0.3"]);
    let mut client = server.connect();
    client.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.response().0.starts_with("HTTP/1.1 404 "));
    client.expect_end();
}

#[test]
fn a_connection_beyond_the_limit_is_told_so() {
    let server = Server::with(&["--max-connections", "2"]);
    let (mut first, second) = (server.echo(), server.echo());
    let mut third = server.connect();
    third.request("/echo");
    let answer = String::from_utf8(third.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
    assert!(answer.contains("--max-connections"), "{answer}");
    assert_eq!(field(&answer, "Connection"), Some("close"));
    first.send(masked(frames::TEXT, b"not I"));
    first.expect(b"\x81\x05not I");
    // A place that is given back is free again, which the check at the end of the test needs.
    drop((first, second));
}
