//! Broken rules that follow from others: one mistake gives one finding.

use ws101_core::handshake::{HandshakeError, HandshakeViolation as V};
use ws101_core::{Head, Span};

/// Takes out what follows from something else that is told.
pub(super) fn drop(head: &[u8], problems: &mut Vec<HandshakeError>) {
    let told = problems.clone();
    let places = |violation: V| told.iter().filter(move |error| error.violation == violation).map(|error| error.at);
    let malformed: Vec<Span> = places(V::FieldFolded).chain(places(V::FieldWithoutColon)).collect();
    // There may be as many as there are lines.
    let sorted = |violation: V| {
        let mut sorted: Vec<(usize, usize)> = places(violation).map(|at| (at.start, at.end)).collect();
        sorted.sort_unstable();
        sorted
    };
    let (folded, unprintable) = (sorted(V::FieldFolded), sorted(V::FieldValue));
    problems.retain(|error| match error.violation {
        // A CR that is no line end is in the line, and was meant as one.
        V::StatusLine => places(V::BareCr).all(|cr| !(error.at.start..error.at.end).contains(&cr.start)),
        // An answer that does not open the connection may be one of HTTP/1.0, and may be cut.
        V::ResponseVersion | V::HeadIncomplete if places(V::NotSwitchingProtocols).next().is_some() => false,
        V::HeadIncomplete => {
            let mut run = 0;
            places(V::BareCr).all(|cr| {
                // Of CRs in a row the first says it.
                let again = cr.start < run;
                if !again {
                    run = cr.start + head[cr.start..].iter().take_while(|&&byte| byte == b'\r').count();
                }
                again || !is_line_of_cr(head, cr)
            })
        }
        // One of both is right, and neither is to be there twice.
        V::AcceptWrong if places(V::AcceptDuplicate).next().is_some() => {
            let accepts = Head::new(head).fields_named("Sec-WebSocket-Accept").map(|field| field.value);
            let wrong = |value: &Span| told.iter().any(|error| error.violation == V::AcceptWrong && error.at == *value);
            accepts.filter(|value| !wrong(value)).all(|value| value.len() != 28)
        }
        violation => {
            let misplaced =
                name(violation).is_some_and(|name| malformed.iter().any(|line| begins_with(line.of(head), name)));
            // The rest of the value stands in the next line, or a control character is in it.
            let next = folded.get(folded.partition_point(|&(start, _)| start <= error.at.end));
            let folded = next.is_some_and(|(start, _)| start - error.at.end <= 4);
            let place = (error.at.start, error.at.end);
            let control = violation != V::FieldValue && unprintable.binary_search(&place).is_ok();
            !(misplaced || folded || control)
        }
    });
}

/// The field that is missing where this rule is broken.
const fn name(violation: V) -> Option<&'static str> {
    match violation {
        V::ResponseUpgradeMissing => Some("Upgrade"),
        V::ResponseConnectionMissing => Some("Connection"),
        V::AcceptMissing => Some("Sec-WebSocket-Accept"),
        _ => None,
    }
}

/// Whether a line begins with a field's name, but for blanks before it.
fn begins_with(line: &[u8], name: &str) -> bool {
    let line = line.trim_ascii_start();
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        && line.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
}

/// Whether nothing but CRs stands in the line around this one: an empty line with a CR too many.
fn is_line_of_cr(head: &[u8], cr: Span) -> bool {
    let before = head[..cr.start].iter().rev().find(|&&byte| byte != b'\r');
    let behind = head[cr.start..].iter().find(|&&byte| byte != b'\r');
    before == Some(&b'\n') && behind == Some(&b'\n')
}
