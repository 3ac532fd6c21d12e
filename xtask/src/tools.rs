//! Programs that only the tests need: wasm-pack with the test runner of wasm-bindgen, the browsers and their drivers, other
//! JavaScript runtimes, cargo-fuzz, and what installs programs in Python.
//!
//! What is in PATH in the right version is used; the rest is installed into `target/tools` or, on Debian as root, by apt.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::npm;
use crate::process::Output;
use crate::project::Project;
use crate::requirements::version_of;

const WASM_PACK: Tool = Tool { package: "wasm-pack", version: "0.15.1", programs: &["wasm-pack"], opt_level: "0" };

/// The test runner speaks the private protocol of one version of the library, so the two must be equal.
const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    opt_level: "3",
};

/// No package of Debian or npm brings it along: npm's downloads it.
const GECKODRIVER: Tool =
    Tool { package: "geckodriver", version: "0.37.1", programs: &["geckodriver"], opt_level: "0" };

const CARGO_FUZZ: Tool = Tool { package: "cargo-fuzz", version: "0.13.2", programs: &["cargo-fuzz"], opt_level: "0" };

struct Tool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    /// How well it is compiled: one that passes messages on is sooner compiled than made faster.
    opt_level: &'static str,
}

/// Installs wasm-pack and the test runner unless the right versions are there.
pub(crate) fn wasm_pack(project: &Project, output: &Output) -> Result<()> {
    WASM_BINDGEN.install(project, output)?;
    WASM_PACK.install(project, output)
}

/// Installs the driver of Firefox unless there is one.
pub(crate) fn geckodriver(project: &Project, output: &Output) -> Result<()> {
    if named_by("GECKODRIVER").is_some() || in_path("geckodriver").is_some() {
        return Ok(());
    }
    GECKODRIVER.install(project, output)
}

/// Installs Deno, Bun and workerd. npm takes their programs for optional: it leaves out what it could not fetch, without a
/// word, so they are looked for, and fetched once more where one is missing.
pub(crate) fn runtimes(project: &Project, output: &Output) -> Result<()> {
    let folder = project.path("tests/npm/runtimes");
    npm::install(&folder, output)?;
    let look = || {
        let mut command = Command::new("node");
        command.current_dir(project.path("")).arg(folder.join("programs.mjs"));
        output.run(&mut command)
    };
    if look().is_ok() {
        return Ok(());
    }
    npm::forget(&folder)?;
    npm::install(&folder, output)?;
    look()
}

/// Installs cargo-fuzz unless the right version is there.
pub(crate) fn cargo_fuzz(project: &Project, output: &Output) -> Result<()> {
    CARGO_FUZZ.install(project, output)
}

impl Tool {
    fn install(&self, project: &Project, output: &Output) -> Result<()> {
        let here = project.target("tools/bin");
        let found = |program: &&str| {
            let path = here.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
            self.is_right(&path.to_string_lossy()) || self.is_right(program)
        };
        if self.programs.iter().all(found) {
            return Ok(());
        }
        output.say(&format!("installing {} {} into target/tools", self.package, self.version))?;
        // The lockfile that came with the package is tried first. A mirror of the registry may lack a version that it
        // names; then cargo chooses, among the versions that this compiler can build.
        let locked = output.run(&mut self.cargo_install(project, true));
        if locked.is_err() {
            output.run_with_retries(|| self.cargo_install(project, false))?;
        }
        Ok(())
    }

    fn cargo_install(&self, project: &Project, locked: bool) -> Command {
        let mut command = project.cargo("install --force --root");
        command.arg(project.target("tools")).args([self.package, "--version", self.version]);
        command.env("CARGO_TARGET_DIR", project.target("tools/build"));
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level);
        if locked {
            command.arg("--locked");
        } else {
            command.env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback");
        }
        command
    }

    fn is_right(&self, program: &str) -> bool {
        version_of(program).is_ok_and(|version| version.split_whitespace().last() == Some(self.version))
    }
}

/// PATH with `target/tools/bin` first.
pub(crate) fn search_path(project: &Project) -> Result<OsString> {
    let mut folders = vec![project.target("tools/bin")];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(folders).context("PATH holds a folder that cannot be in PATH")
}

/// Chromium and the driver that the tests in Rust steer it with; installed by apt where that is possible.
pub(crate) fn chromium(output: &Output) -> Result<()> {
    if find_chromium().is_some() && find_chromedriver().is_some() {
        return Ok(());
    }
    let command = "apt-get install -y chromium chromium-driver";
    if version_of("apt-get").is_err() || !is_root() {
        bail!(
            "the browser tests need Chromium and chromedriver in PATH (or named by CHROMIUM and CHROMEDRIVER): \
             on Debian run `{command}` as root, on macOS `brew install --cask chromium chromedriver`"
        );
    }
    output.run_with_retries(|| apt("update"))?;
    output.run_with_retries(|| apt("install -y chromium chromium-driver"))?;
    if find_chromium().is_none() || find_chromedriver().is_none() {
        bail!("`{command}` succeeded, but chromium or chromedriver is still not in PATH");
    }
    Ok(())
}

