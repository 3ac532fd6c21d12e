//! What other implementations of the protocol were found to do wrong with frames and messages, and that it is not done
//! here: in either role where either can meet it; whole, at every split and byte by byte.
#![cfg(feature = "alloc")]

use crate::feeding::every_way;
use ws101_core::forge::{Header, LengthForm};
use ws101_core::{
    Config, Connection, Delivery, Entropy, Event, Frame, FrameDecoder, FrameHeader, Limits, MaskingKey, Opcode, Role,
    Rsv, State, TransportAction, Unmasked, Violation, frames,
};

const KEY: MaskingKey = MaskingKey([0x37, 0xfa, 0x21, 0x3d]);

fn server(limits: Limits) -> Connection<Unmasked> {
    Connection::server(Config { limits, ..Config::default() })
}

fn client(limits: Limits) -> Connection<impl Entropy> {
    Connection::client(Config { limits, ..Config::default() }, || KEY.0)
}

fn message_limit(message: u64) -> Limits {
    Limits { message, frame: u64::MAX, ..Limits::default() }
}

/// Everything that a connection says of `pieces`, as text, and what it is then to write and to do.
fn converse<E: Entropy>(
    mut end: Connection<E>,
    pieces: &mut dyn Iterator<Item = &[u8]>,
) -> (Vec<String>, Connection<E>) {
    let mut said = Vec::new();
    for piece in pieces {
        let mut piece = piece.to_vec();
        let mut input = &mut piece[..];
        while let Some(event) = end.receive(&mut input) {
            said.push(match event {
                Event::Text(text) => text.into_owned(),
                Event::Part(part) => format!("{} bytes of a part", part.payload.len()),
                Event::Binary(bytes) => format!("{} bytes", bytes.len()),
                Event::Violation(error) => format!("{:?}", error.violation),
                other => format!("{other:?}"),
            });
        }
    }
    (said, end)
}

/// A server within `limits` that reads `bytes` says this, however they arrive. Where the last word is a violation, it
/// tells the peer so and is done.
fn server_says(limits: Limits, bytes: &[u8], expected: &[&str]) {
    every_way(bytes, |pieces| {
        let (said, end) = converse(server(limits), pieces);
        assert_eq!(said, expected, "{bytes:02x?}");
        if let Some(violation) = violation_of(expected) {
            assert_failed(end, violation, 0);
        }
    });
}

fn client_says(limits: Limits, bytes: &[u8], expected: &[&str]) {
    every_way(bytes, |pieces| {
        let (said, end) = converse(client(limits), pieces);
        assert_eq!(said, expected, "{bytes:02x?}");
        if let Some(violation) = violation_of(expected) {
            assert_failed(end, violation, 4);
        }
    });
}

fn violation_of(said: &[&str]) -> Option<Violation> {
    let last = said.last()?;
    Violation::ALL.iter().copied().find(|violation| format!("{violation:?}") == *last)
}

/// A Close with the violation's code is outgoing, its status code `key` bytes behind the header; then the transport is
/// to be closed.
fn assert_failed<E: Entropy>(mut end: Connection<E>, violation: Violation, key: usize) {
    let outgoing = end.outgoing().to_vec();
    let close = outgoing.len() - 2 - key - 2 - violation.rule().code.len();
    assert_eq!(outgoing[close], 0x88, "a Close is the last frame");
    let mut code = [outgoing[close + 2 + key], outgoing[close + 3 + key]];
    if key > 0 {
        ws101_core::apply_mask(&mut code, KEY, 0);
    }
    assert_eq!(u16::from_be_bytes(code), violation.status_code().0);
    assert_eq!((end.state(), end.transport_action()), (State::Failed, TransportAction::Continue));
    end.sent(outgoing.len());
    assert_eq!(end.transport_action(), TransportAction::Close);
}

fn masked(frame: Frame<'_>) -> Vec<u8> {
    frame.masked(KEY).to_vec().unwrap()
}

fn unmasked(frame: Frame<'_>) -> Vec<u8> {
    frame.to_vec().unwrap()
}

