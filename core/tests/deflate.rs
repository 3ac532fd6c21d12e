//! The codec of permessage-deflate, alone and against another library's inflater.
#![cfg(any(feature = "deflate", feature = "deflate-libc"))]

use crate::deflating::{
    Oracle, agreement, codec, compress, decompress_into, decompress_pieces, inflate, json, random, repetitive,
};
use crate::feeding::every_way;
use ws101_core::deflate::{Agreement, IdleMemory, Level, Options, PermessageDeflate};
use ws101_core::{Coding, MessageExtension, Opcode, Place, Role, Rsv, Violation};

const HELLO: [u8; 7] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
const HELLO_AGAIN: [u8; 5] = [0xf2, 0x00, 0x11, 0x00, 0x00];
const HELLO_FINAL: [u8; 8] = [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00];

fn client() -> PermessageDeflate {
    codec(Role::Client, Agreement::default())
}

/// Every message of the list, however each comes and however small the room for it is.
fn assert_inflates(agreement: Agreement, messages: &[(&[u8], &[u8])]) {
    for room in [1, 2, 3, 5, 64] {
        for (place, (payload, _)) in messages.iter().enumerate() {
            every_way(payload, |pieces| {
                let mut codec = codec(Role::Client, agreement);
                for (before, message) in &messages[..place] {
                    assert_eq!(inflate(&mut codec, before).unwrap(), *message);
                }
                assert_eq!(decompress_pieces(&mut codec, pieces, room).unwrap(), messages[place].1, "{room}");
                for (after, message) in &messages[place + 1..] {
                    assert_eq!(inflate(&mut codec, after).unwrap(), *message);
                }
            });
        }
    }
}

#[test]
fn the_examples_of_the_rfc_are_read() {
    let takeover = Agreement::default();
    // §7.2.3.1, §7.2.3.2: one block, and one that refers back to the message before it
    assert_inflates(takeover, &[(&HELLO, b"Hello"), (&HELLO_AGAIN, b"Hello"), (&HELLO_AGAIN, b"Hello")]);
    assert_inflates(agreement(true, 15), &[(&HELLO, b"Hello"), (&HELLO, b"Hello")]);
    // §7.2.3.3: a block that is stored
    let stored = [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00];
    assert_inflates(takeover, &[(&stored, b"Hello"), (&HELLO_AGAIN, b"Hello")]);
    // §7.2.3.4: BFINAL, and a later message that refers back across it
    assert_inflates(takeover, &[(&HELLO_FINAL, b"Hello"), (&HELLO_AGAIN, b"Hello")]);
    // §7.2.3.5: two blocks
    let two = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];
    assert_inflates(takeover, &[(&two, b"Hello"), (&HELLO_AGAIN, b"Hello")]);
    // §7.2.3.6: nothing
    assert_inflates(takeover, &[(&[0x00], b""), (&HELLO, b"Hello"), (&[0x00], b""), (&HELLO_AGAIN, b"Hello")]);
}

#[test]
fn the_examples_of_the_rfc_are_written() {
    let mut server = codec(Role::Server, Agreement::default());
    assert_eq!(compress(&mut server, [&b"Hello"[..]]), HELLO);
    assert_eq!(compress(&mut server, [&b"Hello"[..]]), HELLO_AGAIN);
    assert_eq!(compress(&mut server, []), [0x00]);
    assert_eq!(compress(&mut server, [&b""[..], b"", b""]), [0x00]);
    // The third time it finds all of it at once.
    assert_eq!(compress(&mut server, [&b"Hello"[..]]), [0x02, 0x13, 0x00, 0x00]);
    for agreed in [true, false] {
        let options = Options { threshold: 0, no_context_takeover: !agreed, ..Options::default() };
        let mut server = PermessageDeflate::new(Role::Server, agreement(agreed, 15), options);
        for _ in 0..3 {
            assert_eq!(compress(&mut server, [&b"Hello"[..]]), HELLO);
        }
    }
}

#[test]
fn blocks_with_bfinal_end_nothing() {
    // Several in one message, and each may refer back across those before it: the four blocks of two messages.
    let again_final = [0xf3, 0x00, 0x11, 0x00];
    let message = [&HELLO_FINAL[..7], &again_final, &again_final, &[0x00]].concat();
    assert_inflates(Agreement::default(), &[(&message, b"HelloHelloHello"), (&HELLO_AGAIN, b"Hello")]);
    // Nothing behind the last of them: all that was sent was read.
    assert_inflates(Agreement::default(), &[(&message[..15], b"HelloHelloHello"), (&HELLO_AGAIN, b"Hello")]);
    // The empty block at the end of a message may have it too.
    let stored_final = [&HELLO[..5], &[0x07, 0x04]].concat();
    assert_inflates(Agreement::default(), &[(&stored_final, b"Hello"), (&HELLO_AGAIN, b"Hello")]);
}

