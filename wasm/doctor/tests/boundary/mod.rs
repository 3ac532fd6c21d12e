//! The functions of the boundary, called as JavaScript calls them.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use ws101_doctor::Cause;
use ws101_wasm_doctor::{
    ABSENT, ENDED_BY_FIN, causes, diagnose_streams, diagnose_timeline, explain_message, read_file, rules,
};

/// What a browser's verdict has, in the order in which it is documented.
const VERDICT: [&str; 5] = ["opens", "message", "events", "closeEvent", "closeSent"];

#[wasm_bindgen_test]
fn a_diagnosis_has_findings_and_a_verdict_of_each_browser() {
    let diagnosis = parsed(&diagnose_streams(b"\x81\x02hi", &[ENDED_BY_FIN, ABSENT, ABSENT, 4, 0]));
    assert!(diagnosis["findings"].is_array());
    for browser in ["chromium", "firefox"] {
        let verdict = diagnosis["browsers"][browser].as_object().unwrap();
        assert_eq!(verdict.len(), VERDICT.len(), "{browser}");
        assert!(VERDICT.iter().all(|key| verdict.contains_key(*key)), "{browser}: {verdict:?}");
    }
}

#[wasm_bindgen_test]
fn numbers_that_do_not_fit_the_bytes_are_read_as_far_as_they_do() {
    let numbers = [0, 1, 2, 3, ABSENT - 1, ABSENT];
    for first in numbers {
        for second in numbers {
            for count in 0..=6 {
                let words = [first, second, first, second, first, second];
                for answer in [diagnose_streams(b"GET", &words[..count]), diagnose_timeline(b"GET", &words[..count])] {
                    assert!(parsed(&answer)["findings"].is_array(), "{first} {second} {count}");
                }
            }
        }
    }
}

#[wasm_bindgen_test]
fn text_that_is_no_utf8_is_explained_as_far_as_it_is() {
    assert!(parsed(&explain_message(b"\xff\xfe")).is_array());
}

#[wasm_bindgen_test]
fn a_file_tells_which_bytes_stand_in_which_line() {
    let file = parsed(&read_file(b"HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n81 05 48 65\n6c 6c 6f\n"));
    let lines = json!([
        { "part": "response", "at": 0, "line": 1 },
        { "part": "response", "at": 34, "line": 2 },
        { "part": "response", "at": 54, "line": 3 },
        { "part": "fromServer", "at": 0, "line": 4 },
        { "part": "fromServer", "at": 4, "line": 5 },
    ]);
    assert_eq!(file["file"]["connections"][0]["lines"], lines);
}

#[wasm_bindgen_test]
fn every_rule_and_cause_is_told_in_its_words() {
    let told = parsed(&causes());
    let expected = Cause::ALL.iter().map(|cause| json!({ "cause": cause.name(), "sentence": cause.sentence() }));
    assert_eq!(told, expected.collect::<Value>());
    let expected = ws101_doctor::rules().map(|rule| {
        json!({
            "code": rule.code,
            "section": rule.section,
            "sentence": rule.sentence,
            "fix": rule.fix,
            "severity": rule.severity,
        })
    });
    assert_eq!(parsed(&rules()), expected.collect::<Value>());
}

fn parsed(answer: &[u8]) -> Value {
    serde_json::from_slice(answer).expect("the boundary answers with JSON")
}
