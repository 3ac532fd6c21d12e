//! `ws101 doctor`: why a connection fails, where, whose fault it is, and what to do.
//!
//! What is judged comes from a file ([`file`]); each connection becomes a [`Case`](case::Case), and the [`Report`] tells of the cases
//! in the form that the command line asks for. The judging itself is `ws101_doctor`'s.

mod arguments;
mod case;
mod file;
mod report;

use std::process::ExitCode;

use crate::failure::Failure;
pub(crate) use arguments::DoctorArguments;
use arguments::Target;
use report::Report;

pub(crate) fn run(arguments: &DoctorArguments) -> Result<ExitCode, Failure> {
    let mut report = Report::new(&arguments.report);
    match &arguments.target {
        Target::Url(url) => {
            return Err(Failure::usage(format!("{url} is a URL, and this reads files; record one with `ws101 tap`")));
        }
        target @ (Target::File(_) | Target::StandardInput) => file::judge(target, arguments.format_in, &mut report)?,
    }
    report.end()
}
