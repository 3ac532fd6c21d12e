//! What is depended on: under which licences, from where, and what twice. `deny.toml` says what may be.
//!
//! It is read as cargo-deny reads it, and judged here: to compile cargo-deny takes longer than the rest of the stage.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;

use anyhow::{Context, Result};
use semver::{Version, VersionReq};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

use crate::project::Project;
use crate::test::checks::Checks;

/// The registry that is known: cargo's own.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The folders whose bundles are published: in the npm package, and as the page.
const BUNDLES: [&str; 2] = ["wasm/js", "www"];

/// Tools that leave something of their own in what they make, small helpers at least. What other tools make is ours alone.
const BUNDLERS: [&str; 2] = ["rolldown", "vite"];

/// Licences of tools that we run and do not hand on, beside those that `deny.toml` allows.
const LICENSES_OF_TOOLS: [&str; 2] = ["0BSD", "MPL-2.0"];

/// `deny.toml`, as far as it is used; whatever else it says is an error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    #[serde(rename = "graph")]
    _graph: Graph,
    licenses: Licenses,
    bans: Bans,
    #[serde(rename = "sources")]
    _sources: Sources,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Graph {
    #[serde(rename = "all-features")]
    _all_features: True,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    clarify: Vec<Clarification>,
}

/// The licence of a crate whose manifest names none, by the text that it carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Clarification {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
    /// What cargo-deny compares: it asks anew where the text is another.
    #[serde(rename = "license-files")]
    _license_files: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bans {
    #[serde(rename = "multiple-versions")]
    _multiple_versions: Deny,
    skip: Vec<Skip>,
}

/// A version that another may stand beside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skip {
    #[serde(rename = "crate")]
    name_and_version: String,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    #[serde(rename = "unknown-registry")]
    _unknown_registry: Deny,
    #[serde(rename = "unknown-git")]
    _unknown_git: Deny,
}

/// What is judged here is denied: `warn` would be read and not done.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Deny {
    Deny,
}

#[derive(Deserialize)]
#[serde(try_from = "bool")]
struct True;

impl TryFrom<bool> for True {
    type Error = &'static str;

    fn try_from(value: bool) -> Result<Self, Self::Error> {
        if value { Ok(Self) } else { Err("all features are judged") }
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: Version,
    license: Option<String>,
    /// `None` for what lies in the repository.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Lockfile {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    license: Option<String>,
    #[serde(default)]
    dev: bool,
    #[serde(default)]
    link: bool,
}

/// Three checks of the crates, and one of each bundle.
pub(super) fn check(project: &Project, checks: &mut Checks) -> Result<()> {
    let policy = fs::read_to_string(project.path("deny.toml")).context("deny.toml cannot be read")?;
    let policy: Policy = toml::from_str(&policy).context("deny.toml says what is not judged here")?;
    let packages = packages(project)?;
    checks.judge("licences of crates", &licenses(&packages, &policy.licenses))?;
    checks.judge("crates that are there twice", &duplicates(&packages, &policy.bans.skip)?)?;
    checks.judge("where crates come from", &sources(&packages))?;
    checks.note(format!("{} crates are judged; whether one has an advisory, `cargo deny check` asks", packages.len()));
    for folder in BUNDLES {
        let path = project.path(folder).join("package-lock.json");
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        checks.judge(&format!("licences in {folder}"), &bundled(&text, &policy.licenses.allow)?)?;
    }
    Ok(())
}

/// What is used by some crate of the workspace, with every feature and for any target. A lockfile holds more.
fn packages(project: &Project) -> Result<Vec<Package>> {
    let output = |arguments: &str| -> Result<Vec<u8>> {
        let output = project.cargo(arguments).output().context("cargo cannot be started")?;
        anyhow::ensure!(output.status.success(), "cargo {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(output.stdout)
    };
    let metadata: Metadata = serde_json::from_slice(&output("metadata --format-version 1 --all-features --locked")?)?;
    let tree = output("tree --workspace --all-features --target all --prefix none --format {p} --locked")?;
    let tree = String::from_utf8(tree).context("cargo's tree is text")?;
    let used: HashSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?.strip_prefix('v')?))
        })
        .collect();
    let is_used = |package: &Package| used.contains(&(package.name.as_str(), package.version.to_string().as_str()));
    let packages: Vec<_> = metadata.packages.into_iter().filter(is_used).collect();
    anyhow::ensure!(packages.len() == used.len(), "cargo's tree and its metadata know different packages");
    Ok(packages)
}

