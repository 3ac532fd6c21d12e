//! How servers put key and GUID together, and what they hash them with.

use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::{Sha224, Sha256, Sha384, Sha512};

use crate::Cause;

/// A way to put key and GUID together: the mistake, if it is one, and how a formula writes it.
pub(super) struct Join {
    pub(super) cause: Option<Cause>,
    pub(super) text: fn(&[u8], &[u8]) -> Vec<u8>,
    pub(super) formula: fn(&str, &str) -> String,
}

macro_rules! separated {
    ($($text:literal),+) => {
        [$(Join {
            cause: Some(Cause::AcceptSeparated),
            text: |key, guid| [key, $text.as_bytes(), guid].concat(),
            formula: |key, guid| format!("{key} + {:?} + {guid}", $text),
        }),+]
    };
}

/// All ways to put the two together, the right one first.
pub(super) static JOINS: &[Join] = &[
    Join { cause: None, text: |key, guid| [key, guid].concat(), formula: |key, guid| format!("{key} + {guid}") },
    Join {
        cause: Some(Cause::AcceptGuidFirst),
        text: |key, guid| [guid, key].concat(),
        formula: |key, guid| format!("{guid} + {key}"),
    },
];

/// Those with something between.
pub(super) static SEPARATED: &[Join] =
    &separated!["-", ":", "+", ",", ", ", ";", "_", ".", "&", "|", "/", "\0", "'", " + ", ": "];

/// Something that is done to the text before it is hashed.
pub(super) struct Coding {
    pub(super) cause: Option<Cause>,
    pub(super) bytes: fn(Vec<u8>) -> Vec<u8>,
    pub(super) formula: fn(String) -> String,
}

/// All that is done to the text, nothing first.
pub(super) static CODINGS: &[Coding] = &[
    Coding { cause: None, bytes: |text| text, formula: |text| text },
    Coding {
        cause: Some(Cause::AcceptOfUtf16),
        bytes: |text| text.iter().flat_map(|&byte| [byte, 0]).collect(),
        formula: |text| format!("UTF-16LE({text})"),
    },
    Coding {
        cause: Some(Cause::AcceptOfUtf16),
        bytes: |text| text.iter().flat_map(|&byte| [0, byte]).collect(),
        formula: |text| format!("UTF-16BE({text})"),
    },
    Coding {
        cause: Some(Cause::AcceptOfOtherCase),
        bytes: |text| text.to_ascii_lowercase(),
        formula: |text| format!("lower({text})"),
    },
    Coding {
        cause: Some(Cause::AcceptOfOtherCase),
        bytes: |text| text.to_ascii_uppercase(),
        formula: |text| format!("upper({text})"),
    },
    Coding {
        cause: Some(Cause::AcceptOfEncodedText),
        bytes: |text| base64(&text).into_bytes(),
        formula: |text| format!("base64({text})"),
    },
    Coding {
        cause: Some(Cause::AcceptOfEncodedText),
        bytes: |text| hex(&text).into_bytes(),
        formula: |text| format!("hex({text})"),
    },
];

/// A hash function as a server uses it.
pub(super) struct Hash {
    pub(super) cause: Option<Cause>,
    /// Bytes of its digest.
    pub(super) length: usize,
    pub(super) digest: fn(&[u8]) -> Vec<u8>,
    pub(super) formula: fn(&str) -> String,
}

macro_rules! other {
    ($length:literal, $hash:ty, $name:literal) => {
        Hash {
            cause: Some(Cause::AcceptOtherHash),
            length: $length,
            digest: |text| <$hash>::digest(text).to_vec(),
            formula: |text| format!(concat!($name, "({})"), text),
        }
    };
}

/// All hash functions, the right one first.
pub(super) static HASHES: &[Hash] = &[
    Hash { cause: None, length: 20, digest: |text| sha1(text).to_vec(), formula: |text| format!("SHA-1({text})") },
    Hash {
        cause: Some(Cause::AcceptHashedTwice),
        length: 20,
        digest: |text| sha1(&sha1(text)).to_vec(),
        formula: |text| format!("SHA-1(SHA-1({text}))"),
    },
    Hash {
        cause: Some(Cause::AcceptHashedTwice),
        length: 20,
        digest: |text| sha1(hex(&sha1(text)).as_bytes()).to_vec(),
        formula: |text| format!("SHA-1(hex(SHA-1({text})))"),
    },
    Hash {
        cause: Some(Cause::AcceptHashedTwice),
        length: 20,
        digest: |text| sha1(base64(&sha1(text)).as_bytes()).to_vec(),
        formula: |text| format!("SHA-1(base64(SHA-1({text})))"),
    },
    Hash {
        cause: Some(Cause::AcceptOtherHash),
        length: 20,
        digest: |text| Sha256::digest(text)[..20].to_vec(),
        formula: |text| format!("first 20 bytes(SHA-256({text}))"),
    },
    other!(16, Md5, "MD5"),
    other!(28, Sha224, "SHA-224"),
    other!(32, Sha256, "SHA-256"),
    other!(48, Sha384, "SHA-384"),
    other!(64, Sha512, "SHA-512"),
];

pub(super) fn sha1(text: &[u8]) -> [u8; 20] {
    Sha1::digest(text).into()
}

/// HMAC-SHA-1 (RFC 2104) of `text` under `key`.
pub(super) fn hmac(key: &[u8], text: &[u8]) -> [u8; 20] {
    let mut block = [0; 64];
    if key.len() > block.len() {
        block[..20].copy_from_slice(&sha1(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha1::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
    Sha1::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |&byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]].map(char::from);
    bytes.iter().flat_map(digits).collect()
}

pub(super) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
