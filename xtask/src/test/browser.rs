//! The stages of the page: its own tests, and the whole thing in Chromium.

use anyhow::{Context, Result};

use crate::test::Bench;
use crate::test::checks::{Checks, Summary};
use crate::{npm, tools};

/// The page alone: types, unit tests, build.
pub(crate) fn page(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let folder = bench.project.path("www");
    bench.module(checks.output())?;
    checks.check(&mut npm::script(&folder, "check"))?;
    checks.tests(&mut npm::script(&folder, "test"), Summary::Vitest)?;
    bench.page(checks.output())?;
    checks.passed();
    Ok(())
}

/// The page in a real browser, served by the release build of the server, which embeds it.
pub(crate) fn browser(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    let folder = bench.project.path("tests/browser");
    checks.check(&mut npm::script(&folder, "check"))?;
    bench.server(checks.output())?;
    let chromium = tools::find_chromium().context("Chromium is gone")?;
    let mut command = npm::script(&folder, "test");
    command.env("WS101_BIN", bench.project.server()).env("CHROMIUM", chromium);
    checks.tests(&mut command, Summary::Playwright)
}
