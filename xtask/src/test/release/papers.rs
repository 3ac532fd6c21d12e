//! What is said of the crates and the package, in their manifests and beside them, must be there and agree.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::git::git;
use crate::package;
use crate::project::Project;
use crate::publish::CRATES;
use crate::requirements::OLDEST_NODE;
use crate::test::checks::Checks;

const LICENSES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Each is a check of its own.
pub(super) fn check(project: &Project, checks: &mut Checks) -> Result<()> {
    checks.judge("licences", &licenses(project)?)?;
    checks.judge("manifests", &manifests(project)?)?;
    checks.judge("what is private", &private(project)?)?;
    checks.judge("versions", &versions(project)?)?;
    checks.judge("the oldest Rust", &oldest_rust(project)?)?;
    checks.judge("the oldest Node", &oldest_node(project)?)?;
    checks.judge("the README's example", &example(project)?)
}

fn read(project: &Project, file: &str) -> Result<String> {
    let path = project.path(file);
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// A published crate holds its own folder alone, and so its own copies.
fn licenses(project: &Project) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for name in CRATES {
        let folder = project.folder(name)?;
        for license in LICENSES {
            let copy = fs::read_to_string(folder.join(license)).unwrap_or_default();
            if copy.replace("\r\n", "\n") != read(project, license)? {
                problems.push(format!("{} is not what {license} at the top is", folder.join(license).display()));
            }
        }
    }
    Ok(problems)
}

/// What a registry shows of a crate; and nobody publishes by mistake what is not to be published.
fn manifests(project: &Project) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for manifest in project.packages()? {
        let name = manifest["name"].as_str().unwrap_or_default();
        if !CRATES.contains(&name) {
            if manifest["publish"] != Value::Array(Vec::new()) {
                problems.push(format!("{name} is neither published nor says `publish = false`"));
            }
            continue;
        }
        for key in ["description", "license", "repository", "readme", "rust_version"] {
            if manifest[key].as_str().is_none_or(str::is_empty) {
                problems.push(format!("{name} has no {key}"));
            }
        }
        for key in ["keywords", "categories"] {
            // A registry refuses a sixth.
            if !manifest[key].as_array().is_some_and(|list| (1..=5).contains(&list.len())) {
                problems.push(format!("{name} has none or more than five {key}"));
            }
        }
        let is_library = name != "ws101";
        if is_library && manifest["metadata"]["docs"]["rs"]["all-features"] != true {
            problems.push(format!("{name} does not have docs.rs show all its features"));
        }
    }
    Ok(problems)
}

/// The manifests outside of the workspace, and those of npm's folders: all but the package that is published.
fn private(project: &Project) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let files = git(&project.path(""), &["ls-files", "*package.json", "tests/*/Cargo.toml"])?;
    for file in files.lines() {
        let text = read(project, file)?;
        let private = if file.ends_with("Cargo.toml") {
            let manifest: toml::Table = toml::from_str(&text).with_context(|| format!("{file} cannot be read"))?;
            manifest.get("package").is_none_or(|package| package.get("publish") == Some(&toml::Value::Boolean(false)))
        } else {
            let manifest: Value = serde_json::from_str(&text).with_context(|| format!("{file} cannot be read"))?;
            manifest["private"] == true
        };
        if !private {
            problems.push(format!("{file} does not say that it is private"));
        }
    }
    Ok(problems)
}

/// One version for all, which the change log and the security policy know.
fn versions(project: &Project) -> Result<Vec<String>> {
    let version = project.version("ws101")?;
    let mut problems = Vec::new();
    for name in CRATES.into_iter().chain(["ws101-wasm"]) {
        let other = project.version(name)?;
        if other != version {
            problems.push(format!("{name} has version {other}, and ws101 {version}"));
        }
    }
    let log = read(project, "CHANGELOG.md")?;
    let newest = log.lines().find_map(|line| line.strip_prefix("## [")?.split(']').next()).unwrap_or("nothing");
    if newest != version {
        problems.push(format!("CHANGELOG.md begins with {newest}, and the version is {version}"));
    }
    let line: Vec<&str> = version.split('.').take(2).collect();
    let supported = format!("| {}.x | yes |", line.join("."));
    if !read(project, "SECURITY.md")?.lines().any(|line| line == supported) {
        problems.push(format!("SECURITY.md has no line `{supported}`"));
    }
    Ok(problems)
}

/// The manifests' word, the toolchain's and the READMEs'. That the libraries build with it is another check.
fn oldest_rust(project: &Project) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let toolchain: toml::Table = toml::from_str(&read(project, "rust-toolchain.toml")?)?;
    let channel = toolchain["toolchain"].get("channel").and_then(toml::Value::as_str).unwrap_or_default();
    let oldest = project.rust_version("ws101")?;
    if channel != oldest && !channel.starts_with(&format!("{oldest}.")) {
        problems
            .push(format!("ws101 promises Rust {oldest}, and all is tested with {channel}: one of the two must move"));
    }
    for name in CRATES {
        let readme = fs::read_to_string(project.folder(name)?.join("README.md"))?;
        let said = format!("Rust {} or later", project.rust_version(name)?);
        if !readme.contains(&said) {
            problems.push(format!("the README of {name} does not say `{said}`"));
        }
    }
    Ok(problems)
}

/// What the package says, and what the papers say. That Node loads it is another check.
fn oldest_node(project: &Project) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let manifest = package::manifest("0.0.0");
    let engines = format!(">={OLDEST_NODE}");
    if manifest["engines"]["node"] != engines.as_str() {
        problems.push(format!("the npm package asks for Node {}, and not {engines}", manifest["engines"]["node"]));
    }
    for file in ["README.md", "CONTRIBUTING.md"] {
        let said = format!("Node {OLDEST_NODE} or later");
        if !read(project, file)?.contains(&said) {
            problems.push(format!("{file} does not say `{said}`"));
        }
    }
    Ok(problems)
}

/// The README of the repository shows the example of the core's, which runs as a test.
fn example(project: &Project) -> Result<Vec<String>> {
    let (ours, tested) = (read(project, "README.md")?, read(project, "core/README.md")?);
    let examples = |text: &str| -> Vec<String> {
        let blocks = text.split("\n```rust\n").skip(1).filter_map(|rest| rest.split_once("\n```\n"));
        blocks.map(|(block, _)| block.to_owned()).collect()
    };
    let (ours, tested) = (examples(&ours), examples(&tested));
    let untested = ours.iter().filter(|example| !tested.contains(example));
    let mut problems: Vec<_> =
        untested.map(|example| format!("core/README.md does not have this example of README.md:\n{example}")).collect();
    if ours.is_empty() {
        problems.push("README.md has no example in Rust".to_owned());
    }
    Ok(problems)
}
