//! Which digests a value may stand for, by the mistakes that are made when a digest is written.

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::digest::{base64, hex};
use crate::Cause;
use crate::order;

/// A digest that a value may stand for, and how the one was written as the other.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) target: Target,
    pub(super) causes: Vec<Cause>,
    /// What stands before and behind the digest in a formula.
    formula: (String, String),
}

/// What is known of a digest.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// All of it.
    Digest(Vec<u8>),
    /// Its first bytes.
    Beginning(Vec<u8>),
    /// The digest, with more behind it.
    Longer(Vec<u8>),
    /// What it becomes by something that cannot be undone.
    Image { image: Vec<u8>, of: fn(&[u8]) -> Vec<u8> },
}

impl Target {
    /// Whether a digest of so many bytes may be meant.
    pub(super) fn may_be_of(&self, length: usize) -> bool {
        match self {
            Self::Digest(digest) => digest.len() == length,
            // A few bytes may agree by accident; eight do not.
            Self::Beginning(bytes) => bytes.len() < length,
            Self::Longer(bytes) => bytes.len() > length,
            Self::Image { .. } => true,
        }
    }

    pub(super) fn is(&self, digest: &[u8]) -> bool {
        match self {
            Self::Digest(bytes) => bytes == digest,
            Self::Beginning(bytes) => bytes.len() < digest.len() && digest.starts_with(bytes),
            Self::Longer(bytes) => bytes.len() > digest.len() && bytes.starts_with(digest),
            Self::Image { image, of } => *image == of(digest),
        }
    }
}

impl Written {
    /// The formula of the value, of that of the digest.
    pub(super) fn formula(&self, digest: &str) -> String {
        let (before, behind) = &self.formula;
        format!("{before}{digest}{behind}")
    }
}

/// What a value looks like, to somebody who does not know the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Twenty bytes in base64.
    Right,
    /// So many bytes in base64.
    Bytes(usize),
    /// So many characters that are not base64.
    Characters(usize),
}

pub(super) fn form(accept: &[u8]) -> Form {
    match decoded(accept, &STANDARD, DecodePaddingMode::RequireCanonical) {
        Some(bytes) if bytes.len() == 20 => Form::Right,
        Some(bytes) if !bytes.is_empty() => Form::Bytes(bytes.len()),
        _ => Form::Characters(String::from_utf8_lossy(accept).chars().count()),
    }
}

/// The digest that a value of the right form stands for.
pub(super) fn digest(accept: &[u8]) -> Option<Vec<u8>> {
    decoded(accept, &STANDARD, DecodePaddingMode::RequireCanonical).filter(|bytes| bytes.len() == 20)
}

/// Every digest that `accept` may stand for, those with the fewest mistakes first.
pub(super) fn targets(accept: &[u8]) -> Vec<Written> {
    let mut targets = Vec::new();
    // Nothing that is longer is a digest in any of these forms.
    if (8..=512).contains(&accept.len()) {
        Unwrapping { causes: Vec::new(), before: String::new(), behind: String::new() }.text(accept, &mut targets);
    }
    order::by_key(&mut targets, |written| written.causes.len());
    targets
}

/// What a fold makes of a digest.
type Fold = fn(&[u8]) -> Vec<u8>;

/// The layers that are already off.
#[derive(Debug, Clone)]
struct Unwrapping {
    causes: Vec<Cause>,
    before: String,
    behind: String,
}

/// How many of a server's mistakes may lie in how it wrote the digest.
const MOST_LAYERS: usize = 2;

impl Unwrapping {
    /// One more layer: the function that put it on, and the mistake that this was.
    fn under(&self, function: &str, cause: impl Into<Option<Cause>>) -> Self {
        let mut inner = self.clone();
        inner.causes.extend(cause.into());
        inner.before.push_str(function);
        inner.before.push('(');
        inner.behind.insert(0, ')');
        inner
    }

    fn push(self, target: Target, out: &mut Vec<Written>) {
        // The mistakes in the order in which the server made them: the innermost first.
        let causes = self.causes.into_iter().rev().collect();
        out.push(Written { target, causes, formula: (self.before, self.behind) });
    }

    /// A text that is sent, or was encoded once more.
    fn text(&self, text: &[u8], out: &mut Vec<Written>) {
        if self.causes.len() > MOST_LAYERS {
            return;
        }
        for (before, behind) in [("b'", "'"), ("b\"", "\""), ("\"", "\""), ("'", "'"), ("<", ">")] {
            let inner = text.strip_prefix(before.as_bytes()).and_then(|text| text.strip_suffix(behind.as_bytes()));
            if let Some(inner) = inner {
                self.under("quoted", Cause::AcceptQuoted).text(inner, out);
                return;
            }
        }
        if let Some(unescaped) = unescaped(text) {
            self.under("escaped", Cause::AcceptEscaped).text(&unescaped, out);
        }
        if let Some(digest) = from_hex(text) {
            self.under("hex", Cause::AcceptNotInBase64).digest(digest, out);
        }
        if !text.is_ascii() {
            self.under("bytes", Cause::AcceptNotInBase64).digest(text.to_vec(), out);
        }
        self.folded(text, out);
        for (alphabet, cause) in [(&STANDARD, None), (&URL_SAFE, Some(Cause::AcceptUrlSafe))] {
            if cause.is_some() && !text.iter().any(|byte| b"-_".contains(byte)) {
                continue;
            }
            let function = if cause.is_some() { "base64url" } else { "base64" };
            if let Some(bytes) = decoded(text, alphabet, DecodePaddingMode::RequireCanonical) {
                self.under(function, cause).bytes(bytes, out);
            } else if let Some(bytes) = decoded(text, alphabet, DecodePaddingMode::Indifferent) {
                self.under("unpadded", Cause::AcceptWithoutPadding).under(function, cause).bytes(bytes, out);
            }
        }
    }

