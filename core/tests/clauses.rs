//! Clauses of RFC 6455 and RFC 7692 about connections that no other test shows (`tests/spec`).
#![cfg(feature = "extension")]

use crate::feeding::every_way;
use ws101_core::{
    ClosePayload, Coding, Config, Connection, EncodeError, Entropy, Event, Frame, FrameHeader, MaskingKey,
    MessageExtension, Opcode, Place, Rsv, SendError, Unmasked, Violation, frames,
};

/// §5.1, §5.3: every frame, answers and fragments too.
#[test]
fn every_frame_of_a_client_is_masked_with_a_key_of_its_own() {
    let mut next = 0;
    let keys = || {
        next += 1;
        [next; 4]
    };
    let mut end = Connection::client(Config::default(), keys);
    end.send_text("Hello").unwrap();
    end.send_binary(b"").unwrap();
    end.ping(b"?").unwrap();
    end.send_frame(frames::text("He").fin(false)).unwrap();
    end.send_frame(frames::continuation(b"llo")).unwrap();
    let arrived = [frames::ping(b"!"), frames::close(&ClosePayload::EMPTY)].map(|frame| frame.to_vec().unwrap());
    let mut arrived = arrived.concat();
    let mut input = &mut arrived[..];
    while end.receive(&mut input).is_some() {}
    let mut bytes = end.outgoing();
    let mut seen = Vec::new();
    while let Some((header, length)) = FrameHeader::parse(bytes).unwrap() {
        seen.push((header.opcode, header.masking_key));
        bytes = &bytes[length + usize::try_from(header.payload_length).unwrap()..];
    }
    let key = |byte| Some(MaskingKey([byte; 4]));
    assert_eq!(
        seen,
        [
            (Opcode::Text, key(1)),
            (Opcode::Binary, key(2)),
            (Opcode::Ping, key(3)),
            (Opcode::Text, key(4)),
            (Opcode::Continuation, key(5)),
            (Opcode::Pong, key(6)),
            (Opcode::Close, key(7)),
        ]
    );
}

/// §5.4: one message after the other, whatever is asked for.
#[test]
fn messages_are_not_sent_within_each_other() {
    let mut server = Connection::server(Config::default());
    let refused = |error| Err(SendError::Frame(error));
    assert_eq!(server.send_frame(frames::continuation(b"x")), refused(EncodeError::UnexpectedContinuation));
    server.send_frame(frames::binary(b"a").fin(false)).unwrap();
    assert_eq!(server.send_text("x"), refused(EncodeError::MessageUnfinished));
    assert_eq!(server.send_binary(b"x"), refused(EncodeError::MessageUnfinished));
    for other in [frames::text("x"), frames::binary(b"x").fin(false)] {
        assert_eq!(server.send_frame(other), refused(EncodeError::MessageUnfinished));
    }
    server.ping(b"").unwrap();
    server.send_frame(frames::continuation(b"b").fin(false)).unwrap();
    server.send_frame(frames::continuation(b"c")).unwrap();
    server.send_text("d").unwrap();
    assert_eq!(server.outgoing(), b"\x02\x01a\x89\x00\x00\x01b\x80\x01c\x81\x01d");
}

/// §5.5.2: only a Close that came excuses from answering.
#[test]
fn a_ping_is_answered_after_our_own_close() {
    let mut stream = frames::ping(b"?").masked(MaskingKey([1; 4])).to_vec().unwrap();
    stream.extend(frames::close(&ClosePayload::EMPTY).masked(MaskingKey([2; 4])).to_vec().unwrap());
    stream.extend(frames::ping(b"!").masked(MaskingKey([3; 4])).to_vec().unwrap());
    every_way(&stream, |pieces| {
        let mut server = Connection::server(Config::default());
        server.close(None).unwrap();
        for piece in pieces {
            let mut piece = piece.to_vec();
            let mut input = &mut piece[..];
            while server.receive(&mut input).is_some() {}
        }
        assert_eq!(server.outgoing(), b"\x88\x00\x8a\x01?");
    });
}

/// §5.2, §5.5, §5.6: what a peer would have to refuse is not sent.
#[test]
fn frames_that_break_a_rule_are_not_sent() {
    let mut server = Connection::server(Config::default());
    for (frame, error) in [
        (frames::text("x").rsv(Rsv::RSV1), EncodeError::ReservedBits),
        (frames::ping(&[0; 126]), EncodeError::ControlFrameTooLong),
        (frames::pong(&[0; 126]), EncodeError::ControlFrameTooLong),
        (frames::ping(b"").fin(false), EncodeError::FragmentedControlFrame),
    ] {
        assert_eq!(server.send_frame(frame), Err(SendError::Frame(error)), "{frame:?}");
    }
    server.send_frame(frames::text("").fin(false)).unwrap();
    let sent = server.outgoing().to_vec();
    assert_eq!(
        server.send_frame(frames::continuation(b"\xe4\xbd")),
        Err(SendError::Frame(EncodeError::InvalidUtf8)),
        "a message that ends within a character"
    );
    assert_eq!(server.outgoing(), sent, "nothing of it is queued");
}

/// An extension that turns the bits of messages of more than one byte round and puts a byte at their end, with RSV1 as
/// permessage-deflate has it.
#[derive(Debug, Default)]
struct Turned {
    /// The last byte that came: the message's, or the one at its end.
    held: Option<u8>,
}

