//! permessage-deflate, on connections and in recorded bytes.

use ws101_core::deflate::{Agreement, Options, PermessageDeflate};
use ws101_core::{Coding, MessageExtension, Opcode, Place, Role, Rsv};

use crate::peer::{Peer, close, field};
use crate::program::{Run, ws101};

/// RFC 7692 §7.2.3.1 and §7.2.3.2: "Hello" compressed, and compressed again with the window that is left of it.
const HELLO: &[u8] = b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00";
const AGAIN: &[u8] = b"\xc1\x05\xf2\x00\x11\x00\x00";

const TAKEN: &str = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

/// The codec of a server.
fn codec() -> PermessageDeflate {
    PermessageDeflate::new(Role::Server, Agreement::default(), Options::default())
}

fn inflate(codec: &mut PermessageDeflate, mut payload: &[u8]) -> Vec<u8> {
    assert_eq!(codec.begin_decode(Rsv::RSV1), Ok(Coding::Coded));
    let (mut inflated, mut out) = (Vec::new(), vec![0; 4096]);
    loop {
        let length = codec.decode(&mut payload, Place::Last, &mut out).unwrap();
        inflated.extend_from_slice(&out[..length]);
        if payload.is_empty() && length < out.len() {
            return inflated;
        }
    }
}

#[test]
fn compressed_messages_go_both_ways() {
    let line = "all work and no play ".repeat(10);
    let expected = line.clone();
    let peer = Peer::start(move |talk| {
        let request = talk.accept(TAKEN);
        let offer = field(&request, "Sec-WebSocket-Extensions");
        assert_eq!(offer, Some("permessage-deflate; client_max_window_bits"));
        talk.send([HELLO, AGAIN].concat());
        let mut codec = codec();
        for _ in 0..2 {
            let (first, _, payload) = talk.frame();
            assert_eq!(first, 0xc1);
            assert!(payload.len() < 60, "{} bytes", payload.len());
            assert_eq!(inflate(&mut codec, &payload), expected.as_bytes());
        }
        talk.send(close(1000, ""));
        talk.until_close();
    });
    let run = peer.meets(&["--frames"], format!("{line}\n{line}\n"));
    run.says(
        0,
        &["), permessage-deflate\n", "< text FIN RSV1 7 bytes: f2 48 cd c9 c9 07 00\n", "> text FIN RSV1 masked "],
    );
    assert_eq!(run.stdout, "Hello\nHello\n");
}

#[test]
fn what_was_not_offered_cannot_be_taken() {
    let peer = Peer::start(|talk| {
        let request = talk.accept("");
        assert_eq!(field(&request, "Sec-WebSocket-Extensions"), None);
        talk.send(close(1000, ""));
        talk.until_close();
    });
    peer.meets(&["--no-deflate"], "").says(0, &[]);
    for (arguments, answer, code) in [
        (&["--no-deflate"][..], "permessage-deflate", "RESPONSE_EXTENSION_NOT_OFFERED"),
        (&[], "permessage-deflate; window=9", "RESPONSE_DEFLATE_PARAMETER_UNKNOWN"),
        (&[], "permessage-deflate, permessage-deflate", "RESPONSE_DEFLATE_DUPLICATE"),
        (&[], "permessage-deflate; server_max_window_bits=7", "RESPONSE_DEFLATE_PARAMETER_VALUE"),
    ] {
        let peer = Peer::start(move |talk| {
            talk.accept(&format!("Sec-WebSocket-Extensions: {answer}\r\n"));
            talk.rest();
        });
        peer.meets(arguments, "").says(5, &[code, "Fix: "]);
    }
}

