//! Where the findings of a recording are collected.

use ws101_core::{Rule, Span};

use crate::judge::clock::Clock;
use crate::{End, Fault, Finding, Part, Recording, Severity};

/// The findings so far.
pub(super) struct Report<'r> {
    recording: &'r Recording,
    clock: Clock,
    findings: Vec<Finding>,
}

impl<'r> Report<'r> {
    pub(super) fn new(recording: &'r Recording) -> Self {
        Self { recording, clock: Clock::of(recording), findings: Vec::new() }
    }

    pub(super) const fn recording(&self) -> &'r Recording {
        self.recording
    }

    pub(super) const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// All that an end sent.
    pub(super) fn bytes(&self, end: End) -> &'r [u8] {
        self.recording.side(end).bytes()
    }

    /// A finding about a range of an end's bytes, which is at fault; it is not yet collected.
    pub(super) fn finding(&self, rule: Rule, severity: Severity, end: End, at: Span) -> Finding {
        let fault = match end {
            End::Client => Fault::Client,
            End::Server => Fault::Server,
        };
        Finding::new(rule, severity, fault, self.recording.place(end, at.start, at.end))
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// How many errors were found.
    pub(super) fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// In the order of the parts, and of the bytes in each.
    pub(super) fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| {
            let part = match finding.place.part {
                Part::Request => 0,
                Part::Response => 1,
                Part::FromServer => 2,
                Part::FromClient => 3,
            };
            (part, finding.place.start)
        });
        self.findings
    }
}
