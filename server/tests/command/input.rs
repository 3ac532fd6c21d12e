//! What the standard input makes the client send.

use crate::peer::{Peer, close};
use crate::program::{Echo, ws101};

#[test]
fn each_line_is_a_text_message() {
    let peer = Peer::open(|talk| {
        let mut keys = Vec::new();
        for text in ["hello", "", "世界", "/ping", "last"] {
            let (first, key, payload) = talk.frame();
            assert_eq!((first, payload.as_slice()), (0x81, text.as_bytes()));
            keys.push(key);
        }
        // §5.3: a new key for each frame.
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 5);
        talk.expect_close(1000);
        talk.send(close(1000, ""));
    });
    peer.meets(&["--wait", "0"], "hello\r\n\n世界\n/ping\nlast").says(0, &[]);
}

#[test]
fn lines_may_be_binary_and_the_whole_may_be_one_message() {
    type Case = (&'static [&'static str], &'static [u8], &'static [(u8, &'static [u8])]);
    const CASES: [Case; 6] = [
        (&["--binary"], b"\x00\xff\r\nb\n", &[(0x82, b"\x00\xff"), (0x82, b"b")]),
        (&["--whole"], b"a\r\nb\n", &[(0x81, b"a\r\nb\n")]),
        (&["--whole"], b"", &[(0x81, b"")]),
        (&["--binary", "--whole"], b"\x00\n\xff", &[(0x82, b"\x00\n\xff")]),
        (&["--binary", "--text"], b"a\n", &[(0x81, b"a")]),
        (&[], b"", &[]),
    ];
    for (arguments, input, frames) in CASES {
        let peer = Peer::open(move |talk| {
            for (first, payload) in frames {
                talk.expect(*first, payload);
            }
            talk.expect_close(1000);
            talk.send(close(1000, ""));
        });
        peer.meets(&[&["--wait", "0"], arguments].concat(), input).says(0, &[]);
    }
}

#[test]
fn commands_are_carried_out() {
    let peer = Peer::open(|talk| {
        talk.expect(0x81, b"text");
        talk.expect(0x81, b"/slash");
        talk.expect(0x89, b"a b");
        talk.send(b"\x8a\x03a b");
        talk.expect(0x89, b"");
        talk.expect(0x82, b"\x00\xff");
        talk.expect(0x88, b"\x03\xe8see you");
        talk.send(close(1000, ""));
    });
    let run =
        peer.meets(&["--commands"], "text\n//slash\n/ping a b\n/ping\n/binary 00 ff\n/help\n/close 1000 see you\n");
    run.says(0, &["* pong \"a b\"", "/close [CODE [REASON]]"]);
}

#[test]
fn what_cannot_be_sent_is_said_and_the_rest_is_sent() {
    let long_ping = format!("/ping {}\n", "x".repeat(126));
    for (line, arguments, hint) in [
        ("/pong\n".as_bytes(), &["--commands"][..], "/help"),
        (b"/close 1005\n", &["--commands"], "may not be sent"),
        (long_ping.as_bytes(), &["--commands"], "125"),
        (b"\xff\n", &[], "not UTF-8"),
    ] {
        let peer = || {
            Peer::open(|talk| {
                talk.expect(0x81, b"before");
                talk.expect(0x81, b"after");
                talk.expect_close(1000);
                talk.send(close(1000, ""));
            })
        };
        let input = [b"before\n", line, b"after\n"].concat();
        let run = peer().meets(&[arguments, &["--wait", "0"]].concat(), &input);
        run.says(1, &["not sent: ", hint, "not everything was sent"]);
        let run = peer().meets(&[arguments, &["--wait", "0", "--json"]].concat(), &input);
        run.says(1, &[]);
        assert!(run.event("error")["message"].as_str().unwrap().contains(hint));
    }
}

#[test]
fn a_message_over_the_limit_ends_the_input() {
    let peer = Peer::open(|talk| {
        talk.expect(0x81, b"four");
        talk.expect_close(1000);
        talk.send(close(1000, ""));
    });
    peer.meets(&["--max-message", "4", "--wait", "0"], "four\nfive5\nsix\n").says(1, &["--max-message"]);
}

#[test]
fn the_end_of_the_input_leaves_time_for_answers() {
    let late = || {
        Peer::open(|talk| {
            talk.expect(0x81, b"x");
            std::thread::sleep(std::time::Duration::from_millis(300));
            talk.send(b"\x81\x06answer");
            talk.expect_close(1000);
            talk.send(close(1000, ""));
        })
    };
    for arguments in [&[][..], &["--wait", "2"], &["--wait", "forever", "--count", "1"]] {
        let run = late().meets(arguments, "x\n");
        run.says(0, &[]);
        assert_eq!(run.stdout, "answer\n", "{arguments:?}");
    }
    // As long as the server wants.
    let run = Peer::open(|talk| {
        std::thread::sleep(std::time::Duration::from_millis(1500));
        talk.send(b"\x81\x04news");
        talk.send(close(1000, ""));
        talk.until_close();
    })
    .meets(&["--wait", "forever"], "");
    run.says(0, &[]);
    assert_eq!(run.stdout, "news\n");
}

#[test]
fn many_messages_and_long_ones_come_back_as_they_were() {
    let echo = Echo::start();
    let lines: Vec<_> = (0..5000).map(|number| format!("message {number} 世界\n")).collect();
    let lines = lines.concat();
    let run = ws101(&["connect", &echo.url(), "--count", "5000", "--wait", "60"], &lines);
    run.says(0, &[]);
    assert!(run.stdout == lines);
    let bytes: Vec<u8> = (0..=250).cycle().take(5_000_000).collect();
    let run = ws101(&["connect", &echo.url(), "--binary", "--whole", "--count", "1", "--wait", "60"], &bytes);
    run.says(0, &[]);
    assert!(run.stdout.trim_end() == hex::encode(&bytes));
}
