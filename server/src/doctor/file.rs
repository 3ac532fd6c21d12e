//! Judging what a file holds.

use std::path::Path;

use ws101_doctor::{Recording, Streams};

use crate::decode::{self, Format, HeadKind};
use crate::doctor::arguments::Target;
use crate::doctor::case::Lines;
use crate::doctor::{Case, Report, Source};
use crate::failure::Failure;

/// Reads the file, judges what it holds, and tells of it.
pub(super) fn judge(target: &Target, report: &mut Report) -> Result<(), Failure> {
    let unreadable = |why| Failure::usage(format!("{target}: {why}"));
    let (path, name) = match target {
        Target::File(path) => (path.as_path(), Some(path.to_string_lossy().into_owned())),
        Target::StandardInput | Target::Url(_) => (Path::new("-"), None),
    };
    let input = decode::read(path).map_err(unreadable)?;
    let bytes = Format::detect(input).map_err(unreadable)?.bytes;
    let streams = match HeadKind::of(&bytes) {
        Some(HeadKind::Request) => Streams { request: Some(bytes), ..Streams::default() },
        Some(HeadKind::Response) => Streams { response: Some(bytes), ..Streams::default() },
        None => Streams { from_server: bytes, ..Streams::default() },
    };
    let source = Source::File { name, lines: Lines::default() };
    report.case(&Case::diagnosed("connection 1".to_owned(), source, Recording::from(streams)));
    Ok(())
}
