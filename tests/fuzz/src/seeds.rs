//! The inputs that fuzzing begins with: what the RFCs have as examples, and one case for each rule.

use crate::setup::{LENGTH, flag};

/// Every seed: its target, its name, its bytes. They are written to `seeds/` by `cargo run --example seeds`.
pub fn seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let mut seeds = Vec::new();
    for (name, role, bytes) in STREAMS {
        for target in ["feeding", "tungstenite"] {
            seeds.push((target, *name, [&raw(*role)[..], bytes].concat()));
        }
    }
    for (name, bytes) in COMPRESSED {
        // 0: fed, with the largest windows.
        seeds.push(("compressed", *name, [&[0, LARGEST_WINDOWS][..], &raw(flag::CLIENT), bytes].concat()));
        // 1: bytes that claim to be DEFLATE; in pieces of one byte, with room for 256.
        let garbage = [&[1, 0, 0xff, 0][..], &bytes[2..]].concat();
        seeds.push(("deflate", *name, garbage));
    }
    for (name, bytes) in BUILT {
        for target in ["feeding", "tungstenite"] {
            seeds.push((target, *name, [&BUILT_SETUP[..], bytes].concat()));
        }
        seeds.push(("compressed", *name, [&[0, LARGEST_WINDOWS][..], &BUILT_SETUP, bytes].concat()));
    }
    for (name, kind, head) in HEADS {
        seeds.push(("heads", *name, [&[*kind, 6][..], head].concat()));
    }
    seeds.extend(OTHERS.iter().map(|(target, name, bytes)| (*target, *name, bytes.to_vec())));
    seeds
}

/// A setup whose stream is the bytes as they are, cut after 1, 2, 7 and 64 bytes, over and over.
const fn raw(role: u8) -> [u8; LENGTH] {
    [flag::RAW | role, 0, 1, 2, 7, 64]
}

/// A setup of a server whose stream is made of what the bytes say.
const BUILT_SETUP: [u8; LENGTH] = [0, 0, 3, 0, 90, 255];

/// Windows of 15 bits, and context takeover.
const LARGEST_WINDOWS: u8 = 0xfc;

const SERVER: u8 = 0;
const CLIENT: u8 = flag::CLIENT;

