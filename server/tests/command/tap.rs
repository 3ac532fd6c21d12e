//! `ws101 tap`: what crosses it, and what it says of that.
#![cfg(unix)]

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::peer::{Peer, close};
use crate::program::{Echo, Tap, ws101};

/// §1.3, but for what no server looks at here.
pub(crate) const REQUEST: &str = "GET /chat HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUpgrade: websocket\r\nConnection: \
                                  Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: \
                                  13\r\n\r\n";
pub(crate) const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                                   Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// An app of one connection through a tap.
pub(crate) struct App(pub(crate) TcpStream);

impl App {
    pub(crate) fn connect(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        // Generous: it is only there so that no test hangs.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self(stream)
    }

    /// Opens a WebSocket connection.
    pub(crate) fn open(port: u16) -> Self {
        let mut app = Self::connect(port);
        app.send(REQUEST);
        app.expect(RESPONSE);
        app
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).unwrap();
    }

    #[track_caller]
    pub(crate) fn expect(&mut self, bytes: impl AsRef<[u8]>) {
        let mut came = vec![0; bytes.as_ref().len()];
        self.0.read_exact(&mut came).unwrap();
        assert_eq!(String::from_utf8_lossy(&came), String::from_utf8_lossy(bytes.as_ref()));
    }

    /// What comes until the other end ends its side, or resets.
    pub(crate) fn rest(&mut self) -> Result<Vec<u8>, ErrorKind> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).map(|_| rest).map_err(|error| error.kind())
    }

    pub(crate) fn reset(self) {
        socket2::SockRef::from(&self.0).set_linger(Some(Duration::ZERO)).unwrap();
    }
}

#[test]
fn what_is_invalid_crosses_unchanged_both_ways() {
    let invalid: &'static [u8] = b"\xff\x00\x83\x7f\xff\xff\xff\xff\xff\xff\xff\xffGET / HTTP/1.1\n\n\x81\x85abc";
    let server = Peer::start(move |talk| {
        // The head as it was written: a line that ends in LF alone, and a field that is none.
        let mut head = vec![0; 40];
        talk.stream.read_exact(&mut head).unwrap();
        assert_eq!(head, b"GET / HTTP/1.1\nUpgrade: websocket\r\nx\r\n\r\n");
        talk.send("HTTP/1.0 101\nnothing\r\n\r\n");
        talk.send(invalid);
        let mut came = vec![0; invalid.len()];
        talk.stream.read_exact(&mut came).unwrap();
        assert_eq!(came, invalid);
    });
    let mut tap = Tap::start(&server.url(), &[]);
    let mut app = App::connect(tap.port);
    app.send("GET / HTTP/1.1\nUpgrade: websocket\r\nx\r\n\r\n");
    app.expect("HTTP/1.0 101\nnothing\r\n\r\n");
    app.expect(invalid);
    app.send(invalid);
    app.0.shutdown(Shutdown::Write).unwrap();
    assert_eq!(app.rest(), Ok(Vec::new()));
    server.done();
    tap.wait_for("* over");
    tap.stop().says(0, &[]);
}

#[test]
fn heads_frames_and_broken_rules_are_printed_as_they_pass() {
    let (told, waiting) = mpsc::channel();
    let server = Peer::open(move |talk| {
        talk.expect(0x81, b"hello");
        talk.send(b"\x81\x05hello\x89\x01p\xc3\x01!");
        waiting.recv().unwrap();
        talk.send(close(1000, "bye"));
        talk.until_close();
    });
    let mut tap = Tap::start(&server.url(), &[]);
    let mut app = App::open(tap.port);
    tap.wait_for("> GET /chat HTTP/1.1\n");
    tap.wait_for("< HTTP/1.1 101 Switching Protocols\n");
    app.send(b"\x81\x85\x37\xfa\x21\x3d\x5f\x9f\x4d\x51\x58");
    tap.wait_for(" > text FIN masked 37fa213d 5 bytes: \"hello\"\n");
    tap.wait_for(" < text FIN 5 bytes: \"hello\"\n");
    tap.wait_for(" < ping FIN 1 byte: \"p\"\n");
    // Told while the connection is open.
    tap.wait_for(" < reserved opcode 3 FIN RSV1 1 byte: 21\n");
    tap.wait_for(" ! < the server broke a rule: FRAME_RESERVED_BITS, RFC 6455 §5.2, byte 0 of the frame at byte 10: ");
    told.send(()).unwrap();
    tap.wait_for(" < close FIN 5 bytes: 1000 Normal Closure \"bye\"\n");
    app.send(b"\x88\x82\0\0\0\0\x03\xe8");
    tap.wait_for(" > close FIN masked 00000000 2 bytes: 1000 Normal Closure \"\"\n");
    server.done();
    drop(app);
    tap.wait_for("* over: frames of the app 2, of the server 4\n");
    tap.stop().says(0, &[]);
}

