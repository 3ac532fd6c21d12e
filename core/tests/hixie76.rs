//! The protocol of 2010: the handshake from both sides, and frames however they arrive.
#![cfg(feature = "hixie76")]

use std::collections::HashSet;

use crate::feeding::every_way;
use ws101_core::handshake::{BuildError, HandshakeViolation as H, OriginPolicy};
use ws101_core::hixie76::{
    AfterHead, BrokenRule, CLOSING_FRAME, Challenge, ClientRequest, Decoder, FrameType, FramingError,
    Hixie76Violation as V, Key, OpeningError, Request, Scheme, ServerResponse, TextFrame,
};
use ws101_core::{EncodeError, Head, HeadReader, Span};

/// The draft's own example (§1.2).
const GOOD: &str = "GET /demo HTTP/1.1\r\n\
    Host: example.com\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n\
    Sec-WebSocket-Protocol: sample\r\n\
    Upgrade: WebSocket\r\n\
    Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\n\
    Origin: http://example.com\r\n\r\n";
const KEY3: [u8; 8] = *b"^n:ds[4U";
const ANSWER: [u8; 16] = *b"8jKS'y:G*Co,Wxa-";

fn with(good: &str, from: &str, to: &str) -> String {
    assert_eq!(good.matches(from).count(), 1, "{from:?} stands once in {good}");
    good.replace(from, to)
}

fn check_request(head: &str, violation: impl Into<BrokenRule>, about: &str) {
    let error = Request::verify(head.as_bytes(), OriginPolicy::Any).expect_err(head);
    assert_eq!((error.violation, error.at.of(head.as_bytes())), (violation.into(), about.as_bytes()), "{head}");
    let behind = format!("{head}12345678\0frames");
    assert_eq!(Request::verify(behind.as_bytes(), OriginPolicy::Any).unwrap_err(), error, "{head}");
    let mut out = [0; 1024];
    let length = error.violation.refusal().write(&mut out).unwrap();
    let status = error.violation.refusal().status_code();
    let text = str::from_utf8(&out[..length]).unwrap();
    assert!(text.starts_with(&format!("HTTP/1.1 {status} ")) && text.contains(error.violation.rule().code), "{text}");
    assert!((400..500).contains(&status));
}

#[test]
fn the_drafts_example() {
    assert_eq!(Key::number_of(b"4 @1  46546xW%0l 1 5"), Ok(829_309_203));
    assert_eq!(Key::number_of(b"12998 5 Y3 1  .P00"), Ok(259_970_620));
    assert_eq!(Challenge { numbers: [829_309_203, 259_970_620], key3: KEY3 }.response(), ANSWER);
    let request = Request::verify(GOOD.as_bytes(), OriginPolicy::Any).unwrap();
    assert!(Request::is_asked_for(request.head()));
    assert_eq!(
        (request.resource_name(), request.host(), request.origin()),
        ("/demo", "example.com", "http://example.com")
    );
    assert_eq!((request.subprotocol(), request.key_numbers()), (Some("sample"), [829_309_203, 259_970_620]));
    let response = request.response(Scheme::Ws, KEY3);
    let mut out = vec![0xa5; response.encoded_len().unwrap() + 1];
    let length = response.write(&mut out).unwrap();
    assert_eq!(
        str::from_utf8(&out[..length]).unwrap(),
        "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Origin: http://example.com\r\nSec-WebSocket-Location: ws://example.com/demo\r\n\
         Sec-WebSocket-Protocol: sample\r\n\r\n8jKS'y:G*Co,Wxa-"
    );
    assert_eq!(out[length], 0xa5, "nothing is written beyond it");
    for short in [0, 1, length - 1] {
        assert_eq!(response.write(&mut out[..short]), Err(BuildError::BufferTooSmall));
    }
}

