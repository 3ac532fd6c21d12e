//! When something was sent, where a timeline says so.

use crate::{End, Ended, Recording, What};

/// The times of a recording; without a timeline it knows of the server's end alone.
pub(super) struct Clock {
    client: Side,
    server: Side,
    /// When the last thing happened, in microseconds; `None` without a timeline.
    last: Option<u64>,
}

#[derive(Default)]
struct Side {
    /// Where each piece ends in the bytes of its end, and when it was sent.
    pieces: Vec<(usize, u64)>,
    ended: Option<(Ended, Option<u64>)>,
    /// Where bytes follow though the end had ended.
    beyond_end: Option<usize>,
}

impl Clock {
    pub(super) fn of(recording: &Recording) -> Self {
        let mut clock = Self { client: Side::default(), server: Side::default(), last: None };
        let Some(timeline) = recording.timeline() else {
            clock.server.ended = recording.ended().map(|ended| (ended, None));
            return clock;
        };
        for moment in timeline {
            clock.last = clock.last.max(Some(moment.at));
            let side = match moment.from {
                End::Client => &mut clock.client,
                End::Server => &mut clock.server,
            };
            match &moment.what {
                What::Bytes(bytes) if !bytes.is_empty() => {
                    let start = side.pieces.last().map_or(0, |&(end, _)| end);
                    if side.ended.is_some() {
                        side.beyond_end.get_or_insert(start);
                    }
                    side.pieces.push((start + bytes.len(), moment.at));
                }
                What::Bytes(_) => {}
                What::Ended(ended) => drop(side.ended.get_or_insert((*ended, Some(moment.at)))),
            }
        }
        clock
    }

    /// When the byte before `offset` of an end was sent.
    pub(super) fn sent(&self, end: End, offset: usize) -> Option<u64> {
        let pieces = &self.side(end).pieces;
        let place = pieces.partition_point(|&(stop, _)| stop < offset);
        pieces.get(place).or(pieces.last()).map(|&(_, at)| at)
    }

    /// How an end ended, where it did.
    pub(super) fn ended(&self, end: End) -> Option<Ended> {
        self.side(end).ended.map(|(ended, _)| ended)
    }

    /// When it did.
    pub(super) fn ended_at(&self, end: End) -> Option<u64> {
        self.side(end).ended.and_then(|(_, at)| at)
    }

    /// Where bytes of an end follow that it sent after its end.
    pub(super) fn beyond_end(&self, end: End) -> Option<usize> {
        self.side(end).beyond_end
    }

    /// When the last thing happened; `None` without a timeline.
    pub(super) const fn last(&self) -> Option<u64> {
        self.last
    }

    /// When the last byte of either end was sent.
    pub(super) fn last_byte(&self) -> Option<u64> {
        let last = |side: &Side| side.pieces.last().map(|&(_, at)| at);
        last(&self.client).max(last(&self.server))
    }

    const fn side(&self, end: End) -> &Side {
        match end {
            End::Client => &self.client,
            End::Server => &self.server,
        }
    }
}
