//! Places in the repository that the tables point at, and whether they are still there.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};

use crate::spec::prose;

/// A file, by its path from the root, and what is to be found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    file: String,
    anchor: String,
}

impl Place {
    /// Reads `core/src/frame/rule.rs: fn masking`.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let (file, anchor) =
            text.split_once(": ").with_context(|| format!("`{text}` is no place: write `file: what stands there`"))?;
        Ok(Self { file: file.trim().to_owned(), anchor: anchor.trim().to_owned() })
    }

    /// What is wrong with it as the place of a check: code or a comment of that file must say what the place names.
    pub(crate) fn wrong_check(&self, root: &Path) -> Option<String> {
        self.wrong(root, |text| names_code(text, &self.anchor) || prose::says(&self.file, text, &self.anchor))
    }

    /// What is wrong with it as the place of a test.
    pub(crate) fn wrong_test(&self, root: &Path) -> Option<String> {
        self.wrong(root, |text| {
            if prose::is_rust(&self.file) {
                has_rust_test(text, &self.anchor)
            } else {
                has_script_test(text, &self.anchor)
            }
        })
    }

    /// What is wrong with it as the place where the documentation says something.
    pub(crate) fn wrong_documentation(&self, root: &Path) -> Option<String> {
        self.wrong(root, |text| prose::says(&self.file, text, &self.anchor))
    }

    fn wrong(&self, root: &Path, holds: impl Fn(&str) -> bool) -> Option<String> {
        match std::fs::read_to_string(root.join(&self.file)) {
            Err(error) => Some(format!("{}: {error}", self.file)),
            Ok(text) if !holds(&text) => Some(format!("{} does not have `{}` (any more)", self.file, self.anchor)),
            Ok(_) => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.anchor)
    }
}

/// Whether code says `anchor`, and not merely a longer name that begins with it. Neither comments nor tests count.
fn names_code(text: &str, anchor: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.match_indices(anchor).any(|(at, _)| !goes_on(&line[at + anchor.len()..])))
}

/// Whether a function of this name is marked as a test.
fn has_rust_test(text: &str, name: &str) -> bool {
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            marked |= line == "#[test]" || line.ends_with("::test]");
        } else if let Some((_, function)) = line.split_once("fn ") {
            if marked && function.split('(').next() == Some(name) {
                return true;
            }
            marked = false;
        }
    }
    false
}

/// Whether a JavaScript or TypeScript file has a test of this name.
fn has_script_test(text: &str, name: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(&format!("test('{name}'")))
}

#[cfg(test)]
mod tests {
    use super::{Place, has_rust_test, has_script_test, names_code};

    #[test]
    fn a_test_is_a_function_that_is_marked_as_one() {
        let text = "fn helper() {}\n#[test]\n#[cfg(x)]\nfn first() {}\nfn other() {}\n    #[tokio::test]\n    async fn second() {}";
        assert!(has_rust_test(text, "first") && has_rust_test(text, "second"));
        for name in ["helper", "other", "firs", "third"] {
            assert!(!has_rust_test(text, name), "{name}");
        }
        assert!(has_script_test("  test('it echoes', async () => {", "it echoes"));
        assert!(!has_script_test("// test('it echoes')", "it"));
    }

    #[test]
    fn code_is_not_its_comments_nor_a_longer_name() {
        assert!(names_code("const fn masking(second: u8)", "fn masking"));
        assert!(!names_code("const fn masking_key()", "fn masking"));
        assert!(!names_code("// fn masking()", "fn masking"));
        assert!(!names_code("#[cfg(test)]\nmod tests {\nfn masking() {}\n}", "fn masking"));
    }

    #[test]
    fn a_place_that_is_gone_is_named() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let place = |anchor: &str| Place::parse(&format!("src/spec/table.rs: {anchor}")).unwrap();
        assert_eq!(place("fn entry").wrong_check(root), None);
        assert_eq!(place("exactly_one_verdict").wrong_test(root), None);
        assert_eq!(place("what a person decided about each").wrong_documentation(root), None);
        let gone = place("fn went_away").wrong_check(root).unwrap();
        assert!(gone.contains("src/spec/table.rs") && gone.contains("fn went_away"), "{gone}");
        assert!(place("entry").wrong_test(root).is_some());
        assert!(place("fn entry").wrong_documentation(root).is_some());
        assert!(Place::parse("src/spec/none.rs: x").unwrap().wrong_check(root).unwrap().contains("none.rs"));
        assert!(Place::parse("nothing").is_err());
    }
}
