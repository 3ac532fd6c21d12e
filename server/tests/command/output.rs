//! What the client prints, and where.

use crate::peer::{Peer, close};
use crate::program::{Echo, ws101};

#[test]
fn messages_are_on_stdout_and_the_rest_is_on_stderr() {
    let echo = Echo::start();
    let run = ws101(&["connect", &echo.url()], "hello\nworld\n");
    run.says(0, &[]);
    assert_eq!(run.stdout, "hello\nworld\n");
    let expected = format!(
        "* open: {} (127.0.0.1:{}), permessage-deflate\n* close 1000 Normal Closure\n* closed cleanly\n",
        echo.url(),
        echo.port
    );
    assert_eq!(run.stderr, expected);
    let run = ws101(&["connect", &echo.url(), "--quiet"], "hello\n");
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("hello\n", ""));
}

#[test]
fn frames_are_shown_as_they_are() {
    let frames =
        [b"\x01\x02He\x89\x01p\x80\x03llo\x82\x02\x00\xff\x81\x03\x1b[m".to_vec(), close(1000, "bye")].concat();
    let run = Peer::sending(frames).meets_silence(&["--frames"]);
    run.says(
        0,
        &[
            "> GET / HTTP/1.1\n",
            "> \n< HTTP/1.1 101 Switching Protocols\n",
            "< text fin 0 2 bytes: \"He\"\n",
            "< ping FIN 1 byte: \"p\"\n",
            "> pong FIN masked ",
            " 1 byte: \"p\"\n",
            "< continuation FIN 3 bytes: \"llo\"\n",
            "< binary FIN 2 bytes: 00 ff\n",
            "< text FIN 3 bytes: \"\\u{1b}[m\"\n",
            "< close FIN 5 bytes: 1000 Normal Closure \"bye\"\n",
            "> close FIN masked ",
            " 2 bytes: 1000 Normal Closure \"\"\n",
        ],
    );
    assert_eq!(run.stdout, "Hello\n00ff\n\x1b[m\n");
}

#[test]
fn programs_get_every_event_in_order() {
    let frames = [b"\x81\x02hi\x82\x01\xff\x89\x01p\x8a\x01\xff".to_vec(), close(1000, "bye")].concat();
    let run = Peer::sending(frames.clone()).meets_silence(&["--json"]);
    run.says(0, &[]);
    assert_eq!(run.stderr, "");
    let events = run.events();
    assert_eq!(events[0]["event"], "open");
    let expected = serde_json::json!([
        { "event": "message", "type": "text", "text": "hi" },
        { "event": "message", "type": "binary", "hex": "ff" },
        { "event": "ping", "hex": "70", "text": "p" },
        { "event": "pong", "hex": "ff", "text": null },
        { "event": "close", "code": 1000, "name": "Normal Closure", "reason": "bye" },
        { "event": "end", "status": 0, "meaning": "closed cleanly" },
    ]);
    assert_eq!(events[1..], *expected.as_array().unwrap());
    let run = Peer::sending(frames).meets_silence(&["--json", "--frames"]);
    let frames: Vec<_> = run.events().into_iter().filter(|event| event["event"] == "frame").collect();
    let from_server = frames.iter().filter(|frame| frame["from"] == "server");
    let types: Vec<_> = from_server.clone().map(|frame| frame["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["text", "binary", "ping", "pong", "close"]);
    let lengths: Vec<_> = from_server.clone().map(|frame| frame["length"].as_u64().unwrap()).collect();
    assert_eq!(lengths, [2, 1, 1, 1, 5]);
    assert!(from_server.clone().all(|frame| frame["masking_key"].is_null()));
    let from_client: Vec<_> = frames.iter().filter(|frame| frame["from"] == "client").collect();
    assert_eq!(from_client.len(), 2);
    assert!(from_client.iter().all(|frame| frame["masking_key"].as_str().unwrap().len() == 8));
}

#[test]
fn a_long_frame_is_shown_by_its_beginning() {
    let frame = [&b"\x82\x7e\x01\x2c"[..], &[7; 300], &close(1000, "")].concat();
    let run = Peer::sending(frame).meets_silence(&["--json", "--frames"]);
    let frame = run.events().into_iter().find(|event| event["type"] == "binary" && event["event"] == "frame").unwrap();
    assert_eq!((&frame["length"], &frame["truncated"]), (&300.into(), &true.into()));
    assert_eq!(frame["payload"], "07".repeat(256));
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_ends_the_connection_in_peace() {
    let (told, waiting) = std::sync::mpsc::channel();
    let peer = Peer::open(move |talk| {
        waiting.recv().unwrap();
        talk.send(b"\x81\x02hi");
        talk.expect_close(1000);
        talk.send(close(1000, ""));
    });
    let mut child = crate::program::command(&["connect", &peer.url()]).spawn().unwrap();
    let stdin = child.stdin.take();
    drop((child.stdout.take(), child.stderr.take()));
    told.send(()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    drop(stdin);
    peer.done();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let peer = Peer::open(|talk| {
        talk.send(b"\x81\x02hi");
        talk.expect_close(1000);
        talk.send(close(1000, ""));
    });
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = crate::program::command(&["connect", &peer.url()]).stdout(full).spawn().unwrap();
    let stdin = child.stdin.take();
    crate::program::Run::of(child).says(1, &["could not be written"]);
    drop(stdin);
    peer.done();
}
