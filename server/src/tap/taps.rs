//! The taps that wait for a connection.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;

use crate::limits;
use crate::tap::{Command, Report, Secret};

/// Taps whose id nobody has used yet. There are no more of them than connections.
#[derive(Debug, Default)]
pub(crate) struct Taps(Mutex<Vec<Waiting>>);

#[derive(Debug)]
struct Waiting {
    id: Secret,
    link: Link,
}

/// The recorded connection's end of a tap.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) reports: mpsc::Sender<Report>,
    pub(crate) commands: mpsc::Receiver<Command>,
}

/// The tap's own end. Its id dies with it.
#[derive(Debug)]
pub(super) struct Tap<'t> {
    taps: &'t Taps,
    pub(super) id: Secret,
    pub(super) reports: mpsc::Receiver<Report>,
    pub(super) commands: mpsc::Sender<Command>,
}

impl Taps {
    /// A new tap under a new id.
    pub(super) fn open(&self) -> Result<Tap<'_>, getrandom::Error> {
        let id = Secret::new()?;
        let (report_sender, reports) = mpsc::channel(limits::TAP_RECORDS);
        let (commands, command_receiver) = mpsc::channel(limits::TAP_COMMANDS);
        let link = Link { reports: report_sender, commands: command_receiver };
        self.waiting().push(Waiting { id: id.clone(), link });
        Ok(Tap { taps: self, id, reports, commands })
    }

    /// The tap that waits under this id, for the one connection that it records.
    pub(crate) fn claim(&self, id: &str) -> Option<Link> {
        let mut waiting = self.waiting();
        let place = waiting.iter().position(|one| one.id.is(id))?;
        Some(waiting.swap_remove(place).link)
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        // No code panics while it holds the lock; and if it did, the list would still be a list.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Tap<'_> {
    fn drop(&mut self) {
        // Unless it was claimed.
        drop(self.taps.claim(self.id.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::Taps;

    #[test]
    fn an_id_is_used_once() {
        let taps = Taps::default();
        let tap = taps.open().unwrap();
        let other = taps.open().unwrap();
        assert!(taps.claim("0123").is_none());
        assert!(taps.claim(tap.id.as_str()).is_some());
        assert!(taps.claim(tap.id.as_str()).is_none());
        assert!(taps.claim(other.id.as_str()).is_some());
    }

    #[test]
    fn an_id_dies_with_its_tap() {
        let taps = Taps::default();
        let tap = taps.open().unwrap();
        let id = tap.id.clone();
        drop(tap);
        assert!(taps.claim(id.as_str()).is_none());
    }
}
