//! `cargo xtask test`: the stages in order, a table at the end, and one plain line that sums it up.
//!
//! A failing stage does not stop the others. A stage in which nothing ran has failed: a test that is silently left out
//! looks like one that passed.

mod autobahn;
mod bench;
mod browser;
mod checks;
mod consumer;
mod fuzz;
mod module;
mod preparation;
mod release;
mod rust;
mod verdicts;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::process::Output;
use crate::project::Project;
use crate::test::checks::{Checks, Tally};
use crate::test::preparation::{Need, Preparation};

/// One stage: its name, what must be installed for it, and what it does.
struct Stage {
    name: &'static str,
    needs: &'static [Need],
    run: fn(&Bench<'_>, &mut Checks) -> Result<()>,
}

/// What the stages share.
pub(crate) struct Bench<'a> {
    project: &'a Project,
    built: module::Built,
}

const STAGES: &[Stage] = &[
    Stage { name: "fmt", needs: &[], run: rust::fmt },
    Stage { name: "clippy", needs: &[Need::RustTargets], run: rust::clippy },
    Stage { name: "doc", needs: &[], run: rust::doc },
    Stage { name: "spec", needs: &[], run: rust::spec },
    Stage { name: "core", needs: &[], run: rust::core },
    Stage { name: "targets", needs: &[Need::RustTargets], run: rust::targets },
    Stage { name: "doctor", needs: &[], run: rust::doctor },
    Stage { name: "server", needs: &[Need::Node, Need::Php], run: rust::server },
    Stage { name: "xtask", needs: &[], run: rust::xtask },
    Stage {
        name: "wasm",
        needs: &[Need::RustTargets, Need::WasmPack, Need::Chromium, Need::Firefox, Need::Geckodriver],
        run: module::wasm,
    },
    Stage { name: "npm", needs: &[Need::RustTargets, Need::NpmModule, Need::NpmTests], run: module::npm },
    Stage {
        name: "runtimes",
        needs: &[Need::RustTargets, Need::NpmModule, Need::NpmRuntimes, Need::Chromium, Need::Firefox],
        run: module::runtimes,
    },
    Stage { name: "page", needs: &[Need::RustTargets, Need::NpmModule, Need::NpmPage], run: browser::page },
    Stage {
        name: "browser",
        needs: &[Need::RustTargets, Need::NpmModule, Need::NpmPage, Need::NpmBrowser, Need::Chromium],
        run: browser::browser,
    },
    Stage {
        name: "verdicts",
        needs: &[Need::RustTargets, Need::NpmModule, Need::NpmPage, Need::NpmBrowsers, Need::Chromium, Need::Firefox],
        run: verdicts::verdicts,
    },
    Stage { name: "autobahn", needs: &[Need::RustTargets, Need::NpmModule, Need::Autobahn], run: autobahn::autobahn },
    Stage { name: "bench", needs: &[Need::RustTargets, Need::NpmModule, Need::NpmBench], run: bench::bench },
    Stage { name: "fuzz", needs: &[Need::CppCompiler, Need::Nightly, Need::CargoFuzz, Need::Wsproto], run: fuzz::fuzz },
    Stage { name: "miri", needs: &[Need::Miri], run: fuzz::miri },
    Stage {
        name: "release",
        needs: &[Need::RustTargets, Need::NpmModule, Need::NpmPage, Need::Nightly, Need::OldestRust],
        run: release::release,
    },
];

/// The names of all stages, as one line.
pub(crate) fn stage_names() -> String {
    STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>().join(" ")
}

/// Runs the stages named, or all of them.
pub(crate) fn test(project: &Project, names: &[String]) -> Result<ExitCode> {
    let stages = choose(names)?;
    let needs: Vec<Need> = stages.iter().flat_map(|stage| stage.needs).copied().collect();
    let preparation = Preparation::new(project, &needs)?;
    let bench = Bench { project, built: module::Built::default() };
    let begin = Instant::now();
    let results = std::thread::scope(|scope| {
        preparation.start(scope);
        stages.iter().map(|stage| run(stage, &bench, &preparation)).collect::<Result<Vec<_>>>()
    })?;
    report(&stages, &results, begin.elapsed().as_secs_f64());
    let passed = results.iter().all(|result| result.tally.is_success());
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn choose(names: &[String]) -> Result<Vec<&'static Stage>> {
    for name in names {
        if !STAGES.iter().any(|stage| stage.name == name) {
            bail!("there is no test stage `{name}`; the stages are: {}", stage_names());
        }
    }
    Ok(STAGES.iter().filter(|stage| names.is_empty() || names.iter().any(|name| name == stage.name)).collect())
}

struct StageResult {
    tally: Tally,
    seconds: f64,
}

fn run(stage: &Stage, bench: &Bench<'_>, preparation: &Preparation<'_>) -> Result<StageResult> {
    println!("== {}", stage.name);
    let begin = Instant::now();
    let log = bench.project.target(&format!("test-logs/{}.log", stage.name));
    let mut checks = Checks::new(Output::log(&log)?);
    let outcome = preparation.wait(stage.needs).and_then(|()| (stage.run)(bench, &mut checks));
    if let Err(error) = outcome {
        checks.failed(&format!("{error:#}"))?;
    }
    if checks.tally().passed + checks.tally().failed == 0 {
        checks.failed("no test ran")?;
    }
    let (tally, seconds) = (checks.tally(), begin.elapsed().as_secs_f64());
    if !tally.is_success() {
        println!("{}", std::fs::read_to_string(&log)?);
    }
    for note in checks.notes() {
        println!("   {note}");
    }
    println!("   {} in {seconds:.1} s: {tally}\n", verdict(tally));
    Ok(StageResult { tally, seconds })
}

fn report(stages: &[&Stage], results: &[StageResult], seconds: f64) {
    println!("stage       seconds  passed  failed  verdict");
    let mut total = Tally::default();
    for (stage, result) in stages.iter().zip(results) {
        let Tally { passed, failed } = result.tally;
        total = total + result.tally;
        let verdict = verdict(result.tally);
        println!("{:<10} {:>8.1} {passed:>7} {failed:>7}  {verdict}", stage.name, result.seconds);
    }
    println!("{:<10} {seconds:>8.1}\n", "all");
    println!("{} passed, {} failed", total.passed, total.failed);
}

fn verdict(tally: Tally) -> &'static str {
    if tally.is_success() { "ok" } else { "FAILED" }
}

#[cfg(test)]
mod tests {
    use super::{STAGES, choose};

    #[test]
    fn without_names_every_stage_runs_in_order() {
        let names: Vec<_> = choose(&[]).unwrap().iter().map(|stage| stage.name).collect();
        assert_eq!(names, STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>());
    }

    #[test]
    fn named_stages_run_in_the_order_of_all_stages() {
        let names: Vec<_> =
            choose(&["npm".to_owned(), "fmt".to_owned()]).unwrap().iter().map(|stage| stage.name).collect();
        assert_eq!(names, ["fmt", "npm"]);
    }

    #[test]
    fn an_unknown_stage_is_refused_and_the_known_ones_are_listed() {
        let error = choose(&["clipy".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("`clipy`") && error.contains("clippy doc"), "{error}");
    }
}
