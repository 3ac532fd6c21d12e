//! `cargo xtask spec`: every sentence of the RFCs that demands something, and who sees to it.
//!
//! The sentences come from the text of the RFCs, so that none can be forgotten; what is said of each stands in a table
//! beside that text, in `tests/spec`. The command fails on a clause that the table does not have, on an entry whose
//! clause, check, test or phrase is not there (any more), and on a sentence that the core quotes and the RFC does not
//! say.

mod places;
mod prose;
mod quotes;
mod table;
mod text;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::spec::places::Place;
use crate::spec::table::{Entry, Verdict};
use crate::spec::text::{Clause, Rfc, section_of};

/// An RFC and the chapters of it whose clauses are listed.
struct Source {
    rfc: &'static str,
    chapters: &'static [&'static str],
}

const SOURCES: [Source; 2] =
    [Source { rfc: "6455", chapters: &["4", "5", "6", "7", "8"] }, Source { rfc: "7692", chapters: &["5", "6", "7"] }];

/// What there is to say: the table, and what is wrong.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) table: String,
    pub(crate) summary: Vec<String>,
    pub(crate) problems: Vec<String>,
    /// How many clauses and quotes were looked at.
    pub(crate) items: usize,
}

/// Prints the clauses, section by section, and what is wrong with them.
pub(crate) fn print(project: &Project) -> Result<ExitCode> {
    let report = report(&project.path(""))?;
    let text = format!("{}{}\n", report.table, report.summary.join("\n"));
    match io::stdout().write_all(text.as_bytes()) {
        // Who wanted the first lines alone (`| head`) has gone by now.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written.context("the clauses cannot be printed")?,
    }
    for problem in &report.problems {
        eprintln!("error: {problem}");
    }
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares the tables and the code below `root` with the RFCs.
pub(crate) fn report(root: &Path) -> Result<Report> {
    let mut report = Report::default();
    let mut texts = HashMap::new();
    for source in &SOURCES {
        let Source { rfc, chapters } = source;
        let known = report.problems.len();
        let text = Rfc::parse(&read(root, &format!("tests/spec/rfc{rfc}.txt"))?);
        let name = format!("tests/spec/rfc{rfc}.toml");
        let entries = table::parse(&read(root, &name)?).with_context(|| name.clone())?;
        let _ = writeln!(report.table, "RFC {rfc}");
        report.add_clauses(root, source, &text, &entries);
        let problems = report.problems.len() - known;
        report.summary.push(sum(rfc, chapters, &text.clauses(chapters), &entries) + &format!("; {problems} wrong"));
        texts.insert(*rfc, text);
    }
    report.add_quotes(root, &texts)?;
    Ok(report)
}

impl Report {
    /// The clauses of one RFC: each must have its entry, and each entry its clause.
    fn add_clauses(&mut self, root: &Path, source: &Source, text: &Rfc, entries: &[Entry]) {
        let rfc = source.rfc;
        let clauses = text.clauses(source.chapters);
        let mut section = "";
        for clause in &clauses {
            self.items += 1;
            if section_of(&clause.id) != section {
                section = section_of(&clause.id);
                let _ = writeln!(self.table, "\n§{section} {}", text.title(section).unwrap_or_default());
            }
            let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.id == clause.id).collect();
            match entries.as_slice() {
                [] => self.problems.push(format!(
                    "RFC {rfc} §{} has no entry in tests/spec/rfc{rfc}.toml; it says: {}",
                    clause.id, clause.sentence
                )),
                [entry] => self.add_entry(root, rfc, clause, entry),
                [..] => self.problems.push(format!("RFC {rfc} §{} has more than one entry", clause.id)),
            }
        }
        for entry in entries.iter().filter(|entry| !clauses.iter().any(|clause| clause.id == entry.id)) {
            self.problems.push(format!("RFC {rfc} has no clause §{}", entry.id));
        }
        self.table.push('\n');
    }

    fn add_entry(&mut self, root: &Path, rfc: &str, clause: &Clause, entry: &Entry) {
        let _ = writeln!(self.table, "  {:<10} {:<18} {}", clause.id, entry.verdict.name(), clause.sentence);
        if entry.sentence != clause.sentence {
            self.problems.push(format!(
                "RFC {rfc} §{}: the table quotes «{}», the RFC says «{}»",
                clause.id, entry.sentence, clause.sentence
            ));
        }
        let mut wrong = Vec::new();
        let mut row = |word: &str, text: &str| {
            let _ = writeln!(self.table, "{:13}{word:<18} {text}", "");
        };
        let mut rows = |word: &str, places: &[Place], judge: fn(&Place, &Path) -> Option<String>| {
            for place in places {
                row(word, &place.to_string());
                wrong.extend(judge(place, root));
            }
        };
        match &entry.verdict {
            Verdict::Checked { checks, tests } => {
                rows("  by", checks, Place::wrong_check);
                rows("  tested by", tests, Place::wrong_test);
            }
            Verdict::Duty { told } => rows("  told in", told, Place::wrong_documentation),
            Verdict::NotObservable { why } => row("  because", why),
        }
        self.problems.extend(wrong.into_iter().map(|wrong| format!("RFC {rfc} §{}: {wrong}", clause.id)));
    }

    /// The quotes in the core: each must be what the RFC says.
    fn add_quotes(&mut self, root: &Path, texts: &HashMap<&str, Rfc>) -> Result<()> {
        let (mut verbatim, mut unknown) = (0, 0);
        for file in rust_files(&root.join("core/src"))? {
            let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
            for quote in quotes::quotes(&std::fs::read_to_string(&file)?, &usual_rfc(&file)) {
                // An extract of an RFC has only some of its sections.
                let text = texts.get(quote.rfc.as_str()).filter(|text| text.has_section(&quote.section));
                match text {
                    None if quote.rfc == "6455" => {
                        self.problems.push(format!("{name}:{}: RFC 6455 has no §{}", quote.line, quote.section));
                    }
                    None => unknown += 1,
                    Some(text) if text.says(&quote.section, &quote.words) => verbatim += 1,
                    Some(_) => self.problems.push(format!(
                        "{name}:{}: RFC {} §{} does not say «{}»",
                        quote.line, quote.rfc, quote.section, quote.words
                    )),
                }
            }
        }
        self.items += verbatim;
        self.summary
            .push(format!("quotes in core/src: {verbatim} are verbatim, {unknown} are of RFCs whose text is not here"));
        Ok(())
    }
}

