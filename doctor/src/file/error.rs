//! Why a file cannot be read.

use std::fmt;

/// Why a file cannot be read: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileError {
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// The character in that line, from 1, where it is known.
    pub column: Option<usize>,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What to do, without a full stop; empty where `what` says it.
    pub fix: String,
}

impl FileError {
    pub(super) fn new(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { line: None, column: None, what: what.into(), fix: fix.into() }
    }

    pub(super) fn in_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// What `serde_json` found in a text that begins in line `first`.
    pub(super) fn of_json(error: &serde_json::Error, first: usize, fix: &str) -> Self {
        // It ends its words with the place, which is told apart here.
        let words = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let what = words.strip_suffix(&place).unwrap_or(&words).to_owned();
        let column = (error.column() > 0).then(|| error.column());
        let line = Some(first + error.line().saturating_sub(1));
        Self { line, column, what, fix: fix.to_owned() }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            (None, _) => {}
        }
        f.write_str(&self.what)?;
        if self.fix.is_empty() { Ok(()) } else { write!(f, "; {}", self.fix) }
    }
}

impl std::error::Error for FileError {}