impl MessageExtension for Turned {
    fn rsv(&self) -> Rsv {
        Rsv::RSV1
    }

    fn begin_decode(&mut self, rsv: Rsv) -> Result<Coding, Violation> {
        self.held = None;
        Ok(if rsv == Rsv::RSV1 { Coding::Coded } else { Coding::Plain })
    }

    fn decode(&mut self, input: &mut &[u8], place: Place, out: &mut [u8]) -> Result<usize, Violation> {
        let mut written = 0;
        while let [byte, rest @ ..] = *input
            && written < out.len()
        {
            if let Some(held) = self.held.replace(*byte) {
                out[written] = !held;
                written += 1;
            }
            *input = rest;
        }
        let ended = input.is_empty() && place == Place::Last && written < out.len();
        if ended && self.held.take() != Some(b'.') { Err(Violation::CompressedDataInvalid) } else { Ok(written) }
    }

    fn begin_encode(&mut self, _opcode: Opcode, length: Option<usize>) -> (Rsv, Coding) {
        if length == Some(1) { (Rsv::NONE, Coding::Plain) } else { (Rsv::RSV1, Coding::Coded) }
    }

    fn encode(&mut self, input: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.extend(input.iter().map(|byte| !byte));
        if place == Place::Last {
            out.push(b'.');
        }
        Ok(())
    }
}

fn extended<E: Entropy>(connection: Connection<E>) -> Connection<E> {
    connection.with_extension(Box::new(Turned::default()))
}

fn server() -> Connection<Unmasked> {
    extended(Connection::server(Config::default()))
}

/// RFC 7692 §6.1, §6.2: compressed messages pass through the extension whole and in fragments, the others as they are.
#[test]
fn an_extension_has_the_payload_of_whole_messages_both_ways() {
    let mut server = server();
    server.send_text("Hi").unwrap();
    server.send_text("i").unwrap();
    server.send_frame(frames::binary(b"He").fin(false)).unwrap();
    server.ping(b"?").unwrap();
    server.send_frame(frames::continuation(b"llo")).unwrap();
    server.send_text("").unwrap();
    let sent = b"\xc1\x03\xb7\x96.\x81\x01i\x42\x02\xb7\x9a\x89\x01?\x80\x04\x93\x93\x90.\xc1\x01.";
    assert_eq!(server.outgoing(), sent);

    every_way(sent, |pieces| {
        let mut client = extended(Connection::client(Config::default(), || [1, 2, 3, 4]));
        let mut seen = Vec::new();
        for piece in pieces {
            let mut piece = piece.to_vec();
            let mut input = &mut piece[..];
            while let Some(event) = client.receive(&mut input) {
                seen.push(match event {
                    Event::Text(text) => format!("text {text}"),
                    Event::Binary(bytes) => format!("binary {}", bytes.escape_ascii()),
                    other => format!("{other:?}"),
                });
            }
        }
        assert_eq!(seen, ["text Hi", "text i", "Ping([63])", "binary Hello", "text "]);
    });
}

/// RFC 7692 §6.1: not on control frames, not on the fragments after the first.
#[test]
fn the_bit_of_an_extension_stands_on_first_frames_alone() {
    let masked = |frame: Frame<'_>| frame.masked(MaskingKey([1, 2, 3, 4])).to_vec().unwrap();
    let begun = masked(frames::text("").fin(false).rsv(Rsv::RSV1));
    for (before, frame) in [
        (&[][..], frames::ping(b"").rsv(Rsv::RSV1)),
        (&[], frames::pong(b"").rsv(Rsv::RSV1)),
        (&[], frames::close(&ClosePayload::EMPTY).rsv(Rsv::RSV1)),
        (&begun, frames::ping(b"").rsv(Rsv::RSV1)),
        (&begun, frames::continuation(b"").fin(false).rsv(Rsv::RSV1)),
        (&begun, frames::continuation(b".").rsv(Rsv::RSV1)),
    ] {
        every_way(&[before, &masked(frame)].concat(), |pieces| {
            let mut server = server();
            let mut events = Vec::new();
            for piece in pieces {
                let mut piece = piece.to_vec();
                let mut input = &mut piece[..];
                while let Some(event) = server.receive(&mut input) {
                    events.push(match event {
                        Event::Violation(error) => Ok(error.violation),
                        other => Err(format!("{other:?}")),
                    });
                }
            }
            assert_eq!(events, [Ok(Violation::ReservedBits)], "{frame:?}");
        });
    }
    // What is sent: the bit is the connection's to set, and only where a message begins.
    let mut server = server();
    for frame in [frames::text("x"), frames::ping(b""), frames::continuation(b"")] {
        assert_eq!(
            server.send_frame(frame.rsv(Rsv::RSV1)),
            Err(SendError::Frame(EncodeError::ReservedBits)),
            "{frame:?}"
        );
    }
    server.send_frame(frames::text("a").fin(false)).unwrap();
    server.pong(b"").unwrap();
    server.send_frame(frames::continuation(b"b")).unwrap();
    server.close(None).unwrap();
    let first_bytes: Vec<u8> = [0_usize, 3, 5, 9].iter().map(|&at| server.outgoing()[at]).collect();
    assert_eq!(first_bytes, [0x41, 0x8a, 0x80, 0x88]);
}
