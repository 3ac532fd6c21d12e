//! Heads of the opening handshake: the scanner loses no byte, judges nothing it must not, and agrees with `httparse`
//! wherever both speak; and what the writers write the verifiers take.

use arbitrary::Unstructured;
use ws101_core::deflate::{Accepted, Acceptor, Offer, Offers};
use ws101_core::handshake::{
    ClientRequest, HandshakeError, HandshakeViolation as V, Key, OriginPolicy, UpgradeRequest,
};
use ws101_core::{Head, HeadReader, Span, inspect};

/// The first byte says whether the rest is a request, a response, or what a client writes; the second how it is cut.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let kind: u8 = u.arbitrary().unwrap_or(0);
    let cut = 1 + usize::from(u.arbitrary::<u8>().unwrap_or(0));
    if kind % 4 == 3 {
        // Where the input ends, the check does.
        let _ = check_written(&mut u);
        return;
    }
    let bytes = u.take_rest();
    check_scanner(bytes);
    check_reader(bytes, cut);
    if kind.is_multiple_of(4) { check_request(bytes) } else { check_response(bytes) }
}

/// Every byte of a head is in one line, and the parts of a field lie in their line, in order.
fn check_scanner(bytes: &[u8]) {
    let head = Head::new(bytes);
    let mut at = 0;
    for line in head.lines() {
        assert_eq!(line.content.start, at, "a line begins where the one before it ends");
        assert_eq!(line.content.end, line.ending.start);
        assert!(!line.content.of(bytes).contains(&b'\n'));
        assert!(matches!(line.ending.of(bytes), b"\r\n" | b"\n" | b""));
        at = line.ending.end;
    }
    assert_eq!(at, head.bytes().len(), "the lines are the head");
    assert!(bytes.starts_with(head.bytes()));
    let complete = head.empty_line().is_some();
    assert!(complete || head.bytes() == bytes, "a head without an end is all there is");
    for field in head.fields() {
        let content = field.line.content;
        assert_eq!(field.name.start, content.start);
        match field.colon {
            Some(colon) => {
                assert_eq!((field.name.end, bytes[colon]), (colon, b':'));
                assert!(colon < field.value.start && field.value.end <= content.end, "{field:?}");
                let around = [Span::new(colon + 1, field.value.start), Span::new(field.value.end, content.end)];
                // Of a value without a character the place is the first after the colon.
                let blank = |span: Span| span.of(bytes).iter().all(|byte| matches!(byte, b' ' | b'\t'));
                assert!(around.into_iter().all(blank), "what is around a value is blank");
            }
            None => assert!(field.name == content && field.value.is_empty()),
        }
    }
    let lies_within = |field: inspect::Field| {
        assert!(field.start <= field.end && field.end <= 8 * bytes.len() as u64, "{field:?}");
    };
    inspect::request(bytes, &mut |field| lies_within(field));
    inspect::response(bytes, &mut |field| lies_within(field));
}

/// A head that comes in pieces is the head that comes whole, and what follows it is left.
fn check_reader(bytes: &[u8], cut: usize) {
    let head = Head::new(bytes);
    let mut reader = HeadReader::new(vec![0; bytes.len()]);
    let (mut rest, mut complete) = (bytes, false);
    while !complete && !rest.is_empty() {
        let mut piece = &rest[..cut.min(rest.len())];
        let before = piece.len();
        complete = reader.receive(&mut piece).expect("there is room for all of it");
        assert!(complete || piece.is_empty(), "what is no head's end is taken");
        rest = &rest[before - piece.len()..];
    }
    assert_eq!((complete, reader.is_complete()), (head.empty_line().is_some(), complete));
    assert_eq!(reader.bytes(), head.bytes());
    assert_eq!(rest, &bytes[head.bytes().len()..]);
    if !head.bytes().is_empty() {
        let limit = head.bytes().len() - 1;
        let outcome = HeadReader::new(vec![0; limit]).receive(&mut &bytes[..]);
        assert_eq!(outcome.expect_err("one byte does not fit").limit, limit);
    }
}

