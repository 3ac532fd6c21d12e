//! The body of a Close frame and its status codes.

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::{Close, StatusCode};

use crate::exchange::{Exchange, OK};

#[wasm_bindgen]
impl Exchange {
    /// In: the payload of a Close frame. Words out: the status code, or 0 for an empty payload. Output: the reason.
    pub fn parse_close(&mut self) -> u32 {
        let (input, mut results) = self.begin();
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
    pub fn encode_close(&mut self, code: u16) -> u32 {
        let (input, mut results) = self.begin();
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
    pub fn may_be_sent(&self, code: u16) -> u32 {
        StatusCode(code).may_be_sent().into()
    }
}
