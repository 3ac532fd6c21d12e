//! The data of the cases is whole, and what it quotes stands in the RFCs.
#![cfg(feature = "cases")]

use std::collections::BTreeSet;

use ws101_doctor::cases::{self, Act, Browser, Case, Stance};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// The cases and the variations.
fn every() -> impl Iterator<Item = &'static Case> {
    cases::all().iter().chain(cases::variations())
}

#[test]
fn ids_are_words_for_addresses_and_each_stands_once() {
    let mut seen = BTreeSet::new();
    for Case { id, .. } in every() {
        let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '.'));
        assert!(id.split('-').all(is_word), "{id}");
        assert!(seen.insert(id), "{id} stands there twice");
    }
    assert!(seen.len() >= 118, "{}", seen.len());
}

#[test]
fn titles_are_sentences() {
    for Case { id, title, .. } in cases::all() {
        assert!(
            title.ends_with('.') && title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
            "{id}: {title}"
        );
    }
}

#[test]
fn sentences_of_rfcs_are_theirs_word_for_word() {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Where a page ends, its footer and the next one's header stand between two words; and words are cut at line ends.
    let whole = |text: &str| {
        let lines = text.lines().filter(|line| !(line.contains("[Page ") || line.starts_with("RFC ")));
        flat(&lines.collect::<Vec<_>>().join("\n")).replace("- ", "-")
    };
    let rfcs = [
        ("RFC 6455 ", include_str!("../../tests/spec/rfc6455.txt")),
        ("RFC 7692 ", include_str!("../../tests/spec/rfc7692.txt")),
    ]
    .map(|(name, text)| (name, whole(text)));
    let mut held = 0;
    for Case { id, clause, .. } in cases::all() {
        for (name, text) in &rfcs {
            if clause.section.starts_with(name) {
                let says = flat(&clause.says).replace("- ", "-");
                assert!(text.contains(&says), "{id}: {says:?} does not stand in {name}");
                held += 1;
            }
        }
        assert!(clause.section.starts_with("RFC ") && clause.section.contains('§'), "{id}: {}", clause.section);
    }
    assert!(held > 100, "{held}");
}

#[test]
fn what_was_measured_is_about_cases_that_are_there() {
    for browser in Browser::ALL {
        let measurements = browser.measurements();
        assert_eq!(measurements.date.split('-').count(), 3, "{}", measurements.date);
        for (id, measured) in &measurements.cases {
            let case = cases::find(id).unwrap_or_else(|| panic!("{}: there is no case {id}", browser.name()));
            let verdict = measured.verdict(&case.url());
            assert!(verdict.message.is_none_or(|message| !message.contains("{url}")));
            assert_eq!(verdict.opens, measured.events.iter().any(|event| event.starts_with("open ")), "{id}");
        }
    }
}

#[test]
fn every_case_was_measured_in_both_browsers() {
    let lacks = |case: &Case, browser| case.measured.by(browser).is_none() && !case.hangs.contains(&browser);
    let unmeasured: Vec<&str> = every()
        .filter(|case| Browser::ALL.into_iter().any(|browser| lacks(case, browser)))
        .map(|case| case.id.as_str())
        .collect();
    assert_eq!(unmeasured, [""; 0], "run `cargo xtask browsers --write`");
}

#[test]
fn a_variation_is_known_by_its_file_and_its_line() {
    let variation = cases::find("frames.op3-fin").unwrap();
    assert_eq!((variation.theme.name, variation.stance), ("frames", Stance::Unsaid));
    assert_eq!(variation.title, "'83 02 \"hi\" 88 02 03 e8'");
    assert_eq!(variation.after_response(), b"\x83\x02hi\x88\x02\x03\xe8");
    assert!(cases::variations().len() > 900, "{}", cases::variations().len());
    assert!(cases::variations().iter().all(|one| one.stance == Stance::Unsaid && one.clause.says.is_empty()));
}

#[test]
fn a_case_without_a_response_of_its_own_answers_rightly() {
    let case = cases::find("good").unwrap();
    let response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    assert_eq!(case.response(KEY), response.as_bytes());
    assert_eq!(case.after_response(), b"\x81\x02hi\x88\x05\x03\xe8bye");
    assert_eq!(case.stance, Stance::Allows);
}

#[test]
fn acts_are_the_response_and_what_follows_and_then_an_end() {
    for case in every() {
        let acts = case.acts(KEY);
        let written: Vec<u8> =
            acts.iter().flat_map(|act| if let Act::Write(bytes) = act { bytes.clone() } else { Vec::new() }).collect();
        assert_eq!(written, [case.response(KEY), case.after_response()].concat(), "{}", case.id);
        assert!(matches!(acts.last(), Some(Act::End(_))), "{}", case.id);
        assert!(!acts.contains(&Act::Write(Vec::new())), "{}", case.id);
        let time: u128 = acts.iter().map(|act| if let Act::Wait(time) = act { time.as_millis() } else { 0 }).sum();
        assert!(time <= 12_000, "{} takes {time} ms", case.id);
    }
}

#[test]
fn a_request_is_one_that_the_core_takes() {
    for case in every() {
        let request = case.request(KEY);
        let policy = ws101_core::handshake::OriginPolicy::Any;
        let verified = ws101_core::handshake::UpgradeRequest::verify(&request, policy);
        verified.unwrap_or_else(|error| panic!("{}: {error}", case.id));
    }
}

#[test]
fn ids_that_are_almost_right_are_found() {
    assert_eq!(cases::near("accept-hex-digest").first(), Some(&"accept-of-hex-digest"));
    assert!(cases::near("close_1005").starts_with(&["close-1005"]), "{:?}", cases::near("close_1005"));
    assert!(cases::near("masks").contains(&"masked"));
    assert_eq!(cases::near("zzz"), [""; 0]);
}
