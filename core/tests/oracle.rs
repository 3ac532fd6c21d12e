//! The head scanner against httparse, wherever both speak.

use ws101_core::Head;
use ws101_core::handshake::{HandshakeViolation as V, OriginPolicy, UpgradeRequest};

/// What httparse says of `head`: its fields, or `None` where it refuses.
fn oracle(head: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut fields = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut fields);
    let complete = request.parse(head).ok()?.is_complete();
    complete
        .then(|| request.headers.iter().map(|field| (field.name.as_bytes().to_vec(), field.value.to_vec())).collect())
}

/// Whether our strict reading refuses the grammar of `head` (and not merely the handshake in it).
fn refuses_grammar(head: &[u8]) -> bool {
    let Err(error) = UpgradeRequest::verify(head, OriginPolicy::Any) else { return false };
    error.violation.number() <= V::RequestLine.number() || error.violation == V::RequestTarget
}

/// Random, but the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn mutated_heads() {
    let good = b"GET /chat HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nX-Other: some text\r\n\r\n";
    let bytes = b"\r\n\t :,;=\"\\\0\x7f\x80\xffaZ09/()GETHTTP.1";
    let mut random = Random(1);
    let (mut both_took, mut both_refused) = (0, 0);
    for _ in 0..200_000 {
        let mut head = good.to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(head.len());
            match random.below(3) {
                0 => head[at] = bytes[random.below(bytes.len())],
                1 => head.insert(at, bytes[random.below(bytes.len())]),
                _ => drop(head.remove(at)),
            }
        }
        match (oracle(&head), refuses_grammar(&head)) {
            (Some(fields), false) => {
                both_took += 1;
                let ours: Vec<_> = Head::new(&head)
                    .fields()
                    .map(|field| (field.name_bytes().to_vec(), field.value_bytes().to_vec()))
                    .collect();
                assert_eq!(ours, fields, "{}", head.escape_ascii());
            }
            (None, true) => both_refused += 1,
            // httparse takes a line that ends in LF alone, empty lines before the request line, and a target of other
            // characters than a URI's; RFC 9112 §2.2 leaves the first two to the recipient, and we take neither.
            (Some(_), true) => {
                let error = UpgradeRequest::verify(&head, OriginPolicy::Any).unwrap_err();
                let explained = matches!(error.violation, V::BareLf | V::RequestTarget)
                    || head.starts_with(b"\r\n") && matches!(error.violation, V::RequestLine)
                    || head.starts_with(b"\n");
                assert!(explained, "{}: {error}", head.escape_ascii());
            }
            // We say first that the method or HTTP's version is not a handshake's; what httparse refuses comes after.
            (None, false) => {
                let error = UpgradeRequest::verify(&head, OriginPolicy::Any).unwrap_err();
                let explained = matches!(error.violation, V::RequestVersion | V::MethodNotGet);
                assert!(explained, "{}: {error}", head.escape_ascii());
            }
        }
    }
    assert!(both_took > 10_000 && both_refused > 10_000, "both speak often: {both_took}, {both_refused}");
}
