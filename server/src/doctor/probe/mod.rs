//! `ws101 doctor URL`: asks a live server what only a live server shows.
//!
//! What is asked is listed in `ws101_doctor::probing`, and so is what follows from the answers; here the connections are
//! made ([`Prober`]), each by itself, one after another but where two at once are the point. What is sent stands in
//! [`heads`] and [`frames`]; who comes and goes, in [`company`].

mod arguments;
mod company;
mod frames;
mod heads;
mod line;
mod prober;
mod request;

use std::net::IpAddr;

use tokio::runtime::Builder;
use ws101_doctor::probing::{Probe, conclude};
use ws101_doctor::{Part, diagnose};

use crate::connect::{Security, Target, Tls};
use crate::doctor::case::{Case, Source, Told};
use crate::doctor::report::Report;
use crate::failure::Failure;
pub(crate) use arguments::{ProbeArguments, list};
use prober::Prober;

/// Asks the server at a URL, and tells what was found.
pub(super) fn judge(url: &str, arguments: &ProbeArguments, report: &mut Report) -> Result<(), Failure> {
    let target = Target::parse(url).map_err(|why| Failure::usage(format!("{url}: {why}")))?;
    if !is_loopback(&target.host) && !arguments.i_may_probe_this_server {
        return Err(Failure::usage(format!(
            "{} is not this machine. The probes send malformed requests and frames and may end a weak server: add \
             --i-may-probe-this-server if it is yours, or its owner agreed",
            target.host
        )));
    }
    let tls = match target.security {
        Security::Plain => None,
        Security::Tls => Some(Tls::new(&arguments.tls).map_err(Failure::usage)?),
    };
    let prober = Prober::new(&target, tls.as_ref(), arguments);
    let (session, mut remarks) = crate::run(Builder::new_current_thread(), prober.run())??;
    let made = session.observations.len();
    remarks.push(format!("{made} of {} probes were made.", Probe::ALL.len()));
    if let Some(gone) = session.gone {
        let how = if gone.refuses { "takes no connections any more" } else { "answers nobody any more" };
        remarks.push(format!("After the probe {} the server {how}: the others could not be made.", gone.after.name()));
    }
    let findings = conclude(&session).findings;
    for seen in &session.observations {
        let of_probe: Vec<Told> = findings
            .iter()
            .filter(|(probe, _)| *probe == seen.probe)
            .map(|(_, finding)| finding.clone().into())
            .collect();
        let is_first = seen.probe == Probe::Open;
        if of_probe.is_empty() && !is_first {
            continue;
        }
        let mut case = Case {
            name: seen.probe.name().to_owned(),
            source: Source::Server(target.url.clone()),
            recording: seen.recording.clone(),
            findings: of_probe,
            browsers: (!seen.recording.part(Part::Response).is_empty()).then(|| diagnose(&seen.recording).browsers),
            sent: Some(seen.sent.clone()),
            remarks: vec![seen.probe.sentence().to_owned()],
        };
        if is_first {
            case.remarks.append(&mut remarks);
        }
        report.case(&case);
    }
    Ok(())
}

/// Whether this is surely the machine that we run on.
fn is_loopback(host: &str) -> bool {
    host.parse::<IpAddr>().map_or_else(|_| host.eq_ignore_ascii_case("localhost"), |address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_machine_need_no_consent() {
        for host in ["localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["example.com", "10.0.0.1", "localhost.example.com", "::", "0.0.0.0"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
