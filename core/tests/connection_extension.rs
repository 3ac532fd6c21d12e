//! Extensions that a user writes: what a connection hands them, and what it never leaves to them.
#![cfg(feature = "extension")]

use crate::conversation::{carry, check_with, client, masked, take};
use ws101_core::{
    Coding, Config, Connection, Delivery, EncodeError, Entropy, Frame, Limits, MessageExtension, Opcode, Place, Rsv,
    Violation, frames,
};

/// Messages marked with RSV2 say each byte once and then how often it comes. What comes out can be much longer than what
/// went in, and input can end between the two.
#[derive(Debug, Default)]
struct RunLength {
    /// A byte whose number has not come, or what is left of a run.
    byte: Option<u8>,
    left: u8,
    /// Of what is sent: a byte and how often it came.
    run: Option<(u8, u8)>,
}

impl MessageExtension for RunLength {
    fn rsv(&self) -> Rsv {
        Rsv::RSV2
    }

    fn begin_decode(&mut self, rsv: Rsv) -> Result<Coding, Violation> {
        (self.byte, self.left) = (None, 0);
        Ok(if rsv == Rsv::RSV2 { Coding::Coded } else { Coding::Plain })
    }

    fn decode(&mut self, input: &mut &[u8], place: Place, out: &mut [u8]) -> Result<usize, Violation> {
        for (at, place_of_next) in out.iter_mut().enumerate() {
            while self.left == 0 {
                let Some((&next, rest)) = input.split_first() else {
                    let cut = place == Place::Last && self.byte.is_some();
                    return if cut { Err(Violation::CompressedDataInvalid) } else { Ok(at) };
                };
                *input = rest;
                match self.byte {
                    None => self.byte = Some(next),
                    Some(_) if next == 0 => return Err(Violation::CompressedDataInvalid),
                    Some(_) => self.left = next,
                }
            }
            *place_of_next = self.byte.unwrap_or_default();
            self.left -= 1;
            if self.left == 0 {
                self.byte = None;
            }
        }
        Ok(out.len())
    }

    fn begin_encode(&mut self, opcode: Opcode, length: Option<usize>) -> (Rsv, Coding) {
        assert!(matches!(opcode, Opcode::Text | Opcode::Binary));
        self.run = None;
        if length.is_some_and(|length| length < 3) { (Rsv::NONE, Coding::Plain) } else { (Rsv::RSV2, Coding::Coded) }
    }

    fn encode(&mut self, input: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for &byte in input {
            match &mut self.run {
                Some((run, times)) if *run == byte && *times < 255 => *times += 1,
                run => out.extend(run.replace((byte, 1)).into_iter().flat_map(|(byte, times)| [byte, times])),
            }
        }
        if place == Place::Last {
            out.extend(self.run.take().into_iter().flat_map(|(byte, times)| [byte, times]));
        }
        Ok(())
    }
}

fn extended<E: Entropy>(connection: Connection<E>) -> Connection<E> {
    connection.with_extension(Box::new(RunLength::default()))
}

fn server(config: Config) -> Connection {
    extended(Connection::server(config))
}

fn coded(opcode: Opcode, payload: &[u8]) -> Frame<'_> {
    Frame::new(opcode, payload).rsv(Rsv::RSV2)
}

#[test]
fn messages_pass_through_it_both_ways() {
    let (mut client, mut server) = (extended(client()), server(Config::default()));
    client.send_text("aaaab").unwrap();
    assert_eq!(client.outgoing()[..2], [0xa1, 0x84], "RSV2, and four bytes instead of five");
    client.send_text("ab").unwrap();
    client.send_binary(&[7; 1000]).unwrap();
    client.ping(b"aaaa").unwrap();
    let thousand = format!("binary {:02x?}", [7; 1000]);
    assert_eq!(carry(&mut client, &mut server), ["text aaaab", "text ab", &*thousand, "ping aaaa"]);
    server.send_text("cccc").unwrap();
    assert_eq!(server.outgoing(), b"\x8a\x04aaaa\xa1\x02c\x04", "control frames never pass through it");
}

#[test]
fn fragments_are_one_message_to_it() {
    let mut server = server(Config::default());
    for fragment in [frames::text("aa").fin(false), frames::continuation(b"a").fin(false)] {
        server.send_frame(fragment).unwrap();
        assert_eq!(server.outgoing(), b"", "there is nothing to say yet");
    }
    server.send_frame(frames::continuation(b"b").fin(false)).unwrap();
    assert_eq!(server.outgoing(), b"\x21\x02a\x03", "the first frame that is sent begins the message");
    server.send_frame(frames::continuation(b"")).unwrap();
    assert_eq!(server.outgoing(), b"\x21\x02a\x03\x80\x02b\x01");

    let stream = [
        masked(coded(Opcode::Text, b"a\x03b").fin(false)),
        masked(frames::ping(b"?")),
        masked(frames::continuation(b"").fin(false)),
        masked(frames::continuation(b"\x01")),
        masked(frames::text("a\x03")),
    ]
    .concat();
    check_with(|| self::server(Config::default()), &stream, &["ping ?", "text aaab", "text a\x03"], b"\x8a\x01?");
}

