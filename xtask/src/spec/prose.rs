//! What people wrote between the code: the comments of a source file, or a whole document.

use std::path::Path;

/// Whether the comments of a source file, or a document, say this, however their lines are broken.
pub(crate) fn says(file: &str, text: &str, phrase: &str) -> bool {
    if is_rust(file) || matches!(extension(file), Some("ts" | "tsx" | "mjs")) {
        comments(text).iter().any(|comment| comment.text.contains(phrase))
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ").contains(phrase)
    }
}

pub(crate) fn is_rust(file: &str) -> bool {
    extension(file) == Some("rs")
}

fn extension(file: &str) -> Option<&str> {
    Path::new(file).extension()?.to_str()
}

/// Comment lines that follow each other.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// The number of its first line.
    pub(crate) line: usize,
    /// Its text on one line.
    pub(crate) text: String,
}

/// The comments of a source file that stand on lines of their own.
pub(crate) fn comments(source: &str) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut open = false;
    for (line, number) in source.lines().zip(1..) {
        match comment(line) {
            Some(text) if open => {
                let Some(last) = comments.last_mut() else { continue };
                last.text.push(' ');
                last.text.push_str(text);
            }
            Some(text) => comments.push(Comment { line: number, text: text.to_owned() }),
            None => {}
        }
        open = comment(line).is_some_and(|text| !text.is_empty());
    }
    comments
}

fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let marks = ["///", "//!", "//", "/**", "*/", "* ", "*"];
    let mark = marks.iter().find(|mark| line.starts_with(**mark))?;
    Some(line[mark.len()..].trim_end_matches("*/").trim())
}

#[cfg(test)]
mod tests {
    use super::{Comment, comments, says};

    #[test]
    fn lines_that_follow_each_other_are_one_comment() {
        let source = "//! One\n//! two.\n//!\n//! Three.\nlet a = 1; // four\n    // five\n    /// six\n";
        let text = |comment: &Comment| (comment.line, comment.text.clone());
        assert_eq!(
            comments(source).iter().map(text).collect::<Vec<_>>(),
            [(1, "One two. ".to_owned()), (4, "Three.".to_owned()), (6, "five six".to_owned())]
        );
    }

    #[test]
    fn a_phrase_may_be_broken_over_lines_and_code_is_no_phrase() {
        assert!(says("a.rs", "/// fresh for\n/// each connection\nfn fresh() {}", "fresh for each"));
        assert!(!says("a.rs", "/// fresh\nfn for_each() {}", "for_each"));
        assert!(says("A.md", "fresh for\neach", "for each"));
        assert!(says("a.ts", "  /**\n   * Fresh for\n   * each.\n   */", "Fresh for each."));
    }
}
