//! What browsers do with recorded bytes is what they were measured to do, rule for rule.
//!
//! `cargo test -p ws101-doctor --all-features --test verdicts -- --nocapture` prints which rule decided which cases.

use std::collections::{BTreeMap, BTreeSet};

use ws101_doctor::{Browsers, End, Moment, Recording, Streams, Verdict, What, diagnose};

use data::Line;

#[path = "verdicts/data.rs"]
mod data;

/// One case for each rule, of which the rule knows nothing: all of these were measured after it was written, most of them
/// mutations of other cases, and were predicted at once.
const HELD_OUT: [(&str, &str); 88] = [
    ("chromium/accept-missing", "z3-79"),
    ("chromium/accept-twice", "z2-1412"),
    ("chromium/accept-wrong", "z2-384"),
    ("chromium/client-max-window-bits-without-value", "z1-407"),
    ("chromium/close-code-reserved", "z2-873"),
    ("chromium/close-of-one-byte", "z2-690"),
    ("chromium/close-reason-not-utf-8", "z3-851"),
    ("chromium/closed-in-head", "z1-516"),
    ("chromium/closed-in-order", "z2-279"),
    ("chromium/connection-missing", "z3-552"),
    ("chromium/connection-without-upgrade", "z2-736"),
    ("chromium/content-dispositions-differ", "z1-856"),
    ("chromium/content-lengths-differ", "z3-1393"),
    ("chromium/continuation-without-message", "z2-1084"),
    ("chromium/control-frame-longer-than-125", "z1-525"),
    ("chromium/control-frame-without-fin", "z1-2"),
    ("chromium/deflate-parameter-invalid", "z3-196"),
    ("chromium/deflate-parameter-twice", "z2-445"),
    ("chromium/deflate-parameter-unknown", "z1-177"),
    ("chromium/deflate-twice", "z2-1382"),
    ("chromium/empty-response", "z1-654"),
    ("chromium/ended-without-close", "z3-5"),
    ("chromium/extension-not-asked-for", "z2-1186"),
    ("chromium/extensions-do-not-parse", "z2-771"),
    ("chromium/frame-after-close", "z2-18"),
    ("chromium/handshake-timeout", "t-half-head"),
    ("chromium/http-0.9", "80-icy"),
    ("chromium/length-above-2-31", "z3-373"),
    ("chromium/length-highest-bit", "z1-1011"),
    ("chromium/length-not-minimal", "z3-309"),
    ("chromium/locations-differ", "z2-1347"),
    ("chromium/masked", "z1-1121"),
    ("chromium/message-does-not-inflate", "z2-127"),
    ("chromium/message-within-message", "z3-512"),
    ("chromium/not-http", "z3-700"),
    ("chromium/opcode-unknown", "z2-1444"),
    ("chromium/reserved-bits", "z1-748"),
    ("chromium/reset", "z2-236"),
    ("chromium/reset-behind-close", "o-close-rst"),
    ("chromium/reset-in-head", "z1-383"),
    ("chromium/rsv1-within-message", "z3-39"),
    ("chromium/server-does-not-end-the-connection", "z2-1006"),
    ("chromium/status-401", "z3-1464"),
    ("chromium/status-407", "z1-280"),
    ("chromium/status-not-101", "z2-467"),
    ("chromium/subprotocol-missing", "z2-364"),
    ("chromium/subprotocol-not-asked-for", "z2-386"),
    ("chromium/subprotocol-twice", "z2-1070"),
    ("chromium/subprotocol-unknown", "z3-301"),
    ("chromium/text-not-utf-8", "z1-742"),
    ("chromium/upgrade-missing", "z1-106"),
    ("chromium/upgrade-not-websocket", "z1-208"),
    ("chromium/upgrade-twice", "z2-900"),
    ("firefox/accept", "z3-804"),
    ("firefox/client-max-window-bits-8", "o-cmwb08"),
    ("firefox/close-answered", "z3-74"),
    ("firefox/close-reason-not-utf-8", "z3-663"),
    ("firefox/closed-in-head", "z2-1108"),
    ("firefox/connection-without-upgrade", "z2-713"),
    ("firefox/continuation-without-message", "z3-69"),
    ("firefox/control-frame-longer-than-125", "z3-714"),
    ("firefox/control-frame-without-fin", "z3-192"),
    ("firefox/corrupted-field", "z3-896"),
    ("firefox/deflate-parameter-twice", "z2-1271"),
    ("firefox/deflate-parameter-unknown", "z2-428"),
    ("firefox/deflate-parameter-with-value", "z3-1081"),
    ("firefox/ended-without-close", "z2-33"),
    ("firefox/extension-unknown", "z2-489"),
    ("firefox/handshake-timeout", "t-half-head"),
    ("firefox/http-2-over-1.1", "o-h2-no-length"),
    ("firefox/length-highest-bit", "z3-1146"),
    ("firefox/length-not-minimal", "z1-679"),
    ("firefox/message-above-2-31", "z2-888"),
    ("firefox/message-does-not-inflate", "z2-1001"),
    ("firefox/message-refers-back-beyond-window", "z1-754"),
    ("firefox/message-within-message", "z1-1030"),
    ("firefox/not-http", "z3-262"),
    ("firefox/opcode-unknown", "z1-252"),
    ("firefox/reserved-bits", "z1-941"),
    ("firefox/reset", "z3-1355"),
    ("firefox/reset-in-head", "z3-791"),
    ("firefox/status-line", "z2-89"),
    ("firefox/status-not-101", "z2-390"),
    ("firefox/subprotocol-unknown", "z1-973"),
    ("firefox/text-not-utf-8", "z3-1383"),
    ("firefox/upgrade-without-websocket", "z3-379"),
    ("firefox/version", "z1-317"),
    ("firefox/window-bits", "z1-491"),
];