/// Challenges and their MD5s, computed by another implementation.
#[test]
fn challenges() {
    for (numbers, key3, expected) in [
        ([155_712_099, 173_347_027], b"Tm[K T2u", &b"fQJ,fN/4F4!~K~MH"[..]),
        ([0, 0], &[0; 8], b"\x4a\xe7\x13\x36\xe4\x4b\xf9\xbf\x79\xd2\x75\x2e\x23\x48\x18\xa5"),
        ([u32::MAX, u32::MAX], &[0xff; 8], b"\x8d\x79\xcb\xc9\xa4\xec\xdd\xe1\x12\xfc\x91\xba\x62\x5b\x13\xc2"),
    ] {
        assert_eq!(Challenge { numbers, key3: *key3 }.response(), expected);
    }
}

#[test]
fn numbers_of_keys() {
    let cases: [(&[u8], Result<u32, V>); 17] = [
        (b"0 a", Ok(0)),
        (b"1 2", Ok(12)),
        (b"1 2 ", Ok(6)),
        (b"4 2 9 3", Ok(1431)),
        (b"4 2 9 4", Err(V::KeyNotMultiple)),
        (b"42949 67295", Ok(u32::MAX)),
        (b"42949 67296", Err(V::KeyTooLarge)),
        (b"00000000000000000001 2", Ok(12)),
        (b"99999999999999999999999999 9", Err(V::KeyTooLarge)),
        (b"", Err(V::KeyWithoutDigit)),
        (b" a ", Err(V::KeyWithoutDigit)),
        (b"12", Err(V::KeyWithoutSpace)),
        (b"1\t2", Err(V::KeyWithoutSpace)),
        // §1.3
        (b"18x 6]8vM;54 *(5:  {   U1]8  z [  8", Ok(155_712_099)),
        (b"1_ tx7X d  <  nw  334J702) 7]o}` 0", Ok(173_347_027)),
        (b"1 N ?|k UT0or 3o  4 I97N 5-S3O 31", Ok(114_997_259)),
        (&[0xff, b'1', b' ', 0x80], Ok(1)),
    ];
    for (key, expected) in cases {
        assert_eq!(Key::number_of(key), expected, "{}", key.escape_ascii());
    }
}

#[test]
fn what_a_request_may_break() {
    for (from, to, violation, about) in [
        ("Key1:", "Keyl:", V::Key1Missing, ""),
        ("Key2:", "Key3:", V::Key2Missing, ""),
        ("4 @1  46546xW%0l 1 5", "4@146546xW%0l15", V::KeyWithoutSpace, "4@146546xW%0l15"),
        ("4 @1  46546xW%0l 1 5", "4 @1  46546xW%0l 15", V::KeyNotMultiple, "4 @1  46546xW%0l 15"),
        ("12998 5 Y3 1  .P00", "Y .P", V::KeyWithoutDigit, "Y .P"),
        ("12998 5 Y3 1  .P00", "12998 5 Y3 1  .P000", V::KeyTooLarge, "12998 5 Y3 1  .P000"),
        ("Origin: http://example.com\r\n", "", V::OriginMissing, ""),
        ("sample", "", V::SubprotocolInvalid, ""),
        ("sample", "s\u{e9}", V::SubprotocolInvalid, "s\u{e9}"),
        ("sample", "s\tt", V::SubprotocolInvalid, "s\tt"),
    ] {
        check_request(&with(GOOD, from, to), violation, about);
    }
    for (line, violation) in [
        ("Sec-WebSocket-Key1: 1 2", V::KeyDuplicate),
        ("sec-websocket-key2: 1 2", V::KeyDuplicate),
        ("Sec-WebSocket-Protocol: other", V::SubprotocolDuplicate),
    ] {
        check_request(&with(GOOD, "Origin:", &format!("Origin: http://example.com\r\n{line}\r\nX:")), violation, line);
    }
    for (from, to, violation, about) in [
        ("GET /demo", "POST /demo", H::MethodNotGet, "POST"),
        ("/demo", "http://example.com/demo", H::RequestTarget, "http://example.com/demo"),
        ("/demo", "demo", H::RequestTarget, "demo"),
        ("Host: example.com", "Host: a b", H::HostInvalid, "a b"),
        ("Host: example.com\r\n", "", H::HostMissing, ""),
        ("Upgrade: WebSocket\r\n", "", H::UpgradeMissing, ""),
        ("Upgrade: WebSocket", "Upgrade: h2c", H::UpgradeNotWebsocket, "h2c"),
        ("Connection: Upgrade", "Connection: close", H::ConnectionNotUpgrade, "close"),
        ("http://example.com", "http://a, http://b", H::OriginInvalid, "http://a, http://b"),
        ("Host:", "Host :", H::BlankBeforeColon, " "),
        ("Host:", "Content-Length: 8\r\nHost:", H::RequestBody, "Content-Length: 8"),
    ] {
        check_request(&with(GOOD, from, to), violation, about);
    }
    let refused = Request::verify(GOOD.as_bytes(), OriginPolicy::Only(&["http://example.org"])).unwrap_err();
    assert_eq!(refused.violation, H::OriginRefused.into());
    assert_eq!(refused.violation.refusal().status_code(), 403);
    for (from, to) in [
        ("sample", "two words"),
        ("Sec-WebSocket-Protocol: sample\r\n", ""),
        ("Upgrade: WebSocket", "Upgrade: websocket"),
        ("Connection: Upgrade", "Connection: keep-alive, upgrade"),
        ("Host: example.com", "Host: [::1]:8101"),
    ] {
        let head = with(GOOD, from, to);
        assert!(Request::verify(head.as_bytes(), OriginPolicy::Any).is_ok(), "{head}");
    }
    let new = b"GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    assert!(!Request::is_asked_for(Head::new(new)));
}