/// A message that is one match: three bytes, as far back as a window of these bits reaches.
fn farthest_match(bits: u8) -> Vec<u8> {
    let header = "010";
    let length_3 = "0000001";
    // The distance codes come in pairs for each power of two; the last of a pair has all its extra bits set.
    let distance = format!("{:05b}{}", 2 * bits - 1, "1".repeat(usize::from(bits) - 2));
    let end = "0000000";
    let empty_block = "000";
    let stream = [header, length_3, &distance, end, empty_block].concat();
    let octets = stream.as_bytes().chunks(8);
    octets.map(|octet| octet.iter().rev().fold(0, |value, &bit| value << 1 | (bit - b'0'))).collect()
}

#[test]
fn the_history_reaches_back_across_bfinal_as_far_as_the_window() {
    for bits in [9, 12, 15] {
        let mut client = codec(Role::Client, agreement(false, bits));
        let mut server = codec(Role::Server, agreement(false, bits));
        // What comes before takes the history round its end twice, in pieces that do not divide it.
        let before = random(7, (5 << bits) / 2 + 77);
        for piece in before.chunks(1 + (1 << bits) / 3) {
            assert_eq!(inflate(&mut client, &compress(&mut server, [piece])).unwrap(), piece);
        }
        let farthest = &before[before.len() - (1 << bits)..][..6];
        assert_eq!(inflate(&mut client, &farthest_match(bits)).unwrap(), farthest[..3]);
        // A final block, empty; each match moves the window on by three.
        assert_eq!(inflate(&mut client, &[0x03, 0x00, 0x00]).unwrap(), b"");
        assert_eq!(inflate(&mut client, &farthest_match(bits)).unwrap(), farthest[3..]);
    }
}

#[test]
fn a_distance_beyond_the_agreed_window_is_followed() {
    let before = random(7, 1 << 12);
    let payload = compress(&mut codec(Role::Server, Agreement::default()), [&before[..]]);
    let mut client = codec(Role::Client, agreement(false, 9));
    assert_eq!(inflate(&mut client, &payload).unwrap(), before);
    assert_eq!(inflate(&mut client, &farthest_match(12)).unwrap(), before[..3]);
}

#[test]
fn every_window_level_and_context_goes_round() {
    for bits in 8..=15 {
        for forgets in [false, true] {
            for level in 0..=9 {
                let agreed = agreement(forgets, bits);
                let options = Options { threshold: 0, level: Level::new(level).unwrap(), ..Options::default() };
                let mut client = PermessageDeflate::new(Role::Client, agreed, options);
                let mut server = codec(Role::Server, agreed);
                let mut oracle = Oracle::new(bits);
                for (seed, length) in [(1, 0), (2, 1), (3, 300), (4, 100_000), (5, 70), (4, 5_000)] {
                    let message = repetitive(seed, length);
                    let payload = compress(&mut client, message.chunks(4099));
                    let what = format!("{bits} bits, level {level}, {length} bytes");
                    assert!(inflate(&mut server, &payload).unwrap() == message, "{what}");
                    if forgets {
                        oracle = Oracle::new(bits);
                    }
                    assert!(oracle.inflate(&payload).as_ref() == Some(&message), "{what}");
                }
            }
        }
    }
}

#[test]
fn the_oracle_notices_a_window_that_is_too_large() {
    let message = repetitive(4, 100_000);
    for bits in 8..14 {
        let payload = compress(&mut codec(Role::Server, agreement(false, bits + 2)), [&message[..]]);
        assert!(Oracle::new(bits).inflate(&payload).as_ref() != Some(&message), "{bits}");
    }
}

#[test]
fn a_message_may_come_in_any_pieces() {
    let message = json(300);
    for forgets in [false, true] {
        every_way(&message, |pieces| {
            let mut server = codec(Role::Server, agreement(forgets, 10));
            let mut client = codec(Role::Client, agreement(forgets, 10));
            let pieces: Vec<&[u8]> = pieces.collect();
            let payloads =
                [compress(&mut server, pieces.iter().copied()), compress(&mut server, pieces.iter().copied())];
            for payload in payloads {
                assert_eq!(inflate(&mut client, &payload).unwrap(), message);
            }
        });
        let mut server = codec(Role::Server, agreement(forgets, 10));
        let payload = compress(&mut server, [&message[..]]);
        assert_inflates(agreement(forgets, 10), &[(&payload, &message)]);
    }
}

