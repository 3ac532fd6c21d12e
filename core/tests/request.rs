//! The server's reading of a request: every rule, each with the bytes it is about.

use crate::feeding::every_way;
use crate::telling;
use ws101_core::handshake::{
    Accept, Extension, ExtensionParameter, HandshakeError, HandshakeViolation as V, Key, OriginPolicy, Refusal,
    UpgradeRequest,
};
use ws101_core::{HeadReader, HeadTooLong, Span};

const GOOD: &str = "GET /chat HTTP/1.1\r\n\
    Host: server.example.com\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Origin: http://example.com\r\n\
    Sec-WebSocket-Protocol: chat, superchat\r\n\
    Sec-WebSocket-Version: 13\r\n\r\n";

/// The good request with one text put in the place of another.
fn with(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from:?} stands once in the good request");
    GOOD.replace(from, to)
}

/// `head` breaks this rule, and the error is about these bytes, however the head arrives.
fn check(head: &str, violation: V, about: &str) {
    let error = UpgradeRequest::verify(head.as_bytes(), OriginPolicy::Any).expect_err(head);
    telling::of_request(head.as_bytes());
    assert_eq!((error.violation, error.at.of(head.as_bytes())), (violation, about.as_bytes()), "{head}");
    if violation != V::HeadIncomplete {
        let behind = format!("{head}\u{81}frames");
        assert_eq!(UpgradeRequest::verify(behind.as_bytes(), OriginPolicy::Any).unwrap_err(), error, "{head}");
    }
    assert_eq!(error.violation.status_code().map(|status| matches!(status, 400..=499)), Some(true));
}

/// `head` is a request that is taken, however it arrives and whatever follows it.
fn accepts(head: &str) {
    assert!(UpgradeRequest::verify(head.as_bytes(), OriginPolicy::Any).is_ok(), "{head}");
    telling::of_request(head.as_bytes());
    every_way(head.as_bytes(), |pieces| {
        let mut reader = HeadReader::new(vec![0; head.len()]);
        let mut complete = false;
        for piece in pieces {
            complete = reader.receive(&mut { piece }).unwrap();
        }
        assert!(complete);
        assert!(UpgradeRequest::verify(reader.bytes(), OriginPolicy::Any).is_ok(), "{head}");
    });
}

#[test]
fn the_example_of_section_1() {
    accepts(GOOD);
    let request = UpgradeRequest::verify(GOOD.as_bytes(), OriginPolicy::Any).unwrap();
    assert_eq!((request.target(), request.host()), ("/chat", "server.example.com"));
    assert_eq!(request.origin(), Some("http://example.com"));
    assert_eq!(request.key().as_str(), "dGhlIHNhbXBsZSBub25jZQ==");
    assert_eq!(request.subprotocols().collect::<Vec<_>>(), ["chat", "superchat"]);
    assert_eq!(request.select_subprotocol(&["superchat", "chat"]), Some("chat"), "the client's order decides");
    assert_eq!(request.select_subprotocol(&["Chat"]), None, "names are compared letter for letter");
    let mut out = [0; 256];
    let length = request.response().subprotocol(Some("chat")).write(&mut out).unwrap();
    assert_eq!(
        str::from_utf8(&out[..length]).unwrap(),
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n"
    );
}

