//! Running other programs: their output goes to the terminal or, for a test stage, into that stage's log.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Where what a program prints goes.
#[derive(Clone)]
pub(crate) struct Output {
    log: Option<PathBuf>,
}

/// What a program printed, standard output and standard error as they came, and how it ended.
pub(crate) struct Finished {
    pub(crate) text: String,
    pub(crate) status: ExitStatus,
}

impl Output {
    pub(crate) fn terminal() -> Self {
        Self { log: None }
    }

    /// Starts an empty log file.
    pub(crate) fn log(path: &Path) -> Result<Self> {
        let folder = path.parent().context("a log needs a folder")?;
        std::fs::create_dir_all(folder)?;
        File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self { log: Some(path.to_owned()) })
    }

    /// Says what happens next.
    pub(crate) fn say(&self, line: &str) -> Result<()> {
        self.write(&format!("{line}\n"))
    }

    /// Runs a program to its end; an exit code other than 0 is an error that names the program.
    pub(crate) fn run(&self, command: &mut Command) -> Result<()> {
        self.say(&format!("$ {}", describe(command)))?;
        command.stdin(Stdio::null());
        if let Some(log) = &self.log {
            let file = OpenOptions::new().append(true).open(log)?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        let status = command.status().with_context(|| cannot_start(command))?;
        succeeded(status, command)
    }

    /// Runs a program that talks to a registry; a network that fails once or twice is tried again.
    pub(crate) fn run_with_retries(&self, mut command: impl FnMut() -> Command) -> Result<()> {
        for pause in [2, 8] {
            let Err(error) = self.run(&mut command()) else { return Ok(()) };
            self.say(&format!("{error}; trying again in {pause} s"))?;
            sleep(Duration::from_secs(pause));
        }
        self.run(&mut command())
    }

    /// Runs a program to its end and keeps what it printed, whatever its exit code.
    pub(crate) fn capture(&self, command: &mut Command) -> Result<Finished> {
        self.say(&format!("$ {}", describe(command)))?;
        let (mut reader, writer) = pipe()?;
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let child = command.spawn().with_context(|| cannot_start(command));
        // The command holds the pipe's writing ends: they must go, or reading never ends.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = child?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        let status = child.wait()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.write(&text)?;
        Ok(Finished { text, status })
    }

    /// What has been logged so far.
    pub(crate) fn text(&self) -> String {
        self.log.as_ref().and_then(|log| std::fs::read_to_string(log).ok()).unwrap_or_default()
    }

    fn write(&self, text: &str) -> Result<()> {
        match &self.log {
            Some(log) => OpenOptions::new().append(true).open(log)?.write_all(text.as_bytes())?,
            None => std::io::stdout().write_all(text.as_bytes())?,
        }
        Ok(())
    }
}

/// Turns an exit code into an error that names the command.
pub(crate) fn succeeded(status: ExitStatus, command: &Command) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(())
}

/// The command as a person would type it.
pub(crate) fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` cannot be started", command.get_program().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::Output;
    use std::process::Command;

    #[test]
    fn what_a_program_prints_is_captured_and_logged() {
        let path = std::env::temp_dir().join(format!("ws101-xtask-{}.log", std::process::id()));
        let output = Output::log(&path).unwrap();
        let finished = output.capture(Command::new("rustc").arg("--version")).unwrap();
        assert!(finished.text.starts_with("rustc "), "{}", finished.text);
        assert!(finished.status.success());
        let log = std::fs::read_to_string(&path).unwrap();
        assert!(log.starts_with("$ rustc --version\nrustc "), "{log}");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_failing_program_is_named_in_the_error() {
        let error = Output::terminal().run(Command::new("rustc").arg("--no-such-option")).unwrap_err();
        assert!(error.to_string().contains("rustc --no-such-option"), "{error}");
    }
}
