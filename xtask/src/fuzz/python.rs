//! wsproto, and the program that compares what it reads with what we read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::Output;
use crate::project::Project;
use crate::tools;

const REQUIREMENTS: &str = "tests/fuzz/python/requirements.txt";

/// How many streams, and which: a seed makes the same ones every time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Streams {
    pub(crate) count: u64,
    pub(crate) seed: u64,
}

impl Default for Streams {
    fn default() -> Self {
        Self { count: 200_000, seed: 0 }
    }
}

/// Puts wsproto into `target/tools/wsproto`, unless that very version is there, and says where it is.
pub(super) fn install(project: &Project, output: &Output) -> Result<PathBuf> {
    let folder = project.target("tools/wsproto");
    let requirements = project.path(REQUIREMENTS);
    let wanted =
        fs::read_to_string(&requirements).with_context(|| format!("{} cannot be read", requirements.display()))?;
    let stamp = folder.join(".installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    tools::pip(output)?;
    output.say("installing wsproto into target/tools/wsproto")?;
    output
        .run_with_retries(|| {
            // Nothing that a broken download left behind may stay. On the first run there is no folder to remove.
            let _ = fs::remove_dir_all(&folder);
            let mut command = Command::new("python3");
            command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
            command.args(["--require-hashes", "--target"]).arg(&folder).arg("--requirement").arg(&requirements);
            command
        })
        .context("wsproto cannot be installed")?;
    fs::write(stamp, wanted)?;
    Ok(folder)
}

impl Streams {
    /// What compares them, with wsproto in `packages`.
    pub(super) fn command(self, project: &Project, packages: &Path) -> Command {
        let mut command = super::cargo(project, "run --quiet --locked --no-default-features --example python");
        command.env("PYTHONPATH", packages).env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONHOME");
        command.args(["--", "python3", "--streams"]).arg(self.count.to_string());
        command.arg("--seed").arg(self.seed.to_string());
        command
    }
}
