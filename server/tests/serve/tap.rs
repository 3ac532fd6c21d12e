//! A page's side of the wire tap.

use serde_json::Value;

use crate::client::{Client, handshake};
use crate::frames::{self, masked};
use crate::server::Server;

/// A tap's socket after its first message.
pub(crate) struct Tap {
    pub(crate) client: Client,
    pub(crate) id: String,
}

/// What comes over it.
#[derive(Debug, PartialEq)]
pub(crate) enum Message {
    Text(Value),
    Record { kind: u8, microseconds: u64, bytes: Vec<u8> },
}

impl Tap {
    pub(crate) fn open(server: &Server) -> Self {
        let mut client = server.connect();
        let origin = format!("Origin: http://127.0.0.1:{}\r\n", server.port);
        client.send(handshake(&format!("/tap?secret={}", secret(server)), server.port, &origin));
        assert!(client.head().starts_with("HTTP/1.1 101 "));
        let mut tap = Self { client, id: String::new() };
        let Message::Text(ready) = tap.message() else { panic!("the first message is a text") };
        assert_eq!(ready["type"], "ready");
        ready["id"].as_str().unwrap().clone_into(&mut tap.id);
        assert!(is_hex(&tap.id), "{}", tap.id);
        tap
    }

    /// The echo's address under this tap.
    pub(crate) fn target(&self) -> String {
        format!("/echo?tap={}", self.id)
    }

    pub(crate) fn message(&mut self) -> Message {
        let (first, payload) = self.client.frame();
        match first {
            frames::TEXT => Message::Text(serde_json::from_slice(&payload).unwrap()),
            frames::BINARY => Message::Record {
                kind: payload[0],
                microseconds: u64::from_be_bytes(payload[1..9].try_into().unwrap()),
                bytes: payload[9..].to_vec(),
            },
            other => panic!("a frame that begins with {other:#x}: {payload:02x?}"),
        }
    }

    pub(crate) fn command(&mut self, json: &str) {
        self.client.send(masked(frames::TEXT, json.as_bytes()));
    }

    /// The server's complaint about a command.
    pub(crate) fn error(&mut self) -> String {
        loop {
            if let Message::Text(text) = self.message() {
                assert_eq!(text["type"], "error");
                return text["message"].as_str().unwrap().to_owned();
            }
        }
    }

    /// Every record until the end, after which the server closes the tap.
    pub(crate) fn records(&mut self) -> Vec<(u8, Vec<u8>)> {
        let mut records = Vec::new();
        let mut last = 0;
        loop {
            match self.message() {
                Message::Record { kind, microseconds, bytes } => {
                    assert!(microseconds >= last, "time goes on");
                    last = microseconds;
                    records.push((kind, bytes));
                }
                Message::Text(text) => {
                    assert_eq!(text["type"], "end");
                    break;
                }
            }
        }
        assert_eq!(self.client.close_frame().0, 1000);
        self.client.send(frames::close(1000, ""));
        self.client.expect_end();
        records
    }
}

/// The secret, as a page of the server's own reads it.
pub(crate) fn secret(server: &Server) -> String {
    let mut client = server.connect();
    client.send(format!("GET /tap.json HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port));
    let (head, body) = client.response();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    let offer: Value = serde_json::from_str(&body).unwrap();
    let secret = offer["secret"].as_str().unwrap().to_owned();
    assert!(is_hex(&secret), "{secret}");
    secret
}

fn is_hex(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
