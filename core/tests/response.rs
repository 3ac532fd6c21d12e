//! The client's reading of a response, and what both sides write.

use crate::telling;
use ws101_core::handshake::{
    BuildError, ClientRequest, HandshakeViolation as V, Key, OriginPolicy, SwitchingProtocols, UpgradeRequest,
};

const GOOD: &str = "HTTP/1.1 101 Switching Protocols\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\
    Sec-WebSocket-Protocol: chat\r\n\r\n";

fn key() -> Key {
    Key::from_nonce(*b"the sample nonce")
}

fn request() -> ClientRequest<'static> {
    ClientRequest::new("server.example.com", "/chat", key())
        .origin("http://example.com")
        .subprotocols(&["chat", "superchat"])
        .extensions("permessage-deflate; client_max_window_bits, x-other")
}

fn with(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from:?} stands once in the good response");
    GOOD.replace(from, to)
}

fn check(head: &str, violation: V, about: &str) {
    let error = request().verify_response(head.as_bytes()).expect_err(head);
    telling::of_response(head.as_bytes(), &request(), None);
    assert_eq!((error.violation, error.at.of(head.as_bytes())), (violation, about.as_bytes()), "{head}");
    assert!(violation.status_code().is_none() || violation.number() < V::RequestLine.number(), "{head}");
    if violation != V::HeadIncomplete {
        let behind = format!("{head}\u{81}frames");
        assert_eq!(request().verify_response(behind.as_bytes()).unwrap_err(), error, "{head}");
    }
}

fn accepts(head: &str) {
    let response = request().verify_response(head.as_bytes());
    assert!(response.is_ok(), "{head}: {response:?}");
    telling::of_response(head.as_bytes(), &request(), None);
}

#[test]
fn the_example_of_section_1() {
    let response = request().verify_response(GOOD.as_bytes()).unwrap();
    assert_eq!((response.subprotocol(), response.extensions().count()), (Some("chat"), 0));
    let deflate = with("Upgrade: websocket", "Sec-WebSocket-Extensions: permessage-deflate\r\nUpgrade: websocket");
    let response = request().verify_response(deflate.as_bytes()).unwrap();
    assert_eq!(response.extensions().map(|extension| extension.name()).collect::<Vec<_>>(), ["permessage-deflate"]);
}

#[test]
fn what_is_unusual_and_allowed() {
    accepts(&with("Sec-WebSocket-Protocol: chat\r\n", ""));
    accepts(&with("Protocol: chat", "Protocol: superchat"));
    accepts(&with("101 Switching Protocols", "101 "));
    accepts(&with("101 Switching Protocols", "101 Web Socket Protocol Handshake"));
    accepts(&with("Upgrade: websocket", "upgrade: WebSocket"));
    accepts(&with("Connection: Upgrade", "connection: keep-alive, upgrade"));
    accepts(&with("xOo=", "xOo= \t"));
    accepts(&with("Upgrade: websocket", "Sec-WebSocket-Version: 13\r\nServer: x\r\nUpgrade: websocket"));
    accepts(&with("Upgrade: websocket", "Content-Length: 0\r\nUpgrade: websocket"));
}

#[test]
fn what_breaks_http() {
    check(&GOOD.replace("\r\n", "\n"), V::BareLf, "\n");
    check(&with("chat\r\n\r\n", "chat\r\n"), V::HeadIncomplete, "");
    check(&with("Upgrade: websocket", "X: a\rb\r\nUpgrade: websocket"), V::BareCr, "\r");
    check(&with("Accept:", "Accept :"), V::BlankBeforeColon, " ");
    for line in [
        "101 Switching Protocols",
        "HTTP/1.1  101 x",
        "HTTP/1.1 1x1 x",
        "HTTP/1.1 101",
        "http/1.1 101 x",
        "HTTP/1.1 001 x",
        "hello",
    ] {
        check(&with("HTTP/1.1 101 Switching Protocols", line), V::StatusLine, line);
    }
    check(&with("HTTP/1.1", "HTTP/1.0"), V::ResponseVersion, "HTTP/1.0");
    check(&with("HTTP/1.1", "HTTP/1.1x"), V::ResponseVersion, "HTTP/1.1x");
}

#[test]
fn what_breaks_section_4() {
    for status in ["200", "301", "400", "401", "403", "404", "426", "500", "503"] {
        check(&with("101", status), V::NotSwitchingProtocols, status);
    }
    check(&with("101", "100"), V::ResponseInterim, "100");
    check(&with("101", "102"), V::ResponseInterim, "102");
    check(&with("Upgrade: websocket\r\n", ""), V::ResponseUpgradeMissing, "");
    check(&with("Upgrade: websocket", "Upgrade: h2c"), V::ResponseUpgradeNotWebsocket, "h2c");
    check(&with("Upgrade: websocket", "Upgrade: websocket, h2c"), V::ResponseUpgradeNotWebsocket, "websocket, h2c");
    let twice = with("Upgrade: websocket", "Upgrade: websocket\r\nupgrade: websocket");
    check(&twice, V::ResponseUpgradeNotWebsocket, "upgrade: websocket");
    check(&with("Connection: Upgrade\r\n", ""), V::ResponseConnectionMissing, "");
    check(&with("Connection: Upgrade", "Connection: close"), V::ResponseConnectionNotUpgrade, "close");
    let accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    check(&with(accept, ""), V::AcceptMissing, "");
    check(&with(accept, &format!("{accept}{accept}")), V::AcceptDuplicate, accept.trim_end());
    check(&with("Accept:", "Acccept:"), V::AcceptMissing, "");
    for wrong in [
        "",
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo",
        "s3pplmbitxaq9kygzzhzrbk+xoo=",
        "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=",
        "WJfwerbIozKsJXHxxI0JTO1SQgU=",
    ] {
        check(&with("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", wrong), V::AcceptWrong, wrong);
    }
    for protocol in ["Chat", "chat, superchat", "", "other"] {
        check(&with("Protocol: chat", &format!("Protocol: {protocol}")), V::ResponseProtocolNotOffered, protocol);
    }
    let twice = with("Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: chat");
    check(&twice, V::ResponseProtocolDuplicate, "Sec-WebSocket-Protocol: chat");
    let extension =
        |value: &str| with("Upgrade: websocket", &format!("Sec-WebSocket-Extensions: {value}\r\nUpgrade: websocket"));
    check(&extension("foo"), V::ExtensionNotOffered, "foo");
    check(&extension("x-other, foo"), V::ExtensionNotOffered, "x-other, foo");
    check(&extension(""), V::ResponseExtensions, "");
    check(&extension("a b"), V::ResponseExtensions, "a b");
    accepts(&extension("x-other"));
}

