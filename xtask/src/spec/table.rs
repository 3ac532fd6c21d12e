//! The table of clauses: what a person decided about each, read from a file beside the RFC's text.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::spec::places::Place;

/// What is known of one clause.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) sentence: String,
    pub(crate) verdict: Verdict,
}

/// Who sees to it that a clause is kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The code does, and tests show it.
    Checked { checks: Vec<Place>, tests: Vec<Place> },
    /// Whoever uses the code; the documentation says so.
    Duty { told: Vec<Place> },
    /// Nobody can tell from here.
    NotObservable { why: String },
}

impl Verdict {
    /// Its name, as the command prints it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Checked { .. } => "checked",
            Self::Duty { .. } => "the caller's duty",
            Self::NotObservable { .. } => "not observable",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    clause: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    text: String,
    #[serde(default)]
    checks: Vec<String>,
    #[serde(default)]
    tests: Vec<String>,
    #[serde(default)]
    duty: Vec<String>,
    #[serde(default)]
    why: String,
}

/// Reads a table.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry>> {
    let file: File = toml::from_str(text)?;
    file.clause.into_iter().map(entry).collect()
}

fn entry(row: Row) -> Result<Entry> {
    let places = |texts: &[String]| {
        let places = texts.iter().map(|text| Place::parse(text)).collect::<Result<Vec<_>>>();
        places.with_context(|| format!("clause {}", row.id))
    };
    let (checks, tests, told) = (places(&row.checks)?, places(&row.tests)?, places(&row.duty)?);
    let verdict = match (checks.as_slice(), tests.as_slice(), told.as_slice(), row.why.trim()) {
        ([_, ..], [_, ..], [], "") => Verdict::Checked { checks, tests },
        ([], [], [_, ..], "") => Verdict::Duty { told },
        ([], [], [], why) if !why.is_empty() => Verdict::NotObservable { why: one_line(why) },
        ([_, ..], [], ..) => bail!("clause {} has a check and no test", row.id),
        ([], [_, ..], ..) => bail!("clause {} has a test and no check", row.id),
        ([], [], [], _) => bail!("clause {} has no verdict: give `checks` and `tests`, or `duty`, or `why`", row.id),
        _ => bail!("clause {} has more than one verdict", row.id),
    };
    Ok(Entry { id: row.id, sentence: one_line(&row.text), verdict })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Entry, Verdict, parse};
    use crate::spec::places::Place;

    fn row(fields: &str) -> String {
        format!("[[clause]]\nid = '5.1/1'\ntext = '''A server\nMUST NOT mask.'''\n{fields}\n")
    }

    #[test]
    fn the_three_verdicts() {
        let verdict = |fields: &str| {
            let mut entries = parse(&row(fields)).unwrap();
            let Entry { id, sentence, verdict } = entries.remove(0);
            assert_eq!((id.as_str(), sentence.as_str()), ("5.1/1", "A server MUST NOT mask."));
            verdict
        };
        let place = |text: &str| vec![Place::parse(text).unwrap()];
        assert_eq!(
            verdict("checks = ['a.rs: fn b']\ntests = ['c.rs: d']"),
            Verdict::Checked { checks: place("a.rs: fn b"), tests: place("c.rs: d") }
        );
        assert_eq!(verdict("duty = ['a.rs: you must']"), Verdict::Duty { told: place("a.rs: you must") });
        let why = Verdict::NotObservable { why: "nobody sees it".to_owned() };
        assert_eq!(verdict("why = 'nobody sees it'"), why);
    }

    #[test]
    fn exactly_one_verdict() {
        let error = |fields: &str| parse(&row(fields)).unwrap_err().to_string();
        assert!(error("").contains("5.1/1 has no verdict"));
        assert!(error("checks = ['a.rs: b']").contains("no test"));
        assert!(error("tests = ['a.rs: b']").contains("no check"));
        assert!(error("duty = ['a.rs: b']\nwhy = 'c'").contains("more than one"));
        assert!(error("checks = ['a.rs: b']\ntests = ['a.rs: b']\nduty = ['a.rs: b']").contains("more than one"));
        assert!(error("duty = ['nowhere']").contains("5.1/1"));
        assert!(error("whi = 'c'").contains("whi"));
    }
}
