//! Long recordings: what is wrong again and again is told a few times and counted, and the time that it takes grows with
//! the length of the recording and not with its square.

mod talking;

use std::time::{Duration, Instant};

use talking::{REQUEST, RESPONSE, brief, frame, masked, streams};
use ws101_doctor::{Diagnosis, End, Finding, Moment, Part, Recording, Severity, Streams, What, diagnose};

/// How many findings of a rule there are in a part: listed, and all together.
fn count(findings: &[Finding], rule: &str, part: Part) -> (usize, usize) {
    let of_kind = findings.iter().filter(|finding| (finding.rule, finding.place.part) == (rule, part));
    of_kind.fold((0, 0), |(listed, all), finding| (listed + 1, all + 1 + finding.more))
}

#[test]
fn findings_that_are_alike_are_listed_so_often_and_counted() {
    let broken = |count: usize| b"\x81\x01\xff".repeat(count);
    let listed = Diagnosis::LISTED;
    for (sent, expected) in [(1, 1), (listed, listed), (listed + 1, listed), (21_846, listed)] {
        let findings = diagnose(&streams(Vec::new(), broken(sent), None).into()).findings;
        assert_eq!(findings.len(), expected, "{}", brief(&findings).join(", "));
        assert_eq!(count(&findings, "MESSAGE_INVALID_UTF8", Part::FromServer), (expected, sent));
        // They are the first, and the last of them says how many follow.
        assert!(findings.iter().enumerate().all(|(place, finding)| finding.place.start == place * 3 + 2));
        let (last, before) = findings.split_last().unwrap();
        assert_eq!((last.more, before.iter().map(|finding| finding.more).sum()), (sent - expected, 0));
    }
    // Of each end by itself, and of each rule.
    let from_client = [masked(0x81, b"\xff").repeat(25), masked(0x88, b"\x03\xe7")].concat();
    let from_server = [broken(30), frame(0x88, b"\x03\xe7")].concat();
    let findings = diagnose(&streams(from_client, from_server, None).into()).findings;
    assert_eq!(count(&findings, "MESSAGE_INVALID_UTF8", Part::FromServer), (listed, 30));
    assert_eq!(count(&findings, "MESSAGE_INVALID_UTF8", Part::FromClient), (listed, 25));
    assert_eq!(count(&findings, "CLOSE_STATUS_NOT_ALLOWED", Part::FromServer), (1, 1));
    assert_eq!(count(&findings, "CLOSE_STATUS_NOT_ALLOWED", Part::FromClient), (1, 1));
}

#[test]
fn lines_of_a_head_are_counted_too() {
    let with = |line: &str, count: usize| format!("{}{}\r\n", RESPONSE.trim_end(), line.repeat(count));
    let response = with("\r\nno field", 200) + "\r\n";
    let streams = Streams { request: Some(REQUEST.into()), response: Some(response.into()), ..Streams::default() };
    let findings = diagnose(&streams.into()).findings;
    assert_eq!(count(&findings, "FIELD_WITHOUT_COLON", Part::Response), (Diagnosis::LISTED, 200));
}

#[test]
fn the_verdicts_decide_about_those_that_are_counted_too() {
    // One finding would be as bad as the browsers take it; of many it is not known which one they fail by.
    let severities = |count: usize| {
        let broken = [frame(0x81, b"\xff").repeat(count), frame(0x88, [3, 232])].concat();
        let findings = diagnose(&streams(Vec::new(), broken, None).into()).findings;
        findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(severities(1), [Severity::Error]);
    assert_eq!(severities(100), [Severity::Error; Diagnosis::LISTED]);
}

/// So many Pings of the server, each with a payload of its own, and the Pongs that answer them.
fn pings(count: u32) -> (Vec<u8>, Vec<u8>) {
    let all = |one: fn(u32) -> Vec<u8>| (0..count).flat_map(one).collect();
    (all(|number| frame(0x89, number.to_be_bytes())), all(|number| masked(0x8a, number.to_be_bytes())))
}

/// A generator of its own keeps the test the same everywhere.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[3]
    };
    (0..length).map(|_| next()).collect()
}