    /// Text that has letters of one case only, as base64 hardly ever has.
    fn folded(&self, text: &[u8], out: &mut Vec<Written>) {
        if !text.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)) || text.len() < 28 {
            return;
        }
        let image = text.to_vec();
        let upper = text.iter().any(u8::is_ascii_uppercase);
        let lower = text.iter().any(u8::is_ascii_lowercase);
        let folds: [(&str, Cause, Fold, Fold); 2] = [
            (
                "lower",
                Cause::AcceptLowerCased,
                |digest| base64(digest).to_ascii_lowercase().into_bytes(),
                |digest| base64(hex(digest).as_bytes()).to_ascii_lowercase().into_bytes(),
            ),
            (
                "upper",
                Cause::AcceptUpperCased,
                |digest| base64(digest).to_ascii_uppercase().into_bytes(),
                |digest| base64(hex(digest).as_bytes()).to_ascii_uppercase().into_bytes(),
            ),
        ];
        let [to_lower, to_upper] = folds;
        let fold = match (upper, lower) {
            (false, true) => to_lower,
            (true, false) => to_upper,
            _ => return,
        };
        let (function, cause, of_digest, of_hex) = fold;
        let layer = self.under(function, cause).under("base64", None);
        layer.clone().push(Target::Image { image: image.clone(), of: of_digest }, out);
        layer.under("hex", Cause::AcceptOfHexDigest).push(Target::Image { image, of: of_hex }, out);
    }

    /// Bytes that were encoded in base64.
    fn bytes(&self, bytes: Vec<u8>, out: &mut Vec<Written>) {
        if self.causes.len() > MOST_LAYERS {
            return;
        }
        // What `sha1sum` prints has two blanks and a `-` behind the digits; a C string has its zero byte.
        let text = bytes.trim_ascii_end();
        let text = text.strip_suffix(b"-").unwrap_or(text).trim_ascii_end();
        let text = text.strip_suffix(b"\0").unwrap_or(text);
        if let Some(digest) = from_hex(text) {
            let function = if text.iter().any(u8::is_ascii_uppercase) { "HEX" } else { "hex" };
            self.under(function, Cause::AcceptOfHexDigest).digest(digest, out);
        } else if text.is_ascii() && text.len() >= 20 {
            let mut inner = self.clone();
            inner.causes.push(Cause::AcceptEncodedTwice);
            inner.text(text, out);
        }
        if let Ok(text) = core::str::from_utf8(&bytes)
            && let Ok(latin) = text.chars().map(u8::try_from).collect::<Result<Vec<u8>, _>>()
            && latin.len() < bytes.len()
        {
            self.under("UTF-8 of Latin-1", Cause::AcceptDigestAsText).digest(latin, out);
        }
        if bytes.windows(3).any(|three| three == "\u{fffd}".as_bytes()) {
            let replaced: fn(&[u8]) -> Vec<u8> = |digest| String::from_utf8_lossy(digest).into_owned().into_bytes();
            let target = Target::Image { image: bytes.clone(), of: replaced };
            self.under("UTF-8 with U+FFFD for what is none", Cause::AcceptDigestAsText).push(target, out);
        }
        self.digest(bytes, out);
    }

    fn digest(&self, bytes: Vec<u8>, out: &mut Vec<Written>) {
        let swapped = bytes.iter().map(|byte| byte.rotate_left(4)).collect();
        self.under("nibbles swapped", Cause::AcceptDigestNibbles).push(Target::Digest(swapped), out);
        let words = bytes.chunks(4).flat_map(|word| word.iter().rev().copied()).collect();
        self.under("bytes of each word reversed", Cause::AcceptDigestByteOrder).push(Target::Digest(words), out);
        let reversed = bytes.iter().rev().copied().collect();
        self.under("reversed", Cause::AcceptDigestByteOrder).push(Target::Digest(reversed), out);
        if (8..64).contains(&bytes.len()) {
            let beginning = format!("first {} bytes", bytes.len());
            self.under(&beginning, Cause::AcceptDigestLength).push(Target::Beginning(bytes.clone()), out);
        }
        // What has the length of another hash function's digest is one.
        if (17..=128).contains(&bytes.len()) && ![28, 32, 48, 64].contains(&bytes.len()) {
            let longer = Target::Longer(bytes.clone());
            self.under(&format!("{} bytes from", bytes.len()), Cause::AcceptDigestLength).push(longer, out);
        }
        self.clone().push(Target::Digest(bytes), out);
    }
}

fn decoded(text: &[u8], alphabet: &Alphabet, padding: DecodePaddingMode) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true).with_decode_padding_mode(padding);
    // A line break in the value, as encoders for mail put it, does not change what it stands for.
    let text: Vec<u8> = text.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
    GeneralPurpose::new(alphabet, config).decode(text).ok()
}

/// What percent-encoding, or reading it where there was none, made of base64.
fn unescaped(text: &[u8]) -> Option<Vec<u8>> {
    if !text.contains(&b'%') && !text.contains(&b' ') {
        return None;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).and_then(|two| core::str::from_utf8(two).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = match (first, byte) {
            (b'%', Some(byte)) => {
                out.push(byte);
                &behind[2..]
            }
            (b' ', _) => {
                out.push(b'+');
                behind
            }
            _ => {
                out.push(*first);
                behind
            }
        };
    }
    Some(out)
}

/// The bytes that hex digits stand for, with or without something between each two.
fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_prefix(b"0x").unwrap_or(text);
    let digits: Vec<u8> = text.iter().copied().filter(|byte| !b"-: ".contains(byte)).collect();
    if digits.len() < 32 || digits.len() % 2 == 1 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(byte).collect()
}
