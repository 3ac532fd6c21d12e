//! The pipe that messages take from the process that reads them to the one that runs the script.
//!
//! What fits goes through. Where it does not, the rest waits until the script's process has read; if the connection fails
//! at once behind that rest, the script's process learns of the failure first, and the message is lost.

use crate::browser::wire::Time;

/// How much fits.
const CAPACITY: usize = 131_000;

/// How full it is, of what came at once.
#[derive(Default)]
pub(super) struct Pipe {
    at: Time,
    held: usize,
    /// What the script had been told when something had to wait last.
    told: Option<usize>,
}

impl Pipe {
    /// So much goes in, where the script has been told so many things.
    pub(super) fn takes(&mut self, length: usize, now: Time, told: usize) {
        if now != self.at {
            *self = Self { at: now, ..Self::default() };
        }
        self.held += length;
        if self.held > CAPACITY {
            self.held %= CAPACITY;
            self.told = Some(told);
        }
    }

    /// How many things the script has been told where the connection fails; `None` where nothing is lost.
    pub(super) fn fails(&self, now: Time) -> Option<usize> {
        self.told.filter(|_| self.at == now)
    }
}
