//! `cargo xtask api`: what the crates and the npm package offer, as text that is committed beside them.
//!
//! Whoever changes it sees it in the diff of the change, and a release is held against the one before it.

mod crates;
mod module;
mod since;

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

pub(crate) use self::since::{Release, judge};
use crate::process::Output;
use crate::project::Project;

/// What one crate or one entry of the package offers.
pub(crate) struct Surface {
    /// What it is of, for people.
    pub(crate) name: String,
    /// Where it is kept, from the root of the repository, separated by `/`.
    pub(crate) file: String,
    /// A declaration a line.
    pub(crate) text: String,
    pub(crate) of: Of,
}

/// What a line of the text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Crate,
    Module,
}

/// How many lines of a difference are told.
const TOLD: usize = 30;

/// `cargo xtask api`: compares; with `--write` keeps what there is now.
pub(crate) fn api(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let write = match arguments {
        [] => false,
        [word] if word == "--write" => true,
        _ => bail!("`cargo xtask api` takes only --write, but got `{}`", arguments.join(" ")),
    };
    crate::module::build(project, &Output::terminal())?;
    let surfaces = surfaces(project, &Output::terminal())?;
    let mut problems = Vec::new();
    for surface in &surfaces {
        if write {
            surface.write(project)?;
        } else {
            problems.extend(surface.problem(project));
        }
    }
    for file in forgotten(project, &surfaces)? {
        if write {
            fs::remove_file(project.path(&file))?;
        } else {
            problems.push(format!("{file} is of an entry that the package does not have"));
        }
    }
    for problem in &problems {
        println!("{problem}\n");
    }
    let outcome = if write { "kept".to_owned() } else { format!("compared, {}", count(problems.len(), "problem")) };
    println!("{} {outcome}", count(surfaces.len(), "surface"));
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the published crates and the entries of `wasm/pkg` offer now.
pub(crate) fn surfaces(project: &Project, output: &Output) -> Result<Vec<Surface>> {
    let mut surfaces = crates::surfaces(project, output)?;
    surfaces.extend(module::surfaces(project)?);
    Ok(surfaces)
}

/// Files that are kept of entries that are gone.
pub(crate) fn forgotten(project: &Project, surfaces: &[Surface]) -> Result<Vec<String>> {
    let folder = project.path(module::FOLDER);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("{} is missing", folder.display()))? {
        let file = format!("{}/{}", module::FOLDER, entry?.file_name().to_string_lossy());
        if surfaces.iter().all(|surface| surface.file != file) {
            files.push(file);
        }
    }
    Ok(files)
}

impl Surface {
    /// What differs from what is committed, and what to do about it; `None` where nothing does.
    pub(crate) fn problem(&self, project: &Project) -> Option<String> {
        let kept = fs::read_to_string(project.path(&self.file)).unwrap_or_default();
        let lines = difference(&kept, &self.text);
        if lines.is_empty() && !kept.is_empty() {
            return None;
        }
        let told: Vec<&str> = lines.iter().take(TOLD).map(String::as_str).collect();
        let more = lines.len() - told.len();
        let more = if more > 0 { format!("\n… and {}", count(more, "more line")) } else { String::new() };
        Some(format!(
            "what {} offers is not what {} says:\n{}{more}\nIf it is meant, `cargo xtask api --write` keeps it",
            self.name,
            self.file,
            told.join("\n"),
        ))
    }

    fn write(&self, project: &Project) -> Result<()> {
        let path = project.path(&self.file);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(&path, &self.text).with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// The lines that are in one text more often than in the other: `- …` and `+ …`.
pub(crate) fn difference(old: &str, new: &str) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in old.lines() {
        counts.entry(line).or_default().0 += 1;
    }
    for line in new.lines() {
        counts.entry(line).or_default().1 += 1;
    }
    let sides = counts.iter().map(|(line, (old, new))| {
        let gone = std::iter::repeat_n(format!("- {line}"), old.saturating_sub(*new));
        let come = std::iter::repeat_n(format!("+ {line}"), new.saturating_sub(*old));
        gone.chain(come)
    });
    sides.flatten().collect()
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::{Of, Surface, count, difference};
    use crate::project::Project;

    #[test]
    fn lines_that_come_and_go_are_told_once_each() {
        assert_eq!(difference("a\nb\nb\n", "b\na\nc\n"), ["- b", "+ c"]);
        assert!(difference("a\nb\n", "b\na\n").is_empty());
    }

    #[test]
    fn a_surface_that_nobody_kept_is_a_problem() {
        let project = Project::locate().unwrap();
        let surface = |file: &str, text: &str| Surface {
            name: "it".to_owned(),
            file: file.to_owned(),
            text: text.to_owned(),
            of: Of::Crate,
        };
        let problem = surface("no-such-file.txt", "pub mod a\n").problem(&project).unwrap();
        assert!(problem.contains("+ pub mod a") && problem.contains("--write"), "{problem}");
        let kept = std::fs::read_to_string(project.path("LICENSE-MIT")).unwrap();
        assert!(surface("LICENSE-MIT", &kept).problem(&project).is_none());
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!([count(1, "line"), count(2, "line")], ["1 line", "2 lines"]);
    }
}
