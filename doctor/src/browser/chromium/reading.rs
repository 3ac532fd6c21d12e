//! How much Chromium reads at a time: what a read holds is passed on all together or not at all, so that it decides what
//! is lost with a broken frame.

use std::collections::VecDeque;

use crate::browser::wire::Time;

const SMALL: usize = 1_000;
const LARGE: usize = 131_000;
/// The rate, in bytes a second, above which it reads more at a time: over so many reads.
const RATE: u128 = 1_200_000;
const READS: usize = 100;

/// The size of its reads.
pub(super) struct Reading {
    size: usize,
    /// When the last reads were begun, and how much each brought.
    last: VecDeque<(Time, usize)>,
    begun: Time,
}

impl Reading {
    pub(super) const fn new(now: Time) -> Self {
        Self { size: SMALL, last: VecDeque::new(), begun: now }
    }

    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// A read brought this much.
    pub(super) fn read(&mut self, now: Time, length: usize) {
        self.last.push_back((self.begun, length));
        self.begun = now;
        if self.last.len() == READS {
            let total: usize = self.last.iter().map(|(_, length)| length).sum();
            let since = self.last.pop_front().map_or(now, |(begun, _)| begun);
            let microseconds_at_rate = total as u128 * 1_000_000 / RATE;
            let slow = microseconds_at_rate < u128::from(now.saturating_sub(since));
            self.size = if slow { SMALL } else { LARGE };
        }
    }
}
