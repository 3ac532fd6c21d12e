//! The same streams read by another implementation, wsproto in Python, over a pipe: the same messages and control frames,
//! and where one refuses a stream the other does too, with the same status code. What may differ is listed in [`case`]
//! with the clause that decides it; everything else is a failure.

mod case;
mod process;

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Result, bail, ensure};
use case::{Case, Comparison};
use process::Python;

use crate::told::Told;

/// Streams that are written before their answers are read: a pipe must hold neither all of them nor wait for each.
const BATCH: u64 = 64;

/// What came of many streams.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Streams that were read by both.
    pub streams: usize,
    /// Streams with permessage-deflate.
    pub compressed: usize,
    /// Messages and control frames in them.
    pub told: usize,
    /// Streams that we refused.
    pub refused: usize,
    /// What explains the streams of which the two differ, and how many of them.
    pub explained: BTreeMap<&'static str, usize>,
}

/// Reads `count` streams that `seed` makes with both, and stops at the first difference that is not explained.
///
/// # Errors
/// The difference, with the stream and how it is made again; or what kept Python from running.
pub fn compare_streams(mut python: Command, seed: u64, count: u64) -> Result<Outcome> {
    let mut python = Python::start(&mut python)?;
    let mut outcome = Outcome::default();
    let (mut next, end) = (seed, seed.saturating_add(count));
    while next < end {
        let numbers = next..end.min(next + BATCH);
        next = numbers.end;
        let cases: Vec<Case> = numbers.clone().map(Case::made_from).collect();
        for ((case, theirs), number) in cases.iter().zip(python.read(&cases)?).zip(numbers) {
            let ours = case.read();
            outcome.streams += 1;
            outcome.compressed += usize::from(case.deflate.is_some());
            outcome.told += ours.len();
            outcome.refused += usize::from(matches!(ours.last(), Some(Told::Violation(_))));
            match case.compare(&ours, &theirs) {
                Comparison::Same => {}
                Comparison::Explained(why) => *outcome.explained.entry(why).or_default() += 1,
                Comparison::Different => bail!(
                    "the two differ on stream {number}, to be had alone with `--seed {number} --streams 1`\n\
                     {case:02x?}\nours: {ours:?}\ntheirs: {theirs:?}"
                ),
            }
        }
    }
    python.end()?;
    ensure!(outcome.told > 0, "the streams say nothing: {outcome:?}");
    Ok(outcome)
}
