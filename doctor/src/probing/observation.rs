//! What was seen of a live server.

use super::expected::{Expected, Progress};
use super::probe::Probe;
use super::reply::Reply;
use crate::Recording;

/// What came of one probe.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Which.
    pub probe: Probe,
    /// What was sent for it: a request, or frames.
    pub sent: Vec<u8>,
    /// What had to come.
    pub expected: Expected,
    /// What came, when it was there or could not come any more or the time was over.
    pub reply: Reply,
    /// The connection, up to then.
    pub recording: Recording,
    /// Where in what the server sent on it the reply begins, in bytes.
    pub at: usize,
}

impl Observation {
    /// Whether the server did what it must.
    #[must_use]
    pub fn is_right(&self) -> bool {
        match self.expected.judge(&self.reply) {
            Progress::Met => true,
            Progress::Pending => self.expected == Expected::Stays,
            Progress::Missed => false,
        }
    }
}

/// All that was seen of a server.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The probes, in the order in which they were made.
    pub observations: Vec<Observation>,
    /// Whether the server was lost on the way.
    pub gone: Option<Gone>,
}

/// A server that opens no connections any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// The last thing that was done before.
    pub after: Probe,
    /// Whether TCP connections are refused; if not, they are taken and nothing comes.
    pub refuses: bool,
}
