//! The opening handshake across the boundary.

use alloc::vec;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::Span;
use ws101_core::handshake::{
    BuildError, ClientRequest, Extensions, HandshakeError, HandshakeViolation, Key, OriginPolicy, SwitchingProtocols,
    UpgradeRequest,
};

use crate::exchange::{Exchange, OK, Results, word};

#[wasm_bindgen]
impl Exchange {
    /// In: 16 bytes. Out: the key that encodes them; nothing when they are not 16.
    pub fn key_from_nonce(&mut self) {
        let (input, mut results) = self.begin();
        if let Ok(nonce) = input.as_slice().try_into() {
            results.text(Key::from_nonce(nonce).as_str().as_bytes());
        }
    }

    /// In: a key. Out: the accept value that answers it.
    pub fn accept_key(&mut self) -> u32 {
        let (input, mut results) = self.begin();
        match Key::parse(input) {
            Ok(key) => {
                results.text(key.accept().as_str().as_bytes());
                OK
            }
            Err(violation) => {
                let whole = Span::new(0, input.len());
                self.broken(violation.number(), whole)
            }
        }
    }

    /// In, as texts: host, target, key, origin or absent, extensions, then the subprotocols (`subprotocols` of them),
    /// then names and values of further fields. Out: the request.
    pub fn build_request(&mut self, subprotocols: usize) -> u32 {
        let mut texts = Texts(&self.input);
        let (host, target, key, origin) = (texts.text(), texts.text(), texts.text(), texts.optional());
        let (extensions, names, fields) = (texts.text(), texts.list(subprotocols), texts.pairs());
        let Ok(key) = Key::parse(key.as_bytes()) else {
            return self.refused(HandshakeViolation::KeyInvalid.number());
        };
        let mut request =
            ClientRequest::new(host, target, key).subprotocols(&names).extensions(extensions).fields(&fields);
        if let Some(origin) = origin {
            request = request.origin(origin);
        }
        let written = write(request.encoded_len(), |out| request.write(out));
        self.finish(written)
    }

    /// In, as texts: key, subprotocol or absent, extensions, then names and values of further fields. Out: the 101
    /// response.
    pub fn build_response(&mut self) -> u32 {
        let mut texts = Texts(&self.input);
        let (key, subprotocol, extensions) = (texts.text(), texts.optional(), texts.text());
        let fields = texts.pairs();
        let Ok(key) = Key::parse(key.as_bytes()) else {
            return self.refused(HandshakeViolation::KeyInvalid.number());
        };
        let response =
            SwitchingProtocols::new(key.accept()).subprotocol(subprotocol).extensions(extensions).fields(&fields);
        let written = write(response.encoded_len(), |out| response.write(out));
        self.finish(written)
    }

    /// In, as texts: the head, then the origins that are allowed (`check_origin`; else all are). Out, as texts: target,
    /// host, origin or absent, key, the list of subprotocols, the list of extensions.
    pub fn verify_request(&mut self, check_origin: bool) -> u32 {
        let input = core::mem::take(&mut self.input);
        let mut texts = Texts(&input);
        let head = texts.bytes().unwrap_or_default();
        let allowed = texts.list(usize::MAX);
        let policy = if check_origin { OriginPolicy::Only(&allowed) } else { OriginPolicy::Any };
        let verified = UpgradeRequest::verify(head, policy);
        self.answer(verified, |request, results| {
            results.text(request.target().as_bytes());
            results.text(request.host().as_bytes());
            results.optional(request.origin().map(str::as_bytes));
            results.text(request.key().as_str().as_bytes());
            results.list(request.subprotocols(), |results, name| results.text(name.as_bytes()));
            extensions(results, request.extensions());
        })
    }

    /// In, as texts: the head, the key that was sent, the extensions offered, then the subprotocols offered. Out, as
    /// texts: subprotocol or absent, the list of extensions.
    pub fn verify_response(&mut self) -> u32 {
        let input = core::mem::take(&mut self.input);
        let mut texts = Texts(&input);
        let head = texts.bytes().unwrap_or_default();
        let (key, offered, names) = (texts.text(), texts.text(), texts.list(usize::MAX));
        let Ok(key) = Key::parse(key.as_bytes()) else {
            return self.refused(HandshakeViolation::KeyInvalid.number());
        };
        let request = ClientRequest::new("", "", key).subprotocols(&names).extensions(offered);
        let verified = request.verify_response(head);
        self.answer(verified, |response, results| {
            results.optional(response.subprotocol().map(str::as_bytes));
            extensions(results, response.extensions());
        })
    }
}

impl Exchange {
    fn finish(&mut self, written: Result<Vec<u8>, BuildError>) -> u32 {
        match written {
            Ok(bytes) => {
                self.output = bytes;
                OK
            }
            Err(error) => self.refused(error.number()),
        }
    }

    fn answer<T>(&mut self, verified: Result<T, HandshakeError>, leave: impl FnOnce(&T, &mut Results<'_>)) -> u32 {
        match verified {
            Ok(verified) => {
                leave(&verified, &mut self.begin().1);
                OK
            }
            Err(error) => self.broken(error.violation.number(), error.at),
        }
    }
}

fn write(
    length: Result<usize, BuildError>,
    write: impl FnOnce(&mut [u8]) -> Result<usize, BuildError>,
) -> Result<Vec<u8>, BuildError> {
    let mut out = vec![0; length?];
    write(&mut out)?;
    Ok(out)
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
struct Texts<'a>(&'a [u8]);

impl<'a> Texts<'a> {
    /// The next one's bytes; nothing where it is absent.
    fn bytes(&mut self) -> Option<&'a [u8]> {
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
