//! Whether what is offered now may have the version that it has, given what the last release offered.
//!
//! The release's own snapshots are what it is held against, so that nothing old has to be built. They tell what is gone,
//! what has changed, and what a `match` of somebody else's would miss. They do not tell all: a new item of a trait can
//! break who implements it. `CONTRIBUTING.md` says what else is asked before a release.

use std::path::Path;

use anyhow::{Context, Result};
use semver::{Version, VersionReq};

use super::crates::is_missing_trait;
use super::{Of, Surface, difference, module};
use crate::git::git;

/// The last release, by its tag: `v0.1.0`.
pub(crate) struct Release {
    pub(crate) tag: String,
    version: Version,
    /// The surfaces that it has, by their files.
    surfaces: Vec<(String, String)>,
}

impl Release {
    /// The highest version that is tagged and part of what is checked out; `None` where nothing is.
    pub(crate) fn last(folder: &Path) -> Result<Option<Self>> {
        let tags = git(folder, &["tag", "--list", "v[0-9]*", "--merged", "HEAD"])?;
        let versions = tags.lines().filter_map(|tag| Some((Version::parse(tag.strip_prefix('v')?).ok()?, tag)));
        let Some((version, tag)) = versions.max() else { return Ok(None) };
        let files = git(folder, &["ls-tree", "-r", "--name-only", tag])?;
        let kept = |file: &&str| file.ends_with("/public-api.txt") || file.starts_with(module::FOLDER);
        let surfaces = files
            .lines()
            .filter(kept)
            .map(|file| Ok((file.to_owned(), git(folder, &["show", &format!("{tag}:{file}")])?)));
        Ok(Some(Self { tag: tag.to_owned(), version, surfaces: surfaces.collect::<Result<_>>()? }))
    }
}

/// What is wrong with having `version` now.
pub(crate) fn judge(release: &Release, surfaces: &[Surface], version: &str) -> Result<Vec<String>> {
    let version = Version::parse(version).with_context(|| format!("`{version}` is no version"))?;
    let compatible = VersionReq::parse(&format!("^{}", release.version))?.matches(&version);
    let mut problems = Vec::new();
    for (file, old) in &release.surfaces {
        let now = surfaces.iter().find(|surface| surface.file == *file);
        let (text, of) = now.map_or(("", Of::Crate), |surface| (surface.text.as_str(), surface.of));
        let lines = difference(old, text);
        let breaking = breaking(&lines, old, text, of);
        if compatible && !breaking.is_empty() {
            problems.push(format!(
                "{version} would pass for {} and breaks who uses it; {file} since {}:\n{}",
                release.version,
                release.tag,
                breaking.join("\n")
            ));
        } else if version == release.version && !lines.is_empty() {
            problems.push(format!("{file} is not what {} offers: this needs a version of its own", release.tag));
        }
    }
    Ok(problems)
}

/// The changes that somebody's program may not survive.
fn breaking(lines: &[String], old: &str, new: &str, of: Of) -> Vec<String> {
    match of {
        Of::Crate => {
            let breaks = |line: &&String| match line.strip_prefix("+ ") {
                None => true,
                Some(line) => is_missing_trait(line) || is_variant_of_known_enum(line, old),
            };
            lines.iter().filter(breaks).cloned().collect()
        }
        // A line may change and no program mind, as when a function takes one more optional argument. A name that is
        // gone is missed.
        Of::Module => exported(old)
            .filter(|name| !exported(new).any(|now| now == *name))
            .map(|name| format!("- {name}"))
            .collect(),
    }
}

/// Whether the line is a variant, and the enum was there and exhaustive: then a `match` may have named all of them.
fn is_variant_of_known_enum(line: &str, old: &str) -> bool {
    let path = line.strip_prefix("pub ").and_then(|rest| rest.split(['(', '=', ' ', '{']).next());
    let parent = path.and_then(|path| path.rsplit_once("::")).map(|(parent, _)| parent);
    parent.is_some_and(|parent| {
        let declared = format!("pub enum {parent}");
        old.lines()
            .any(|line| line.strip_prefix(&declared).is_some_and(|rest| rest.is_empty() || rest.starts_with('<')))
    })
}

