//! The stage of the Autobahn testsuite: our server and our client, each against the other end that the suite plays.

use anyhow::Result;

use crate::autobahn::{Peer, Profile, Role, Runtime};
use crate::test::Bench;
use crate::test::checks::{Checks, Tally};

/// What a change is held to; `cargo xtask autobahn --profile full` runs every case in both roles.
const RUNS: [(Peer, Role, Profile); 6] = [
    (Peer::Native, Role::Server, Profile::Ci),
    (Peer::Native, Role::Client, Profile::Core),
    (Peer::Node, Role::Server, Profile::Core),
    (Peer::Node, Role::Client, Profile::Core),
    (Peer::Node, Role::Server, Profile::Ci),
    (Peer::Node, Role::Client, Profile::Ci),
];

/// Every case of the suite is a test of the stage.
pub(crate) fn autobahn(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let runtime = Runtime::install(bench.project, checks.output())?;
    for (peer, role, profile) in RUNS {
        peer.build(&[role], bench.project, checks.output(), || bench.module(checks.output()))?;
        let run = role.run(peer, bench.project, &runtime, profile)?;
        checks.output().say(&run.summary())?;
        checks.note(run.headline());
        checks.count(Tally { passed: run.judgement.right.len(), failed: run.judgement.wrong.len() });
        for trouble in &run.troubles {
            checks.failed(trouble)?;
        }
    }
    Ok(())
}