#[test]
fn keys() {
    let nonce = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    assert_eq!(Key::from_nonce(nonce).as_str(), "AQIDBAUGBwgJCgsMDQ4PEA==");
    // §4.1's example has other than zero in the bits after the last byte, and is a key all the same.
    let example = Key::parse(b"AQIDBAUGBwgJCgsMDQ4PEC==").unwrap();
    assert_eq!(example.nonce(), nonce);
    assert_ne!(example.accept(), Key::from_nonce(nonce).accept(), "the text is hashed, not the bytes");
    assert_eq!(Key::parse(b"VR+OReqwhymoQ21dBtoIMQ==").unwrap().accept().as_str(), "Y+Te7S7wQJC0FwXumEdGbv9/Mek=");
    assert_eq!(Accept::derive(b"").as_str(), "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=", "a server that found no key");
    assert_eq!(Accept::derive(b"dGhlIHNhbXBsZSBub25jZQ==\r").as_str(), "zvnId+CMmoYWpbuFiCx6kU/bpAw=");
    for not_a_key in [
        &b""[..],
        b"dGhlIHNhbXBsZSBub25jZQ =",
        b"dGhlIHNhbXBsZSBub25jZQ",
        b"dGhlIHNhbXBsZSBub25jZQ=",
        b"dGhlIHNhbXBsZSBub25jZ===",
        b"dGhlIHNhbXBsZSBub25jZWU=",
        b"dGhlIHNhbXBsZSBub25jZWVl",
        b"dGhlIHNhbXBsZSBub25jZQ==\r",
        b"dGhlIHNhbXBsZSBub25j-Q==",
        b"========================",
        &[0xff; 24],
    ] {
        assert_eq!(Key::parse(not_a_key), Err(V::KeyInvalid), "{not_a_key:?}");
    }
}

