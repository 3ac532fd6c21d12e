//! Messages in parts, both ways, and large ones read straight into their own memory.
#![cfg(feature = "alloc")]

use std::borrow::Cow;

use crate::conversation::{carry, check_with, client, masked, take};
use crate::feeding::every_way;
use ws101_core::{
    Config, Connection, Delivery, EncodeError, Event, Frame, Limits, Opcode, ProtocolError, SendError, Violation,
    frames,
};

fn in_parts() -> Connection {
    Connection::server(Config { delivery: Delivery::Parts, ..Config::default() })
}

/// What a server that wants parts is told: each message put together again, and whatever else.
fn parts_of(pieces: &mut dyn Iterator<Item = &[u8]>) -> (Vec<(Opcode, Vec<u8>)>, Option<ProtocolError>) {
    let mut server = in_parts();
    let (mut messages, mut violation) = (Vec::new(), None);
    let mut under_way: Option<(Opcode, Vec<u8>)> = None;
    for piece in pieces {
        let mut piece = piece.to_vec();
        let mut input = &mut piece[..];
        while let Some(event) = server.receive(&mut input) {
            match event {
                Event::Part(part) => {
                    assert!(matches!(part.payload, Cow::Borrowed(_)), "nothing is copied");
                    assert_eq!(part.first, under_way.is_none());
                    let message = under_way.get_or_insert((part.opcode, Vec::new()));
                    assert_eq!(part.opcode, message.0);
                    message.1.extend_from_slice(&part.payload);
                    if part.last {
                        messages.extend(under_way.take());
                    }
                }
                Event::Ping(payload) => assert_eq!(&*payload, b"?"),
                Event::Violation(error) => violation = Some(error),
                other => panic!("{other:?}"),
            }
        }
    }
    (messages, violation)
}

#[test]
fn parts_make_the_messages() {
    let stream = [
        masked(frames::text("Hello, ").fin(false)),
        masked(frames::ping(b"?")),
        masked(frames::continuation(b"").fin(false)),
        masked(frames::continuation("你好".as_bytes())),
        masked(frames::binary(b"")),
        masked(frames::binary(&[7; 300])),
    ]
    .concat();
    let expected =
        [(Opcode::Text, "Hello, 你好".as_bytes().to_vec()), (Opcode::Binary, vec![]), (Opcode::Binary, vec![7; 300])];
    every_way(&stream, |pieces| assert_eq!(parts_of(pieces), (expected.to_vec(), None)));
}

#[test]
fn parts_of_text_are_judged_as_they_come() {
    let stream = masked(Frame::new(Opcode::Text, b"ok \xff and a long rest"));
    every_way(&stream, |pieces| {
        let violation = parts_of(pieces).1.unwrap();
        assert_eq!((violation.violation, violation.at.start), (Violation::InvalidUtf8, 6 + 3));
    });
    let cut = masked(Frame::new(Opcode::Text, b"\xe4\xbd"));
    every_way(&cut, |pieces| assert_eq!(parts_of(pieces).1.unwrap().violation, Violation::InvalidUtf8));
}

#[test]
fn a_message_in_parts_may_be_longer_than_memory() {
    let limits = Limits { frame: u64::MAX, message: u64::MAX, ..Limits::default() };
    let mut server = Connection::server(Config { limits, delivery: Delivery::Parts, ..Config::default() });
    // 2^62 bytes are announced: more than any machine holds.
    let header = [&[0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0][..], &[0; 4]].concat();
    assert_eq!(take(&mut server, &header), Vec::<String>::new());
    assert_eq!(take(&mut server, b"abc"), ["part 2 [97, 98, 99] true false"]);
    assert_eq!(take(&mut server, b"d"), ["part 2 [100] false false"]);
    assert!(server.message_buffer().is_none(), "nothing is gathered");
}

#[test]
fn fragments_are_sent_as_they_come_to_be() {
    let (mut client, mut server) = (client(), Connection::server(Config::default()));
    let you = "你".as_bytes();
    client.send_frame(Frame::new(Opcode::Text, &you[..1]).fin(false)).unwrap();
    client.ping(b"?").unwrap();
    let refused = |result, error| assert_eq!(result, Err(SendError::Frame(error)));
    refused(client.send_text("x"), EncodeError::MessageUnfinished);
    refused(client.send_frame(frames::binary(b"x").fin(false)), EncodeError::MessageUnfinished);
    refused(client.send_frame(frames::continuation(b"\xff").fin(false)), EncodeError::InvalidUtf8);
    refused(client.send_frame(frames::continuation(&you[1..2])), EncodeError::InvalidUtf8);
    client.send_frame(frames::continuation(&you[1..]).fin(false)).unwrap();
    client.send_frame(frames::continuation(b"")).unwrap();
    refused(client.send_frame(frames::continuation(b"")), EncodeError::UnexpectedContinuation);
    refused(client.send_frame(frames::text("x").rsv(ws101_core::Rsv::RSV1)), EncodeError::ReservedBits);
    refused(client.send_frame(frames::ping(b"").fin(false)), EncodeError::FragmentedControlFrame);
    refused(client.send_frame(frames::ping(&[0; 126])), EncodeError::ControlFrameTooLong);
    client.send_frame(frames::binary(b"\xff")).unwrap();
    client.send_frame(Frame::new(Opcode::Close, b"\x03\xe8bye")).unwrap();
    assert_eq!(carry(&mut client, &mut server), ["ping ?", "text 你", "binary [ff]", "close Some(1000) bye"]);
}