#[test]
fn messages_of_every_length_fill_the_output_exactly_somewhere() {
    let mut server = codec(Role::Server, Agreement::default());
    let mut client = client();
    let mut oracle = Oracle::new(15);
    let bytes = random(11, 17_000);
    // The output is given 16 KiB at a time; incompressible bytes end just before, at and behind that.
    for length in (0..700).chain(16_200..16_500) {
        let payload = compress(&mut server, [&bytes[..length]]);
        assert!(payload.len() <= length + 64, "{length}: {}", payload.len());
        assert!(inflate(&mut client, &payload).unwrap() == bytes[..length], "{length}");
        assert!(oracle.inflate(&payload).as_deref() == Some(&bytes[..length]), "{length}");
    }
}

#[test]
fn large_messages_are_whole() {
    let mebibyte = 1 << 20;
    for message in [json(40_000), random(3, mebibyte), vec![0; mebibyte], repetitive(9, mebibyte)] {
        for forgets in [false, true] {
            let mut server = codec(Role::Server, agreement(forgets, 15));
            let mut client = codec(Role::Client, agreement(forgets, 15));
            for _ in 0..2 {
                let payload = compress(&mut server, [&message[..]]);
                assert!(payload.len() < message.len() + message.len() / 1000 + 64);
                for room in [1000, 4096, 1 << 16, 2 << 20] {
                    if room != 4096 && !forgets {
                        continue;
                    }
                    let inflated = decompress_pieces(&mut client, payload.chunks(1499), room).unwrap();
                    assert!(inflated == message, "{room}");
                }
            }
        }
    }
}

#[test]
fn a_bomb_is_let_out_a_buffer_at_a_time() {
    let mut server = codec(Role::Server, Agreement::default());
    let payload = compress(&mut server, [&vec![0; 16 << 20][..]]);
    assert!(payload.len() < 20_000);
    let mut client = client();
    client.begin_decode(Rsv::RSV1).unwrap();
    let mut out = [0xa5; 1000];
    let mut input = &payload[..];
    for _ in 0..100 {
        assert_eq!(client.decode(&mut input, Place::Last, &mut out[..999]), Ok(999));
        assert_eq!(out[999], 0xa5);
    }
    // A thousand bytes of output take about one of input.
    assert!(payload.len() - input.len() < 200);
}

#[test]
fn a_message_that_ends_within_a_block_is_invalid() {
    let message = json(2000);
    let payloads = [HELLO.to_vec(), compress(&mut codec(Role::Server, Agreement::default()), [&message[..]])];
    assert_cut_is_invalid(&payloads, 1);
    let stored = Options { threshold: 0, level: Level::STORED, ..Options::default() };
    let mut stored = PermessageDeflate::new(Role::Server, Agreement::default(), stored);
    // Its first byte alone is a message without a byte.
    assert_cut_is_invalid(&[compress(&mut stored, [&b"Hello"[..]])], 2);
}

fn assert_cut_is_invalid(payloads: &[Vec<u8>], from: usize) {
    for payload in payloads {
        assert!(inflate(&mut client(), payload).is_ok());
        for end in from..payload.len() {
            let outcome = inflate(&mut client(), &payload[..end]);
            assert_eq!(outcome, Err(Violation::CompressedDataInvalid), "{end} of {}", payload.len());
        }
        // The tail was not taken off.
        let outcome = inflate(&mut client(), &[&payload[..], &[0, 0, 0xff, 0xff]].concat());
        assert_eq!(outcome, Err(Violation::CompressedDataInvalid));
    }
}

#[test]
fn what_is_no_deflate_data_is_invalid_and_stays_so() {
    let wrong: [&[u8]; 5] = [
        b"\x07",                                 // a block of type 3
        b"\x00\x05\x00\x05\x00Hello\x00",        // a length whose complement is wrong
        b"\x78\x9c\xf2\x48\xcd\xc9\xc9\x07\x00", // a zlib header
        b"\x1f\x8b\x08\x00",                     // a gzip header
        &HELLO_AGAIN,                            // a distance to before the first byte
    ];
    for payload in wrong {
        every_way(payload, |pieces| {
            let mut client = client();
            let outcome = decompress_pieces(&mut client, pieces, 3);
            assert_eq!(outcome, Err(Violation::CompressedDataInvalid), "{payload:x?}");
            assert_eq!(inflate(&mut client, &HELLO), Err(Violation::CompressedDataInvalid));
        });
    }
    // Where the context is not taken over, a message may not refer back to the one before it, BFINAL or not.
    for first in [&HELLO[..], &HELLO_FINAL] {
        let mut client = codec(Role::Client, agreement(true, 15));
        assert_eq!(inflate(&mut client, first).unwrap(), b"Hello");
        assert_eq!(inflate(&mut client, &HELLO_AGAIN), Err(Violation::CompressedDataInvalid));
    }
}