/// `RFC 6455 §4–§8: 105 clauses: 70 checked, 20 the caller's duty, 15 not observable`
fn sum(rfc: &str, chapters: &[&str], clauses: &[Clause], entries: &[Entry]) -> String {
    let count = |name: &str| entries.iter().filter(|entry| entry.verdict.name() == name).count();
    let verdicts = ["checked", "the caller's duty", "not observable"].map(|name| format!("{} {name}", count(name)));
    let (first, last) = (chapters.first().unwrap_or(&""), chapters.last().unwrap_or(&""));
    format!("RFC {rfc} §{first}–§{last}: {} clauses: {}", clauses.len(), verdicts.join(", "))
}

/// The RFC of a file's sections without a number: the first that its module's comment names, or else that of the module
/// which it is part of.
fn usual_rfc(file: &Path) -> String {
    let modules = file.ancestors().skip(1).map(|folder| folder.join("mod.rs"));
    let mut sources =
        std::iter::once(file.to_owned()).chain(modules).map_while(|path| std::fs::read_to_string(path).ok());
    let named = sources.find_map(|source| quotes::named_first(&source).map(str::to_owned));
    named.unwrap_or_else(|| "6455".to_owned())
}

/// All Rust files in a folder and those within it, in the order of their names.
fn rust_files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    let listed = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in listed {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(root: &Path, name: &str) -> Result<String> {
    std::fs::read_to_string(root.join(name)).with_context(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Report, SOURCES, Source, sum};
    use crate::spec::table;
    use crate::spec::text::Rfc;

    const TEXT: &str = "1.  One\n\n   A MUST.  A SHALL.\n\n2.  Two\n\n   B MUST NOT.\n";
    const SOURCE: Source = Source { rfc: "1", chapters: &["1", "2"] };

    fn row(id: &str, text: &str, verdict: &str) -> String {
        format!("[[clause]]\nid = '{id}'\ntext = '{text}'\n{verdict}\n")
    }

    fn report(rows: &[String]) -> Report {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut report = Report::default();
        report.add_clauses(root, &SOURCE, &Rfc::parse(TEXT), &table::parse(&rows.concat()).unwrap());
        report
    }

    #[test]
    fn a_table_that_has_every_clause_is_right() {
        let checked = "checks = ['src/spec/table.rs: fn entry']\ntests = ['src/spec/table.rs: the_three_verdicts']";
        let rows = [
            row("1/1", "A MUST.", checked),
            row("1/2", "A SHALL.", "duty = ['src/spec/table.rs: what a person decided about each']"),
            row("2/1", "B MUST NOT.", "why = 'nobody sees it'"),
        ];
        let report = report(&rows);
        assert_eq!((report.problems, report.items), (Vec::<String>::new(), 3));
        for line in ["§1 One", "§2 Two", "nobody sees it", "src/spec/table.rs: the_three_verdicts", "1/2", "A SHALL."]
        {
            assert!(report.table.contains(line), "{line}: {}", report.table);
        }
        let entries = table::parse(&rows.concat()).unwrap();
        assert_eq!(
            sum("1", SOURCE.chapters, &Rfc::parse(TEXT).clauses(SOURCE.chapters), &entries),
            "RFC 1 §1–§2: 3 clauses: 1 checked, 1 the caller's duty, 1 not observable"
        );
    }

    #[test]
    fn what_is_missing_gone_or_too_much_is_a_problem() {
        let why = "why = 'nobody sees it'";
        let problems = report(&[
            row("1/1", "A must.", why),
            row("2/1", "B MUST NOT.", "checks = ['src/spec/table.rs: fn gone']\ntests = ['src/spec/none.rs: x']"),
            row("2/2", "C MUST.", why),
        ])
        .problems;
        let expected =
            ["the RFC says «A MUST.»", "1/2 has no entry", "`fn gone` (any more)", "none.rs", "no clause §2/2"];
        assert_eq!(problems.len(), expected.len(), "{problems:#?}");
        for (problem, expected) in problems.iter().zip(expected) {
            assert!(problem.contains(expected), "{problem}");
        }
        let twice = report(&[row("1/1", "A MUST.", why), row("1/1", "A MUST.", why)]).problems;
        assert!(twice[0].contains("1/1 has more than one entry"), "{twice:#?}");
    }

    /// Counted in another way: no keyword of the chapters is outside of the clauses that are found.
    #[test]
    fn no_keyword_of_the_rfcs_is_lost() {
        let count = |text: &str| {
            let words = text.split(|c: char| !c.is_ascii_alphabetic());
            words.filter(|word| ["MUST", "SHALL", "REQUIRED"].contains(word)).count()
        };
        for (source, begin, end) in [
            (&SOURCES[0], "\n4.  Opening Handshake\n", "\n9.  Extensions\n"),
            (&SOURCES[1], "\n5.  Extension ", "\n8.  "),
        ] {
            let path = format!("{}/../tests/spec/rfc{}.txt", env!("CARGO_MANIFEST_DIR"), source.rfc);
            let text = std::fs::read_to_string(path).unwrap();
            let chapters = text.split_once(begin).unwrap().1;
            let chapters = chapters.split_once(end).map_or(chapters, |(chapters, _)| chapters);
            let clauses = Rfc::parse(&text).clauses(source.chapters);
            assert!(clauses.len() > 30);
            assert_eq!(clauses.iter().map(|clause| count(&clause.sentence)).sum::<usize>(), count(chapters));
        }
    }
}