#[test]
fn compressed_messages_are_shown_inflated() {
    let echo = Echo::start();
    let mut tap = Tap::start(&echo.url().replace("/echo", ""), &[]);
    let url = format!("ws://127.0.0.1:{}/echo", tap.port);
    ws101(&["connect", &url], format!("{}\n", "hello ".repeat(100))).says(0, &[]);
    tap.wait_for(" > = inflated, 600 bytes: \"hello hello ");
    tap.wait_for(" < = inflated, 600 bytes: \"hello hello ");
    tap.stop().says(0, &[]);
}

#[test]
fn half_a_connection_may_end_before_the_other() {
    let server = Peer::open(|talk| {
        // The app's side ends first; the server still has something to say.
        assert_eq!(talk.rest(), b"last");
        thread::sleep(Duration::from_millis(200));
        talk.send("\x01 and more");
        talk.fin();
    });
    let tap = Tap::start(&server.url(), &[]);
    let mut app = App::open(tap.port);
    app.send("last");
    app.0.shutdown(Shutdown::Write).unwrap();
    assert_eq!(app.rest().unwrap(), b"\x01 and more");
    server.done();
    let run = tap.stop();
    run.says(0, &[]);
    let ends: Vec<_> = run.stdout.lines().filter(|line| line.contains("FIN: ended")).collect();
    assert!(ends.len() == 2 && ends[0].contains(" > ") && ends[1].contains(" < "), "{run:?}");
}

