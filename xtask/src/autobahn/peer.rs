//! What of ours is examined: the server and a client in Rust, or in Node with the npm package.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, Result};

use crate::autobahn::cases::Profile;
use crate::autobahn::run::Role;
use crate::autobahn::shard::AGENT;
use crate::folders::copy_folder;
use crate::package;
use crate::process::Output;
use crate::project::Project;

/// The programs that Node runs.
const EXAMPLE: &str = "wasm/js/examples/echo-node.mjs";
const SERVER: &str = "tests/autobahn/node/server.mjs";
const CLIENT: &str = "tests/autobahn/node/client.mjs";

/// Whose connections are examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    /// `ws101 serve`, and a client on `ws101-core`.
    Native,
    /// With `wasm/pkg`: its entry `ws101`, which is the echo server of the examples and a client over streams; or, where
    /// there is compression, `ws101/deflate`, both ends of which are streams.
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
    pub(crate) fn server(self, project: &Project, profile: Profile) -> Command {
        match self {
            Self::Native => {
                let mut command = Command::new(project.server());
                command.args(["serve", "--port", "0"]);
                command
            }
            Self::Node => {
                let mut command = node(project, if profile.compresses() { SERVER } else { EXAMPLE });
                command.arg("0");
                command
            }
        }
    }

    /// A client that walks through the cases of the suite's server at this port.
    pub(crate) fn client(self, project: &Project, profile: Profile, port: &str) -> Command {
        let mut command = match self {
            Self::Native => {
                Command::new(project.target(&format!("release/ws101-autobahn-client{}", std::env::consts::EXE_SUFFIX)))
            }
            Self::Node => node(project, CLIENT),
        };
        command.args([format!("127.0.0.1:{port}").as_str(), AGENT]);
        if self == Self::Node {
            command.arg(if profile.compresses() { "ws101/deflate" } else { "ws101" });
        }
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

/// Where one of the programs lies there.
fn place(project: &Project, program: &str) -> PathBuf {
    home(project).join(program.rsplit('/').next().unwrap_or(program))
}

fn node(project: &Project, program: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(place(project, program));
    command
}

fn set_up(project: &Project) -> Result<()> {
    let home = home(project);
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| format!("{} cannot be emptied", home.display()))?;
    }
    copy_folder(&package::folder(project), &home.join("node_modules/ws101"))?;
    for program in [EXAMPLE, SERVER, CLIENT] {
        fs::copy(project.path(program), place(project, program))
            .with_context(|| format!("{program} cannot be copied"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{CLIENT, EXAMPLE, Peer, SERVER};
    use crate::autobahn::cases::Profile;
    use crate::project::Project;

    #[test]
    fn an_unknown_peer_is_refused() {
        assert_eq!("node".parse::<Peer>().unwrap(), Peer::Node);
        assert!("deno".parse::<Peer>().unwrap_err().to_string().contains("native node"));
    }

    #[test]
    fn the_programs_are_there() {
        let project = Project::locate().unwrap();
        assert!([EXAMPLE, SERVER, CLIENT].iter().all(|program| project.path(program).is_file()));
    }

    #[test]
    fn in_node_the_entry_that_compresses_is_examined_where_the_profile_compresses() {
        let project = Project::locate().unwrap();
        let words = |command: Command| format!("{command:?}").replace('"', "");
        for (profile, server, entry) in [
            (Profile::Core, "echo-node.mjs 0", "ws101"),
            (Profile::Limits, "echo-node.mjs 0", "ws101"),
            (Profile::Ci, "server.mjs 0", "ws101/deflate"),
            (Profile::Full, "server.mjs 0", "ws101/deflate"),
        ] {
            assert!(words(Peer::Node.server(&project, profile)).ends_with(server), "{profile}");
            let client = format!("client.mjs 127.0.0.1:9 ws101 {entry}");
            assert!(words(Peer::Node.client(&project, profile, "9")).ends_with(&client), "{profile}");
        }
    }
}