fn licenses(packages: &[Package], Licenses { allow, clarify }: &Licenses) -> Vec<String> {
    let mut needed = BTreeSet::new();
    let mut clarified = BTreeSet::new();
    let mut problems: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let told = package.license.as_deref().or_else(|| {
                let found = clarify.iter().find(|clarification| clarification.name == package.name)?;
                clarified.insert(&found.name);
                Some(&found.expression)
            });
            let problem = refused(told, allow, &mut needed)?;
            Some(format!("{} {} {problem}", package.name, package.version))
        })
        .collect();
    let unused = allow.iter().filter(|license| !needed.contains(license.as_str()));
    problems.extend(unused.map(|license| format!("{license} is allowed, and nothing needs it")));
    let unused = clarify.iter().map(|clarification| &clarification.name).filter(|name| !clarified.contains(name));
    problems.extend(unused.map(|name| format!("the licence of {name} is clarified, and nothing needs it")));
    problems
}

/// What is wrong with a licence, if anything is; where nothing is, those that allow it are noted.
fn refused<'a>(license: Option<&str>, allow: &'a [String], needed: &mut BTreeSet<&'a str>) -> Option<String> {
    let Some(license) = license else { return Some("names no licence".to_owned()) };
    // A `/` between two is an `OR` of old.
    let expression = match Expression::parse_mode(license, ParseMode::LAX) {
        Ok(expression) => expression,
        Err(error) => return Some(format!("names its licence `{license}`, which cannot be read: {}", error.reason)),
    };
    let allowed = |name: &str| allow.iter().find(|allowed| *allowed == name);
    let mut used = Vec::new();
    let holds = expression.evaluate(|requirement| {
        let found = allowed(&requirement.to_string());
        used.extend(found.map(String::as_str));
        found.is_some()
    });
    if !holds {
        return Some(format!("is licensed as {license}, which is not allowed"));
    }
    needed.extend(used);
    None
}

fn duplicates(packages: &[Package], skip: &[Skip]) -> Result<Vec<String>> {
    let skip = skip.iter().map(Skip::parse).collect::<Result<Vec<_>>>()?;
    let skipped = |package: &&Package| {
        skip.iter().position(|(name, version)| *name == package.name && version.matches(&package.version))
    };
    let mut used = BTreeSet::new();
    let mut versions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for package in packages {
        let of_its_name = packages.iter().filter(|other| other.name == package.name).count();
        match skipped(&package).filter(|_| of_its_name > 1) {
            Some(entry) => drop(used.insert(entry)),
            None => versions.entry(&package.name).or_default().push(package.version.to_string()),
        }
    }
    let twice = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let mut problems: Vec<_> =
        twice.map(|(name, versions)| format!("{name} is there as {}", versions.join(" and as "))).collect();
    let unused = skip.iter().enumerate().filter(|(index, _)| !used.contains(index));
    problems.extend(unused.map(|(_, (name, version))| format!("{name}@{version} is skipped, and is not there twice")));
    Ok(problems)
}

impl Skip {
    fn parse(&self) -> Result<(String, VersionReq)> {
        let parts = self.name_and_version.split_once('@');
        let (name, version) = parts.with_context(|| format!("`{}` has no version", self.name_and_version))?;
        Ok((name.to_owned(), VersionReq::parse(&format!("={version}"))?))
    }
}

fn sources(packages: &[Package]) -> Vec<String> {
    let foreign = packages.iter().filter_map(|package| Some((package, package.source.as_deref()?)));
    foreign
        .filter(|(_, source)| *source != REGISTRY)
        .map(|(package, source)| format!("{} {} comes from {source}", package.name, package.version))
        .collect()
}

