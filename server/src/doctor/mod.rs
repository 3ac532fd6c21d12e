//! `ws101 doctor`: why a connection fails, where, whose fault it is, and what to do.
//!
//! What is judged comes from a file ([`mod@file`]) or from a live server ([`probe`]); each connection becomes a [`Case`],
//! and the [`Report`] tells of the cases in the form that the command line asks for. The judging itself is
//! `ws101_doctor`'s.

mod arguments;
mod case;
mod file;
mod probe;
mod report;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::output::Output;
pub(crate) use arguments::DoctorArguments;
use arguments::Target;
pub(crate) use case::{Case, Source};
use report::Report;
pub(crate) use report::finding;

pub(crate) fn run(arguments: &DoctorArguments) -> Result<ExitCode, Failure> {
    let mut report = Report::new(&arguments.report);
    match &arguments.target {
        Some(Target::Url(url)) => probe::judge(url, &arguments.probes, &mut report)?,
        Some(target @ (Target::File(_) | Target::StandardInput)) => {
            file::judge(target, arguments.format_in, &mut report)?;
        }
        None => return list_probes(),
    }
    report.end()
}

/// Every probe of a live server, a line each.
fn list_probes() -> Result<ExitCode, Failure> {
    let output = Output::default();
    output.print(&probe::list());
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}