fn check_request(bytes: &[u8]) {
    let result = UpgradeRequest::verify(bytes, OriginPolicy::Any);
    if let Err(error) = &result {
        check_place(bytes, error);
    }
    if let Ok(request) = &result {
        let text = [request.target(), request.host(), request.origin().unwrap_or("")];
        assert!(text.iter().all(|text| text.bytes().all(|byte| byte.is_ascii_graphic())));
        let _ = (request.subprotocols().count(), request.extensions().flat_map(|one| one.parameters()).count());
        let accepted = Acceptor::new().accept(request.extensions());
        let answer = accepted.as_ref().map_or("", Accepted::answer);
        request.response().extensions(answer).write(&mut [0; 512]).expect("512 bytes are enough");
    }
    let mut fields = [httparse::EMPTY_HEADER; 256];
    let mut request = httparse::Request::new(&mut fields);
    let theirs = match request.parse(bytes) {
        Ok(status) => status.is_complete().then(|| owned(request.headers)),
        // More fields than there is room for.
        Err(httparse::Error::TooManyHeaders) => return,
        Err(_) => None,
    };
    compare(bytes, result.err(), theirs, V::RequestLine, &[V::RequestTarget]);
}

fn check_response(bytes: &[u8]) {
    let request = ClientRequest::new("a", "/", Key::from_nonce(*b"the sample nonce"))
        .subprotocols(&["chat", "superchat"])
        .extensions("permessage-deflate; client_max_window_bits");
    let result = request.verify_response(bytes);
    if let Err(error) = &result {
        check_place(bytes, error);
    }
    if let Ok(response) = &result {
        assert!(response.subprotocol().is_none_or(|name| matches!(name, "chat" | "superchat")));
        assert!(response.extensions().all(|extension| extension.name() == "permessage-deflate"));
        if let Err(error) = Offers::new([Offer::new()]).judge(response.extensions()) {
            check_place(bytes, &error);
        }
    }
    let mut fields = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut fields);
    let theirs = match response.parse(bytes) {
        Ok(status) => status.is_complete().then(|| owned(response.headers)),
        Err(httparse::Error::TooManyHeaders) => return,
        Err(_) => None,
    };
    compare(bytes, result.err(), theirs, V::RequestLine, &[V::StatusLine, V::ResponseVersion]);
}

fn check_place(bytes: &[u8], error: &HandshakeError) {
    let head = Head::new(bytes).bytes().len();
    assert!(error.at.start <= error.at.end && error.at.end <= head, "{error} of a head of {head} bytes");
}

type Fields = Vec<(Vec<u8>, Vec<u8>)>;

