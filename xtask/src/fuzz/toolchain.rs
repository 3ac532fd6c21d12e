//! What building a fuzz target takes: a nightly compiler, which alone can instrument, cargo-fuzz, and a compiler of C++
//! for libFuzzer.

use std::process::Command;

use anyhow::Result;

use crate::process::Output;
use crate::project::Project;
use crate::{requirements, tools};

/// Moved by hand, so that a new compiler breaks nothing on the day it appears.
pub(crate) const NIGHTLY: &str = "nightly-2026-10-30";

/// Installs all of it, unless it is there.
pub(super) fn install(project: &Project, output: &Output) -> Result<()> {
    requirements::rust_toolchain(NIGHTLY, output)?;
    tools::cpp_compiler(output)?;
    tools::cargo_fuzz(project, output)
}

/// `cargo fuzz`, in the pinned toolchain.
pub(super) fn cargo_fuzz(project: &Project) -> Result<Command> {
    let mut command = Command::new("rustup");
    command.args(["run", NIGHTLY, "cargo", "fuzz"]).env("PATH", tools::search_path(project)?);
    // What the cargo that runs us said of itself is not for that one.
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    Ok(command)
}
