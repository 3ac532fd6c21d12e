//! Why a field of the response is wrong, and what else the fields say.

use ws101_core::handshake::{Accept, HandshakeError, HandshakeViolation as V};
use ws101_core::{FieldLine, Head, Line, Span};

use crate::judge::report::Report;
use crate::judge::response::{Answer, EXAMPLE};
use crate::judge::{quote, status};
use crate::{Cause, DoctorRule, End, Fault, Finding, Severity, accept};

/// What was expected, whose fault it is, and what leads to it.
pub(super) fn explain(report: &Report<'_>, answer: Answer<'_>, error: HandshakeError, finding: Finding) -> Finding {
    let head = Head::new(answer.head);
    match error.violation {
        V::NotSwitchingProtocols => not_101(report, answer, finding),
        V::AcceptWrong => wrong_accept(answer, error.at, finding),
        V::AcceptMissing => missing_accept(report, answer, finding),
        V::HeadIncomplete => {
            let whole_lines = answer.head.ends_with(b"\n");
            let accepted = head.fields_named("Sec-WebSocket-Accept").next().is_some();
            let cut = behind_last_line(answer.head).iter().any(|&byte| byte >= 0x80);
            let short = accepted && (whole_lines || cut);
            finding.expected("CR LF").caused_by([if short { Cause::EmptyLineMissing } else { Cause::HeadUnfinished }])
        }
        V::ResponseConnectionMissing | V::ResponseConnectionNotUpgrade => {
            let through_proxy = head.fields().any(|field| field.is("Via")) || status::is_of_proxy(head, &[]);
            let fault = if through_proxy { Fault::Between } else { finding.fault };
            let cause = match error.violation {
                V::ResponseConnectionMissing if through_proxy => Cause::FieldsStripped,
                V::ResponseConnectionMissing => Cause::ConnectionMissingInAnswer,
                _ => Cause::ConnectionRewritten,
            };
            Finding { fault, ..finding }.expected("Upgrade").caused_by([cause])
        }
        V::ResponseProtocolNotOffered | V::ResponseProtocolDuplicate => subprotocol(answer, error, finding),
        V::DeflateParameterValue => {
            let echoed = answer.asked.is_some_and(|asked| echoes_offer(head, Head::new(asked)));
            let cause = if echoed { Cause::DeflateOfferEchoed } else { Cause::DeflateParameterInvalid };
            finding.caused_by([cause])
        }
        violation => {
            let (expected, causes) = usual(violation);
            finding.expected(expected).caused_by(causes.iter().copied())
        }
    }
}

/// What was expected, and what usually leads to it, where the bytes tell no more.
const fn usual(violation: V) -> (&'static str, &'static [Cause]) {
    match violation {
        V::BareLf => ("CR LF", &[]),
        V::StatusLine => (EXAMPLE, &[Cause::StatusLineMisread]),
        V::ResponseVersion => ("HTTP/1.1", &[Cause::StatusLineMisread]),
        V::ResponseUpgradeMissing => ("Upgrade: websocket", &[Cause::UpgradeMissingInAnswer]),
        V::ResponseUpgradeNotWebsocket => ("websocket", &[Cause::UpgradeNamesOther, Cause::UpgradeTwice]),
        V::AcceptDuplicate => ("", &[Cause::AcceptTwiceInAnswer]),
        V::ResponseExtensions => ("", &[Cause::ExtensionsUnreadable]),
        V::ExtensionNotOffered => ("", &[Cause::ExtensionUnasked]),
        V::DeflateDuplicate => ("", &[Cause::ExtensionTwice]),
        V::DeflateParameterUnknown => ("", &[Cause::DeflateParameterForeign]),
        V::DeflateParameterDuplicate => ("", &[Cause::DeflateParameterTwice]),
        _ => ("", &[]),
    }
}

/// What stands behind the last line end.
fn behind_last_line(head: &[u8]) -> &[u8] {
    head.rsplit(|&byte| byte == b'\n').next().unwrap_or_default()
}

fn not_101(report: &Report<'_>, answer: Answer<'_>, finding: Finding) -> Finding {
    let head = Head::new(answer.head);
    let status = super::status(answer.head);
    let mut found = quote::text(head.start_line().content.of(answer.head));
    if let Some(location) = head.fields().find(|field| field.is("Location")) {
        found = format!("{found}; Location: {}", quote::text(location.value_bytes()));
    }
    let body = report.bytes(End::Server).get(answer.start + answer.head.len()..).unwrap_or_default();
    if let Some(words) = status::words(body) {
        found = format!("{found}; {words}");
    }
    let finding = finding.found(found).expected(EXAMPLE);
    let refused = matches!(status, b"400" | b"405" | b"426" | b"431");
    let by_client = report.findings().iter().any(|earlier| {
        earlier.severity == Severity::Error && earlier.fault == Fault::Client && earlier.rule.starts_with("REQUEST_")
    });
    if refused && by_client {
        return Finding { fault: Fault::Client, ..finding }.caused_by([Cause::HandshakeRequestRefused]);
    }
    let fault = status::fault(status, head, body);
    let mut causes = status::causes(status).to_vec();
    if fault == Fault::Between && status::is_of_proxy(head, body) && !matches!(status, [b'5', ..]) {
        causes.push(Cause::ProxyInTheWay);
    }
    Finding { fault, ..finding }.caused_by(causes)
}

