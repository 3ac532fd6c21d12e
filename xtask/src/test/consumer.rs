//! An empty folder outside of the repository, in which the npm package is installed from its tarball, as a stranger would.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::npm;
use crate::process::Output;
use crate::project::Project;

/// An entry of the package; `tests/npm/runtimes/entries.mjs` says what else its line holds.
#[derive(Deserialize)]
pub(crate) struct Entry {
    /// What a program imports: `ws101`, `ws101/doctor`.
    name: String,
    /// The profile by which `attw` judges its types.
    pub(crate) attw: String,
}

impl Entry {
    /// The entries of `tests/npm/entries.json`, which all tests of the package share.
    pub(crate) fn all(project: &Project) -> Result<Vec<Self>> {
        let path = project.path("tests/npm/entries.json");
        let text = fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is no table of entries", path.display()))
    }

    /// As the package's `exports` names it: `.`, `./doctor`.
    pub(crate) fn subpath(&self) -> String {
        self.name.replacen("ws101", ".", 1)
    }
}

/// The folder; it is removed with this.
pub(crate) struct Consumer {
    pub(crate) folder: PathBuf,
}

impl Consumer {
    /// Installs the package for the stage `stage`.
    pub(crate) fn install(stage: &str, tarball: &Path, output: &Output) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("ws101-{stage}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let consumer = Self { folder };
        let folder = &consumer.folder;
        fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
        let mut command = npm::npm(folder);
        command.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]).arg(tarball);
        output.run(&mut command)?;
        Ok(consumer)
    }

    /// Copies the tests of the package in Node, and what these read, beside the package.
    pub(crate) fn add_tests(&self, project: &Project) -> Result<()> {
        let tests = project.path("tests/npm");
        let mut copied = 0;
        for entry in fs::read_dir(tests.join("consumer"))? {
            let entry = entry?;
            fs::copy(entry.path(), self.folder.join(entry.file_name()))?;
            copied += 1;
        }
        ensure!(copied > 0, "{} holds no tests", tests.display());
        fs::copy(tests.join("entries.json"), self.folder.join("entries.json"))?;
        // The repository's README has an example too.
        fs::copy(project.path("README.md"), self.folder.join("REPOSITORY-README.md"))?;
        // The types of Node itself, for the compiler that checks ours.
        let modules = self.folder.join("node_modules");
        fs::create_dir_all(modules.join("@types"))?;
        for package in ["@types/node", "undici-types"] {
            copy_folder(&tests.join("node_modules").join(package), &modules.join(package))?;
        }
        Ok(())
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        // A folder that cannot be removed is left to the system's own cleaning of temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} is missing", from.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Entry;
    use crate::project::Project;

    #[test]
    fn the_main_entry_is_first_and_each_has_its_place_in_exports() {
        let entries = Entry::all(&Project::locate().unwrap()).unwrap();
        assert_eq!(entries[0].subpath(), ".");
        assert!(entries[1..].iter().all(|entry| entry.subpath().starts_with("./")));
    }
}