#[test]
fn what_is_unusual_and_allowed() {
    accepts(&with("Upgrade: websocket", "UPGRADE: WebSocket"));
    accepts(&with("Upgrade: websocket", "Upgrade:websocket"));
    accepts(&with("Upgrade: websocket", "Upgrade: \t websocket \t"));
    accepts(&with("Upgrade: websocket", "Upgrade: h2c, websocket"));
    accepts(&with("Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: websocket"));
    accepts(&with("Connection: Upgrade", "Connection: keep-alive, Upgrade"));
    accepts(&with("Connection: Upgrade", "Connection: keep-alive,,upgrade,"));
    accepts(&with("Connection: Upgrade", "Connection: keep-alive\r\nConnection: upgrade"));
    accepts(&with("Origin: http://example.com\r\n", ""));
    accepts(&with("Origin: http://example.com", "Origin: null"));
    accepts(&with("Sec-WebSocket-Protocol: chat, superchat", "sec-websocket-protocol: a\r\nSec-WebSocket-Protocol: b"));
    accepts(&with("server.example.com", "[::1]:8101"));
    accepts(&with("server.example.com", "127.0.0.1:8101"));
    accepts(&with("server.example.com", "a.example:"));
    accepts(&with("/chat", "/?q=%E4%BD%A0&b=1"));
    accepts(&with("/chat", "http://server.example.com/chat"));
    accepts(&with("Host:", "Cookie: a=\"b\"; c=d\r\nX-Empty:\r\nX-Text: \u{e9}\r\nHost:"));
    accepts(&with("Host:", "Content-Length: 0\r\nHost:"));
    accepts(&with("Host:", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\nHost:"));
}

#[test]
fn what_breaks_the_grammar_of_http() {
    check(&GOOD.replace("\r\n", "\n"), V::BareLf, "\n");
    check(&with("server.example.com\r\n", "server.example.com\n"), V::BareLf, "\n");
    check(&with("Version: 13\r\n\r\n", "Version: 13\r\n\n"), V::BareLf, "\n");
    check(&with("Version: 13\r\n\r\n", "Version: 13\r\n"), V::HeadIncomplete, "");
    check(&with("Host:", "X: a\rb\r\nHost:"), V::BareCr, "\r");
    check(&with("Upgrade: websocket\r\n", "Upgrade:\r\n websocket\r\n"), V::FieldFolded, " websocket");
    check(&with("Host:", "\tHost:"), V::FieldFolded, "\tHost: server.example.com");
    check(&with("Upgrade: websocket", "Upgrade websocket"), V::FieldWithoutColon, "Upgrade websocket");
    check(&with("Host:", "Host :"), V::BlankBeforeColon, " ");
    check(&with("Host:", "Host \t :"), V::BlankBeforeColon, " \t ");
    check(&with("Host:", "Ho st:"), V::FieldName, "Ho st");
    check(&with("Host:", ":"), V::FieldName, "");
    check(&with("Host:", "H\u{e9}:"), V::FieldName, "H\u{e9}");
    check(&with("Host:", "X: a\0b\r\nHost:"), V::FieldValue, "a\0b");
    check(&with("Host:", "X: a\u{7f}\r\nHost:"), V::FieldValue, "a\u{7f}");
    check(&with("GET /chat HTTP/1.1", "GET  /chat HTTP/1.1 "), V::RequestLine, "GET  /chat HTTP/1.1 ");
    check(&with("GET /chat HTTP/1.1", "GET /chat"), V::RequestLine, "GET /chat");
    check(&with("GET /chat HTTP/1.1", "GET"), V::RequestLine, "GET");
    check(&with("GET /chat HTTP/1.1", "G(T /chat HTTP/1.1"), V::RequestLine, "G(T /chat HTTP/1.1");
    check(&with("GET /chat HTTP/1.1", "GET /chat http/1.1"), V::RequestLine, "GET /chat http/1.1");
    check(&with("GET /chat HTTP/1.1", "GET /chat HTTP/1.10"), V::RequestLine, "GET /chat HTTP/1.10");
    check(&with("GET /chat HTTP/1.1", "GET\t/chat\tHTTP/x.1"), V::RequestLine, "GET\t/chat\tHTTP/x.1");
    check(&with("/chat", "/a b"), V::RequestLine, "GET /a b HTTP/1.1");
    check(&with("GET /", "GET\t/"), V::RequestLine, "GET\t/chat HTTP/1.1");
    check("\r\n", V::RequestLine, "");
    check("", V::HeadIncomplete, "");
}

#[test]
fn what_breaks_section_4() {
    for method in ["POST", "HEAD", "get", "Get"] {
        check(&with("GET ", &format!("{method} ")), V::MethodNotGet, method);
    }
    check(&with("HTTP/1.1", "HTTP/1.0"), V::RequestVersion, "HTTP/1.0");
    check(&with("HTTP/1.1", "HTTP/2.0"), V::RequestVersion, "HTTP/2.0");
    for target in ["chat", "*", "/a#b", "ftp://a/b", "/\u{e9}", "server.example.com:80", "http://"] {
        check(&with("/chat", target), V::RequestTarget, target);
    }
    check(&with("Host: server.example.com\r\n", ""), V::HostMissing, "");
    check(&with("Host:", "Host: a\r\nhost:"), V::HostDuplicate, "host: server.example.com");
    for host in ["", "a b", "a/b", "http://a", "[::1", "[]", "a:x", "user@a", ":80", "\u{e9}"] {
        check(&with("server.example.com", host), V::HostInvalid, host);
    }
    check(&with("Upgrade: websocket\r\n", ""), V::UpgradeMissing, "");
    for upgrade in ["h2c", "", "web socket", "websocket/13", "websockets"] {
        check(&with("Upgrade: websocket", &format!("Upgrade: {upgrade}")), V::UpgradeNotWebsocket, upgrade);
    }
    check(&with("Connection: Upgrade\r\n", ""), V::ConnectionMissing, "");
    check(&with("Connection: Upgrade", "Connection: close"), V::ConnectionNotUpgrade, "close");
    check(&with("Connection: Upgrade", "Connection: keep-alive"), V::ConnectionNotUpgrade, "keep-alive");
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    check(&with(key, ""), V::KeyMissing, "");
    check(&with(key, &format!("{key}{key}")), V::KeyDuplicate, key.trim_end());
    check(&with("dGhlIHNhbXBsZSBub25jZQ==", "dGhl"), V::KeyInvalid, "dGhl");
    check(&with("dGhlIHNhbXBsZSBub25jZQ==", ""), V::KeyInvalid, "");
    check(&with("Sec-WebSocket-Version: 13\r\n", ""), V::VersionMissing, "");
    check(
        &with("Version: 13\r\n", "Version: 13\r\nSec-WebSocket-Version: 13\r\n"),
        V::VersionDuplicate,
        "Sec-WebSocket-Version: 13",
    );
    for version in ["8", "0", "013", "13, 8", "", "thirteen"] {
        check(&with("Version: 13", &format!("Version: {version}")), V::VersionUnsupported, version);
    }
    check(&with("Origin:", "Origin: http://a\r\norigin:"), V::OriginDuplicate, "origin: http://example.com");
    check(&with("Origin: http://example.com", "Origin: http://a, http://b"), V::OriginInvalid, "http://a, http://b");
    check(&with("Origin: http://example.com", "Origin:"), V::OriginInvalid, "");
    check(&with("chat, superchat", "ch at"), V::RequestProtocol, "ch at");
    check(&with("chat, superchat", "a, b;c"), V::RequestProtocol, "b;c");
    check(&with("chat, superchat", ","), V::RequestProtocol, "Sec-WebSocket-Protocol: ,");
    check(&with("chat, superchat", "chat, a, chat"), V::RequestProtocolDuplicate, "chat");
    let many = |count: usize| (0..count).map(|i| format!("p{i}")).collect::<Vec<_>>().join(",");
    accepts(&with("chat, superchat", &many(UpgradeRequest::MAX_SUBPROTOCOLS)));
    check(&with("chat, superchat", &many(UpgradeRequest::MAX_SUBPROTOCOLS + 1)), V::RequestProtocolTooMany, "p128");
    check(&with("Host:", "Content-Length: 5\r\nHost:"), V::RequestBody, "Content-Length: 5");
    check(&with("Host:", "Transfer-Encoding: chunked\r\nHost:"), V::RequestBody, "Transfer-Encoding: chunked");
}

#[test]
fn extensions_by_their_grammar() {
    let field = |value: &str| with("Host:", &format!("Sec-WebSocket-Extensions: {value}\r\nHost:"));
    let read = |value: &str| {
        let head = field(value);
        telling::of_request(head.as_bytes());
        let request = UpgradeRequest::verify(head.as_bytes(), OriginPolicy::Any).map_err(|error| {
            assert_eq!(error.violation, V::RequestExtensions, "{value}");
            String::from_utf8_lossy(error.at.of(head.as_bytes())).into_owned()
        })?;
        let parameter = |parameter: ExtensionParameter<'_>| {
            let value = parameter.value().map(|value| value.chars().collect::<String>());
            format!("{}{} ", parameter.name(), value.map_or(String::new(), |value| format!("={value}")))
        };
        let extension = |extension: Extension<'_>| {
            format!("{}({})", extension.name(), extension.parameters().map(parameter).collect::<String>())
        };
        let text: String = request.extensions().map(extension).collect();
        Ok::<_, String>(text)
    };
    for (value, expected) in [
        ("a", "a()"),
        ("a, b", "a()b()"),
        (",a,,b,", "a()b()"),
        ("a;x", "a(x )"),
        ("a ; x = 1 ; y , b", "a(x=1 y )b()"),
        ("a;x=\"10\";y", "a(x=10 y )"),
        ("a;x=\"1\\0\" , b;z", "a(x=10 )b(z )"),
        (
            "permessage-deflate; client_max_window_bits, permessage-deflate",
            "permessage-deflate(client_max_window_bits )permessage-deflate()",
        ),
        ("a\r\nSec-WebSocket-Extensions: b", "a()b()"),
    ] {
        assert_eq!(read(value).as_deref(), Ok(expected), "{value}");
        accepts(&field(value));
    }
    for (value, about) in [
        ("", ""),
        (",", ","),
        ("a b", "a b"),
        ("a;", ""),
        ("a;;b", ";"),
        (";x", ";"),
        ("a;x=", ""),
        ("a;x=1 2", "1 2"),
        ("a;x=\"\"", "\"\""),
        ("a;x=\"1 2\"", "\"1 2\""),
        ("a;x=\"1,2\"", "\"1,2\""),
        ("a;x=\"1", "\"1"),
        ("a;x=\"1\\", "\"1\\"),
        ("a;x=\"1\"2", "2"),
        ("a=b", "a=b"),
        ("\u{e9}", "\u{e9}"),
    ] {
        assert_eq!(read(value), Err(about.to_owned()), "{value}");
    }
}

