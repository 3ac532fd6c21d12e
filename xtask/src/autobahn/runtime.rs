//! The suite and the Python 2.7 that it runs in: unpacked once into `target/tools/autobahn`, without root.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::Output;
use crate::project::Project;
use crate::tools;

/// Where the suite is to be had ready to run, by its makers.
const CONTAINER_IMAGE: &str = "crossbario/autobahn-testsuite";

const LOCK: &str = "tests/autobahn/runtime.lock.json";

/// The unpacked suite.
pub(crate) struct Runtime {
    folder: PathBuf,
    loader: PathBuf,
}

impl Runtime {
    /// Unpacks what the lock names, unless that very lock's archives are unpacked already.
    pub(crate) fn install(project: &Project, output: &Output) -> Result<Self> {
        let runtime =
            Self { folder: project.target("tools/autobahn"), loader: project.path("tests/autobahn/suite.py") };
        let lock = project.path(LOCK);
        let wanted = fs::read_to_string(&lock).with_context(|| format!("{} cannot be read", lock.display()))?;
        let stamp = runtime.folder.join(".installed-from");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(runtime);
        }
        let elsewhere = format!(
            "the Autobahn testsuite is unpacked here from packages of Debian for amd64. Elsewhere run it from its \
             container image, {CONTAINER_IMAGE}; tests/autobahn/README.md says how"
        );
        if !cfg!(all(target_os = "linux", target_arch = "x86_64")) || !tools::has_debian_packages() {
            bail!("{elsewhere}");
        }
        tools::pip(output)?;
        output.say("unpacking the Autobahn testsuite into target/tools/autobahn")?;
        output
            .run_with_retries(|| {
                // Nothing that a broken download left behind may stay. On the first run there is no folder to remove.
                let _ = fs::remove_dir_all(&runtime.folder);
                let mut command = Command::new("python3");
                command.arg(project.path("tests/autobahn/runtime.py")).arg(&lock).arg(&runtime.folder);
                command
            })
            .context(elsewhere)?;
        fs::write(stamp, wanted)?;
        Ok(runtime)
    }

    /// A command that runs the suite's loader, `suite.py`.
    pub(crate) fn command(&self) -> Command {
        let root = self.folder.join("root");
        let mut libraries = OsString::from(root.join("usr/lib/x86_64-linux-gnu"));
        libraries.push(":");
        libraries.push(root.join("usr/lib"));
        let mut command = Command::new(root.join("usr/lib/pypy/bin/pypy-c"));
        command.env("LD_LIBRARY_PATH", libraries).env("PYTHONPATH", self.folder.join("site"));
        // Shards start at once: two that write the same compiled file could meet.
        command.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONHOME");
        command.arg(&self.loader);
        command
    }
}
