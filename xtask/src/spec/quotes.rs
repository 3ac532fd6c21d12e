//! The sentences of RFCs that the comments of the code quote: `§5.5: "All control frames MUST …"`.

use crate::spec::prose::comments;

/// A quote in the code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// The line at which its comment begins.
    pub(crate) line: usize,
    /// The number of the RFC.
    pub(crate) rfc: String,
    pub(crate) section: String,
    pub(crate) words: String,
}

/// The quotes of a source file; a section without an RFC's number is one of the RFC `usual`.
pub(crate) fn quotes(source: &str, usual: &str) -> Vec<Quote> {
    comments(source).iter().flat_map(|comment| quotes_of(&comment.text, comment.line, usual)).collect()
}

/// The RFC that the module's own comment names first: its sections need no number.
pub(crate) fn named_first(source: &str) -> Option<&str> {
    let lines = source.lines().filter_map(|line| line.trim().strip_prefix("//!"));
    lines.filter_map(|line| line.split_once("RFC ")).map(|(_, rest)| digits(rest)).find(|number| !number.is_empty())
}

fn quotes_of(text: &str, line: usize, usual: &str) -> Vec<Quote> {
    let found = text.match_indices('§').filter_map(|(at, sign)| {
        let (place, rest) = text[at + sign.len()..].split_once(": \"")?;
        let section = section_of(place)?;
        Some(Quote {
            line,
            rfc: rfc_before(&text[..at]).unwrap_or(usual).to_owned(),
            section: section.to_owned(),
            words: quoted(rest)?.to_owned(),
        })
    });
    found.collect()
}

/// `4.2.2` of `4.2.2 item 4, /origin/`; `None` where a sentence stands between the section and the quotation mark.
fn section_of(place: &str) -> Option<&str> {
    let end = place.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(place.len());
    let (section, qualifier) = place.split_at(end);
    let numeric = section.split('.').all(|part| !part.is_empty());
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '/');
    let qualified = qualifier.is_empty() || qualifier.starts_with([' ', ',']) && qualifier.chars().all(plain);
    (numeric && qualified).then_some(section)
}

/// `9110` where the text ends with `RFC 9110 `.
fn rfc_before(text: &str) -> Option<&str> {
    let (_, number) = text.trim_end().rsplit_once("RFC ")?;
    (!number.is_empty() && number == digits(number)).then_some(number)
}

/// The text up to the quotation mark that ends it; marks that come in pairs within it belong to it.
fn quoted(text: &str) -> Option<&str> {
    let mut depth = 1;
    let mut before = '"';
    for (at, mark) in text.char_indices() {
        if mark == '"' {
            let opens = at > 0 && (before.is_whitespace() || before == '(');
            depth = if opens { depth + 1 } else { depth - 1 };
            if depth == 0 {
                return Some(&text[..at]);
            }
        }
        before = mark;
    }
    None
}

fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{Quote, named_first, quotes};

    fn quote(line: usize, rfc: &str, section: &str, words: &str) -> Quote {
        Quote { line, rfc: rfc.to_owned(), section: section.to_owned(), words: words.to_owned() }
    }

    #[test]
    fn quotes_are_found_in_every_kind_of_comment() {
        let source = "//! Frames (§5).\n\n/// §5.5: \"All control frames\n/// MUST …\"; and more\nfn a() {\n    \
            // RFC 9110 §7.8: \"The\n    // word\" and §5.2: \"first\"\n}\n// §5.4: no quote. §5.1 says \
            more; only \"words\"\n/// §4.2 item 4, /origin/: \"If\"\n";
        assert_eq!(
            quotes(source, "6455"),
            [
                quote(3, "6455", "5.5", "All control frames MUST …"),
                quote(6, "9110", "7.8", "The word"),
                quote(6, "6455", "5.2", "first"),
                quote(9, "6455", "4.2", "If"),
            ]
        );
    }

    #[test]
    fn quotation_marks_within_a_quote_come_in_pairs() {
        let source = "// §7: \"called \"agreed parameters\" (\"x\")\" and \"more\"\n// §7.1: \"\"X\" is one\"";
        let words: Vec<String> = quotes(source, "7692").into_iter().map(|quote| quote.words).collect();
        assert_eq!(words[0], "called \"agreed parameters\" (\"x\")");
    }

    #[test]
    fn a_module_of_another_rfc_need_not_repeat_its_number() {
        let source =
            "//! permessage-deflate (RFC 7692, which builds on RFC 6455).\n\n// §7.1: \"a\"\n// RFC 6455 §5.1: \"b\"\n";
        assert_eq!(named_first(source), Some("7692"));
        assert_eq!(named_first("//! Masking (§5.3).\n// RFC 6455\n"), None);
        let rfcs: Vec<String> = quotes(source, "7692").into_iter().map(|quote| quote.rfc).collect();
        assert_eq!(rfcs, ["7692", "6455"]);
    }
}
