//! `cargo xtask bench`: builds a benchmark in the release profile and runs it.
//!
//! Timings judge nothing here: the exit code says only whether every contestant did what it says.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::process::{Output, succeeded};
use crate::project::Project;
use crate::{module, npm};

/// A benchmark: the first word after `bench`. Its programs take the other words.
struct Benchmark {
    name: &'static str,
    run: fn(&Project, &[String]) -> Result<()>,
}

/// The first is the one that is run where none is named.
const BENCHMARKS: &[Benchmark] = &[Benchmark { name: "core", run: core }, Benchmark { name: "npm", run: package }];

/// The folder of the npm package's benchmark.
pub(crate) const NPM: &str = "tests/bench-npm";

pub(crate) fn bench(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let (benchmark, rest) = choose(arguments);
    (benchmark.run)(project, rest)?;
    Ok(ExitCode::SUCCESS)
}

/// Words that name no benchmark are for the first: they choose its rows.
fn choose(arguments: &[String]) -> (&'static Benchmark, &[String]) {
    if let [first, rest @ ..] = arguments
        && let Some(benchmark) = BENCHMARKS.iter().find(|benchmark| benchmark.name == first)
    {
        return (benchmark, rest);
    }
    (&BENCHMARKS[0], arguments)
}

/// A `cargo` command for the benchmark's workspace.
pub(crate) fn cargo(project: &Project, arguments: &str) -> Command {
    project.cargo_in("tests/bench", "bench", arguments)
}

/// The core beside its peers, who are a workspace of their own with its own lockfile.
fn core(project: &Project, arguments: &[String]) -> Result<()> {
    Output::terminal().run(&mut cargo(project, "build --release --locked --bins"))?;
    // First the times, then what an allocator counts that would disturb them.
    for program in ["timing", "memory"] {
        let path = project.target(&format!("bench/release/{program}{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(&path);
        let status = command.args(arguments).status();
        succeeded(status.with_context(|| format!("{} cannot be started", path.display()))?, &command)?;
    }
    Ok(())
}

/// The npm package, built anew, beside its peers, who are a folder of their own with its own lockfile.
fn package(project: &Project, arguments: &[String]) -> Result<()> {
    module::build(project, &Output::terminal())?;
    npm::install(&project.path(NPM), &Output::terminal())?;
    let mut command = node(project);
    let status = command.arg("main.mjs").args(arguments).status().context("node cannot be started")?;
    succeeded(status, &command)
}

/// `node` in the folder of the npm package's benchmark.
pub(crate) fn node(project: &Project) -> Command {
    let mut command = Command::new("node");
    command.current_dir(project.path(NPM)).env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    command
}

#[cfg(test)]
mod tests {
    use super::{BENCHMARKS, choose};
    use crate::words::split;

    #[test]
    fn the_core_is_measured_where_nothing_is_named() {
        let arguments = split("decode --rounds 9");
        let (benchmark, rest) = choose(&arguments);
        assert_eq!((benchmark.name, rest), ("core", arguments.as_slice()));
        assert_eq!(choose(&[]).0.name, "core");
    }

    #[test]
    fn the_name_of_a_benchmark_is_no_word_for_its_rows() {
        for benchmark in BENCHMARKS {
            let arguments = split(&format!("{} decode --verify", benchmark.name));
            let (chosen, rest) = choose(&arguments);
            assert_eq!((chosen.name, rest), (benchmark.name, split("decode --verify").as_slice()));
        }
    }

    #[test]
    fn a_benchmark_is_named_first_or_not_at_all() {
        for line in ["decode core", "decode npm"] {
            let arguments = split(line);
            let (benchmark, rest) = choose(&arguments);
            assert_eq!((benchmark.name, rest), ("core", arguments.as_slice()));
        }
    }
}
