//! The stages that look for what no test thought of: fuzzing, and Miri.

use std::process::Command;

use anyhow::Result;

use crate::fuzz::{self, Budget, NIGHTLY, Streams, TARGETS};
use crate::test::Bench;
use crate::test::checks::{Checks, Summary};

/// A short run: the known inputs and whatever comes to mind in these seconds.
const SECONDS: u64 = 4;

/// Streams that wsproto reads beside us.
const STREAMS: Streams = Streams { count: 5000, seed: 0 };

/// What the core is without `deflate`: zlib-rs frees memory in a way that Miri does not take, and is fuzzed with
/// `AddressSanitizer` instead.
const MIRI_FEATURES: &str = "std,simd,hixie76";

/// Every seed and every finding on the stable compiler, then a short run of each target and of the streams for Python.
pub(crate) fn fuzz(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let project = bench.project;
    checks.check(fuzz::cargo(project, "fmt").arg("--check"))?;
    let mut clippy = fuzz::cargo(project, "clippy --locked --all-targets --no-default-features");
    checks.check(clippy.args(["--", "-D", "warnings"]))?;
    checks.tests(&mut fuzz::cargo(project, "test --locked --no-default-features"), Summary::Cargo)?;
    let mut python = fuzz::python_command(project, STREAMS, checks.output())?;
    checks.check(&mut python)?;
    for &target in TARGETS {
        let budget = Budget { seconds: Some(SECONDS), executions: None };
        let run = fuzz::run_target(project, target, budget, checks.output())?;
        checks.note(run.headline());
        let findings = run.findings();
        for finding in &findings {
            checks.failed(finding)?;
        }
        if findings.is_empty() {
            checks.passed();
        }
    }
    Ok(())
}

/// Small streams, whole and cut at their boundaries, in an interpreter that sees every undefined behaviour.
pub(crate) fn miri(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let mut command = Command::new("rustup");
    command.args(["run", NIGHTLY, "cargo", "miri", "test", "--package", "ws101-core", "--test", "all"]);
    command.args(["--no-default-features", "--features", MIRI_FEATURES, "--", "boundary_splits::"]);
    command.current_dir(bench.project.path("")).env("CARGO_TARGET_DIR", bench.project.target("miri"));
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    checks.tests(&mut command, Summary::Cargo)
}
