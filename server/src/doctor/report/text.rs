//! A report for people.

use std::fmt::{self, Write};

use ws101_doctor::file::Message;
use ws101_doctor::{Browsers, Cause, Explanation, Fault, Finding, Severity, Verdict};

use crate::doctor::case::{Case, Told};
use crate::doctor::report::Tally;
use crate::preview;

pub(super) fn case(case: &Case, browsers: Option<&Browsers>) -> String {
    let mut out = format!("{}\n", case.name);
    for remark in &case.remarks {
        let _ = writeln!(out, "  ({remark})");
    }
    if let Some(sent) = case.sent.as_ref().filter(|sent| !sent.is_empty()) {
        let _ = writeln!(out, "  (Sent: {})", preview::preview(sent));
    }
    for told in &case.findings {
        let _ = write!(out, "\n{}", finding(case, told));
    }
    if case.is_empty() {
        out.push_str("  nothing to judge\n");
    } else if case.findings.is_empty() {
        out.push_str("  no rule broken\n");
    }
    if let Some(browsers) = browsers {
        let _ = write!(out, "\n{}", self::browsers(browsers));
    }
    out.push('\n');
    out
}

/// A finding, its evidence, its causes and its fix.
pub(crate) fn finding(case: &Case, told: &Told) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write_finding(&mut out, case, told);
    out
}

fn write_finding(out: &mut String, case: &Case, told: &Told) -> fmt::Result {
    let Told { finding, line } = told;
    let Finding { rule, section, sentence, found, expected, fix, .. } = finding;
    writeln!(out, "  {}: {rule}, {section}: {sentence}", severity(finding.severity))?;
    let line = line.map_or_else(String::new, |line| format!(", line {line} of the file"));
    writeln!(out, "    Fault:    {}", fault(finding.fault))?;
    writeln!(out, "    Where:    {}{line}", case.place(finding.place))?;
    let bytes = case.shown(finding.place);
    if let Some(bytes) = &bytes {
        writeln!(out, "    Bytes:    {bytes}")?;
    }
    // What the bytes show already is not said again.
    let seen = |value: &str| bytes.as_ref().is_some_and(|bytes| *bytes == value || *bytes == preview::text(value));
    for (name, value) in [("Found", found), ("Expected", expected)] {
        if !value.is_empty() && !seen(value) {
            writeln!(out, "    {:9} {}", format!("{name}:"), preview::printable(value))?;
        }
    }
    if !finding.probes.is_empty() {
        writeln!(out, "    Probes:   {}", finding.probes.join(", "))?;
    }
    causes(out, &finding.causes)?;
    writeln!(out, "    Fix:      {fix}")?;
    told.more().map_or(Ok(()), |more| writeln!(out, "    More:     {more}"))
}

fn causes(out: &mut String, causes: &[Cause]) -> fmt::Result {
    match causes {
        [] => Ok(()),
        [cause] => writeln!(out, "    Cause:    {}", cause.sentence()),
        _ => {
            writeln!(out, "    Causes, the likeliest first:")?;
            causes.iter().try_for_each(|cause| writeln!(out, "      - {}", cause.sentence()))
        }
    }
}

/// What each browser does, side by side.
pub(super) fn browsers(browsers: &Browsers) -> String {
    let Browsers { chromium, firefox } = browsers;
    let rows = [
        ("", "Chromium".to_owned(), "Firefox".to_owned()),
        ("opens", opens(chromium), opens(firefox)),
        ("the script gets", events(chromium), events(firefox)),
        ("close event", close_event(chromium), close_event(firefox)),
        ("Close sent", close_sent(chromium), close_sent(firefox)),
        ("console", console(chromium), console(firefox)),
    ];
    let width = rows.iter().map(|(_, chromium, _)| chromium.chars().count()).max().unwrap_or(0).min(WIDTH);
    let mut out = String::new();
    for (name, chromium, firefox) in rows {
        // A text that is too long for a column has a line for itself.
        let _ = if chromium.chars().count() > width {
            writeln!(out, "    {name:16} {chromium}\n    {:16} {:width$}  {firefox}", "", "")
        } else {
            writeln!(out, "    {name:16} {chromium:width$}  {firefox}")
        };
    }
    out
}

/// Characters of the first browser's column at most.
const WIDTH: usize = 56;

fn opens(verdict: &Verdict) -> String {
    if verdict.opens { "yes" } else { "no" }.to_owned()
}

fn events(verdict: &Verdict) -> String {
    let names: Vec<_> = verdict.events.iter().map(|event| event.split(' ').next().unwrap_or_default()).collect();
    let runs = names.chunk_by(|one, next| one == next);
    let runs = runs.flat_map(|run| match run {
        [name, _, _, _, ..] => vec![format!("{name} ({} times)", run.len())],
        few => few.iter().map(ToString::to_string).collect(),
    });
    let runs: Vec<_> = runs.collect();
    if runs.is_empty() { "nothing".to_owned() } else { runs.join(", ") }
}

fn close_event(verdict: &Verdict) -> String {
    verdict.close_event.as_ref().map_or_else(
        || "none".to_owned(),
        |close| {
            let clean = if close.was_clean { "clean" } else { "not clean" };
            format!("{}, {clean}{}", close.code, reason(&close.reason))
        },
    )
}

fn close_sent(verdict: &Verdict) -> String {
    verdict.close_sent.as_ref().map_or_else(
        || "none".to_owned(),
        |close| {
            let code = close.code.map_or_else(|| "no code".to_owned(), |code| code.to_string());
            format!("{code}{}", reason(&close.reason))
        },
    )
}

fn reason(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" {}", preview::text(reason)) }
}

fn console(verdict: &Verdict) -> String {
    verdict.message.as_deref().map_or_else(|| "nothing".to_owned(), preview::printable)
}

pub(super) fn explained(message: &Message, explanations: &[Explanation]) -> String {
    let line = message.line.map_or_else(String::new, |line| format!(", line {line} of the file"));
    let mut out = format!("{}{line}\n", preview::text(&message.text));
    for (place, explanation) in explanations.iter().enumerate() {
        let Explanation { cause, rule, section, evidence, fix, case, .. } = explanation;
        let _ = writeln!(out, "\n  {}. {}", place + 1, cause.sentence());
        let _ = writeln!(out, "    Fault:    {}", fault(explanation.fault));
        if let (Some(rule), Some(section)) = (rule, section) {
            let _ = writeln!(out, "    Rule:     {rule}, {section}");
        }
        if !evidence.is_empty() {
            let _ = writeln!(out, "    Evidence: {}", preview::printable(evidence));
        }
        let _ = writeln!(out, "    Fix:      {fix}");
        if let Some(case) = case {
            let _ = writeln!(out, "    Try it:   ws101 serve, and connect to /misbehave/{case}");
        }
    }
    out.push('\n');
    out
}

pub(super) fn end(tally: &Tally) -> String {
    let Tally { cases, errors, warnings, notes, explained, .. } = *tally;
    let counted = |count: usize, noun: &str| {
        let ending = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {noun}{ending}"))
    };
    let found: Vec<_> = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")]
        .into_iter()
        .flatten()
        .collect();
    let found = if found.is_empty() { "no finding".to_owned() } else { found.join(", ") };
    let cases = counted(cases, "connection").map(|cases| format!("{found} in {cases}"));
    let lines = counted(explained, "line").map(|lines| format!("{lines} of a log explained"));
    let parts: Vec<_> = [cases, lines].into_iter().flatten().collect();
    format!("{}\n", parts.join("; "))
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

const fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Client => "the client's",
        Fault::Server => "the server's",
        Fault::Between => "of something between client and server",
    }
}