#[test]
fn a_request_and_its_eight_bytes_in_pieces() {
    let stream = [GOOD.as_bytes(), &KEY3, b"\0Hello\xff"].concat();
    every_way(&stream, |pieces| {
        let (mut head, mut key3) = (HeadReader::new([0; 512]), AfterHead::<8>::default());
        let mut found = None;
        let mut frames = Vec::new();
        for mut piece in pieces {
            if head.receive(&mut piece).unwrap() {
                found = key3.receive(&mut piece);
                frames.extend_from_slice(piece);
            }
        }
        assert_eq!((head.bytes(), found, &frames[..]), (GOOD.as_bytes(), Some(KEY3), &b"\0Hello\xff"[..]));
    });
}

fn keys() -> [Key; 2] {
    [Key::from_random([0x5a; Key::RANDOM_LENGTH]), Key::from_random([0xc3; Key::RANDOM_LENGTH])]
}

fn client() -> ClientRequest<'static> {
    ClientRequest::new(Scheme::Ws, "example.com", "/demo", "http://example.com", keys(), KEY3).subprotocol("sample")
}

const RESPONSE: &str = "HTTP/1.1 101 WebSocket Protocol Handshake\r\n\
    Upgrade: WebSocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Origin: http://example.com\r\n\
    Sec-WebSocket-Location: ws://example.com/demo\r\n\
    Sec-WebSocket-Protocol: sample\r\n\r\n";

fn judge<'r>(head: &'r str, request: &ClientRequest<'_>) -> Result<ServerResponse<'r>, OpeningError> {
    request.verify_response(head.as_bytes(), request.challenge().response())
}

#[test]
fn keys_from_every_kind_of_randomness() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut byte = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random.to_le_bytes()[3]
    };
    let mut seen = HashSet::new();
    let drawn = (0..20_000).map(|_| [0; Key::RANDOM_LENGTH].map(|_: u8| byte()));
    let same = (0..=255).map(|byte| [byte; Key::RANDOM_LENGTH]);
    for random in drawn.chain(same) {
        let key = Key::from_random(random);
        let text = key.as_str();
        assert_eq!(Key::number_of(text.as_bytes()), Ok(key.number()), "{text}");
        let spaces = text.bytes().filter(|&byte| byte == b' ').count();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let others = text.len() - spaces - digits;
        assert!((1..=12).contains(&spaces) && (1..=12).contains(&others) && (1..=10).contains(&digits), "{text}");
        assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim() == text, "{text}");
        assert!(text.len() <= Key::MAX_LENGTH);
        seen.insert((spaces, others));
    }
    assert_eq!(seen.len(), 144, "every count of spaces and of others comes up");
}