#[test]
fn compressed_data_is_judged_too() {
    let mut long = Vec::new();
    let mut codec = codec();
    codec.begin_encode(Opcode::Text, Some(1_000_000));
    codec.encode(&vec![b'x'; 1_000_000], Place::Last, &mut long).unwrap();
    let bomb = [&[0xc1, 0x7e], &u16::try_from(long.len()).unwrap().to_be_bytes()[..], &long].concat();
    for (frame, code, status) in [
        (b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\xff".to_vec(), "MESSAGE_DEFLATE_INVALID", 1007),
        (bomb, "MESSAGE_TOO_BIG", 1009),
        (b"\x41\x03\xf2\x48\xcd\xc0\x04\xc9\xc9\x07\x00".to_vec(), "FRAME_RESERVED_BITS", 1002),
    ] {
        let peer = Peer::start(move |talk| {
            talk.accept(TAKEN);
            talk.send(&frame);
            talk.expect_close(status);
            talk.rest();
        });
        peer.meets_silence(&["--max-message", "1000"]).says(5, &[code]);
    }
}

fn decode(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    ws101(&[&["decode", "--format", "raw"], arguments].concat(), input)
}

#[test]
fn recorded_messages_are_inflated() {
    let both = [HELLO, AGAIN].concat();
    let run = decode(&["--deflate"], &both);
    run.says(0, &[]);
    assert_eq!(run.stdout.matches("  = inflated, 5 bytes: \"Hello\"\n").count(), 2, "{run:?}");
    let run = decode(
        &["--deflate", "--json"],
        [&b"\x41\x03\xf2\x48\xcd\x89\x00\x80\x04\xc9\xc9\x07\x00"[..], AGAIN].concat(),
    );
    run.says(0, &[]);
    let inflated: Vec<_> = run.events().iter().map(|event| event["inflated"]["text"].clone()).collect();
    assert_eq!(inflated[1..5], [().into(), ().into(), "Hello".into(), "Hello".into()] as [serde_json::Value; 4]);
    // Without the window of the first message the second means nothing.
    let run = decode(&["--deflate=server_no_context_takeover"], &both);
    run.says(1, &[]);
    assert!(run.stdout.contains("MESSAGE_DEFLATE_INVALID, RFC 7692 §7.2.2"), "{run:?}");
    // The other direction has a window of its own.
    let mut masked = both.clone();
    for (at, length) in [(9, 5), (0, 7)] {
        masked[at + 1] |= 0x80;
        masked.splice(at + 2..at + 2, [0; 4]);
        assert_eq!(usize::from(masked[at + 1] & 0x7f), length);
    }
    decode(&["--deflate=server_no_context_takeover"], &masked).says(0, &["as by a server"]);
    decode(&["--deflate=client_no_context_takeover"], &masked).says(1, &[]);
    // A binary message, and one that is not compressed.
    let run = decode(&["--deflate"], [&b"\xc2"[..], &HELLO[1..], b"\x81\x02hi"].concat());
    run.says(0, &[]);
    assert!(run.stdout.contains("inflated, 5 bytes: 48 65 6c 6c 6f") && run.stdout.contains("\"hi\""), "{run:?}");
    assert_eq!(run.stdout.matches("inflated").count(), 1);
}

#[test]
fn a_response_says_that_messages_are_compressed() {
    let head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    let response = |parameters: &str| {
        let line = format!("Sec-WebSocket-Extensions: permessage-deflate{parameters}\r\n\r\n");
        [head.as_bytes(), line.as_bytes(), HELLO].concat()
    };
    for arguments in [&[][..], &["--key", "dGhlIHNhbXBsZSBub25jZQ=="]] {
        let run = decode(arguments, response("; server_max_window_bits=10"));
        run.says(0, &[]);
        assert!(run.stdout.contains("inflated, 5 bytes: \"Hello\""), "{run:?}");
        let run = decode(arguments, response("; window=9"));
        run.says(1, &["--deflate"]);
        assert!(run.stdout.contains("RESPONSE_DEFLATE_PARAMETER_UNKNOWN"), "{run:?}");
    }
}

#[test]
fn compressed_messages_that_nothing_explains_are_pointed_out() {
    decode(&[], HELLO).says(1, &["say so with --deflate"]);
    decode(&["--deflate=window=9"], HELLO).says(2, &["parameter that it does not have"]);
}
