//! npm folders: `npm ci` from a committed lockfile, and the programs and scripts in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::Output;
use crate::requirements::program;

/// Installs what the folder's lockfile names, unless that very lockfile is installed already.
pub(crate) fn install(folder: &Path, output: &Output) -> Result<()> {
    let lockfile = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lockfile)
        .with_context(|| format!("{} is missing: it belongs in the repository", lockfile.display()))?;
    let stamp = stamp(folder);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    output.run_with_retries(|| {
        let mut command = npm(folder);
        command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        command
    })?;
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// Has the next `install` begin anew.
pub(crate) fn forget(folder: &Path) -> Result<()> {
    let stamp = stamp(folder);
    fs::remove_file(&stamp).with_context(|| format!("{} cannot be removed", stamp.display()))
}

/// The lockfile that was installed.
fn stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".installed-from")
}

/// `npm`, run in a folder.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new(program("npm"));
    command.current_dir(folder);
    plain(&mut command);
    command
}

/// `npm run SCRIPT`, run in a folder.
pub(crate) fn script(folder: &Path, name: &str) -> Command {
    let mut command = npm(folder);
    command.args(["run", "--silent", name]);
    command
}

/// A program that a folder's packages brought, without a search of PATH.
pub(crate) fn local(folder: &Path, name: &str) -> Command {
    let ending = if cfg!(windows) { ".cmd" } else { "" };
    let path: PathBuf = folder.join("node_modules").join(".bin").join(format!("{name}{ending}"));
    let mut command = Command::new(path);
    command.current_dir(folder);
    plain(&mut command);
    command
}

/// No colours: what is printed goes into logs and is counted. An inherited `FORCE_COLOR` would win over `NO_COLOR`.
fn plain(command: &mut Command) {
    command.env("NO_COLOR", "1").env_remove("FORCE_COLOR");
}

#[cfg(test)]
mod tests {
    use super::install;
    use crate::process::Output;

    #[test]
    fn a_folder_without_a_lockfile_is_an_error_that_names_it() {
        let error = install(std::path::Path::new("no-such-folder"), &Output::terminal()).unwrap_err();
        assert!(error.to_string().contains("package-lock.json"), "{error}");
    }
}
