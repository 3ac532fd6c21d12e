//! Clauses of RFC 6455 about what a connection sends, which no other test shows (`tests/spec/rfc6455.toml`).
#![cfg(feature = "alloc")]

use ws101_core::{
    ClosePayload, Config, Connection, EncodeError, FrameHeader, MaskingKey, Opcode, Rsv, SendError, frames,
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