#[test]
fn origins_are_the_callers_policy() {
    let verify = |policy: OriginPolicy<'_>| UpgradeRequest::verify(GOOD.as_bytes(), policy).map(drop);
    assert_eq!(verify(OriginPolicy::Only(&["http://example.com"])), Ok(()));
    let error = verify(OriginPolicy::Only(&["http://example.org"])).unwrap_err();
    assert_eq!((error.violation, error.at.of(GOOD.as_bytes())), (V::OriginRefused, &b"http://example.com"[..]));
    assert_eq!(error.violation.status_code(), Some(403));
    let within = |origin: Option<&str>| origin.is_some_and(|origin| origin.contains("://example."));
    assert_eq!(verify(OriginPolicy::Custom(&within)), Ok(()));
    let without = with("Origin: http://example.com\r\n", "");
    let error = UpgradeRequest::verify(without.as_bytes(), OriginPolicy::Only(&["http://example.com"])).unwrap_err();
    assert_eq!(error.violation, V::OriginRefused);
}

#[test]
fn heads_in_pieces_with_frames_behind_and_within_a_limit() {
    let stream = [GOOD.as_bytes(), b"\x81\x85frames"].concat();
    every_way(&stream, |pieces| {
        let mut reader = HeadReader::new(vec![0; 1024]);
        let mut rest = Vec::new();
        for piece in pieces {
            let mut input = piece;
            if !reader.receive(&mut input).unwrap() {
                assert!(input.is_empty());
            }
            rest.extend_from_slice(input);
        }
        assert_eq!((reader.bytes(), &rest[..]), (GOOD.as_bytes(), &b"\x81\x85frames"[..]));
    });
    let mut exact = HeadReader::new(vec![0; GOOD.len()]);
    assert_eq!(exact.receive(&mut GOOD.as_bytes()), Ok(true));
    let limit = GOOD.len() - 1;
    every_way(GOOD.as_bytes(), |pieces| {
        let mut reader = HeadReader::new(vec![0; limit]);
        let ended = pieces.map(|mut piece| reader.receive(&mut piece)).find(Result::is_err);
        assert_eq!(ended, Some(Err(HeadTooLong { limit })));
    });
    let mut endless = HeadReader::new([0; 64]);
    let too_long = endless.receive(&mut &[b'a'; 65][..]).unwrap_err();
    assert_eq!(too_long, HeadTooLong { limit: 64 });
    assert_eq!(HandshakeError::from(too_long), HandshakeError { violation: V::HeadTooLong, at: Span::new(64, 64) });
    assert!(!endless.is_complete());
}