/// A header that no strict encoder writes, and a payload that is masked as the header says.
fn forged(header: Header, payload: &[u8]) -> Vec<u8> {
    let mut bytes = [0; Header::MAX_LENGTH];
    let length = header.encode(&mut bytes);
    let mut payload = payload.to_vec();
    if let Some(key) = header.masking_key {
        ws101_core::apply_mask(&mut payload, key, 0);
    }
    [&bytes[..length], &payload].concat()
}

/// A codec with borrowed messages checked a text message only when its frame lay whole in one read: in two reads it gave
/// out a `&str` that was not UTF-8. Others never check, or check on one path of several.
#[test]
fn text_that_is_not_utf8_on_every_path() {
    let long = "a text of some length, more than fifty bytes of it: 你好";
    let mut cases: Vec<Vec<u8>> = Vec::new();
    for place in [0, 20, 50, long.len() - 1] {
        let mut bytes = long.as_bytes().to_vec();
        bytes[place] = 0xff;
        cases.push(bytes);
    }
    cases.push(long.as_bytes()[..long.len() - 1].to_vec());
    for text in [&b"\xc0\xaf"[..], b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xe4\xbd"] {
        cases.push(text.to_vec());
    }
    for text in &cases {
        let whole = Frame::new(Opcode::Text, text);
        server_says(Limits::default(), &masked(whole), &["InvalidUtf8"]);
        client_says(Limits::default(), &unmasked(whole), &["InvalidUtf8"]);
        for cut in 0..=text.len() {
            let (first, rest) = (Frame::new(Opcode::Text, &text[..cut]).fin(false), frames::continuation(&text[cut..]));
            // Whole only: the pieces of a stream are the business of `whole`.
            let stream = [masked(first), masked(rest)].concat();
            let (said, end) = converse(server(Limits::default()), &mut [&stream[..]].into_iter());
            assert_eq!(said, ["InvalidUtf8"], "cut at {cut}");
            assert_failed(end, Violation::InvalidUtf8, 0);
        }
        let (half, behind) = text.split_at(text.len() / 2);
        let between = [
            masked(Frame::new(Opcode::Text, half).fin(false)),
            masked(frames::pong(b"")),
            masked(frames::continuation(behind)),
        ];
        every_way(&between.concat(), |pieces| {
            let (said, end) = converse(server(Limits::default()), pieces);
            assert_eq!(said.last().map(String::as_str), Some("InvalidUtf8"));
            assert_failed(end, Violation::InvalidUtf8, 0);
        });
    }
    // In parts, as they arrive: what was handed on before is text, and the first byte that is none ends it.
    for text in &cases {
        every_way(&masked(Frame::new(Opcode::Text, text)), |pieces| {
            let config = Config { delivery: Delivery::Parts, ..Config::default() };
            let (said, end) = converse(Connection::server(config), pieces);
            let (last, parts) = said.split_last().unwrap();
            assert_eq!(last, "InvalidUtf8");
            assert!(parts.iter().all(|part| part.ends_with("of a part")), "{parts:?}");
            assert_failed(end, Violation::InvalidUtf8, 0);
        });
    }
    server_says(Limits::default(), &masked(frames::text(long)), &[long]);
    client_says(Limits::default(), &unmasked(frames::text(long)), &[long]);
    // A character over two frames, and one over two reads, are text.
    let cut = long.len() - 2;
    let first = Frame::new(Opcode::Text, &long.as_bytes()[..cut]).fin(false);
    let halves = [masked(first), masked(frames::continuation(&long.as_bytes()[cut..]))].concat();
    server_says(Limits::default(), &halves, &[long]);
}

