//! Telling of findings, in the form that the command line asks for.

mod github;
mod json;
mod sarif;
mod text;

use std::process::ExitCode;

use ws101_doctor::file::Message;
use ws101_doctor::{Explanation, Severity};

use crate::doctor::arguments::{Format, ReportArguments, Threshold};
use crate::doctor::case::{Case, Source, Told};
use crate::failure::Failure;
use crate::output::{Output, note};
use sarif::Log;
pub(crate) use text::finding;

/// Tells of cases as they come, and at the end of all of them.
#[derive(Debug)]
pub(crate) struct Report {
    output: Output,
    form: Form,
    fail_on: Threshold,
    browsers: bool,
    tally: Tally,
}

#[derive(Debug)]
enum Form {
    Text,
    Json,
    Github,
    /// One document, which is printed at the end.
    Sarif(Box<Log>),
}

/// What all cases came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) cases: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    /// Lines of a log that were explained.
    pub(crate) explained: usize,
    failed: bool,
}

impl Report {
    pub(super) fn new(arguments: &ReportArguments) -> Self {
        let form = match arguments.format() {
            Format::Text => Form::Text,
            Format::Json => Form::Json,
            Format::Github => Form::Github,
            Format::Sarif => Form::Sarif(Box::default()),
        };
        Self {
            output: Output::default(),
            form,
            fail_on: arguments.fail_on,
            browsers: arguments.browsers,
            tally: Tally::default(),
        }
    }

    /// Tells of a case.
    pub(crate) fn case(&mut self, case: &Case) {
        self.tally.cases += 1;
        for told in &case.findings {
            self.tally.count(told, self.fail_on);
        }
        let browsers = self.browsers.then_some(case.browsers.as_ref()).flatten();
        match &mut self.form {
            Form::Text => self.output.print(&text::case(case, browsers)),
            Form::Json => self.output.print(&json::case(case, browsers)),
            Form::Github => self.output.print(&github::case(case)),
            Form::Sarif(log) => log.case(case),
        }
    }

    /// Tells what produces a line of a console or a log, which stands in this file; the most likely comes first.
    pub(crate) fn explained(&mut self, line: &Message, explanations: &[Explanation], source: &Source) {
        self.tally.explained += 1;
        self.tally.failed |= self.fail_on.is_reached_by(Severity::Error);
        match &mut self.form {
            Form::Text => self.output.print(&text::explained(line, explanations)),
            Form::Json => self.output.print(&json::explained(line, explanations)),
            Form::Github => self.output.print(&github::explained(line, explanations, source)),
            Form::Sarif(log) => log.explained(line, explanations, source),
        }
    }

    /// Tells what is no finding and of no case: how something was read, say.
    pub(crate) fn remark(&self, text: &str) {
        match self.form {
            Form::Json => self.output.print(&json::remark(text)),
            Form::Text | Form::Github | Form::Sarif(_) => note(format_args!("ws101: {text}")),
        }
    }

    /// Tells what it came to; the exit status.
    ///
    /// # Errors
    /// What kept something from being printed.
    pub(crate) fn end(self) -> Result<ExitCode, Failure> {
        let status = if self.tally.failed { Failure::OTHER } else { 0 };
        match &self.form {
            Form::Text => self.output.print(&text::end(&self.tally)),
            Form::Json => self.output.print(&json::end(&self.tally, status)),
            Form::Github => {}
            Form::Sarif(log) => self.output.print(&log.print()),
        }
        self.output.finish()?;
        Ok(ExitCode::from(status))
    }
}

impl Tally {
    fn count(&mut self, told: &Told, fail_on: Threshold) {
        let severity = told.finding.severity;
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        };
        *count += told.count();
        self.failed |= fail_on.is_reached_by(severity);
    }
}