/// Rules of which no measured case can tell: a connection that is still there when the recording ends, what the verdicts
/// do not read on, and a race that ends otherwise every few times. The two of the longest head are held out in
/// `heads_have_a_longest`.
const NOT_HELD_OUT: [&str; 7] = [
    "chromium/head-longer-than-256-kib",
    "chromium/reset-before-answer",
    "chromium/still-open",
    "chromium/too-much-to-inflate",
    "firefox/head-longer-than-384-kib",
    "firefox/still-open",
    "firefox/too-much-to-inflate",
];

fn browsers(recording: &Recording) -> Browsers {
    diagnose(recording).browsers
}

/// Which cases each rule decided.
#[derive(Default)]
struct Decided(BTreeMap<&'static str, Vec<String>>);

impl Decided {
    fn by(&mut self, browsers: &Browsers, id: &str) {
        for verdict in [&browsers.chromium, &browsers.firefox] {
            self.0.entry(verdict.rule).or_default().push(id.into());
        }
    }

    fn print(&self) {
        for (rule, cases) in &self.0 {
            println!("{rule} ({}): {}", cases.len(), cases.join(" "));
        }
    }
}

fn check(lines: &[Line]) {
    let mut decided = Decided::default();
    let mut differences = Vec::new();
    for line in lines {
        let browsers = browsers(&line.recording());
        decided.by(&browsers, &line.id);
        differences.extend(line.differences(&browsers));
    }
    decided.print();
    assert!(differences.is_empty(), "{} verdicts are wrong:\n{}", differences.len(), differences.join("\n"));
}

/// The cases of `/misbehave` and their variations, as far as their outcome is no race.
#[cfg(feature = "cases")]
#[test]
fn every_case_is_predicted() {
    use ws101_doctor::cases::{self, Browser};

    let mut decided = Decided::default();
    let mut differences = Vec::new();
    for case in cases::all().iter().chain(cases::variations()).filter(|case| case.client.is_none()) {
        let browsers = browsers(&case.recording(data::KEY));
        decided.by(&browsers, &case.id);
        for browser in Browser::ALL {
            let said = match browser {
                Browser::Chromium => &browsers.chromium,
                Browser::Firefox => &browsers.firefox,
            };
            let Some(measured) = case.measured.by(browser).filter(|_| !case.races.contains(&browser)) else { continue };
            let did = Verdict { rule: said.rule, ..measured.verdict(&case.url()) };
            if *said != did {
                differences.push(format!("{}: {} did {did:?}, not {said:?}", case.id, browser.title()));
            }
        }
    }
    decided.print();
    assert!(differences.is_empty(), "{} verdicts are wrong:\n{}", differences.len(), differences.join("\n"));
}

/// What the cases lack: responses and frames in pieces, the port of the scheme, a response of HTTP/2, and more borders.
#[test]
fn every_border_is_predicted() {
    check(&data::borders());
}

#[test]
fn what_was_held_out_of_each_rule_is_predicted() {
    let lines = data::held_out();
    check(&lines);
    let found: BTreeMap<_, _> = lines.iter().map(|line| (line.id.as_str(), browsers(&line.recording()))).collect();
    for (rule, id) in HELD_OUT {
        let browsers = found.get(id).unwrap_or_else(|| panic!("{id} is not among the cases that were held out"));
        let verdict = if rule.starts_with("chromium/") { &browsers.chromium } else { &browsers.firefox };
        assert_eq!(verdict.rule, rule, "{id}");
    }
}

#[test]
fn of_every_rule_a_case_is_held_out() {
    let known: BTreeSet<_> = HELD_OUT.iter().map(|(rule, _)| *rule).chain(NOT_HELD_OUT).collect();
    for line in data::borders() {
        let browsers = browsers(&line.recording());
        for rule in [browsers.chromium.rule, browsers.firefox.rule] {
            assert!(
                known.contains(rule),
                "{rule} decides {} and is not among those of which a case is held out",
                line.id
            );
        }
    }
}

/// As it was measured, a line of 1,000 bytes more or less.
#[test]
fn heads_have_a_longest() {
    let outcome = |lines: usize| {
        let line = format!("Y: {}\r\n", "z".repeat(995));
        let response = data::latin1(&format!("{{101}}{}\r\n", line.repeat(lines)));
        let from_server = b"\x88\x02\x03\xe8".to_vec();
        let browsers = browsers(&Streams { response: Some(response), from_server, ..Streams::default() }.into());
        (browsers.chromium.rule, browsers.firefox.rule)
    };
    assert_eq!(outcome(250), ("chromium/closed-in-order", "firefox/close-answered"));
    assert_eq!(outcome(270), ("chromium/head-longer-than-256-kib", "firefox/close-answered"));
    assert_eq!(outcome(410), ("chromium/head-longer-than-256-kib", "firefox/head-longer-than-384-kib"));
}

/// Without times, a recording is that of a server that takes its time.
#[test]
fn times_do_not_matter_where_nothing_comes_at_once() {
    for line in data::borders().iter().filter(|line| !line.is_timed()) {
        let streams = line.streams();
        let said = browsers(&streams.clone().into());
        // Behind its Close, the server ends the connection before that.
        if streams.ended == Some(ws101_doctor::Ended::Rst) && said.chromium.close_sent.is_some() {
            continue;
        }
        let Streams { request, response, from_server, ended, .. } = streams;
        let moment = |at, from, what| Moment { at, from, what };
        let bytes = |bytes: Option<Vec<u8>>| What::Bytes(bytes.unwrap_or_default());
        let end = ended.map_or((2_500_000, ws101_doctor::Ended::Fin), |ended| (120_000, ended));
        let timeline = vec![
            moment(0, End::Client, bytes(request)),
            moment(1_000, End::Server, bytes(response)),
            moment(61_000, End::Server, What::Bytes(from_server)),
            moment(1_000 + end.0, End::Server, What::Ended(end.1)),
        ];
        let timed = browsers(&Recording::of_timeline(timeline));
        let without_rule = |verdict: Verdict| Verdict { rule: "", ..verdict };
        assert_eq!(without_rule(timed.chromium), without_rule(said.chromium), "{}", line.id);
        assert_eq!(without_rule(timed.firefox), without_rule(said.firefox), "{}", line.id);
    }
}

/// What nobody recorded is taken as right, and the rest is judged.
#[test]
fn a_recording_may_begin_with_the_frames() {
    let from_server = b"\x81\x02hi\x88\x02\x03\xe8".to_vec();
    let browsers = browsers(&Streams { from_server, ..Streams::default() }.into());
    let events = ["open proto=\"\" ext=\"\"", "message \"hi\"", "close code=1000 clean=true reason=\"\""];
    assert_eq!(browsers.chromium.events, events);
    assert_eq!(browsers.firefox.events, events);
}

/// No bytes make a verdict panic, whichever of them are missing, doubled or wrong, and however they are cut.
#[test]
fn no_bytes_make_it_panic() {
    let mut random = Random(1);
    for mut streams in all_streams() {
        random.mutate(&mut streams.from_server);
        // Not each of them: what made a wrong accept is searched for long.
        if random.below(8) == 0 {
            random.mutate(streams.response.get_or_insert_default());
        }
        let all = [streams.response.clone().unwrap_or_default(), streams.from_server.clone()].concat();
        browsers(&streams.into());
        let (cut, at) = (random.below(all.len() + 1), random.below(200_000) as u64);
        let moment = |at, bytes: &[u8]| Moment { at, from: End::Server, what: What::Bytes(bytes.to_vec()) };
        browsers(&Recording::of_timeline(vec![moment(at, &all[..cut]), moment(at / 2, &all[cut..])]));
    }
}

/// Everything that was measured without times, but for what is so long that it takes its time.
fn all_streams() -> Vec<Streams> {
    let mut all: Vec<_> = data::borders().iter().filter(|line| !line.is_timed()).map(Line::streams).collect();
    #[cfg(feature = "cases")]
    {
        use ws101_doctor::cases;
        all.extend(cases::all().iter().chain(cases::variations()).map(|case| case.streams(data::KEY)));
    }
    all.retain(|streams| {
        streams.from_server.len() < 20_000 && streams.response.as_ref().is_none_or(|r| r.len() < 20_000)
    });
    all
}

/// A generator of numbers: the same ones, every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..self.below(4) {
            let at = self.below(bytes.len());
            match self.below(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.below(256).to_le_bytes()[0]),
                2 if !bytes.is_empty() => drop(bytes.remove(at)),
                _ if !bytes.is_empty() => bytes[at] = self.below(256).to_le_bytes()[0],
                _ => {}
            }
        }
    }
}
