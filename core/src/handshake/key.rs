//! `Sec-WebSocket-Key` and `Sec-WebSocket-Accept` (§1.3, §4.1, §4.2.2, §11.3).

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::handshake::HandshakeViolation;

/// What is appended to the key before it is hashed (§1.3).
pub const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Padding is required. Bits after the last byte may be other than zero, as in the RFC's own example
/// (§4.1: `AQIDBAUGBwgJCgsMDQ4PEC==`).
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// The value of a `Sec-WebSocket-Key` field: sixteen bytes in base64, which are 24 characters.
///
/// ```
/// use ws101_core::handshake::Key;
/// let key = Key::from_nonce(*b"the sample nonce");
/// assert_eq!(key.as_str(), "dGhlIHNhbXBsZSBub25jZQ==");
/// assert_eq!(key.accept().as_str(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    text: [u8; Self::LENGTH],
}

impl Key {
    /// Characters of a key.
    pub const LENGTH: usize = 24;
    /// Bytes of the nonce that a key encodes.
    pub const NONCE_LENGTH: usize = 16;

    /// The key that encodes `nonce`: sixteen random bytes, fresh for each connection.
    #[must_use]
    pub fn from_nonce(nonce: [u8; Self::NONCE_LENGTH]) -> Self {
        let mut text = [b'='; Self::LENGTH];
        encode(&nonce, &mut text);
        Self { text }
    }

    /// The key that a request carried.
    ///
    /// # Errors
    /// [`HandshakeViolation::KeyInvalid`] when `text` is not the base64 form of sixteen bytes.
    pub fn parse(text: &[u8]) -> Result<Self, HandshakeViolation> {
        let text: [u8; Self::LENGTH] = text.try_into().map_err(|_| HandshakeViolation::KeyInvalid)?;
        let key = Self { text };
        // §4.2.1 item 5: "A |Sec-WebSocket-Key| header field with a base64-encoded … value that, when decoded, is
        // 16 bytes in length."
        if decode(&key.text).is_some() { Ok(key) } else { Err(HandshakeViolation::KeyInvalid) }
    }

    /// The key as it is written in the field.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// The sixteen bytes.
    #[must_use]
    pub fn nonce(&self) -> [u8; Self::NONCE_LENGTH] {
        decode(&self.text).unwrap_or_default()
    }

    /// The value of `Sec-WebSocket-Accept` that answers this key.
    #[must_use]
    pub fn accept(&self) -> Accept {
        Accept::derive(&self.text)
    }
}

/// The value of a `Sec-WebSocket-Accept` field: a SHA-1 in base64, which is 28 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Accept {
    digest: [u8; Self::DIGEST_LENGTH],
    text: [u8; Self::LENGTH],
}

impl Accept {
    /// Characters of the value.
    pub const LENGTH: usize = 28;
    /// Bytes of the digest that it encodes.
    pub const DIGEST_LENGTH: usize = 20;

    /// What a server that does not look at the key would answer to `key`, whatever it is.
    ///
    /// A server answers with [`Key::accept`]; this is for those who show how it comes about.
    #[must_use]
    pub fn derive(key: &[u8]) -> Self {
        // §4.2.2 item 5.4: the key and the GUID, SHA-1, base64
        let digest = sha1(key, GUID.as_bytes());
        let mut text = [b'='; Self::LENGTH];
        encode(&digest, &mut text);
        Self { digest, text }
    }

    /// The value as it is written in the field.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// The SHA-1 that it encodes.
    #[must_use]
    pub const fn digest(&self) -> [u8; Self::DIGEST_LENGTH] {
        self.digest
    }
}

/// The SHA-1 of two texts, one after the other.
#[cfg(not(target_arch = "wasm32"))]
fn sha1(first: &[u8], second: &[u8]) -> [u8; Accept::DIGEST_LENGTH] {
    use sha1::{Digest as _, Sha1};
    Sha1::new().chain_update(first).chain_update(second).finalize().into()
}

/// The same, from a library that is written to be short.
#[cfg(target_arch = "wasm32")]
fn sha1(first: &[u8], second: &[u8]) -> [u8; Accept::DIGEST_LENGTH] {
    let mut hash = hmac_sha1_compact::Hash::new();
    hash.update(first);
    hash.update(second);
    hash.finalize()
}

fn encode(bytes: &[u8], text: &mut [u8]) {
    let written = BASE64.encode_slice(bytes, text);
    debug_assert!(written.is_ok(), "the text's length is computed from the bytes'");
}

fn decode(text: &[u8]) -> Option<[u8; Key::NONCE_LENGTH]> {
    // Room for what 24 characters can hold at most, as the decoder asks.
    let mut bytes = [0; Key::NONCE_LENGTH + 2];
    let length = BASE64.decode_slice(text, &mut bytes).ok()?;
    bytes.get(..length)?.try_into().ok()
}
