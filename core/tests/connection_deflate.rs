//! permessage-deflate on a connection: messages both ways, and what no compressed message may do.
#![cfg(any(feature = "deflate", feature = "deflate-libc"))]

use crate::conversation::{carry, check_with, client, client_with, masked, take};
use ws101_core::deflate::{Agreement, Options, PermessageDeflate, WindowBits};
use ws101_core::{Config, Connection, Delivery, Entropy, Frame, Limits, Opcode, Role, Rsv, frames};

fn deflating<E: Entropy>(connection: Connection<E>, agreement: Agreement) -> Connection<E> {
    let deflate = PermessageDeflate::new(connection.role(), agreement, Options { threshold: 0, ..Options::default() });
    connection.with_extension(Box::new(deflate))
}

fn server(config: Config) -> Connection {
    deflating(Connection::server(config), Agreement::default())
}

/// A compressed message as a client sends it.
fn compressed(opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    masked(Frame::new(opcode, payload).rsv(Rsv::RSV1))
}

#[test]
fn every_agreement_both_ways() {
    let texts = ["", "a", "Hello", &"Grüße, 你好! ".repeat(4000), "Hello", &"x".repeat(100_000)];
    for bits in [8, 9, 12, 15] {
        for (server_no_context_takeover, client_no_context_takeover) in
            [(false, false), (true, false), (false, true), (true, true)]
        {
            let bits = WindowBits::new(bits).unwrap();
            let agreement = Agreement {
                server_no_context_takeover,
                client_no_context_takeover,
                server_max_window_bits: bits,
                client_max_window_bits: bits,
            };
            let mut client = deflating(client(), agreement);
            let mut server = deflating(Connection::server(Config::default()), agreement);
            for text in texts {
                client.send_text(text).unwrap();
                assert_eq!(client.outgoing()[0], 0xc1);
                assert!(carry(&mut client, &mut server) == [format!("text {text}")], "{agreement:?}");
                server.send_text(text).unwrap();
                assert!(carry(&mut server, &mut client) == [format!("text {text}")], "{agreement:?}");
            }
        }
    }
}

#[test]
fn the_examples_of_the_rfc() {
    // RFC 7692 §7.2.3: "Hello" in one block, in two fragments, with a shared window, stored, with BFINAL, in two blocks.
    let hello = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
    let stored = [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00];
    let with_bfinal = [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00];
    let two_blocks = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];
    let stream = [
        compressed(Opcode::Text, &hello),
        masked(Frame::new(Opcode::Text, &hello[..3]).rsv(Rsv::RSV1).fin(false)),
        masked(frames::ping(b"?")),
        masked(frames::continuation(&hello[3..])),
        compressed(Opcode::Text, &[0xf2, 0x00, 0x11, 0x00, 0x00]),
        compressed(Opcode::Text, &stored),
        compressed(Opcode::Text, &with_bfinal),
        compressed(Opcode::Text, &two_blocks),
        compressed(Opcode::Text, &[0x00]),
        masked(frames::text("plain")),
    ]
    .concat();
    let hello = "text Hello";
    let events = [hello, "ping ?", hello, hello, hello, hello, hello, "text ", "text plain"];
    check_with(|| server(Config::default()), &stream, &events, b"\x8a\x01?");
}

#[test]
fn fragments_that_are_sent_are_one_compressed_message() {
    let mut client = deflating(client(), Agreement::default());
    let mut server = server(Config::default());
    let part = "one part after another ".repeat(5000);
    client.send_frame(frames::text(&part).fin(false)).unwrap();
    client.ping(b"?").unwrap();
    client.send_frame(frames::continuation(part.as_bytes()).fin(false)).unwrap();
    client.send_frame(frames::continuation(b"")).unwrap();
    let mut told = carry(&mut client, &mut server);
    told.retain(|event| event != "ping ?");
    assert!(told == [format!("text {part}{part}")]);
}

