//! The stage that keeps the benchmarks in order. It times nothing: a timing is no test.

use anyhow::Result;

use crate::bench::{cargo, node};
use crate::test::Bench;
use crate::test::checks::{Checks, Summary};

/// The benchmarks' own tests, and whether every contestant does what it says.
pub(crate) fn bench(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let cargo = |arguments| cargo(bench.project, arguments);
    checks.check(cargo("fmt").arg("--check"))?;
    checks.check(cargo("clippy --release --locked --all-targets").args(["--", "-D", "warnings"]))?;
    checks.tests(&mut cargo("test --release --locked"), Summary::Cargo)?;
    checks.check(cargo("run --release --locked --bin timing").args(["--", "--verify"]))?;

    bench.module(checks.output())?;
    checks.tests(node(bench.project).args(["--test", "--test-reporter=spec"]), Summary::NodeTest)?;
    checks.check(node(bench.project).args(["main.mjs", "--verify"]))
}
