//! What must be on the machine before anything is built: Node 20 with npm, and Rust's targets.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::Output;

/// What the npm package and the papers promise.
pub(crate) const OLDEST_NODE: u32 = 20;

/// Checks that `node` and `npm` run and are new enough.
pub(crate) fn node() -> Result<()> {
    let version = version_of("node").context(
        "Node.js was not found: the page and the npm module need Node 20 or newer. \
         Install it from https://nodejs.org or with the system's package manager, and see that `node` is in PATH",
    )?;
    if major(&version)? < OLDEST_NODE {
        bail!("Node.js {version} is too old: ws101 needs Node {OLDEST_NODE} or newer");
    }
    version_of("npm").context("npm was not found: it comes with Node.js (on Debian as the package `npm`)")?;
    Ok(())
}

/// The major version of the Node that is installed.
pub(crate) fn node_major() -> Result<u32> {
    major(&version_of("node")?)
}

/// Installs a Rust target unless it is there.
pub(crate) fn rust_target(target: &str, output: &Output) -> Result<()> {
    if has_target(target)? {
        return Ok(());
    }
    rustup(&["target", "add", target], &format!("the Rust target {target}"), output)
}

/// Installs a component of the Rust toolchain unless it is there.
pub(crate) fn rust_component(component: &str, output: &Output) -> Result<()> {
    let program = format!("cargo-{component}");
    if version_of(&program).is_ok() {
        return Ok(());
    }
    rustup(&["component", "add", component], &format!("`{program}`"), output)
}

/// Installs a Rust toolchain unless it is there: the compiler, its library and no more.
pub(crate) fn rust_toolchain(name: &str, output: &Output) -> Result<()> {
    if runs_in(name, "rustc") {
        return Ok(());
    }
    rustup(
        &["toolchain", "install", name, "--profile", "minimal", "--no-self-update"],
        &format!("the Rust toolchain {name}"),
        output,
    )
}

/// Installs Miri in a toolchain unless it is there.
pub(crate) fn miri(toolchain: &str, output: &Output) -> Result<()> {
    rust_toolchain(toolchain, output)?;
    if runs_in(toolchain, "cargo-miri") {
        return Ok(());
    }
    rustup(&["component", "add", "miri", "rust-src", "--toolchain", toolchain], "Miri", output)
}

/// Has rustup install something that is missing.
fn rustup(arguments: &[&str], missing: &str, output: &Output) -> Result<()> {
    let command = || {
        let mut command = Command::new("rustup");
        command.args(arguments);
        command
    };
    output
        .run_with_retries(command)
        .with_context(|| format!("{missing} is missing; install it with `rustup {}`", arguments.join(" ")))
}

/// Whether a toolchain that is installed has a program; nothing is installed to find out.
fn runs_in(toolchain: &str, program: &str) -> bool {
    let mut command = Command::new("rustup");
    command.args(["which", "--toolchain", toolchain, program]).env("RUSTUP_AUTO_INSTALL", "0");
    let output = command.output();
    output.is_ok_and(|output| output.status.success())
}

/// A program by name; npm is a script on Windows and needs its ending there.
pub(crate) fn program(name: &str) -> String {
    if cfg!(windows) && matches!(name, "npm" | "npx") { format!("{name}.cmd") } else { name.to_owned() }
}

/// The first line of `NAME --version`; an error when it cannot be run.
pub(crate) fn version_of(name: &str) -> Result<String> {
    let output = Command::new(program(name)).arg("--version").output()?;
    if !output.status.success() {
        bail!("`{name} --version` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// A toolchain that is not rustup's has no list of targets, so the compiler is asked where it keeps them.
fn has_target(target: &str) -> Result<bool> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .output()
        .context("`rustc` cannot be started: install Rust with rustup, https://rustup.rs")?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && std::path::Path::new(folder.trim()).exists())
}

fn major(version: &str) -> Result<u32> {
    let number = version.trim_start_matches('v').split('.').next().and_then(|number| number.parse().ok());
    number.with_context(|| format!("`node --version` said {version:?}, which is no version"))
}

#[cfg(test)]
mod tests {
    use super::{has_target, major};

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2").unwrap(), 20);
        assert_eq!(major("v9.0.0").unwrap(), 9);
        assert!(major("not a version").unwrap_err().to_string().contains("not a version"));
    }

    #[test]
    fn a_target_that_rust_does_not_know_is_missing() {
        assert!(!has_target("pdp11-unknown-unix").unwrap());
    }
}
