//! What a run found: tables for people, lines of JSON for programs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use crate::contestant::{Contestant, Standing};
use crate::peers::CONTESTANTS;
use crate::race::Outcome;
use crate::rows::Row;
use crate::statistics::Speed;
use crate::table::{Table, number};
use crate::target::{Comparison, Target, beside, beside_fastest_peer, targets};

/// A row that was timed.
#[derive(Debug, Clone)]
pub struct Timed {
    /// Which.
    pub row: Row,
    /// How everyone did.
    pub outcomes: Vec<Outcome>,
}

impl Timed {
    /// The targets of the row, and how ours does beside whom they name.
    fn verdicts(&self) -> Vec<(Target, Comparison)> {
        let comparison = |target| match target {
            Target::Speed(_) => beside_fastest_peer(&self.outcomes),
            Target::Time { of, .. } => beside(&self.outcomes, of),
        };
        targets(self.row).into_iter().filter_map(|target| Some((target, comparison(target)?))).collect()
    }

    fn outcome(&self, contestant: &Contestant) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.contestant.name == contestant.name)
    }

    /// The numbers as JSON, a line for each contestant and each verdict.
    pub fn lines(&self) -> Vec<Value> {
        let row = self.row.name();
        let outcomes = self.outcomes.iter().map(|outcome| {
            json!({
                "row": row,
                "contestant": outcome.contestant.name,
                "version": outcome.contestant.version(),
                "minimum_ns": outcome.samples.minimum(),
                "median_ns": outcome.samples.median(),
                "same_job": outcome.contestant.standing != Standing::Limit && !outcome.does_another_job(),
                "omission": outcome.omission.as_ref().map(|omission| &omission.words),
            })
        });
        let verdicts = self.verdicts().into_iter().map(|(target, comparison)| {
            let (least_speed, most_time) = match target {
                Target::Speed(speed) => (Some(speed), None),
                Target::Time { at_most, .. } => (None, Some(at_most)),
            };
            json!({
                "row": row,
                "beside": comparison.with,
                "speed_by_minimum": comparison.speed.by_minimum,
                "speed_by_rounds": comparison.speed.by_rounds,
                "target_speed_at_least": least_speed,
                "target_time_at_most": most_time,
                "met": comparison.meets(target),
            })
        });
        outcomes.chain(verdicts).collect()
    }
}

/// The rows of one table, as text.
pub fn table(rows: &[Timed]) -> String {
    let title = rows.first().map_or_else(String::new, |timed| timed.row.table());
    let mut table = Table::new(&title, rows.iter().map(|timed| timed.row.column()));
    for contestant in CONTESTANTS {
        let outcomes: Vec<_> = rows.iter().map(|timed| timed.outcome(contestant)).collect();
        if outcomes.iter().any(Option::is_some) {
            let name = match contestant.version() {
                Some(version) => format!("{} {version}", contestant.name),
                None => format!("({})", contestant.name),
            };
            table.row(&name, outcomes.into_iter().map(time));
        }
    }
    compare(&mut table, rows);
    format!("{table}{}", omissions(rows))
}

/// `minimum (median)`, with a star where it is of another job.
fn time(outcome: Option<&Outcome>) -> String {
    outcome.map_or_else(String::new, |outcome| {
        let star = if outcome.does_another_job() { "*" } else { "" };
        format!("{}{star} ({})", number(outcome.samples.minimum()), number(outcome.samples.median()))
    })
}

