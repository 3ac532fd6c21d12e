//! Time, which the caller tells: keep-alive, and ends that do not come.
#![cfg(feature = "alloc")]

use std::time::Duration;

use crate::conversation::{carry, client, client_with, masked, take};
use ws101_core::{Config, Connection, Entropy, KeepAlive, State, TransportAction, frames};

const KEEP_ALIVE: KeepAlive = KeepAlive { interval: Duration::from_secs(30), patience: Duration::from_secs(10) };

fn at(seconds: u64) -> Duration {
    // Since any moment: 2^40 seconds are as good as none.
    Duration::from_secs((1 << 40) + seconds)
}

fn kept_alive() -> Connection {
    Connection::server(Config { keep_alive: Some(KEEP_ALIVE), ..Config::default() })
}

/// Writes all there is.
fn write<E: Entropy>(connection: &mut Connection<E>) -> Vec<u8> {
    let bytes = connection.outgoing().to_vec();
    connection.sent(bytes.len());
    bytes
}

#[test]
fn an_open_connection_waits_for_ever_unless_told_otherwise() {
    let mut server = Connection::server(Config::default());
    assert_eq!((server.tick(at(0)), server.tick(at(1_000_000))), (None, None));
    assert_eq!((server.state(), server.outgoing()), (State::Open, &b""[..]));
}

#[test]
fn silence_is_asked_about_once_and_then_given_up() {
    let mut server = kept_alive();
    assert_eq!(server.tick(at(0)), Some(at(30)));
    assert_eq!(server.tick(at(29)), Some(at(30)));
    assert_eq!(server.outgoing(), b"");
    assert_eq!(server.tick(at(31)), Some(at(40)), "the patience counts from when the ping was due");
    assert_eq!(server.tick(at(39)), Some(at(40)));
    assert_eq!(write(&mut server), b"\x89\x00", "one ping is enough");
    assert_eq!(server.transport_action(), TransportAction::Continue);
    assert_eq!(server.tick(at(40)), None);
    assert_eq!((server.state(), server.transport_action()), (State::TimedOut, TransportAction::Close));
    assert_eq!(server.tick(at(41)), None);
    assert_eq!(take(&mut server, &masked(frames::text("late"))), Vec::<String>::new());
}

#[test]
fn whatever_comes_is_a_sign_of_life() {
    for sign in [&masked(frames::pong(b""))[..], &masked(frames::text("x")), &masked(frames::text("x"))[..1]] {
        let mut server = kept_alive();
        server.tick(at(0));
        server.tick(at(35));
        assert_eq!(write(&mut server), b"\x89\x00");
        take(&mut server, sign);
        assert_eq!(server.tick(at(38)), Some(at(68)), "it counts from when it is told");
        assert_eq!(server.tick(at(68)), Some(at(78)));
        assert_eq!(write(&mut server), b"\x89\x00", "and the next silence is asked about again");
    }
}

#[test]
fn a_peer_that_does_not_read_the_ping_is_given_up_too() {
    let mut server = kept_alive();
    server.send_text("never read").unwrap();
    server.tick(at(0));
    server.tick(at(30));
    server.tick(at(40));
    assert_eq!((server.state(), server.transport_action()), (State::TimedOut, TransportAction::Close));
}

#[test]
fn a_close_that_is_not_answered() {
    let mut server = Connection::server(Config { close_timeout: Duration::from_secs(3), ..Config::default() });
    server.tick(at(0));
    server.close(None).unwrap();
    assert_eq!(server.tick(at(100)), Some(at(103)), "it counts from when the connection is told");
    take(&mut server, &masked(frames::text("messages do not prolong it")));
    assert_eq!(server.tick(at(102)), Some(at(103)));
    write(&mut server);
    assert_eq!(server.transport_action(), TransportAction::Continue);
    assert_eq!(server.tick(at(103)), None);
    assert_eq!((server.state(), server.transport_action()), (State::TimedOut, TransportAction::Close));
}

#[test]
fn a_server_that_does_not_close_the_transport() {
    let (mut client, mut server) = (client(), Connection::server(Config::default()));
    client.close(None).unwrap();
    carry(&mut client, &mut server);
    client.tick(at(0));
    carry(&mut server, &mut client);
    assert_eq!(client.tick(at(2)), Some(at(7)), "5 seconds unless told otherwise");
    assert_eq!(client.transport_action(), TransportAction::AwaitClose);
    assert_eq!(client.tick(at(7)), None);
    assert_eq!((client.state(), client.transport_action()), (State::Closed, TransportAction::Close), "it was clean");
    assert_eq!(server.tick(at(7)), None, "a server waits for nothing");
}

#[test]
fn times_at_the_end_of_time() {
    let mut client = client_with(Config { keep_alive: Some(KEEP_ALIVE), ..Config::default() });
    assert_eq!(client.tick(Duration::MAX), None, "there is no later time to wait for");
    assert_eq!(client.state(), State::TimedOut);
}
