//! What `ws101 tap --record` writes, and what becomes of it.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread;
use std::time::Duration;

use ws101_doctor::Part;
use ws101_doctor::file::{Form, Gap, Recorded, RecordingFile};

use crate::peer::{Peer, field};
use crate::program::{Echo, Folder, Tap, ws101};
use crate::tap::{App, REQUEST, RESPONSE};
use crate::tls::Server;

fn read(path: &str) -> RecordingFile {
    let file = RecordingFile::read(&fs::read(path).unwrap(), None).unwrap();
    assert_eq!(file.form, Form::Recording);
    file
}

fn path(folder: &Folder) -> String {
    folder.0.join("tap.jsonl").into_os_string().into_string().unwrap()
}

#[track_caller]
fn holds(recorded: &Recorded, from_client: &[u8], from_server: &[u8]) {
    let recording = &recorded.recording;
    assert_eq!(recording.part(Part::Request), REQUEST.as_bytes());
    assert_eq!(recording.part(Part::Response), RESPONSE.as_bytes());
    assert_eq!((recording.part(Part::FromClient), recording.part(Part::FromServer)), (from_client, from_server));
}

#[test]
fn a_connection_is_recorded_byte_for_byte() {
    let folder = Folder::new("record-bytes");
    let path = path(&folder);
    let server = Peer::open(|talk| {
        talk.expect(0x81, b"x");
        talk.send(b"\x81\x81\0\0\0\0x\xff");
        talk.fin();
        talk.rest();
    });
    let tap = Tap::start(&server.url(), &["--record", &path]);
    let mut app = App::open(tap.port);
    app.send(b"\x81\x81\0\0\0\0x");
    app.expect(b"\x81\x81\0\0\0\0x\xff");
    assert_eq!(app.rest(), Ok(Vec::new()));
    drop(app);
    server.done();
    tap.stop().says(0, &[]);
    let file = read(&path);
    assert_eq!((file.remarks.as_slice(), file.connections.len()), (&[][..], 1));
    let recorded = &file.connections[0];
    holds(recorded, b"\x81\x81\0\0\0\0x", b"\x81\x81\0\0\0\0x\xff");
    assert_eq!(recorded.gaps, []);
    assert_eq!(recorded.url.as_deref(), Some(format!("ws://127.0.0.1:{}/", server_port(&path)).as_str()));
    // It holds what only its owner should read.
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.ends_with("{\"end\":\"stopped\"}\n"), "{text}");
    assert!(
        text.contains("\"from\":\"server\",\"ended\":\"fin\"")
            && text.contains("\"from\":\"client\",\"ended\":\"fin\"")
    );
}