/// Ours beside the fastest peer, and beside what the targets name.
fn compare(table: &mut Table, rows: &[Timed]) {
    let fastest: Vec<_> = rows.iter().map(|timed| beside_fastest_peer(&timed.outcomes)).collect();
    let of = |show: &dyn Fn(&Comparison) -> String| -> Vec<String> {
        fastest.iter().map(|comparison| comparison.as_ref().map_or_else(String::new, show)).collect()
    };
    table.row("", []);
    table.row("fastest peer at the same job", of(&|comparison| comparison.with.to_owned()));
    table.row("its time / ours", of(&|comparison| factors(comparison.speed)));
    let verdicts = |show: &dyn Fn(Target, &Comparison) -> Option<String>| -> Vec<String> {
        let of_row = |timed: &Timed| timed.verdicts().iter().find_map(|(target, comparison)| show(*target, comparison));
        rows.iter().map(|timed| of_row(timed).unwrap_or_default()).collect()
    };
    let targets_of_speed = verdicts(&|target, comparison| match target {
        Target::Speed(at_least) => Some(format!("≥ {} {}", number(at_least), met(target, comparison))),
        Target::Time { .. } => None,
    });
    if targets_of_speed.iter().any(|cell| !cell.is_empty()) {
        table.row("  target", targets_of_speed);
    }
    let mut limits = rows.iter().flat_map(|timed| targets(timed.row)).filter_map(|target| match target {
        Target::Time { of, .. } => Some(of),
        Target::Speed(_) => None,
    });
    let Some(limit) = limits.next() else { return };
    table.row(
        &format!("our time / ({limit})"),
        verdicts(&|target, comparison| match target {
            Target::Time { .. } => Some(factors(comparison.speed.as_time())),
            Target::Speed(_) => None,
        }),
    );
    table.row(
        "  target",
        verdicts(&|target, comparison| match target {
            Target::Time { at_most, .. } => Some(format!("≤ {} {}", number(at_most), met(target, comparison))),
            Target::Speed(_) => None,
        }),
    );
}

fn factors(speed: Speed) -> String {
    format!("{} ({})", number(speed.by_minimum), number(speed.by_rounds))
}

fn met(target: Target, comparison: &Comparison) -> &'static str {
    if comparison.meets(target) { "met" } else { "missed" }
}

/// What was left out by whom, and in which columns.
fn omissions(rows: &[Timed]) -> String {
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for timed in rows {
        for outcome in &timed.outcomes {
            if let Some(omission) = &outcome.omission {
                let job = if omission.another_job { "* not the same job: " } else { "  same job, but for a few: " };
                let words = format!("{job}{} {}", outcome.contestant.name, omission.words);
                columns.entry(words).or_default().push(timed.row.column());
            }
        }
    }
    let lines: Vec<_> =
        columns.into_iter().map(|(words, columns)| format!("{words} ({})\n", columns.join(", "))).collect();
    lines.concat()
}

/// The words that explain a table.
pub const LEGEND: &str = "\
Times are nanoseconds for each message, key or request: the shortest of all rounds and, in brackets, the median.
Ratios are of the shortest times and, in brackets, the median of the ratios of all rounds, by which targets are judged.
Names in brackets are limits: less than the whole job.";

/// Lines of JSON in a file, where one was asked for.
pub struct Lines(Option<File>);

impl Lines {
    /// Begins the file anew.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn create(path: Option<&Path>) -> Result<Self, String> {
        Self::open(path, |path| File::create(path))
    }

    /// Goes on where another program ended.
    ///
    /// # Errors
    /// That it cannot be written.
    pub fn append(path: Option<&Path>) -> Result<Self, String> {
        Self::open(path, |path| File::options().create(true).append(true).open(path))
    }

    fn open(path: Option<&Path>, open: impl Fn(&Path) -> io::Result<File>) -> Result<Self, String> {
        let open = |path: &Path| open(path).map_err(|error| format!("{} cannot be written: {error}", path.display()));
        path.map(open).transpose().map(Self)
    }

    /// Writes values, one a line.
    ///
    /// # Errors
    /// That the file cannot be written any more.
    pub fn write(&mut self, values: impl IntoIterator<Item = Value>) -> Result<(), String> {
        let Some(file) = &mut self.0 else { return Ok(()) };
        let mut values = values.into_iter();
        values.try_for_each(|value| writeln!(file, "{value}")).map_err(|error| format!("--json: {error}"))
    }
}
