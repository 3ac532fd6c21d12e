//! SARIF 2.1.0 (OASIS): one log of one run, for code scanning and editors.

use serde_json::{Map, Value, json};
use ws101_doctor::file::Message;
use ws101_doctor::{Explanation, Finding, Part, Severity};

use crate::doctor::case::{Case, Source, Told};

/// What the log holds so far.
#[derive(Debug, Default)]
pub(super) struct Log {
    rules: Vec<Rule>,
    results: Vec<Value>,
}

#[derive(Debug)]
struct Rule {
    id: &'static str,
    value: Value,
}

impl Log {
    pub(super) fn case(&mut self, case: &Case) {
        for told in &case.findings {
            let Finding { rule, section, sentence, fix, .. } = told.finding;
            let index = self.rule(rule, || {
                json!({
                    "id": rule, "shortDescription": { "text": sentence },
                    "fullDescription": { "text": format!("{sentence} ({section})") }, "help": { "text": fix },
                    "properties": { "section": section, "tags": ["websocket"] },
                })
            });
            self.results.push(result(case, told, index));
        }
    }

    /// A line of a log becomes a result of what most likely produces it.
    pub(super) fn explained(&mut self, message: &Message, explanations: &[Explanation], source: &Source) {
        let Some(Explanation { cause, fix, .. }) = explanations.first() else { return };
        let (id, sentence) = (cause.name(), cause.sentence());
        let index =
            self.rule(id, || json!({ "id": id, "shortDescription": { "text": sentence }, "help": { "text": fix } }));
        let causes: Vec<_> = explanations.iter().map(|explanation| explanation.cause.sentence()).collect();
        self.results.push(json!({
            "ruleId": id, "ruleIndex": index, "level": "error",
            "locations": physical(source, message.line).map(|physical| json!({ "physicalLocation": physical }))
                .into_iter().collect::<Vec<_>>(),
            "message": { "text": format!("{}\n{}", message.text, causes.join("\n")) },
        }));
    }

    /// The rule's place in the list, where it is put if it is not there.
    fn rule(&mut self, id: &'static str, value: impl FnOnce() -> Value) -> usize {
        self.rules.iter().position(|rule| rule.id == id).unwrap_or_else(|| {
            self.rules.push(Rule { id, value: value() });
            self.rules.len() - 1
        })
    }

    pub(super) fn print(&self) -> String {
        let rules: Vec<_> = self.rules.iter().map(|rule| &rule.value).collect();
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "ws101 doctor", "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"), "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        format!("{log:#}\n")
    }
}

fn result(case: &Case, told: &Told, index: usize) -> Value {
    let Finding { rule, severity, fault, place, sentence, found, expected, causes, fix, .. } = &told.finding;
    let level = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let evidence = [("Found", found), ("Expected", expected)].into_iter().filter(|(_, value)| !value.is_empty());
    let evidence = evidence.map(|(name, value)| format!("{name}: {value}."));
    let place_in_words = format!("{}, {}.", case.name, case.place(*place));
    let more = told.more().map(|more| format!("{more}."));
    let sentences = [(*sentence).to_owned(), place_in_words].into_iter().chain(evidence).chain([(*fix).to_owned()]);
    let sentences = sentences.chain(more);
    let text = sentences.collect::<Vec<_>>().join(" ");
    json!({
        "ruleId": rule, "ruleIndex": index, "level": level, "message": { "text": text },
        "locations": [location(case, told)],
        "properties": {
            "fault": fault, "connection": case.name, "found": found, "expected": expected, "causes": causes,
            "bytes": hex::encode(case.bytes(*place)), "more": told.finding.more,
        },
    })
}

/// Where the file has it, and where the connection has it.
fn location(case: &Case, Told { finding, line }: &Told) -> Value {
    let place = finding.place;
    let part = match place.part {
        Part::Request => "request",
        Part::Response => "response",
        Part::FromServer => "fromServer",
        Part::FromClient => "fromClient",
    };
    let mut location = Map::new();
    location.extend(physical(&case.source, *line).map(|physical| ("physicalLocation".to_owned(), physical)));
    let name = format!("{part}[{}..{}]", place.start, place.end);
    location.insert(
        "logicalLocations".to_owned(),
        json!([{ "name": name, "fullyQualifiedName": format!("{}/{name}", case.name), "kind": "data" }]),
    );
    Value::Object(location)
}

/// Where a line is; nowhere, where what was read has no name.
fn physical(source: &Source, line: Option<usize>) -> Option<Value> {
    let mut physical = json!({ "artifactLocation": { "uri": uri(source, source.name()?) } });
    if let Some(line) = line {
        physical["region"] = json!({ "startLine": line });
    }
    Some(physical)
}

/// A reference by which the artifact is found: a file's name has to be made one.
fn uri(source: &Source, name: &str) -> String {
    match source {
        Source::Server(url) => url.clone(),
        Source::File(_) => reference(name),
    }
}

fn reference(name: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    /// What RFC 3986 §3.3 has no room for in a path; a colon in its first segment would make that a scheme.
    const OUTSIDE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}')
        .add(b':');
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let path = utf8_percent_encode(&name, OUTSIDE);
    if name.starts_with('/') { format!("file://{path}") } else { path.to_string() }
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn names_of_files_become_references() {
        for (name, expected) in [
            ("a/b.jsonl", "a/b.jsonl"),
            ("/a b/c#1.har", "file:///a%20b/c%231.har"),
            ("a:b?", "a%3Ab%3F"),
            ("记录.har", "%E8%AE%B0%E5%BD%95.har"),
        ] {
            assert_eq!(reference(name), expected);
        }
    }
}
