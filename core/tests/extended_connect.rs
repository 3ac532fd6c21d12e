//! The opening handshake over HTTP/2 and HTTP/3, both sides: every rule, each with the field it is about.

use std::collections::HashSet;

use ws101_core::handshake::extended_connect::{
    BrokenRule, ClientConnect, ConnectBuildError, ConnectError, ConnectMisuse, ConnectRefusal, ConnectRequest,
    ConnectViolation as C, EnableConnectProtocol, FieldPair, Scheme,
};
use ws101_core::handshake::{BuildError, HandshakeViolation as H, OriginPolicy, UpgradeRequest};

type List = Vec<(String, String)>;

/// The request of RFC 8441 §5.1.
const GOOD: [(&str, &str); 9] = [
    (":method", "CONNECT"),
    (":protocol", "websocket"),
    (":scheme", "https"),
    (":path", "/chat"),
    (":authority", "server.example.com"),
    ("sec-websocket-protocol", "chat, superchat"),
    ("sec-websocket-extensions", "permessage-deflate"),
    ("sec-websocket-version", "13"),
    ("origin", "http://www.example.com"),
];

fn owned(fields: &[(&str, &str)]) -> List {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn place(name: &str) -> usize {
    GOOD.iter().position(|(other, _)| *other == name).expect("a field of the good request")
}

/// The good request with another value in this field.
fn with(name: &str, value: &str) -> List {
    let mut list = owned(&GOOD);
    value.clone_into(&mut list[place(name)].1);
    list
}

fn without(name: &str) -> List {
    let mut list = owned(&GOOD);
    list.remove(place(name));
    list
}

/// The good request with one more field at this place.
fn and(at: usize, name: &str, value: &str) -> List {
    let mut list = owned(&GOOD);
    list.insert(at, (name.to_owned(), value.to_owned()));
    list
}

fn last(name: &str, value: &str) -> List {
    and(GOOD.len(), name, value)
}

fn verify(list: &List) -> Result<(), ConnectError> {
    let verdict = ConnectRequest::verify(list, OriginPolicy::Any).map(drop);
    // As bytes, and by an iterator of two references, the verdict is the same.
    let bytes: Vec<(Vec<u8>, &[u8])> =
        list.iter().map(|(name, value)| (name.clone().into(), value.as_bytes())).collect();
    assert_eq!(ConnectRequest::verify(&bytes, OriginPolicy::Any).map(drop), verdict, "{list:?}");
    let pairs = list.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    assert_eq!(ConnectRequest::verify(pairs, OriginPolicy::Any).map(drop), verdict, "{list:?}");
    verdict
}

fn accepts(list: &List) {
    assert_eq!(verify(list), Ok(()), "{list:?}");
}

fn check(list: &List, violation: impl Into<BrokenRule>, field: Option<usize>) {
    let violation = violation.into();
    assert_eq!(verify(list), Err(ConnectError { violation, field }), "{list:?}");
    assert!(matches!(violation.status_code(), Some(400 | 403 | 405 | 501)), "{violation:?}");
}

#[test]
fn the_example_of_rfc_8441() {
    accepts(&owned(&GOOD));
    let request = ConnectRequest::verify(&GOOD, OriginPolicy::Only(&["http://www.example.com"])).unwrap();
    assert_eq!((request.scheme(), request.path(), request.authority()), (Scheme::Https, "/chat", "server.example.com"));
    assert_eq!(request.origin(), Some("http://www.example.com"));
    assert_eq!(request.subprotocols().collect::<Vec<_>>(), ["chat", "superchat"]);
    assert_eq!(request.select_subprotocol(&["superchat", "chat"]), Some("chat"), "the client's order decides");
    assert_eq!(request.select_subprotocol(&["Chat"]), None, "names are compared letter for letter");
    assert_eq!(request.extensions().map(|extension| extension.name()).collect::<Vec<_>>(), ["permessage-deflate"]);
    let cookies = request.fields().filter(|field| field.pair().0 == b"cookie");
    assert_eq!(cookies.count(), 0);
    let response = request.response().subprotocol(Some("chat"));
    assert_eq!(response.pairs().unwrap().collect::<Vec<_>>(), [(":status", "200"), ("sec-websocket-protocol", "chat")]);
}

#[test]
fn what_is_unusual_and_allowed() {
    accepts(&with(":scheme", "http"));
    accepts(&with(":scheme", "HTTPS"));
    accepts(&with(":path", "/"));
    accepts(&with(":path", "/a?q=%E4%BD%A0&b=1"));
    accepts(&with(":authority", "[::1]:8101"));
    for name in ["sec-websocket-protocol", "sec-websocket-extensions", "origin"] {
        accepts(&without(name));
    }
    // RFC 8441 §5: neither is processed.
    accepts(&last("sec-websocket-key", "not a key"));
    accepts(&last("sec-websocket-accept", ""));
    accepts(&last("te", "trailers"));
    accepts(&last("te", "Trailers"));
    accepts(&last("content-length", "0"));
    accepts(&and(5, "x-empty", ""));
    let mut crumbs = last("cookie", "a=b");
    crumbs.push(("cookie".to_owned(), "c=d".to_owned()));
    accepts(&crumbs);
    let offers = last("sec-websocket-protocol", "third");
    let request = ConnectRequest::verify(&offers, OriginPolicy::Any).unwrap();
    assert_eq!(request.subprotocols().collect::<Vec<_>>(), ["chat", "superchat", "third"]);
    let offers = last("sec-websocket-extensions", "x-other; a=1, y");
    let request = ConnectRequest::verify(&offers, OriginPolicy::Any).unwrap();
    let names: Vec<_> = request.extensions().map(|extension| extension.name()).collect();
    assert_eq!(names, ["permessage-deflate", "x-other", "y"]);
    let mut shuffled = owned(&GOOD);
    shuffled[..5].reverse();
    accepts(&shuffled);
}

#[test]
fn what_breaks_the_form_of_a_field() {
    check(&and(6, "X-Upper", "a"), C::FieldNameUppercase, Some(6));
    check(&and(2, ":Path", "/"), C::FieldNameUppercase, Some(2));
    for name in ["", ":", "a b", "a:b", "::path", "\u{e9}", "a\0"] {
        check(&and(1, name, "a"), H::FieldName, Some(1));
    }
    for value in ["a\0b", "a\r\nb: c", "\n", "a\u{7f}"] {
        check(&and(5, "x", value), H::FieldValue, Some(5));
        check(&with(":path", value), H::FieldValue, Some(3));
    }
    for value in [" a", "a ", "\ta", "a\t"] {
        check(&and(5, "x", value), C::FieldValueBlank, Some(5));
        check(&with(":authority", value), C::FieldValueBlank, Some(4));
    }
    for name in ["connection", "upgrade", "keep-alive", "proxy-connection", "transfer-encoding"] {
        check(&last(name, "websocket"), C::ConnectionSpecific, Some(9));
    }
    check(&last("te", "gzip"), C::ConnectionSpecific, Some(9));
}

#[test]
fn what_breaks_the_form_of_pseudo_header_fields() {
    for (name, value) in [(":status", "200"), (":version", "13"), (":host", "a")] {
        check(&and(0, name, value), C::PseudoHeaderUnknown, Some(0));
    }
    for (name, value) in &GOOD[..5] {
        check(&and(5, name, value), C::PseudoHeaderDuplicate, Some(5));
        let mut late = without(name);
        late.push(((*name).to_owned(), (*value).to_owned()));
        check(&late, C::PseudoHeaderLate, Some(8));
        check(&last(name, value), C::PseudoHeaderLate, Some(9));
    }
    check(&List::new(), C::MethodMissing, None);
}

#[test]
fn what_breaks_the_extended_connect() {
    let missing = [C::MethodMissing, C::ProtocolMissing, C::SchemeMissing, C::PathMissing, C::AuthorityMissing];
    for ((name, _), violation) in GOOD.iter().zip(missing) {
        check(&without(name), violation, None);
    }
    for method in ["GET", "connect", "POST", ""] {
        check(&with(":method", method), C::MethodNotConnect, Some(0));
    }
    for protocol in ["webtransport", "WebSocket", "connect-udp", "websocket/13", ""] {
        check(&with(":protocol", protocol), C::ProtocolNotWebsocket, Some(1));
    }
    for scheme in ["wss", "ws", "ftp", "https:", ""] {
        check(&with(":scheme", scheme), C::SchemeInvalid, Some(2));
    }
    for path in ["", "*", "chat", "/a#b", "/a b", "https://server.example.com/", "/\u{e9}"] {
        check(&with(":path", path), C::PathInvalid, Some(3));
    }
    for authority in ["", "user@a", "a/b", "a b", "[::1", "a:x", ":80", "https://a"] {
        check(&with(":authority", authority), C::AuthorityInvalid, Some(4));
    }
}

#[test]
fn a_host_field_names_what_the_authority_names() {
    let with_host = |scheme: &str, authority: &str, host: &str| {
        let mut list = with(":authority", authority);
        scheme.clone_into(&mut list[2].1);
        list.push(("host".to_owned(), host.to_owned()));
        list
    };
    for (scheme, authority, host) in [
        ("https", "a.example", "a.example"),
        ("https", "a.example", "A.Example"),
        ("https", "a.example:443", "a.example"),
        ("https", "a.example", "a.example:443"),
        ("http", "a.example:", "a.example:80"),
        ("https", "[::1]:8443", "[::1]:8443"),
    ] {
        accepts(&with_host(scheme, authority, host));
    }
    for (scheme, authority, host) in [
        ("https", "a.example", "b.example"),
        ("https", "a.example", "a.example:80"),
        ("http", "a.example", "a.example:443"),
        ("https", "a443", "a"),
        ("https", "a.example:8443", "a.example:443"),
        ("https", "[::1]", "[::2]"),
    ] {
        check(&with_host(scheme, authority, host), C::HostDiffers, Some(9));
    }
    check(&with_host("https", "a", "a b"), H::HostInvalid, Some(9));
    check(&with_host("https", "a", ""), H::HostInvalid, Some(9));
    let mut twice = with_host("https", "a", "a");
    twice.push(("host".to_owned(), "a".to_owned()));
    check(&twice, H::HostDuplicate, Some(10));
    let mut instead = without(":authority");
    instead.push(("host".to_owned(), "server.example.com".to_owned()));
    check(&instead, C::AuthorityMissing, None);
}

#[test]
fn what_breaks_section_4_of_rfc_6455() {
    check(&without("sec-websocket-version"), H::VersionMissing, None);
    check(&last("sec-websocket-version", "13"), H::VersionDuplicate, Some(9));
    for version in ["8", "013", "13, 8", "thirteen", ""] {
        check(&with("sec-websocket-version", version), H::VersionUnsupported, Some(7));
    }
    check(&last("origin", "http://a"), H::OriginDuplicate, Some(9));
    for origin in ["", "http://a, http://b", "a b"] {
        check(&with("origin", origin), H::OriginInvalid, Some(8));
    }
    check(&with("sec-websocket-protocol", "ch at"), H::RequestProtocol, Some(5));
    check(&with("sec-websocket-protocol", ","), H::RequestProtocol, Some(5));
    check(&with("sec-websocket-protocol", ""), H::RequestProtocol, Some(5));
    check(&with("sec-websocket-protocol", "a, a"), H::RequestProtocolDuplicate, Some(5));
    check(&last("sec-websocket-protocol", "x, chat"), H::RequestProtocolDuplicate, Some(9));
    let many = |count: usize| (0..count).map(|i| format!("p{i}")).collect::<Vec<_>>().join(",");
    accepts(&with("sec-websocket-protocol", &many(UpgradeRequest::MAX_SUBPROTOCOLS)));
    let too_many = many(UpgradeRequest::MAX_SUBPROTOCOLS + 1);
    check(&with("sec-websocket-protocol", &too_many), H::RequestProtocolTooMany, Some(5));
    for extensions in ["", ",", "a b", "a;x=\"1 2\"", ";x"] {
        check(&with("sec-websocket-extensions", extensions), H::RequestExtensions, Some(6));
        check(&last("sec-websocket-extensions", extensions), H::RequestExtensions, Some(9));
    }
    check(&last("content-length", "5"), H::RequestBody, Some(9));
}

#[test]
fn origins_are_the_callers_policy() {
    let verify = |list: &List, origins: OriginPolicy<'_>| ConnectRequest::verify(list, origins).map(drop);
    let only = OriginPolicy::Only(&["http://www.example.com"]);
    assert_eq!(verify(&owned(&GOOD), only), Ok(()));
    let refused = |field| Err(ConnectError { violation: H::OriginRefused.into(), field });
    assert_eq!(verify(&with("origin", "https://evil.example"), only), refused(Some(8)));
    assert_eq!(verify(&without("origin"), only), refused(None));
    assert_eq!(verify(&owned(&GOOD), OriginPolicy::Custom(&|_| false)), refused(Some(8)));
}

/// Whatever the other form of the handshake says of a value, this one says too.
#[test]
fn both_forms_judge_a_value_alike() {
    let head = |name: &str, value: &str| {
        let mut text = String::from(
            "GET /chat HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        );
        if name != "sec-websocket-version" {
            text.push_str("sec-websocket-version: 13\r\n");
        }
        text + name + ": " + value + "\r\n\r\n"
    };
    let values = [
        "13",
        "12",
        "",
        "a",
        "a, b",
        "a, a",
        "a;b=c",
        "a;b=\"c\"",
        "a;b=\"c d\"",
        "null",
        "http://a",
        "a b",
        "\u{e9}",
        ",,",
    ];
    for name in ["sec-websocket-version", "sec-websocket-protocol", "sec-websocket-extensions", "origin"] {
        for value in values {
            let head = head(name, value);
            let upgrade = UpgradeRequest::verify(head.as_bytes(), OriginPolicy::Any).map(drop);
            let connect = verify(&with(name, value));
            let expected = upgrade.map_err(|error| BrokenRule::from(error.violation));
            assert_eq!(connect.map_err(|error| error.violation), expected, "{name}: {value}");
        }
    }
}

fn client() -> ClientConnect<'static> {
    ClientConnect::new(Scheme::Https, "server.example.com", "/chat")
        .origin("http://www.example.com")
        .subprotocols(&["chat", "superchat"])
        .extensions("permessage-deflate; client_max_window_bits, x-other")
}

fn judged(fields: &[(&str, &str)]) -> Result<Option<String>, (BrokenRule, Option<usize>)> {
    let answer = client().verify_response(fields).map_err(|error| (error.violation, error.field))?;
    Ok(answer.subprotocol().map(str::to_owned))
}

#[test]
fn responses_that_open_the_connection() {
    assert_eq!(judged(&[(":status", "200")]), Ok(None));
    for status in ["200", "201", "204", "299"] {
        assert_eq!(judged(&[(":status", status), ("sec-websocket-protocol", "chat")]), Ok(Some("chat".to_owned())));
    }
    // RFC 9110 §9.3.6: a client ignores it.
    assert_eq!(judged(&[(":status", "200"), ("content-length", "7")]), Ok(None));
    let fields = [(":status", "200"), ("sec-websocket-extensions", "x-other"), ("set-cookie", "a=b")];
    let request = client();
    let answer = request.verify_response(&fields).unwrap();
    assert_eq!(answer.extensions().map(|extension| extension.name()).collect::<Vec<_>>(), ["x-other"]);
    assert_eq!(answer.fields().count(), 3);
}

#[test]
fn responses_that_do_not() {
    let check = |fields: &[(&str, &str)], violation: BrokenRule, field: Option<usize>| {
        assert_eq!(judged(fields), Err((violation, field)), "{fields:?}");
        assert!(violation.status_code().is_none() || violation.number() < H::RequestLine.number(), "{violation:?}");
    };
    check(&[], C::StatusMissing.into(), None);
    check(&[("server", "x")], C::StatusMissing.into(), None);
    assert_eq!(judged(&[("server", "x"), (":status", "200")]), Err((C::PseudoHeaderLate.into(), Some(1))));
    assert_eq!(judged(&[(":status", "200"), (":status", "200")]), Err((C::PseudoHeaderDuplicate.into(), Some(1))));
    assert_eq!(judged(&[(":method", "CONNECT")]), Err((C::PseudoHeaderUnknown.into(), Some(0))));
    assert_eq!(judged(&[(":status", "200"), ("Server", "x")]), Err((C::FieldNameUppercase.into(), Some(1))));
    assert_eq!(judged(&[(":status", "200"), ("upgrade", "websocket")]), Err((C::ConnectionSpecific.into(), Some(1))));
    check(&[(":status", "101")], C::SwitchingProtocols.into(), Some(0));
    check(&[(":status", "103")], H::ResponseInterim.into(), Some(0));
    for status in ["301", "400", "401", "404", "500", "501", "999"] {
        check(&[(":status", status)], C::NotSuccessful.into(), Some(0));
    }
    for status in ["", "20", "2000", "0200", "2x0", "012", "200 OK"] {
        check(&[(":status", status)], C::StatusInvalid.into(), Some(0));
    }
    let answer = |name: &'static str, value: &'static str| [(":status", "200"), ("server", "x"), (name, value)];
    for name in ["other", "Chat", "chat, superchat", ""] {
        check(&answer("sec-websocket-protocol", name), H::ResponseProtocolNotOffered.into(), Some(2));
    }
    let twice = [(":status", "200"), ("sec-websocket-protocol", "chat"), ("sec-websocket-protocol", "chat")];
    check(&twice, H::ResponseProtocolDuplicate.into(), Some(2));
    check(&answer("sec-websocket-extensions", "foo"), H::ExtensionNotOffered.into(), Some(2));
    check(&answer("sec-websocket-extensions", "a b"), H::ResponseExtensions.into(), Some(2));
    check(&answer("sec-websocket-extensions", ""), H::ResponseExtensions.into(), Some(2));
    let second = [(":status", "200"), ("sec-websocket-extensions", "x-other"), ("sec-websocket-extensions", "foo")];
    check(&second, H::ExtensionNotOffered.into(), Some(2));
}

#[test]
fn what_a_client_sends_a_server_takes() {
    let request: Vec<_> =
        client().fields(&[("cookie", "a=b")]).pairs(EnableConnectProtocol::enabled()).unwrap().collect();
    let taken = ConnectRequest::verify(&request, OriginPolicy::Any).unwrap();
    assert_eq!(
        (taken.path(), taken.authority(), taken.origin()),
        ("/chat", "server.example.com", GOOD.last().map(|o| o.1))
    );
    assert_eq!(taken.subprotocols().collect::<Vec<_>>(), ["chat", "superchat"]);
    let names: Vec<_> = taken.extensions().map(|extension| extension.name()).collect();
    assert_eq!(names, ["permessage-deflate", "x-other"]);
    assert_eq!(request.last(), Some(&("cookie", "a=b")));

    let response = taken.response().subprotocol(Some("superchat")).extensions("x-other").fields(&[("server", "ws101")]);
    let answer: Vec<_> = response.pairs().unwrap().collect();
    assert_eq!(answer[0], (":status", "200"));
    assert_eq!(client().verify_response(&answer).unwrap().subprotocol(), Some("superchat"));

    let bare = ClientConnect::new(Scheme::Http, "a", "/").pairs(EnableConnectProtocol::enabled()).unwrap();
    assert_eq!(bare.clone().count(), 6);
    let taken = ConnectRequest::verify(bare, OriginPolicy::Any).unwrap();
    assert_eq!((taken.scheme(), taken.subprotocols().count(), taken.extensions().count()), (Scheme::Http, 0, 0));
}

#[test]
fn what_a_caller_may_not_send() {
    let enabled = EnableConnectProtocol::enabled();
    let error = |request: ClientConnect<'_>| request.pairs(enabled).map(drop).unwrap_err();
    let plain = ClientConnect::new(Scheme::Https, "a", "/");
    for authority in ["", "a b", "user@a", "https://a"] {
        assert_eq!(error(ClientConnect::new(Scheme::Https, authority, "/")), BuildError::Host.into(), "{authority}");
    }
    for path in ["", "chat", "/a b", "/#a", "https://a/", "/你"] {
        assert_eq!(error(ClientConnect::new(Scheme::Https, "a", path)), BuildError::Target.into(), "{path}");
    }
    assert_eq!(error(plain.origin("a b")), BuildError::Origin.into());
    assert_eq!(error(plain.subprotocols(&["a b"])), BuildError::Subprotocol.into());
    assert_eq!(error(plain.subprotocols(&["a", "a"])), BuildError::SubprotocolDuplicate.into());
    assert_eq!(error(plain.extensions("a b")), BuildError::Extensions.into());
    assert_eq!(error(plain.fields(&[("Cookie", "a=b")])), ConnectMisuse::FieldNameUppercase.into());
    for name in ["host", "connection", "upgrade", "te", "keep-alive", "sec-websocket-key", "sec-websocket-accept"] {
        assert_eq!(error(plain.fields(&[(name, "x")])), ConnectMisuse::FieldNotUsed.into(), "{name}");
    }
    for name in ["origin", "sec-websocket-version", "content-length"] {
        assert_eq!(error(plain.fields(&[(name, "x")])), BuildError::FieldReserved.into(), "{name}");
    }
    assert_eq!(error(plain.fields(&[(":path", "/")])), BuildError::FieldName.into());
    assert_eq!(error(plain.fields(&[("x", "a\r\nb: c")])), BuildError::FieldValue.into());
    assert!(plain.fields(&[("te", "trailers")]).pairs(enabled).is_ok());

    let taken = ConnectRequest::verify(&GOOD, OriginPolicy::Any).unwrap();
    let error = |response: Result<_, ConnectBuildError>| response.map(drop).unwrap_err();
    let response = taken.response();
    assert_eq!(error(response.clone().subprotocol(Some("other")).pairs()), BuildError::SubprotocolNotOffered.into());
    assert_eq!(error(response.clone().subprotocol(Some("a b")).pairs()), BuildError::Subprotocol.into());
    assert_eq!(error(response.clone().extensions("x").pairs()), BuildError::ExtensionNotOffered.into());
    assert_eq!(error(response.fields(&[("Server", "x")]).pairs()), ConnectMisuse::FieldNameUppercase.into());
}

#[test]
fn a_client_waits_for_the_setting() {
    let mut setting = EnableConnectProtocol::new();
    let not_enabled = Some(ConnectMisuse::NotEnabled.into());
    assert_eq!(client().pairs(setting).map(drop).err(), not_enabled);
    assert_eq!(setting.receive(0), Ok(()));
    assert_eq!(client().pairs(setting).map(drop).err(), not_enabled);
    assert_eq!(setting.receive(1), Ok(()));
    assert!(client().pairs(setting).is_ok());
    assert_eq!(setting.receive(1), Ok(()));
    assert_eq!(setting.receive(0), Err(C::SettingTakenBack));
    for value in [2, 0x100, u64::MAX] {
        assert_eq!(setting.receive(value), Err(C::SettingValue), "{value}");
        assert_eq!(EnableConnectProtocol::new().receive(value), Err(C::SettingValue), "{value}");
    }
    assert_eq!((EnableConnectProtocol::IDENTIFIER, setting), (0x8, EnableConnectProtocol::enabled()));
}

#[test]
fn every_refusal_has_what_its_status_needs() {
    let all =
        C::ALL.iter().map(|&rule| BrokenRule::from(rule)).chain(H::ALL.iter().map(|&rule| BrokenRule::from(rule)));
    for violation in all {
        let refusal = ConnectRefusal::of(violation);
        let pairs: Vec<_> = refusal.pairs().collect();
        assert_eq!(pairs[0], (":status", refusal.status_code().to_string().as_str()));
        assert!(refusal.body().collect::<String>().starts_with(violation.rule().code));
        assert!(pairs.iter().all(|(name, _)| !name.bytes().any(|byte| byte.is_ascii_uppercase())));
        let allows = pairs.contains(&("allow", "CONNECT"));
        assert_eq!(allows, violation == BrokenRule::from(C::MethodNotConnect), "{violation:?}");
        assert!([400, 403, 405, 431, 501].contains(&refusal.status_code()), "{violation:?}");
        let judged = client().verify_response(&pairs).unwrap_err();
        assert_eq!(judged.violation, C::NotSuccessful.into(), "no refusal opens a connection");
    }
    for missing_or_wrong in [H::VersionMissing, H::VersionUnsupported] {
        assert!(ConnectRefusal::of(missing_or_wrong).pairs().any(|pair| pair == ("sec-websocket-version", "13")));
    }
    assert_eq!(ConnectRefusal::of(C::ProtocolNotWebsocket).status_code(), 501);
    assert_eq!(ConnectRefusal::of(H::OriginRefused).status_code(), 403);
}

#[test]
fn no_number_and_no_code_names_two_rules() {
    let rules = C::ALL.iter().map(|rule| (rule.number(), rule.rule().code));
    let misuses = ConnectMisuse::ALL.iter().map(|rule| (rule.number(), rule.rule().code));
    let (numbers, codes): (HashSet<_>, HashSet<_>) = rules.chain(misuses).unzip();
    let count = C::ALL.len() + ConnectMisuse::ALL.len();
    assert_eq!((numbers.len(), codes.len()), (count, count));
    assert!(numbers.iter().all(|number| (400..500).contains(number)));
    let error = ConnectError { violation: C::HostDiffers.into(), field: Some(9) };
    assert!(error.to_string().starts_with("field 9: The Host field names another server"), "{error}");
}