fn owned(fields: &[httparse::Header<'_>]) -> Fields {
    fields.iter().map(|field| (field.name.as_bytes().to_vec(), field.value.to_vec())).collect()
}

/// The grammar of HTTP as we read it, against `httparse`; `last` is the last of the violations that are HTTP's by number,
/// and `others` are more of them.
fn compare(bytes: &[u8], ours: Option<HandshakeError>, theirs: Option<Fields>, last: V, others: &[V]) {
    let refused = ours.map(|error| error.violation).filter(|v| v.number() <= last.number() || others.contains(v));
    match (theirs, refused) {
        (None, Some(_)) => {}
        (Some(theirs), None) => {
            let mine: Fields = Head::new(bytes)
                .fields()
                .map(|field| (field.name_bytes().to_vec(), field.value_bytes().to_vec()))
                .collect();
            assert_eq!(mine, theirs, "{}", bytes.escape_ascii());
        }
        (Some(_), Some(violation)) => {
            assert!(is_stricter(bytes, violation), "only we refuse {}: {violation:?}", bytes.escape_ascii());
        }
        (None, None) => {
            assert!(says_less(bytes, ours), "only httparse refuses {}: {ours:?}", bytes.escape_ascii());
        }
    }
}

/// What we refuse and `httparse` takes, each with the clause.
fn is_stricter(bytes: &[u8], violation: V) -> bool {
    let head = Head::new(bytes).bytes();
    match violation {
        // RFC 9112 §2.2: a recipient may take LF alone for the end of a line; a server of WebSocket need not.
        // RFC 3986 §2: a target is made of a URI's characters, from `/` on or absolute; `httparse` takes all but blanks.
        V::BareLf | V::RequestTarget => true,
        // RFC 9112 §2.2: a server of HTTP passes over an empty line before the request line; we are none.
        V::RequestLine | V::StatusLine | V::HeadIncomplete if head.starts_with(b"\r\n") || head.starts_with(b"\n") => {
            true
        }
        // RFC 9112 §4: status-line = HTTP-version SP status-code SP [ reason-phrase ]; and RFC 9110 §15: codes from 100 to
        // 599. `httparse` asks neither for the second blank nor for the first digit.
        V::StatusLine => {
            let code = head.get(b"HTTP/1.1 ".len()..).unwrap_or_default();
            !matches!(code, [b'1'..=b'5', _, _, b' ', ..])
        }
        // §4.2.2: "HTTP/1.1 101 Switching Protocols": `httparse` takes HTTP/1.0 as well.
        V::ResponseVersion => head.starts_with(b"HTTP/1.0 "),
        _ => false,
    }
}

/// What `httparse` refuses and we do not call a fault of HTTP's grammar: the method or the version is none that it knows,
/// and we say first that it is not a handshake's (§4.1 item 2). With ours in their place it has nothing against the line,
/// or we have too.
fn says_less(bytes: &[u8], ours: Option<HandshakeError>) -> bool {
    if !matches!(ours.map(|error| error.violation), Some(V::MethodNotGet | V::RequestVersion)) {
        return false;
    }
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut words = line.trim_ascii_end().split(|&byte| byte == b' ');
    let Some(target) = words.nth(1) else { return false };
    let line = [b"GET ", target, b" HTTP/1.1\r\n\r\n"].concat();
    let mut fields = [httparse::EMPTY_HEADER; 1];
    httparse::Request::new(&mut fields).parse(&line).is_ok_and(|status| status.is_complete())
        || UpgradeRequest::verify(&line, OriginPolicy::Any).is_err_and(|error| error.violation == V::RequestTarget)
}

/// What a client writes a server takes, as it was meant; and the answer the client takes.
fn check_written(u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let key = Key::from_nonce(u.arbitrary()?);
    let (host, target): (&str, &str) = (u.arbitrary()?, u.arbitrary()?);
    let origin: Option<&str> = u.arbitrary()?;
    let subprotocols: Vec<&str> = u.arbitrary()?;
    let extensions: &str = u.arbitrary()?;
    let fields: Vec<(&str, &str)> = u.arbitrary()?;
    let choice: u8 = u.arbitrary()?;
    let request = ClientRequest::new(host, target, key);
    let request = request.subprotocols(&subprotocols).extensions(extensions).fields(&fields);
    let request = origin.map_or(request, |origin| request.origin(origin));
    let Ok(length) = request.encoded_len() else { return Ok(()) };
    let mut head = vec![0; length];
    assert_eq!(request.write(&mut head), Ok(length));
    assert!(length == 0 || request.write(&mut head[..length - 1]).is_err(), "one byte less is too little");
    request.write(&mut head).expect("as before");
    if subprotocols.len() > UpgradeRequest::MAX_SUBPROTOCOLS {
        return Ok(());
    }
    let read = UpgradeRequest::verify(&head, OriginPolicy::Any);
    let read = read.unwrap_or_else(|error| panic!("{}: {error}", head.escape_ascii()));
    assert_eq!((read.host(), read.target(), read.origin()), (host, target, origin));
    assert!(read.subprotocols().eq(subprotocols.iter().copied()));
    assert_eq!(read.key().as_str(), key.as_str());
    check_scanner(&head);
    let chosen = subprotocols.get(usize::from(choice)).copied();
    let mut out = [0; 4096];
    let Ok(length) = read.response().subprotocol(chosen).write(&mut out) else { return Ok(()) };
    let answer = request.verify_response(&out[..length]);
    let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", out[..length].escape_ascii()));
    assert_eq!(answer.subprotocol(), chosen);
    Ok(())
}
