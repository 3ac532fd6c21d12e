//! The boundary between the doctor and JavaScript: a recording in, what the doctor says of it out, and no decision of
//! its own.
//!
//! Every function takes its arguments as bytes, with numbers beside them that say which bytes are what, and answers with
//! JSON. Nothing is kept between two calls. This is a module of its own beside the codec's (`ws101-wasm`), which is
//! small because it holds neither Rust's standard library, nor texts, nor what inflates; the doctor needs all three.

#![forbid(unsafe_code)]

mod file;
mod recording;

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::recording::{streams, timeline};

pub use crate::recording::{ABSENT, ENDED_BY_FIN, ENDED_BY_RST, FROM_CLIENT, FROM_SERVER, NOT_ENDED};

/// Judges what each end sent.
///
/// `bytes` are the request, the response, what the server and what the client sent after these, one after another.
/// `words` are how the server ended the connection ([`NOT_ENDED`], …), then the four lengths, [`ABSENT`] for a request or
/// response that was not recorded.
#[wasm_bindgen]
#[must_use]
pub fn diagnose_streams(bytes: &[u8], words: &[u32]) -> Vec<u8> {
    json(&ws101_doctor::diagnose(&streams(bytes, words).into()))
}

/// Judges what happened when.
///
/// `bytes` are those of all moments, one after another. `words` are five for each moment: when, in microseconds, as two
/// words with the low one first; who ([`FROM_CLIENT`], …); how that end ended the connection, or [`NOT_ENDED`] for
/// bytes; and how many bytes.
#[wasm_bindgen]
#[must_use]
pub fn diagnose_timeline(bytes: &[u8], words: &[u32]) -> Vec<u8> {
    json(&ws101_doctor::diagnose(&timeline(bytes, words)))
}

/// What produces a line of a console or a log, given as UTF-8.
#[wasm_bindgen]
#[must_use]
pub fn explain_message(text: &[u8]) -> Vec<u8> {
    json(&ws101_doctor::explain_message(&String::from_utf8_lossy(text)))
}

/// Which lines of somebody's code, given as UTF-8, are known to break a connection.
#[wasm_bindgen]
#[must_use]
pub fn recognise_code(text: &[u8]) -> Vec<u8> {
    json(&ws101_doctor::recognise_code(&String::from_utf8_lossy(text)))
}

/// What somebody has in a file: `{ "file": … }` with its recordings, their bytes as base64, or `{ "error": … }`.
#[wasm_bindgen]
#[must_use]
pub fn read_file(input: &[u8]) -> Vec<u8> {
    json(&file::read(input))
}

/// Every rule that a finding can be of, here or of a live server.
#[wasm_bindgen]
#[must_use]
pub fn rules() -> Vec<u8> {
    json(&ws101_doctor::rules().collect::<Vec<_>>())
}

/// Every cause that the doctor can name, with its sentence.
#[wasm_bindgen]
#[must_use]
pub fn causes() -> Vec<u8> {
    json(&ws101_doctor::Cause::ALL)
}

fn json<T: Serialize>(answer: &T) -> Vec<u8> {
    // Not `expect`: what writes an error of JSON as `Debug` is large.
    serde_json::to_vec(answer).unwrap_or_else(|_| unreachable!("an answer has nothing that JSON cannot say"))
}
