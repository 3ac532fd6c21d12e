//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

/// The workspace: its root folder, its target folder and what cargo knows of its packages.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
    metadata: Value,
}

impl Project {
    /// Asks cargo, so that `CARGO_TARGET_DIR` and cargo's configuration count here as they do for cargo.
    pub(crate) fn locate() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("Cargo.toml");
        let output = Command::new(cargo_program())
            .args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"])
            .arg(&manifest)
            .output()
            .context("cargo could not be started to read the workspace")?;
        anyhow::ensure!(
            output.status.success(),
            "cargo could not read {}:\n{}",
            manifest.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
        let folder = |key: &str| -> Result<PathBuf> {
            let text = metadata[key].as_str().with_context(|| format!("cargo metadata names no {key}"))?;
            Ok(PathBuf::from(text))
        };
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")?, metadata })
    }

    /// A path in the repository, from its parts separated by `/`.
    pub(crate) fn path(&self, parts: &str) -> PathBuf {
        parts.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// A path in cargo's target folder, from its parts separated by `/`.
    pub(crate) fn target(&self, parts: &str) -> PathBuf {
        parts.split('/').fold(self.target.clone(), |path, part| path.join(part))
    }

    /// The version of a workspace package, as in its `Cargo.toml`.
    pub(crate) fn version(&self, package: &str) -> Result<&str> {
        self.package(package)?["version"].as_str().context("a package without a version")
    }

    /// The oldest Rust that a workspace package promises.
    pub(crate) fn rust_version(&self, package: &str) -> Result<&str> {
        self.package(package)?["rust_version"].as_str().context("a package without a rust-version")
    }

    /// The folder of a workspace package.
    pub(crate) fn folder(&self, package: &str) -> Result<PathBuf> {
        let manifest = self.package(package)?["manifest_path"].as_str().context("a package without a manifest")?;
        Ok(Path::new(manifest).parent().context("a manifest has a folder")?.to_owned())
    }

    /// The features that a workspace package declares, without `default`, in alphabetical order.
    pub(crate) fn features(&self, package: &str) -> Result<Vec<String>> {
        let features = self.package(package)?["features"].as_object().context("a package without features")?;
        Ok(features.keys().filter(|name| *name != "default").cloned().collect())
    }

    /// A `cargo` command that runs in the workspace.
    pub(crate) fn cargo(&self, arguments: &str) -> Command {
        let mut command = Command::new(cargo_program());
        command.current_dir(&self.root).args(arguments.split_whitespace());
        command
    }

    /// A `cargo` command for a workspace of its own in `folder`, which builds into `target` beside the other target folders.
    pub(crate) fn cargo_in(&self, folder: &str, target: &str, arguments: &str) -> Command {
        let mut command = self.cargo(arguments);
        command.arg("--manifest-path").arg(self.path(folder).join("Cargo.toml"));
        command.env("CARGO_TARGET_DIR", self.target(target));
        command
    }

    /// The server as `cargo build --release` leaves it.
    pub(crate) fn server(&self) -> PathBuf {
        self.target(&format!("release/ws101{}", std::env::consts::EXE_SUFFIX))
    }

    /// What cargo knows of every workspace package.
    pub(crate) fn packages(&self) -> Result<&[Value]> {
        Ok(self.metadata["packages"].as_array().context("cargo metadata lists no packages")?)
    }

    fn package(&self, name: &str) -> Result<&Value> {
        self.packages()?
            .iter()
            .find(|package| package["name"] == name)
            .with_context(|| format!("the workspace has no package {name}"))
    }
}

/// The cargo that runs us, so that a nested call uses the same toolchain.
fn cargo_program() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

#[cfg(test)]
mod tests {
    use super::Project;

    #[test]
    fn the_core_has_features_and_default_is_not_counted_as_one() {
        let features = Project::locate().unwrap().features("ws101-core").unwrap();
        assert!(features.contains(&"alloc".to_owned()), "{features:?}");
        assert!(!features.contains(&"default".to_owned()), "{features:?}");
    }

    #[test]
    fn an_unknown_package_is_named_in_the_error() {
        let error = Project::locate().unwrap().version("ws102").unwrap_err();
        assert!(error.to_string().contains("ws102"), "{error}");
    }
}
