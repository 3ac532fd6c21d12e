//! The stages of the module: its tests in Rust, in Node and in Chromium, and the finished npm package.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};

use crate::module::{MODULES, Module};
use crate::process::Output;
use crate::project::Project;
use crate::test::Bench;
use crate::test::checks::{Checks, Summary};
use crate::{module, npm, package, page, play, tools};

/// What several stages need built: it is built once in a run, by the first that asks.
#[derive(Default)]
pub(crate) struct Built {
    module: OnceCell<Result<(), String>>,
    page: OnceCell<Result<(), String>>,
    server: OnceCell<Result<(), String>>,
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
}

fn once(cell: &OnceCell<Result<(), String>>, build: impl FnOnce() -> Result<()>) -> Result<()> {
    let result = cell.get_or_init(|| build().map_err(|error| format!("{error:#}")));
    result.clone().map_err(|error| anyhow!(error))
}

/// The crates' own tests: compiled to WebAssembly and run in Node and in Chromium.
pub(crate) fn wasm(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let driver = tools::find_chromedriver().context("chromedriver is gone")?;
    for folder in ["wasm", "wasm/doctor"] {
        let mut in_node = wasm_pack(bench)?;
        checks.tests(in_node.args(["test", "--node", folder]), Summary::Cargo)?;
        let mut in_chromium = wasm_pack(bench)?;
        in_chromium.args(["test", "--headless", "--chrome", "--chromedriver"]).arg(&driver).arg(folder);
        checks.tests(&mut in_chromium, Summary::Cargo)?;
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

/// The tarball, installed as a stranger would: in an empty folder outside of the repository.
pub(crate) fn npm(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let project = bench.project;
    bench.module(checks.output())?;
    let tarball = package::pack(project, checks.output())?;
    for module in &MODULES {
        size(module, project, checks)?;
    }

    let tests = project.path("tests/npm");
    checks.check(&mut npm::script(&project.path("wasm/js"), "check"))?;
    checks.check(npm::local(&tests, "publint").arg(&tarball).arg("--strict"))?;
    // What is asked of the main entry, Node's old resolution, which knows no `exports`, included; of the others'; and of
    // the one that is a module only.
    for (profile, entry) in [("strict", "."), ("node16", "./inspect"), ("node16", "./doctor"), ("esm-only", "./slim")] {
        checks.check(npm::local(&tests, "attw").arg(&tarball).args(["--profile", profile, "--entrypoints", entry]))?;
    }

    let consumer = Consumer::install(project, &tarball, checks.output())?;
    for configuration in ["tsconfig.nodenext.json", "tsconfig.bundler.json"] {
        let mut command = npm::local(&tests, "tsc");
        checks.check(command.arg("--project").arg(consumer.folder.join(configuration)))?;
    }
    let mut command = Command::new("node");
    command.current_dir(&consumer.folder).env("NO_COLOR", "1").env_remove("FORCE_COLOR");
    checks.tests(command.args(["--test", "--test-reporter=spec"]), Summary::NodeTest)
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

/// A folder that knows nothing of this repository, with the package installed from its tarball.
struct Consumer {
    folder: PathBuf,
}

impl Consumer {
    fn install(project: &Project, tarball: &Path, output: &Output) -> Result<Self> {
        let tests = project.path("tests/npm");
        let folder = std::env::temp_dir().join(format!("ws101-consumer-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let consumer = Self { folder };
        let folder = &consumer.folder;
        fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
        let mut command = npm::npm(folder);
        command.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]).arg(tarball);
        output.run(&mut command)?;
        let mut copied = 0;
        for entry in fs::read_dir(tests.join("consumer"))? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
            copied += 1;
        }
        ensure!(copied > 0, "{} holds no tests", tests.display());
        // The repository's README has an example too.
        fs::copy(project.path("README.md"), folder.join("REPOSITORY-README.md"))?;
        // The types of Node itself, for the compiler that checks ours.
        let types = folder.join("node_modules").join("@types");
        fs::create_dir_all(&types)?;
        for package in ["@types/node", "undici-types"] {
            copy_folder(&tests.join("node_modules").join(package), &folder.join("node_modules").join(package))?;
        }
        Ok(consumer)
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        // A folder that cannot be removed is left to the system's own cleaning of temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} is missing", from.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