/// Streams of about this length that make the judge look far ahead or far back, or find much.
fn patterns(length: usize) -> Vec<(String, Streams)> {
    let repeated = |pattern: &[u8]| pattern.iter().copied().cycle().take(length).collect::<Vec<u8>>();
    let mut patterns = Vec::new();
    for pattern in [
        &b"\x81\x01\xc3"[..],
        b"\x89\x00",
        b"\x00",
        b"\x81\x00",
        b"\x88\x00",
        b"\x01\x01\xc3",
        b"\xc1\x02hi",
        b"\x41\x02AA",
        b"\x81\x00\x81\x80\x01\x02\x03\x04",
        b"\x00\x7e\x00\x05hello",
        b"\x00hello\xff",
        b"\x81\x7f\x05\0\0\0\0\0\0\0hello",
        b"\x81\x85hello",
        b"hello ",
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
    ] {
        let bytes = repeated(pattern);
        let name = format!("{pattern:02x?}");
        patterns.push((format!("server {name}"), streams(Vec::new(), bytes.clone(), None)));
        patterns.push((format!("client {name}"), streams(bytes, Vec::new(), None)));
    }
    patterns.push(("noise".into(), streams(noise(length), noise(length), None)));
    let (asked, answered) = pings(u32::try_from(length / 10).unwrap());
    patterns.push(("pings and other pongs".into(), streams(masked(0x8a, "x").repeat(length / 7), asked.clone(), None)));
    patterns.push(("pings and pongs".into(), streams(answered, asked, None)));
    let control_first = [repeated(b"\x09\x00"), repeated(b"\x82\x80\0\0\0\0")].concat();
    patterns.push(("fragmented pings, then masks".into(), streams(Vec::new(), control_first, None)));
    for line in [
        "x\n",
        " x\r\n",
        "X: y\r\n",
        "X: \u{1}\r\n",
        "\r",
        "Sec-WebSocket-Extensions: a, b\r\n",
        "HTTP/1.1 103 a\r\n\r\n",
    ] {
        let lines = line.repeat(length / line.len());
        let behind = |head: &str| Some(format!("{}{lines}\r\n", &head[..head.len() - 2]).into_bytes());
        let before = Some(format!("{lines}{RESPONSE}").into_bytes());
        let (request, response) = (Some(REQUEST.into()), Some(RESPONSE.into()));
        let name = |which: &str| format!("{which} {line:?}");
        patterns.push((name("response"), Streams { request, response: behind(RESPONSE), ..Streams::default() }));
        patterns.push((name("request"), Streams { request: behind(REQUEST), response, ..Streams::default() }));
        let request = Some(REQUEST.into());
        patterns.push((name("before the response"), Streams { request, response: before, ..Streams::default() }));
    }
    patterns
}

#[test]
fn no_pattern_keeps_the_doctor_for_ever() {
    // A guard against hanging, and no measurement: all of them together take less than one of them may. What takes time
    // in the square of this length takes minutes.
    const LENGTH: usize = 192 << 10;
    const MOST: Duration = Duration::from_secs(5);
    for (name, streams) in patterns(LENGTH) {
        let Streams { request, response, from_server, from_client, .. } = streams.clone();
        let began = Instant::now();
        let _ = diagnose(&streams.into());
        assert!(began.elapsed() < MOST, "{name}: {:?}", began.elapsed());
        // The same in pieces, each at a time of its own.
        let sides = [
            (End::Client, [request.unwrap_or_default(), from_client].concat()),
            (End::Server, [response.unwrap_or_default(), from_server].concat()),
        ];
        let mut at = 0;
        let mut moments = Vec::new();
        for (from, bytes) in sides {
            for piece in bytes.chunks(100) {
                at += 1_500;
                moments.push(Moment { at, from, what: What::Bytes(piece.to_vec()) });
            }
        }
        let began = Instant::now();
        let _ = diagnose(&Recording::of_timeline(moments));
        assert!(began.elapsed() < MOST, "{name} in pieces: {:?}", began.elapsed());
    }
}
