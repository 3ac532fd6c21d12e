//! What a stage found: how many tests and checks passed and failed, counted from what the test programs say.

use std::fmt;
use std::ops::Add;
use std::process::Command;

use anyhow::Result;

use crate::process::{Output, describe, succeeded};

/// How many tests or checks passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// The results of one stage; it goes on after a failure.
pub(crate) struct Checks {
    output: Output,
    tally: Tally,
    notes: Vec<String>,
}

/// Which program's summary is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Summary {
    /// `test result: ok. 3 passed; 0 failed; …`, once for each test program (cargo, wasm-pack).
    Cargo,
    /// `Tests  3 passed (3)`
    Vitest,
    /// `ℹ pass 3` or `# pass 3`
    NodeTest,
    /// `  3 passed (1.2s)`
    Playwright,
}

/// What the programs call a test that did not pass; Playwright's "did not run" and "flaky" among them.
const NOT_PASSED: [&str; 10] =
    ["failed", "fail", "ignored", "skipped", "todo", "cancelled", "flaky", "interrupted", "did", "timedout"];

impl Checks {
    pub(crate) fn new(output: Output) -> Self {
        Self { output, tally: Tally::default(), notes: Vec::new() }
    }

    /// Where this stage's programs print.
    pub(crate) fn output(&self) -> &Output {
        &self.output
    }

    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A line that is shown even when the stage passes.
    pub(crate) fn note(&mut self, line: String) {
        self.notes.push(line);
    }

    /// Runs a program whose exit code is the verdict: one check.
    pub(crate) fn check(&mut self, command: &mut Command) -> Result<()> {
        match self.output.run(command) {
            Ok(()) => self.tally.passed += 1,
            Err(error) => self.failed(&format!("{error:#}"))?,
        }
        Ok(())
    }

    /// Runs a test program and counts its tests; none at all is a failure.
    pub(crate) fn tests(&mut self, command: &mut Command, summary: Summary) -> Result<()> {
        let finished = self.output.capture(command)?;
        let counted = summary.count(&finished.text);
        self.tally = self.tally + counted;
        if counted == Tally::default() {
            self.failed(&format!("`{}` ran no test", describe(command)))?;
        } else if let Err(error) = succeeded(finished.status, command)
            && counted.failed == 0
        {
            self.failed(&error.to_string())?;
        }
        Ok(())
    }

    /// One check of which all that is wrong was found: each problem is told.
    pub(crate) fn judge(&mut self, what: &str, problems: &[String]) -> Result<()> {
        self.output.say(&format!("{what}: {} problems", problems.len()))?;
        if problems.is_empty() {
            self.passed();
        }
        problems.iter().try_for_each(|problem| self.failed(&format!("{what}: {problem}")))
    }

    /// Notes a failure.
    pub(crate) fn failed(&mut self, reason: &str) -> Result<()> {
        self.tally.failed += 1;
        self.notes.push(format!("failed: {reason}"));
        self.output.say(reason)
    }

    /// Counts tests that were judged elsewhere.
    pub(crate) fn count(&mut self, tally: Tally) {
        self.tally = self.tally + tally;
    }

    /// Notes a check that passed without a program of its own.
    pub(crate) fn passed(&mut self) {
        self.tally.passed += 1;
    }
}

impl Tally {
    /// Something ran, and nothing failed.
    pub(crate) fn is_success(self) -> bool {
        self.passed > 0 && self.failed == 0
    }
}

impl Summary {
    /// Counts what a program says of its tests. One that was left out counts as failed: nobody would miss it otherwise.
    fn count(self, text: &str) -> Tally {
        let lines = text.lines().map(str::trim).filter(|line| self.is_summary(line));
        lines.fold(Tally::default(), |tally, line| {
            let numbers = |words: &[&str]| words.iter().map(|word| self.number(line, word)).sum();
            tally + Tally { passed: numbers(&["passed", "pass"]), failed: numbers(&NOT_PASSED) }
        })
    }

    /// Whether the program sums up on this line.
    fn is_summary(self, line: &str) -> bool {
        let mut words = line.split_whitespace();
        match self {
            Self::Cargo => line.starts_with("test result:"),
            Self::Vitest => line.starts_with("Tests "),
            Self::NodeTest => matches!(words.next(), Some("#" | "ℹ")) && words.count() == 2,
            Self::Playwright => {
                let number = words.next().is_some_and(|word| word.parse::<usize>().is_ok());
                number && words.next().is_some_and(|word| word == "passed" || NOT_PASSED.contains(&word))
            }
        }
    }

    /// The number that goes with a word: before it, as in `3 passed`, or for Node behind it, as in `pass 3`.
    fn number(self, line: &str, word: &str) -> usize {
        let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let place = words.iter().position(|candidate| *candidate == word);
        let number = place.and_then(|at| match self {
            Self::NodeTest => words.get(at + 1),
            Self::Cargo | Self::Vitest | Self::Playwright => words.get(at.checked_sub(1)?),
        });
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Summary, Tally};

    #[test]
    fn every_program_of_cargo_test_is_counted() {
        let text = "test result: ok. 12 passed; 0 failed; 0 ignored\nnoise 9 passed\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(Summary::Cargo.count(text), Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn the_summaries_of_the_javascript_runners_are_counted() {
        assert_eq!(
            Summary::Vitest.count(" Test Files  2 passed (2)\n      Tests  1 failed | 7 passed (8)\n"),
            Tally { passed: 7, failed: 1 }
        );
        assert_eq!(Summary::NodeTest.count("ℹ tests 4\nℹ pass 4\nℹ fail 0\n"), Tally { passed: 4, failed: 0 });
        assert_eq!(Summary::NodeTest.count("# pass 4\n# fail 1\n"), Tally { passed: 4, failed: 1 });
        assert_eq!(Summary::Playwright.count("  1 failed\n  6 passed (3.1s)\n"), Tally { passed: 6, failed: 1 });
    }

    #[test]
    fn a_test_that_is_left_out_has_not_passed() {
        let left_out = Tally { passed: 3, failed: 1 };
        assert_eq!(Summary::Cargo.count("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured"), left_out);
        assert_eq!(Summary::Vitest.count("Tests  3 passed | 1 skipped (4)"), left_out);
        assert_eq!(Summary::NodeTest.count("ℹ pass 3\nℹ fail 0\nℹ skipped 1\nℹ todo 0"), left_out);
        assert_eq!(Summary::Playwright.count("  1 flaky\n  3 passed (2s)"), left_out);
        assert_eq!(Summary::Playwright.count("  1 did not run\n  3 passed (2s)"), left_out);
    }

    #[test]
    fn output_without_a_summary_counts_as_no_test() {
        for summary in [Summary::Cargo, Summary::Vitest, Summary::NodeTest, Summary::Playwright] {
            assert_eq!(summary.count("everything is fine, all passed\n"), Tally::default());
        }
    }

    #[test]
    fn nothing_passed_is_no_success() {
        assert!(!Tally::default().is_success());
        assert!(!Tally { passed: 3, failed: 1 }.is_success());
        assert!(Tally { passed: 1, failed: 0 }.is_success());
    }
}
