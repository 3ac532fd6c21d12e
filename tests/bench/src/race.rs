//! Timing contestants beside each other.

use crate::contestant::{Contestant, Standing};
use crate::entrant::{Entrant, Omission};
use crate::statistics::Samples;

/// How a contestant did in a row.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Who.
    pub contestant: &'static Contestant,
    /// What it leaves out.
    pub omission: Option<Omission>,
    /// Its times.
    pub samples: Samples,
}

impl Outcome {
    /// Whether ours is to be compared with it: a peer that does the same job.
    pub fn is_rival(&self) -> bool {
        self.contestant.standing == Standing::Peer && !self.does_another_job()
    }

    /// Whether what it does is not the row's job.
    pub fn does_another_job(&self) -> bool {
        self.omission.as_ref().is_some_and(|omission| omission.another_job)
    }
}

/// Times all entrants of a row in turn, round after round, so that whatever else the machine does falls on all of them.
/// The order changes from round to round, so that none always follows the same.
///
/// # Errors
/// The contestant that failed, and how.
pub fn race(mut entrants: Vec<Entrant>, operations: usize, rounds: u32) -> Result<Vec<Outcome>, String> {
    let operations = f64::from(u32::try_from(operations).map_err(|_| "a pass has too many operations")?);
    let mut samples = vec![Samples::default(); entrants.len()];
    let mut order: Vec<usize> = (0..entrants.len()).collect();
    let mut random = fastrand::Rng::with_seed(101);
    for round in 0..=rounds {
        random.shuffle(&mut order);
        for &place in &order {
            let Entrant { contestant, pass, .. } = &mut entrants[place];
            let time = pass().map_err(|error| format!("{}: {error}", contestant.name))?;
            // The first round only warms the caches.
            if round > 0 {
                samples[place].add(time.as_secs_f64() * 1e9 / operations);
            }
        }
    }
    let outcomes = entrants.into_iter().zip(samples);
    Ok(outcomes
        .map(|(Entrant { contestant, omission, .. }, samples)| Outcome { contestant, omission, samples })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::race;
    use crate::entrant::Entrant;
    use crate::peers::CONTESTANTS;
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::time::Duration;

    #[test]
    fn everyone_runs_once_a_round_and_the_first_round_does_not_count() {
        let runs = Rc::new(RefCell::new(Vec::new()));
        let entrant = |number: u16| {
            let runs = Rc::clone(&runs);
            let pass = move || {
                runs.borrow_mut().push(number);
                Ok(Duration::from_nanos(if runs.borrow().len() <= 3 { 1 } else { 1000 * u64::from(number) }))
            };
            Entrant { contestant: &CONTESTANTS[usize::from(number)], pass: Box::new(pass), omission: None }
        };
        let outcomes = race(vec![entrant(0), entrant(1), entrant(2)], 10, 5).unwrap();
        for (number, outcome) in (0u16..).zip(&outcomes) {
            let time = 100.0 * f64::from(number);
            assert!((outcome.samples.minimum() - time).abs() < 0.01 && (outcome.samples.median() - time).abs() < 0.01);
        }
        let runs = runs.borrow();
        assert_eq!(runs.len(), 18);
        for round in runs.chunks(3) {
            assert!([0, 1, 2].iter().all(|number| round.contains(number)));
        }
    }

    #[test]
    fn who_fails_is_named() {
        let pass = Box::new(|| Err("out of breath".to_owned()));
        let entrant = Entrant { contestant: &CONTESTANTS[0], pass, omission: None };
        assert_eq!(race(vec![entrant], 1, 1).unwrap_err(), "ws101-core: out of breath");
    }
}
