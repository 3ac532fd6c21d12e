//! What of ours is examined: the server and a client in Rust, or in Node with the npm package.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, Result};

use crate::autobahn::run::Role;
use crate::autobahn::shard::AGENT;
use crate::folders::copy_folder;
use crate::package;
use crate::process::Output;
use crate::project::Project;

/// The programs that Node runs, and what they are called where they run.
const PROGRAMS: [(&str, &str); 2] =
    [("wasm/js/examples/echo-node.mjs", "server.mjs"), ("tests/autobahn/node/client.mjs", "client.mjs")];

/// Whose connections are examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    /// `ws101 serve`, and a client on `ws101-core`.
    Native,
    /// The echo server of the examples, and a client over streams, with `wasm/pkg`.
    Node,
}

impl Peer {
    pub(crate) const ALL: [Self; 2] = [Self::Native, Self::Node];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Node => "node",
        }
    }

    /// Builds what these roles take; `module` builds the npm package.
    pub(crate) fn build(
        self,
        roles: &[Role],
        project: &Project,
        output: &Output,
        module: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        if self == Self::Node {
            module()?;
            return set_up(project);
        }
        roles.iter().try_for_each(|role| match role {
            Role::Server => crate::play::server(project, output),
            Role::Client => output.run(&mut project.cargo("build --release --package ws101-autobahn-client")),
        })
    }

    /// A server that says on its first line of output at which address it listens, on a free port, and which echoes what
    /// comes to `/echo`.
    pub(crate) fn server(self, project: &Project) -> Command {
        match self {
            Self::Native => {
                let mut command = Command::new(project.server());
                command.args(["serve", "--port", "0"]);
                command
            }
            Self::Node => {
                let mut command = Command::new("node");
                command.arg(home(project).join("server.mjs")).arg("0");
                command
            }
        }
    }

    /// A client that walks through the cases of the suite's server at this port.
    pub(crate) fn client(self, project: &Project, port: &str) -> Command {
        let mut command = match self {
            Self::Native => {
                Command::new(project.target(&format!("release/ws101-autobahn-client{}", std::env::consts::EXE_SUFFIX)))
            }
            Self::Node => {
                let mut command = Command::new("node");
                command.arg(home(project).join("client.mjs"));
                command
            }
        };
        command.args([format!("127.0.0.1:{port}").as_str(), AGENT]);
        command
    }
}

impl FromStr for Peer {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|peer| peer.name() == text);
        found.with_context(|| format!("there is no peer `{text}`; the peers are: native node"))
    }
}

/// Where the programs for Node lie beside the package, as programs of a stranger would.
fn home(project: &Project) -> PathBuf {
    project.target("autobahn/node-programs")
}

fn set_up(project: &Project) -> Result<()> {
    let home = home(project);
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| format!("{} cannot be emptied", home.display()))?;
    }
    copy_folder(&package::folder(project), &home.join("node_modules/ws101"))?;
    for (from, to) in PROGRAMS {
        fs::copy(project.path(from), home.join(to)).with_context(|| format!("{from} cannot be copied"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PROGRAMS, Peer};
    use crate::project::Project;

    #[test]
    fn an_unknown_peer_is_refused() {
        assert_eq!("node".parse::<Peer>().unwrap(), Peer::Node);
        assert!("deno".parse::<Peer>().unwrap_err().to_string().contains("native node"));
    }

    #[test]
    fn the_programs_are_there() {
        let project = Project::locate().unwrap();
        assert!(PROGRAMS.iter().all(|(from, _)| project.path(from).is_file()));
    }
}
