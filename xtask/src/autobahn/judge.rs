//! The verdict on a run: every case that was planned must have been reported once, and as right.
//!
//! The suite itself is no judge: it ends without an error when nobody answered it, and with an empty report.

use std::collections::BTreeMap;
use std::fmt;

use crate::autobahn::cases::Case;

/// What the suite said of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) case: String,
    /// Of what came: OK, NON-STRICT, INFORMATIONAL, UNIMPLEMENTED, FAILED. Any other word is wrong too.
    pub(crate) behavior: String,
    /// Of how the connection ended: OK, INFORMATIONAL, UNCLEAN, WRONG CODE, FAILED BY CLIENT, FAILED.
    pub(crate) behavior_close: String,
    /// What it says besides, where it says anything.
    pub(crate) words: Vec<String>,
}

/// What came of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// The cases that are right.
    pub(crate) right: Vec<String>,
    pub(crate) wrong: Vec<Wrong>,
    /// How often the suite said each word of what came.
    pub(crate) behavior: BTreeMap<String, usize>,
    /// How often the suite said each word of how the connection ended.
    pub(crate) behavior_close: BTreeMap<String, usize>,
}

/// A case that is not right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) case: String,
    pub(crate) why: Why,
}

/// Why a case is not right.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It was planned, and the suite says nothing of it.
    Missing,
    /// The suite speaks of it more than once.
    Doubled,
    /// The suite speaks of it, and it was not planned.
    Unplanned,
    /// The suite says that it is not right.
    Verdict(Report),
}

/// A case on which the suite has no verdict: whatever the other end does, it says INFORMATIONAL.
struct Exception {
    case: &'static str,
    behavior: &'static [&'static str],
    behavior_close: &'static [&'static str],
}

const EXCEPTIONS: [Exception; 3] = [
    // A long message and a Close at once: what of the message comes back is a race, and after a failure the suite
    // replaces its own verdict.
    Exception { case: "7.1.6", behavior: &["OK", "INFORMATIONAL"], behavior_close: &["OK", "INFORMATIONAL"] },
    // Close codes 5000 and 65535, which RFC 6455 neither forbids nor defines (§7.4.2).
    Exception { case: "7.13.1", behavior: &["INFORMATIONAL"], behavior_close: &["INFORMATIONAL"] },
    Exception { case: "7.13.2", behavior: &["INFORMATIONAL"], behavior_close: &["INFORMATIONAL"] },
];

/// Judges what the suite said of the cases that were planned.
pub(crate) fn judge(planned: &[Case], reports: &[Report]) -> Judgement {
    let mut judgement = Judgement::default();
    for case in planned {
        let mut said = reports.iter().filter(|report| report.case == case.id);
        let why = match (said.next(), said.next()) {
            (None, _) => Why::Missing,
            (Some(_), Some(_)) => Why::Doubled,
            (Some(report), None) if report.is_right() => {
                judgement.right.push(case.id.clone());
                continue;
            }
            (Some(report), None) => Why::Verdict(report.clone()),
        };
        judgement.wrong.push(Wrong { case: case.id.clone(), why });
    }
    for report in reports {
        *judgement.behavior.entry(report.behavior.clone()).or_default() += 1;
        *judgement.behavior_close.entry(report.behavior_close.clone()).or_default() += 1;
        if !planned.iter().any(|case| case.id == report.case) {
            judgement.wrong.push(Wrong { case: report.case.clone(), why: Why::Unplanned });
        }
    }
    judgement
}