#[test]
fn garbage_neither_panics_nor_hangs() {
    let seeds: Vec<Vec<u8>> =
        vec![HELLO_FINAL.to_vec(), compress(&mut codec(Role::Server, Agreement::default()), [&json(500)[..]])];
    for seed in 1..3000_u64 {
        let mut payload = random(seed, 40);
        if let Some(start) = seeds.get(usize::try_from(seed % 3).unwrap()) {
            payload = start.clone();
            let [at, with, ..] = random(seed, 2)[..] else { unreachable!() };
            let at = usize::from(at) % payload.len();
            payload[at] ^= with;
        }
        let mut client = codec(Role::Client, agreement(seed % 2 == 0, 9));
        for _ in 0..2 {
            let read = |pieces: &mut dyn Iterator<Item = &[u8]>, room| {
                let mut message = Vec::new();
                let mut codec = codec(Role::Client, agreement(true, 9));
                let outcome = decompress_into(&mut message, &mut codec, pieces, room);
                (outcome, message)
            };
            // What comes before the error is the same too.
            let whole = read(&mut [&payload[..]].into_iter(), 1 << 16);
            assert_eq!(read(&mut payload.chunks(1), 1 << 16), whole, "{payload:x?}");
            for room in [1, 7] {
                assert_eq!(read(&mut payload.chunks(5), room), whole, "{payload:x?}");
            }
            let _ = inflate(&mut client, &payload);
        }
    }
}

#[test]
fn what_a_cut_message_still_says_is_written_before_the_error() {
    // A byte of the payload stands for up to 258 of the message: more than there is room for when it is read.
    let payload = compress(&mut codec(Role::Server, Agreement::default()), [&[b'x'; 2000][..]]);
    for cut in 1..payload.len() {
        let read = |room| {
            let mut message = Vec::new();
            (decompress_into(&mut message, &mut client(), [&payload[..cut]], room), message)
        };
        let whole = read(4096);
        for room in [1, 2, 5, 64, 100, 257, 258, 259, 1000] {
            assert_eq!(read(room), whole, "cut at {cut}, with room for {room}");
        }
    }
}

#[test]
fn messages_go_as_they_are_below_the_threshold_and_without_rsv1() {
    let mut server = PermessageDeflate::new(Role::Server, Agreement::default(), Options::default());
    assert_eq!(server.rsv(), Rsv::RSV1);
    assert_eq!(server.begin_encode(Opcode::Text, Some(63)), (Rsv::NONE, Coding::Plain));
    assert_eq!(server.begin_encode(Opcode::Text, Some(64)), (Rsv::RSV1, Coding::Coded));
    assert_eq!(server.begin_encode(Opcode::Text, None), (Rsv::RSV1, Coding::Coded));
    // A plain message in between does not touch the context.
    let mut client = client();
    assert_eq!(inflate(&mut client, &HELLO).unwrap(), b"Hello");
    assert_eq!(client.begin_decode(Rsv::NONE), Ok(Coding::Plain));
    assert_eq!(inflate(&mut client, &HELLO_AGAIN).unwrap(), b"Hello");
}

#[test]
fn a_message_that_was_given_up_leaves_nothing_behind() {
    let mut server = codec(Role::Server, Agreement::default());
    server.begin_encode(Opcode::Text, None);
    server.encode(b"never finished", Place::Middle, &mut Vec::new()).unwrap();
    let payload = compress(&mut server, [&b"never said"[..]]);
    assert_eq!(inflate(&mut client(), &payload).unwrap(), b"never said");
}

#[test]
fn memory_that_is_freed_between_messages_comes_back() {
    let options = Options { threshold: 0, idle_memory: IdleMemory::Freed, ..Options::default() };
    for forgets in [false, true] {
        let mut server = PermessageDeflate::new(Role::Server, agreement(forgets, 12), options);
        let mut client = PermessageDeflate::new(Role::Client, agreement(forgets, 12), options);
        for seed in 1..6 {
            let message = repetitive(seed, 9000);
            let payload = compress(&mut server, [&message[..]]);
            assert!(decompress_pieces(&mut client, payload.chunks(100), 256).unwrap() == message);
            let finals = [&HELLO_FINAL[..7], &HELLO_FINAL].concat();
            assert_eq!(inflate(&mut client, &finals).unwrap(), b"HelloHello");
            // The client's window is now another than the server's.
            if !forgets {
                server = PermessageDeflate::new(Role::Server, agreement(forgets, 12), options);
            }
        }
    }
}
