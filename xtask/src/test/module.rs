//! The stages of the module: its tests in Rust, in Node, Chromium and Firefox; the finished npm package; and that package
//! in every runtime, bundler and browser.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::module::{MODULES, Module};
use crate::process::Output;
use crate::project::Project;
use crate::test::Bench;
use crate::test::checks::{Checks, Summary};
use crate::test::consumer::{Consumer, Entry};
use crate::{module, npm, package, page, play, tools};

/// What several stages need built: it is built once in a run, by the first that asks.
#[derive(Default)]
pub(crate) struct Built {
    module: OnceCell<Result<(), String>>,
    page: OnceCell<Result<(), String>>,
    server: OnceCell<Result<(), String>>,
    tarball: OnceCell<Result<PathBuf, String>>,
}

impl Bench<'_> {
    /// `wasm/pkg` as it is now.
    pub(crate) fn module(&self, output: &Output) -> Result<()> {
        once(&self.built.module, || module::build(self.project, output))
    }

    /// `www/dist` against that module.
    pub(crate) fn page(&self, output: &Output) -> Result<()> {
        self.module(output)?;
        once(&self.built.page, || page::build(self.project, output))
    }

    /// The release build of the server, with that page in it.
    pub(crate) fn server(&self, output: &Output) -> Result<()> {
        self.page(output)?;
        once(&self.built.server, || play::server(self.project, output))
    }

    /// That module as it would be published.
    pub(crate) fn tarball(&self, output: &Output) -> Result<PathBuf> {
        self.module(output)?;
        once(&self.built.tarball, || package::pack(self.project, output))
    }
}

fn once<T: Clone>(cell: &OnceCell<Result<T, String>>, build: impl FnOnce() -> Result<T>) -> Result<T> {
    let result = cell.get_or_init(|| build().map_err(|error| format!("{error:#}")));
    result.clone().map_err(|error| anyhow!(error))
}

/// The crates' own tests: compiled to WebAssembly and run in Node, in Chromium and in Firefox.
pub(crate) fn wasm(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let chromedriver = tools::find_chromedriver().context("chromedriver is gone")?;
    let geckodriver = tools::find_geckodriver(bench.project).context("geckodriver is gone")?;
    for folder in ["wasm", "wasm/doctor"] {
        let mut in_node = wasm_pack(bench)?;
        checks.tests(in_node.args(["test", "--node", folder]), Summary::Cargo)?;
        for (browser, option, driver) in
            [("--chrome", "--chromedriver", &chromedriver), ("--firefox", "--geckodriver", &geckodriver)]
        {
            let mut in_browser = wasm_pack(bench)?;
            in_browser.args(["test", "--headless", browser, option]).arg(driver).arg(folder);
            checks.tests(&mut in_browser, Summary::Cargo)?;
        }
    }
    Ok(())
}

fn wasm_pack(bench: &Bench<'_>) -> Result<Command> {
    let path = tools::search_path(bench.project)?;
    let program = which("wasm-pack", &path).context("wasm-pack is gone")?;
    let mut command = Command::new(program);
    command.current_dir(bench.project.path("")).env("PATH", path);
    // The driver listens on this machine, whatever proxy the environment names.
    command.env("NO_PROXY", "127.0.0.1,localhost");
    Ok(command)
}

/// A program's own PATH does not decide where it is looked for, so it is looked up here.
fn which(name: &str, path: &std::ffi::OsStr) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

/// The tarball: its papers and types, and the package in Node.
pub(crate) fn npm(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let project = bench.project;
    let tarball = bench.tarball(checks.output())?;
    for module in &MODULES {
        size(module, project, checks)?;
    }

    let tests = project.path("tests/npm");
    checks.check(&mut npm::script(&project.path("wasm/js"), "check"))?;
    checks.check(npm::local(&tests, "publint").arg(&tarball).arg("--strict"))?;
    // Of the main entry is asked what Node's old resolution needs too, which knows no `exports`.
    for entry in Entry::all(project)? {
        let arguments = ["--profile", &entry.attw, "--entrypoints", &entry.subpath()];
        checks.check(npm::local(&tests, "attw").arg(&tarball).args(arguments))?;
    }

    let consumer = Consumer::install("consumer", &tarball, checks.output())?;
    consumer.add_tests(project)?;
    for configuration in ["tsconfig.nodenext.json", "tsconfig.bundler.json"] {
        let mut command = npm::local(&tests, "tsc");
        checks.check(command.arg("--project").arg(consumer.folder.join(configuration)))?;
    }
    let mut command = Command::new("node");
    command.current_dir(&consumer.folder).env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    checks.tests(command.args(["--test", "--test-reporter=spec"]), Summary::NodeTest)
}

/// The same tarball in the other runtimes, through every bundler, and in the browsers.
pub(crate) fn runtimes(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let folder = bench.project.path("tests/npm/runtimes");
    checks.check(&mut npm::script(&folder, "check"))?;
    let consumer = Consumer::install("runtimes", &bench.tarball(checks.output())?, checks.output())?;
    let mut command = npm::script(&folder, "test");
    command.env("WS101_HOME", &consumer.folder);
    command.env("CHROMIUM", tools::find_chromium().context("Chromium is gone")?);
    command.env("FIREFOX", tools::find_firefox().context("Firefox is gone")?);
    checks.tests(&mut command, Summary::NodeTest)
}

fn size(module: &Module, project: &Project, checks: &mut Checks) -> Result<()> {
    let Module { name, size_limit, .. } = module;
    let size = module.brotli_size(project)?;
    checks.note(format!("{name} has {size} bytes with brotli; {size_limit} are allowed"));
    if size > *size_limit {
        return checks.failed(&format!("{name} is too large"));
    }
    checks.passed();
    Ok(())
}
