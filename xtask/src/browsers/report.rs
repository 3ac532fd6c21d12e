//! What is new in a run, and the files that keep it.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use ws101_doctor::cases::{Case, Measured, Measurements};

use crate::browsers::Run;
use crate::project::Project;

impl Run {
    /// What is new, case by case.
    pub(crate) fn differences(&self, cases: &[&Case]) -> Vec<String> {
        let changed = cases.iter().filter_map(|case| {
            let (was, is) = (case.measured.by(self.browser), self.measured.get(&case.id)?);
            let name = self.browser.title();
            match was {
                None => Some(format!("{}: {name} was not measured, and did {}", case.id, told(is))),
                Some(was) if self.contradicts(case) => {
                    Some(format!("{}: {name} did {}\n  and now did {}", case.id, told(was), told(is)))
                }
                Some(_) => None,
            }
        });
        changed.collect()
    }

    /// How it went, in a line.
    pub(crate) fn headline(&self, differences: usize) -> String {
        let Self { browser, version, measured, seconds, .. } = self;
        let changed = match differences {
            0 => "as measured before".to_owned(),
            _ => format!("{differences} new or otherwise than before"),
        };
        format!("{} {version}: {} cases in {seconds:.0} s, {changed}", browser.title(), measured.len())
    }

    /// Writes what was measured, beside what is known of the cases that did not run; cases that are no more are left out.
    pub(crate) fn write(&self, project: &Project) -> Result<()> {
        let mut cases = self.browser.measurements().cases;
        cases.extend(self.measured.clone());
        cases.retain(|id, _| ws101_doctor::cases::find(id).is_some());
        let measurements = Measurements {
            browser: self.browser.title().to_owned(),
            version: self.version.clone(),
            date: self.date.clone(),
            cases,
        };
        let path = project.path(&format!("doctor/cases/measured/{}.json", self.browser.name()));
        fs::write(&path, lined(&measurements)?).with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// JSON with a line a case, so that a change shows what has changed.
fn lined(measurements: &Measurements) -> Result<String> {
    let Measurements { browser, version, date, cases } = measurements;
    let mut text = format!(
        "{{\n  \"browser\": {},\n  \"version\": {},\n  \"date\": {},\n  \"cases\": {{",
        serde_json::to_string(browser)?,
        serde_json::to_string(version)?,
        serde_json::to_string(date)?
    );
    for (index, (id, measured)) in cases.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(text, "{comma}\n    {}: {}", serde_json::to_string(id)?, serde_json::to_string(measured)?)?;
    }
    text.push_str("\n  }\n}\n");
    Ok(text)
}

fn told(measured: &Measured) -> String {
    let Measured { events, message, close_sent } = measured;
    let message = message.as_ref().map_or_else(|| "no message".to_owned(), |message| format!("message {message:?}"));
    let close = match close_sent {
        None => "no Close sent".to_owned(),
        Some(sent) => {
            format!("Close sent {} {:?}", sent.code.map_or("-".to_owned(), |code| code.to_string()), sent.reason)
        }
    };
    let events: Vec<String> = events.iter().map(|event| event.chars().take(120).collect()).collect();
    format!("{}; {message}; {close}", events.join("; "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::lined;
    use crate::browsers::{Run, find};
    use ws101_doctor::cases::{Browser, Measurements};

    #[test]
    fn what_is_written_is_read_again() {
        for browser in Browser::ALL {
            let measurements = browser.measurements();
            let text = lined(&measurements).unwrap();
            assert_eq!(serde_json::from_str::<Measurements>(&text).unwrap(), measurements);
            assert_eq!(text.lines().count(), measurements.cases.len() + 7);
        }
    }

    #[test]
    fn a_difference_is_told_and_a_race_is_none() {
        let masked = find("masked").unwrap();
        let race = find("fin-with-head").unwrap();
        let mut other = masked.measured.firefox.clone().unwrap();
        other.events.pop();
        let measured = BTreeMap::from([(masked.id.clone(), other.clone()), (race.id.clone(), other)]);
        let run =
            Run { browser: Browser::Firefox, version: "1".into(), date: "2000-01-01".into(), measured, seconds: 1.0 };
        let differences = run.differences(&[masked, race]);
        assert_eq!(differences.len(), 1);
        assert!(differences[0].starts_with("masked: Firefox did open"), "{differences:?}");
    }
}