#[test]
fn a_bomb_is_stopped_while_it_inflates() {
    let mut sender = deflating(client_with(Config::default()), Agreement::default());
    sender.send_binary(&vec![0; 10 << 20]).unwrap();
    let bomb = sender.outgoing().to_vec();
    assert!(bomb.len() < 11 << 10, "ten mebibytes in {} bytes", bomb.len());
    let limits = Limits { message: 1 << 20, ..Limits::default() };
    let mut server = server(Config { limits, ..Config::default() });
    assert_eq!(take(&mut server, &bomb), ["violation MessageTooBig"]);
    assert_eq!(server.outgoing(), b"\x88\x11\x03\xf1MESSAGE_TOO_BIG");

    // In parts nothing is gathered, and the pieces are small.
    let config = Config { delivery: Delivery::Parts, ..Config::default() };
    let mut server = deflating(Connection::server(config), Agreement::default());
    let mut bomb = bomb;
    let (mut input, mut sum) = (&mut bomb[..], 0);
    while let Some(event) = server.receive(&mut input) {
        let ws101_core::Event::Part(part) = event else { panic!("{event:?}") };
        assert!(part.payload.len() <= 16 << 10);
        sum += part.payload.len();
    }
    assert_eq!(sum, 10 << 20);
}

#[test]
fn a_message_that_inflates_to_nothing_has_an_end_too() {
    let limits = Limits { frame: 100, message: 50, ..Limits::default() };
    // Empty stored blocks.
    let blocks = [0x00, 0x00, 0x00, 0xff, 0xff].repeat(10);
    let first = masked(Frame::new(Opcode::Binary, &blocks).rsv(Rsv::RSV1).fin(false));
    let next = masked(frames::continuation(&blocks).fin(false));
    let stream = [first, next, masked(frames::continuation(&blocks[..1]))].concat();
    let close = b"\x88\x11\x03\xf1MESSAGE_TOO_BIG";
    let config = Config { limits, ..Config::default() };
    check_with(|| server(config), &stream, &["violation MessageTooBig"], close);
}

#[test]
fn what_is_no_deflate_data_fails_the_connection() {
    let close = b"\x88\x19\x03\xefMESSAGE_DEFLATE_INVALID";
    for payload in [&b"\xff\xff\xff"[..], b"Hello, I am not compressed", b"\x78\x9c\xf3\x48\xcd\xc9\xc9\x07\x00"] {
        let stream = compressed(Opcode::Binary, payload);
        check_with(|| server(Config::default()), &stream, &["violation CompressedDataInvalid"], close);
    }
    let close = b"\x88\x16\x03\xefMESSAGE_INVALID_UTF8";
    // A stored block of bytes that are no text.
    let stream = compressed(Opcode::Text, &[0x00, 0x02, 0x00, 0xfd, 0xff, b'a', 0xff, 0x00]);
    check_with(|| server(Config::default()), &stream, &["violation InvalidUtf8"], close);
}

/// Found by fuzzing: a read with the whole message inflates beyond the limit before anything is judged, and one with a
/// part of it does not.
#[test]
fn what_comes_before_the_limit_is_judged_first() {
    let config = Config { limits: Limits { message: 4, ..Limits::default() }, ..Config::default() };
    // Stored blocks of a byte each.
    let blocks = |bytes: [u8; 6]| bytes.map(|byte| [0, 1, 0, 0xfe, 0xff, byte]).concat();
    let not_utf8 = b"\x88\x16\x03\xefMESSAGE_INVALID_UTF8";
    let too_big = b"\x88\x11\x03\xf1MESSAGE_TOO_BIG";
    for (message, event, close) in [
        (b"abc\xffef", "violation InvalidUtf8", &not_utf8[..]),
        (b"abcd\xfff", "violation MessageTooBig", too_big),
        (b"abc\xce\xff.", "violation MessageTooBig", too_big),
    ] {
        let stream = compressed(Opcode::Text, &[&blocks(*message)[..], &[0]].concat());
        check_with(|| server(config), &stream, &[event], close);
    }
}

#[test]
fn without_an_agreement_the_bit_is_a_violation() {
    let stream = compressed(Opcode::Text, &[0x00]);
    let close = b"\x88\x15\x03\xeaFRAME_RESERVED_BITS";
    check_with(|| Connection::server(Config::default()), &stream, &["violation ReservedBits"], close);
    assert_eq!(server(Config::default()).role(), Role::Server);
}
