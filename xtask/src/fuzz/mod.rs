//! `cargo xtask fuzz`: the fuzz targets of `tests/fuzz` in libFuzzer, and streams that wsproto reads beside us.
//!
//! What each target checks stands in `tests/fuzz/README.md`. Corpora and findings are kept in `target/fuzz`.

mod python;
mod run;
mod target;
mod toolchain;

use std::process::{Command, ExitCode};

use anyhow::{Result, bail, ensure};

pub(crate) use python::Streams;
pub(crate) use run::{Budget, Run};
pub(crate) use target::{Sanitizer, TARGETS, Target};
pub(crate) use toolchain::NIGHTLY;

use crate::process::Output;
use crate::project::Project;
use crate::words::Words;

/// A `cargo` command for the checks without libFuzzer, on the stable compiler.
pub(crate) fn cargo(project: &Project, arguments: &str) -> Command {
    project.cargo_in("tests/fuzz", "fuzz/replay", arguments)
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Targets(Vec<Target>, Budget),
    Python(Streams),
}

/// Runs what the arguments ask for; a finding makes the exit code 1.
pub(crate) fn fuzz(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let output = Output::terminal();
    match Wanted::parse(arguments)? {
        Wanted::Python(streams) => {
            let packages = python::install(project, &output)?;
            output.run(&mut streams.command(project, &packages))?;
            Ok(ExitCode::SUCCESS)
        }
        Wanted::Targets(targets, budget) => {
            toolchain::install(project, &output)?;
            let runs = targets.into_iter().map(|target| run_target(project, target, budget, &output));
            let runs = runs.collect::<Result<Vec<_>>>()?;
            println!("\n{}", run::table(&runs));
            let findings: Vec<String> = runs.iter().flat_map(Run::findings).collect();
            for finding in &findings {
                println!("{finding}");
            }
            Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

/// Builds a target and runs it.
pub(crate) fn run_target(project: &Project, target: Target, budget: Budget, output: &Output) -> Result<Run> {
    output.say(&format!("building {}", target.name))?;
    let program = target.build(project, output)?;
    output.say(&format!("running {} {budget}", target.name))?;
    Run::start(project, target, &program, budget)
}

/// wsproto and the streams that it reads, ready to run.
pub(crate) fn python_command(project: &Project, streams: Streams, output: &Output) -> Result<Command> {
    Ok(streams.command(project, &python::install(project, output)?))
}

/// Installs wsproto unless it is there.
pub(crate) fn install_wsproto(project: &Project, output: &Output) -> Result<()> {
    python::install(project, output).map(drop)
}

impl Wanted {
    fn parse(arguments: &[String]) -> Result<Self> {
        let (mut targets, mut budget, mut sanitizer) = (Vec::new(), Budget::default(), None);
        let (mut python, mut streams) = (false, Streams::default());
        let mut options = Vec::new();
        let mut words = Words::new(arguments);
        while let Some(word) = words.next()? {
            match word {
                "--minutes" => budget.seconds = Some(words.number::<u64>()?.saturating_mul(60)),
                "--executions" => budget.executions = Some(words.number()?),
                "--sanitizer" => sanitizer = Some(Sanitizer::named(words.value()?)?),
                "--streams" => streams.count = words.number()?,
                "--seed" => streams.seed = words.number()?,
                "python" => python = true,
                name => targets.push(Target::named(name)?),
            }
            if word.starts_with("--") {
                options.push(word);
            }
        }
        let known: &[&str] =
            if python { &["--streams", "--seed"] } else { &["--minutes", "--executions", "--sanitizer"] };
        if let Some(option) = options.into_iter().find(|option| !known.contains(option)) {
            let what = if python { "`cargo xtask fuzz python`" } else { "a fuzz target" };
            bail!("{what} takes {}, but got `{option}`", known.join(" and "));
        }
        if python {
            ensure!(targets.is_empty(), "`python` is no fuzz target: run it alone");
            ensure!(streams.count > 0, "--streams 0 compares nothing");
            return Ok(Self::Python(streams));
        }
        ensure!(budget.seconds != Some(0) && budget.executions != Some(0), "0 of anything fuzzes nothing");
        if targets.is_empty() {
            targets.extend(TARGETS);
        }
        for target in &mut targets {
            target.sanitizer = sanitizer.unwrap_or(target.sanitizer);
        }
        Ok(Self::Targets(targets, budget))
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Sanitizer, Streams, TARGETS, Target, Wanted};
    use crate::words;

    fn parse(text: &str) -> Result<Wanted, String> {
        Wanted::parse(&words::split(text)).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn what_is_not_said_is_every_target_for_a_minute() {
        let every = TARGETS.to_vec();
        assert_eq!(parse("").unwrap(), Wanted::Targets(every, Budget::default()));
        assert_eq!(Budget::default().to_string(), "for 1 minute");
    }

    #[test]
    fn what_is_said_is_done() {
        let heads = Target::named("heads").unwrap();
        let budget = Budget { seconds: Some(120), executions: None };
        assert_eq!(parse("heads --minutes 2").unwrap(), Wanted::Targets(vec![heads], budget));
        let mut watched = heads;
        watched.sanitizer = Sanitizer::Address;
        assert_eq!(parse("heads --sanitizer address").unwrap(), Wanted::Targets(vec![watched], Budget::default()));
        let budget = Budget { seconds: None, executions: Some(7) };
        assert_eq!(parse("--executions=7 heads").unwrap(), Wanted::Targets(vec![heads], budget));
        assert_eq!(parse("python --streams 9 --seed 3").unwrap(), Wanted::Python(Streams { count: 9, seed: 3 }));
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        for (text, word) in [
            ("--minutes", "needs a number"),
            ("--minutes soon", "soon"),
            ("--minutes 0", "nothing"),
            ("handshakes", "feeding"),
            ("--quick", "--quick"),
            ("python heads", "alone"),
            ("python --minutes 1", "--streams"),
            ("heads --streams 1", "--executions"),
            ("python --streams 0", "nothing"),
            ("deflate --sanitizer memory", "none"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
