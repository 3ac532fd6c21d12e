//! From what was seen of a server to its mistakes, without a server: what the real ones of `tests/defective` do, and what
//! none of them does.

use ws101_doctor::probing::{
    Expected, Family, Gone, Likeness, Message, Observation, Probe, ProbeRule, Reply, Session, conclude,
};
use ws101_doctor::{End, Ended, Moment, Recording, What, rules};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
/// A masked `Hello` (§5.7).
const HELLO: &[u8] = b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58";

fn response() -> Vec<u8> {
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n"
    )
    .into_bytes()
}

/// An observation of an answer to a request.
fn of_head(probe: Probe, expected: Expected, answer: &[u8], ended: Option<Ended>) -> Observation {
    let moments = [(End::Client, REQUEST), (End::Server, answer)];
    observation(probe, expected, Reply::of_answer(answer, ended), &moments, 0, REQUEST)
}

/// An observation of what came for these frames on an open connection.
fn of_frames(probe: Probe, expected: Expected, sent: &[u8], came: &[u8], ended: Option<Ended>) -> Observation {
    let response = response();
    let moments = [(End::Client, REQUEST), (End::Server, &response[..]), (End::Client, sent), (End::Server, came)];
    observation(probe, expected, Reply::of_frames(came, ended), &moments, response.len(), sent)
}

fn observation(
    probe: Probe,
    expected: Expected,
    reply: Reply,
    moments: &[(End, &[u8])],
    at: usize,
    sent: &[u8],
) -> Observation {
    let moments =
        moments.iter().zip(0..).map(|(&(from, bytes), at)| Moment { at, from, what: What::Bytes(bytes.to_vec()) });
    let recording = Recording::of_timeline(moments.collect());
    Observation { probe, sent: sent.to_vec(), expected, reply, recording, at }
}

fn opens() -> Expected {
    Expected::Opens(Some(ACCEPT.to_owned()))
}

fn echo(text: &str) -> Expected {
    Expected::Messages(vec![Message::text(text)], Likeness::Equal)
}

/// A session that begins with a good connection.
fn session(observations: Vec<Observation>) -> Session {
    let open = of_head(Probe::Open, opens(), &response(), None);
    Session { observations: [vec![open], observations].concat(), gone: None }
}

/// The rules that are told, each with the probes that show it.
fn told(session: &Session) -> Vec<(&'static str, Vec<&'static str>)> {
    let findings = conclude(session).findings.into_iter();
    findings.map(|(_, finding)| (finding.rule, finding.probes)).collect()
}

#[test]
fn a_good_server_is_told_nothing() {
    let good = session(vec![
        of_head(Probe::NamesLower, opens(), &response(), None),
        of_head(Probe::NoKey, Expected::StaysShut, b"HTTP/1.1 400 Bad Request\r\n\r\n", Some(Ended::Fin)),
        of_frames(Probe::Text, echo("Hello"), HELLO, b"\x81\x05Hello", None),
    ]);
    assert_eq!(told(&good), []);
    assert_eq!(told(&Session::default()), []);
}

#[test]
fn a_mistake_that_spoils_many_probes_is_one_finding() {
    let silent = |probe| of_frames(probe, echo("Hello"), HELLO, b"", None);
    let two = [HELLO, HELLO].concat();
    let both = Expected::Messages(vec![Message::text("Hello"), Message::text("Hello")], Likeness::Equal);
    let session = session(vec![
        of_frames(Probe::TwoFrames, both, &two, b"\x81\x05Hello", None),
        silent(Probe::CutHeader),
        silent(Probe::CutPayload),
        silent(Probe::FrameBytewise),
    ]);
    let probes = vec!["two-frames", "cut-payload", "cut-header", "frame-bytewise"];
    assert_eq!(told(&session), [("SERVER_READS_ONE_FRAME_A_READ", probes)]);
}

#[test]
fn what_bytes_show_goes_before_what_a_probe_is_about() {
    // A length of 126 in the wrong byte order.
    let came = [&b"\x81\x7e\x7e\x00"[..], &[b'x'; 126]].concat();
    let sent = b"\x81\xfe\x00\x7e\x00\x00\x00\x00".iter().copied().chain([b'x'; 126]).collect::<Vec<_>>();
    let session = session(vec![of_frames(Probe::Text126, echo(&"x".repeat(126)), &sent, &came, None)]);
    assert_eq!(told(&session), [("FRAME_LENGTH_WRONG", vec!["text-126"])]);
}

#[test]
fn an_oversight_is_told_by_itself_and_none_at_all_as_one() {
    let taken = |probe| of_head(probe, Expected::StaysShut, &response(), None);
    assert_eq!(told(&session(vec![taken(Probe::NoHost)])), [("SERVER_HOST_UNCHECKED", vec!["no-host"])]);
    let all = [Probe::NoUpgrade, Probe::OtherVersion, Probe::ShortKey, Probe::NoHost, Probe::ForeignOrigin];
    let told = told(&session(all.into_iter().map(taken).collect()));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].0, told[0].1.len()), ("SERVER_ANSWERS_ANY_GET", 5));
}

#[test]
fn the_last_probe_is_what_ended_the_server() {
    for (probe, rule) in [
        (Probe::NoKey, "SERVER_DIES_OF_A_REQUEST"),
        (Probe::LeavesReset, "SERVER_DIES_OF_A_RESET"),
        (Probe::SilentClient, "SERVER_DIES_OF_A_DEPARTURE"),
        (Probe::HugeLength, "SERVER_DIES_OF_A_FRAME"),
    ] {
        let mut session = session(vec![of_head(probe, Expected::StaysShut, b"", Some(Ended::Fin))]);
        session.gone = Some(Gone { after: probe, refuses: true });
        let findings = conclude(&session).findings;
        assert_eq!(told(&session), [(rule, vec![probe.name()])]);
        assert!(findings[0].1.found.contains("refused"), "{:?}", findings[0]);
    }
}

#[test]
fn no_probe_alone_is_without_a_name_when_it_goes_wrong() {
    for &probe in Probe::ALL {
        let seen = match probe.family() {
            Family::Refusals => of_head(probe, Expected::StaysShut, &response(), None),
            Family::Handshake | Family::Company => of_head(probe, opens(), b"", None),
            Family::Invalid => {
                of_frames(probe, Expected::Fails(&[1002], Message::text("next")), HELLO, b"\x81\x04next", None)
            }
            _ => of_frames(probe, echo("Hello"), HELLO, b"", None),
        };
        let session = if probe == Probe::Open {
            Session { observations: vec![seen], ..Session::default() }
        } else {
            session(vec![seen])
        };
        let told = told(&session);
        assert_eq!(told.len(), 1, "{probe:?}: {told:?}");
        assert_eq!(told[0].1, [probe.name()], "{probe:?}");
    }
}

#[test]
fn every_rule_has_words_and_a_name_of_its_own() {
    let mut codes: Vec<_> = rules().map(|rule| rule.code).collect();
    for rule in ProbeRule::ALL {
        let words = rule.rule();
        assert!(words.code.starts_with("SERVER_") && codes.contains(&words.code), "{rule:?}");
        assert!(words.sentence.ends_with('.') && words.fix.ends_with('.'), "{rule:?}");
        assert!(words.section == "ws101" || words.section.starts_with("RFC "), "{rule:?}");
    }
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
