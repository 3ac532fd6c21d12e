//! The file that a tap records in.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use humantime::{format_rfc3339_millis, format_rfc3339_seconds};
use ws101_doctor::Moment;
use ws101_doctor::file::{Line, Reason};

use crate::failure::Failure;
use crate::relay::arguments::RecordingArguments;

/// Room for the last line.
const LAST: u64 = 64;

/// A recording file that is written line by line: what was written is there, whatever becomes of the program.
#[derive(Debug)]
pub(super) struct Recorder {
    path: PathBuf,
    file: File,
    written: u64,
    limit: u64,
    /// Whether more is written; after the limit, or when the disk is full, it is not.
    open: bool,
    /// What kept it from being written.
    failure: Option<io::Error>,
}

impl Recorder {
    /// A new file with its first line.
    pub(super) fn create(path: &Path, arguments: &RecordingArguments, url: &str) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.write(true);
        if arguments.overwrite {
            options.create(true).truncate(true)
        } else {
            options.create_new(true)
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // Cookies and tokens are in it.
            options.mode(0o600);
        }
        let file = options.open(path).map_err(|error| {
            let name = path.display();
            Failure::usage(match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    format!("{name} is there already: choose another name, or let it go with --overwrite")
                }
                _ => format!("{name} cannot be recorded in: {error}"),
            })
        })?;
        let limit = arguments.max_record;
        let mut recorder = Self { path: path.to_owned(), file, written: 0, limit, open: true, failure: None };
        let recorded = format_rfc3339_seconds(SystemTime::now()).to_string();
        let by = concat!("ws101 tap ", env!("CARGO_PKG_VERSION"));
        recorder.write(&Line::Header { url, recorded: &recorded, by });
        match recorder.failure.take() {
            Some(error) => Err(Failure::from(recorder.words(&error))),
            None => Ok(recorder),
        }
    }

    pub(super) fn begin(&mut self, connection: u64, began: SystemTime, client: &str) -> Option<String> {
        let began = format_rfc3339_millis(began).to_string();
        self.write(&Line::Begin { connection, began: &began, client })
    }

    pub(super) fn moment(&mut self, connection: u64, moment: &Moment) -> Option<String> {
        self.write(&Line::Moment { connection, moment })
    }

    pub(super) fn note(&mut self, connection: u64, at: u64, note: &str) -> Option<String> {
        self.write(&Line::Note { connection, at, note })
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// What kept the recording from being written, whenever that was.
    pub(super) fn finish(mut self) -> Result<(), String> {
        if self.open {
            self.append(&Line::End(Reason::Stopped));
        }
        match &self.failure {
            Some(error) => Err(self.words(error)),
            None => Ok(()),
        }
    }

    /// Writes a line while there is room; says it where no more will be.
    fn write(&mut self, line: &Line<'_>) -> Option<String> {
        if !self.open {
            return None;
        }
        let line_and_end = line.to_string().len() as u64 + 1;
        if self.written + line_and_end + LAST > self.limit {
            self.append(&Line::End(Reason::Limit));
            self.open = false;
            return Some(format!(
                "{} has the {} bytes of --max-record: what follows is forwarded, and not recorded",
                self.path.display(),
                self.limit
            ));
        }
        self.append(line);
        let error = self.failure.as_ref()?;
        self.open = false;
        let said = self.words(error);
        // There may be room for this where there was none for more.
        let _ = writeln!(self.file, "\n{}", Line::End(Reason::Failed));
        Some(format!("{said}; what follows is forwarded, and not recorded"))
    }

    fn append(&mut self, line: &Line<'_>) {
        let line = format!("{line}\n");
        match self.file.write_all(line.as_bytes()) {
            Ok(()) => self.written += line.len() as u64,
            Err(error) => self.failure = Some(error),
        }
    }

    fn words(&self, error: &io::Error) -> String {
        format!("the recording {} could not be written: {error}", self.path.display())
    }
}
