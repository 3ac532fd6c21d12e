//! The opening handshake across the boundary.

use alloc::vec;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::Span;
use ws101_core::handshake::{
    BuildError, ClientRequest, Extensions, HandshakeError, HandshakeViolation, Key, OriginPolicy, SwitchingProtocols,
    UpgradeRequest,
};

use crate::exchange::{ABSENT, Exchange, OK, Results, word};

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
        let texts = Texts::new(&self.input, &self.words);
        let [host, target, key, origin, extensions] = texts.first();
        let (names, fields) = texts.lists(5, subprotocols);
        let Ok(key) = Key::parse(key.unwrap_or_default().as_bytes()) else {
            return self.refused(HandshakeViolation::KeyInvalid.number());
        };
        let mut request = ClientRequest::new(host.unwrap_or_default(), target.unwrap_or_default(), key)
            .subprotocols(&names)
            .extensions(extensions.unwrap_or_default())
            .fields(&fields);
        if let Some(origin) = origin {
            request = request.origin(origin);
        }
        let written = write(request.encoded_len(), |out| request.write(out));
        self.finish(written)
    }

    /// In, as texts: key, subprotocol or absent, extensions, then names and values of further fields. Out: the 101
    /// response.
    pub fn build_response(&mut self) -> u32 {
        let texts = Texts::new(&self.input, &self.words);
        let [key, subprotocol, extensions] = texts.first();
        let (_, fields) = texts.lists(3, 0);
        let Ok(key) = Key::parse(key.unwrap_or_default().as_bytes()) else {
            return self.refused(HandshakeViolation::KeyInvalid.number());
        };
        let response = SwitchingProtocols::new(key.accept())
            .subprotocol(subprotocol)
            .extensions(extensions.unwrap_or_default())
            .fields(&fields);
        let written = write(response.encoded_len(), |out| response.write(out));
        self.finish(written)
    }

    /// In, as texts: the head, then the origins that are allowed (`check_origin`; else all are). Out, as texts: target,
    /// host, origin or absent, key, the list of subprotocols, the list of extensions.
    pub fn verify_request(&mut self, check_origin: bool) -> u32 {
        let input = core::mem::take(&mut self.input);
        let words = core::mem::take(&mut self.words);
        let texts = Texts::new(&input, &words);
        let allowed = texts.from(1);
        let policy = if check_origin { OriginPolicy::Only(&allowed) } else { OriginPolicy::Any };
        let verified = UpgradeRequest::verify(texts.bytes(0), policy);
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
        let words = core::mem::take(&mut self.words);
        let texts = Texts::new(&input, &words);
        let [_, key, offered] = texts.first();
        let names = texts.from(3);
        let Ok(key) = Key::parse(key.unwrap_or_default().as_bytes()) else {
            return self.refused(HandshakeViolation::KeyInvalid.number());
        };
        let request = ClientRequest::new("", "", key).subprotocols(&names).extensions(offered.unwrap_or_default());
        let verified = request.verify_response(texts.bytes(0));
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

/// Texts that lie one after another in the input, their lengths in the words.
struct Texts<'a> {
    bytes: &'a [u8],
    lengths: &'a [u32],
}

impl<'a> Texts<'a> {
    fn new(bytes: &'a [u8], lengths: &'a [u32]) -> Self {
        Self { bytes, lengths }
    }

    /// All of them; `None` for one that is absent.
    fn iter(&self) -> impl Iterator<Item = Option<&'a [u8]>> + use<'a> {
        let mut rest = self.bytes;
        self.lengths.iter().map(move |&length| {
            if length == ABSENT {
                return None;
            }
            let (text, after) = rest.split_at_checked(length as usize)?;
            rest = after;
            Some(text)
        })
    }

    fn bytes(&self, place: usize) -> &'a [u8] {
        self.iter().nth(place).flatten().unwrap_or_default()
    }

    /// The first `N`.
    fn first<const N: usize>(&self) -> [Option<&'a str>; N] {
        let mut texts = self.iter();
        core::array::from_fn(|_| texts.next().flatten().and_then(text))
    }

    /// Those from the `first`-th on.
    fn from(&self, first: usize) -> Vec<&'a str> {
        self.iter().skip(first).flatten().filter_map(text).collect()
    }

    /// From the `first`-th on: `names` texts, then pairs of texts.
    fn lists(&self, first: usize, names: usize) -> (Vec<&'a str>, Vec<(&'a str, &'a str)>) {
        let mut list = self.from(first);
        let pairs = list.split_off(names.min(list.len()));
        (list, pairs.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
    }
}

/// JavaScript's texts come as the UTF-8 that its own encoder wrote.
fn text(bytes: &[u8]) -> Option<&str> {
    core::str::from_utf8(bytes).ok()
}
