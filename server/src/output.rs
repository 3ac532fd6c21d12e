//! What a command prints: lines on the standard output, and notes on the error stream.

use std::fmt;
use std::io::{self, Write};
use std::sync::Mutex;

/// The standard output, until nobody reads it any more.
///
/// That a reader leaves (`ws101 decode … | head`) is no error: what is printed after that goes nowhere.
#[derive(Debug, Default)]
pub(crate) struct Output {
    broken: Mutex<Option<io::Error>>,
}

impl Output {
    /// Prints whole lines and sends them off.
    pub(crate) fn print(&self, lines: &str) {
        let mut broken = self.broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if broken.is_none() {
            let mut out = io::stdout().lock();
            *broken = out.write_all(lines.as_bytes()).and_then(|()| out.flush()).err();
        }
    }

    /// Whether nothing can be printed any more.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken.lock().is_ok_and(|broken| broken.is_some())
    }

    /// Whether all was printed that somebody wanted to read.
    ///
    /// # Errors
    /// What kept it from being printed, a full disk say.
    pub(crate) fn finish(self) -> Result<(), String> {
        match self.broken.into_inner() {
            Ok(Some(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(format!("the output could not be written: {error}"))
            }
            _ => Ok(()),
        }
    }
}

/// Prints a line on the error stream; that nobody reads it is no error.
pub(crate) fn note(text: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
