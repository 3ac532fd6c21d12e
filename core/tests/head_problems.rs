//! Every rule that a head breaks, and that the first is the one for which it is refused.

use crate::telling::{of_request, of_response};
use ws101_core::deflate::{Offer, Offers, WindowBits};
use ws101_core::handshake::{ClientRequest, HandshakeViolation as V, Key};
use ws101_core::inspect;

const REQUEST: &str = "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://example.com\r\n\
    Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\
    Sec-WebSocket-Version: 13\r\n\r\n";
const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\
    Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n\r\n";

fn asking() -> ClientRequest<'static> {
    ClientRequest::new("server.example.com", "/chat", Key::from_nonce(*b"the sample nonce"))
        .subprotocols(&["chat", "superchat"])
        .extensions(OFFER)
}

const OFFER: &str = "permessage-deflate; server_max_window_bits=10; client_max_window_bits";

fn offers() -> Offers {
    Offers::new([Offer::new().server_max_window_bits(WindowBits::new(10).unwrap()).client_max_window_bits(None)])
}

/// The rules, each with the text that it is about.
fn request(head: &str) -> Vec<(V, &str)> {
    let told = of_request(head.as_bytes());
    told.iter().map(|error| (error.violation, &head[error.at.start..error.at.end])).collect()
}

fn response(head: &str) -> Vec<(V, &str)> {
    let told = of_response(head.as_bytes(), &asking(), Some(offers()));
    told.iter().map(|error| (error.violation, &head[error.at.start..error.at.end])).collect()
}

#[test]
fn a_request_that_breaks_many() {
    assert_eq!(request(REQUEST), []);
    assert_eq!(
        request(
            "POST /a#b HTTP/1.0\r\nHost: a b\r\nUpgrade: h2c\r\nSec-WebSocket-Key : abc\r\nOrigin: a,b\r\n\
            Sec-WebSocket-Protocol: chat, chat\r\nSec-WebSocket-Extensions: ;\r\nContent-Length: 3\r\n\r\n"
        ),
        [
            (V::BlankBeforeColon, " "),
            (V::MethodNotGet, "POST"),
            (V::RequestVersion, "HTTP/1.0"),
            (V::RequestTarget, "/a#b"),
            (V::HostInvalid, "a b"),
            (V::UpgradeNotWebsocket, "h2c"),
            (V::ConnectionMissing, ""),
            (V::KeyInvalid, "abc"),
            (V::VersionMissing, ""),
            (V::OriginInvalid, "a,b"),
            (V::RequestProtocolDuplicate, "chat"),
            (V::RequestExtensions, ";"),
            (V::RequestBody, "Content-Length: 3"),
        ]
    );
    let twice = REQUEST.replace("Upgrade\r\nSec", "Upgrade\r\nSec-WebSocket-Key: x\r\nSec");
    let told = request(&twice);
    assert_eq!(told, [(V::KeyDuplicate, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), (V::KeyInvalid, "x")]);
}

#[test]
fn a_response_that_breaks_many() {
    assert_eq!(response(RESPONSE), []);
    assert_eq!(
        response(
            "HTTP/1.0 101 x\nUpgrade: websocket, h2c\nConnection: close\nSec-WebSocket-Accept: x\n\
            Sec-WebSocket-Accept: y\nSec-WebSocket-Protocol: mqtt\nSec-WebSocket-Extensions: permessage-deflate; a; \
            client_max_window_bits; server_max_window_bits=16, permessage-deflate, x-own\n\n"
        )[7..],
        [
            (V::BareLf, "\n"),
            (V::ResponseVersion, "HTTP/1.0"),
            (V::ResponseUpgradeNotWebsocket, "websocket, h2c"),
            (V::ResponseConnectionNotUpgrade, "close"),
            (V::AcceptDuplicate, "Sec-WebSocket-Accept: y"),
            (V::AcceptWrong, "x"),
            (
                V::ExtensionNotOffered,
                "permessage-deflate; a; client_max_window_bits; server_max_window_bits=16, permessage-deflate, x-own"
            ),
            (V::ResponseProtocolNotOffered, "mqtt"),
            (V::DeflateDuplicate, "permessage-deflate"),
            (V::DeflateParameterUnknown, "a"),
            (V::DeflateParameterValue, "server_max_window_bits=16"),
            (V::DeflateParameterValue, "permessage-deflate; a; client_max_window_bits; server_max_window_bits=16"),
        ]
    );
    let without = RESPONSE.replace("; server_max_window_bits=10", "");
    assert_eq!(response(&without), [(V::DeflateServerBits, "permessage-deflate")]);
    assert_eq!(
        response("HTTP/1.0 200 OK\r\n\r\n"),
        [(V::ResponseVersion, "HTTP/1.0"), (V::NotSwitchingProtocols, "200")]
    );
}

