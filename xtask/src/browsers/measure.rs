//! One run: a browser, the server, and what the one did with the other.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use ws101_core::{FrameDecoder, Head, Opcode, Role, Rsv};
use ws101_doctor::cases::{Act, Browser, Case, Measured, Sent};

use crate::browsers::driver::{self, Report, Seen};
use crate::project::Project;
use crate::running::Running;
use crate::tools;

/// Cases at a time: most of a case is waiting.
const PARALLEL: usize = 8;

/// How long a script waits beyond what the server does, in milliseconds: longer than a browser waits for anything.
const PATIENCE: u128 = 4000;

/// How long a case takes beyond what the server does.
const AFTER: Duration = Duration::from_millis(800);

/// Time for a browser to start and end.
const AROUND: Duration = Duration::from_mins(1);

/// What a browser did with some cases.
pub(crate) struct Run {
    pub(crate) browser: Browser,
    /// The browser's version.
    pub(crate) version: String,
    /// The day, as in `2026-11-21`.
    pub(crate) date: String,
    /// By the cases' ids.
    pub(crate) measured: BTreeMap<String, Measured>,
    pub(crate) seconds: f64,
}

impl Run {
    /// Runs the cases in a browser; those with which it did something else than it was measured to do once more, one at a
    /// time, because a busy machine makes a browser late. The server, the driver's packages and the browser must be there.
    pub(crate) fn of(project: &Project, browser: Browser, cases: &[&Case]) -> Result<Self> {
        let mut run = Self::once(project, browser, cases, PARALLEL)?;
        let doubtful: Vec<&Case> = cases.iter().copied().filter(|case| run.contradicts(case)).collect();
        if !doubtful.is_empty() {
            let again = Self::once(project, browser, &doubtful, 1)?;
            run.measured.extend(again.measured);
            run.seconds += again.seconds;
        }
        Ok(run)
    }

    /// Whether the browser did something else than it was measured to do with this case.
    pub(crate) fn contradicts(&self, case: &Case) -> bool {
        let was = case.measured.by(self.browser);
        was.is_some() && was != self.measured.get(&case.id) && !case.races.contains(&self.browser)
    }

    fn once(project: &Project, browser: Browser, cases: &[&Case], parallel: usize) -> Result<Self> {
        let begin = Instant::now();
        let folder = project.target("browsers");
        fs::create_dir_all(&folder)?;
        let mut command = Command::new(project.server());
        command.args(["serve", "--port", "0", "--quiet"]);
        let (mut server, line) = Running::start_and_listen(&mut command, &folder.join("ws101.log"))?;
        let port = line.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse::<u16>().ok());
        let port = port.with_context(|| format!("ws101 did not say where it listens: {line:?}"))?;

        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let plan = plan_of(browser, &program(browser)?, address, parallel, cases);
        let log = folder.join(format!("{}.log", browser.name()));
        let total: Duration = cases.iter().map(|case| time(case) + AFTER).sum();
        let driver = project.path("tests/browsers");
        let mut report = driver::drive(&driver, &plan, cases, address, &log, begin + AROUND + total)?;
        server.must_still_run()?;
        let measured: BTreeMap<String, Measured> =
            std::mem::take(&mut report.seen).into_iter().map(|(id, seen)| (id, measured(browser, seen))).collect();
        for case in cases {
            ensure!(measured.contains_key(&case.id), "{} did not run {}", browser.title(), case.id);
        }
        let Report { version, date, .. } = report;
        Ok(Self { browser, version, date, measured, seconds: begin.elapsed().as_secs_f64() })
    }
}

fn program(browser: Browser) -> Result<PathBuf> {
    let found = match browser {
        Browser::Chromium => tools::find_chromium(),
        Browser::Firefox => tools::find_firefox(),
    };
    found.with_context(|| format!("{} is gone", browser.title()))
}