/// What npm installs for a bundle: of what may get into it the licence must be allowed.
fn bundled(lockfile: &str, allow: &[String]) -> Result<Vec<String>> {
    let lockfile: Lockfile = serde_json::from_str(lockfile).context("package-lock.json cannot be read")?;
    let of_tools: Vec<String> = allow.iter().cloned().chain(LICENSES_OF_TOOLS.map(str::to_owned)).collect();
    let problems = lockfile.packages.iter().filter(|(_, locked)| !locked.link).filter_map(|(path, locked)| {
        let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name);
        let is_tool = locked.dev && !BUNDLERS.contains(&name);
        let allow = if is_tool { &of_tools } else { allow };
        Some(format!("{name} {}", refused(locked.license.as_deref(), allow, &mut BTreeSet::new())?))
    });
    Ok(problems.collect())
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::{Clarification, Licenses, Package, Policy, REGISTRY, Skip, bundled, duplicates, licenses, sources};

    fn package(name: &str, version: &str, license: &str) -> Package {
        let version = Version::parse(version).unwrap();
        Package { name: name.to_owned(), version, license: Some(license.to_owned()), source: Some(REGISTRY.to_owned()) }
    }

    fn allow(names: &[&str]) -> Licenses {
        Licenses { allow: names.iter().map(ToString::to_string).collect(), clarify: Vec::new() }
    }

    fn skip(entries: &[&str]) -> Vec<Skip> {
        let skip = |entry: &&str| Skip { name_and_version: entry.to_string(), _reason: String::new() };
        entries.iter().map(skip).collect()
    }

    #[test]
    fn one_of_several_licences_or_all_of_them_must_be_allowed() {
        let packages = [
            package("either", "1.0.0", "GPL-3.0-only OR MIT"),
            package("old", "1.0.0", "Unlicense/MIT"),
            package("both", "1.0.0", "MIT AND ISC"),
            package("with", "1.0.0", "Apache-2.0 WITH LLVM-exception OR MIT"),
        ];
        assert!(licenses(&packages, &allow(&["MIT", "ISC"])).is_empty());
        assert_eq!(
            licenses(&packages, &allow(&["MIT"])),
            ["both 1.0.0 is licensed as MIT AND ISC, which is not allowed"]
        );
    }

    #[test]
    fn a_licence_that_is_missing_unknown_or_allowed_in_vain_is_a_problem() {
        let without = Package { license: None, ..package("without", "1.0.0", "") };
        assert_eq!(licenses(&[without], &allow(&[])), ["without 1.0.0 names no licence"]);
        let problems = licenses(&[package("odd", "1.0.0", "Beer-Ware-42")], &allow(&["MIT"]));
        assert!(problems[0].contains("Beer-Ware-42") && problems[1] == "MIT is allowed, and nothing needs it");
    }

    #[test]
    fn a_licence_that_is_only_in_a_text_is_clarified_for_who_names_none() {
        let without = Package { license: None, ..package("without", "1.0.0", "") };
        let clarified = |name: &str| Clarification {
            name: name.to_owned(),
            expression: "MIT".to_owned(),
            _license_files: Vec::new(),
        };
        let policy = |names: &[&str]| Licenses {
            clarify: names.iter().map(|name| clarified(name)).collect(),
            ..allow(&["MIT"])
        };
        assert!(licenses(&[without], &policy(&["without"])).is_empty());
        let problems = licenses(&[package("with", "1.0.0", "MIT")], &policy(&["with"]));
        assert_eq!(problems, ["the licence of with is clarified, and nothing needs it"]);
    }

    #[test]
    fn two_versions_need_an_entry_and_an_entry_needs_two_versions() {
        let packages = ["1.2.3", "2.0.0"].map(|version| package("a", version, "MIT"));
        assert_eq!(duplicates(&packages, &[]).unwrap(), ["a is there as 1.2.3 and as 2.0.0"]);
        assert!(duplicates(&packages, &skip(&["a@1"])).unwrap().is_empty());
        assert_eq!(duplicates(&packages, &skip(&["a@3"])).unwrap().len(), 2);
        assert_eq!(duplicates(&packages[..1], &skip(&["a@1"])).unwrap(), ["a@=1 is skipped, and is not there twice"]);
        assert!(duplicates(&packages, &skip(&["a"])).is_err());
    }

    #[test]
    fn only_one_registry_is_known() {
        let local = Package { source: None, ..package("ours", "0.1.0", "MIT") };
        let git = Package { source: Some("git+https://example.com/a".to_owned()), ..package("a", "0.1.0", "MIT") };
        assert_eq!(
            sources(&[local, package("b", "1.0.0", "MIT"), git]),
            ["a 0.1.0 comes from git+https://example.com/a"]
        );
    }

    #[test]
    fn a_tool_may_have_a_licence_that_a_part_of_the_bundle_may_not() {
        let lockfile = |dev: bool, name: &str| {
            format!(
                r#"{{"packages":{{"node_modules/{name}":{{"license":"MPL-2.0","dev":{dev}}},"x":{{"link":true}}}}}}"#
            )
        };
        let judge = |text: &str| bundled(text, &allow(&["MIT"]).allow).unwrap();
        assert!(judge(&lockfile(true, "lightningcss")).is_empty());
        assert_eq!(judge(&lockfile(true, "vite")).len(), 1);
        assert_eq!(judge(&lockfile(false, "preact")), ["preact is licensed as MPL-2.0, which is not allowed"]);
    }

    #[test]
    fn what_is_not_judged_may_not_be_asked() {
        let policy = "[graph]\nall-features = true\n[licenses]\nallow = []\n[bans]\nmultiple-versions = \"deny\"\nskip = []\n\
            [sources]\nunknown-registry = \"deny\"\nunknown-git = \"deny\"\n";
        assert!(toml::from_str::<Policy>(policy).is_ok());
        for (from, to) in [("true", "false"), ("\"deny\"", "\"warn\""), ("skip", "deny"), ("allow", "confidence")] {
            assert!(toml::from_str::<Policy>(&policy.replacen(from, to, 1)).is_err(), "{to}");
        }
    }
}