/// A tool for clients and servers reserved memory for what a frame announced: fourteen bytes ended the program with
/// "capacity overflow". Others wait for such a frame for ever.
#[test]
fn a_length_of_two_to_the_63_and_one() {
    let unlimited = message_limit(u64::MAX);
    let header = Header {
        length_form: LengthForm::Bits64,
        payload_length: (1 << 63) + 1,
        masking_key: Some(KEY),
        ..Header::text(0)
    };
    let bytes = forged(header, &[]);
    assert_eq!(bytes.len(), 14);
    server_says(unlimited, &bytes, &["LengthHighBit"]);
    client_says(unlimited, &forged(Header { masking_key: None, ..header }, &[]), &["LengthHighBit"]);
    // The longest length that may be announced takes no memory either.
    let longest = Header { payload_length: i64::MAX.unsigned_abs(), ..header };
    for opcode in [Opcode::Text, Opcode::Binary] {
        let mut bytes = forged(Header { opcode: opcode.bits(), ..longest }, b"Hello");
        let mut end = server(unlimited);
        assert_eq!(end.receive(&mut &mut bytes[..]), None, "five bytes came of 2^63 − 1");
        assert!(end.message_buffer().is_none_or(|room| room.len() <= 1 << 16), "as much as has come is believed");
        assert_eq!(end.state(), State::Open);
    }
    server_says(Limits::default(), &forged(longest, &[]), &["FrameTooBig"]);
}

/// Four servers and a framework took frames of a client that were not masked (§5.1), one of them by default.
#[test]
fn unmasked_frames_of_a_client() {
    for opcode in [Opcode::Text, Opcode::Binary, Opcode::Ping, Opcode::Pong, Opcode::Close] {
        for payload in [&b""[..], b"\x03\xe8"] {
            server_says(Limits::default(), &unmasked(Frame::new(opcode, payload)), &["UnmaskedFrame"]);
        }
    }
    let second = [masked(frames::text("a")), unmasked(frames::text("b"))].concat();
    server_says(Limits::default(), &second, &["a", "UnmaskedFrame"]);
}

/// A server that sends back what it read without taking the mask off; a client must not read it as text (§5.1).
#[test]
fn masked_frames_of_a_server() {
    for opcode in [Opcode::Text, Opcode::Binary, Opcode::Ping, Opcode::Pong, Opcode::Close] {
        for payload in [&b""[..], b"\x03\xe8"] {
            client_says(Limits::default(), &masked(Frame::new(opcode, payload)), &["MaskedFrame"]);
        }
    }
}

/// The limit of 125 bytes was applied to pings alone: pongs and Closes of 126 were taken by two servers, pongs by a third
/// (§5.5).
#[test]
fn control_frames_of_126_bytes() {
    for opcode in [Opcode::Close, Opcode::Ping, Opcode::Pong] {
        for (length_form, payload_length) in
            [(LengthForm::Bits16, 126), (LengthForm::Bits64, 126), (LengthForm::Bits16, 5)]
        {
            let header = Header {
                opcode: opcode.bits(),
                length_form,
                payload_length,
                masking_key: Some(KEY),
                ..Header::text(0)
            };
            let payload = [&b"\x03\xe8"[..], &[b'x'; 124]].concat();
            server_says(Limits::default(), &forged(header, &payload), &["ControlFrameTooLong"]);
            let header = Header { masking_key: None, ..header };
            client_says(Limits::default(), &forged(header, &payload), &["ControlFrameTooLong"]);
        }
    }
    let longest = [b'x'; 125];
    let event = format!("Pong({longest:?})");
    server_says(Limits::default(), &masked(frames::pong(&longest)), &[&event]);
}

/// A limit that each frame was held to and the message was not: fragments without end fill the memory.
#[test]
fn fragments_that_together_are_over_the_limit() {
    let limits = message_limit(10);
    let begin = masked(frames::text("01234").fin(false));
    let fits = [&begin[..], &masked(frames::continuation(b"56789"))].concat();
    server_says(limits, &fits, &["0123456789"]);
    let over = [&begin[..], &masked(frames::continuation(b"56789x"))].concat();
    server_says(limits, &over, &["MessageTooBig"]);
    let many = [begin, masked(frames::continuation(b"5").fin(false)).repeat(6)].concat();
    server_says(limits, &many, &["MessageTooBig"]);
    server_says(limits, &masked(frames::text("0123456789x")), &["FrameTooBig"]);
    // What one message used, the next has again.
    server_says(limits, &[&fits[..], &fits].concat(), &["0123456789", "0123456789"]);
}

