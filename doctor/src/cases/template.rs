//! Bytes in which the answer to the client's key stands, be it the right one or a usual mistake.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};
use ws101_core::handshake::GUID;

/// Bytes, and among them places for what is made of the client's key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Bytes(Vec<u8>),
    Accept(Made),
}

/// How an accept is made of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    Rightly,
    LowerCased,
    OfHexDigest,
    OfDecodedKey,
    WithNibblesSwapped,
    WithoutGuid,
    WithGuidInLowerCase,
    WithBlankBehindGuid,
    WithBlankInGuid,
    OfKeyWithCr,
    OfKeyWithBlank,
    OfNoKey,
    WithoutPadding,
}

impl Made {
    const ALL: [(&'static str, Self); 13] = [
        ("{accept}", Self::Rightly),
        ("{accept:lowercased}", Self::LowerCased),
        ("{accept:hex-digest}", Self::OfHexDigest),
        ("{accept:decoded-key}", Self::OfDecodedKey),
        ("{accept:nibbles-swapped}", Self::WithNibblesSwapped),
        ("{accept:no-guid}", Self::WithoutGuid),
        ("{accept:guid-lower-case}", Self::WithGuidInLowerCase),
        ("{accept:guid-blank-behind}", Self::WithBlankBehindGuid),
        ("{accept:guid-blank-inside}", Self::WithBlankInGuid),
        ("{accept:key-with-cr}", Self::OfKeyWithCr),
        ("{accept:key-with-blank}", Self::OfKeyWithBlank),
        ("{accept:no-key}", Self::OfNoKey),
        ("{accept:unpadded}", Self::WithoutPadding),
    ];

    fn of(self, key: &str) -> String {
        let digest = |key: &[u8], guid: &str| Sha1::new().chain_update(key).chain_update(guid).finalize();
        let accept = |key: &[u8], guid: &str| STANDARD.encode(digest(key, guid));
        let text = key.as_bytes();
        match self {
            Self::Rightly => accept(text, GUID),
            Self::LowerCased => accept(text, GUID).to_ascii_lowercase(),
            Self::OfHexDigest => STANDARD.encode(hex::encode(digest(text, GUID))),
            // A key that is not base64 has nothing to be decoded to.
            Self::OfDecodedKey => accept(&STANDARD.decode(text).unwrap_or_default(), GUID),
            Self::WithNibblesSwapped => {
                STANDARD.encode(digest(text, GUID).iter().map(|byte| byte.rotate_left(4)).collect::<Vec<_>>())
            }
            Self::WithoutGuid => accept(text, ""),
            Self::WithGuidInLowerCase => accept(text, &GUID.to_ascii_lowercase()),
            Self::WithBlankBehindGuid => accept(text, &format!("{GUID} ")),
            Self::WithBlankInGuid => accept(text, &GUID.replacen('-', "- ", 1)),
            Self::OfKeyWithCr => accept(format!("{key}\r").as_bytes(), GUID),
            Self::OfKeyWithBlank => accept(format!("{key} ").as_bytes(), GUID),
            Self::OfNoKey => accept(b"", GUID),
            Self::WithoutPadding => accept(text, GUID).trim_end_matches('=').to_owned(),
        }
    }
}

/// How every place begins.
const PLACE: &[u8] = b"{accept";

impl Template {
    /// Bytes in which `{accept…}` are places.
    ///
    /// # Errors
    /// The place that means nothing.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = bytes;
        while let Some(at) = rest.windows(PLACE.len()).position(|window| window == PLACE) {
            let (before, place) = rest.split_at(at);
            parts.push(Part::Bytes(before.to_vec()));
            let end = place.iter().position(|byte| *byte == b'}').map_or(place.len(), |end| end + 1);
            let known = Made::ALL.iter().find(|(name, _)| name.as_bytes() == &place[..end]);
            let (_, made) = known
                .ok_or_else(|| format!("{} is no accept that can be made", String::from_utf8_lossy(&place[..end])))?;
            parts.push(Part::Accept(*made));
            rest = &place[end..];
        }
        parts.push(Part::Bytes(rest.to_vec()));
        Ok(Self(parts))
    }

    /// The bytes for a client's key.
    pub(super) fn bytes(&self, key: &str) -> Vec<u8> {
        let parts = self.0.iter().map(|part| match part {
            Part::Bytes(bytes) => bytes.clone(),
            Part::Accept(made) => made.of(key).into_bytes(),
        });
        parts.collect::<Vec<_>>().concat()
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn usual_mistakes_make_the_values_that_they_are_known_by() {
        for (place, value) in [
            ("{accept}", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            ("{accept:no-key}", "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w="),
            ("{accept:nibbles-swapped}", "O6f0wgwm9GEJb2Rg/IOVVCvrTK4="),
            ("{accept:guid-lower-case}", "WJfwerbIozKsJXHxxI0JTO1SQgU="),
            ("{accept:guid-blank-inside}", "JIHeMZnl8ROjNurMkr8yikGGwBg="),
            ("{accept:key-with-cr}", "zvnId+CMmoYWpbuFiCx6kU/bpAw="),
        ] {
            let template = Template::parse(format!("a{{{place}b").as_bytes()).unwrap();
            assert_eq!(template.bytes("dGhlIHNhbXBsZSBub25jZQ=="), format!("a{{{value}b").as_bytes(), "{place}");
        }
        let error = Template::parse(b"{accept:guessed}").unwrap_err();
        assert!(error.contains("guessed"), "{error}");
    }
}
