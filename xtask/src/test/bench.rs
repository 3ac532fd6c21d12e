//! The stage that keeps the benchmark in order. It times nothing: a timing is no test.

use anyhow::Result;

use crate::bench::cargo;
use crate::test::Bench;
use crate::test::checks::{Checks, Summary};

/// The benchmark's own tests, and whether every contestant does what it says.
pub(crate) fn bench(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let cargo = |arguments| cargo(bench.project, arguments);
    checks.check(cargo("fmt").arg("--check"))?;
    checks.check(cargo("clippy --release --locked --all-targets").args(["--", "-D", "warnings"]))?;
    checks.tests(&mut cargo("test --release --locked"), Summary::Cargo)?;
    checks.check(cargo("run --release --locked --bin timing").args(["--", "--verify"]))
}