#[test]
fn a_client_that_offers_nothing_takes_nothing() {
    let bare = ClientRequest::new("a", "/", key());
    let violation = |head: &str| {
        telling::of_response(head.as_bytes(), &bare, None);
        bare.verify_response(head.as_bytes()).map(drop).map_err(|error| error.violation)
    };
    assert_eq!(violation(GOOD), Err(V::ResponseProtocolNotOffered));
    assert_eq!(violation(&with("Sec-WebSocket-Protocol: chat\r\n", "")), Ok(()));
}

#[test]
fn what_a_client_writes_a_server_takes() {
    let mut out = vec![0; request().encoded_len().unwrap()];
    let length = request().write(&mut out).unwrap();
    assert_eq!(length, out.len());
    let taken = UpgradeRequest::verify(&out, OriginPolicy::Any).unwrap();
    assert_eq!(
        (taken.target(), taken.host(), taken.origin()),
        ("/chat", "server.example.com", Some("http://example.com"))
    );
    assert_eq!(taken.subprotocols().collect::<Vec<_>>(), ["chat", "superchat"]);
    assert_eq!(
        taken.extensions().map(|extension| extension.name()).collect::<Vec<_>>(),
        ["permessage-deflate", "x-other"]
    );

    let response = taken.response().subprotocol(Some("superchat")).extensions("x-other").fields(&[("Server", "ws101")]);
    let mut answer = vec![0; response.encoded_len().unwrap()];
    response.write(&mut answer).unwrap();
    let verified = request().verify_response(&answer).unwrap();
    assert_eq!(verified.subprotocol(), Some("superchat"));
    assert_eq!(verified.head().fields_named("server").next().unwrap().value_bytes(), b"ws101");
    for short in [0, 1, answer.len() - 1] {
        assert_eq!(response.write(&mut vec![0; short]), Err(BuildError::BufferTooSmall));
        assert_eq!(request().write(&mut vec![0; short]), Err(BuildError::BufferTooSmall));
    }
}

#[test]
fn what_a_caller_may_not_write() {
    let error = |request: ClientRequest<'_>| request.encoded_len().unwrap_err();
    let plain = ClientRequest::new("a", "/", key());
    for host in ["", "a b", "a\r\nX: y", "ws://a"] {
        assert_eq!(error(ClientRequest::new(host, "/", key())), BuildError::Host, "{host}");
    }
    for target in ["", "chat", "/a b", "/#a", "/\r\n", "/你"] {
        assert_eq!(error(ClientRequest::new("a", target, key())), BuildError::Target, "{target}");
    }
    assert_eq!(error(plain.origin("http://a\r\nX: y")), BuildError::Origin);
    assert_eq!(error(plain.subprotocols(&["a", "b c"])), BuildError::Subprotocol);
    assert_eq!(error(plain.subprotocols(&["a", "a"])), BuildError::SubprotocolDuplicate);
    for extensions in ["a b", "a\r\nX: y", " a", ",", "a;x=\"\""] {
        assert_eq!(error(plain.extensions(extensions)), BuildError::Extensions, "{extensions}");
    }
    assert_eq!(error(plain.fields(&[("X Y", "z")])), BuildError::FieldName);
    assert_eq!(error(plain.fields(&[("X", "z\r\nY: 1")])), BuildError::FieldValue);
    assert_eq!(error(plain.fields(&[("X", " z")])), BuildError::FieldValue);
    for ours in ["host", "UPGRADE", "Sec-WebSocket-Key", "content-length"] {
        assert_eq!(error(plain.fields(&[(ours, "x")])), BuildError::FieldReserved);
    }

    let head = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    let taken = UpgradeRequest::verify(head.as_bytes(), OriginPolicy::Any).unwrap();
    assert_eq!(taken.response().subprotocol(Some("chat")).encoded_len(), Err(BuildError::SubprotocolNotOffered));
    assert_eq!(taken.response().extensions("x").encoded_len(), Err(BuildError::ExtensionNotOffered));
    let alone = SwitchingProtocols::new(key().accept());
    assert!(alone.subprotocol(Some("chat")).extensions("x").encoded_len().is_ok(), "without a request nobody can tell");
    assert_eq!(alone.subprotocol(Some("a b")).encoded_len(), Err(BuildError::Subprotocol));
}
