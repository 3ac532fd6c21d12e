//! The command line of the probes.

use std::time::Duration;

use clap::Args;
use ws101_doctor::probing::{Family, Probe};

use crate::args::seconds;
use crate::connect::{TlsArguments, field, origin, subprotocol};

/// How a live server is asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Probes, for a URL")]
pub(crate) struct ProbeArguments {
    /// Make only these probes, by name or family, and the first, which opens a connection; may be given again
    #[arg(long, value_name = "PROBE", value_parser = choice)]
    only: Vec<Choice>,

    /// Leave these probes out, by name or family; may be given again
    #[arg(long, value_name = "PROBE", value_parser = choice)]
    skip: Vec<Choice>,

    /// List the probes, and do nothing else
    #[arg(long, exclusive = true)]
    pub(crate) list_probes: bool,

    /// Time for an answer. A quarter of it is waited for; where nothing came by then, all of it, once more
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub(super) timeout: Duration,

    /// Send this field with each request, too; may be given again
    #[arg(long, value_name = "NAME: VALUE", value_parser = field)]
    pub(super) header: Vec<(String, String)>,

    /// Send this Origin, as a page's browser would
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(super) origin: Option<String>,

    /// Offer this subprotocol; may be given again, the preferred one first
    #[arg(long, value_name = "NAME", value_parser = subprotocol)]
    pub(super) subprotocol: Vec<String>,

    /// Probe a server that is not on this machine. The probes send malformed requests and frames, leave connections
    /// half open and may end a weak server: send them to a server of your own, or to one whose owner agreed
    #[arg(long)]
    pub(super) i_may_probe_this_server: bool,

    #[command(flatten)]
    pub(super) tls: TlsArguments,
}

/// One probe, or all of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    One(Probe),
    All(Family),
}

impl ProbeArguments {
    /// Whether a probe is to be made.
    pub(super) fn chosen(&self, probe: Probe) -> bool {
        let named = |choice: &Choice| match choice {
            Choice::One(one) => *one == probe,
            Choice::All(family) => *family == probe.family(),
        };
        (self.only.is_empty() || self.only.iter().any(named)) && !self.skip.iter().any(named)
    }
}

fn choice(text: &str) -> Result<Choice, String> {
    let probe = Probe::ALL.iter().find(|probe| probe.name() == text).map(|&probe| Choice::One(probe));
    let family = Family::ALL.iter().find(|family| family.name() == text).map(|&family| Choice::All(family));
    probe.or(family).ok_or_else(|| {
        let families: Vec<_> = Family::ALL.iter().map(|family| family.name()).collect();
        format!(
            "there is no such probe; `ws101 doctor --list-probes` lists them, and the families are {}",
            families.join(", ")
        )
    })
}

/// Every probe, a line each.
pub(crate) fn list() -> String {
    let line = |probe: &Probe| format!("{:10} {:18} {}\n", probe.family().name(), probe.name(), probe.sentence());
    Probe::ALL.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Choice, Family, Probe, choice, list};

    #[test]
    fn probes_and_families_are_named() {
        assert_eq!(choice("two-frames"), Ok(Choice::One(Probe::TwoFrames)));
        assert_eq!(choice("frames"), Ok(Choice::All(Family::Frames)));
        assert!(choice("two frames").unwrap_err().contains("--list-probes"));
    }

    #[test]
    fn every_probe_is_listed_under_a_name_of_its_own() {
        let list = list();
        assert_eq!(list.lines().count(), Probe::ALL.len());
        let mut names: Vec<_> = Probe::ALL.iter().map(|probe| probe.name()).collect();
        names.extend(Family::ALL.iter().map(|family| family.name()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        // `handshake` is the only name that could be both.
        assert_eq!(names.len(), count);
    }
}
