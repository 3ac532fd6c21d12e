//! What many measurements of one thing say.

/// The times of one contestant in one row, round after round, in nanoseconds for each operation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples {
    times: Vec<f64>,
}

impl Samples {
    /// Adds the time of the next round.
    pub fn add(&mut self, nanoseconds: f64) {
        self.times.push(nanoseconds);
    }

    /// The shortest time: what the work costs where nothing else disturbs. Infinite without samples.
    pub fn minimum(&self) -> f64 {
        self.times.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The time in the middle. Infinite without samples.
    pub fn median(&self) -> f64 {
        median(self.times.clone())
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(times: I) -> Self {
        Self { times: times.into_iter().collect() }
    }
}

/// The number in the middle, or the mean of the two there; infinite where there are none.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let (below, above) = numbers.split_at(numbers.len() / 2);
    match (below.last(), above.first()) {
        (Some(&low), Some(&high)) if below.len() == above.len() => f64::midpoint(low, high),
        (_, Some(&middle)) => middle,
        (_, None) => f64::INFINITY,
    }
}

/// How many times as fast one is as another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed {
    /// By the shortest times of each.
    pub by_minimum: f64,
    /// The median of what each round says by itself. What else the machine did in a round, it did to both.
    pub by_rounds: f64,
}

impl Speed {
    /// The speed of who took the times `ours`, beside who took the times `theirs` in the same rounds.
    pub fn of(ours: &Samples, theirs: &Samples) -> Self {
        let rounds = ours.times.iter().zip(&theirs.times).map(|(ours, theirs)| theirs / ours);
        Self { by_minimum: theirs.minimum() / ours.minimum(), by_rounds: median(rounds.collect()) }
    }

    /// The same as time: how many times as long it takes.
    #[must_use]
    pub fn as_time(self) -> Self {
        Self { by_minimum: self.by_minimum.recip(), by_rounds: self.by_rounds.recip() }
    }
}

/// One count to another; 0 where the other is.
pub fn ratio(count: usize, other: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if other == 0 { 0.0 } else { number(count) / number(other) }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers are chosen so that nothing is rounded")]
mod tests {
    use super::{Samples, Speed, ratio};

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        let median = |times: &[f64]| times.iter().copied().collect::<Samples>().median();
        assert_eq!(median(&[9.0, 1.0, 4.0]), 4.0);
        assert_eq!(median(&[9.0, 1.0, 4.0, 2.0]), 3.0);
        assert_eq!(median(&[7.0]), 7.0);
    }

    #[test]
    fn the_minimum_is_the_least() {
        assert_eq!(Samples::from_iter([9.0, 1.0, 4.0]).minimum(), 1.0);
    }

    #[test]
    fn without_samples_a_time_is_infinite() {
        let none = Samples::default();
        assert_eq!((none.median(), none.minimum()), (f64::INFINITY, f64::INFINITY));
    }

    #[test]
    fn half_the_time_is_twice_the_speed() {
        let speed = Speed::of(&Samples::from_iter([10.0]), &Samples::from_iter([20.0]));
        assert_eq!(speed, Speed { by_minimum: 2.0, by_rounds: 2.0 });
        assert_eq!(speed.as_time(), Speed { by_minimum: 0.5, by_rounds: 0.5 });
    }

    #[test]
    fn rounds_in_which_the_machine_was_slow_do_not_count_for_one_alone() {
        // The machine is half as fast in the second half; one round of theirs was lucky.
        let ours = Samples::from_iter([10.0, 10.0, 20.0, 20.0, 20.0]);
        let theirs = Samples::from_iter([15.0, 15.0, 30.0, 30.0, 8.0]);
        assert_eq!(Speed::of(&ours, &theirs), Speed { by_minimum: 0.8, by_rounds: 1.5 });
    }

    #[test]
    fn counts_have_a_ratio_unless_the_other_is_nothing() {
        assert_eq!((ratio(3, 0), ratio(1, 4), ratio(6, 4)), (0.0, 0.25, 1.5));
    }
}