#[test]
fn what_a_client_writes_a_server_takes() {
    let request = client().fields(&[("Cookie", "a=b")]);
    let mut out = vec![0; request.encoded_len().unwrap()];
    assert_eq!(request.write(&mut out), Ok(out.len()));
    let (head, key3) = out.split_last_chunk::<8>().unwrap();
    let taken = Request::verify(head, OriginPolicy::Only(&["http://example.com"])).unwrap();
    assert_eq!(taken.key_numbers(), keys().map(|key| key.number()));
    assert_eq!(taken.head().fields_named("cookie").count(), 1);
    let response = taken.response(Scheme::Ws, *key3).fields(&[("Server", "ws101")]);
    let mut answer = vec![0; response.encoded_len().unwrap()];
    response.write(&mut answer).unwrap();
    let (head, sixteen) = answer.split_last_chunk::<16>().unwrap();
    let verified = request.verify_response(head, *sixteen).unwrap();
    assert_eq!(verified.head().fields_named("server").next().unwrap().value_bytes(), b"ws101");
    // Behind TLS the client sees another URL.
    let mut answer = [0; 512];
    let length = taken.response(Scheme::Wss, *key3).write(&mut answer).unwrap();
    let (head, sixteen) = answer[..length].split_last_chunk::<16>().unwrap();
    assert_eq!(request.verify_response(head, *sixteen).unwrap_err().violation, V::LocationWrong.into());
}

#[test]
fn what_a_response_may_break() {
    let check = |head: &str, violation: BrokenRule, about: &str| {
        let error = judge(head, &client()).expect_err(head);
        assert_eq!((error.violation, error.at.of(head.as_bytes())), (violation, about.as_bytes()), "{head}");
    };
    assert!(judge(RESPONSE, &client()).is_ok());
    for (from, to, violation, about) in [
        ("Upgrade: WebSocket", "Upgrade: websocket", V::UpgradeNotWebSocket, "websocket"),
        ("Sec-WebSocket-Origin: http://example.com\r\n", "", V::AnsweredOriginMissing, ""),
        ("-Origin: http://example.com", "-Origin: http://a", V::AnsweredOriginWrong, "http://a"),
        ("Sec-WebSocket-Location: ws://example.com/demo\r\n", "", V::LocationMissing, ""),
        ("ws://example.com/demo", "wss://example.com/demo", V::LocationWrong, "wss://example.com/demo"),
        ("ws://example.com/demo", "ws://example.com/Demo", V::LocationWrong, "ws://example.com/Demo"),
        ("ws://example.com/demo", "ws://example.com/", V::LocationWrong, "ws://example.com/"),
        ("ws://example.com/demo", "/demo", V::LocationWrong, "/demo"),
        ("ws://example.com/demo", "ws://example.org/demo", V::LocationWrong, "ws://example.org/demo"),
        ("Sec-WebSocket-Protocol: sample\r\n", "", V::SubprotocolNotAnswered, ""),
    ] {
        check(&with(RESPONSE, from, to), violation.into(), about);
    }
    for (line, violation) in [
        ("Sec-WebSocket-Origin: http://example.com", BrokenRule::from(V::AnsweredOriginDuplicate)),
        ("Sec-WebSocket-Location: ws://example.com/demo", V::LocationDuplicate.into()),
        ("Sec-WebSocket-Protocol: sample", H::ResponseProtocolDuplicate.into()),
        ("Upgrade: WebSocket", H::ResponseUpgradeNotWebsocket.into()),
        ("Connection: Upgrade", H::ResponseConnectionNotUpgrade.into()),
    ] {
        let twice = with(RESPONSE, "\r\n\r\n", &format!("\r\n{line}\r\n\r\n"));
        check(&twice, violation, line);
    }
    for (from, to, violation, about) in [
        ("101 W", "200 W", H::NotSwitchingProtocols, "200"),
        ("HTTP/1.1 101 WebSocket Protocol Handshake", "hello", H::StatusLine, "hello"),
        ("Upgrade: WebSocket\r\n", "", H::ResponseUpgradeMissing, ""),
        ("Connection: Upgrade\r\n", "", H::ResponseConnectionMissing, ""),
        ("Connection: Upgrade", "Connection: close", H::ResponseConnectionNotUpgrade, "close"),
        ("sample", "other", H::ResponseProtocolNotOffered, "other"),
        ("Upgrade: WebSocket\r\n", "Upgrade: WebSocket\n", H::BareLf, "\n"),
    ] {
        check(&with(RESPONSE, from, to), violation.into(), about);
    }
    for (from, to) in [
        ("WebSocket Protocol Handshake", "Web Socket Protocol Handshake"),
        ("ws://example.com/demo", "WS://Example.COM/demo"),
        ("-Origin: http://example.com", "-Origin: http://EXAMPLE.com"),
        ("Connection: Upgrade", "connection: upgrade"),
    ] {
        assert!(judge(&with(RESPONSE, from, to), &client()).is_ok(), "{to}");
    }
    let bare = ClientRequest::new(Scheme::Ws, "example.com", "/demo", "http://example.com", keys(), KEY3);
    assert_eq!(judge(RESPONSE, &bare).unwrap_err().violation, H::ResponseProtocolNotOffered.into());
    assert!(judge(&with(RESPONSE, "Sec-WebSocket-Protocol: sample\r\n", ""), &bare).is_ok());
    let mut wrong = client().challenge().response();
    wrong[15] ^= 1;
    let error = client().verify_response(RESPONSE.as_bytes(), wrong).unwrap_err();
    let behind = Span::new(RESPONSE.len(), RESPONSE.len() + 16);
    assert_eq!((error.violation, error.at), (V::ChallengeResponseWrong.into(), behind));
}

