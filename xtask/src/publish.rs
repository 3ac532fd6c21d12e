//! `cargo xtask package`: lays out what a release publishes, from what is committed and nothing else.
//!
//! The crates are published from a clean clone, in which the built page lies inside the server's folder: a published
//! crate holds its own folder alone.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::folders::copy_folder;
use crate::git::{git, uncommitted};
use crate::process::Output;
use crate::project::Project;
use crate::{module, package, page};

/// The crates that are published, each behind those that it needs.
pub(crate) const CRATES: [&str; 3] = ["ws101-core", "ws101-doctor", "ws101"];

/// The page's folder in the published crate; `server/build.rs` knows it too.
const PAGE: &str = "server/page";

/// The clean clone.
pub(crate) struct Tree {
    folder: PathBuf,
    target: PathBuf,
}

/// Builds the page and the npm package, and lays out what is to be published.
pub(crate) fn package(project: &Project) -> Result<()> {
    let output = Output::terminal();
    let changed = uncommitted(&project.path(""))?;
    if !changed.is_empty() {
        bail!("a release is made of what is committed, and this is not:\n{}", changed.join("\n"));
    }
    module::build(project, &output)?;
    page::build(project, &output)?;
    let tarball = package::pack(project, &output)?;
    let tree = Tree::lay_out(project, &output)?;
    println!("\nIn {}:\n  {}", tree.folder.display(), Tree::publish_words("").join(" "));
    println!("The npm package:\n  npm publish {}", tarball.display());
    Ok(())
}

impl Tree {
    /// Clones what is committed into `target/publish/tree`, and copies the page in `www/dist` into it.
    pub(crate) fn lay_out(project: &Project, output: &Output) -> Result<Self> {
        let folder = project.target("publish/tree");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
        let mut clone = Command::new("git");
        clone.args(["clone", "--quiet", "--no-hardlinks"]).arg(project.path("")).arg(&folder);
        output.run(&mut clone)?;
        let tree = Self { folder, target: project.target("publish/build") };
        let page = PAGE.split('/').fold(tree.folder.clone(), |path, part| path.join(part));
        copy_folder(&project.path("www/dist"), &page)?;
        // What is published is what is committed and the page: nothing else may have come in.
        let status = git(&tree.folder, &["status", "--porcelain", "--ignored"])?;
        ensure!(status.trim() == format!("!! {PAGE}/"), "the clean clone is not clean:\n{status}");
        Ok(tree)
    }

    /// Does all of `cargo publish` but the upload: every crate is packed, unpacked, and built from what was packed.
    pub(crate) fn rehearse(&self, project: &Project) -> Command {
        let words = Self::publish_words(" --dry-run");
        self.cargo(project, &words[1..].join(" "))
    }

    /// A crate as the rehearsal unpacked it.
    pub(crate) fn unpacked(&self, project: &Project, name: &str) -> Result<PathBuf> {
        Ok(self.target.join("package").join(format!("{name}-{}", project.version(name)?)))
    }

    /// A `cargo` command in the clone. It builds without debug assertions, because `rust-embed` embeds what is built so.
    pub(crate) fn cargo(&self, project: &Project, arguments: &str) -> Command {
        let mut command = project.cargo(arguments);
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        command.env("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false").env("CARGO_PROFILE_DEV_DEBUG", "0");
        command
    }

    /// The page is not committed, which cargo must be told to allow.
    fn publish_words(options: &str) -> Vec<String> {
        let line = format!("cargo publish --locked --allow-dirty{options}");
        let packages = CRATES.iter().flat_map(|name| ["--package", name]);
        line.split(' ').chain(packages).map(str::to_owned).collect()
    }
}
