//! Small streams, whole and cut where something ends or begins: short enough for Miri, which runs them with
//! `cargo xtask test miri`. Every other place of a cut, and longer streams, are for the other tests and for fuzzing.
#![cfg(all(feature = "std", feature = "hixie76"))]

use ws101_core::handshake::{ClientRequest, Key, OriginPolicy, UpgradeRequest};
use ws101_core::{
    Close, Config, Connection, Delivery, Entropy, Event, FrameDecoder, HeadReader, MaskingKey, Opcode, Role,
    StatusCode, Utf8Validator, Violation, apply_mask, copy_masked, frames, hixie76, inspect,
};

const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// Calls `feed` with `bytes` whole, byte by byte, and in two at each of these places.
fn every_boundary(bytes: &[u8], places: &[usize], mut feed: impl FnMut(&[&[u8]])) {
    feed(&[bytes]);
    feed(&bytes.chunks(1).collect::<Vec<_>>());
    for place in places {
        let (first, second) = bytes.split_at(*place);
        feed(&[first, second]);
    }
}

fn describe(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => format!("text {text}"),
        Event::Binary(bytes) => format!("binary {}", bytes.escape_ascii()),
        Event::Part(part) => format!("part {} {}", part.payload.escape_ascii(), part.last),
        Event::Ping(bytes) => format!("ping {}", bytes.escape_ascii()),
        Event::Pong(bytes) => format!("pong {}", bytes.escape_ascii()),
        Event::Close { code, reason } => format!("close {:?} {reason}", code.map(|code| code.0)),
        Event::Violation(error) => format!("violation {:?}", error.violation),
    }
}

/// Reads a piece, into the message's own memory where that is offered.
fn take<E: Entropy>(connection: &mut Connection<E>, piece: &[u8]) -> Vec<String> {
    let (mut told, mut piece) = (Vec::new(), piece);
    while let Some(room) = connection.message_buffer() {
        let length = room.len().min(piece.len());
        if length == 0 {
            break;
        }
        room[..length].copy_from_slice(&piece[..length]);
        piece = &piece[length..];
        if let Some(event) = connection.filled(length) {
            told.push(describe(&event));
            connection.recycle(event);
        }
    }
    let mut bytes = piece.to_vec();
    let mut input = &mut bytes[..];
    while let Some(event) = connection.receive(&mut input) {
        told.push(describe(&event));
        connection.recycle(event);
    }
    told
}

/// A conversation of one end: text with a character in two fragments, a ping between them, a long message, a Close.
fn talk<E: Entropy>(connection: &mut Connection<E>) -> Vec<u8> {
    let greek = "κόσμε".as_bytes();
    connection.send_frame(frames::text("Hello ").fin(false)).unwrap();
    connection.ping(b"?").unwrap();
    connection.send_frame(ws101_core::Frame::new(Opcode::Continuation, &greek[..3]).fin(false)).unwrap();
    connection.send_frame(frames::continuation(&greek[3..])).unwrap();
    connection.send_binary(&[b'.'; 130]).unwrap();
    connection.close(Some(Close { code: StatusCode(1000), reason: "bye" })).unwrap();
    let bytes = connection.outgoing().to_vec();
    connection.sent(bytes.len());
    connection.shrink();
    bytes
}

#[test]
fn a_conversation_in_both_directions() {
    let expected = [
        "ping ?".to_owned(),
        "text Hello κόσμε".to_owned(),
        format!("binary {}", ".".repeat(130)),
        "close Some(1000) bye".to_owned(),
    ];
    let from_server = talk(&mut Connection::server(Config::default()));
    let places = [1, 2, 8, 9, 11, 13, 14, 16, 25, 27, 29, 90, 159, 160];
    every_boundary(&from_server, &places, |pieces| {
        let mut client = Connection::client(Config::default(), || KEY);
        let told: Vec<String> = pieces.iter().flat_map(|piece| take(&mut client, piece)).collect();
        assert_eq!(told, expected);
    });
    let from_client = talk(&mut Connection::client(Config::default(), || KEY));
    every_boundary(&from_client, &[1, 2, 6, 7, 12, 14, 19, 26, 33, 43, 100], |pieces| {
        let mut server = Connection::server(Config::default());
        let told: Vec<String> = pieces.iter().flat_map(|piece| take(&mut server, piece)).collect();
        assert_eq!(told, expected);
        assert_eq!(server.outgoing(), b"\x8a\x01?\x88\x02\x03\xe8");
    });
}

#[test]
fn parts_are_lent_from_the_input() {
    let config = Config { delivery: Delivery::Parts, ..Config::default() };
    let stream = frames::text("Hello").masked(MaskingKey(KEY)).to_vec().unwrap();
    let mut server = Connection::server(config);
    assert_eq!(take(&mut server, &stream[..8]), ["part He false"]);
    assert_eq!(take(&mut server, &stream[8..]), ["part llo true"]);
}