#[test]
fn resets_pass_as_resets() {
    // Of the server.
    let server = Peer::open(|talk| {
        talk.expect(0x81, b"x");
        socket2::SockRef::from(&talk.stream).set_linger(Some(Duration::ZERO)).unwrap();
    });
    let mut tap = Tap::start(&server.url(), &[]);
    let mut app = App::open(tap.port);
    app.send(b"\x81\x81\0\0\0\0x");
    assert_eq!(app.rest(), Err(ErrorKind::ConnectionReset));
    server.done();
    tap.wait_for(" < RST: reset the connection\n");
    tap.stop().says(0, &[]);
    // And of the app.
    let server = Peer::open(|talk| {
        talk.expect(0x81, b"x");
        let error = talk.stream.read(&mut [0; 1]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    });
    let mut tap = Tap::start(&server.url(), &[]);
    let mut app = App::open(tap.port);
    app.send(b"\x81\x81\0\0\0\0x");
    tap.wait_for("1 byte: \"x\"");
    app.reset();
    server.done();
    tap.wait_for(" > RST: reset the connection\n");
    tap.stop().says(0, &[]);
}

#[test]
fn many_bytes_cross_both_ways_at_once() {
    const LENGTH: usize = 6_000_000;
    let pattern = |seed: usize| -> Vec<u8> { (0..=250).cycle().skip(seed).take(LENGTH).collect() };
    let server = Peer::open(move |talk| {
        let mut writer = talk.stream.try_clone().unwrap();
        let writing = thread::spawn(move || writer.write_all(&pattern(1)).unwrap());
        let mut came = vec![0; LENGTH];
        talk.stream.read_exact(&mut came).unwrap();
        assert!(came == pattern(0));
        writing.join().unwrap();
    });
    let tap = Tap::start(&server.url(), &["--quiet"]);
    let mut app = App::open(tap.port);
    let mut writer = app.0.try_clone().unwrap();
    let writing = thread::spawn(move || writer.write_all(&pattern(0)).unwrap());
    let mut came = vec![0; LENGTH];
    app.0.read_exact(&mut came).unwrap();
    assert!(came == pattern(1));
    writing.join().unwrap();
    server.done();
    tap.stop().says(0, &[]);
}

#[test]
fn an_end_that_does_not_read_holds_the_other_back() {
    let (told, waiting) = mpsc::channel();
    let server = Peer::open(move |talk| {
        talk.stream.set_write_timeout(Some(Duration::from_millis(700))).unwrap();
        let mut sent = 0;
        // Nothing is taken without end for an app that takes nothing.
        let error = loop {
            match talk.stream.write(&[b'x'; 1 << 14]) {
                Ok(length) => sent += length,
                Err(error) => break error,
            }
            assert!(sent < 200 << 20, "the tap takes everything");
        };
        assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
        told.send(sent).unwrap();
        talk.fin();
        talk.rest();
    });
    let tap = Tap::start(&server.url(), &["--quiet"]);
    let mut app = App::open(tap.port);
    let sent = waiting.recv().unwrap();
    assert_eq!(app.rest().unwrap().len(), sent);
    drop(app);
    server.done();
    tap.stop().says(0, &[]);
}

#[test]
fn a_page_loads_through_the_tap_and_is_not_decoded() {
    let echo = Echo::start();
    let mut tap = Tap::start(&echo.url().replace("ws://", "http://").replace("/echo", ""), &[]);
    let mut app = App::connect(tap.port);
    // Two requests on one connection, and then a handshake.
    for _ in 0..2 {
        app.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            app.0.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        app.0.read_exact(&mut vec![0; length]).unwrap();
        tap.wait_for("> no WebSocket, only forwarded: \"GET /nothing HTTP/1.1\"\n");
        tap.wait_for("< no WebSocket, only forwarded: \"HTTP/1.1 ");
    }
    app.send(REQUEST.replace("/chat", "/echo"));
    app.expect(RESPONSE);
    tap.wait_for("> GET /echo HTTP/1.1\n");
    app.send(b"\x81\x81\0\0\0\0x");
    app.expect(b"\x81\x01x");
    tap.wait_for("< text FIN 1 byte: \"x\"\n");
    tap.stop().says(0, &[]);
}

#[test]
fn programs_get_every_event() {
    let server = Peer::open(|talk| {
        talk.expect(0x81, b"x");
        talk.send(b"\x81\x81\0\0\0\0x");
        talk.rest();
    });
    let mut tap = Tap::start(&server.url(), &["--json"]);
    let mut app = App::open(tap.port);
    app.send(b"\x81\x81\0\0\0\0x");
    app.expect(b"\x81\x81\0\0\0\0x");
    drop(app);
    server.done();
    tap.wait_for("\"over\"");
    let run = tap.stop();
    run.says(0, &[]);
    let events = run.events();
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    let start = ["open", "head", "head", "frame", "frame", "violation", "ended", "ended"];
    assert_eq!(names[..start.len()], start, "{run:?}");
    assert_eq!(names[names.len() - 2..], ["over", "end"]);
    assert!(events[..names.len() - 1].iter().all(|event| event["connection"] == 1));
    assert!(events[1]["text"].as_str().unwrap().starts_with("GET /chat"));
    assert_eq!((&events[3]["from"], &events[3]["payload"]), (&"client".into(), &"78".into()));
    assert_eq!((&events[5]["from"], &events[5]["code"]), (&"server".into(), &"FRAME_MASKED".into()));
    let frames = &run.event("over")["frames"];
    assert_eq!((&frames["client"], &frames["server"]), (&1.into(), &1.into()));
    // Only what is wrong.
    let server = Peer::open(|talk| {
        talk.send(b"\x83\x00");
        talk.rest();
    });
    let tap = Tap::start(&server.url(), &["--json", "--quiet"]);
    let mut app = App::open(tap.port);
    app.expect(b"\x83\x00");
    drop(app);
    server.done();
    let run = tap.stop();
    let names: Vec<_> = run.events().iter().map(|event| event["event"].as_str().unwrap().to_owned()).collect();
    assert!(names.contains(&"violation".to_owned()) && !names.contains(&"frame".to_owned()), "{names:?}");
    let finding = run.events().into_iter().find(|event| event["event"] == "finding").expect("a finding");
    assert_eq!((&finding["connection"], &finding["rule"]), (&1.into(), &"FRAME_RESERVED_OPCODE".into()));
}

#[test]
fn the_doctor_says_what_is_wrong_as_soon_as_it_is_known() {
    let (told, waiting) = mpsc::channel();
    let server = Peer::start(move |talk| {
        // The accept value of a server that decodes the key first.
        talk.head();
        talk.send(RESPONSE.replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "BXhwxM0SZasKmCD9S4BfpPmCnEw="));
        waiting.recv().unwrap();
        talk.send("{\"hello\":1}");
        talk.fin();
        talk.rest();
    });
    let mut tap = Tap::start(&server.url(), &[]);
    let mut app = App::connect(tap.port);
    app.send(REQUEST);
    // While the connection is open.
    tap.wait_for("  error: RESPONSE_ACCEPT_WRONG, RFC 6455 §4.1: ");
    tap.wait_for("    Cause:    The server decoded the key from base64 before it hashed it;");
    told.send(()).unwrap();
    app.rest().unwrap();
    drop(app);
    server.done();
    tap.wait_for("! < the server broke a rule: FRAME_RESERVED_BITS");
    tap.wait_for("    Cause:    JSON is written straight to the socket");
    tap.wait_for("* over");
    let run = tap.stop();
    run.says(0, &[]);
    assert_eq!(run.stdout.matches("RESPONSE_ACCEPT_WRONG").count(), 1, "told once: {run:?}");
}

