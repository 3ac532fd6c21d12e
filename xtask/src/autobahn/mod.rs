//! `cargo xtask autobahn`: the Autobahn testsuite against our server and our client.
//!
//! The suite plays the other end: its cases are spread over the processors, and what it says of each is judged here,
//! strictly. What it is and what it proves stands in `tests/autobahn/README.md`.

mod cases;
mod judge;
mod peer;
mod results;
mod run;
mod runtime;
mod shard;
mod summary;

use std::process::ExitCode;

use anyhow::{Result, bail};

pub(crate) use cases::Profile;
pub(crate) use peer::Peer;
pub(crate) use run::Role;
pub(crate) use runtime::Runtime;

use crate::module;
use crate::process::Output;
use crate::project::Project;
use crate::words::Words;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    peer: Peer,
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
    wanted.peer.build(&wanted.roles, project, &output, || module::build(project, &output))?;
    let mut runs = Vec::new();
    for role in wanted.roles {
        let run = role.run(wanted.peer, project, &runtime, wanted.profile)?;
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
        let (peer, roles) = (Peer::Native, Role::ALL.to_vec());
        let mut wanted = Self { peer, profile: Profile::Ci, roles, results: Results::Left };
        let mut words = Words::new(arguments);
        while let Some(word) = words.next()? {
            match word {
                "--peer" => wanted.peer = words.value()?.parse()?,
                "--profile" => wanted.profile = words.value()?.parse()?,
                "--role" => {
                    wanted.roles = match words.value()? {
                        "both" => Role::ALL.to_vec(),
                        role => vec![role.parse()?],
                    };
                }
                "--write" => wanted.results = Results::Written,
                _ => bail!(
                    "`cargo xtask autobahn` takes --peer native|node, --profile core|limits|ci|full, \
                     --role server|client|both and --write, but got `{word}`"
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
    use super::{Peer, Profile, Results, Role, Wanted};
    use crate::words;

    fn parse(text: &str) -> Result<Wanted, String> {
        Wanted::parse(&words::split(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_not_said_is_the_profile_ci_in_both_roles_of_the_native_peer() {
        let (peer, roles) = (Peer::Native, vec![Role::Server, Role::Client]);
        let wanted = Wanted { peer, profile: Profile::Ci, roles, results: Results::Left };
        assert_eq!(parse("").unwrap(), wanted);
        assert_eq!(parse("--role both --profile=ci").unwrap(), wanted);
    }

    #[test]
    fn what_is_said_is_done() {
        let wanted = parse("--role=client --peer node --profile full --write").unwrap();
        let (peer, roles) = (Peer::Node, vec![Role::Client]);
        assert_eq!(wanted, Wanted { peer, profile: Profile::Full, roles, results: Results::Written });
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        for (text, word) in [
            ("--profile", "needs a value"),
            ("--profile nightly", "nightly"),
            ("--role", "needs a value"),
            ("--role proxy", "proxy"),
            ("--peer deno", "deno"),
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
