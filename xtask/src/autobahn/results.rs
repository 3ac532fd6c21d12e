//! `tests/autobahn/RESULTS.md`: our rows of its table, written anew from a run.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};

use crate::autobahn::peer::Peer;
use crate::autobahn::run::Run;
use crate::project::Project;

const FILE: &str = "tests/autobahn/RESULTS.md";

/// Puts these runs in the place of our own rows.
pub(crate) fn write(project: &Project, runs: &[Run]) -> Result<()> {
    let path = project.path(FILE);
    let mut text = fs::read_to_string(&path).with_context(|| format!("{FILE} cannot be read"))?;
    for run in runs {
        text = with_row(&text, &name(run), &row(run))?;
    }
    fs::write(&path, text).with_context(|| format!("{FILE} cannot be written"))
}

/// The first cell of our row.
fn name(run: &Run) -> String {
    let whose = match run.peer {
        Peer::Native => "ws101",
        // Only a run of all cases is written, and that examines this entry.
        Peer::Node => "ws101/deflate in Node",
    };
    format!("{whose}, as {}", run.role.name())
}

/// A row of the table: how many cases, and how often the suite said each word.
fn row(run: &Run) -> String {
    let judgement = &run.judgement;
    let said = |word: &str| judgement.behavior.get(word).copied().unwrap_or(0);
    let cases: usize = judgement.behavior.values().sum();
    let words = ["OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED"];
    let mut cells = vec![name(run), cases.to_string()];
    cells.extend(words.map(|word| said(word).to_string()));
    cells.push(other_ends(&judgement.behavior_close));
    format!("| {} |", cells.join(" | "))
}

/// How connections ended, but for OK and INFORMATIONAL.
fn other_ends(said: &BTreeMap<String, usize>) -> String {
    let other = said.iter().filter(|(word, _)| !matches!(word.as_str(), "OK" | "INFORMATIONAL"));
    let other: Vec<String> = other.map(|(word, count)| format!("{count} {word}")).collect();
    if other.is_empty() { "0".to_owned() } else { other.join(", ") }
}

fn with_row(text: &str, name: &str, row: &str) -> Result<String> {
    let begin = format!("| {name} |");
    ensure!(
        text.lines().filter(|line| line.starts_with(&begin)).count() == 1,
        "{FILE} must have one row that begins with `{begin}`"
    );
    let lines = text.split('\n').map(|line| if line.starts_with(&begin) { row } else { line });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::PathBuf;

    use super::{FILE, name, row, with_row};
    use crate::autobahn::cases::Profile;
    use crate::autobahn::judge::Judgement;
    use crate::autobahn::peer::Peer;
    use crate::autobahn::run::{Role, Run};
    use crate::project::Project;

    fn run(peer: Peer, role: Role, behavior: &[(&str, usize)], behavior_close: &[(&str, usize)]) -> Run {
        let map = |words: &[(&str, usize)]| words.iter().map(|&(word, count)| (word.to_owned(), count)).collect();
        let judgement =
            Judgement { behavior: map(behavior), behavior_close: map(behavior_close), ..Judgement::default() };
        let (profile, troubles, folder) = (Profile::Full, Vec::new(), PathBuf::new());
        Run { peer, role, profile, judgement, troubles, folder, seconds: 1.0 }
    }

    #[test]
    fn a_row_counts_the_words_of_the_suite() {
        let run = run(
            Peer::Node,
            Role::Client,
            &[("OK", 510), ("NON-STRICT", 4), ("INFORMATIONAL", 3)],
            &[("OK", 514), ("INFORMATIONAL", 2), ("FAILED BY CLIENT", 1)],
        );
        assert_eq!(row(&run), "| ws101/deflate in Node, as client | 517 | 510 | 4 | 3 | 0 | 0 | 1 FAILED BY CLIENT |");
        assert_eq!(super::other_ends(&BTreeMap::from([("OK".to_owned(), 9)])), "0");
    }

    #[test]
    fn only_the_row_of_that_name_changes() {
        let text = "# Results\n\n| a |\n| ws101, as client | 1 |\n| ws101, as server | 2 |\n";
        let changed = with_row(text, "ws101, as client", "| ws101, as client | 3 |").unwrap();
        assert_eq!(changed, text.replace("| 1 |", "| 3 |"));
        assert!(with_row("# Results\n", "ws101, as client", "").unwrap_err().to_string().contains("as client"));
    }

    #[test]
    fn the_file_has_our_rows_and_names_the_suite_that_the_lock_names() {
        let project = Project::locate().unwrap();
        let text = fs::read_to_string(project.path(FILE)).unwrap();
        for (peer, role) in Peer::ALL.into_iter().flat_map(|peer| Role::ALL.map(|role| (peer, role))) {
            let run = run(peer, role, &[], &[]);
            with_row(&text, &name(&run), &row(&run)).unwrap();
        }
        let lock = fs::read_to_string(project.path("tests/autobahn/runtime.lock.json")).unwrap();
        let version = lock.split("autobahntestsuite-").nth(1).unwrap().split('-').next().unwrap();
        assert!(text.contains(version), "{version}");
    }
}
