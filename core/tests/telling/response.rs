//! That the first problem told of a response is the one for which the strict reading fails.

use ws101_core::deflate::Offers;
use ws101_core::handshake::{ClientRequest, HandshakeError, HandshakeViolation as V};
use ws101_core::inspect;

/// All that is told of the answer to `request`, which offered `offers` if anything of permessage-deflate; its first is
/// what the client fails for.
pub(crate) fn of_response(head: &[u8], request: &ClientRequest<'_>, offers: Option<Offers>) -> Vec<HandshakeError> {
    let mut asked = vec![0; 8192];
    let length = request.write(&mut asked).unwrap();
    let mut told = Vec::new();
    inspect::response_problems(head, Some(&asked[..length]), &mut |error| told.push(error));
    let strict = request.verify_response(head).and_then(|response| match offers {
        Some(offers) => offers.judge(response.extensions()).map(drop),
        None => Ok(()),
    });
    let first = told.first().copied();
    if offers.is_some() || !first.is_some_and(|error| is_of_deflate(error.violation)) {
        assert_eq!(first, strict.err(), "{}", String::from_utf8_lossy(head));
    } else {
        assert_eq!(strict, Ok(()), "what is told of permessage-deflate comes last");
    }
    told
}

fn is_of_deflate(violation: V) -> bool {
    violation.rule().code.starts_with("RESPONSE_DEFLATE_")
}
