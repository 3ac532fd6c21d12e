use serde_json::Value;
use ws101_core::handshake::Accept;
use ws101_doctor::*;
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
fn latin1(s: &str) -> Vec<u8> {
    s.chars().map(|c| u32::from(c) as u8).collect()
}
#[test]
fn scratch() {
    for path in std::env::var("VERDICT_CASES").unwrap().split(':') {
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let (mut n, mut bad) = (0, 0);
        let accept = Accept::derive(KEY.as_bytes());
        let accept = accept.as_str();
        for case in &cases {
            if !case["client_action"].is_null() {
                continue;
            }
            let id = case["id"].as_str().unwrap();
            if id == "f_pmd_ctxlost" {
                continue;
            }
            let mut response = case["response_hex"]
                .as_str()
                .map(|h| hex::decode(h).unwrap())
                .unwrap_or_else(|| latin1(case["response"].as_str().unwrap_or("")));
            let text: String = response.iter().map(|&b| char::from(b)).collect();
            let text = text
                .replace("{accept}", accept)
                .replace("{accept:lowercased}", &accept.to_lowercase())
                .replace("{accept:hex-digest}", "YQ==")
                .replace("{accept:decoded-key}", "Yg==");
            response = latin1(&text);
            let then = hex::decode(case["then_hex"].as_str().unwrap_or("")).unwrap();
            let offered: Vec<&str> = case["offered_subprotocols"]
                .as_array()
                .map(|a| a.iter().map(|v| v.as_str().unwrap()).collect())
                .unwrap_or_default();
            let proto = if offered.is_empty() {
                String::new()
            } else {
                format!("Sec-WebSocket-Protocol: {}\r\n", offered.join(", "))
            };
            let host = if case["port"].as_u64() == Some(80) { "127.0.0.1" } else { "127.0.0.1:1234" };
            let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{proto}\r\n").into_bytes();
            let tcp = &case["tcp"];
            let after = tcp["after"]
                .as_str()
                .or(tcp["before_response"].as_str())
                .map(|k| if k == "rst" { Ended::Rst } else { Ended::Fin });
            let timed = ["then_ms", "after_ms", "no_fin", "hold_ms"].iter().any(|k| !tcp[k].is_null())
                || !case["writes"].is_null()
                || std::env::var("TIMED").is_ok();
            let recording = if timed {
                let mut m = vec![Moment { at: 0, from: End::Client, what: What::Bytes(request) }];
                let mut list: Vec<(u64, What)> = vec![];
                list.push((0, What::Bytes(response)));
                list.push((tcp["then_ms"].as_u64().unwrap_or(60), What::Bytes(then)));
                for w in case["writes"].as_array().into_iter().flatten() {
                    list.push((
                        w["at_ms"].as_u64().unwrap(),
                        What::Bytes(match w["text"].as_str() {
                            Some(t) => latin1(&t.replace("{accept}", accept)),
                            None => hex::decode(w["hex"].as_str().unwrap()).unwrap(),
                        }),
                    ));
                }
                list.push(match after {
                    Some(e) => (tcp["after_ms"].as_u64().unwrap_or(120), What::Ended(e)),
                    None => (tcp["hold_ms"].as_u64().unwrap_or(2500), What::Ended(Ended::Fin)),
                });
                list.sort_by_key(|(at, _)| *at);
                m.extend(list.into_iter().map(|(at, what)| Moment { at: 1000 + at * 1000, from: End::Server, what }));
                Recording::of_timeline(m)
            } else {
                Streams {
                    request: Some(request),
                    response: Some(response),
                    from_server: then,
                    from_client: vec![],
                    ended: after,
                }
                .into()
            };
            let d = diagnose(&recording).browsers;
            for (name, v) in [("chromium", d.chromium), ("firefox", d.firefox)] {
                let want = &case[name];
                if want.is_null() {
                    continue;
                }
                n += 1;
                let message = v.message.as_deref().map(|m| {
                    if m.starts_with("Firefox can’t establish") {
                        "cannot-establish"
                    } else if name == "firefox" {
                        "interrupted"
                    } else {
                        m
                    }
                });
                let got = serde_json::json!({"events": v.events, "message": message, "close_sent": v.close_sent});
                let same = got["events"] == want["events"]
                    && got["message"] == want["message"]
                    && got["close_sent"] == want["close_sent"];
                if !same {
                    bad += 1;
                    println!(
                        "{id} {name} [{}]\n  want {}\n  got  {}",
                        v.rule,
                        &cut(&want.to_string()),
                        &cut(&got.to_string())
                    );
                } else if std::env::var("RULES").is_ok() {
                    println!("RULE {} {id}", v.rule);
                }
            }
        }
        println!("{path}: {n} verdicts, {bad} wrong");
    }
}
fn cut(s: &str) -> String {
    s.chars().take(400).collect()
}
