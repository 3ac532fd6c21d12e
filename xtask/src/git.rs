//! What git knows of the repository.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::describe;

/// Runs git in a folder, and gives what it printed.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    let output = command.output().context("`git` cannot be started: a release is made of what is committed")?;
    if !output.status.success() {
        bail!("`{}` failed: {}", describe(&command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Files that are not as they are committed, as `git status` tells of them.
pub(crate) fn uncommitted(folder: &Path) -> Result<Vec<String>> {
    Ok(git(folder, &["status", "--porcelain"])?.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::git;
    use crate::project::Project;

    #[test]
    fn git_answers_or_its_error_names_the_command() {
        let folder = Project::locate().unwrap().path("");
        assert_eq!(git(&folder, &["rev-parse", "HEAD"]).unwrap().trim().len(), 40);
        let error = git(&folder, &["no-such-command"]).unwrap_err().to_string();
        assert!(error.contains("git no-such-command"), "{error}");
    }
}
