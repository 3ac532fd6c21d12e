//! Who answers pings and Closes, how many answers wait, and what is left to do when the other end is gone.
#![cfg(feature = "alloc")]

use crate::conversation::{carry, check_with, client, client_with, masked, take};
use ws101_core::{Answering, Close, Config, Connection, Limits, SendError, State, StatusCode, TransportAction, frames};

const BY_CALLER: Config = Config {
    pongs: Answering::ByCaller,
    closes: Answering::ByCaller,
    limits: Limits { frame: 1 << 20, message: 1 << 20, outgoing: 1 << 20 },
    delivery: ws101_core::Delivery::Messages,
    keep_alive: None,
    close_timeout: std::time::Duration::from_secs(5),
};

#[test]
fn the_caller_answers_pings() {
    let stream = masked(frames::ping(b"x"));
    check_with(|| Connection::server(BY_CALLER), &stream, &["ping x"], b"");
    let mut server = Connection::server(BY_CALLER);
    server.pong(b"x").unwrap();
    assert_eq!(server.outgoing(), b"\x8a\x01x");
}

#[test]
fn the_caller_answers_the_close_when_it_is_done() {
    let stream = [masked(frames::close(&ws101_core::ClosePayload::EMPTY)), masked(frames::text("late"))].concat();
    check_with(|| Connection::server(BY_CALLER), &stream, &["close None "], b"");

    let mut client = client_with(BY_CALLER);
    let mut server = Connection::server(BY_CALLER);
    server.send_frame(frames::text("Hel").fin(false)).unwrap();
    carry(&mut server, &mut client);
    client.close(Some(Close { code: StatusCode::NORMAL_CLOSURE, reason: "bye" })).unwrap();
    assert_eq!(carry(&mut client, &mut server), ["close Some(1000) bye"]);
    assert_eq!((server.state(), server.transport_action()), (State::CloseReceived, TransportAction::Continue));
    // §5.5.1: "An endpoint MAY delay sending a Close frame until its current message is sent"
    server.send_frame(frames::continuation(b"lo")).unwrap();
    assert_eq!(carry(&mut server, &mut client), ["text Hello"]);
    server.close(Some(Close { code: StatusCode::NORMAL_CLOSURE, reason: "" })).unwrap();
    assert_eq!((server.state(), server.send_text("x")), (State::Closed, Err(SendError::NotOpen)));
    assert_eq!(carry(&mut server, &mut client), ["close Some(1000) "]);
    assert_eq!((client.state(), client.transport_action()), (State::Closed, TransportAction::AwaitClose));
    assert_eq!(server.transport_action(), TransportAction::Close);
}

#[test]
fn ten_pings_have_ten_pongs() {
    let stream: Vec<u8> = (b'0'..=b'9').flat_map(|digit| masked(frames::ping(&[digit]))).collect();
    let pings: Vec<String> = (0..10).map(|digit| format!("ping {digit}")).collect();
    let pings: Vec<&str> = pings.iter().map(String::as_str).collect();
    let pongs: Vec<u8> = (b'0'..=b'9').flat_map(|digit| [0x8a, 1, digit]).collect();
    check_with(|| Connection::server(Config::default()), &stream, &pings, &pongs);
}

#[test]
fn of_many_pings_the_latest_are_answered() {
    let mut server = Connection::server(Config::default());
    let ping = |number: u16| masked(frames::ping(&number.to_be_bytes()));
    server.send_text("first").unwrap();
    for number in 0..1000 {
        take(&mut server, &ping(number));
    }
    let outgoing = server.outgoing().to_vec();
    assert_eq!(outgoing.len(), 7 + 16 * 4, "a peer that pings and never reads cannot fill memory");
    assert_eq!(outgoing[..11], *b"\x81\x05first\x8a\x02\x00\x00");
    assert_eq!(outgoing[outgoing.len() - 2..], 999_u16.to_be_bytes(), "§5.5.3: the most recent is among them");

    // One that is partly written is finished, and what was asked since is answered behind it.
    server.sent(outgoing.len() - 1);
    take(&mut server, &ping(1));
    take(&mut server, &ping(2));
    assert_eq!(server.outgoing(), [999_u16.to_be_bytes()[1], 0x8a, 2, 0, 1, 0x8a, 2, 0, 2]);
    // A message between them keeps its place.
    server.send_text("x").unwrap();
    take(&mut server, &ping(3));
    assert_eq!(server.outgoing()[9..], *b"\x81\x01x\x8a\x02\x00\x03");
}

#[test]
fn pongs_that_nobody_asked_for_are_taken() {
    let mut client = client();
    let mut server = Connection::server(Config::default());
    client.pong(b"alive").unwrap();
    assert_eq!(carry(&mut client, &mut server), ["pong alive"]);
    assert_eq!(server.outgoing(), b"");
}

#[test]
fn a_peer_that_closed_its_side_only_may_still_read() {
    let mut server = Connection::server(Config::default());
    take(&mut server, &masked(frames::ping(b"?")));
    server.transport_ended();
    assert_eq!((server.state(), server.transport_action()), (State::Lost, TransportAction::Continue));
    assert_eq!(server.send_text("x"), Err(SendError::NotOpen));
    assert_eq!(server.outgoing(), b"\x8a\x01?");
    server.sent(3);
    assert_eq!(server.transport_action(), TransportAction::Close);
}

#[test]
fn memory_that_only_waits_can_be_freed() {
    let mut server = Connection::server(Config::default());
    server.send_binary(&vec![1; 100_000]).unwrap();
    server.sent(99_999);
    server.shrink();
    let rest = server.outgoing().to_vec();
    assert_eq!(rest.len(), 100_000 + 10 - 99_999);
    take(&mut server, &masked(frames::binary(&vec![2; 10_000]))[..5000]);
    server.shrink();
    let event = take(&mut server, &masked(frames::binary(&vec![2; 10_000]))[5000..]);
    assert_eq!(event, [format!("binary {:02x?}", vec![2; 10_000])], "a message under way is kept");
}