/// Firefox; installed by apt where that is possible.
pub(crate) fn firefox(output: &Output) -> Result<()> {
    if find_firefox().is_some() {
        return Ok(());
    }
    let command = "apt-get install -y firefox-esr";
    if version_of("apt-get").is_err() || !is_root() {
        bail!(
            "Firefox was not found in PATH (nor named by FIREFOX): on Debian run `{command}` as root, \
             on macOS `brew install --cask firefox`"
        );
    }
    output.run_with_retries(|| apt("update"))?;
    output.run_with_retries(|| apt("install -y firefox-esr"))?;
    if find_firefox().is_none() {
        bail!("`{command}` succeeded, but firefox-esr is still not in PATH");
    }
    Ok(())
}

/// Whether the system has packages as Debian has them.
pub(crate) fn has_debian_packages() -> bool {
    ["apt-get", "dpkg-deb"].iter().all(|program| version_of(program).is_ok())
}

/// A compiler of C++, which libFuzzer is written in; installed by apt where that is possible.
pub(crate) fn cpp_compiler(output: &Output) -> Result<()> {
    if std::env::var_os("CXX").is_some() || in_path("c++").is_some() {
        return Ok(());
    }
    if version_of("apt-get").is_err() || !is_root() {
        bail!("libFuzzer is compiled by `c++`, which was not found: on Debian run `apt-get install -y g++` as root");
    }
    output.run_with_retries(|| apt("update"))?;
    output.run_with_retries(|| apt("install -y --no-install-recommends g++"))
}

/// PHP, in which half of the defective servers are written; installed by apt where that is possible.
pub(crate) fn php(output: &Output) -> Result<()> {
    if version_of("php").is_ok() {
        return Ok(());
    }
    if version_of("apt-get").is_err() || !is_root() {
        bail!(
            "the doctor is tried on servers in PHP, which was not found: on Debian run `apt-get install -y php-cli` as root"
        );
    }
    output.run_with_retries(|| apt("update"))?;
    output.run_with_retries(|| apt("install -y --no-install-recommends php-cli"))?;
    version_of("php").map(drop).context("`apt-get install -y php-cli` succeeded, but `php` is still not in PATH")
}

/// Python 3 with pip, which the Autobahn testsuite and wsproto are fetched with; installed by apt where that is possible.
pub(crate) fn pip(output: &Output) -> Result<()> {
    if has_pip() {
        return Ok(());
    }
    if version_of("apt-get").is_err() || !is_root() {
        bail!("Python 3 with pip was not found: on Debian run `apt-get install -y python3-pip` as root");
    }
    output.run_with_retries(|| apt("update"))?;
    // Without what it recommends: a compiler.
    output.run_with_retries(|| apt("install -y --no-install-recommends python3-pip"))?;
    if !has_pip() {
        bail!("python3-pip was installed, but `python3 -m pip` still does not run: is another python3 first in PATH?");
    }
    Ok(())
}

fn has_pip() -> bool {
    let output = Command::new("python3").args(["-m", "pip", "--version"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// The browser: `CHROMIUM` if set, else the first of its usual names that is in PATH.
pub(crate) fn find_chromium() -> Option<PathBuf> {
    named_by("CHROMIUM").or_else(|| {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        let mac = PathBuf::from("/Applications/Chromium.app/Contents/MacOS/Chromium");
        names.iter().find_map(|name| in_path(name)).or_else(|| mac.exists().then_some(mac))
    })
}

/// The browser: `FIREFOX` if set, else the first of its usual names that is in PATH.
pub(crate) fn find_firefox() -> Option<PathBuf> {
    named_by("FIREFOX").or_else(|| {
        let mac = PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox");
        ["firefox-esr", "firefox"].iter().find_map(|name| in_path(name)).or_else(|| mac.exists().then_some(mac))
    })
}

/// The browser's driver: `CHROMEDRIVER` if set, else the one in PATH.
pub(crate) fn find_chromedriver() -> Option<PathBuf> {
    named_by("CHROMEDRIVER").or_else(|| in_path("chromedriver"))
}

/// Firefox's driver: `GECKODRIVER` if set, else the one in PATH, else ours.
pub(crate) fn find_geckodriver(project: &Project) -> Option<PathBuf> {
    let ours = project.target(&format!("tools/bin/geckodriver{}", std::env::consts::EXE_SUFFIX));
    named_by("GECKODRIVER").or_else(|| in_path("geckodriver")).or_else(|| ours.is_file().then_some(ours))
}

fn named_by(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

fn apt(arguments: &str) -> Command {
    let mut command = Command::new("apt-get");
    command.args(arguments.split_whitespace()).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::{WASM_BINDGEN, in_path, search_path};
    use crate::project::Project;

    #[test]
    fn the_test_runner_and_the_library_are_one_version() {
        let lockfile = std::fs::read_to_string(Project::locate().unwrap().path("Cargo.lock")).unwrap();
        for package in ["wasm-bindgen", "wasm-bindgen-cli-support"] {
            let entry = format!("name = \"{package}\"\nversion = \"{}\"\n", WASM_BINDGEN.version);
            assert!(lockfile.contains(&entry), "Cargo.lock has another version of {package}");
        }
    }

    #[test]
    fn our_own_tools_come_first_in_the_search_path() {
        let project = Project::locate().unwrap();
        let path = search_path(&project).unwrap();
        assert_eq!(std::env::split_paths(&path).next().unwrap(), project.target("tools/bin"));
    }

    #[test]
    fn a_program_in_path_is_found_and_another_is_not() {
        assert!(in_path("cargo").is_some());
        assert!(in_path("no-such-program-of-ws101").is_none());
    }
}
