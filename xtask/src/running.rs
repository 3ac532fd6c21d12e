//! Programs that run beside us: none of them outlives the value that stands for it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::process::describe;

/// A program that was started; it is ended when this is dropped.
pub(crate) struct Running {
    child: Child,
    name: String,
    log: PathBuf,
}

/// Lines of a log that an error quotes.
const LAST_LINES: usize = 6;

impl Running {
    /// Starts a program whose output goes to a log.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        Self::spawn(command, log)
    }

    /// Starts a program that says on its first line of output what others must know; its errors go to a log.
    pub(crate) fn start_and_listen(command: &mut Command, log: &Path) -> Result<(Self, String)> {
        let file = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file);
        let mut running = Self::spawn(command, log)?;
        let stdout = running.child.stdout.take().context("a pipe was asked for")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        ensure!(!line.is_empty(), "`{}` did not begin: {}", running.name, running.last_words());
        Ok((running, line.trim_end().to_owned()))
    }

    /// Waits until the program ends well; an error when it does not, or not until `deadline`.
    pub(crate) fn wait(&mut self, deadline: Instant) -> Result<()> {
        loop {
            match self.child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => bail!("`{}` failed ({status}): {}", self.name, self.last_words()),
                None if Instant::now() >= deadline => {
                    bail!("`{}` did not end in time: {}", self.name, self.last_words())
                }
                None => {}
            }
            sleep(Duration::from_millis(20));
        }
    }

    /// An error when the program has ended, though nobody asked it to.
    pub(crate) fn must_still_run(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("`{}` has ended ({status}): {}", self.name, self.last_words()),
        }
    }

    /// The end of its log, and where the rest is.
    fn last_words(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let last = &lines[lines.len().saturating_sub(LAST_LINES)..];
        format!("{}\n(from {})", last.join("\n"), self.log.display())
    }

    fn spawn(command: &mut Command, log: &Path) -> Result<Self> {
        let name = describe(command);
        let child = command.spawn().with_context(|| format!("`{name}` cannot be started"))?;
        Ok(Self { child, name, log: log.to_owned() })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::Running;

    #[test]
    fn the_first_line_is_heard_and_the_end_is_waited_for() {
        let log = std::env::temp_dir().join(format!("ws101-running-{}.log", std::process::id()));
        let (mut running, line) = Running::start_and_listen(Command::new("rustc").arg("--version"), &log).unwrap();
        assert!(line.starts_with("rustc "), "{line}");
        running.wait(Instant::now() + Duration::from_secs(20)).unwrap();
        assert!(running.must_still_run().unwrap_err().to_string().contains("rustc --version"));

        let silent = Running::start_and_listen(Command::new("rustc").arg("--no-such-option"), &log);
        let error = silent.err().unwrap().to_string();
        // What it said last is in the error.
        assert!(error.contains("did not begin") && error.contains("no-such-option'"), "{error}");
        std::fs::remove_file(log).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_in_time_is_an_error_and_is_ended() {
        let log = std::env::temp_dir().join(format!("ws101-sleeping-{}.log", std::process::id()));
        let mut running = Running::start(Command::new("sleep").arg("600"), &log).unwrap();
        running.must_still_run().unwrap();
        let error = running.wait(Instant::now()).unwrap_err().to_string();
        assert!(error.contains("sleep 600"), "{error}");
        let id = running.child.id().to_string();
        drop(running);
        assert!(!Command::new("kill").args(["-0", &id]).status().unwrap().success());
        std::fs::remove_file(log).unwrap();
    }
}
