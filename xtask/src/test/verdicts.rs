//! The stage of the browsers: a sample of the cases in the installed ones, held against what was measured and against
//! what the doctor says that they do.

use anyhow::Result;
use ws101_doctor::cases::{Browser, Case, Measured};
use ws101_doctor::{Verdict, diagnose};

use crate::browsers::{self, Run};
use crate::test::Bench;
use crate::test::checks::Checks;

/// At least one of each kind of thing that a browser does; `cargo xtask browsers` runs every case.
const SAMPLE: [&str; 30] = [
    "good",
    "accept-of-hex-digest",
    "accept-missing",
    "upgrade-list",
    "connection-missing",
    "status-400",
    "100-then-101",
    "http-1.0",
    "lf-alone",
    "frame-instead-of-head",
    "subprotocol-not-chosen",
    "subprotocol-unasked",
    "deflate-client-bits-without-value",
    "deflate-good",
    "deflate-zlib",
    "deflate-without-rsv1",
    "masked",
    "rsv1",
    "opcode-3",
    "length-16-not-minimal",
    "length-16-little-endian",
    "length-64-of-2-gib",
    "continuation-first",
    "text-within-message",
    "text-gbk",
    "unframed-json",
    "close-1006",
    "close-of-one-byte",
    "ping-after-close",
    "reset-after-head",
];

/// Any key will do but the RFC's example, for which a constant accept would be right.
const KEY: &str = "VR+OReqwhymoQ21dBtoIMQ==";

/// Each case in each browser is two tests: that it does what was measured, and that the doctor says so.
pub(crate) fn verdicts(bench: &Bench<'_>, checks: &mut Checks) -> Result<()> {
    checks.check(&mut crate::npm::script(&bench.project.path("tests/browsers"), "check"))?;
    bench.server(checks.output())?;
    let cases = SAMPLE.into_iter().map(browsers::find).collect::<Result<Vec<_>>>()?;
    for browser in Browser::ALL {
        let run = Run::of(bench.project, browser, &cases)?;
        let differences = run.differences(&cases);
        checks.note(run.headline(differences.len()));
        for difference in &differences {
            checks.failed(difference)?;
        }
        for _ in differences.len()..cases.len() {
            checks.passed();
        }
        for case in &cases {
            match disagreement(browser, case, &run.measured[&case.id]) {
                None => checks.passed(),
                Some(disagreement) => checks.failed(&disagreement)?,
            }
        }
    }
    Ok(())
}

/// What the doctor says otherwise than the browser did.
fn disagreement(browser: Browser, case: &Case, measured: &Measured) -> Option<String> {
    let browsers = diagnose(&case.recording(KEY)).browsers;
    let said = match browser {
        Browser::Chromium => browsers.chromium,
        Browser::Firefox => browsers.firefox,
    };
    let did = Verdict { rule: said.rule, ..measured.verdict(&case.url()) };
    (said != did).then(|| format!("{}: the doctor says {said:?}, but {} did {did:?}", case.id, browser.title()))
}
