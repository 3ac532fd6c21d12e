//! The search for what was hashed, with the fewest mistakes first.

use ws101_core::handshake::GUID;

use super::digest::{CODINGS, Coding, HASHES, Hash, JOINS, Join, SEPARATED, hmac};
use super::part::{self, Part};
use super::written::{self, Written};
use super::{Mistake, SAMPLE_KEY};
use crate::Cause;

/// How many texts are hashed at most for one value: a fraction of a second, on a slow machine too.
pub(super) const MOST_HASHES: usize = 100_000;

/// How many mistakes of a server are looked for in what it hashed; those in how it wrote the digest come on top.
const MOST_MISTAKES: usize = 3;

/// What makes `accept`; `None` where nothing known does, or where `accept` is right.
pub(super) fn search(key: Option<&[u8]>, accept: &[u8]) -> Option<Mistake> {
    let mut search = Search { targets: written::targets(accept), left: MOST_HASHES };
    if search.targets.is_empty() {
        return None;
    }
    let keys = part::keys(key);
    let guids = part::guids();
    let hashes: Vec<&Hash> = HASHES
        .iter()
        .filter(|hash| search.targets.iter().any(|written| written.target.may_be_of(hash.length)))
        .collect();
    (0..=MOST_MISTAKES).find_map(|mistakes| search.round(mistakes, &keys, &guids, &hashes))
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
        for key in keys {
            for guid in guids {
                let parts = key.causes.len() + guid.causes.len();
                if parts > mistakes {
                    // Those with fewer mistakes come first.
                    break;
                }
                // Three mistakes are looked for only where the key is lost in one of the usual ways.
                if mistakes == MOST_MISTAKES && !is_usual(key) {
                    break;
                }
                for &hash in hashes {
                    let wrong_hash = usize::from(hash.cause.is_some());
                    if parts + wrong_hash > mistakes {
                        continue;
                    }
                    for (join, coding) in ways(mistakes - parts - wrong_hash) {
                        let recipe = Recipe { key, guid, join, coding, hash };
                        if let Some(mistake) = self.attempt(&recipe) {
                            return Some(mistake);
                        }
                    }
                }
            }
        }
        match mistakes {
            1 => self
                .keyed(&right)
                .or_else(|| self.typed(&right))
                .or_else(|| SEPARATED.iter().find_map(|join| self.attempt(&Recipe { join, ..right }))),
            2 => keys.iter().skip(1).filter(|key| is_usual(key)).find_map(|key| self.typed(&Recipe { key, ..right })),
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

/// The ways to put key and GUID together that take so many mistakes.
fn ways(mistakes: usize) -> impl Iterator<Item = (&'static Join, &'static Coding)> {
    let all = JOINS.iter().flat_map(|join| CODINGS.iter().map(move |coding| (join, coding)));
    all.filter(move |(join, coding)| {
        usize::from(join.cause.is_some()) + usize::from(coding.cause.is_some()) == mistakes
    })
}

/// The keys that are wrong most often.
fn is_usual(key: &Part) -> bool {
    let ends = [b"\r".as_slice(), b"\n", b"\r\n"];
    match key.causes[..] {
        [] | [Cause::AcceptOfNoKey | Cause::AcceptOfDecodedKey] => true,
        [Cause::AcceptOfPlaceholder] => matches!(&key.bytes[..], b"undefined" | b"null"),
        [Cause::AcceptOfSampleKey] => key.bytes == SAMPLE_KEY,
        [Cause::AcceptKeyWithLineEnd] => {
            // A key of base64 ends in `=`.
            ends.iter().any(|end| key.bytes.strip_suffix(*end).is_some_and(|rest| rest.ends_with(b"=")))
        }
        [Cause::AcceptKeyWithBlank] => key.bytes.starts_with(b" ") && key.bytes.ends_with(b"="),
        _ => false,
    }
}