#[test]
fn each_rule_of_frames() {
    let broken: [(&[u8], Violation); 8] = [
        (b"\xc1\x00", Violation::ReservedBits),
        (b"\x83\x00", Violation::ReservedOpcode),
        (b"\x81\x80", Violation::MaskedFrame),
        (b"\x81\x7e\x00\x7d", Violation::LengthNotMinimal),
        (b"\x82\x7f\x80", Violation::LengthHighBit),
        (b"\x09\x00", Violation::FragmentedControlFrame),
        (b"\x89\x7e", Violation::ControlFrameTooLong),
        (b"\x80\x00", Violation::UnexpectedContinuation),
    ];
    for (bytes, violation) in broken {
        every_boundary(bytes, &[1], |pieces| {
            let mut decoder = FrameDecoder::new(Role::Client);
            let error = pieces.iter().find_map(|piece| decoder.decode(&mut &mut piece.to_vec()[..]).err());
            assert_eq!(error.map(|error| error.violation), Some(violation), "{bytes:02x?}");
        });
    }
}

#[test]
fn masking_at_every_alignment() {
    let bytes: Vec<u8> = (0..=255).collect();
    for (start, length) in [(0, 0), (0, 3), (1, 7), (2, 16), (3, 33), (5, 64), (7, 100), (0, 256)] {
        for offset in 0..4_u64 {
            let key = |at: usize| KEY[(usize::try_from(offset).unwrap() + at) % 4];
            let expected: Vec<u8> =
                bytes[start..start + length].iter().enumerate().map(|(at, byte)| byte ^ key(at)).collect();
            let mut masked = bytes.clone();
            apply_mask(&mut masked[start..start + length], MaskingKey(KEY), offset);
            assert_eq!(masked[start..start + length], expected);
            let mut copied = vec![0; 300];
            copy_masked(&bytes[start..start + length], &mut copied[start..], MaskingKey(KEY), offset);
            assert_eq!(copied[start..start + length], expected);
        }
    }
}

#[test]
fn text_cut_within_a_character() {
    // Longer than what one step of the validator takes.
    let text = "aκ你😀".repeat(16);
    every_boundary(text.as_bytes(), &[2, 4, 8, 64, 65, 128], |pieces| {
        let mut validator = Utf8Validator::new();
        assert!(pieces.iter().all(|piece| validator.receive(piece).is_ok()) && validator.is_complete());
    });
    let mut wrong = text.into_bytes();
    wrong[100] = 0xff;
    let error = Utf8Validator::new().receive(&wrong).unwrap_err();
    assert_eq!(error.offset, 100);
}

#[test]
fn an_opening_handshake() {
    let request =
        ClientRequest::new("example.com", "/chat", Key::from_nonce(*b"the sample nonce")).subprotocols(&["chat"]);
    let mut head = vec![0; request.encoded_len().unwrap()];
    request.write(&mut head).unwrap();
    head.extend_from_slice(b"\x81\x80");
    let end = head.len() - 2;
    every_boundary(&head, &[1, 16, end - 3, end - 2, end - 1, end, end + 1], |pieces| {
        let mut reader = HeadReader::new([0; 512]);
        let mut left = 0;
        for mut input in pieces.iter().copied() {
            if !reader.is_complete() {
                reader.receive(&mut input).unwrap();
            }
            left += input.len();
        }
        assert_eq!((reader.bytes(), left), (&head[..end], 2));
    });
    let read = UpgradeRequest::verify(&head[..end], OriginPolicy::Any).unwrap();
    let mut answer = [0; 512];
    let length = read.response().subprotocol(Some("chat")).write(&mut answer).unwrap();
    assert_eq!(request.verify_response(&answer[..length]).unwrap().subprotocol(), Some("chat"));
    let mut fields = 0;
    inspect::request(&head[..end], &mut |_| fields += 1);
    assert!(fields > 5);
}

#[test]
fn the_protocol_of_2010() {
    let stream = b"\x00Hello\xff\x00\xce\xba\xff\xff\x00";
    every_boundary(stream, &[1, 6, 7, 9, 11], |pieces| {
        let mut decoder = hixie76::Decoder::new();
        let (mut text, mut ended) = (Vec::new(), 0);
        for mut piece in pieces.iter().copied() {
            while let Some(part) = decoder.decode(&mut piece).unwrap() {
                text.extend_from_slice(part.payload);
                ended += usize::from(part.last);
            }
        }
        assert_eq!((text.as_slice(), ended, decoder.is_closed()), ("Helloκ".as_bytes(), 3, true));
    });
}