#[test]
fn a_server_that_is_not_there_resets_the_app() {
    let tap = Tap::start("ws://127.0.0.1:1", &[]);
    let mut app = App::connect(tap.port);
    app.send(REQUEST);
    assert_eq!(app.rest(), Err(ErrorKind::ConnectionReset));
    let run = tap.stop();
    run.says(0, &[]);
    assert!(run.stdout.contains("127.0.0.1, port 1 cannot be reached: "), "{run:?}");
    assert!(run.stdout.contains("> GET /chat HTTP/1.1\n"), "{run:?}");
}

#[test]
fn connections_beyond_the_limit_are_reset() {
    let server = Peer::open(|talk| {
        talk.rest();
    });
    let tap = Tap::start(&server.url(), &["--max-connections", "1"]);
    let app = App::open(tap.port);
    assert_eq!(App::connect(tap.port).rest(), Err(ErrorKind::ConnectionReset));
    drop(app);
    server.done();
    tap.stop().says(0, &["was reset: 1 connections are open"]);
}

#[test]
fn what_is_wrong_with_the_command_line_is_said() {
    for (arguments, hint) in [
        (&["--to", "ws://127.0.0.1:1", "--listen", "0.0.0.0:0"][..], "--allow-remote"),
        (&["--to", "ws://127.0.0.1:1", "--listen", "[::]:0"], "--allow-remote"),
        (&["--to", "ws://127.0.0.1:1/chat"], "leave /chat out"),
        (&["--to", "127.0.0.1:1"], "ws://"),
        (&["--listen", "127.0.0.1:0"], "--to"),
        (&["--to", "ws://127.0.0.1:1", "--max-record", "5000"], "--record"),
        (&["--to", "ws://127.0.0.1:1", "--record", "/no/such/folder/file"], "cannot be recorded in"),
        (&["--to", "wss://127.0.0.1:1", "--ca-file", "/no/such/file"], "/no/such/file"),
        (&["--to", "ws://127.0.0.1:1", "--rewrite-origin=a"], "scheme://host"),
    ] {
        ws101(&[&["tap"], arguments].concat(), "").says(2, &[hint]);
    }
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    ws101(&["tap", "--to", "ws://127.0.0.1:1", "--listen", &listen], "").says(1, &["the port is taken", "--listen"]);
}
