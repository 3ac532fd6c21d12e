//! The stages that only cargo is needed for.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::Result;

use crate::module::{MODULES, TARGET};
use crate::project::Project;
use crate::test::Bench;
use crate::test::checks::{Checks, Summary};

const CORE: &str = "ws101-core";

pub(crate) fn fmt(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    checks.check(&mut bench.project.cargo("fmt --all --check"))
}

pub(crate) fn clippy(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let project = bench.project;
    checks.check(&mut strict(project.cargo("clippy --workspace --all-targets")))?;
    for features in feature_sets(bench.project, CORE)? {
        let mut command = project.cargo("clippy --package ws101-core --all-targets --no-default-features");
        command.args(&features);
        checks.check(&mut strict(command))?;
    }
    checks.check(&mut strict(project.cargo("clippy --package ws101-doctor --all-targets")))?;
    // As each module is built, and what tests them.
    let modules = MODULES.iter().map(|module| {
        let feature = module.feature.map(|feature| format!("--no-default-features --features {feature}"));
        (module.package, feature.unwrap_or_default())
    });
    let tests = MODULES.iter().map(|module| (module.package, "--all-targets".to_owned()));
    for (package, what) in modules.chain(tests).collect::<BTreeSet<_>>() {
        let command = format!("clippy --package {package} --target {TARGET} {what}");
        checks.check(&mut strict(project.cargo(&command)))?;
    }
    Ok(())
}

pub(crate) fn doc(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let mut command = bench.project.cargo("doc --no-deps --workspace --document-private-items");
    checks.check(command.env("RUSTDOCFLAGS", "-D warnings"))?;
    for features in feature_sets(bench.project, CORE)? {
        let mut command = bench.project.cargo("doc --no-deps --package ws101-core --no-default-features");
        checks.check(command.args(&features).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// A clause or a quote that holds is a check that passed.
pub(crate) fn spec(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let report = crate::spec::report(&bench.project.path(""))?;
    for problem in &report.problems {
        checks.failed(problem)?;
    }
    for _ in report.problems.len()..report.items {
        checks.passed();
    }
    for line in report.summary {
        checks.note(line);
    }
    Ok(())
}

pub(crate) fn core(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    for features in feature_sets(bench.project, CORE)? {
        let mut command = bench.project.cargo("test --package ws101-core --no-default-features");
        checks.tests(command.args(&features), Summary::Cargo)?;
    }
    Ok(())
}

pub(crate) fn targets(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let project = bench.project;
    checks.check(&mut project.cargo("build --package ws101-core --target wasm32-unknown-unknown"))?;
    checks.check(&mut project.cargo("build --package ws101-core --no-default-features --target thumbv7em-none-eabihf"))
}

/// With every feature; that it builds without them is clippy's to say.
pub(crate) fn doctor(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    checks.tests(&mut bench.project.cargo("test --package ws101-doctor --all-features"), Summary::Cargo)
}

pub(crate) fn server(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    checks.tests(&mut bench.project.cargo("test --package ws101"), Summary::Cargo)
}

pub(crate) fn xtask(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    checks.tests(&mut bench.project.cargo("test --package xtask"), Summary::Cargo)
}

fn strict(mut command: Command) -> Command {
    command.args(["--", "-D", "warnings"]);
    command
}

/// No feature of a package, each one alone, and all of them; as cargo's arguments.
pub(super) fn feature_sets(project: &Project, package: &str) -> Result<Vec<Vec<String>>> {
    let each = project.features(package)?;
    let mut sets = vec![Vec::new()];
    sets.extend(each.into_iter().map(|feature| vec!["--features".to_owned(), feature]));
    sets.push(vec!["--all-features".to_owned()]);
    Ok(sets)
}
