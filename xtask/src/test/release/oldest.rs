//! The oldest Rust and the oldest Node that are promised, tried.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result};

use crate::npm;
use crate::package;
use crate::process::Output;
use crate::project::Project;
use crate::requirements::{self, OLDEST_NODE};
use crate::test::checks::Checks;
use crate::test::rust::feature_sets;

/// The libraries, which promise an older compiler than the one of this repository. That one is tried by all other stages.
const LIBRARIES: [&str; 2] = ["ws101-core", "ws101-doctor"];

/// Installs the compilers that the libraries promise.
pub(crate) fn install(project: &Project, output: &Output) -> Result<()> {
    let versions = LIBRARIES.iter().map(|package| project.rust_version(package)).collect::<Result<BTreeSet<_>>>()?;
    versions.into_iter().try_for_each(|version| requirements::rust_toolchain(version, output))
}

/// No feature, each alone, and all.
pub(super) fn rust(project: &Project, checks: &mut Checks) -> Result<()> {
    for package in LIBRARIES {
        let version = project.rust_version(package)?;
        for features in feature_sets(project, package)? {
            let mut command = Command::new("rustup");
            command.args(["run", version, "cargo", "check", "--locked", "--package", package, "--no-default-features"]);
            command.args(&features).current_dir(project.path(""));
            command.env("CARGO_TARGET_DIR", project.target("oldest"));
            // What the cargo that runs us said of itself is not for that one.
            command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
            checks.check(&mut command)?;
        }
    }
    Ok(())
}

/// Loads every entry of `wasm/pkg` in the oldest Node, and has each do something. All other stages run in the Node that is
/// installed: where that is the oldest, they have tried it too.
pub(super) fn node(project: &Project, checks: &mut Checks) -> Result<()> {
    let installed = requirements::node_major()?;
    let mut command = if installed == OLDEST_NODE {
        Command::new("node")
    } else {
        checks.note(format!("Node {installed} is installed; Node {OLDEST_NODE} comes from npm, for one check"));
        npm::package_program(&project.path("tests/npm"), &format!("node@{OLDEST_NODE}"))
    };
    command.current_dir(project.path("tests/npm")).arg("oldest.mjs").arg(OLDEST_NODE.to_string());
    checks.check(command.arg(package::folder(project))).context("the oldest Node cannot be tried")
}