/// The names in the `export { … }` of a file of types.
fn exported(text: &str) -> impl Iterator<Item = &str> {
    let list = text.split_once("export {").and_then(|(_, rest)| rest.split_once('}')).map_or("", |(list, _)| list);
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::{Release, git, judge};
    use crate::api::{Of, Surface};

    const CRATE: &str = "pub enum a::Exhaustive\npub a::Exhaustive::One\n#[non_exhaustive] pub enum a::Open\npub a::Open::One\n\
        pub fn a::f(u8)\npub struct a::S\n";
    const MODULE: &str = "declare function f(a: number): void;\nexport {\n    T,\n    f,\n};\n";

    /// What is said of `version` where the last release was 0.1.0 and offered `old`.
    fn problems(of: Of, old: &str, new: &str, version: &str) -> Vec<String> {
        let file = "a/public-api.txt".to_owned();
        let version_then = Version::new(0, 1, 0);
        let release =
            Release { tag: "v0.1.0".to_owned(), version: version_then, surfaces: vec![(file.clone(), old.to_owned())] };
        let now = Surface { name: "a".to_owned(), file, text: new.to_owned(), of };
        judge(&release, &[now], version).unwrap()
    }

    #[test]
    fn nothing_new_may_keep_its_version() {
        assert!(problems(Of::Crate, CRATE, CRATE, "0.1.0").is_empty());
        assert!(problems(Of::Module, MODULE, MODULE, "0.1.0").is_empty());
    }

    #[test]
    fn something_new_needs_a_version_of_its_own() {
        let new = format!("{CRATE}pub fn a::g()\npub a::Open::Two\n");
        assert!(problems(Of::Crate, CRATE, &new, "0.1.0")[0].contains("a version of its own"));
        assert!(problems(Of::Crate, CRATE, &new, "0.1.1").is_empty());
    }

    #[test]
    fn what_breaks_a_caller_needs_a_version_that_says_so() {
        let gone = CRATE.replace("pub fn a::f(u8)\n", "");
        let changed = CRATE.replace("u8", "u16");
        let variant = format!("{CRATE}pub a::Exhaustive::Two(u8)\n");
        let not_sendable = format!("{CRATE}impl !core::marker::Send for a::S\n");
        for new in [gone, changed, variant, not_sendable] {
            for version in ["0.1.0", "0.1.1"] {
                let problems = problems(Of::Crate, CRATE, &new, version);
                assert!(problems[0].contains("breaks who uses it"), "{version}: {problems:?}");
            }
            assert!(problems(Of::Crate, CRATE, &new, "0.2.0").is_empty());
        }
    }

    #[test]
    fn of_the_module_a_name_that_is_gone_breaks_and_an_optional_argument_does_not() {
        let argument = MODULE.replace("a: number", "a: number, b?: number");
        assert!(problems(Of::Module, MODULE, &argument, "0.1.1").is_empty());
        let gone = MODULE.replace("    T,\n", "");
        assert!(problems(Of::Module, MODULE, &gone, "0.1.1")[0].contains("- T"));
    }

    #[test]
    fn the_last_release_is_the_highest_version_that_is_tagged() {
        let folder = std::env::temp_dir().join(format!("ws101-tags-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a")).unwrap();
        let git = |line: &str| git(&folder, &line.split(' ').collect::<Vec<_>>()).unwrap();
        git("init --quiet");
        assert!(Release::last(&folder).is_err(), "nothing is committed");
        for (text, tags) in [("old\n", ["v0.9.0", "vnext"]), ("new\n", ["v0.10.0", "other"])] {
            std::fs::write(folder.join("a/public-api.txt"), text).unwrap();
            git("add .");
            git("-c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit --quiet --message a");
            assert!(text == "new\n" || Release::last(&folder).unwrap().is_none());
            for tag in tags {
                git(&format!("-c tag.gpgsign=false tag {tag}"));
            }
        }
        let release = Release::last(&folder).unwrap().unwrap();
        assert_eq!((release.tag.as_str(), release.version), ("v0.10.0", Version::new(0, 10, 0)));
        assert_eq!(release.surfaces, [("a/public-api.txt".to_owned(), "new\n".to_owned())]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_surface_that_is_gone_breaks_whatever_it_was() {
        let release = Release {
            tag: "v0.1.0".to_owned(),
            version: Version::new(0, 1, 0),
            surfaces: vec![("a/public-api.txt".to_owned(), CRATE.to_owned())],
        };
        assert_eq!(judge(&release, &[], "0.1.9").unwrap().len(), 1);
    }
}
