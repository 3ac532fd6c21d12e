//! `cargo xtask browsers`: the cases of `doctor/cases` in real browsers, against the real server.
//!
//! The server plays each case (`/misbehave/<id>`), `tests/browsers` opens it in the browser and says what its page and
//! its console saw and what it sent. That is compared with what was measured before, and takes its place when asked to.

mod driver;
mod measure;
mod observer;
mod report;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use ws101_doctor::cases::{self, Browser, Case};

pub(crate) use measure::Run;

use crate::process::Output;
use crate::project::Project;
use crate::words::Words;
use crate::{npm, play, requirements, tools};

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    browsers: Vec<Browser>,
    /// Empty for all.
    ids: Vec<String>,
    outcome: Outcome,
}

/// What becomes of the measured data.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Compared,
    Written,
}

/// Runs what the arguments ask for; a difference that is not written makes the exit code 1.
pub(crate) fn browsers(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let wanted = Wanted::parse(arguments)?;
    let cases = wanted.cases()?;
    let output = Output::terminal();
    requirements::node()?;
    npm::install(&project.path("tests/browsers"), &output)?;
    if wanted.browsers.contains(&Browser::Chromium) {
        tools::chromium(&output)?;
    }
    if wanted.browsers.contains(&Browser::Firefox) {
        tools::firefox(&output)?;
    }
    play::server(project, &output)?;
    let mut differences = 0;
    for browser in wanted.browsers {
        let cases: Vec<&Case> = cases.iter().copied().filter(|case| !case.hangs.contains(&browser)).collect();
        let run = Run::of(project, browser, &cases)?;
        let found = run.differences(&cases);
        for difference in &found {
            println!("{difference}");
        }
        println!("{}", run.headline(found.len()));
        differences += found.len();
        if wanted.outcome == Outcome::Written {
            run.write(project)?;
        }
    }
    Ok(if differences == 0 || wanted.outcome == Outcome::Written { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Wanted {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut wanted = Self { browsers: Browser::ALL.to_vec(), ids: Vec::new(), outcome: Outcome::Compared };
        let mut words = Words::new(arguments);
        while let Some(word) = words.next()? {
            match word {
                "--browser" => wanted.browsers = browsers_named(words.value()?)?,
                "--case" => wanted.ids.push(words.value()?.to_owned()),
                "--write" => wanted.outcome = Outcome::Written,
                _ => bail!(
                    "`cargo xtask browsers` takes --browser chromium|firefox|both, --case ID and --write, \
                     but got `{word}`"
                ),
            }
        }
        Ok(wanted)
    }

    fn cases(&self) -> Result<Vec<&'static Case>> {
        if self.ids.is_empty() {
            return Ok(cases::all().iter().chain(cases::variations()).collect());
        }
        self.ids.iter().map(|id| find(id)).collect()
    }
}

/// The case of this id.
pub(crate) fn find(id: &str) -> Result<&'static Case> {
    cases::find(id).with_context(|| {
        let near = cases::near(id).join(" ");
        format!("there is no case `{id}`; {}", if near.is_empty() { "they stand in doctor/cases" } else { &near })
    })
}

fn browsers_named(name: &str) -> Result<Vec<Browser>> {
    let named: Vec<Browser> =
        Browser::ALL.into_iter().filter(|browser| name == "both" || name == browser.name()).collect();
    if named.is_empty() {
        bail!("there is no browser `{name}`; the browsers are: chromium firefox both");
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::{Browser, Outcome, Wanted};
    use crate::words;

    fn parse(text: &str) -> Result<Wanted, String> {
        Wanted::parse(&words::split(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_not_said_is_every_case_in_both_browsers() {
        let wanted = Wanted { browsers: Browser::ALL.to_vec(), ids: Vec::new(), outcome: Outcome::Compared };
        assert_eq!(parse("").unwrap(), wanted);
        assert!(wanted.cases().unwrap().len() > 1000);
    }

    #[test]
    fn what_is_said_is_done() {
        let wanted = parse("--browser=firefox --case masked --case good --write").unwrap();
        assert_eq!((&wanted.browsers[..], &wanted.outcome), (&[Browser::Firefox][..], &Outcome::Written));
        let ids: Vec<&str> = wanted.cases().unwrap().iter().map(|case| case.id.as_str()).collect();
        assert_eq!(ids, ["masked", "good"]);
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        for (text, word) in [("--browser", "needs a value"), ("--browser opera", "opera"), ("--all", "--all")] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
        let error = parse("--case mask").unwrap().cases().unwrap_err().to_string();
        assert!(error.contains("`mask`") && error.contains("masked"), "{error}");
    }
}