#[test]
fn what_a_caller_may_not_write() {
    let error = |request: ClientRequest<'_>| request.encoded_len().unwrap_err();
    let new = |host, path, origin| ClientRequest::new(Scheme::Wss, host, path, origin, keys(), KEY3);
    assert_eq!(error(new("a b", "/", "null")), BuildError::Host);
    assert_eq!(error(new("a", "demo", "null")), BuildError::Target);
    assert_eq!(error(new("a", "http://a/", "null")), BuildError::Target);
    assert_eq!(error(new("a", "/", "")), BuildError::Origin);
    assert_eq!(error(new("a", "/", "null").subprotocol("a b")), BuildError::Subprotocol);
    for name in ["Sec-WebSocket-Key1", "sec-websocket-key2", "Upgrade", "Sec-WebSocket-Location"] {
        assert_eq!(error(new("a", "/", "null").fields(&[(name, "x")])), BuildError::FieldReserved, "{name}");
    }
    assert_eq!(error(new("a", "/", "null").fields(&[("X", "a\r\nY: b")])), BuildError::FieldValue);
    assert_eq!(client().write(&mut [0; 100]), Err(BuildError::BufferTooSmall));
    let request = Request::verify(GOOD.as_bytes(), OriginPolicy::Any).unwrap();
    let response = request.response(Scheme::Ws, KEY3).fields(&[("sec-websocket-origin", "x")]);
    assert_eq!(response.encoded_len(), Err(BuildError::FieldReserved));
}

/// A frame as the decoder told of it, its parts joined.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    frame_type: FrameType,
    start: u64,
    payload: Vec<u8>,
    ended: bool,
}

fn decode(decoder: &mut Decoder, pieces: &mut dyn Iterator<Item = &[u8]>) -> (Vec<Seen>, Option<FramingError>) {
    let mut seen: Vec<Seen> = Vec::new();
    for mut piece in pieces {
        loop {
            match decoder.decode(&mut piece) {
                Ok(None) => break,
                Ok(Some(part)) => {
                    if part.first {
                        let (frame_type, start) = (part.frame_type, part.frame_start);
                        seen.push(Seen { frame_type, start, payload: Vec::new(), ended: false });
                    }
                    let frame = seen.last_mut().expect("a later part follows a first one");
                    assert_eq!((part.frame_type, part.frame_start), (frame.frame_type, frame.start));
                    assert_eq!(part.offset, frame.payload.len() as u64, "parts follow each other");
                    assert!(!frame.ended, "nothing follows a last part");
                    assert!(part.first || part.last || !part.payload.is_empty(), "no part is about nothing");
                    frame.payload.extend_from_slice(part.payload);
                    frame.ended = part.last;
                }
                Err(error) => {
                    assert_eq!(decoder.decode(&mut &b"\0a\xff"[..]), Err(error), "an error stays");
                    return (seen, Some(error));
                }
            }
        }
        assert!(piece.is_empty(), "`None` means that everything was taken");
    }
    (seen, None)
}