fn wrong_accept(answer: Answer<'_>, at: Span, finding: Finding) -> Finding {
    let key = answer.asked.and_then(|asked| Head::new(asked).fields_named("Sec-WebSocket-Key").next());
    let right = key.map(|key| Accept::derive(key.value_bytes()).as_str().to_owned()).unwrap_or_default();
    let finding = finding.expected(right);
    let value = at.of(answer.head);
    // The whole of the field, because what is wrong may be the blank that the key had on its line.
    let Some(mistake) = accept::recognise(key.map(|key| key.value_bytes()), value) else { return finding };
    let between = mistake.causes.contains(&Cause::AcceptOfAnotherKey);
    let fault = if between { Fault::Between } else { finding.fault };
    let found = if mistake.evidence.is_empty() || mistake.evidence.trim_matches('"') == finding.found {
        finding.found.clone()
    } else {
        format!("{} = {}", finding.found, mistake.evidence)
    };
    Finding { fault, ..finding }.found(found).caused_by(mistake.causes)
}

fn missing_accept(report: &Report<'_>, answer: Answer<'_>, finding: Finding) -> Finding {
    let head = Head::new(answer.head);
    let lower = |name: &[u8]| name.to_ascii_lowercase();
    let wanted = b"sec-websocket-accept";
    let misspelt = head.fields().find(|field| (1..=3).contains(&distance(&lower(field.name_bytes()), wanted)));
    let finding = finding.expected("Sec-WebSocket-Accept").caused_by([Cause::AcceptMissingInAnswer]);
    match misspelt {
        Some(field) => {
            let at = answer.at(field.name);
            let place = report.recording().place(End::Server, at.start, at.end);
            Finding { place, ..finding }.found(quote::text(field.name_bytes()))
        }
        None => finding,
    }
}

/// How many characters are to be changed, added or taken out to make one name of the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    if one.len().abs_diff(other.len()) > 3 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, byte) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (column, with) in other.iter().enumerate() {
            let changed = diagonal + usize::from(byte != with);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

fn subprotocol(answer: Answer<'_>, error: HandshakeError, finding: Finding) -> Finding {
    let offered: Vec<&str> = answer.asked.map(|asked| Head::new(asked).subprotocols().collect()).unwrap_or_default();
    let value = error.at.of(answer.head);
    let cause = if offered.is_empty() {
        Cause::SubprotocolUnasked
    } else if error.violation == V::ResponseProtocolDuplicate || value.contains(&b',') {
        Cause::SubprotocolList
    } else {
        Cause::SubprotocolOther
    };
    finding.expected(offered.join(", ")).caused_by([cause])
}

/// Whether an empty line ends the head before its last fields, which is told; then nothing is said to be missing.
pub(super) fn end_early(report: &mut Report<'_>, answer: Answer<'_>, problems: &mut Vec<HandshakeError>) -> bool {
    let is_absence = |error: &HandshakeError| error.violation.rule().code.ends_with("_MISSING");
    let end = answer.start + answer.head.len();
    let rest = report.bytes(End::Server).get(end..).unwrap_or_default();
    let head = Head::new(rest);
    let names = ["Upgrade", "Connection", "Sec-WebSocket-Accept"];
    let is_field = |line: Line| {
        let name = line.content.of(rest).split(|&byte| byte == b':').next().unwrap_or_default();
        names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    if !head.lines().any(is_field) || head.empty_line().is_none() || !problems.iter().any(is_absence) {
        return false;
    }
    problems.retain(|error| !is_absence(error));
    let rule = DoctorRule::BytesBehindHead;
    let at = Span::new(end - 2, end);
    let finding = report.finding(rule.rule(), rule.severity(), End::Server, at);
    let found = quote::text(head.start_line().content.of(rest));
    report.add(finding.found(found).expected("81").caused_by([Cause::HeadEndsEarly]));
    true
}

/// Whether the answer's extensions are the request's, word for word.
fn echoes_offer(answer: Head<'_>, asked: Head<'_>) -> bool {
    let value = |head: Head<'_>| {
        let mut fields = head.fields().filter(|field| field.is("Sec-WebSocket-Extensions"));
        fields.next().map(|field| field.value_bytes().to_vec())
    };
    value(answer).is_some_and(|value_of_answer| value(asked) == Some(value_of_answer))
}

/// What no rule of the core is about.
pub(super) fn judge(report: &mut Report<'_>, answer: Answer<'_>) {
    let head = Head::new(answer.head);
    let mut add = |rule: DoctorRule, at: Span, found: String, expected: String, causes: &[Cause]| {
        let finding = report.finding(rule.rule(), rule.severity(), End::Server, answer.at(at));
        report.add(finding.found(found).expected(expected).caused_by(causes.iter().copied()));
    };
    let offered: Vec<&str> = answer.asked.map(|asked| Head::new(asked).subprotocols().collect()).unwrap_or_default();
    if !offered.is_empty() && head.fields_named("Sec-WebSocket-Protocol").next().is_none() {
        let end = head.empty_line().map_or(answer.head.len(), |line| line.content.start);
        let cause = [Cause::SubprotocolUnanswered];
        add(DoctorRule::ResponseProtocolMissing, Span::new(end, end), String::new(), offered.join(", "), &cause);
    }
    let superfluous: [(DoctorRule, &[&str]); 2] = [
        (DoctorRule::ResponseVersionField, &["Sec-WebSocket-Version"]),
        (DoctorRule::ResponseBody, &["Content-Length", "Transfer-Encoding"]),
    ];
    for (rule, names) in superfluous {
        let is_one = |field: &FieldLine<'_>| names.iter().any(|name| field.is(name));
        let lines: Vec<Span> = head.fields().filter(is_one).map(|field| field.line.content).collect();
        if let Some(&first) = lines.first() {
            let found: Vec<String> = lines.iter().map(|line| quote::text(line.of(answer.head))).collect();
            add(rule, first, found.join("; "), String::new(), &[]);
        }
    }
}
