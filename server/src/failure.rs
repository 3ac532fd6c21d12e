//! How a command fails.

use std::fmt;
use std::process::ExitCode;

/// Why a command could not do its work: what is said on the error stream, and the exit status.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) status: u8,
}

impl Failure {
    /// The exit status where nothing more exact is documented.
    pub(crate) const OTHER: u8 = 1;
    /// The exit status of what the command line, or the data that it names, gets wrong. `clap` has it too.
    pub(crate) const USAGE: u8 = 2;

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), status: Self::USAGE }
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.status)
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, status: Self::OTHER }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ws101: {}", self.message)
    }
}
