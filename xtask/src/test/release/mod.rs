//! The stage of the release: that what is committed could be published now, and what would then be there.
//!
//! What is packed is a clean clone of the last commit. The page and the npm package are built from the working tree, which
//! is the same wherever nothing is uncommitted; where something is, the stage says so.

mod dependencies;
mod oldest;
mod papers;
mod published;

use anyhow::Result;

pub(super) use self::oldest::install as install_oldest_rust;
use crate::api::{self, Release};
use crate::git::uncommitted;
use crate::publish::Tree;
use crate::test::Bench;
use crate::test::checks::Checks;

/// One part after the other; a part that breaks off has failed, and the next begins.
pub(crate) fn release(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let changed = uncommitted(&bench.project.path(""))?;
    if !changed.is_empty() {
        checks.note(format!(
            "{} files are not as committed: of the crates, only what is committed is packed",
            changed.len()
        ));
    }
    for part in [papers, oldest_rust, dependencies, module, surfaces, publish] {
        if let Err(error) = part(bench, checks) {
            checks.failed(&format!("{error:#}"))?;
        }
    }
    Ok(())
}

fn papers(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    papers::check(bench.project, checks)
}

fn oldest_rust(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    oldest::rust(bench.project, checks)
}

fn dependencies(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    dependencies::check(bench.project, checks)
}

/// The npm package, which the oldest Node must run and npm must be willing to publish.
fn module(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    bench.module(checks.output())?;
    oldest::node(bench.project, checks)?;
    published::npm(bench.project, checks)
}

fn surfaces(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    bench.module(checks.output())?;
    let project = bench.project;
    let surfaces = api::surfaces(project, checks.output())?;
    for surface in &surfaces {
        checks.judge(&surface.file, &Vec::from_iter(surface.problem(project)))?;
    }
    checks.judge("forgotten surfaces", &api::forgotten(project, &surfaces)?)?;
    let Some(release) = Release::last(&project.path(""))? else {
        checks.note("no release is tagged yet: what is offered is compared with no earlier one".to_owned());
        return Ok(());
    };
    checks.note(format!("what is offered is compared with {}", release.tag));
    checks.judge(&release.tag, &api::judge(&release, &surfaces, project.version("ws101")?)?)
}

/// The crates, packed from a clean clone and built from what was packed; the binary, installed and asked for its page.
fn publish(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    bench.page(checks.output())?;
    let project = bench.project;
    let tree = Tree::lay_out(project, checks.output())?;
    checks.output().run(&mut tree.rehearse(project))?;
    checks.passed();
    published::crates(project, &tree, checks)?;
    published::binary(project, &tree, checks)
}