fn server_port(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("\"url\":\"ws://127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().to_owned()
}

#[test]
fn only_websocket_connections_are_recorded() {
    let (folder, echo) = (Folder::new("record-plain"), Echo::start());
    let path = path(&folder);
    let tap = Tap::start(&echo.url().replace("/echo", ""), &["--record", &path]);
    let mut app = App::connect(tap.port);
    app.send("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(app.rest().unwrap().starts_with(b"HTTP/1.1 "));
    // A browser connects beforehand, and may never ask: it leaves, or still waits when the tap is stopped.
    drop(App::connect(tap.port));
    let _waiting = App::connect(tap.port);
    let mut app = App::connect(tap.port);
    // What a proxy left of a handshake is what one wants to see.
    app.send("GET /echo HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    assert!(app.rest().unwrap().starts_with(b"HTTP/1.1 4"));
    tap.stop().says(0, &[]);
    let file = read(&path);
    assert_eq!(file.connections.len(), 1, "{file:?}");
    assert_eq!((file.connections[0].number, file.connections[0].target().as_deref()), (4, Some("/echo")));
}

#[test]
fn what_ctrl_c_cuts_off_is_said() {
    let folder = Folder::new("record-cut");
    let path = path(&folder);
    let server = Peer::open(|talk| {
        talk.rest();
    });
    let mut tap = Tap::start(&server.url(), &["--record", &path]);
    let mut app = App::open(tap.port);
    app.send(b"\x81\x81\0\0\0\0x");
    tap.wait_for("1 byte: \"x\"");
    // Until here everything is in the file, though the tap still runs.
    holds(&read(&path).connections[0], b"\x81\x81\0\0\0\0x", b"");
    assert!(read(&path).remarks[0].contains("still being written"));
    tap.stop().says(0, &[]);
    server.done();
    let file = read(&path);
    assert_eq!(file.remarks, [""; 0]);
    assert_eq!(file.connections[0].gaps, [Gap::Stopped]);
    assert_eq!(file.connections[0].notes, ["the tap was stopped while the connection was open"]);
}

#[test]
fn a_recording_has_a_limit_and_the_connection_has_none() {
    let folder = Folder::new("record-limit");
    let path = path(&folder);
    let server = Peer::open(|talk| {
        for _ in 0..100 {
            talk.expect(0x82, &[7; 100]);
            talk.send([&b"\x82\x64"[..], &[7; 100]].concat());
        }
        talk.rest();
    });
    let tap = Tap::start(&server.url(), &["--record", &path, "--max-record", "4000", "--quiet"]);
    let mut app = App::open(tap.port);
    for _ in 0..100 {
        app.send([&b"\x82\xe4\0\0\0\0"[..], &[7; 100]].concat());
        app.expect([&b"\x82\x64"[..], &[7; 100]].concat());
    }
    drop(app);
    server.done();
    tap.stop().says(0, &["has the 4000 bytes of --max-record"]);
    assert!(fs::metadata(&path).unwrap().len() <= 4000);
    let file = read(&path);
    assert!(file.remarks[0].contains("reached its limit"), "{file:?}");
    assert_eq!(file.connections[0].gaps, [Gap::Stopped]);
    assert!(file.connections[0].recording.part(Part::FromServer).len() > 500);
}

#[test]
fn a_recording_is_not_lost_by_accident() {
    let folder = Folder::new("record-twice");
    let path = folder.file("tap.jsonl", "precious");
    let arguments = ["tap", "--listen", "127.0.0.1:0", "--to", "ws://127.0.0.1:1", "--record", &path];
    ws101(&arguments, "").says(2, &["there already", "--overwrite"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    let tap = Tap::start("ws://127.0.0.1:1", &["--record", &path, "--overwrite"]);
    tap.stop().says(0, &[]);
    assert_eq!(read(&path).connections.len(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_the_connection_goes_on() {
    ws101(&["tap", "--listen", "127.0.0.1:0", "--to", "ws://127.0.0.1:1", "--record", "/dev/full", "--overwrite"], "")
        .says(1, &["could not be written"]);
}

#[test]
fn a_server_that_is_not_there_is_recorded() {
    let folder = Folder::new("record-nobody");
    let path = path(&folder);
    let tap = Tap::start("ws://127.0.0.1:1", &["--record", &path]);
    let mut app = App::connect(tap.port);
    app.send(REQUEST);
    assert!(app.rest().is_err());
    tap.stop().says(0, &[]);
    let recorded = &read(&path).connections[0];
    assert_eq!(recorded.recording.part(Part::Request), REQUEST.as_bytes());
    assert!(recorded.notes[0].contains("cannot be reached"), "{recorded:?}");
}

#[test]
fn what_is_in_tls_is_recorded() {
    let folder = Folder::new("record-tls");
    let path = path(&folder);
    let hello = [b"\x81\x05Hello".to_vec(), crate::peer::close(1000, "")].concat();
    let server = Server::sending(&["localhost"], &tokio_rustls::rustls::version::TLS13, hello.clone(), 8);
    let authority = folder.file("ca.pem", &server.pem);
    let to = format!("wss://localhost:{}", server.port);
    let tap = Tap::start(&to, &["--ca-file", &authority, "--record", &path]);
    let mut app = App::open(tap.port);
    app.expect(&hello);
    app.send(b"\x88\x82\0\0\0\0\x03\xe8");
    assert_eq!(app.rest(), Ok(Vec::new()));
    drop(app);
    server.done();
    tap.stop().says(0, &[]);
    holds(&read(&path).connections[0], b"\x88\x82\0\0\0\0\x03\xe8", &hello);
}

#[test]
fn names_are_rewritten_for_the_server_and_recorded_as_the_app_sent_them() {
    let folder = Folder::new("record-rewritten");
    let path = path(&folder);
    let (told, heads) = std::sync::mpsc::channel();
    let server = Peer::start(move |talk| {
        told.send(talk.accept("")).unwrap();
        talk.expect(0x81, b"x");
        talk.rest();
    });
    let to = format!("http://localhost:{}", server.port);
    let arguments = ["--rewrite-host", "--rewrite-origin=https://app.example", "--record", &path];
    let tap = Tap::start(&to, &arguments);
    let own = format!("127.0.0.1:{}", tap.port);
    let request =
        REQUEST.replace("127.0.0.1:9001", &own).replace("\r\n\r\n", "\r\nOrigin: http://localhost:5173\r\n\r\n");
    let mut app = App::connect(tap.port);
    // In pieces, with a frame behind it that was sent too early.
    let (first, second) = request.split_at(40);
    app.send(first);
    thread::sleep(Duration::from_millis(100));
    app.send([second.as_bytes(), b"\x81\x81\0\0\0\0x"].concat());
    app.expect(RESPONSE);
    let head = heads.recv().unwrap();
    let port = to.rsplit(':').next().unwrap();
    assert_eq!(field(&head, "Host"), Some(format!("localhost:{port}").as_str()));
    assert_eq!(field(&head, "Origin"), Some("https://app.example"));
    drop(app);
    server.done();
    let run = tap.stop();
    run.says(0, &[]);
    assert!(run.stdout.contains("* rewritten for the server: Host: localhost:"), "{run:?}");
    let recorded = &read(&path).connections[0];
    assert_eq!(recorded.recording.part(Part::Request), request.as_bytes());
    assert!(recorded.notes[0].contains("rewritten"), "{recorded:?}");
}

#[test]
fn pages_of_other_sites_are_not_helped_to_the_server() {
    for (origin, host, hint) in [
        ("https://evil.example", "127.0.0.1", "--allow-origin"),
        ("http://localhost:5173", "evil.example", "--allow-host"),
    ] {
        let server = Peer::start(|talk| assert_eq!(talk.rest(), b""));
        let tap = Tap::start(&server.url(), &["--rewrite-host"]);
        let mut page = App::connect(tap.port);
        let host = format!("{host}:{}\r\nOrigin: {origin}", tap.port);
        page.send(REQUEST.replace("127.0.0.1:9001", &host));
        let answer = String::from_utf8(page.rest().unwrap()).unwrap();
        assert!(answer.starts_with("HTTP/1.1 403 ") && answer.contains(hint), "{answer}");
        server.done();
        let run = tap.stop();
        run.says(0, &[]);
        assert!(run.stdout.contains("403: the tap answers, and not the server"), "{run:?}");
    }
}

#[test]
fn what_was_recorded_is_judged() {
    let folder = Folder::new("record-judged");
    let path = path(&folder);
    let server = Peer::open(|talk| {
        talk.expect(0x81, b"x");
        // A server that sends back what came.
        talk.send(b"\x81\x81\0\0\0\0x");
        talk.fin();
        talk.rest();
    });
    let mut tap = Tap::start(&server.url(), &["--record", &path]);
    let mut app = App::open(tap.port);
    app.send(b"\x81\x81\0\0\0\0x");
    app.expect(b"\x81\x81\0\0\0\0x");
    drop(app);
    server.done();
    tap.wait_for("* over");
    tap.stop().says(0, &[]);
    let run = ws101(&["doctor", "--json", "--browsers", &path], "");
    let browsers = &run.event("browsers")["browsers"];
    assert_eq!(browsers["chromium"]["message"], "A server must not mask any frames that it sends to the client.");
    let findings: Vec<_> = run.events().into_iter().filter(|event| event["event"] == "finding").collect();
    let masked = findings.iter().find(|finding| finding["rule"] == "FRAME_MASKED").expect("a finding");
    assert_eq!((&masked["fault"], &masked["where"]["part"]), (&"server".into(), &"fromServer".into()));
    let line = usize::try_from(masked["line"].as_u64().unwrap()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().nth(line - 1).unwrap();
    assert!(line.contains("\"from\":\"server\",\"bytes\":\"gYEAAAAAeA==\""), "{line}");
}
