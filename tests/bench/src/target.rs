//! What the project wants of itself in a row, and whether a run shows it. A target that is missed fails nothing.

use crate::contestant::Standing;
use crate::peers::limits::{LOOP, PARTS};
use crate::race::Outcome;
use crate::rows::{READS, Row};
use crate::statistics::Speed;
use crate::wire::Content;

/// A target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At least so many times as fast as the fastest peer that does the same job.
    Speed(f64),
    /// At most so many times the time of a limit.
    Time {
        /// The name of the limit.
        of: &'static str,
        /// The factor.
        at_most: f64,
    },
}

/// The targets of a row.
pub fn targets(row: Row) -> Vec<Target> {
    match row {
        Row::Decode { content, size, read } if read == READS[0] => {
            let at_most = if size <= 16 { 1.5 } else { 1.15 };
            vec![Target::Speed(in_large_reads(content, size)), Target::Time { of: LOOP.name, at_most }]
        }
        Row::Decode { .. } => vec![Target::Speed(1.0)],
        Row::Encode { size: ..=1024 } => vec![Target::Speed(1.2)],
        Row::Request => vec![Target::Time { of: PARTS.name, at_most: 1.5 }],
        Row::Encode { .. } | Row::Compress { .. } | Row::Inflate { .. } | Row::AcceptKey => Vec::new(),
    }
}

/// The speed where reads are large: messages of 64 KiB and more straddle them.
fn in_large_reads(content: Content, size: usize) -> f64 {
    match (content, size) {
        (Content::Binary, ..=125) => 1.5,
        (Content::Binary, ..=1024) => 1.05,
        (Content::Ascii, ..=16) => 1.25,
        (Content::Ascii, ..=125) => 1.1,
        (Content::Multilingual, ..=16) => 1.15,
        (Content::Ascii | Content::Multilingual, 65536..) => 0.75,
        _ => 0.95,
    }
}

/// Ours beside another contestant.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The other.
    pub with: &'static str,
    /// How many times as fast ours is.
    pub speed: Speed,
}

impl Comparison {
    /// Whether a target is met, by what the rounds say.
    pub fn meets(&self, target: Target) -> bool {
        match target {
            Target::Speed(at_least) => self.speed.by_rounds >= at_least,
            Target::Time { at_most, .. } => self.speed.as_time().by_rounds <= at_most,
        }
    }
}

/// Ours beside the fastest peer that does the same job, by what the rounds say; `None` where there is none.
pub fn beside_fastest_peer(outcomes: &[Outcome]) -> Option<Comparison> {
    let rivals = outcomes.iter().filter(|outcome| outcome.is_rival());
    let comparisons = rivals.filter_map(|outcome| beside(outcomes, outcome.contestant.name));
    comparisons.min_by(|one, other| one.speed.by_rounds.total_cmp(&other.speed.by_rounds))
}

/// Ours beside the contestant of a name; `None` where it does not take part.
pub fn beside(outcomes: &[Outcome], name: &str) -> Option<Comparison> {
    let ours = outcomes.iter().find(|outcome| outcome.contestant.standing == Standing::Ours)?;
    let theirs = outcomes.iter().find(|outcome| outcome.contestant.name == name)?;
    Some(Comparison { with: theirs.contestant.name, speed: Speed::of(&ours.samples, &theirs.samples) })
}

#[cfg(test)]
mod tests {
    use super::{Target, beside, beside_fastest_peer, targets};
    use crate::entrant::Omission;
    use crate::peers::CONTESTANTS;
    use crate::race::Outcome;
    use crate::rows::Row;
    use crate::statistics::Samples;
    use crate::wire::Content;

    fn outcome(name: &str, time: f64, another_job: Option<bool>) -> Outcome {
        let contestant = CONTESTANTS.iter().find(|contestant| contestant.name == name).unwrap();
        let omission = another_job.map(|another_job| Omission { words: "leaves out".to_owned(), another_job });
        Outcome { contestant, omission, samples: Samples::from_iter([time]) }
    }

    #[test]
    fn the_fastest_peer_is_neither_a_limit_nor_one_with_another_job() {
        let outcomes = [
            outcome("ws101-core", 10.0, None),
            outcome("tungstenite", 40.0, None),
            outcome("nexus-web", 5.0, Some(true)),
            outcome("soketto", 20.0, Some(false)),
            outcome("memcpy", 1.0, None),
        ];
        let comparison = beside_fastest_peer(&outcomes).unwrap();
        assert_eq!((comparison.with, comparison.speed.by_rounds), ("soketto", 2.0));
        assert_eq!(beside_fastest_peer(&outcomes[..1]), None);
    }

    #[test]
    fn a_target_is_met_from_its_number_on() {
        let outcomes = [outcome("ws101-core", 10.0, None), outcome("memcpy", 8.0, None)];
        let comparison = beside(&outcomes, "memcpy").unwrap();
        assert!(comparison.meets(Target::Speed(0.8)) && !comparison.meets(Target::Speed(0.81)));
        assert!(comparison.meets(Target::Time { of: "memcpy", at_most: 1.25 }));
        assert!(!comparison.meets(Target::Time { of: "memcpy", at_most: 1.24 }));
    }

    #[test]
    fn targets_depend_on_content_size_and_reads() {
        let row = |content, size, read| targets(Row::Decode { content, size, read })[0];
        assert_eq!(row(Content::Binary, 125, 64 << 10), Target::Speed(1.5));
        assert_eq!(row(Content::Binary, 1 << 20, 64 << 10), Target::Speed(0.95));
        assert_eq!(row(Content::Multilingual, 125, 64 << 10), Target::Speed(0.95));
        assert_eq!(row(Content::Ascii, 1024, 64 << 10), Target::Speed(0.95));
        assert_eq!(row(Content::Ascii, 64 << 10, 64 << 10), Target::Speed(0.75));
        assert_eq!(row(Content::Ascii, 64 << 10, 1460), Target::Speed(1.0));
        assert_eq!(targets(Row::AcceptKey), []);
    }
}
