//! What the stages need installed, fetched while earlier stages compile.
//!
//! Two lanes run beside the stages: one waits mostly for the network (npm, apt), one compiles tools. A stage waits for
//! what it needs, and fails with the installation's own words if that failed.

use std::sync::OnceLock;
use std::thread::Scope;

use anyhow::{Result, anyhow};

use crate::autobahn::Runtime;
use crate::process::Output;
use crate::project::Project;
use crate::test::release;
use crate::{bench, fuzz, npm, requirements, tools};

/// Something that must be installed before a stage can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    RustTargets,
    Node,
    Php,
    NpmModule,
    NpmTests,
    NpmRuntimes,
    NpmPage,
    NpmBrowser,
    NpmBrowsers,
    NpmBench,
    Chromium,
    Firefox,
    WasmPack,
    Geckodriver,
    Autobahn,
    CppCompiler,
    Nightly,
    Miri,
    CargoFuzz,
    Wsproto,
    OldestRust,
}

/// The order within each lane is the order in which the stages ask.
const NETWORK_LANE: [Need; 18] = [
    Need::RustTargets,
    Need::Node,
    Need::Php,
    Need::Chromium,
    Need::Firefox,
    Need::NpmModule,
    Need::NpmTests,
    Need::NpmRuntimes,
    Need::NpmPage,
    Need::NpmBrowser,
    Need::NpmBrowsers,
    Need::Autobahn,
    Need::NpmBench,
    Need::CppCompiler,
    Need::Nightly,
    Need::Wsproto,
    Need::Miri,
    Need::OldestRust,
];
const COMPILER_LANE: [Need; 3] = [Need::WasmPack, Need::Geckodriver, Need::CargoFuzz];

/// The installations of one run of the tests.
pub(crate) struct Preparation<'a> {
    project: &'a Project,
    items: Vec<Item>,
}

struct Item {
    need: Need,
    output: Output,
    done: OnceLock<Result<(), String>>,
}

impl<'a> Preparation<'a> {
    /// Checks what cannot be installed (Node), and notes what the stages need.
    pub(crate) fn new(project: &'a Project, needs: &[Need]) -> Result<Self> {
        if needs.iter().any(|need| need.uses_node()) {
            requirements::node()?;
        }
        let all = NETWORK_LANE.into_iter().chain(COMPILER_LANE);
        let items = all
            .filter(|need| needs.contains(need))
            .map(|need| {
                let log = project.target(&format!("test-logs/install-{need:?}.log"));
                Ok(Item { need, output: Output::log(&log)?, done: OnceLock::new() })
            })
            .collect::<Result<_>>()?;
        Ok(Self { project, items })
    }

    /// Starts both lanes.
    pub(crate) fn start<'scope>(&'scope self, scope: &'scope Scope<'scope, '_>) {
        scope.spawn(|| self.install(&NETWORK_LANE));
        scope.spawn(|| self.install(&COMPILER_LANE));
    }

    /// Waits until all of it is installed.
    pub(crate) fn wait(&self, needs: &[Need]) -> Result<()> {
        for item in self.items.iter().filter(|item| needs.contains(&item.need)) {
            item.done.wait().clone().map_err(|error| anyhow!(error))?;
        }
        Ok(())
    }

    fn install(&self, lane: &[Need]) {
        for item in self.items.iter().filter(|item| lane.contains(&item.need)) {
            let result = item.need.install(self.project, &item.output);
            // A stage that waits must not wait for ever: an error is a result like success.
            let result = result.map_err(|error| format!("{error:#}\n{}", item.output.text()));
            item.done.set(result).expect("each item is installed once");
        }
    }
}

impl Need {
    fn uses_node(self) -> bool {
        matches!(
            self,
            Self::Node
                | Self::NpmModule
                | Self::NpmTests
                | Self::NpmRuntimes
                | Self::NpmPage
                | Self::NpmBrowser
                | Self::NpmBrowsers
                | Self::NpmBench
        )
    }

    fn install(self, project: &Project, output: &Output) -> Result<()> {
        match self {
            Self::RustTargets => {
                requirements::rust_target("wasm32-unknown-unknown", output)?;
                requirements::rust_target("thumbv7em-none-eabihf", output)?;
                requirements::rust_component("clippy", output)?;
                requirements::rust_component("fmt", output)
            }
            Self::Node => requirements::node(),
            Self::Php => tools::php(output),
            Self::NpmModule => npm::install(&project.path("wasm/js"), output),
            Self::NpmTests => npm::install(&project.path("tests/npm"), output),
            Self::NpmRuntimes => tools::runtimes(project, output),
            Self::NpmPage => npm::install(&project.path("www"), output),
            Self::NpmBrowser => npm::install(&project.path("tests/browser"), output),
            Self::NpmBrowsers => npm::install(&project.path("tests/browsers"), output),
            Self::NpmBench => npm::install(&project.path(bench::NPM), output),
            Self::Chromium => tools::chromium(output),
            Self::Firefox => tools::firefox(output),
            Self::WasmPack => tools::wasm_pack(project, output),
            Self::Geckodriver => tools::geckodriver(project, output),
            Self::Autobahn => Runtime::install(project, output).map(drop),
            Self::CppCompiler => tools::cpp_compiler(output),
            Self::Nightly => requirements::rust_toolchain(fuzz::NIGHTLY, output),
            Self::Miri => requirements::miri(fuzz::NIGHTLY, output),
            Self::CargoFuzz => tools::cargo_fuzz(project, output),
            Self::OldestRust => release::install_oldest_rust(project, output),
            Self::Wsproto => fuzz::install_wsproto(project, output),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Need, Preparation};
    use crate::project::Project;

    #[test]
    fn a_need_that_is_there_is_waited_for_and_found() {
        let project = Project::locate().unwrap();
        let preparation = Preparation::new(&project, &[Need::RustTargets]).unwrap();
        std::thread::scope(|scope| {
            preparation.start(scope);
            preparation.wait(&[Need::RustTargets]).unwrap();
        });
    }
}