/// Streams by the role of the end that reads them.
const STREAMS: &[(&str, u8, &[u8])] = &[
    // RFC 6455 §5.7.
    ("single-frame-unmasked-text", CLIENT, b"\x81\x05Hello"),
    ("single-frame-masked-text", SERVER, b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"),
    ("fragmented-unmasked-text", CLIENT, b"\x01\x03Hel\x80\x02lo"),
    ("unmasked-ping-masked-pong", CLIENT, b"\x89\x05Hello\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"),
    ("length-of-16-bits", CLIENT, &frame_of_126()),
    // One for each rule.
    ("reserved-bit", CLIENT, b"\xc1\x01a"),
    ("reserved-opcode", CLIENT, b"\x83\x00"),
    ("reserved-control-opcode", CLIENT, b"\x8b\x00"),
    ("masked-by-server", CLIENT, b"\x81\x80\0\0\0\0"),
    ("unmasked-by-client", SERVER, b"\x81\x00"),
    ("length-not-minimal", CLIENT, b"\x81\x7e\x00\x01a"),
    ("length-not-minimal-64", CLIENT, b"\x81\x7f\0\0\0\0\0\0\xff\xff"),
    ("length-high-bit", CLIENT, b"\x82\x7f\x80\0\0\0\0\0\0\0"),
    ("control-fragmented", CLIENT, b"\x09\x00"),
    ("control-too-long", CLIENT, b"\x89\x7e\x00\x7e"),
    ("unexpected-continuation", CLIENT, b"\x80\x00"),
    ("message-unfinished", CLIENT, b"\x01\x01a\x81\x01b"),
    ("too-big", CLIENT, b"\x82\x7f\0\0\0\0\x7f\xff\xff\xff"),
    ("text-not-utf8", CLIENT, b"\x81\x04\xf4\x90\x80\x80"),
    ("text-cut-within-character", CLIENT, b"\x81\x01\xce"),
    ("text-fragmented-within-character", CLIENT, b"\x01\x01\xce\x89\x00\x80\x01\xba"),
    ("text-surrogate", CLIENT, b"\x81\x03\xed\xa0\x80"),
    ("close-without-body", CLIENT, b"\x88\x00"),
    ("close-normal", CLIENT, b"\x88\x05\x03\xe8bye"),
    ("close-one-byte", CLIENT, b"\x88\x01\x03"),
    ("close-status-1005", CLIENT, b"\x88\x02\x03\xed"),
    ("close-status-1014", CLIENT, b"\x88\x02\x03\xf6"),
    ("close-status-4999", CLIENT, b"\x88\x02\x13\x87"),
    ("close-reason-not-utf8", CLIENT, b"\x88\x04\x03\xe8\xff\xff"),
    ("data-after-close", CLIENT, b"\x88\x00\x81\x01a"),
    ("pings-between-fragments", CLIENT, b"\x02\x01a\x89\x01p\x00\x01b\x8a\x00\x80\x01c"),
    ("empty-fragments", CLIENT, b"\x01\x00\x00\x00\x80\x00"),
];

/// A binary frame of 126 bytes.
const fn frame_of_126() -> [u8; 130] {
    let mut frame = [0x55; 130];
    [frame[0], frame[1], frame[2], frame[3]] = [0x82, 0x7e, 0, 126];
    frame
}

/// RFC 7692 §7.2.3, and what is wrong: frames of a server.
const COMPRESSED: &[(&str, &[u8])] = &[
    ("one-block", b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00"),
    ("shared-window", b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00\xc1\x05\xf2\x00\x11\x00\x00"),
    ("no-compression", b"\xc1\x0b\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00"),
    ("bfinal", b"\xc1\x08\xf3\x48\xcd\xc9\xc9\x07\x00\x00"),
    ("two-blocks", b"\xc1\x0d\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00"),
    ("fragmented", b"\x41\x03\xf2\x48\xcd\x80\x04\xc9\xc9\x07\x00"),
    ("empty", b"\xc1\x01\x00"),
    ("not-deflate", b"\xc1\x03\xff\xff\xff"),
    ("distance-too-far", b"\xc1\x04\x4b\x04\x42\x00"),
    ("compressed-control", b"\xc9\x00"),
    ("compressed-continuation", b"\x01\x00\xc0\x00"),
];

/// What `stream::build` makes streams of, for a server: a cut, no flips; kind, shape, length, text, the key of each frame.
const BUILT: &[(&str, &[u8])] = &[
    ("messages", b"\xff\0\0\0\x05Hello\x01\x02\x03\x04\x0b\0\x05bytes\x05\x06\x07\x08\x11\0\x01p\0\0\0\0"),
    ("message-in-fragments", b"\xff\0\0\x0e\x06a\xc1\xd2\xf3bc\x02\x01\x02\x03\x04\0\0\0\0\x03\x05\x06\x07\x08\0\0\0\0\x01\x09\x09\x09\x09\0\0\0\0\x0a\x0b\x0c\x0d"),
    ("message-to-compress", b"\xff\0\0\x03\x05Hello\x02\x01\x02\x03\x04\x05\x06\x07\x08\0\x01\x05Hello\x01\x02\x03\x04"),
    ("long-message", b"\xff\0\x0b\0\xff\x01\x04\x0a\x0b\x0c\x0d"),
    ("close-with-reason", b"\xff\0\x16\0\x03bye\x0a\x0b\x0c\x0d"),
    ("cut", b"\x02\0\0\0\x05Hello\x01\x02\x03\x04"),
    ("flipped", b"\xff\xfe\0\x01\x0f\0\0\x05Hello\x01\x02\x03\x04"),
    ("forged", b"\xff\0\x1a\x0f\x81\x02ab\x01\x02\x03\x04"),
];

/// 0 is a request, 1 a response.
const HEADS: &[(&str, u8, &[u8])] = &[
    // RFC 6455 §1.2.
    (
        "request",
        0,
        b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\n\
          Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Version: 13\r\n\r\n",
    ),
    (
        "response",
        1,
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
          Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n",
    ),
    (
        "request-with-extensions",
        0,
        b"GET / HTTP/1.1\r\nHost: [::1]:80\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n\
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: \
          permessage-deflate; client_max_window_bits; server_max_window_bits=\"10\", x\r\n\r\n\x81\x00",
    ),
    (
        "response-with-extensions",
        1,
        b"HTTP/1.1 101 \r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: \
          s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n",
    ),
    ("request-lf", 0, b"GET / HTTP/1.1\nHost: a\n\n"),
    ("request-after-empty-line", 0, b"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("request-folded", 0, b"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"),
    ("request-blank-before-colon", 0, b"GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
    ("request-without-end", 0, b"GET / HTTP/1.1\r\nHost: a\r\n"),
    ("response-400", 1, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    ("response-without-reason", 1, b"HTTP/1.0 101\r\n\r\n"),
];

const OTHERS: &[(&str, &str, &[u8])] = &[
    ("masking_utf8", "hello", b"\x37\xfa\x21\x3d\0\0\0\0\0\0\0\0\x03\x01\x02\x02Hello"),
    (
        "masking_utf8",
        "characters-of-all-lengths",
        b"abcd\x01\0\0\0\0\0\0\0\0\0\0\x07a\xce\xba\xe2\x82\xac\xf0\x9f\x98\x80",
    ),
    ("masking_utf8", "overlong", b"abcd\x02\0\0\0\0\0\0\0\0\0\0\0\xe0\x80\x80"),
    ("encoding", "text-and-ping", b"\x01\0\x05\x05\x05\x05"),
    ("deflate", "round-trip", b"\0\0\x06\x06\x01\x20hello hello hello hello hello hello\x02\x05\x00\x10"),
];
