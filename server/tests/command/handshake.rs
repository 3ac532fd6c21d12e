//! The client's opening handshake: what is sent, and what is made of the answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::peer::{Peer, close, field, switching};
use crate::program::ws101;

#[test]
fn the_request_is_what_the_command_line_says() {
    let peer = Peer::start(|talk| {
        let request = talk.accept("Sec-WebSocket-Protocol: superchat\r\n");
        assert!(request.starts_with("GET /chat?x=%20 HTTP/1.1\r\n"), "{request}");
        let host = format!("127.0.0.1:{}", talk.stream.local_addr().unwrap().port());
        for (name, value) in [
            ("Host", host.as_str()),
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Origin", "https://example.com"),
            ("Sec-WebSocket-Protocol", "chat, superchat"),
            ("Cookie", "a=b: c"),
            ("Authorization", "Basic bWU6czpjcmV0"),
            ("User-Agent", concat!("ws101/", env!("CARGO_PKG_VERSION"))),
        ] {
            assert_eq!(field(&request, name), Some(value), "{name}");
        }
        assert_eq!(STANDARD.decode(field(&request, "Sec-WebSocket-Key").unwrap()).unwrap().len(), 16);
        talk.send(close(1000, ""));
        talk.expect_close(1000);
    });
    let url = format!("ws://me:s%3Acret@127.0.0.1:{}/chat?x=%20", peer.port);
    let arguments = ["--origin", "https://example.com", "--header", "Cookie:  a=b: c "];
    let subprotocols = ["--subprotocol", "chat", "--subprotocol", "superchat"];
    let run = ws101(&[&["connect", &url], &arguments[..], &subprotocols].concat(), "");
    peer.done();
    run.says(0, &["* open: ws://127.0.0.1", "subprotocol superchat", "* close 1000 Normal Closure"]);
    assert!(!run.stderr.contains("cret"), "a password is shown: {run:?}");
}

#[test]
fn fields_of_the_command_line_go_before_ours() {
    let peer = Peer::start(|talk| {
        let request = talk.accept("");
        assert_eq!(request.matches("User-Agent").count() + request.matches("user-agent").count(), 1, "{request}");
        assert_eq!(field(&request, "user-agent"), Some("mine"));
        talk.send(close(1000, ""));
        talk.until_close();
    });
    peer.meets(&["--header", "user-agent: mine"], "").says(0, &[]);
}

#[test]
fn the_open_event_has_the_facts() {
    let peer = Peer::start(|talk| {
        talk.accept("Sec-WebSocket-Protocol: chat\r\nX-More: 1\r\n");
        talk.send(close(1000, ""));
        talk.until_close();
    });
    let port = peer.port;
    let run = peer.meets(&["--json", "--subprotocol", "chat"], "");
    run.says(0, &[]);
    let open = run.event("open");
    assert_eq!(open["url"], format!("ws://127.0.0.1:{port}/"));
    assert_eq!(open["address"], format!("127.0.0.1:{port}"));
    assert_eq!((&open["subprotocol"], &open["tls"]), (&"chat".into(), &serde_json::Value::Null));
    assert!(open["request"].as_str().unwrap().starts_with("GET / HTTP/1.1\r\n"));
    assert!(open["response"].as_str().unwrap().contains("\r\nX-More: 1\r\n"));
}