/// A length that is cast to 32 bits before it is compared: 2^32 + 5 passes for 5, and what follows is read as frames.
#[test]
fn a_length_beyond_32_bits() {
    let payload_length = (1 << 32) + 5;
    let header = Header { length_form: LengthForm::Bits64, payload_length, masking_key: Some(KEY), ..Header::text(0) };
    let bytes = [forged(header, b"Hello"), masked(frames::text("smuggled"))].concat();
    every_way(&bytes, |pieces| {
        let mut decoder = FrameDecoder::new(Role::Server).payload_limit(1 << 40);
        let mut received = 0;
        for piece in pieces {
            let mut piece = piece.to_vec();
            let mut input = &mut piece[..];
            while let Some(part) = decoder.decode(&mut input).unwrap() {
                assert_eq!((part.header.payload_length, part.frame_start), (payload_length, 0), "it is one frame");
                assert!(!part.is_last());
                received = part.offset + part.payload.len() as u64;
            }
        }
        assert_eq!(received, bytes.len() as u64 - 14);
    });
    every_way(&bytes, |pieces| {
        let mut decoder = FrameDecoder::new(Role::Server).payload_limit(10);
        let mut errors = pieces.filter_map(|piece| decoder.decode(&mut &mut piece.to_vec()[..]).err());
        assert_eq!(errors.next().map(|error| error.violation), Some(Violation::FrameTooBig));
    });
    server_says(message_limit(10), &bytes, &["FrameTooBig"]);
    // As the second frame of a message, with the sum beyond 32 bits, and beyond 64.
    for payload_length in [(1 << 32) + 5, i64::MAX.unsigned_abs()] {
        let more = Header { opcode: 0, payload_length, ..header };
        let bytes = [masked(frames::binary(b"01234").fin(false)), forged(more, &[])].concat();
        let (said, _) = converse(server(message_limit(payload_length)), &mut [&bytes[..]].into_iter());
        assert_eq!(said, ["MessageTooBig"]);
    }
}

/// A server took RSV1 with no extension agreed on (§5.2): compressed bytes came out as a message.
#[test]
fn rsv1_without_an_extension() {
    for rsv in [Rsv::RSV1, Rsv::from_bits(0b010), Rsv::from_bits(0b001), Rsv::from_bits(0b111)] {
        for frame in [frames::text("x"), frames::binary(b""), frames::text("x").fin(false), frames::ping(b"")] {
            server_says(Limits::default(), &masked(frame.rsv(rsv)), &["ReservedBits"]);
            client_says(Limits::default(), &unmasked(frame.rsv(rsv)), &["ReservedBits"]);
        }
    }
}

/// Of eighteen codecs three refused a length in a longer form than it needs (§5.2).
#[test]
fn lengths_that_are_not_in_their_shortest_form() {
    let least_in_64 = 65_536;
    for (length_form, payload_length) in [
        (LengthForm::Bits16, 0),
        (LengthForm::Bits16, 125),
        (LengthForm::Bits64, 0),
        (LengthForm::Bits64, 125),
        (LengthForm::Bits64, 126),
        (LengthForm::Bits64, least_in_64 - 1),
    ] {
        let header = Header { length_form, payload_length, masking_key: Some(KEY), ..Header::text(0) };
        server_says(Limits::default(), &forged(header, &[]), &["LengthNotMinimal"]);
        client_says(Limits::default(), &forged(Header { masking_key: None, ..header }, &[]), &["LengthNotMinimal"]);
    }
    for (length, header) in [(126, 4), (65_535, 4), (65_536, 10)] {
        let bytes = unmasked(frames::binary(&vec![0; length]));
        let (parsed, taken) = FrameHeader::parse(&bytes).unwrap().unwrap();
        assert_eq!((parsed.payload_length, taken), (length as u64, header), "what needs the longer form has it");
    }
}

