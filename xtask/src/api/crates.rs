//! What the published libraries offer, read out of what rustdoc writes in JSON; only a nightly compiler writes it.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use public_api::Builder;

use super::{Of, Surface};
use crate::fuzz::NIGHTLY;
use crate::process::Output;
use crate::project::Project;

/// Each with its folder.
const LIBRARIES: [(&str, &str); 2] = [("ws101-core", "core"), ("ws101-doctor", "doctor")];

pub(super) fn surfaces(project: &Project, output: &Output) -> Result<Vec<Surface>> {
    let surface = |(package, folder): (&str, &str)| {
        output.run(&mut rustdoc(project, package))?;
        let json = project.target(&format!("api/doc/{}.json", package.replace('-', "_")));
        let text = text(&json).with_context(|| format!("{} cannot be read", json.display()))?;
        Ok(Surface { name: package.to_owned(), file: format!("{folder}/public-api.txt"), text, of: Of::Crate })
    };
    LIBRARIES.into_iter().map(surface).collect()
}

/// With every feature, and with what docs.rs sets, so that it is seen to compile there.
fn rustdoc(project: &Project, package: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", NIGHTLY, "cargo", "rustdoc", "--quiet", "--locked", "--lib", "--all-features"]);
    command.args(["--package", package, "--", "--cfg", "docsrs", "-Z", "unstable-options", "--output-format", "json"]);
    command.current_dir(project.path("")).env("CARGO_TARGET_DIR", project.target("api"));
    // What the cargo that runs us said of itself is not for that one.
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    command
}

/// Every public item; of what is derived that it is, and of the automatic traits which are missing.
fn text(json: &Path) -> Result<String> {
    let lines = |builder: Builder| -> Result<Vec<String>> {
        Ok(builder.omit_blanket_impls(true).build()?.items().map(ToString::to_string).collect())
    };
    let builder = || Builder::from_rustdoc_json(json);
    let everything = lines(builder())?;
    let with_derived: HashSet<_> = lines(builder().omit_auto_trait_impls(true))?.into_iter().collect();
    let written = lines(builder().omit_auto_trait_impls(true).omit_auto_derived_impls(true))?;
    let written: HashSet<_> = written.into_iter().collect();
    let kept = everything.into_iter().filter(|line| {
        let derived = with_derived.contains(line) && line.starts_with("impl") && !line.contains("StructuralPartialEq");
        written.contains(line) || derived || is_missing_trait(line)
    });
    Ok(kept.flat_map(|line| [line, "\n".to_owned()]).collect())
}

/// Whether it says that a type is not what nearly every type is.
pub(super) fn is_missing_trait(line: &str) -> bool {
    ["Send", "Sync", "Unpin"].iter().any(|name| line.contains(&format!(" !core::marker::{name} for ")))
}
