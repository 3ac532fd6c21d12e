//! `cargo xtask bench`: builds a benchmark in the release profile and runs it.
//!
//! Timings judge nothing here: the exit code says only whether every contestant did what it says.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::process::{Output, succeeded};
use crate::project::Project;

/// A benchmark: the first word after `bench`. Its programs take the other words.
struct Benchmark {
    name: &'static str,
    run: fn(&Project, &[String]) -> Result<()>,
}

/// The first is the one that is run where none is named.
const BENCHMARKS: &[Benchmark] = &[Benchmark { name: "core", run: core }];

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
        let arguments = split("decode core");
        assert_eq!(choose(&arguments).1, arguments);
    }
}
