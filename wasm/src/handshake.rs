//! The opening handshake across the boundary.

use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::Span;
use ws101_core::handshake::{
    BuildError, ClientRequest, Extensions, HandshakeViolation, Key, OriginPolicy, SwitchingProtocols, UpgradeRequest,
};

use crate::exchange::{self, NO_MEMORY, OK, Results, word};

/// In: 16 bytes. Out: the key that encodes them; nothing when they are not 16.
#[wasm_bindgen]
pub fn key_from_nonce() {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    if let Ok(nonce) = input.as_slice().try_into() {
        results.text(Key::from_nonce(nonce).as_str().as_bytes());
    }
}

/// In: a key. Out: the accept value that answers it.
#[wasm_bindgen]
pub fn accept_key() -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    match Key::parse(input) {
        Ok(key) => {
            results.text(key.accept().as_str().as_bytes());
            OK
        }
        Err(violation) => results.broken(violation.number(), Span::new(0, input.len())),
    }
}

/// In, as texts: host, target, key, origin or absent, extensions, then the subprotocols (`subprotocols` of them),
/// then names and values of further fields. Out: the request.
#[wasm_bindgen]
pub fn build_request(subprotocols: usize) -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let mut texts = Texts(input);
    let (host, target, key, origin) = (texts.text(), texts.text(), texts.text(), texts.optional());
    let (extensions, names, fields) = (texts.text(), texts.list(subprotocols), texts.pairs());
    let Ok(key) = Key::parse(key.as_bytes()) else {
        return results.refused(HandshakeViolation::KeyInvalid.number());
    };
    let mut request = ClientRequest::new(host, target, key).subprotocols(&names).extensions(extensions).fields(&fields);
    if let Some(origin) = origin {
        request = request.origin(origin);
    }
    let length = request.encoded_len();
    results.write(length, |out| request.write(out))
}

/// In, as texts: key, subprotocol or absent, extensions, then names and values of further fields. Out: the 101
/// response.
#[wasm_bindgen]
pub fn build_response() -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let mut texts = Texts(input);
    let (key, subprotocol, extensions) = (texts.text(), texts.optional(), texts.text());
    let fields = texts.pairs();
    let Ok(key) = Key::parse(key.as_bytes()) else {
        return results.refused(HandshakeViolation::KeyInvalid.number());
    };
    let response =
        SwitchingProtocols::new(key.accept()).subprotocol(subprotocol).extensions(extensions).fields(&fields);
    let length = response.encoded_len();
    results.write(length, |out| response.write(out))
}

/// In, as texts: the head, then the origins that are allowed (`check_origin`; else all are). Out, as texts: target,
/// host, origin or absent, key, the list of subprotocols, the list of extensions.
#[wasm_bindgen]
pub fn verify_request(check_origin: bool) -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let mut texts = Texts(input);
    let head = texts.bytes().unwrap_or_default();
    let allowed = texts.list(usize::MAX);
    let policy = if check_origin { OriginPolicy::Only(&allowed) } else { OriginPolicy::Any };
    let request = match UpgradeRequest::verify(head, policy) {
        Ok(request) => request,
        Err(error) => return results.broken(error.violation.number(), error.at),
    };
    results.text(request.target().as_bytes());
    results.text(request.host().as_bytes());
    results.optional(request.origin().map(str::as_bytes));
    results.text(request.key().as_str().as_bytes());
    results.list(request.subprotocols(), |results, name| results.text(name.as_bytes()));
    extensions(&mut results, request.extensions());
    OK
}

/// In, as texts: the head, the key that was sent, the extensions offered, then the subprotocols offered. Out, as
/// texts: subprotocol or absent, the list of extensions.
#[wasm_bindgen]
pub fn verify_response() -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let mut texts = Texts(input);
    let head = texts.bytes().unwrap_or_default();
    let (key, offered, names) = (texts.text(), texts.text(), texts.list(usize::MAX));
    let Ok(key) = Key::parse(key.as_bytes()) else {
        return results.refused(HandshakeViolation::KeyInvalid.number());
    };
    let request = ClientRequest::new("", "", key).subprotocols(&names).extensions(offered);
    let response = match request.verify_response(head) {
        Ok(response) => response,
        Err(error) => return results.broken(error.violation.number(), error.at),
    };
    results.optional(response.subprotocol().map(str::as_bytes));
    extensions(&mut results, response.extensions());
    OK
}

impl Results<'_> {
    /// Has `write` fill an output of this length.
    fn write(
        &mut self,
        length: Result<usize, BuildError>,
        write: impl FnOnce(&mut [u8]) -> Result<usize, BuildError>,
    ) -> u32 {
        let length = match length {
            Ok(length) => length,
            Err(error) => return self.refused(error.number()),
        };
        if !self.resize_output(length) {
            return NO_MEMORY;
        }
        match write(self.output) {
            Ok(_) => OK,
            Err(error) => self.refused(error.number()),
        }
    }
}

/// Each extension: its name, then the list of its parameters, each a name and a value or none.
fn extensions(results: &mut Results<'_>, extensions: Extensions<'_>) {
    results.list(extensions, |results, extension| {
        results.text(extension.name().as_bytes());
        results.list(extension.parameters(), |results, parameter| {
            results.text(parameter.name().as_bytes());
            let Some(value) = parameter.value() else { return results.optional(None) };
            let start = results.output.len();
            // The value is a token, which is ASCII.
            results.output.extend(value.chars().map(|char| char as u8));
            results.words.push(word(results.output.len() - start));
        });
    });
}

/// The texts of an input that are not taken yet.
pub(crate) struct Texts<'a>(pub(crate) &'a [u8]);

impl<'a> Texts<'a> {
    /// The next one's bytes; nothing where it is absent.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let (&length, rest) = self.0.split_first_chunk()?;
        // No text is as long as what stands for one that is absent.
        let text = rest.split_at_checked(u32::from_le_bytes(length) as usize);
        self.0 = text.map_or(rest, |(_, rest)| rest);
        text.map(|(text, _)| text)
    }

    /// The next one, which JavaScript's own encoder wrote.
    fn optional(&mut self) -> Option<&'a str> {
        core::str::from_utf8(self.bytes()?).ok()
    }

    /// The next one; empty where it is absent.
    fn text(&mut self) -> &'a str {
        self.optional().unwrap_or_default()
    }

    /// The next `count`, or all that are left.
    fn list(&mut self, count: usize) -> Vec<&'a str> {
        let mut list = Vec::new();
        while list.len() < count && !self.0.is_empty() {
            list.push(self.text());
        }
        list
    }

    /// All that are left, two by two.
    fn pairs(&mut self) -> Vec<(&'a str, &'a str)> {
        let mut pairs = Vec::new();
        while !self.0.is_empty() {
            pairs.push((self.text(), self.text()));
        }
        pairs
    }
}
