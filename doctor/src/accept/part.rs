//! What servers take for the key and for the GUID.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ws101_core::handshake::GUID;

use super::SAMPLE_KEY;
use super::digest::hex;
use crate::Cause;
use crate::order;

/// What a server took for the key or for the GUID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// The mistakes that lead to it; none for what it should take.
    pub(super) causes: Vec<Cause>,
    /// How it is written in a formula.
    pub(super) formula: String,
}

impl Part {
    fn new(bytes: impl Into<Vec<u8>>, causes: impl Into<Vec<Cause>>) -> Self {
        let bytes = bytes.into();
        let formula = quoted(&bytes);
        Self { bytes, causes: causes.into(), formula }
    }

    fn written(mut self, formula: impl Into<String>) -> Self {
        self.formula = formula.into();
        self
    }
}

/// The bytes in quotation marks, with escapes for what cannot be seen.
pub(super) fn quoted(bytes: &[u8]) -> String {
    format!("\"{}\"", bytes.escape_ascii())
}

/// What languages write for nothing.
const PLACEHOLDERS: [&str; 12] =
    ["undefined", "null", "None", "nil", "NULL", "Array", "false", "False", "NaN", "[object Object]", "0", "<nil>"];

/// What a server may take for the key, the right one first; only what needs no key where none is known.
pub(super) fn keys(key: Option<&[u8]>) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(key) = key {
        parts.push(Part::new(key, []));
    }
    parts.push(Part::new("", [Cause::AcceptOfNoKey]));
    parts.extend(PLACEHOLDERS.map(|word| Part::new(word, [Cause::AcceptOfPlaceholder])));
    parts.push(Part::new(SAMPLE_KEY, [Cause::AcceptOfSampleKey]));
    let Some(key) = key else { return parts };
    if let Ok(nonce) = STANDARD.decode(key) {
        let hex = hex(&nonce);
        let formula = format!("decoded({})", quoted(key));
        parts.push(Part::new(nonce, [Cause::AcceptOfDecodedKey]).written(&formula));
        parts.push(Part::new(hex, [Cause::AcceptOfDecodedKey]).written(format!("hex({formula})")));
    }
    let mut around = |before: &str, after: &str, cause: Cause| {
        parts.push(Part::new([before.as_bytes(), key, after.as_bytes()].concat(), [cause]));
    };
    for (before, after) in [("", "\r"), ("", "\r\n"), ("", "\n"), ("", "\r\n\r\n"), ("\n", ""), ("\r\n", "")] {
        around(before, after, Cause::AcceptKeyWithLineEnd);
    }
    for (before, after) in [(" ", "\r"), (" ", "\r\n"), (" ", "\n")] {
        parts.push(Part::new(
            [before.as_bytes(), key, after.as_bytes()].concat(),
            [Cause::AcceptKeyWithBlank, Cause::AcceptKeyWithLineEnd],
        ));
    }
    let mut around = |before: &str, after: &str, cause: Cause| {
        parts.push(Part::new([before.as_bytes(), key, after.as_bytes()].concat(), [cause]));
    };
    for (before, after) in [(" ", ""), ("", " "), (" ", " "), ("\t", ""), ("", "\t"), ("  ", ""), ("", "  ")] {
        around(before, after, Cause::AcceptKeyWithBlank);
    }
    for (before, after) in [
        ("\"", "\""),
        ("'", "'"),
        ("[", "]"),
        ("['", "']"),
        ("[\"", "\"]"),
        ("b'", "'"),
        ("<", ">"),
        ("(", ")"),
        ("{", "}"),
    ] {
        around(before, after, Cause::AcceptKeyWithQuotes);
    }
    for name in ["Sec-WebSocket-Key", "Sec-Websocket-Key", "sec-websocket-key"] {
        for between in [": ", ":", "="] {
            for after in ["", "\r", "\r\n", "\n"] {
                around(&format!("{name}{between}"), after, Cause::AcceptKeyWithName);
            }
        }
    }
    for (before, after) in [(": ", ""), (":", "")] {
        around(before, after, Cause::AcceptKeyWithName);
    }
    around("", "\0", Cause::AcceptKeyWithNul);
    let from_front = (1..=2).map(|count| key.get(count..));
    let from_back = (1..=4).map(|count| key.len().checked_sub(count).map(|end| &key[..end]));
    let both = [key.len().checked_sub(1).and_then(|end| key.get(1..end))];
    for rest in from_front.chain(from_back).chain(both).flatten().filter(|rest| !rest.is_empty()) {
        parts.push(Part::new(rest, [Cause::AcceptKeyCut]));
    }
    parts.push(Part::new(key.to_ascii_lowercase(), [Cause::AcceptKeyCase]));
    parts.push(Part::new(key.to_ascii_uppercase(), [Cause::AcceptKeyCase]));
    let blanks: Vec<u8> = key.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    parts.push(Part::new(blanks, [Cause::AcceptKeyUnescaped]));
    parts.push(Part::new(percent_encoded(key), [Cause::AcceptKeyUnescaped]));
    parts.push(Part::new(STANDARD.encode(key), [Cause::AcceptKeyEncoded]).written(format!("base64({})", quoted(key))));
    parts.dedup_by(|later, earlier| later.bytes == earlier.bytes);
    parts
}