/// Closes with a body of one byte, or with 1005, which stands for "no code was there", were taken (§5.5.1, §7.4.1).
#[test]
fn close_frames_that_are_none() {
    for (body, violation) in [
        (&b"\x03"[..], "CloseBodyTooShort"),
        (b"\x03\xed", "CloseStatusNotAllowed"), // 1005
        (b"\x03\xee", "CloseStatusNotAllowed"), // 1006
        (b"\x03\xf7", "CloseStatusNotAllowed"), // 1015
        (b"\x00\x00", "CloseStatusNotAllowed"),
        (b"\x03\xe8\xff", "CloseReasonInvalidUtf8"),
    ] {
        server_says(Limits::default(), &masked(Frame::new(Opcode::Close, body)), &[violation]);
        client_says(Limits::default(), &unmasked(Frame::new(Opcode::Close, body)), &[violation]);
    }
}

/// Control frames in fragments (§5.5).
#[test]
fn fragmented_control_frames() {
    for opcode in [Opcode::Close, Opcode::Ping, Opcode::Pong] {
        let header = Header { fin: false, opcode: opcode.bits(), masking_key: Some(KEY), ..Header::text(1) };
        let bytes = [forged(header, b"x"), masked(frames::continuation(b"y"))].concat();
        server_says(Limits::default(), &bytes, &["FragmentedControlFrame"]);
        client_says(
            Limits::default(),
            &forged(Header { masking_key: None, ..header }, b"x"),
            &["FragmentedControlFrame"],
        );
    }
}

/// A continuation without a beginning, and a message within another (§5.4).
#[test]
fn continuations_of_nothing_and_messages_within_messages() {
    server_says(Limits::default(), &masked(frames::continuation(b"x")), &["UnexpectedContinuation"]);
    server_says(Limits::default(), &masked(frames::continuation(b"").fin(false)), &["UnexpectedContinuation"]);
    let after = [masked(frames::text("a")), masked(frames::continuation(b"b"))].concat();
    server_says(Limits::default(), &after, &["a", "UnexpectedContinuation"]);
    for second in [frames::text("b"), frames::binary(b"b")] {
        let within = [masked(frames::text("a").fin(false)), masked(second)].concat();
        server_says(Limits::default(), &within, &["MessageUnfinished"]);
    }
}

/// Opcode 3 was taken for data.
#[test]
fn reserved_opcodes() {
    for opcode in (3..8).chain(11..16) {
        for fin in [false, true] {
            let header = Header { fin, opcode, masking_key: Some(KEY), ..Header::text(1) };
            server_says(Limits::default(), &forged(header, b"x"), &["ReservedOpcode"]);
            client_says(Limits::default(), &forged(Header { masking_key: None, ..header }, b"x"), &["ReservedOpcode"]);
        }
    }
}

/// Tutorials cut text into pieces of 125 bytes and send each as a message (a character in two), use the text's length in
/// characters, write a NUL or an empty line too many behind the head, answer a Close as text, and read one frame a read.
#[test]
fn what_tutorials_teach_to_send() {
    let text = "你".repeat(42);
    let pieces: Vec<u8> =
        text.as_bytes().chunks(125).flat_map(|piece| unmasked(Frame::new(Opcode::Text, piece))).collect();
    client_says(Limits::default(), &pieces, &["InvalidUtf8"]);
    client_says(Limits::default(), b"\x00\x81\x05Hello", &["UnexpectedContinuation"]);
    client_says(Limits::default(), b"\r\n\x81\x05Hello", &["ReservedOpcode"]);
    client_says(Limits::default(), b"\x81\x02\x03\xe8", &["InvalidUtf8"]);
    client_says(Limits::default(), b"HTTP/1.1 101 Switching Protocols\r\n", &["ReservedBits"]);
    // An empty text message is no Close: without one the connection is lost, not closed.
    let (said, mut end) = converse(client(Limits::default()), &mut [&b"\x81\x00"[..]].into_iter());
    assert_eq!(said, [""]);
    end.transport_ended();
    assert_eq!(end.state(), State::Lost);
    // 126 bytes are the first that need the longer form; two frames in one read are two messages.
    for text in ["x".repeat(126), text] {
        let twice = masked(frames::text(&text)).repeat(2);
        server_says(Limits::default(), &twice, &[&text, &text]);
    }
}
