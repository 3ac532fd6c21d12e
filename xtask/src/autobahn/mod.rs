//! `cargo xtask autobahn`: the Autobahn testsuite against our server and our client.
//!
//! The suite plays the other end: its cases are spread over the processors, and what it says of each is judged here,
//! strictly. What it is and what it proves stands in `tests/autobahn/README.md`.

mod cases;
mod judge;
mod results;
mod run;
mod runtime;
mod shard;
mod summary;

use std::process::ExitCode;

use anyhow::{Result, bail};

pub(crate) use cases::Profile;
pub(crate) use run::Role;
pub(crate) use runtime::Runtime;

use crate::process::Output;
use crate::project::Project;
use crate::words::Words;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    profile: Profile,
    roles: Vec<Role>,
    results: Results,
}

/// What becomes of `RESULTS.md`.
#[derive(Debug, PartialEq, Eq)]
enum Results {
    Left,
    Written,
}

/// Runs what the arguments ask for; a case that is not right makes the exit code 1.
pub(crate) fn autobahn(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let wanted = Wanted::parse(arguments)?;
    let output = Output::terminal();
    let runtime = Runtime::install(project, &output)?;
    let mut runs = Vec::new();
    for role in wanted.roles {
        role.build(project, &output)?;
        let run = role.run(project, &runtime, wanted.profile)?;
        println!("\n{}", run.summary());
        runs.push(run);
    }
    if wanted.results == Results::Written {
        results::write(project, &runs)?;
    }
    Ok(if runs.iter().all(run::Run::is_success) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Wanted {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut wanted = Self { profile: Profile::Ci, roles: Role::ALL.to_vec(), results: Results::Left };
        let mut words = Words::new(arguments);
        while let Some(word) = words.next()? {
            match word {
                "--profile" => wanted.profile = words.value()?.parse()?,
                "--role" => {
                    wanted.roles = match words.value()? {
                        "both" => Role::ALL.to_vec(),
                        role => vec![role.parse()?],
                    };
                }
                "--write" => wanted.results = Results::Written,
                _ => bail!(
                    "`cargo xtask autobahn` takes --profile core|limits|ci|full, --role server|client|both and --write, \
                     but got `{word}`"
                ),
            }
        }
        if wanted.results == Results::Written && wanted.profile != Profile::Full {
            bail!("--write puts the run into tests/autobahn/RESULTS.md, beside runs of all cases: add --profile full");
        }
        Ok(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Profile, Results, Role, Wanted};
    use crate::words;

    fn parse(text: &str) -> Result<Wanted, String> {
        Wanted::parse(&words::split(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_not_said_is_the_profile_ci_in_both_roles() {
        let wanted = Wanted { profile: Profile::Ci, roles: vec![Role::Server, Role::Client], results: Results::Left };
        assert_eq!(parse("").unwrap(), wanted);
        assert_eq!(parse("--role both --profile=ci").unwrap(), wanted);
    }

    #[test]
    fn what_is_said_is_done() {
        let wanted = parse("--role=client --profile full --write").unwrap();
        assert_eq!(wanted, Wanted { profile: Profile::Full, roles: vec![Role::Client], results: Results::Written });
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        for (text, word) in [
            ("--profile", "needs a value"),
            ("--profile nightly", "nightly"),
            ("--role", "needs a value"),
            ("--role proxy", "proxy"),
            ("--quick", "--quick"),
            ("core", "core"),
            ("--write", "--profile full"),
            ("--write --profile core", "--profile full"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