fn percent_encoded(text: &[u8]) -> String {
    let character = |&byte: &u8| match byte {
        b'+' | b'/' | b'=' => format!("%{byte:02X}"),
        _ => char::from(byte).to_string(),
    };
    text.iter().map(character).collect()
}

/// What a server may take for the GUID, the right one first, then by the number of mistakes; typing errors are
/// [`typos`].
pub(super) fn guids() -> Vec<Part> {
    let mut parts = vec![Part::new(GUID, []), Part::new("", [Cause::AcceptWithoutGuid])];
    let cases = cases();
    parts.extend(cases.iter().skip(1).map(|text| Part::new(text.as_str(), [Cause::AcceptGuidCase])));
    let mut groups = groups_as_bytes();
    parts.push(Part::new(groups.concat(), [Cause::AcceptGuidAsBytes]).written("bytes(GUID)"));
    // Windows keeps the first three groups as numbers, lowest byte first.
    groups.iter_mut().take(3).for_each(|group| group.reverse());
    parts.push(Part::new(groups.concat(), [Cause::AcceptGuidAsBytes]).written("little-endian bytes(GUID)"));
    parts.push(Part::new([GUID, GUID].concat(), [Cause::AcceptGuidTwice]));
    // Of those, the ones that are typed most often come with a second mistake.
    for (number, text) in cases.iter().take(7).enumerate() {
        let mut push = |text: String, cause: Cause| {
            let mut causes = vec![cause];
            if number > 0 {
                causes.insert(0, Cause::AcceptGuidCase);
            }
            parts.push(Part::new(text, causes));
        };
        for (before, after) in [("", " "), (" ", ""), (" ", " "), ("", "\t"), ("", "  ")] {
            push(format!("{before}{text}{after}"), Cause::AcceptGuidBlank);
        }
        for after in ["\r\n", "\n", "\r", "\0", "\r\n\r\n"] {
            push(format!("{text}{after}"), Cause::AcceptGuidLineEnd);
        }
        push(text.replace('-', ""), Cause::AcceptGuidWithoutDashes);
        push(text.replace('-', " "), Cause::AcceptGuidWithoutDashes);
        for (before, after) in [("{", "}"), ("\"", "\""), ("'", "'"), ("(", ")")] {
            push(format!("{before}{text}{after}"), Cause::AcceptGuidWithBraces);
        }
    }
    order::by_key(&mut parts, |part| part.causes.len());
    parts
}

/// The GUID with every choice of its five groups in lower case, and in lower case to the middle or from there; as it is
/// first.
fn cases() -> Vec<String> {
    let in_lower_case = |lower: u32| {
        let group = |(number, group): (usize, &str)| {
            if lower >> number & 1 == 1 { group.to_ascii_lowercase() } else { group.to_owned() }
        };
        GUID.split('-').enumerate().map(group).collect::<Vec<_>>().join("-")
    };
    let all_lower = GUID.to_ascii_lowercase();
    // As it is, all of it, one group, then more of them.
    let mut cases = vec![GUID.to_owned(), all_lower.clone()];
    cases.extend((0..5).map(|group| in_lower_case(1 << group)));
    cases.extend((0..1 << 5).map(in_lower_case));
    for cut in 1..GUID.len() {
        cases.push([&all_lower[..cut], &GUID[cut..]].concat());
        cases.push([&GUID[..cut], &all_lower[cut..]].concat());
    }
    let mut seen = Vec::with_capacity(cases.len());
    cases.retain(|case| {
        let new = !seen.contains(case);
        seen.push(case.clone());
        new
    });
    cases
}

/// The bytes that the digits of the GUID's groups stand for.
fn groups_as_bytes() -> Vec<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok();
    GUID.split('-').map(|group| group.as_bytes().chunks(2).filter_map(byte).collect()).collect()
}

/// What stands where one character of the GUID is mistyped.
const TYPED: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz- _:";

/// Every GUID with one typing error: two characters swapped, one missing, one doubled, one wrong, one too many.
pub(super) fn typos() -> impl Iterator<Item = Part> {
    let guid = GUID.as_bytes();
    let part = |bytes: Vec<u8>| {
        let blank = bytes.contains(&b' ');
        Part::new(bytes, [if blank { Cause::AcceptGuidBlank } else { Cause::AcceptGuidTypo }])
    };
    let swapped = (1..guid.len()).map(|at| {
        let mut typed = guid.to_vec();
        typed.swap(at - 1, at);
        typed
    });
    let missing = (0..guid.len()).map(|at| [&guid[..at], &guid[at + 1..]].concat());
    let wrong = (0..guid.len()).flat_map(move |at| {
        TYPED.iter().map(move |&byte| {
            let mut typed = guid.to_vec();
            typed[at] = byte;
            typed
        })
    });
    let added = (0..=guid.len())
        .flat_map(move |at| TYPED.iter().map(move |&byte| [&guid[..at], &[byte], &guid[at..]].concat()));
    swapped.chain(missing).chain(wrong).chain(added).map(part)
}