fn plan_of(
    browser: Browser,
    program: &Path,
    server: SocketAddr,
    parallel: usize,
    cases: &[&Case],
) -> serde_json::Value {
    let cases: Vec<_> = cases
        .iter()
        .map(|case| {
            json!({
                "id": case.id, "offers": case.offers, "client": case.client,
                "patience": time(case).as_millis() + PATIENCE,
            })
        })
        .collect();
    // A page that asks for nothing more.
    let page = format!("http://{server}/misbehave.css");
    json!({ "browser": browser.name(), "program": program, "page": page, "parallel": parallel, "cases": cases })
}

/// The time that the server takes over a case.
fn time(case: &Case) -> Duration {
    let waits = case.acts("").into_iter().map(|act| if let Act::Wait(time) = act { time } else { Duration::ZERO });
    waits.sum()
}

fn measured(browser: Browser, seen: Seen) -> Measured {
    let Seen { url, events, lines, sent } = seen;
    // Firefox adds a second line where a script closes while it is connecting.
    let message = lines.first().map(|line| message(browser, line, &url));
    Measured { events, message, close_sent: close(sent) }
}

fn message(browser: Browser, line: &str, url: &str) -> String {
    match browser {
        // What is no failure has no such beginning.
        Browser::Chromium => match line.split_once("' failed: ") {
            Some((_, message)) => message.to_owned(),
            None => line.strip_suffix("' failed:").map_or_else(|| line.to_owned(), |_| String::new()),
        }
        .replace(url, "{url}"),
        Browser::Firefox => line.replace(url, "{url}"),
    }
}

/// The first Close among the frames of what a browser sent.
fn close(mut sent: Vec<u8>) -> Option<Sent> {
    let frames = Head::new(&sent).empty_line()?.ending.end;
    let mut input = &mut sent[frames..];
    let mut decoder = FrameDecoder::new(Role::Server).allow_rsv(Rsv::RSV1);
    loop {
        let part = decoder.decode(&mut input).ok()??;
        if part.header.opcode == Opcode::Close && part.is_last() {
            // All of it is here, in one piece; and browsers send back codes that no Close may have.
            let (code, reason) = part
                .payload
                .split_first_chunk()
                .map_or((None, &[][..]), |(code, reason)| (Some(u16::from_be_bytes(*code)), reason));
            return Some(Sent { code, reason: String::from_utf8_lossy(reason).into_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Browser, Seen, Sent, close, measured};

    #[test]
    fn the_beginning_of_a_line_and_the_address_in_it_are_no_part_of_the_message() {
        let of = |browser, line: &str| {
            let lines = vec![line.to_owned(), "another".to_owned()];
            let seen = Seen { url: "ws://a/x".to_owned(), events: Vec::new(), lines, sent: Vec::new() };
            measured(browser, seen).message.unwrap()
        };
        assert_eq!(of(Browser::Firefox, "The connection to ws://a/x was …."), "The connection to {url} was ….");
        assert_eq!(of(Browser::Chromium, "WebSocket connection to 'ws://a/x' failed: Invalid …"), "Invalid …");
        assert_eq!(of(Browser::Chromium, "WebSocket connection to 'ws://a/x' failed: "), "");
        assert_eq!(of(Browser::Chromium, "WebSocket is already in …."), "WebSocket is already in ….");
    }

    #[test]
    fn the_first_close_behind_the_head_is_the_one() {
        let head = b"GET / HTTP/1.1\r\n\r\n".to_vec();
        let sent = |frames: &[u8]| close([&head[..], frames].concat());
        let by = |code: Option<u16>, reason: &str| Some(Sent { code, reason: reason.to_owned() });
        assert_eq!(sent(b""), None);
        assert_eq!(sent(b"\x81\x81\0\0\0\0a"), None);
        assert_eq!(sent(b"\xc1\x81\0\0\0\0a\x88\x80\0\0\0\0"), by(None, ""));
        assert_eq!(sent(b"\x88\x82\0\0\0\0\x03\xe7"), by(Some(999), ""));
        assert_eq!(sent(b"\x88\x83\0\0\0\0\x03\xe8r\x88\x80\0\0\0\0"), by(Some(1000), "r"));
    }
}