#[test]
fn its_bits_belong_on_the_first_frame_of_a_message() {
    let close = b"\x88\x15\x03\xeaFRAME_RESERVED_BITS";
    let begun = masked(frames::text("a").fin(false));
    let continued = [begun, masked(frames::continuation(b"a").rsv(Rsv::RSV2))].concat();
    for stream in [continued, masked(frames::ping(b"").rsv(Rsv::RSV2)), masked(frames::text("a").rsv(Rsv::RSV1))] {
        check_with(|| server(Config::default()), &stream, &["violation ReservedBits"], close);
    }
}

#[test]
fn what_it_finds_wrong_fails_the_connection() {
    let close = b"\x88\x19\x03\xefMESSAGE_DEFLATE_INVALID";
    for payload in [&b"a\x00"[..], b"a"] {
        let stream = masked(coded(Opcode::Binary, payload));
        check_with(|| server(Config::default()), &stream, &["violation CompressedDataInvalid"], close);
    }
}

#[test]
fn what_it_makes_is_judged_like_everything() {
    let text = |payload: &[u8]| masked(coded(Opcode::Text, payload));
    let close = b"\x88\x16\x03\xefMESSAGE_INVALID_UTF8";
    for payload in [&b"a\x01\xff\x01b\x01"[..], b"\xe4\x01\xbd\x01"] {
        check_with(|| server(Config::default()), &text(payload), &["violation InvalidUtf8"], close);
    }
    check_with(|| server(Config::default()), &text(b"\xe4\x01\xbd\x01\xa0\x01"), &["text 你"], b"");

    let limits = Limits { message: 510, ..Limits::default() };
    let config = Config { limits, ..Config::default() };
    let fits = masked(coded(Opcode::Binary, b"a\xffb\xff"));
    let expected = format!("binary {:02x?}", [[b'a'; 255], [b'b'; 255]].concat());
    check_with(|| server(config), &fits, &[&expected], b"");
    let close = b"\x88\x11\x03\xf1MESSAGE_TOO_BIG";
    let bomb = masked(coded(Opcode::Binary, &b"a\xff".repeat(100)));
    check_with(|| server(config), &bomb, &["violation MessageTooBig"], close);
}

#[test]
fn parts_of_what_it_makes_come_in_pieces() {
    let limits = Limits { message: u64::MAX, ..Limits::default() };
    let config = Config { limits, delivery: Delivery::Parts, ..Config::default() };
    let mut server = server(config);
    // 255 000 bytes out of 2 000, and a text whose character is cut by the end of a piece.
    let stream =
        [masked(coded(Opcode::Binary, &b"a\xff".repeat(1000))), masked(coded(Opcode::Text, b"b\x02"))].concat();
    let (mut lengths, mut input) = (Vec::new(), stream);
    let mut rest = &mut input[..];
    while let Some(event) = server.receive(&mut rest) {
        let ws101_core::Event::Part(part) = event else { panic!("{event:?}") };
        lengths.push((part.payload.len(), part.first, part.last));
    }
    let (message, next) = lengths.split_at(lengths.len() - 1);
    assert_eq!(next, [(2, true, true)]);
    assert_eq!(message.iter().map(|part| part.0).sum::<usize>(), 255_000);
    assert!(message.iter().all(|part| part.0 <= 16 << 10), "each piece is bounded: {message:?}");
    assert_eq!(message.iter().filter(|part| part.1).count(), 1);
    assert!(message.last().unwrap().2 && message.iter().filter(|part| part.2).count() == 1);
    assert_eq!(take(&mut server, &[]), Vec::<String>::new());
}

/// Turns the case of every ASCII letter, and marks no message.
#[derive(Debug)]
struct Turned;

impl MessageExtension for Turned {
    fn rsv(&self) -> Rsv {
        Rsv::NONE
    }

    fn begin_decode(&mut self, rsv: Rsv) -> Result<Coding, Violation> {
        assert_eq!(rsv, Rsv::NONE);
        Ok(Coding::Coded)
    }

    fn decode(&mut self, input: &mut &[u8], _: Place, out: &mut [u8]) -> Result<usize, Violation> {
        let (taken, rest) = input.split_at(input.len().min(out.len()));
        *input = rest;
        out.iter_mut().zip(taken).for_each(|(out, byte)| *out = turned(*byte));
        Ok(taken.len())
    }

    fn begin_encode(&mut self, _: Opcode, _: Option<usize>) -> (Rsv, Coding) {
        (Rsv::NONE, Coding::Coded)
    }

    fn encode(&mut self, input: &[u8], _: Place, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.extend(input.iter().map(|&byte| turned(byte)));
        Ok(())
    }
}

fn turned(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte }
}

#[test]
fn one_without_bits_is_asked_about_every_message() {
    let server = || Connection::server(Config::default()).with_extension(Box::new(Turned));
    let mut wire = masked(frames::text("Hello"));
    wire.extend(masked(frames::binary(b"wOrLd").fin(false)));
    wire.extend(masked(frames::continuation(b"!")));
    check_with(server, &wire, &["text hELLO", &format!("binary {:02x?}", b"WoRlD!")], b"");

    let mut server = server();
    server.send_text("Hello").unwrap();
    assert_eq!(server.outgoing(), b"\x81\x05hELLO");
}
