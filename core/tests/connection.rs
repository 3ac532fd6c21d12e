//! A connection as its caller sees it: a pair with two byte queues, and streams in every way of cutting.
#![cfg(feature = "alloc")]

use crate::conversation::{carry, check, client, masked};
use ws101_core::{
    Close, Config, Connection, Event, Frame, Limits, Opcode, SendError, State, StatusCode, TransportAction, Unmasked,
    Violation, frames,
};

#[test]
fn messages_both_ways() {
    let (mut client, mut server) = (client(), Connection::server(Config::default()));
    client.send_text("你好").unwrap();
    client.send_binary(&[0, 255]).unwrap();
    client.ping(b"?").unwrap();
    assert_eq!(carry(&mut client, &mut server), ["text 你好", "binary [00, ff]", "ping ?"]);
    server.send_text("").unwrap();
    assert_eq!(carry(&mut server, &mut client), ["pong ?", "text "]);
    assert_eq!((client.state(), server.state()), (State::Open, State::Open));
}

#[test]
fn what_is_not_a_whole_message_is_left_as_it_came() {
    let text = masked(frames::text("Hello, World!").fin(true));
    let not_text = masked(Frame::new(Opcode::Text, b"Hello, \xff World!"));
    let cut = &text[..text.len() - 1];
    for bytes in [&*not_text, cut, &masked(frames::ping(b"?")), &masked(frames::text("He").fin(false)), b"\xf1", b""] {
        let mut server = Connection::server(Config::default());
        let mut given = bytes.to_vec();
        let mut input = &mut given[..];
        assert_eq!(server.receive_whole(&mut input), None);
        assert_eq!(input, bytes);
    }
}

#[test]
fn whole_messages_wait_while_too_much_is_to_be_written() {
    let limits = Limits { outgoing: 4, ..Limits::default() };
    let mut server = Connection::server(Config { limits, ..Config::default() });
    server.send_text("long enough").unwrap();
    let mut text = masked(frames::text("?"));
    let mut input = &mut text[..];
    assert_eq!(server.receive_whole(&mut input), None);
    server.sent(usize::MAX);
    assert!(server.receive_whole(&mut input).is_some());
}

#[test]
fn fragments_with_control_frames_between_them() {
    let stream = [
        masked(frames::text("He").fin(false)),
        masked(frames::ping(b"1")),
        masked(frames::continuation(b"").fin(false)),
        masked(frames::continuation(b"llo \xe4\xbd").fin(false)),
        masked(frames::continuation(b"\xa0")),
        masked(frames::binary(b"")),
    ]
    .concat();
    check(Limits::default(), &stream, &["ping 1", "text Hello 你", "binary []"], b"\x8a\x011");
}

#[test]
fn the_closing_handshake_from_either_end() {
    let (mut client, mut server) = (client(), Connection::server(Config::default()));
    client.close(Some(Close { code: StatusCode::NORMAL_CLOSURE, reason: "bye" })).unwrap();
    assert_eq!((client.state(), client.send_text("x")), (State::CloseSent, Err(SendError::NotOpen)));
    assert_eq!(client.close(None), Err(SendError::NotOpen));
    assert_eq!(carry(&mut client, &mut server), ["close Some(1000) bye"]);
    assert_eq!((server.state(), server.outgoing()), (State::Closed, &b"\x88\x02\x03\xe8"[..]));
    assert_eq!(server.transport_action(), TransportAction::Continue, "the Close is to be written first");
    assert_eq!(carry(&mut server, &mut client), ["close Some(1000) "]);
    assert_eq!(server.transport_action(), TransportAction::Close, "§7.1.1: the server closes the transport");
    assert_eq!(client.transport_action(), TransportAction::AwaitClose);

    let (mut client, mut server) = (self::client(), Connection::server(Config::default()));
    server.close(None).unwrap();
    client.send_text("late").unwrap();
    assert_eq!(carry(&mut client, &mut server), ["text late"], "what was under way still comes in");
    assert_eq!(carry(&mut server, &mut client), ["close None "]);
    assert_eq!(carry(&mut client, &mut server), ["close None "]);
    assert_eq!((client.state(), server.state()), (State::Closed, State::Closed));
}

#[test]
fn close_frames_that_cross() {
    let (mut client, mut server) = (client(), Connection::server(Config::default()));
    client.close(None).unwrap();
    server.close(Some(Close { code: StatusCode::GOING_AWAY, reason: "" })).unwrap();
    assert_eq!(carry(&mut client, &mut server), ["close None "]);
    assert_eq!(carry(&mut server, &mut client), ["close Some(1001) "]);
    assert_eq!((client.outgoing(), server.outgoing()), (&b""[..], &b""[..]), "nobody answers twice");
}

