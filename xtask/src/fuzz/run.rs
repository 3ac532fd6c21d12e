//! One run of a target: how long, and what came of it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::fuzz::target::{Sanitizer, Target};
use crate::process::Output;
use crate::project::Project;

/// Longer inputs only take time.
const LONGEST_INPUT: u32 = 256;

/// How long a target runs: the first that is reached ends it. Where nothing is said it is a minute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Budget {
    pub(crate) seconds: Option<u64>,
    pub(crate) executions: Option<u64>,
}

/// What came of a run.
pub(crate) struct Run {
    target: Target,
    program: PathBuf,
    seconds: f64,
    pub(crate) executions: u64,
    new_units: u64,
    findings: Vec<PathBuf>,
    log: PathBuf,
    is_success: bool,
}

impl Budget {
    fn options(self) -> Vec<String> {
        let seconds = match self {
            Self { seconds: None, executions: None } => Some(60),
            Self { seconds, .. } => seconds,
        };
        let seconds = seconds.map(|seconds| format!("-max_total_time={seconds}"));
        let executions = self.executions.map(|executions| format!("-runs={executions}"));
        seconds.into_iter().chain(executions).collect()
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.seconds, self.executions) {
            (None, None) => write!(f, "for 1 minute"),
            (None, Some(executions)) => write!(f, "{executions} times"),
            (Some(seconds), None) => write!(f, "for {seconds} s"),
            (Some(seconds), Some(executions)) => write!(f, "{executions} times, for {seconds} s at most"),
        }
    }
}

/// What is freed is kept for a while, to see who still uses it: by default in hundreds of megabytes, which is slow. So is
/// giving memory back between inputs, and a look at stack frames that were left, of which safe code keeps no pointer.
const ADDRESS_SANITIZER: &str = "quarantine_size_mb=8:thread_local_quarantine_size_kb=64:malloc_context_size=2:\
    allocator_release_to_os_interval_ms=-1:detect_stack_use_after_return=0";

impl Run {
    /// Runs the program, which is that of the target, to the end of the budget or to its first finding.
    pub(crate) fn start(project: &Project, target: Target, program: &Path, budget: Budget) -> Result<Self> {
        let folder = |kind: &str| -> Result<PathBuf> {
            let folder = project.target(&format!("fuzz/{kind}/{}", target.name));
            fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
            Ok(folder)
        };
        let (corpus, artifacts) = (folder("corpus")?, folder("findings")?);
        let before = files(&artifacts)?;
        let log = project.target(&format!("fuzz/logs/{}.log", target.name));
        let output = Output::log(&log)?;
        let mut command = Command::new(program);
        // libFuzzer writes into the first of these and reads all.
        command.arg(corpus).arg(project.path("tests/fuzz/seeds").join(target.name));
        let known = project.path("tests/fuzz/findings").join(target.name);
        command.args(known.exists().then_some(known));
        command.args(budget.options()).arg(format!("-max_len={LONGEST_INPUT}"));
        command.args(["-print_final_stats=1", "-timeout=20"]);
        command.arg(format!("-artifact_prefix={}{}", artifacts.display(), std::path::MAIN_SEPARATOR));
        if target.sanitizer == Sanitizer::Address {
            command.env("ASAN_OPTIONS", ADDRESS_SANITIZER);
        }
        let begin = Instant::now();
        let is_success = output.run(&mut command).is_ok();
        let seconds = begin.elapsed().as_secs_f64();
        let text = output.text();
        let mut findings = files(&artifacts)?;
        findings.retain(|file| !before.contains(file));
        let (executions, new_units) =
            (statistic(&text, "number_of_executed_units"), statistic(&text, "new_units_added"));
        let run =
            Self { target, program: program.to_owned(), seconds, executions, new_units, findings, log, is_success };
        ensure!(run.executions > 0 || !run.is_success, "{} ran nothing: see {}", target.name, run.log.display());
        Ok(run)
    }

    /// Each finding, and how it is had again.
    pub(crate) fn findings(&self) -> Vec<String> {
        let (name, program, log) = (self.target.name, self.program.display(), self.log.display());
        let replay = |file: &PathBuf| {
            let file = file.display();
            format!("finding: {file}\n  replay it with `{program} {file}`; what it said is in {log}")
        };
        match self.findings.as_slice() {
            [] if self.is_success => Vec::new(),
            [] => vec![format!("finding: {name} failed without an input: see {log}")],
            files => files.iter().map(replay).collect(),
        }
    }

    /// One line that sums it up.
    pub(crate) fn headline(&self) -> String {
        let Self { target, executions, seconds, new_units, .. } = self;
        format!("{}: {executions} executions in {seconds:.0} s, {new_units} new units", target.name)
    }
}

/// The runs, one a line.
pub(crate) fn table(runs: &[Run]) -> String {
    let mut lines = vec!["target        sanitizer  seconds  executions  new units  findings".to_owned()];
    for run in runs {
        let Run { target, seconds, executions, new_units, .. } = run;
        let (name, sanitizer, findings) = (target.name, target.sanitizer.name(), run.findings().len());
        lines.push(format!("{name:<13} {sanitizer:<9} {seconds:>8.0} {executions:>11} {new_units:>10} {findings:>9}"));
    }
    lines.join("\n") + "\n"
}

/// A number of libFuzzer's statistics: `stat::NAME: 123`. It prints none where it ended otherwise than by itself.
fn statistic(text: &str, name: &str) -> u64 {
    let prefix = format!("stat::{name}:");
    let mut values = text.lines().filter_map(|line| line.strip_prefix(&prefix)?.trim().parse().ok());
    values.next_back().unwrap_or(0)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Budget, statistic};

    #[test]
    fn the_statistics_of_libfuzzer_are_read() {
        let text = "#9 DONE\nstat::number_of_executed_units: 1200\nstat::new_units_added:          31\n";
        assert_eq!(statistic(text, "number_of_executed_units"), 1200);
        assert_eq!(statistic(text, "new_units_added"), 31);
        assert_eq!(statistic("", "new_units_added"), 0);
    }

    #[test]
    fn a_budget_is_libfuzzers_options() {
        let budget = |seconds, executions| Budget { seconds, executions }.options();
        assert_eq!(budget(None, None), ["-max_total_time=60"]);
        assert_eq!(budget(None, Some(5)), ["-runs=5"]);
        assert_eq!(budget(Some(7), Some(5)), ["-max_total_time=7", "-runs=5"]);
    }
}