/// `bytes` decode to these frames and then, perhaps, break this rule at this byte of the last; however they arrive.
fn check(limit: u64, bytes: &[u8], frames: &[(FrameType, &[u8])], broken: Option<(V, u64)>) {
    let new = || Decoder::new().payload_limit(limit);
    let whole = decode(&mut new(), &mut [bytes].into_iter());
    let told: Vec<_> = whole.0.iter().map(|frame| (frame.frame_type, &frame.payload[..])).collect();
    assert_eq!(told, frames, "{bytes:02x?}");
    assert_eq!(whole.1.map(|error| (error.violation, error.offset)), broken, "{bytes:02x?}");
    every_way(bytes, |pieces| assert_eq!(decode(&mut new(), pieces), whole, "{bytes:02x?}"));
    if whole.1.is_some() {
        let behind = [bytes, b"\xff\0more"].concat();
        assert_eq!(decode(&mut new(), &mut [&behind[..]].into_iter()), whole, "what follows changes nothing");
    }
}

const TEXT: FrameType = FrameType::Text;
const CLOSE: FrameType = FrameType::Close;

#[test]
fn frames() {
    check(100, b"", &[], None);
    check(100, b"\0Hello\xff", &[(TEXT, b"Hello")], None);
    check(100, b"\0\xff\0a\xff", &[(TEXT, b""), (TEXT, b"a")], None);
    check(100, "\0a你é😀\u{0}".as_bytes(), &[(TEXT, "a你é😀\u{0}".as_bytes())], None);
    check(100, b"\0a\xff\xff\0", &[(TEXT, b"a"), (CLOSE, b"")], None);
    check(100, b"\xff\0\0after\xff\xff", &[(CLOSE, b"")], None);
    check(100, b"\xff\x80\x80\0", &[(CLOSE, b"")], None);
    check(100, b"\x80\x03abc\0d\xff", &[(FrameType::Sized(0x80), b"abc"), (TEXT, b"d")], None);
    check(100, b"\x80\0\xff\x02\xff\0", &[(FrameType::Sized(0x80), b""), (FrameType::Sized(0xff), b"\xff\0")], None);
    check(
        100,
        b"\x01\xc0\xfe\xff\x7f\xff",
        &[(FrameType::Delimited(1), b"\xc0\xfe"), (FrameType::Delimited(0x7f), b"")],
        None,
    );
    let long = [7; 300];
    check(300, &[&[0x90, 0x82, 0x2c][..], &long].concat(), &[(FrameType::Sized(0x90), &long)], None);
    check(300, &[&[0x90, 0x80, 0x82, 0x2c][..], &long].concat(), &[(FrameType::Sized(0x90), &long)], None);
}

#[test]
fn text_that_is_not_utf8() {
    let invalid = |offset| Some((V::TextInvalidUtf8, offset));
    check(100, b"\0\xc0", &[(TEXT, b"")], invalid(1));
    check(100, b"\0ab\x80c\xff", &[(TEXT, b"ab")], invalid(3));
    check(100, b"\0a\xe4\xbda", &[(TEXT, b"a\xe4\xbd")], invalid(4));
    check(100, b"\0a\xe4\xbd\xff", &[(TEXT, b"a\xe4\xbd")], invalid(4));
    check(100, b"\0\xed\xa0\x80\xff", &[(TEXT, b"\xed")], invalid(2));
    check(100, b"\0a\xff\0\xfe", &[(TEXT, b"a"), (TEXT, b"")], invalid(1));
}

