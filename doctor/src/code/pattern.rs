//! Patterns of tokens: what a mistake looks like, whatever blanks and names somebody uses.
//!
//! A pattern is a row of words with blanks between. A word is a token as it is written (letters in any case), several of
//! them with `|` between, `%w` for any name, `%s` for any string, `%n` for any number, or `...` for up to [`MOST_SKIPPED`]
//! tokens of the same statement.

use super::lexer::{Kind, Token};

/// More than this stands nowhere between two halves of one statement.
const MOST_SKIPPED: usize = 40;

/// A mistake that is made more often is understood by then.
const MOST_FITS: usize = 200;

/// A row of tokens that fits a pattern, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Every place where the pattern fits, as far as that helps.
pub(super) fn find(tokens: &[Token<'_>], pattern: &str) -> Vec<Fit> {
    let wanted: Vec<&str> = pattern.split(' ').collect();
    let fits = (0..tokens.len()).filter_map(|first| {
        let end = fit(tokens, first, &wanted)?;
        Some(Fit { first, last: end.checked_sub(1)? })
    });
    fits.take(MOST_FITS).collect()
}

/// Where the pattern ends that begins here.
fn fit(tokens: &[Token<'_>], mut at: usize, wanted: &[&str]) -> Option<usize> {
    for (number, want) in wanted.iter().enumerate() {
        if *want == "..." {
            let rest = &wanted[number + 1..];
            let mut skipped = at;
            loop {
                if let Some(end) = fit(tokens, skipped, rest) {
                    return Some(end);
                }
                if skipped - at > MOST_SKIPPED || tokens.get(skipped)?.text == ";" {
                    return None;
                }
                skipped += 1;
            }
        }
        if !is(tokens.get(at)?, want) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Whether a token is what one word of a pattern asks for.
fn is(token: &Token<'_>, want: &str) -> bool {
    let is_one = |want: &str| match want {
        "%w" => token.kind == Kind::Word,
        "%s" => token.kind == Kind::Text,
        "%n" => token.kind == Kind::Number,
        _ => token.text.eq_ignore_ascii_case(want),
    };
    // `||` is an operator, and not two choices of nothing.
    if want.starts_with('|') { is_one(want) } else { want.split('|').any(is_one) }
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::code::lexer::tokens;

    #[test]
    fn patterns_fit_whatever_the_names() {
        let count = |code: &str, pattern: &str| find(&tokens(code), pattern).len();
        assert_eq!(count("if($length=126){", "if ( %w = 126|127 )"), 1);
        assert_eq!(count("if($length==126){", "if ( %w = 126|127 )"), 0);
        assert_eq!(count("a(b(1), c); d(2)", "a ( ... c"), 1);
        assert_eq!(count("a(b(1)); c", "a ( ... c"), 0, "not over the end of a statement");
        assert_eq!(count("x = 'y'", "%w = %s"), 1);
    }
}
