//! What is known while a server's mistakes are being named.

use super::observation::{Observation, Session};
use super::probe::Probe;
use super::rules::Told;
use crate::{Cause, End, Fault, Finding};

/// The probes of a session, which of them are explained, and the findings so far.
#[derive(Debug)]
pub(super) struct Case<'s> {
    pub(super) session: &'s Session,
    explained: Vec<Probe>,
    /// Each with the probe that shows it most clearly.
    pub(super) findings: Vec<(Probe, Finding)>,
}

impl<'s> Case<'s> {
    pub(super) const fn new(session: &'s Session) -> Self {
        Self { session, explained: Vec::new(), findings: Vec::new() }
    }

    /// What came of a probe, if it was made.
    pub(super) fn seen(&self, probe: Probe) -> Option<&'s Observation> {
        self.session.observations.iter().find(|seen| seen.probe == probe)
    }

    /// What came of a probe that the server did not pass, if nothing explains that yet.
    pub(super) fn wrong(&self, probe: Probe) -> Option<&'s Observation> {
        self.seen(probe).filter(|seen| !seen.is_right() && !self.is_explained(probe))
    }

    /// Whether a probe was made and passed.
    pub(super) fn is_right(&self, probe: Probe) -> bool {
        self.seen(probe).is_some_and(Observation::is_right)
    }

    pub(super) fn is_explained(&self, probe: Probe) -> bool {
        self.explained.contains(&probe)
    }

    /// Those of these probes that went wrong and are not explained.
    pub(super) fn wrong_of(&self, probes: &[Probe]) -> Vec<Probe> {
        probes.iter().copied().filter(|&probe| self.wrong(probe).is_some()).collect()
    }

    /// Names a mistake, which `clearest` shows, and which explains what went wrong with these others.
    pub(super) fn tell(&mut self, told: impl Into<Told>, clearest: &Observation, others: &[Probe]) {
        let Told { rule, severity, causes } = told.into();
        let mut probes = vec![clearest.probe];
        probes.extend(self.wrong_of(others).into_iter().filter(|&other| other != clearest.probe));
        let place = clearest.recording.place(End::Server, clearest.at, clearest.at + clearest.reply.length);
        let mut finding = Finding::new(rule, severity, Fault::Server, place)
            .found(clearest.reply.describe())
            .expected(clearest.expected.describe())
            .caused_by(causes.iter().copied());
        finding.probes = probes.iter().map(|probe| probe.name()).collect();
        self.findings.push((clearest.probe, finding));
        self.explained.extend(probes);
    }

    /// The same, where the probes tell the cause.
    pub(super) fn tell_cause(
        &mut self,
        told: impl Into<Told>,
        causes: &[Cause],
        clearest: &Observation,
        others: &[Probe],
    ) {
        self.tell(Told { causes: &[], ..told.into() }, clearest, others);
        if let Some((_, finding)) = self.findings.last_mut() {
            finding.causes = causes.to_vec();
        }
    }

    /// Nothing that these probes show is worth being looked at.
    pub(super) fn leave_out(&mut self, probes: &[Probe]) {
        self.explained.extend(probes);
    }

    /// Takes over what a judge of bytes says of a probe; the same said of another probe is said once.
    pub(super) fn take_over(&mut self, probe: Probe, mut finding: Finding) {
        let same =
            self.findings.iter_mut().find(|(_, told)| told.rule == finding.rule && told.causes == finding.causes);
        if let Some((_, told)) = same {
            if !told.probes.contains(&probe.name()) {
                told.probes.push(probe.name());
            }
        } else {
            finding.probes = vec![probe.name()];
            self.findings.push((probe, finding));
        }
    }
}
