//! The examples, which open the crate's documentation, run: against each other, and against peers that keep no rules.
#![cfg(feature = "alloc")]

#[path = "../examples/client.rs"]
#[expect(dead_code, reason = "its `main` reads a command line")]
mod client;
#[path = "../examples/echo_server.rs"]
#[expect(dead_code, reason = "its `main` reads a command line and never ends")]
mod echo_server;

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ws101_core::handshake::{OriginPolicy, UpgradeRequest};
use ws101_core::{Close, Frame, FrameDecoder, HeadReader, MaskingKey, Opcode, Role, StatusCode, frames};

const KEY: MaskingKey = MaskingKey([0x37, 0xfa, 0x21, 0x3d]);

const REQUEST: &[u8] = b"GET /chat HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

const RESPONSE: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// The echo server for one connection, and what came of it.
fn server() -> (SocketAddr, JoinHandle<Result<(), String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        echo_server::echo(stream).map_err(|error| error.to_string())
    });
    (address, server)
}

/// Sends `bytes` in pieces of `size`, ends its side, and gives all that came back: the server has closed by then.
fn exchange_in(size: usize, bytes: &[u8]) -> Vec<u8> {
    let (address, server) = server();
    let mut stream = connect(address);
    for piece in bytes.chunks(size) {
        stream.write_all(piece).unwrap();
    }
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    server.join().unwrap().unwrap();
    answer
}

fn exchange(bytes: &[u8]) -> Vec<u8> {
    exchange_in(bytes.len(), bytes)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

fn after_request(frames: &[Vec<u8>]) -> Vec<u8> {
    [REQUEST, &frames.concat()].concat()
}

fn after_response(frames: &[&[u8]]) -> Vec<u8> {
    [RESPONSE, &frames.concat()].concat()
}

fn masked(frame: Frame<'_>) -> Vec<u8> {
    frame.masked(KEY).to_vec().unwrap()
}

fn masked_close(code: StatusCode) -> Vec<u8> {
    masked(frames::close(&Close { code, reason: "" }.encode().unwrap()))
}

/// The Close frame that the answer ends in, behind the head of the response: its code and its reason.
fn close_of(answer: &[u8]) -> (u16, &str) {
    let frame = answer.strip_prefix(RESPONSE).expect("the handshake is answered");
    let [0x88, length, high, low, reason @ ..] = frame else { panic!("no Close: {frame:x?}") };
    assert_eq!(usize::from(*length), 2 + reason.len(), "it is the last frame");
    (u16::from_be_bytes([*high, *low]), str::from_utf8(reason).unwrap())
}

#[test]
fn the_client_and_the_server_understand_each_other() {
    for length in [0, 1, 125, 126, 65_535, 65_536, 1 << 20, 5_000_000] {
        let (address, server) = server();
        let message = "ж".repeat(length / 2) + &"!".repeat(length % 2);
        let answer = client::ask(&address.to_string(), "/chat?room=1", &message).unwrap();
        assert!(answer == message, "{length}");
        assert_eq!(server.join().unwrap(), Ok(()));
    }
}

#[test]
fn the_server_names_each_broken_rule_on_the_wire() {
    let cases = [
        (frames::text("Hello").to_vec().unwrap(), (1002, "FRAME_UNMASKED")),
        (masked(frames::continuation(b"Hello")), (1002, "FRAME_UNEXPECTED_CONTINUATION")),
        (masked(Frame::new(Opcode::Text, b"\xce\xba\xff")), (1007, "MESSAGE_INVALID_UTF8")),
        (masked(Frame::new(Opcode::Text, b"\xce")), (1007, "MESSAGE_INVALID_UTF8")),
        // 16 MiB and one byte are announced, of which none, or only the first, has come.
        (b"\x82\xff\0\0\0\0\x01\0\0\x01\0\0\0\0".to_vec(), (1009, "FRAME_TOO_BIG")),
        (b"\x02\x81\0\0\0\0.\x80\xff\0\0\0\0\x01\0\0\0\0\0\0\0".to_vec(), (1009, "MESSAGE_TOO_BIG")),
    ];
    for (frame, expected) in cases {
        assert_eq!(close_of(&exchange(&after_request(&[frame]))), expected);
    }
}

#[test]
fn what_a_peer_sends_behind_a_violation_does_not_take_the_close_away() {
    let unmasked = frames::text("Hello").to_vec().unwrap();
    let answer = exchange(&after_request(&[unmasked, vec![0; 1 << 19]]));
    assert_eq!(close_of(&answer), (1002, "FRAME_UNMASKED"));
}

#[test]
fn the_server_reads_any_pieces_and_answers_a_peer_that_has_ended_its_side() {
    let bytes = after_request(&[
        masked(frames::text("Hel").fin(false)),
        masked(frames::ping(b"?")),
        masked(frames::continuation(b"lo")),
        masked(frames::binary(&[0xa5; 200])),
        masked_close(StatusCode::NORMAL_CLOSURE),
    ]);
    let expected = after_response(&[b"\x8a\x01?\x81\x05Hello\x82\x7e\x00\xc8", &[0xa5; 200], b"\x88\x02\x03\xe8"]);
    for size in [1, 2, 7, 100, bytes.len()] {
        assert_eq!(exchange_in(size, &bytes), expected, "{size}");
    }
    // Without a Close of the peer there is none of the server.
    assert_eq!(exchange(&after_request(&[masked(frames::text("?"))])), after_response(&[b"\x81\x01?"]));
}

#[test]
fn what_does_not_fit_into_the_queue_waits_until_it_is_written() {
    // The first answer fills the queue; what came with its end is taken after that.
    let long = vec![0xa5; 2 << 20];
    let bytes = after_request(&[masked(frames::binary(&long)), masked(frames::text("after it"))]);
    let (address, server) = server();
    let mut stream = connect(address);
    let mut writing = stream.try_clone().unwrap();
    let writer = thread::spawn(move || {
        writing.write_all(&bytes).unwrap();
        writing.shutdown(Shutdown::Write).unwrap();
    });
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    writer.join().unwrap();
    assert!(answer.starts_with(&after_response(&[b"\x82\x7f\0\0\0\0\0\x20\0\0\xa5"])));
    assert!(answer.ends_with(b"\xa5\x81\x08after it"));
    assert_eq!(answer.len(), RESPONSE.len() + 10 + long.len() + 10);
    assert_eq!(server.join().unwrap(), Ok(()));
}

#[test]
fn the_server_refuses_in_http() {
    let without_key = String::from_utf8_lossy(REQUEST).replace("Sec-WebSocket-Key", "X-Key");
    let long = format!("GET / HTTP/1.1\r\nHost: a\r\nCookie: {}\r\n\r\n", "a".repeat(9000));
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "426 Upgrade Required"),
        (&without_key, "400 Bad Request"),
        ("GET / HTTP/1.1\r\nHost", "400 Bad Request"),
        (&long, "431 Request Header Fields Too Large"),
    ] {
        let answer = exchange(request.as_bytes());
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{answer}");
    }
}