#[test]
fn a_close_frame_that_may_not_be_sent_is_refused() {
    let mut server = Connection::server(Config::default());
    let close = Frame::new(Opcode::Close, b"\x03\xed");
    assert_eq!(server.send_frame(close), Err(SendError::Frame(EncodeError::StatusNotAllowed)));
    assert_eq!(server.outgoing(), b"");
}

/// Feeds a server as a socket would that has `stream`: into the connection's own memory where it offers some.
fn read_directly(stream: &[u8], chunk: usize) -> (Vec<Vec<u8>>, usize) {
    let mut server = Connection::server(Config::default());
    let (mut messages, mut direct) = (Vec::new(), 0);
    let mut rest = stream;
    let mut note = |event: &Event<'_>| match event {
        Event::Binary(bytes) => messages.push(bytes.to_vec()),
        Event::Text(text) => messages.push(text.as_bytes().to_vec()),
        Event::Ping(_) => {}
        other => panic!("{other:?}"),
    };
    while !rest.is_empty() {
        let length = chunk.min(rest.len());
        if let Some(room) = server.message_buffer() {
            assert!(!room.is_empty());
            let length = length.min(room.len());
            let (now, later) = rest.split_at(length);
            room[..length].copy_from_slice(now);
            rest = later;
            direct += length;
            if let Some(event) = server.filled(length) {
                note(&event);
                server.recycle(event);
            }
            continue;
        }
        let (now, later) = rest.split_at(length);
        rest = later;
        let mut now = now.to_vec();
        let mut input = &mut now[..];
        while let Some(event) = server.receive(&mut input) {
            note(&event);
            server.recycle(event);
        }
    }
    (messages, direct)
}

#[test]
fn large_messages_are_read_straight_into_their_memory() {
    let bytes = |length: u32| (0..length).map(|i| (i * 7 % 251).to_le_bytes()[0]).collect::<Vec<u8>>();
    let text = "Grüße, 你好! ".repeat(3000);
    let (first, second) = (bytes(200_000), bytes(70_000));
    let stream = [
        masked(frames::binary(&first)),
        masked(frames::binary(&second[..30_000]).fin(false)),
        masked(frames::ping(b"?")),
        masked(frames::continuation(&second[30_000..])),
        masked(frames::text(&text)),
        masked(frames::binary(b"small")),
        masked(frames::binary(&first)),
    ]
    .concat();
    let expected = [first.clone(), second, text.into_bytes(), b"small".to_vec(), first];
    for chunk in [1, 13, 1460, 4096, 10_000, 65_536, stream.len()] {
        let (messages, direct) = read_directly(&stream, chunk);
        assert!(messages == expected, "reads of {chunk} bytes");
        assert_eq!(direct > 0, chunk < 200_000, "reads of {chunk} bytes");
    }
}

#[test]
fn more_filled_than_offered_is_not_believed() {
    let mut server = Connection::server(Config::default());
    assert!(server.message_buffer().is_none(), "no message is under way");
    assert_eq!(server.filled(10), None);
    let stream = masked(frames::binary(&vec![1; 10_000]));
    take(&mut server, &stream[..100]);
    let room = server.message_buffer().unwrap();
    let length = room.len();
    room.copy_from_slice(&stream[100..100 + length]);
    assert_eq!(server.filled(usize::MAX), None, "nothing is taken");
    assert_eq!(server.filled(length), None);
    assert_eq!(take(&mut server, &stream[100 + length..]), [format!("binary {:02x?}", vec![1; 10_000])]);
}

#[test]
fn the_limit_of_a_message_holds_in_parts_too() {
    let limits = Limits { message: 10, ..Limits::default() };
    let config = Config { limits, delivery: Delivery::Parts, ..Config::default() };
    let stream = [masked(frames::text("").fin(false)), masked(frames::continuation(b"01234567890"))].concat();
    let close = b"\x88\x0f\x03\xf1FRAME_TOO_BIG";
    check_with(|| Connection::server(config), &stream, &["violation FrameTooBig"], close);
}
