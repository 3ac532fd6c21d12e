//! Where the findings of a recording are collected.

use ws101_core::{Rule, Span};

use crate::judge::clock::Clock;
use crate::order;
use crate::{Diagnosis, End, Fault, Finding, Part, Recording, Severity};

/// The findings so far.
pub(super) struct Report<'r> {
    recording: &'r Recording,
    clock: Clock,
    findings: Vec<Finding>,
    kinds: Vec<Kind>,
}

/// Findings that are alike.
struct Kind {
    rule: &'static str,
    part: Part,
    severity: Severity,
    listed: usize,
    /// The place of the last of those that are listed.
    last: usize,
}

impl Kind {
    fn of(finding: &Finding) -> Self {
        let Finding { rule, severity, place, .. } = *finding;
        Self { rule, part: place.part, severity, listed: 0, last: 0 }
    }

    fn has(&self, finding: &Finding) -> bool {
        let Finding { rule, severity, place, .. } = *finding;
        (self.rule, self.part, self.severity) == (rule, place.part, severity)
    }
}

impl<'r> Report<'r> {
    pub(super) fn new(recording: &'r Recording) -> Self {
        Self { recording, clock: Clock::of(recording), findings: Vec::new(), kinds: Vec::new() }
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

    /// Whether a finding will be listed, so that it is worth while to explain it; others are only counted.
    pub(super) fn lists(&self, finding: &Finding) -> bool {
        self.kinds.iter().find(|kind| kind.has(finding)).is_none_or(|kind| kind.listed < Diagnosis::LISTED)
    }

    /// Collects a finding, or counts it where enough like it are listed.
    pub(super) fn add(&mut self, finding: Finding) {
        let place = self.kinds.iter().position(|kind| kind.has(&finding)).unwrap_or_else(|| {
            self.kinds.push(Kind::of(&finding));
            self.kinds.len() - 1
        });
        let kind = &mut self.kinds[place];
        if kind.listed == Diagnosis::LISTED {
            self.findings[kind.last].more += 1;
        } else {
            (kind.listed, kind.last) = (kind.listed + 1, self.findings.len());
            self.findings.push(finding);
        }
    }

    /// How many errors are listed.
    pub(super) fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// In the order of the parts, and of the bytes in each.
    pub(super) fn into_findings(mut self) -> Vec<Finding> {
        order::by_key(&mut self.findings, |finding| finding.place.start);
        order::by_key(&mut self.findings, |finding| match finding.place.part {
            Part::Request => 0,
            Part::Response => 1,
            Part::FromServer => 2,
            Part::FromClient => 3,
        });
        self.findings
    }
}