/// What the client says of a server that sends `frames` behind its answer to the handshake, and what it sends itself:
/// so many `bytes`, after which the server ends the connection.
fn ask_a_server_that_sends(frames: &'static [u8], bytes: u64) -> (Result<String, String>, Frames) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let (mut reader, mut byte) = (HeadReader::new([0; 1024]), [0; 1]);
        while !reader.is_complete() {
            stream.read_exact(&mut byte).unwrap();
            reader.receive(&mut &byte[..]).unwrap();
        }
        let request = UpgradeRequest::verify(reader.bytes(), OriginPolicy::Any).unwrap();
        assert_eq!((request.host(), request.target()), (&*address.to_string(), "/chat"));
        let mut response = [0; 256];
        let length = request.response().write(&mut response).unwrap();
        stream.write_all(&[&response[..length], frames].concat()).unwrap();
        let mut sent = Vec::new();
        stream.take(bytes).read_to_end(&mut sent).unwrap();
        sent
    });
    let answer = client::ask(&address.to_string(), "/chat", "Hello").map_err(|error| error.to_string());
    (answer, unmasked(&mut server.join().unwrap()))
}

/// Opcodes and payloads.
type Frames = Vec<(Opcode, Vec<u8>)>;

/// The frames in these bytes, which a client sent.
fn unmasked(mut bytes: &mut [u8]) -> Frames {
    let mut decoder = FrameDecoder::new(Role::Server);
    core::iter::from_fn(|| decoder.decode(&mut bytes).unwrap().map(|part| (part.header.opcode, part.payload.to_vec())))
        .collect()
}

#[test]
fn the_client_answers_a_server_as_the_rules_say() {
    let hello = || (Opcode::Text, b"Hello".to_vec());
    let close = |body: &[u8]| (Opcode::Close, body.to_vec());
    assert_eq!(
        ask_a_server_that_sends(b"\x81\x02Hi\x88\x02\x03\xe8", 11 + 8),
        (Ok("Hi".to_owned()), vec![hello(), close(b"\x03\xe8")])
    );
    assert_eq!(
        ask_a_server_that_sends(b"\x88\x02\x03\xe9", 11 + 8),
        (Err("no answer came: Closed".to_owned()), vec![hello(), close(b"\x03\xe9")])
    );
    assert_eq!(
        ask_a_server_that_sends(b"\x81\x82\0\0\0\0Hi", 11 + 20),
        (Err("no answer came: Failed".to_owned()), vec![hello(), close(b"\x03\xeaFRAME_MASKED")])
    );
    assert_eq!(ask_a_server_that_sends(b"", 11), (Err("no answer came: Lost".to_owned()), vec![hello()]));
}

#[test]
fn the_client_says_why_there_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = thread::spawn(move || {
        for answer in [&b"HTTP/1.1 404 Not Found\r\n\r\n"[..], RESPONSE, b""] {
            let mut stream = listener.accept().unwrap().0;
            stream.write_all(answer).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            stream.read_to_end(&mut Vec::new()).unwrap();
        }
    });
    let ask = || client::ask(&address, "/chat", "Hello").unwrap_err().to_string();
    assert!(ask().contains("The status code is not 101."));
    assert!(ask().contains("Sec-WebSocket-Accept does not answer the key that was sent."));
    assert!(ask().contains("The head ends before its empty line."));
    server.join().unwrap();
}