#[test]
fn what_depends_on_the_request_needs_it() {
    let mut told = Vec::new();
    let head = RESPONSE.replace("xOo=", "xxx=").replace("chat", "mqtt");
    inspect::response_problems(head.as_bytes(), None, &mut |error| told.push(error.violation));
    assert_eq!(told, []);
    // A key that is none is answered by its text all the same.
    let asked = REQUEST.replace("dGhlIHNhbXBsZSBub25jZQ==", "").replace("; client_max_window_bits", "");
    let head = RESPONSE.replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=");
    inspect::response_problems(head.as_bytes(), Some(asked.as_bytes()), &mut |error| told.push(error.violation));
    assert_eq!(told, []);
}

#[test]
fn fields_in_malformed_lines_are_found() {
    let blank = RESPONSE.replace("Accept:", "Accept :");
    assert_eq!(response(&blank), [(V::BlankBeforeColon, " ")]);
    let cr = RESPONSE.replace("Upgrade: websocket\r\n", "X: y\rUpgrade: websocket\r\n");
    assert_eq!(response(&cr), [(V::BareCr, "\r")]);
    let status = RESPONSE.replace("HTTP/1.1 101 Switching Protocols", "http/1.1 101 Switching Protocols");
    assert_eq!(response(&status), [(V::StatusLine, "http/1.1 101 Switching Protocols")]);
    let folded = RESPONSE.replace("Connection: Upgrade", " Connection: Upgrade");
    let told = response(&folded);
    assert_eq!(told, [(V::FieldFolded, " Connection: Upgrade"), (V::ResponseConnectionMissing, "")]);
}

#[test]
fn of_a_cut_head_nothing_is_missing() {
    for end in 0..REQUEST.len() {
        let told = request(&REQUEST[..end]);
        assert_eq!(told[0].0, V::HeadIncomplete, "{end}");
        let absent = |rule: &V| rule.rule().code.ends_with("_MISSING");
        assert!(!told.iter().any(|(violation, _)| absent(violation)), "{end}: {told:?}");
    }
    assert_eq!(request(&REQUEST[..REQUEST.len() - 2]), [(V::HeadIncomplete, "")]);
    assert_eq!(response(&RESPONSE[..RESPONSE.len() - 2]), [(V::HeadIncomplete, "")]);
}

#[test]
fn the_first_is_the_same_for_heads_of_any_bytes() {
    // A generator of its own keeps the test the same everywhere.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let pieces: [&[u8]; 14] =
        [b"\r\n", b"\n", b"\r", b" ", b":", b",", b";", b"=", b"\0", b"\xff", b"\t", b"HTTP/1.1", b"websocket", b"\""];
    for round in 0..30_000 {
        let base = if round % 2 == 0 { REQUEST } else { RESPONSE };
        let mut head = base.as_bytes().to_vec();
        for _ in 0..=random(3) {
            let at = random(head.len());
            let end = (at + random(12)).min(head.len());
            match random(3) {
                0 => drop(head.drain(at..end)),
                1 => drop(head.splice(at..at, pieces[random(pieces.len())].iter().copied())),
                _ => {
                    let copy = head[at..end].to_vec();
                    let to = random(head.len());
                    head.splice(to..to, copy);
                }
            }
        }
        if round % 2 == 0 {
            of_request(&head);
        } else {
            of_response(&head, &asking(), Some(offers()));
        }
    }
}
