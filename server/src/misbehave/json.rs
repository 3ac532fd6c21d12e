//! The cases for programs.

use serde_json::{Value, json};
use ws101_doctor::Ended;
use ws101_doctor::cases::{Act, Browser, Case, Stance};

use crate::misbehave::KEY;

/// These cases, with what each does for a client whose `Sec-WebSocket-Key` is the RFC's example.
pub(super) fn list(cases: &[&Case]) -> String {
    let browsers = Browser::ALL.map(Browser::measurements);
    let browsers: Vec<Value> = browsers
        .iter()
        .map(|measured| json!({ "name": measured.browser, "version": measured.version, "date": measured.date }))
        .collect();
    let cases: Vec<Value> = cases.iter().map(|case| one(case)).collect();
    json!({ "version": 1, "key": KEY, "browsers": browsers, "cases": cases }).to_string()
}

fn one(case: &Case) -> Value {
    let acts: Vec<Value> = case.acts(KEY).iter().map(act).collect();
    json!({
        "id": case.id,
        "path": case.target(),
        "theme": case.theme.title,
        "title": case.title,
        "allowed": match case.stance {
            Stance::Allows => Some(true),
            Stance::Breaks => Some(false),
            Stance::Unsaid => None,
        },
        "section": known(&case.clause.section),
        "says": known(&case.clause.says),
        "offers": case.offers,
        "client": case.client,
        "acts": acts,
        "onClose": case.on_close,
        "echoes": case.echoes,
        "hangs": case.hangs.iter().map(|browser| browser.name()).collect::<Vec<_>>(),
        "measured": { "chromium": case.measured.chromium, "firefox": case.measured.firefox },
    })
}

/// Nothing is said of a variation.
fn known(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn act(act: &Act) -> Value {
    match act {
        Act::Wait(time) => json!({ "wait": time.as_millis() }),
        Act::Write(bytes) => json!({ "write": hex::encode(bytes) }),
        Act::End(Ended::Fin) => json!({ "end": "fin" }),
        Act::End(Ended::Rst) => json!({ "end": "rst" }),
    }
}
