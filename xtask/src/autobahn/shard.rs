//! Some of the cases, run by one process of the suite, and what it says of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::autobahn::cases::Case;
use crate::autobahn::judge::Report;
use crate::autobahn::runtime::Runtime;

/// The name under which the suite reports us.
pub(crate) const AGENT: &str = "ws101";

/// Some of the cases, and the folder for what the suite says of them.
pub(crate) struct Shard {
    pub(crate) folder: PathBuf,
    pub(crate) cases: Vec<Case>,
}

impl Shard {
    /// The suite with this shard's cases, and what else it must know.
    pub(crate) fn suite(&self, runtime: &Runtime, role: &str, further: &Value) -> Result<Command> {
        let ids: Vec<&str> = self.cases.iter().map(|case| case.id.as_str()).collect();
        let mut spec = json!({
            "outdir": self.folder,
            "cases": ids,
            "exclude-cases": [],
            "exclude-agent-cases": {},
        });
        for (key, value) in further.as_object().into_iter().flatten() {
            spec[key] = value.clone();
        }
        let path = self.folder.join("spec.json");
        fs::write(&path, serde_json::to_vec_pretty(&spec)?)?;
        let mut command = runtime.command();
        command.arg(role).arg(path);
        Ok(command)
    }

    /// What the suite says of this shard's cases; nothing at all where it wrote no report.
    pub(crate) fn reports(&self) -> Result<Vec<Report>> {
        let index = self.folder.join("index.json");
        if !index.exists() {
            return Ok(Vec::new());
        }
        let index = read_json(&index)?;
        let agents = index.as_object().context("the suite's index.json is no object")?;
        let mut reports = Vec::new();
        for (agent, cases) in agents {
            ensure!(agent == AGENT, "the suite reports on `{agent}`, not on `{AGENT}`");
            for (case, said) in cases.as_object().context("an agent of the suite's index.json has no cases")? {
                reports.push(self.report(case, said)?);
            }
        }
        Ok(reports)
    }

    fn report(&self, case: &str, said: &Value) -> Result<Report> {
        let text = |key: &str| -> Result<String> {
            let Some(text) = said[key].as_str() else { bail!("the suite's report of {case} has no `{key}`") };
            Ok(text.to_owned())
        };
        let mut report = Report {
            case: case.to_owned(),
            behavior: text("behavior")?,
            behavior_close: text("behaviorClose")?,
            words: Vec::new(),
        };
        if report.behavior != "OK" || report.behavior_close != "OK" {
            let details = read_json(&self.folder.join(text("reportfile")?))?;
            for key in ["expectation", "result", "resultClose"] {
                if let Some(words) = details[key].as_str() {
                    report.words.push(format!("{key}: {words}"));
                }
            }
        }
        Ok(report)
    }
}

fn read_json(path: &Path) -> Result<Value> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    // It quotes what came as it came, and a case may send what is no UTF-8.
    let text = String::from_utf8_lossy(&bytes);
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::Shard;

    /// A shard whose folder holds this index, and this report of each case.
    fn shard(name: &str, index: &str, report: &str) -> Shard {
        let folder = std::env::temp_dir().join(format!("ws101-shard-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.json"), index).unwrap();
        fs::write(folder.join("case.json"), report).unwrap();
        Shard { folder, cases: Vec::new() }
    }

    #[test]
    fn the_reports_of_the_suite_are_read_with_its_words_where_they_are_not_ok() {
        let index = r#"{ "ws101": {
            "1.1.1": { "behavior": "OK", "behaviorClose": "OK", "reportfile": "none.json" },
            "6.4.1": { "behavior": "NON-STRICT", "behaviorClose": "OK", "reportfile": "case.json" } } }"#;
        let shard = shard("read", index, r#"{ "result": "late", "resultClose": "clean", "expectation": null }"#);
        let reports = shard.reports().unwrap();
        let said: Vec<_> = reports.iter().map(|report| (report.case.as_str(), report.behavior.as_str())).collect();
        assert_eq!(said, [("1.1.1", "OK"), ("6.4.1", "NON-STRICT")]);
        assert!(reports[0].words.is_empty());
        assert_eq!(reports[1].words, ["result: late", "resultClose: clean"]);
        fs::remove_dir_all(shard.folder).unwrap();
    }

    #[test]
    fn a_report_that_is_not_as_the_suite_writes_it_is_an_error() {
        for (name, index, word) in [
            ("cut", "{ \"ws101\": {", "no JSON"),
            ("agent", r#"{ "another": {} }"#, "another"),
            ("verdict", r#"{ "ws101": { "1.1.1": { "behavior": "OK" } } }"#, "behaviorClose"),
        ] {
            let shard = shard(name, index, "");
            let error = format!("{:#}", shard.reports().unwrap_err());
            assert!(error.contains(word), "{error}");
            fs::remove_dir_all(shard.folder).unwrap();
        }
    }

    #[test]
    fn a_suite_that_wrote_nothing_has_no_reports() {
        let shard = Shard { folder: PathBuf::from("no-such-folder"), cases: Vec::new() };
        assert_eq!(shard.reports().unwrap(), []);
    }
}
