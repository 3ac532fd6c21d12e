//! The driver in `tests/browsers`, which runs cases in one browser: a line of JSON to it and from it at a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use ws101_doctor::cases::Case;

use crate::browsers::observer::Observer;

/// What the driver writes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Begins { version: String, date: String },
    Open { open: String },
    Did { id: String, events: Vec<String>, lines: Vec<String> },
}

/// What one case came to.
pub(crate) struct Seen {
    /// Where the browser connected to.
    pub(crate) url: String,
    pub(crate) events: Vec<String>,
    /// What the console said.
    pub(crate) lines: Vec<String>,
    /// All that the browser sent.
    pub(crate) sent: Vec<u8>,
}

/// What a browser is, and what it did, by the cases' ids.
pub(crate) struct Report {
    pub(crate) version: String,
    /// The day, as in `2026-11-21`.
    pub(crate) date: String,
    pub(crate) seen: BTreeMap<String, Seen>,
}

/// Runs the cases of `plan` against `server`, each through an observer of its own.
pub(crate) fn drive(
    folder: &Path,
    plan: &Value,
    cases: &[&Case],
    server: SocketAddr,
    log: &Path,
    deadline: Instant,
) -> Result<Report> {
    let mut driver = Driver::start(folder, log)?;
    driver.write(plan)?;
    let mut report = Report { version: String::new(), date: String::new(), seen: BTreeMap::new() };
    let mut open = BTreeMap::new();
    let mut hosts = hosts();
    while let Some(line) = driver.line(deadline)? {
        match line {
            Line::Begins { version, date } => (report.version, report.date) = (version, date),
            Line::Open { open: id } => {
                let case = cases.iter().find(|case| case.id == id).with_context(|| format!("{id} was not planned"))?;
                let observer = Observer::listen(hosts.next().context("there are no more hosts")?, server)?;
                let url = format!("ws://{}{}", observer.address(), case.target());
                driver.write(&json!({ "id": id, "url": url }))?;
                open.insert(id, (url, observer));
            }
            Line::Did { id, events, lines } => {
                let (url, observer) = open.remove(&id).with_context(|| format!("{id} was not opened"))?;
                report.seen.insert(id, Seen { url, events, lines, sent: observer.sent() });
            }
        }
    }
    driver.ended(deadline)?;
    Ok(report)
}

/// Browsers open connections to one host one after the other, Firefox whatever the port, and wait before they try one again
/// that failed: where all of 127.0.0.0/8 is this machine, each case has a host of its own.
fn hosts() -> impl Iterator<Item = Ipv4Addr> {
    (1..u16::MAX).map(|number| {
        let [high, low] = number.to_be_bytes();
        if cfg!(target_os = "macos") { Ipv4Addr::LOCALHOST } else { Ipv4Addr::new(127, 1, high, low) }
    })
}

/// The running driver; it is ended when this is dropped.
struct Driver {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    log: String,
}

impl Driver {
    fn start(folder: &Path, log: &Path) -> Result<Self> {
        let errors = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        let mut command = Command::new("node");
        command.current_dir(folder).arg("run.mjs").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command.spawn().context("`node` cannot be started")?;
        let input = child.stdin.take().context("a pipe was asked for")?;
        let output = child.stdout.take().context("a pipe was asked for")?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, input, lines, log: log.display().to_string() })
    }

    fn write(&mut self, value: &Value) -> Result<()> {
        let written = writeln!(self.input, "{value}").and_then(|()| self.input.flush());
        written.with_context(|| format!("the browsers' driver has ended; {} says why", self.log))
    }

    /// The next line; `None` when the driver writes no more.
    fn line(&self, deadline: Instant) -> Result<Option<Line>> {
        match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => serde_json::from_str(&line).map(Some).with_context(|| format!("the driver wrote {line:?}")),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => bail!("the browsers' driver did not end in time; see {}", self.log),
        }
    }

    fn ended(&mut self, deadline: Instant) -> Result<()> {
        loop {
            match self.child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => bail!("the browsers' driver failed ({status}); {} says why", self.log),
                None if Instant::now() > deadline => bail!("the browsers' driver did not end; see {}", self.log),
                None => thread::sleep(std::time::Duration::from_millis(10)),
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