#[test]
fn every_refusal_has_what_its_status_needs() {
    for &violation in V::ALL {
        let refusal = Refusal::of(violation);
        let mut out = [0xa5; 1024];
        let length = refusal.write(&mut out).unwrap();
        assert_eq!(length, refusal.encoded_len());
        assert!(refusal.write(&mut out[..length - 1]).is_err());
        let text = str::from_utf8(&out[..length]).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("\r\nContent-Length: {}", body.len())), "{text}");
        assert!(body.contains(violation.rule().code) && head.contains("close"), "{text}");
        match refusal.status_code() {
            405 => assert!(head.contains("\r\nAllow: GET\r\n"), "{text}"),
            426 => assert!(
                head.contains("\r\nUpgrade: websocket\r\n") && head.contains("\r\nSec-WebSocket-Version: 13\r\n")
            ),
            400 | 403 | 431 => {}
            other => panic!("no rule is answered by {other}"),
        }
    }
    assert_eq!(Refusal::of(V::MethodNotGet).status_code(), 405);
    assert_eq!(Refusal::of(V::VersionUnsupported).status_code(), 426);
    assert_eq!(Refusal::of(V::UpgradeMissing).status_code(), 426);
    assert_eq!(Refusal::of(V::HeadTooLong).status_code(), 431);
}