#[test]
fn limits() {
    let too_big = |offset| Some((V::FrameTooBig, offset));
    check(3, b"\0abc\xff", &[(TEXT, b"abc")], None);
    check(3, b"\0abcd\xff", &[(TEXT, b"abc")], too_big(4));
    check(3, b"\0abcd", &[(TEXT, b"abc")], too_big(4));
    check(0, b"\0\xff\0a", &[(TEXT, b""), (TEXT, b"")], too_big(1));
    check(3, b"\0ab\xc0\xff", &[(TEXT, b"ab")], Some((V::TextInvalidUtf8, 3)));
    check(3, "\0ab你".as_bytes(), &[(TEXT, b"ab\xe4")], too_big(4));
    check(3, b"\x05abcd\xff", &[(FrameType::Delimited(5), b"abc")], too_big(4));
    check(3, b"\x80\x03abc", &[(FrameType::Sized(0x80), b"abc")], None);
    check(3, b"\x80\x04", &[], too_big(1));
    check(127, b"\x80\x81", &[], too_big(1));
    check(200, b"\x80\x81\x48", &[(FrameType::Sized(0x80), b"")], None);
    check(200, b"\x80\x81\x49", &[], too_big(2));
    check(200, b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x82", &[], too_big(11));
    // Lengths beyond 64 bits, and the largest that has 64.
    let huge = [&[0x80][..], &[0xff; 9], &[0x7f]].concat();
    check(u64::MAX, &huge, &[], too_big(9));
    let largest = [0x80, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    check(u64::MAX, &largest, &[(FrameType::Sized(0x80), b"")], None);
    check(u64::MAX - 1, &largest, &[], too_big(10));
}

/// Every stream of up to five bytes that matter: in whatever pieces it comes, the decoder says the same of it.
#[test]
fn any_stream_however_it_arrives() {
    const BYTES: [u8; 8] = [0x00, 0x02, 0x80, 0x81, 0xff, b'a', 0xc3, 0xa9];
    for number in 0..8_usize.pow(5) {
        let stream: Vec<u8> = (0..5).map(|digit| BYTES[number >> (3 * digit) & 7]).collect();
        let new = || Decoder::new().payload_limit(2);
        let whole = decode(&mut new(), &mut [&stream[..]].into_iter());
        every_way(&stream, |pieces| assert_eq!(decode(&mut new(), pieces), whole, "{stream:02x?}"));
    }
}

#[test]
fn where_a_stream_may_end() {
    let stream = b"\0ab\xff\x80\x01x\xff\0rest";
    for end in 0..=stream.len() {
        let mut decoder = Decoder::default();
        decode(&mut decoder, &mut [&stream[..end]].into_iter());
        assert_eq!(decoder.is_between_frames(), matches!(end, 0 | 4 | 7 | 9..), "after {end} bytes");
        assert_eq!((decoder.is_closed(), decoder.position()), (end >= 9, end as u64));
    }
    let (_, error) = decode(&mut Decoder::new(), &mut [&b"\0ab\xff\0a\xc0"[..]].into_iter());
    assert_eq!(error, Some(FramingError { violation: V::TextInvalidUtf8, frame_start: 4, offset: 2 }));
}

#[test]
fn what_is_written_is_read() {
    for text in ["", "Hello", "a你é😀", &"x".repeat(1000)] {
        let frame = TextFrame::new(text);
        let mut out = vec![0xa5; frame.encoded_len() + 1];
        assert_eq!(frame.encode(&mut out), Ok(text.len() + 2));
        assert_eq!(out[text.len() + 2], 0xa5, "nothing is written beyond it");
        let stream = [&out[..text.len() + 2], &CLOSING_FRAME].concat();
        check(1000, &stream, &[(TEXT, text.as_bytes()), (CLOSE, b"")], None);
        let mut short = vec![0xa5; text.len() + 1];
        assert_eq!(frame.encode(&mut short), Err(EncodeError::BufferTooSmall));
        assert!(short.iter().all(|&byte| byte == 0xa5));
    }
}

#[test]
fn no_number_and_no_code_names_two_rules() {
    let (numbers, codes): (HashSet<_>, HashSet<_>) =
        V::ALL.iter().map(|rule| (rule.number(), rule.rule().code)).unzip();
    assert_eq!((numbers.len(), codes.len()), (V::ALL.len(), V::ALL.len()));
    assert!(numbers.iter().all(|number| (500..600).contains(number)));
}
