//! That the first problem told of a request is the one for which the strict reading fails.

use ws101_core::handshake::{HandshakeError, OriginPolicy, UpgradeRequest};
use ws101_core::inspect;

/// All that is told of a request; its first is what a server refuses it for.
pub(crate) fn of_request(head: &[u8]) -> Vec<HandshakeError> {
    let mut told = Vec::new();
    inspect::request_problems(head, &mut |error| told.push(error));
    let strict = UpgradeRequest::verify(head, OriginPolicy::Any).err();
    assert_eq!(told.first().copied(), strict, "{}", String::from_utf8_lossy(head));
    told
}
