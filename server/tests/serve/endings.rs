//! Connections that end without a closing handshake.

use crate::frames::{self, masked};
use crate::server::Server;

#[test]
fn what_was_sent_before_the_end_is_answered() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(masked(frames::TEXT, b"one"));
    client.send(masked(frames::TEXT, b"two"));
    client.fin();
    client.expect(b"\x81\x03one\x81\x03two");
    client.expect_end();
}

#[test]
fn an_end_in_the_middle_of_a_frame_is_an_end() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(&masked(frames::TEXT, b"cut off")[..9]);
    client.fin();
    client.expect_end();
}

#[test]
fn a_reset_hurts_nobody_else() {
    let server = Server::start();
    for _ in 0..20 {
        let mut client = server.echo();
        client.send(masked(frames::TEXT, b"gone"));
        client.reset();
        server.connect().reset();
        let mut client = server.connect();
        client.send("GET / HTTP/1.1\r\n");
        client.reset();
    }
}

#[test]
fn an_end_without_a_request_is_answered_with_an_end() {
    let server = Server::start();
    let mut client = server.connect();
    client.fin();
    client.expect_end();
}
