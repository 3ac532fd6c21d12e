//! Workflow commands of GitHub Actions: each finding becomes an annotation of the run and, where it is in a file, of the
//! file's line.

use ws101_doctor::file::Message;
use ws101_doctor::{Explanation, Finding, Severity};

use crate::doctor::case::{Case, Source, Told};

pub(super) fn case(case: &Case) -> String {
    case.findings.iter().map(|told| command(case, told)).collect()
}

fn command(case: &Case, told: &Told) -> String {
    let Told { finding, line } = told;
    let Finding { rule, section, sentence, found, expected, causes, fix, place, .. } = finding;
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let title = format!("{rule} ({section})");
    let mut lines = vec![(*sentence).to_owned(), format!("{}: {}", case.name, case.place(*place))];
    let evidence = [("Found", found), ("Expected", expected)].into_iter().filter(|(_, value)| !value.is_empty());
    lines.extend(evidence.map(|(name, value)| format!("{name}: {value}")));
    lines.extend(causes.iter().map(|cause| format!("Cause: {}", cause.sentence())));
    lines.push(format!("Fix: {fix}"));
    lines.extend(told.more());
    format!("::{kind} {}::{}\n", properties(&case.source, *line, &title), data(&lines.join("\n")))
}

fn properties(source: &Source, line: Option<usize>, title: &str) -> String {
    let file = match source {
        Source::File(Some(name)) => Some(format!("file={}", property(name))),
        Source::File(None) | Source::Server(_) => None,
    };
    // A line of no file is one of nothing.
    let line = file.as_ref().and(line).map(|line| format!("line={line}"));
    let all = [file, line, Some(format!("title={}", property(title)))];
    all.into_iter().flatten().collect::<Vec<_>>().join(",")
}

pub(super) fn explained(message: &Message, explanations: &[Explanation], source: &Source) -> String {
    let causes = explanations.iter().map(|Explanation { cause, fix, .. }| {
        let sentence = cause.sentence();
        format!("Cause: {sentence}\nFix: {fix}")
    });
    let lines: Vec<_> = std::iter::once(message.text.clone()).chain(causes).collect();
    format!("::error {}::{}\n", properties(source, message.line, "WebSocket failure"), data(&lines.join("\n")))
}

/// A command ends with its line, and `%` begins an escape.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends with a comma too, and all of them with a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("100%\r\n::x,"), "100%25%0D%0A::x,");
        assert_eq!(property("C:\\a,b%"), "C%3A\\a%2Cb%25");
    }
}
