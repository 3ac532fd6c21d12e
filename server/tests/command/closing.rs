//! How connections end, and what the exit status says of it.

use std::time::{Duration, Instant};

use crate::peer::{Peer, close};
#[cfg(unix)]
use crate::program::{Run, command, signal};

#[test]
fn a_server_that_is_done_or_goes_away_closes_cleanly() {
    for (frame, words, code) in [
        (close(1000, "bye"), "* close 1000 Normal Closure \"bye\"", 1000),
        (close(1001, ""), "* close 1001 Going Away\n", 1001),
        (b"\x88\x00".to_vec(), "* close without a status code", 1005),
    ] {
        let closing = |frame: Vec<u8>| {
            Peer::open(move |talk| {
                talk.send(&frame);
                // §5.5.1: the status code comes back.
                talk.expect(0x88, &frame[2..frame.len().min(4)]);
            })
        };
        let run = closing(frame.clone()).meets_silence(&[]);
        run.says(0, &[words, "* closed cleanly"]);
        let run = closing(frame).meets_silence(&["--json"]);
        run.says(0, &[]);
        let event = run.event("close");
        assert_eq!(event["code"].as_u64().unwrap_or(1005), code);
        assert_eq!(run.event("end")["status"], 0);
    }
}

#[test]
fn a_server_that_closes_for_a_cause_is_a_status_of_its_own() {
    for code in [1002, 1008, 1011, 3000, 4999] {
        let run = Peer::sending(close(code, "why")).meets_silence(&[]);
        run.says(7, &[&format!("* close {code}"), "\"why\""]);
    }
}

#[test]
fn our_close_is_sent_and_its_answer_awaited() {
    let peer = Peer::open(|talk| {
        talk.expect(0x81, b"hello");
        talk.expect_close(1000);
        // §5.5.1 lets what was under way still come.
        talk.send(b"\x81\x04late");
        talk.send(close(1000, ""));
        let start = Instant::now();
        // §7.1.1: the server closes TCP first, and the client waits for it.
        std::thread::sleep(Duration::from_millis(200));
        talk.fin();
        assert_eq!(talk.rest(), b"");
        assert!(start.elapsed() >= Duration::from_millis(200));
    });
    let run = peer.meets(&["--wait", "0"], "hello\n");
    run.says(0, &["* closed cleanly"]);
    assert_eq!(run.stdout, "late\n");
}

#[test]
fn a_status_code_of_ours_that_comes_back_is_no_cause() {
    let peer = Peer::open(|talk| {
        talk.expect(0x88, b"\x0f\xa0bye");
        talk.send(close(4000, ""));
    });
    peer.meets(&["--commands"], "/close 4000 bye\n").says(0, &["* close 4000"]);
}

#[test]
fn an_end_without_a_close_is_abnormal() {
    let peer = Peer::open(|talk| {
        talk.send(b"\x81\x02hi\x81\x05He");
        talk.fin();
        talk.rest();
    });
    let run = peer.meets_silence(&[]);
    run.says(6, &["without a Close", "1006"]);
    assert_eq!(run.stdout, "hi\n");
    let peer = Peer::open(|talk| {
        socket2::SockRef::from(&talk.stream).set_linger(Some(Duration::ZERO)).unwrap();
    });
    let run = peer.meets_silence(&["--json"]);
    run.says(6, &[]);
    assert_eq!(run.event("end")["status"], 6);
}

#[test]
fn a_close_that_is_not_answered_is_not_waited_for_without_end() {
    let peer = Peer::open(|talk| {
        talk.expect_close(1000);
        talk.rest();
    });
    let run = peer.meets(&["--wait", "0", "--close-timeout", "0.2"], "");
    run.says(6, &["did not answer our Close in time"]);
    // A server that answers and leaves TCP open has closed all the same.
    let peer = Peer::open(|talk| {
        talk.expect_close(1000);
        talk.send(close(1000, ""));
        talk.rest();
    });
    peer.meets(&["--wait", "0", "--close-timeout", "0.2"], "").says(0, &[]);
}

#[test]
fn a_silent_server_may_be_left() {
    let peer = Peer::open(|talk| {
        talk.expect_close(1001);
        talk.send(close(1001, ""));
    });
    peer.meets_silence(&["--idle-timeout", "0.2"]).says(0, &["* closed cleanly"]);
}

#[test]
fn a_server_that_never_reads_does_not_hold_the_end_up() {
    let peer = Peer::open(|talk| {
        std::thread::sleep(Duration::from_secs(2));
        drop(talk.stream.try_clone());
    });
    let input = "x".repeat(1 << 16).into_bytes().repeat(256);
    let run = peer.meets(&["--whole", "--max-message", "100000000", "--close-timeout", "0.3"], input);
    run.says(6, &["1006"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_closes_and_a_second_one_ends_at_once() {
    for (answers, status) in [(true, 0), (false, 130)] {
        let (told, waiting) = std::sync::mpsc::channel();
        let peer = Peer::open(move |talk| {
            talk.expect(0x81, b"ready");
            told.send(()).unwrap();
            talk.expect_close(1001);
            if answers {
                talk.send(close(1001, ""));
            } else {
                told.send(()).unwrap();
                talk.rest();
            }
        });
        let mut child = command(&["connect", &peer.url(), "--close-timeout", "15"]).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut stdin, b"ready\n").unwrap();
        waiting.recv().unwrap();
        signal(&child);
        if !answers {
            waiting.recv().unwrap();
            // Two that come at once are one.
            std::thread::sleep(Duration::from_millis(300));
            signal(&child);
        }
        Run::of(child).says(status, &[]);
        drop(stdin);
        peer.done();
    }
}