#[test]
fn a_violation_tells_the_peer_and_ends_the_reading() {
    let close = |code: u16, reason: &str| {
        let close = Close { code: StatusCode(code), reason };
        frames::close(&close.encode().unwrap()).to_vec().unwrap()
    };
    let check = |limits, bytes: &[u8], events: &[&str], outgoing: &[u8]| {
        check(limits, bytes, events, outgoing);
        check(limits, &[bytes, b"what follows is not read"].concat(), events, outgoing);
    };
    let all = Limits::default();
    let raw = |opcode, payload: &[u8]| masked(Frame::new(opcode, payload));

    check(all, b"\x81\x05Hello", &["violation UnmaskedFrame"], &close(1002, "FRAME_UNMASKED"));
    let strange = [masked(frames::text("a")), vec![0x83]].concat();
    check(all, &strange, &["text a", "violation ReservedOpcode"], &close(1002, "FRAME_RESERVED_OPCODE"));
    for text in [&b"a\xff"[..], b"\xe4\xbd"] {
        check(all, &raw(Opcode::Text, text), &["violation InvalidUtf8"], &close(1007, "MESSAGE_INVALID_UTF8"));
    }
    let status = raw(Opcode::Close, b"\x03\xed");
    check(all, &status, &["violation CloseStatusNotAllowed"], &close(1002, "CLOSE_STATUS_NOT_ALLOWED"));
    let short = raw(Opcode::Close, b"\x03");
    check(all, &short, &["violation CloseBodyTooShort"], &close(1002, "CLOSE_BODY_ONE_BYTE"));
    let reason = raw(Opcode::Close, b"\x03\xe8\xff");
    check(all, &reason, &["violation CloseReasonInvalidUtf8"], &close(1007, "CLOSE_REASON_INVALID_UTF8"));

    let small = Limits { message: 10, ..Limits::default() };
    let too_big = masked(frames::text("0123456789x"));
    check(small, &too_big, &["violation FrameTooBig"], &close(1009, "FRAME_TOO_BIG"));
    let together = [masked(frames::text("01234").fin(false)), masked(frames::continuation(b"56789x"))].concat();
    check(small, &together, &["violation MessageTooBig"], &close(1009, "MESSAGE_TOO_BIG"));
    let fits = [masked(frames::text("0123456789")), vec![0xc1]].concat();
    check(small, &fits, &["text 0123456789", "violation ReservedBits"], &close(1002, "FRAME_RESERVED_BITS"));
}

#[test]
fn text_is_judged_before_its_frame_has_ended() {
    let mut bytes = masked(Frame::new(Opcode::Text, b"ok\xff and a long rest"));
    let mut server = Connection::server(Config::default());
    let (head, _) = bytes.split_at_mut(6 + 3);
    let mut input = head;
    let Some(Event::Violation(error)) = server.receive(&mut input) else { panic!("the third byte decides") };
    assert_eq!((error.violation, error.at.start, error.at.end), (Violation::InvalidUtf8, 8, 9));
    assert_eq!(server.state(), State::Failed);
    server.sent(server.outgoing().len());
    assert_eq!(server.transport_action(), TransportAction::Close);
}

#[test]
fn a_peer_that_pings_and_never_reads_cannot_fill_memory() {
    let limits = Limits { outgoing: 1000, ..Limits::default() };
    let mut server = Connection::server(Config { limits, ..Config::default() });
    let flood = masked(frames::ping(&[b'x'; 125])).repeat(1000);
    let mut bytes = flood.clone();
    let mut input = &mut bytes[..];
    let mut pings = 0;
    while server.receive(&mut input).is_some() {
        pings += 1;
    }
    assert!(!input.is_empty(), "the rest waits");
    assert!(server.outgoing().len() < 1000 + 127);
    assert_eq!(server.send_text("x"), Err(SendError::Full));
    assert_eq!(pings * 131, flood.len() - input.len());
    while !input.is_empty() {
        server.sent(server.outgoing().len());
        while server.receive(&mut input).is_some() {
            pings += 1;
        }
    }
    assert_eq!(pings, 1000, "nothing was lost");
}

#[test]
fn a_transport_that_ends_loses_the_connection() {
    let mut server = Connection::server(Config::default());
    server.send_text("x").unwrap();
    server.transport_ended();
    assert_eq!(
        (server.state(), server.outgoing(), server.transport_action()),
        (State::Lost, &b"\x81\x01x"[..], TransportAction::Continue),
        "the other end may still read, if it closed only its side"
    );
    server.sent(3);
    assert_eq!(server.transport_action(), TransportAction::Close);
    assert_eq!(server.receive(&mut &mut [0x81][..]), None);
    let mut closed: Connection<Unmasked> = Connection::server(Config::default());
    let mut bytes = masked(frames::close(&ws101_core::ClosePayload::EMPTY));
    closed.receive(&mut &mut bytes[..]);
    closed.transport_ended();
    assert_eq!(closed.state(), State::Closed, "an end after the closing handshake is a clean one");
}

#[test]
fn partial_writes() {
    let mut server = Connection::server(Config::default());
    server.send_text("Hello").unwrap();
    server.sent(3);
    server.send_text("!").unwrap();
    assert_eq!(server.outgoing(), b"ello\x81\x01!");
    server.sent(100);
    assert_eq!(server.outgoing(), b"");
}
