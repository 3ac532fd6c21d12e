//! The body of a Close frame and its status codes.

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{Close, StatusCode};

use crate::exchange::{self, OK};

/// In: the payload of a Close frame. Words out: the status code, or 0 for an empty payload. Output: the reason.
#[wasm_bindgen]
pub fn parse_close() -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    match Close::parse(input) {
        Ok(close) => {
            results.words.push(close.map_or(0, |close| close.code.0.into()));
            results.output.extend_from_slice(close.map_or("", |close| close.reason).as_bytes());
            OK
        }
        Err((violation, at)) => results.broken(violation.number(), at),
    }
}

/// In: the reason, as UTF-8. Out: the payload.
#[wasm_bindgen]
pub fn encode_close(code: u16) -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let reason = core::str::from_utf8(input).unwrap_or_default();
    match (Close { code: StatusCode(code), reason }).encode() {
        Ok(payload) => {
            results.output.extend_from_slice(payload.as_bytes());
            OK
        }
        Err(error) => results.refused(error.number()),
    }
}

/// 1 when a Close frame may carry this status code, else 0.
#[wasm_bindgen]
pub fn may_be_sent(code: u16) -> u32 {
    StatusCode(code).may_be_sent().into()
}