#[test]
fn an_answer_in_http_is_shown_with_the_beginning_of_its_body() {
    for (answer, hints) in [
        (
            "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot here\n and more",
            &["404 Not Found", "\nnot here\n"][..],
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: wss://b.example/\r\nContent-Length: 0\r\n\r\n",
            &["points to \"wss://b.example/\""],
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\x1b[31mhello</p>",
            &["200 OK", "<p>\\u{1b}[31mhello</p>"],
        ),
        (
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
            &["WWW-Authenticate: Basic"],
        ),
    ] {
        let refusing = || {
            Peer::start(move |talk| {
                talk.head();
                talk.send(answer);
            })
        };
        let run = refusing().meets(&[], "");
        run.says(4, hints);
        run.says(4, &["did not switch protocols"]);
        assert_eq!(run.stdout, "");
        let run = refusing().meets(&["--json"], "");
        run.says(4, &[]);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let refused = run.event("refused");
        assert_eq!(refused["response"], format!("{head}\r\n\r\n"));
        assert!(body.starts_with(refused["body"].as_str().unwrap()));
        assert_eq!(run.events().last().unwrap()["status"], 4);
    }
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for_long() {
    let peer = Peer::start(|talk| {
        talk.head();
        talk.send("HTTP/1.1 500 Oh No\r\nContent-Length: 100\r\n\r\nsome");
        talk.rest();
    });
    peer.meets(&[], "").says(4, &["500 Oh No", "\nsome"]);
}

#[test]
fn interim_answers_are_passed_over() {
    let peer = Peer::start(|talk| {
        let request = talk.head();
        let answer = switching(&request, "");
        talk.send(format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n{answer}"));
        talk.send(close(1000, ""));
        talk.until_close();
    });
    let run = peer.meets(&["--frames"], "");
    run.says(0, &["< HTTP/1.1 103 Early Hints\n", "< HTTP/1.1 101 Switching Protocols\n"]);
}

#[test]
fn frames_may_come_with_the_answer_and_in_any_pieces() {
    let frames = [b"\x81\x02hi\x01\x01a\x89\x00\x80\x01b".to_vec(), close(1000, "")].concat();
    let expected = frames.clone();
    let peer = Peer::start(move |talk| {
        let answer = switching(&talk.head(), "");
        talk.send([answer.as_bytes(), &expected].concat());
        talk.expect(0x8a, b"");
        talk.expect_close(1000);
    });
    let run = peer.meets(&[], "");
    run.says(0, &["* ping \"\""]);
    assert_eq!(run.stdout, "hi\nab\n");
    let peer = Peer::start(move |talk| {
        let answer = switching(&talk.head(), "");
        for byte in [answer.as_bytes(), &frames].concat() {
            talk.send([byte]);
        }
        talk.expect(0x8a, b"");
        talk.expect_close(1000);
    });
    assert_eq!(peer.meets(&[], "").stdout, "hi\nab\n");
}

/// A change of the answer, and what is said of it.
type Case = (fn(String) -> String, &'static [&'static str]);

#[test]
fn a_wrong_answer_is_told_in_full() {
    let wrong = |change: fn(String) -> String| {
        Peer::start(move |talk| {
            let answer = switching(&talk.head(), "");
            let changed = change(answer.clone());
            assert_ne!(answer, changed);
            talk.send(changed);
            talk.fin();
            talk.rest();
        })
    };
    let cases: [Case; 6] = [
        (
            |answer| answer.replacen("Accept: ", "Accept: x", 1),
            &[
                "RESPONSE_ACCEPT_WRONG, RFC 6455 §4.1, bytes 97–125 of the head at byte 0",
                "Fix: Hash the key",
                "Bytes: \"x",
            ],
        ),
        (
            |answer| answer.replacen("Upgrade: websocket\r\n", "", 1),
            &["RESPONSE_UPGRADE_MISSING", "Answer `Upgrade: websocket`"],
        ),
        (|answer| answer.replacen("101 Switching", "101\tSwitching", 1), &["RESPONSE_STATUS_LINE_INVALID"]),
        (
            |answer| answer.replacen("\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat\r\n\r\n", 1),
            &["RESPONSE_PROTOCOL_NOT_OFFERED"],
        ),
        (|answer| answer.replacen("\r\n", "\n", 1), &["HEAD_BARE_LF"]),
        (|answer| answer[..40].to_owned(), &["HEAD_INCOMPLETE"]),
    ];
    for (change, hints) in cases {
        let run = wrong(change).meets(&[], "");
        run.says(5, hints);
        run.says(5, &["the whole answer:\nHTTP/1.1 101"]);
        let run = wrong(change).meets(&["--json"], "");
        run.says(5, &[]);
        let violation = run.event("violation");
        assert!(hints[0].starts_with(violation["code"].as_str().unwrap()));
        assert_eq!(violation["in"], "head");
        assert_eq!(run.event("end")["status"], 5);
    }
}

#[test]
fn what_is_no_answer_at_all_is_told_too() {
    for (bytes, hint) in [
        (&b"SSH-2.0-OpenSSH_9.9\r\n"[..], "no answer in HTTP"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "it looks like TLS, which is wss://"),
    ] {
        let peer = Peer::start(move |talk| {
            talk.send(bytes);
            talk.rest();
        });
        peer.meets(&[], "").says(5, &[hint, "HEAD_INCOMPLETE"]);
    }
    let peer = Peer::start(|talk| {
        let answer = switching(&talk.head(), &format!("X: {}\r\n", "x".repeat(1 << 16)));
        // The client need not take all of it.
        let _ = std::io::Write::write_all(&mut talk.stream, answer.as_bytes());
        talk.rest();
    });
    peer.meets(&[], "").says(5, &["HEAD_TOO_LONG"]);
}

#[test]
fn no_answer_is_no_connection() {
    let peer = Peer::start(|talk| {
        talk.head();
        talk.fin();
        talk.rest();
    });
    peer.meets(&[], "").says(3, &["closed the connection without an answer"]);
    let peer = Peer::start(|talk| {
        talk.rest();
    });
    let run = peer.meets(&["--connect-timeout", "0.3", "--json"], "");
    run.says(3, &["did not open within 300ms"]);
    assert!(run.event("error")["message"].as_str().unwrap().contains("300ms"));
    assert_eq!(run.event("end")["status"], 3);
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let url = format!("ws://127.0.0.1:{free}/");
    ws101(&["connect", &url], "").says(3, &["cannot be reached", &free.to_string()]);
    ws101(&["connect", "ws://no-such-name.invalid/"], "").says(3, &["no-such-name.invalid"]);
}

#[test]
fn what_cannot_be_asked_for_is_a_usage_error() {
    for (arguments, hint) in [
        (&["http://a/"][..], "ws://"),
        (&["ws://a/#b"], "fragment"),
        (&["a:80"], "begin with ws://"),
        (&["ws://a/", "--header", "Cookie"], "a colon"),
        (&["ws://a/", "--header", "Coo kie: a"], "name is not a token"),
        (&["ws://a/", "--header", "Upgrade: h2c"], "handshake writes itself"),
        (&["ws://a/", "--header", "A: b\r\nC: d"], "control character"),
        (&["ws://a/", "--subprotocol", "a b"], "not a token"),
        (&["ws://a/", "--origin", "a b"], "origin"),
        (&["ws://a/", "--wait", "soon"], "forever"),
        (&["ws://a/", "--count", "0"], "--count"),
        (&["ws://a/", "--max-message", "0"], "--max-message"),
        (&["ws://a/", "--whole", "--commands"], "--commands"),
        (&["ws://a/", "--quiet", "--frames"], "--frames"),
        (&["wss://a/", "--insecure", "--ca-file", "x"], "--ca-file"),
        (&["wss://a/", "--ca-file", "/no/such/file"], "/no/such/file"),
        (&[], "<URL>"),
    ] {
        let run = ws101(&[&["connect"], arguments].concat(), "");
        run.says(2, &[hint]);
        assert_eq!(run.stdout, "");
    }
    let peer = Peer::start(|talk| {
        talk.rest();
    });
    // Only together are they wrong.
    peer.meets(&["--subprotocol", "a", "--subprotocol", "a"], "").says(2, &["named twice"]);
}