impl Report {
    fn is_right(&self) -> bool {
        let exception = EXCEPTIONS.iter().find(|exception| exception.case == self.case);
        let (behavior, behavior_close) =
            exception.map_or((["OK"].as_slice(), ["OK"].as_slice()), |it| (it.behavior, it.behavior_close));
        behavior.contains(&self.behavior.as_str()) && behavior_close.contains(&self.behavior_close.as_str())
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.case)?;
        match &self.why {
            Why::Missing => f.write_str("planned, but the suite has no report of it"),
            Why::Doubled => f.write_str("reported more than once"),
            Why::Unplanned => f.write_str("reported, but not planned"),
            Why::Verdict(report) => {
                write!(f, "{}, close {}", report.behavior, report.behavior_close)?;
                report.words.iter().try_for_each(|words| write!(f, "\n    {words}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Judgement, Report, Why, judge};
    use crate::autobahn::cases::Case;

    fn plan(ids: &[&str]) -> Vec<Case> {
        ids.iter().map(|&id| Case { id: id.to_owned(), seconds: 0.0 }).collect()
    }

    fn report(case: &str, behavior: &str, behavior_close: &str) -> Report {
        let (case, behavior, behavior_close) = (case.to_owned(), behavior.to_owned(), behavior_close.to_owned());
        Report { case, behavior, behavior_close, words: Vec::new() }
    }

    /// The only wrong case of a judgement.
    fn wrong(judgement: &Judgement) -> (&str, &Why) {
        let [wrong] = judgement.wrong.as_slice() else { panic!("{judgement:?}") };
        (&wrong.case, &wrong.why)
    }

    #[test]
    fn what_was_planned_and_is_ok_is_right() {
        let reports = [report("1.1.1", "OK", "OK"), report("2.10", "OK", "OK")];
        let judgement = judge(&plan(&["1.1.1", "2.10"]), &reports);
        assert_eq!(judgement.right, ["1.1.1", "2.10"]);
        assert_eq!(judgement.wrong, []);
        assert_eq!(judgement.behavior["OK"], 2);
    }

    #[test]
    fn nothing_reported_is_not_right() {
        let judgement = judge(&plan(&["1.1.1", "1.1.2"]), &[]);
        assert!(judgement.right.is_empty());
        assert_eq!(judgement.wrong.len(), 2);
    }

    #[test]
    fn a_missing_case_is_wrong() {
        let judgement = judge(&plan(&["1.1.1", "1.1.2"]), &[report("1.1.2", "OK", "OK")]);
        assert_eq!(wrong(&judgement), ("1.1.1", &Why::Missing));
        assert_eq!(judgement.right, ["1.1.2"]);
    }

    #[test]
    fn a_case_that_is_reported_twice_is_wrong_even_if_both_are_ok() {
        let judgement = judge(&plan(&["1.1.1"]), &[report("1.1.1", "OK", "OK"), report("1.1.1", "OK", "OK")]);
        assert_eq!(wrong(&judgement), ("1.1.1", &Why::Doubled));
        assert!(judgement.right.is_empty());
    }

    #[test]
    fn a_case_that_nobody_planned_is_wrong_even_if_it_is_ok() {
        let judgement = judge(&plan(&["1.1.1"]), &[report("1.1.1", "OK", "OK"), report("1.1.10", "OK", "OK")]);
        assert_eq!(wrong(&judgement), ("1.1.10", &Why::Unplanned));
    }

    #[test]
    fn any_word_but_ok_is_wrong_in_either_place() {
        for word in ["NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED", "ok", "", "SPLENDID"] {
            for bad in [report("6.4.1", word, "OK"), report("6.4.1", "OK", word)] {
                let judgement = judge(&plan(&["6.4.1"]), std::slice::from_ref(&bad));
                assert_eq!(wrong(&judgement), ("6.4.1", &Why::Verdict(bad)));
                assert!(judgement.right.is_empty());
            }
        }
    }

    #[test]
    fn the_three_cases_without_a_verdict_may_be_informational_and_no_other() {
        for case in ["7.1.6", "7.13.1", "7.13.2"] {
            let judgement = judge(&plan(&[case]), &[report(case, "INFORMATIONAL", "INFORMATIONAL")]);
            assert_eq!(judgement.right, [case]);
            for word in ["NON-STRICT", "UNIMPLEMENTED", "FAILED"] {
                for bad in [report(case, word, "INFORMATIONAL"), report(case, "INFORMATIONAL", word)] {
                    assert!(judge(&plan(&[case]), &[bad]).right.is_empty(), "{case} {word}");
                }
            }
        }
        assert_eq!(judge(&plan(&["7.1.6"]), &[report("7.1.6", "OK", "OK")]).right, ["7.1.6"]);
        // The suite never says OK of these two: if it did, it would be another suite.
        for case in ["7.13.1", "7.13.2"] {
            assert!(judge(&plan(&[case]), &[report(case, "OK", "OK")]).right.is_empty(), "{case}");
        }
        let other = [report("7.13.3", "INFORMATIONAL", "INFORMATIONAL")];
        assert!(judge(&plan(&["7.13.3"]), &other).right.is_empty());
    }

    #[test]
    fn a_wrong_case_is_shown_with_what_the_suite_said() {
        let bad = Report { words: vec!["result: late".to_owned()], ..report("6.4.1", "NON-STRICT", "OK") };
        let judgement = judge(&plan(&["6.4.1"]), &[bad]);
        assert_eq!(judgement.wrong[0].to_string(), "6.4.1: NON-STRICT, close OK\n    result: late");
    }
}
