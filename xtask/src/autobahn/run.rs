//! One run: the suite's shards against our server, or our client against the suite's shards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;

use crate::autobahn::cases::{self, Profile};
use crate::autobahn::judge::{Judgement, judge};
use crate::autobahn::peer::Peer;
use crate::autobahn::runtime::Runtime;
use crate::autobahn::shard::{AGENT, Shard};
use crate::project::Project;
use crate::running::Running;

/// Each is an interpreter of Python, which takes its memory and its time to start.
const MOST_SHARDS: usize = 16;

/// Which end of the connections is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Server,
    Client,
}

/// A finished run.
pub(crate) struct Run {
    pub(crate) peer: Peer,
    pub(crate) role: Role,
    pub(crate) profile: Profile,
    pub(crate) judgement: Judgement,
    /// What went wrong with the programs themselves.
    pub(crate) troubles: Vec<String>,
    /// Where the suite's reports are.
    pub(crate) folder: PathBuf,
    pub(crate) seconds: f64,
}

impl Role {
    pub(crate) const ALL: [Self; 2] = [Self::Server, Self::Client];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Client => "client",
        }
    }

    /// Runs the profile's cases, in as many shards as there are processors, up to a limit. Our end and the suite must be there.
    pub(crate) fn run(self, peer: Peer, project: &Project, runtime: &Runtime, profile: Profile) -> Result<Run> {
        let begin = Instant::now();
        let planned = profile.cases()?;
        let folder = project.target(&format!("autobahn/{}/{profile}/{}", peer.name(), self.name()));
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
        }
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let shards: Vec<Shard> = cases::shards(planned.clone(), processors.min(MOST_SHARDS))
            .into_iter()
            .enumerate()
            .map(|(number, cases)| Shard { folder: folder.join(format!("shard-{number}")), cases })
            .collect();
        for shard in &shards {
            fs::create_dir_all(&shard.folder)?;
        }
        let deadline = begin + patience(&shards);
        let troubles = match self {
            Self::Server => attack(&mut peer.server(project, profile), runtime, &folder, &shards, deadline)?,
            Self::Client => be_attacked(|port| peer.client(project, profile, port), runtime, &shards, deadline)?,
        };
        let mut reports = Vec::new();
        for shard in &shards {
            reports.extend(shard.reports()?);
        }
        let judgement = judge(&planned, &reports);
        Ok(Run { peer, role: self, profile, judgement, troubles, folder, seconds: begin.elapsed().as_secs_f64() })
    }
}

impl FromStr for Role {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|role| role.name() == text);
        found.with_context(|| format!("there is no role `{text}`; the roles are: server client both"))
    }
}

/// The suite is the client of our server.
fn attack(
    server: &mut Command,
    runtime: &Runtime,
    folder: &Path,
    shards: &[Shard],
    deadline: Instant,
) -> Result<Vec<String>> {
    let (mut server, line) = Running::start_and_listen(server, &folder.join("ws101.log"))?;
    let port = line.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse::<u16>().ok());
    let port = port.with_context(|| format!("ws101 did not say where it listens: {line:?}"))?;
    let url = format!("ws://127.0.0.1:{port}/echo");
    let suites = shards
        .iter()
        .map(|shard| {
            let mut command =
                shard.suite(runtime, "client", &json!({ "servers": [{ "agent": AGENT, "url": url }] }))?;
            Running::start(&mut command, &shard.folder.join("suite.log"))
        })
        .collect::<Result<Vec<_>>>()?;
    let mut troubles = wait(suites, deadline);
    troubles.extend(server.must_still_run().err().map(|error| format!("{error:#}")));
    Ok(troubles)
}

/// The suite is the server of our client.
fn be_attacked(
    client: impl Fn(&str) -> Command,
    runtime: &Runtime,
    shards: &[Shard],
    deadline: Instant,
) -> Result<Vec<String>> {
    let (mut suites, mut clients) = (Vec::new(), Vec::new());
    for shard in shards {
        // The port of this address is not used: the loader takes a free one, and says which.
        let mut command = shard.suite(runtime, "server", &json!({ "url": "ws://127.0.0.1" }))?;
        let (suite, port) = Running::start_and_listen(&mut command, &shard.folder.join("suite.log"))?;
        suites.push(suite);
        clients.push(Running::start(&mut client(&port), &shard.folder.join("ws101.log"))?);
    }
    Ok(wait(clients, deadline))
}

/// Waits for programs that end by themselves, and says which did not end well.
fn wait(programs: Vec<Running>, deadline: Instant) -> Vec<String> {
    let ends = programs.into_iter().map(|mut program| program.wait(deadline));
    ends.filter_map(|end| end.err().map(|error| format!("{error:#}"))).collect()
}

/// A machine may be slower than the one on which the cases were timed, but not without end.
fn patience(shards: &[Shard]) -> Duration {
    let longest = shards.iter().map(|shard| cases::seconds(&shard.cases)).fold(0.0, f64::max);
    Duration::from_secs_f64(60.0 + 4.0 * longest)
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn an_unknown_role_is_refused() {
        assert_eq!("client".parse::<Role>().unwrap(), Role::Client);
        assert!("proxy".parse::<Role>().unwrap_err().to_string().contains("server client both"));
    }
}
