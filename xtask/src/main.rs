//! The project's commands, run as `cargo xtask …`.
//!
//! `play` builds everything and serves the page, `test` proves everything; the others are their parts.
//! Each command and each group of test stages has its own file.

mod api;
mod autobahn;
mod bench;
mod browsers;
mod folders;
mod fuzz;
mod git;
mod module;
mod notices;
mod npm;
mod package;
mod page;
mod play;
mod process;
mod project;
mod publish;
mod requirements;
mod running;
mod spec;
mod surplus;
mod tables;
mod test;
mod tools;
mod words;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::process::Output;
use crate::project::Project;

const HELP: &str = "\
The commands of ws101. They need Rust (rustup) and Node 20 or newer, and install what else they need into target/.

  cargo xtask play [--port N]    build everything and serve the page at http://127.0.0.1:8101/
  cargo xtask test [STAGE…]      run every test, or only the stages named
  cargo xtask spec               list what the RFCs demand, and what checks and tests each demand
  cargo xtask autobahn           run the Autobahn testsuite against the server and a client of ours
      [--peer native|node] [--profile core|limits|ci|full] [--role server|client|both]
      [--write]                  … and write what came into tests/autobahn/RESULTS.md
  cargo xtask browsers           run the cases of doctor/cases in Chromium and Firefox, and compare with what was measured
      [--browser chromium|firefox|both] [--case ID]…
      [--write]                  … and write what they did into doctor/cases/measured
  cargo xtask fuzz [TARGET…]     fuzz the core, every target or those named, until something is found
      [--minutes N] [--executions N] [--sanitizer address|none]
                                 … each for so long; a minute where nothing is said
  cargo xtask fuzz python        compare what we read of random streams with what wsproto reads
      [--streams N] [--seed N]
  cargo xtask wasm               build the npm module into wasm/pkg
  cargo xtask pack               write the npm package to target/npm/ws101-<version>.tgz
  cargo xtask page               build the page into www/dist
  cargo xtask api [--write]      compare what the crates and the npm package offer with what is committed; or keep it
  cargo xtask package            lay out what a release publishes, from what is committed
  cargo xtask bench [core] [WORD…]
                                 time the core beside its peers; tests/bench/README.md says how
  cargo xtask bench npm [WORD…]  build the npm package and time it beside its peers; tests/bench-npm/README.md says how
  cargo xtask help               show this
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let project = Project::locate()?;
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    if !matches!(command, "play" | "test" | "api" | "autobahn" | "bench" | "browsers" | "fuzz") {
        no_more_arguments(command, rest)?;
    }
    let terminal = Output::terminal();
    match command {
        "play" => return play::play(&project, rest),
        "test" => return test::test(&project, rest),
        "spec" => return spec::print(&project),
        "api" => return api::api(&project, rest),
        "autobahn" => return autobahn::autobahn(&project, rest),
        "browsers" => return browsers::browsers(&project, rest),
        "bench" => return bench::bench(&project, rest),
        "fuzz" => return fuzz::fuzz(&project, rest),
        "wasm" => module::build(&project, &terminal)?,
        "pack" => {
            module::build(&project, &terminal)?;
            let tarball = package::pack(&project, &terminal)?;
            println!("{}", tarball.display());
        }
        "package" => publish::package(&project)?,
        "page" => {
            module::build(&project, &terminal)?;
            page::build(&project, &terminal)?;
        }
        "help" | "--help" | "-h" => {
            print!("{HELP}\nStages of `cargo xtask test`, in order: {}\n", test::stage_names());
        }
        other => bail!("there is no command `{other}`; `cargo xtask help` lists the commands"),
    }
    Ok(ExitCode::SUCCESS)
}

fn no_more_arguments(command: &str, rest: &[String]) -> Result<()> {
    match rest.first() {
        Some(argument) => bail!("`cargo xtask {command}` takes no arguments, but `{argument}` was given"),
        None => Ok(()),
    }
}
