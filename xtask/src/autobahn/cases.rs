//! The suite's cases: which belong to a profile, and how they are spread over the processors.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context, Result, bail};

/// A case of the suite, and about how long it takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Case {
    /// As the suite writes it: `6.4.1`.
    pub(crate) id: String,
    pub(crate) seconds: f64,
}

/// A choice of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// The protocol itself.
    Core,
    /// Long messages, and many of them.
    Limits,
    /// Both, and some cases of every group of compression.
    Ci,
    /// All.
    Full,
}

/// The groups of the suite, by the first number of their cases. There is no group 8 or 11.
pub(crate) const GROUPS: [(u32, &str); 11] = [
    (1, "framing"),
    (2, "pings and pongs"),
    (3, "reserved bits"),
    (4, "opcodes"),
    (5, "fragmentation"),
    (6, "UTF-8"),
    (7, "closing handshake"),
    (9, "limits and performance"),
    (10, "fragmentation by the sender"),
    (12, "compression, many payloads"),
    (13, "compression, many parameters"),
];

const LIMITS: u32 = 9;
const COMPRESSION: [u32; 2] = [12, 13];

/// The cases of compression in `ci`: each kind of payload and of parameters, with short and long messages.
const CI_COMPRESSION: [&str; 34] = [
    "12.1.1", "12.1.2", "12.1.3", "12.1.4", "12.1.5", "12.1.6", "12.1.11", "12.1.12", "12.1.17", "12.2.1", "12.2.5",
    "12.2.11", "12.3.1", "12.3.5", "12.3.11", "12.4.1", "12.4.5", "12.5.1", "12.5.5", "13.1.1", "13.1.5", "13.1.11",
    "13.2.1", "13.2.5", "13.3.1", "13.3.5", "13.4.1", "13.4.5", "13.5.1", "13.5.5", "13.6.1", "13.6.5", "13.7.1",
    "13.7.5",
];

/// What each case costs besides its own time: a connection.
const CONNECTION_SECONDS: f64 = 0.02;

impl Profile {
    pub(crate) const ALL: [Self; 4] = [Self::Core, Self::Limits, Self::Ci, Self::Full];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Limits => "limits",
            Self::Ci => "ci",
            Self::Full => "full",
        }
    }

    /// Its cases, in the suite's order.
    pub(crate) fn cases(self) -> Result<Vec<Case>> {
        let mut cases = parse(include_str!("../../../tests/autobahn/cases.txt"))?;
        cases.retain(|case| self.has(case));
        Ok(cases)
    }

    /// Whether any of its cases is one of compression.
    pub(crate) fn compresses(self) -> bool {
        matches!(self, Self::Ci | Self::Full)
    }

    fn has(self, case: &Case) -> bool {
        let group = group(&case.id);
        let compression = COMPRESSION.contains(&group);
        match self {
            Self::Core => group != LIMITS && !compression,
            Self::Limits => group == LIMITS,
            Self::Ci => !compression || CI_COMPRESSION.contains(&case.id.as_str()),
            Self::Full => true,
        }
    }
}

impl FromStr for Profile {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let Some(profile) = Self::ALL.into_iter().find(|profile| profile.name() == text) else {
            let names: Vec<_> = Self::ALL.iter().map(|profile| profile.name()).collect();
            bail!("there is no profile `{text}`; the profiles are: {}", names.join(" "));
        };
        Ok(profile)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The group of a case; 0 where its name begins with no number, which is no group.
pub(crate) fn group(id: &str) -> u32 {
    id.split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Spreads cases over at most `count` shards that take about the same time: the longest first, each to the shard that
/// has least to do.
pub(crate) fn shards(mut cases: Vec<Case>, count: usize) -> Vec<Vec<Case>> {
    let mut shards = vec![Vec::new(); count.clamp(1, cases.len().max(1))];
    cases.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    for case in cases {
        let lightest = shards.iter_mut().min_by(|one, other| seconds(one).total_cmp(&seconds(other)));
        lightest.expect("there is at least one shard").push(case);
    }
    shards
}

/// About how long these cases take.
pub(crate) fn seconds(cases: &[Case]) -> f64 {
    cases.iter().map(|case| case.seconds + CONNECTION_SECONDS).sum()
}

fn parse(text: &str) -> Result<Vec<Case>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| case(line).with_context(|| format!("tests/autobahn/cases.txt has a line {line:?}"))).collect()
}

fn case(line: &str) -> Result<Case> {
    let (id, seconds) = line.split_once(' ').context("a line is a case and its seconds, with a space between them")?;
    Ok(Case { id: id.to_owned(), seconds: seconds.parse().context("the seconds are no number")? })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{CI_COMPRESSION, COMPRESSION, Case, GROUPS, Profile, group, parse, seconds, shards};

    #[test]
    fn the_profiles_have_as_many_cases_as_the_suite_gives_them() {
        let counts = Profile::ALL.map(|profile| profile.cases().unwrap().len());
        assert_eq!(counts, [247, 54, 335, 517]);
    }

    #[test]
    fn every_case_is_there_once_and_in_a_known_group() {
        let cases = Profile::Full.cases().unwrap();
        let ids: HashSet<_> = cases.iter().map(|case| case.id.as_str()).collect();
        assert_eq!(ids.len(), cases.len());
        assert!(ids.iter().all(|id| GROUPS.iter().any(|(number, _)| *number == group(id))));
        assert!(CI_COMPRESSION.iter().all(|id| ids.contains(id)));
    }

    #[test]
    fn a_profile_compresses_where_it_has_cases_of_compression() {
        for profile in Profile::ALL {
            let cases = profile.cases().unwrap();
            assert_eq!(
                profile.compresses(),
                cases.iter().any(|case| COMPRESSION.contains(&group(&case.id))),
                "{profile}"
            );
        }
    }

    #[test]
    fn a_profile_is_known_by_its_name() {
        assert_eq!("ci".parse::<Profile>().unwrap(), Profile::Ci);
        let error = "nightly".parse::<Profile>().unwrap_err().to_string();
        assert!(error.contains("`nightly`") && error.contains("core limits ci full"), "{error}");
    }

    #[test]
    fn shards_have_every_case_once_and_about_the_same_to_do() {
        let cases = Profile::Full.cases().unwrap();
        for count in [1, 2, 7] {
            let shards = shards(cases.clone(), count);
            assert_eq!(shards.len(), count);
            let mut ids: Vec<_> = shards.iter().flatten().map(|case| case.id.clone()).collect();
            ids.sort();
            let mut all: Vec<_> = cases.iter().map(|case| case.id.clone()).collect();
            all.sort();
            assert_eq!(ids, all);
            let loads: Vec<_> = shards.iter().map(|shard| seconds(shard)).collect();
            let (least, most) =
                loads.iter().fold((f64::MAX, 0.0_f64), |(least, most), &load| (least.min(load), most.max(load)));
            let longest = cases.iter().map(|case| case.seconds).fold(0.0, f64::max);
            assert!(most - least <= longest + 0.1, "{loads:?}");
        }
    }

    #[test]
    fn no_shard_is_empty() {
        let case = Case { id: "1.1.1".to_owned(), seconds: 0.0 };
        assert_eq!(shards(vec![case.clone()], 8), [[case]]);
    }

    #[test]
    fn a_line_that_is_no_case_is_named() {
        for line in ["1.1.1", "1.1.1 soon"] {
            let error = parse(line).unwrap_err().to_string();
            assert!(error.contains(line) && error.contains("cases.txt"), "{error}");
        }
    }
}
