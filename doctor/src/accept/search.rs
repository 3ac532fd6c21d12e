//! The search for what was hashed, with the fewest mistakes first.

use ws101_core::handshake::GUID;

use super::Mistake;
use super::digest::{CODINGS, Coding, HASHES, Hash, JOINS, Join, SEPARATED, hmac};
use super::part::{self, Part};
use super::written::{self, Written};
use crate::Cause;

/// How many texts are hashed at most for one value: a fraction of a second, on a slow machine too.
pub(super) const MOST_HASHES: usize = 60_000;

/// How many mistakes of a server are looked for in what it hashed; those in how it wrote the digest come on top.
const MOST_MISTAKES: usize = 3;

/// What makes `accept`; `None` where nothing known does, or where `accept` is right.
pub(super) fn search(key: Option<&[u8]>, accept: &[u8]) -> Option<Mistake> {
    counted(key, accept).0
}

/// The same, with the number of texts that were hashed.
pub(super) fn counted(key: Option<&[u8]>, accept: &[u8]) -> (Option<Mistake>, usize) {
    let mut search = Search { targets: written::targets(accept), left: MOST_HASHES };
    if search.targets.is_empty() {
        return (None, 0);
    }
    let (keys, guids) = (part::keys(key), part::guids());
    let fits = |hash: &&Hash| search.targets.iter().any(|written| written.target.may_be_of(hash.length));
    let hashes: Vec<&Hash> = HASHES.iter().filter(fits).collect();
    let mistake = (0..=MOST_MISTAKES).find_map(|mistakes| search.round(mistakes, &keys, &guids, &hashes));
    (mistake, MOST_HASHES - search.left)
}

struct Search {
    targets: Vec<Written>,
    left: usize,
}

/// What a server put together and hashed.
#[derive(Clone, Copy)]
struct Recipe<'a> {
    key: &'a Part,
    guid: &'a Part,
    join: &'a Join,
    coding: &'a Coding,
    hash: &'a Hash,
}

impl Search {
    /// Everything that takes so many mistakes.
    fn round(&mut self, mistakes: usize, keys: &[Part], guids: &[Part], hashes: &[&Hash]) -> Option<Mistake> {
        let right =
            Recipe { key: keys.first()?, guid: guids.first()?, join: &JOINS[0], coding: &CODINGS[0], hash: &HASHES[0] };
        // A GUID in lower case is likelier than a text that was put into lower case.
        for (coding, join) in CODINGS.iter().flat_map(|coding| JOINS.iter().map(move |join| (coding, join))) {
            let together = usize::from(join.cause.is_some()) + usize::from(coding.cause.is_some());
            for guid in guids {
                for key in keys {
                    // Three mistakes are looked for only where the key is lost in one of the usual ways.
                    if mistakes == MOST_MISTAKES && !is_usual(key) {
                        continue;
                    }
                    for &hash in hashes {
                        let wrong_hash = usize::from(hash.cause.is_some());
                        if key.causes.len() + guid.causes.len() + together + wrong_hash != mistakes {
                            continue;
                        }
                        if let Some(mistake) = self.attempt(&Recipe { key, guid, join, coding, hash }) {
                            return Some(mistake);
                        }
                    }
                }
            }
        }
        match mistakes {
            1 => {
                let separated = SEPARATED.iter().find_map(|join| self.attempt(&Recipe { join, ..right }));
                separated.or_else(|| self.keyed(&right)).or_else(|| self.typed(&right))
            }
            2 => keys.iter().filter(|key| is_lost(key)).find_map(|key| self.typed(&Recipe { key, ..right })),
            _ => None,
        }
    }

    /// Every typing error in the GUID.
    fn typed(&mut self, recipe: &Recipe<'_>) -> Option<Mistake> {
        part::typos().find_map(|guid| self.attempt(&Recipe { guid: &guid, ..*recipe }))
    }

    /// HMAC, with the one or the other as its key.
    fn keyed(&mut self, recipe: &Recipe<'_>) -> Option<Mistake> {
        let (key, guid) = (&recipe.key.bytes, GUID.as_bytes());
        let digests = [(hmac(guid, key), "GUID, key"), (hmac(key, guid), "key, GUID")];
        digests.iter().find_map(|(digest, arguments)| {
            self.left = self.left.checked_sub(1)?;
            let written = self.targets.iter().find(|written| written.target.is(digest))?;
            let causes = [&[Cause::AcceptHmac], &written.causes[..]].concat();
            Some(Mistake { causes, evidence: written.formula(&format!("HMAC-SHA-1({arguments})")) })
        })
    }

    fn attempt(&mut self, recipe: &Recipe<'_>) -> Option<Mistake> {
        self.left = self.left.checked_sub(1)?;
        let Recipe { key, guid, join, coding, hash } = recipe;
        let digest = (hash.digest)(&(coding.bytes)((join.text)(&key.bytes, &guid.bytes)));
        let written = self.targets.iter().find(|written| written.target.is(&digest))?;
        let mut causes = [&key.causes[..], &guid.causes].concat();
        causes.extend([join.cause, coding.cause, hash.cause].into_iter().flatten());
        causes.extend(&written.causes);
        let text = (coding.formula)((join.formula)(&key.formula, &guid.formula));
        let evidence = written.formula(&(hash.formula)(&text));
        // Nothing is wrong with it: the caller has seen the right value already, or knows no key.
        (!causes.is_empty()).then_some(Mistake { causes, evidence })
    }
}

/// Whether the key is right, or wrong as it is most often.
fn is_usual(key: &Part) -> bool {
    match key.causes[..] {
        [] | [Cause::AcceptOfDecodedKey] => true,
        [Cause::AcceptOfPlaceholder] => matches!(&key.bytes[..], b"undefined" | b"null"),
        [Cause::AcceptKeyWithBlank] => key.bytes.starts_with(b" ") && key.bytes.ends_with(b"="),
        _ => is_lost(key),
    }
}

/// Whether the key was not found, or has the end of its line with it: what a pattern does that does not fit.
fn is_lost(key: &Part) -> bool {
    let line_ends = [b"\r".as_slice(), b"\n", b"\r\n"];
    match key.causes[..] {
        [Cause::AcceptOfNoKey] => true,
        // A key of base64 ends in `=`.
        [Cause::AcceptKeyWithLineEnd] => {
            line_ends.iter().any(|end| key.bytes.strip_suffix(*end).is_some_and(|rest| rest.ends_with(b"=")))
        }
        _ => false,
    }
}
