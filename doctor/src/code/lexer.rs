//! Code of any of the usual languages, cut into words, numbers, strings and signs, without its comments.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or keyword; PHP's with their `$`.
    Word,
    Number,
    /// A string with its quotation marks, or a regular expression between slashes.
    Text,
    /// An operator or a bracket.
    Sign,
}

/// A piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
}

impl Token<'_> {
    pub(super) const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// What stands between a string's quotation marks.
    pub(super) fn inner(&self) -> &str {
        let text = self.text.trim_start_matches(|character: char| character.is_ascii_alphabetic());
        let quote = text.chars().next().unwrap_or('"');
        let inner = text.get(quote.len_utf8()..).unwrap_or_default();
        inner.rfind(quote).map_or(inner, |end| &inner[..end])
    }
}

/// Operators of more than one sign, the longer first.
const OPERATORS: [&str; 28] = [
    "===", "!==", "<=>", "...", "**=", "<<=", ">>=", "->", "=>", "::", ":=", "==", "!=", "<=", ">=", "&&", "||", "++",
    "--", "+=", "-=", ".=", "*=", "|=", "&=", "^=", "<<", ">>",
];

/// Cuts `code` into tokens; what cannot be read is left out.
pub(super) fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if let Some(length) = comment(code, at) {
            at += length;
            continue;
        }
        let (kind, length) = if let Some(length) = string(rest, tokens.last()) {
            (Kind::Text, length)
        } else if first.is_ascii_digit() {
            (Kind::Number, rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len()))
        } else if is_word(first) {
            (Kind::Word, rest.find(|c: char| !is_word(c)).unwrap_or(rest.len()))
        } else {
            let operator = OPERATORS.iter().find(|operator| rest.starts_with(**operator));
            (Kind::Sign, operator.map_or(first.len_utf8(), |operator| operator.len()))
        };
        tokens.push(Token { kind, text: &rest[..length], start: at });
        at += length;
    }
    tokens
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// The length of the comment that begins here.
fn comment(code: &str, at: usize) -> Option<usize> {
    let rest = &code[at..];
    if let Some(inner) = rest.strip_prefix("/*") {
        return Some(inner.find("*/").map_or(rest.len(), |end| end + 4));
    }
    if rest.starts_with("<!--") {
        return Some(rest.find("-->").map_or(rest.len(), |end| end + 3));
    }
    // Not the two slashes of a URL outside a string, nor `#include`, `#[…]` and private fields.
    let slashes = rest.starts_with("//") && !code[..at].ends_with(':');
    let hash = ["# ", "#!", "##", "#\n"].iter().any(|beginning| rest.starts_with(beginning));
    (slashes || hash).then(|| rest.find('\n').unwrap_or(rest.len()))
}

/// No string that matters here is longer.
const LONGEST_STRING: usize = 4_000;

/// The length of the string, or of the regular expression, that begins here.
fn string(rest: &str, before: Option<&Token<'_>>) -> Option<usize> {
    // Python's b'…' and r'…', C's L"…", C#'s $"…" and @"…".
    let prefix = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(0);
    let is_prefix = prefix <= 2 && rest[..prefix].chars().all(|c| "bBrRuUfFL@".contains(c));
    let prefix = if is_prefix { prefix } else { 0 };
    let body = &rest[prefix..];
    if let Some(quote) = ["\"\"\"", "'''"].into_iter().find(|quote| body.starts_with(quote)) {
        return Some(body[3..].find(quote).map_or(rest.len(), |end| prefix + end + 6));
    }
    let quote = body.chars().next()?;
    match quote {
        '"' | '\'' | '`' => {}
        // A slash divides behind a value, and begins a regular expression elsewhere.
        '/' if prefix == 0 => {
            let value = before.is_some_and(|token| match token.kind {
                Kind::Word => !matches!(token.text, "return" | "case" | "typeof" | "in" | "of"),
                Kind::Number | Kind::Text => true,
                Kind::Sign => matches!(token.text, ")" | "]" | "}" | "<"),
            });
            if value {
                return None;
            }
        }
        _ => return None,
    }
    let mut escaped = false;
    let mut class = false;
    for (at, character) in body.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote == '/' => return None,
            // A quotation mark that nothing closes, in prose say.
            _ if at > LONGEST_STRING => return None,
            '[' if quote == '/' => class = true,
            ']' if quote == '/' => class = false,
            _ if character == quote && !class => {
                let end = prefix + at + quote.len_utf8();
                // The flags of a regular expression.
                let flags =
                    if quote == '/' { rest[end..].bytes().take_while(u8::is_ascii_alphabetic).count() } else { 0 };
                return Some(end + flags);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn texts(code: &str) -> Vec<&str> {
        tokens(code).iter().map(|token| token.text).collect()
    }

    #[test]
    fn code_of_several_languages() {
        assert_eq!(texts("if ($len = 126) {"), ["if", "(", "$len", "=", "126", ")", "{"]);
        assert_eq!(texts("$this->sockets // the list\n, # more\nx"), ["$this", "->", "sockets", ",", "x"]);
        assert_eq!(texts("b'\\x81' + data"), ["b'\\x81'", "+", "data"]);
        assert_eq!(texts("a / b / c"), ["a", "/", "b", "/", "c"]);
        assert_eq!(
            texts("s.match(/a[/]b\\/: (.*)/i)[1]"),
            ["s", ".", "match", "(", "/a[/]b\\/: (.*)/i", ")", "[", "1", "]"]
        );
        assert_eq!(texts("url = 'ws://a/' // x"), ["url", "=", "'ws://a/'"]);
        assert_eq!(texts("#define GUID \"x\""), ["#", "define", "GUID", "\"x\""]);
        assert_eq!(texts("0x81, 'it\\'s'"), ["0x81", ",", "'it\\'s'"]);
        assert_eq!(tokens("\"\"\"doc\nstring\"\"\" 1")[0].kind, Kind::Text);
        assert_eq!(tokens("b\"ab\\\"c\"")[0].inner(), "ab\\\"c");
        assert_eq!(texts("don't stop"), ["don", "'", "t", "stop"], "an apostrophe without a second one");
    }
}
