//! The fuzz targets, and how each is built.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::fuzz::toolchain;
use crate::process::Output;
use crate::project::Project;

/// A fuzz target of `tests/fuzz`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) sanitizer: Sanitizer,
    /// Whether zlib-rs takes part: what it compares would make most of the time, and tells libFuzzer little.
    inflates: bool,
}

/// Whether memory is watched, which takes time. The core forbids unsafe code; zlib-rs, which inflates, does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sanitizer {
    Address,
    Without,
}

const fn plain(name: &'static str) -> Target {
    Target { name, sanitizer: Sanitizer::Without, inflates: false }
}

const fn inflating(name: &'static str) -> Target {
    Target { name, sanitizer: Sanitizer::Address, inflates: true }
}

pub(crate) const TARGETS: &[Target] = &[
    plain("feeding"),
    plain("encoding"),
    plain("heads"),
    plain("masking_utf8"),
    plain("tungstenite"),
    inflating("deflate"),
    inflating("compressed"),
];

impl Target {
    pub(crate) fn named(name: &str) -> Result<Self> {
        let Some(target) = TARGETS.iter().find(|target| target.name == name) else {
            let names = TARGETS.iter().map(|target| target.name).collect::<Vec<_>>().join(", ");
            bail!("there is no fuzz target `{name}`; the targets are {names}, and there is `python`");
        };
        Ok(*target)
    }

    /// Builds it with debug assertions, and says where it is.
    pub(crate) fn build(&self, project: &Project, output: &Output) -> Result<PathBuf> {
        let host = host()?;
        let folder = project.target(&format!("fuzz/{}", self.sanitizer.name()));
        let mut command = toolchain::cargo_fuzz(project)?;
        command.args(["build", "--target", &host, "--target-dir"]).arg(&folder);
        command.arg("--fuzz-dir").arg(project.path("tests/fuzz")).args(["--sanitizer", self.sanitizer.name()]);
        command.args(self.inflates.then_some("--no-trace-compares")).arg(self.name);
        output.run(&mut command).with_context(|| format!("the fuzz target {} cannot be built", self.name))?;
        Ok(folder.join(host).join("release").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX)))
    }
}

impl Sanitizer {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Without => "none",
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self> {
        let found = [Self::Address, Self::Without].into_iter().find(|sanitizer| sanitizer.name() == name);
        found.with_context(|| format!("there is no sanitizer `{name}`; there are `address` and `none`"))
    }
}

/// The machine as Rust calls it.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("`rustc` cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("`rustc -vV` names no host")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::TARGETS;
    use crate::project::Project;

    #[test]
    fn every_target_of_the_folder_is_listed() {
        let folder = Project::locate().unwrap().path("tests/fuzz/fuzz_targets");
        let files = std::fs::read_dir(folder).unwrap();
        let mut files: Vec<String> =
            files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
        let mut listed: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        files.sort();
        listed.sort_unstable();
        assert_eq!(files, listed);
    }
}
