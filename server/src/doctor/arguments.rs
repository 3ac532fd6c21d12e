//! The command line of `ws101 doctor`.

use std::fmt;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ws101_doctor::Severity;
use ws101_doctor::file::Form;

use crate::doctor::probe::ProbeArguments;

/// Say why a connection fails: which rules are broken, where, whose fault it is, what browsers do, and the fix.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct DoctorArguments {
    /// A live server to probe, ws:// or wss://; or a recording to judge, or `-` for the standard input
    #[arg(value_name = "URL|FILE", value_parser = Target::parse, required_unless_present = "list_probes")]
    pub(super) target: Option<Target>,

    /// Form of the file; what it seems to be, if not given, which is then told on stderr
    #[arg(long, value_enum, value_name = "FORM")]
    pub(super) format_in: Option<FormatIn>,

    #[command(flatten)]
    pub(super) report: ReportArguments,

    #[command(flatten)]
    pub(super) probes: ProbeArguments,
}

/// How the findings are told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub(super) struct ReportArguments {
    /// Form of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Severity from which a finding makes the exit status 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error)]
    pub(super) fail_on: Threshold,

    /// Tell what Chromium and Firefox do with each connection, side by side
    #[arg(long)]
    pub(super) browsers: bool,
}

impl ReportArguments {
    pub(super) const fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

const AFTER: &str = "\
What a file does not tell, as a HAR does not tell frames, is said and not judged. A capture of packets (pcap) has to be
put together to a stream first: `tshark -r FILE -q -z follow,tcp,raw,0 > stream.txt`.
Of a rule that is broken again and again 20 findings are told, and the others counted.

Exit status:
  0  no finding of the severity that --fail-on names, nor of a worse one
  1  there is one
  2  the command line is wrong, or the file cannot be read
  3  the server cannot be reached

Examples:
  ws101 doctor ws://127.0.0.1:3000     probe a server: what only shows while it runs, too
  ws101 doctor --list-probes           what is asked of it
  ws101 doctor FILE                    the findings, with their places and fixes
  ws101 doctor --browsers FILE         and what each browser does with it
  ws101 doctor --json FILE             for programs
  ws101 doctor --format github FILE    annotations, in a workflow of GitHub
  ws101 doctor --format sarif FILE     for code scanning";

/// What is to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A live server.
    Url(String),
    File(PathBuf),
    StandardInput,
}

impl Target {
    #[expect(clippy::unnecessary_wraps, reason = "clap wants a parser that can fail")]
    fn parse(text: &str) -> Result<Self, String> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        Ok(match scheme.as_deref() {
            Some("ws" | "wss" | "http" | "https") => Self::Url(text.to_owned()),
            _ if text == "-" => Self::StandardInput,
            _ => Self::File(text.into()),
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => f.write_str(url),
            Self::File(path) => path.display().fmt(f),
            Self::StandardInput => f.write_str("the standard input"),
        }
    }
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatIn {
    /// What `ws101 tap --record` writes
    Recording,
    /// A session of the page of `ws101 serve`
    Page,
    /// HAR, saved from a browser's developer tools
    Har,
    /// What `curl -v` or `curl --trace` writes
    Curl,
    /// What `tshark -q -z follow,tcp,raw,N` writes
    Tshark,
    /// A request, a response or both, as text: line ends are taken as CR LF
    Text,
    /// Bytes as they are: heads and frames of one direction, or a request and behind it all that was answered
    Raw,
    /// The same in hexadecimal digits, as xxd and others print them, or in base64
    Digits,
    /// Lines of a console or a log
    Log,
}

impl From<FormatIn> for Form {
    fn from(format: FormatIn) -> Self {
        match format {
            FormatIn::Recording => Self::Recording,
            FormatIn::Page => Self::Page,
            FormatIn::Har => Self::Har,
            FormatIn::Curl => Self::Curl,
            FormatIn::Tshark => Self::Tshark,
            FormatIn::Text => Self::Text,
            FormatIn::Raw => Self::Raw,
            FormatIn::Digits => Self::Noted,
            FormatIn::Log => Self::Log,
        }
    }
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON object a line: each `connection`, its `finding`s and its `browsers`, then `end`
    Json,
    /// Workflow commands of GitHub Actions, which become annotations
    Github,
    /// SARIF 2.1.0, one log of all
    Sarif,
}

/// From which severity on findings make the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Threshold {
    /// Broken rules that a connection fails by
    Error,
    /// Those that a browser lets pass, too
    Warning,
    /// All findings
    Note,
    /// No finding
    Never,
}

impl Threshold {
    pub(super) fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Note => true,
            Self::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, Threshold};
    use ws101_doctor::Severity;

    #[test]
    fn urls_files_and_the_standard_input_are_told_apart() {
        for (text, target) in [
            ("ws://a/", Target::Url("ws://a/".to_owned())),
            ("WSS://a/", Target::Url("WSS://a/".to_owned())),
            ("http://a/", Target::Url("http://a/".to_owned())),
            ("-", Target::StandardInput),
            ("./-", Target::File("./-".into())),
            ("a.har", Target::File("a.har".into())),
            ("c://a", Target::File("c://a".into())),
        ] {
            assert_eq!(Target::parse(text), Ok(target), "{text}");
        }
    }

    #[test]
    fn a_threshold_is_reached_by_what_is_worse() {
        let severities = [Severity::Note, Severity::Warning, Severity::Error];
        for (threshold, reached) in [
            (Threshold::Error, [false, false, true]),
            (Threshold::Warning, [false, true, true]),
            (Threshold::Note, [true; 3]),
            (Threshold::Never, [false; 3]),
        ] {
            assert_eq!(severities.map(|severity| threshold.is_reached_by(severity)), reached, "{threshold:?}");
        }
    }
}
