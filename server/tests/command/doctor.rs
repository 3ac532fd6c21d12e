//! `ws101 doctor FILE`: what it reads, what it says, and its exit status.

use serde_json::Value;

use crate::program::{Folder, Run, ws101};

const REQUEST: &str = "GET /chat HTTP/1.1\nHost: example.com\nUpgrade: websocket\nConnection: Upgrade\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n\n";
const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n\
                        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n";

fn doctor(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    ws101(&[&["doctor"], arguments].concat(), input)
}

/// A handshake without a fault, and these bytes of the server behind it.
fn with_frames(frames: &str) -> String {
    format!("{REQUEST}{RESPONSE}{frames}\n")
}

/// The findings of a run with `--json`.
fn findings(run: &Run) -> Vec<Value> {
    run.events().into_iter().filter(|event| event["event"] == "finding").collect()
}

#[test]
fn a_connection_without_a_fault_is_said_to_have_none() {
    let run = doctor(&["-"], with_frames("81 05 48 65 6c 6c 6f"));
    run.says(0, &["read as heads as text; --format-in says otherwise"]);
    assert!(run.stdout.starts_with("connection 1, \"/chat\"\n"), "{run:?}");
    assert!(
        run.stdout.contains("  no rule broken\n") && run.stdout.ends_with("no finding in 1 connection\n"),
        "{run:?}"
    );
}

#[test]
fn a_fault_is_told_with_its_place_its_bytes_and_its_fix() {
    let folder = Folder::new("doctor-text");
    let file = folder.file("pasted.txt", with_frames("81 01 61\n81 85 37 fa 21 3d 7f 9f 4d 51 58"));
    let run = doctor(&["--fail-on", "warning", &file], "");
    run.says(1, &[]);
    for text in [
        "  warning: FRAME_MASKED, RFC 6455 §5.1: A server's frame is masked.\n",
        "    Fault:    the server's\n",
        "    Where:    byte 4 of what the server sent (in frame 2 at byte 3: text, 5 bytes), line 14 of the file\n",
        "    Bytes:    85\n",
        "    Fix:      Send 0 in the mask bit and no key;",
    ] {
        assert!(run.stdout.contains(text), "{text:?} is missing in {run:?}");
    }
    assert!(run.stdout.ends_with("in 1 connection\n"), "{run:?}");
    let head = with_frames("").replace(
        "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept",
        "Upgrade: h2c\nConnection: Upgrade\nSec-WebSocket-Accept",
    );
    let run = doctor(&["-"], head);
    run.says(1, &[]);
    assert!(run.stdout.contains("RESPONSE_UPGRADE_NOT_WEBSOCKET"), "{run:?}");
    assert!(run.stdout.contains("    Bytes:    \"h2c\"\n"), "{run:?}");
}

#[test]
fn programs_get_json() {
    let run = doctor(&["--json", "-"], with_frames("83 00"));
    run.says(1, &[]);
    assert_eq!(run.stderr, "");
    let finding = findings(&run).into_iter().find(|finding| finding["rule"] == "FRAME_RESERVED_OPCODE").unwrap();
    assert_eq!((&finding["severity"], &finding["fault"]), (&"error".into(), &"server".into()));
    assert_eq!(finding["where"], serde_json::json!({ "part": "fromServer", "start": 0, "end": 1 }));
    assert_eq!((&finding["bytes"], &finding["line"]), (&"83".into(), &13.into()));
    let end = run.event("end");
    assert_eq!((&end["status"], &end["connections"]), (&1.into(), &1.into()));
    assert_eq!(end["errors"], findings(&run).iter().filter(|one| one["severity"] == "error").count());
    assert_eq!(run.event("connection")["connection"], "connection 1, \"/chat\"");
    assert_eq!(doctor(&["--format", "json", "-"], with_frames("83 00")).stdout, run.stdout);
}

#[test]
fn github_gets_annotations_of_the_files_lines() {
    let folder = Folder::new("doctor-github");
    let file = folder.file("a,b.txt", with_frames("83 00"));
    let run = doctor(&["--format", "github", &file], "");
    run.says(1, &[]);
    let name = file.replace(':', "%3A").replace(',', "%2C");
    let start =
        format!("::error file={name},line=13,title=FRAME_RESERVED_OPCODE (RFC 6455 §5.2)::The opcode is reserved.%0A");
    assert!(run.stdout.contains(&start), "{start}: {run:?}");
    assert!(run.stdout.lines().all(|line| line.starts_with("::")), "{run:?}");
    // What has no name has no file.
    let run = doctor(&["--format", "github", "-"], with_frames("83 00"));
    assert!(run.stdout.contains("::error title=FRAME_RESERVED_OPCODE"), "{run:?}");
}

#[test]
fn sarif_is_one_log_with_each_rule_once() {
    let folder = Folder::new("doctor-sarif");
    let file = folder.file("a b.txt", with_frames("83 00 83 00"));
    let run = doctor(&["--format", "sarif", &file], "");
    run.says(1, &[]);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let log = &log;
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("{log}") };
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let reserved: Vec<_> = results.iter().filter(|result| result["ruleId"] == "FRAME_RESERVED_OPCODE").collect();
    assert_eq!(rules.iter().filter(|rule| rule["id"] == "FRAME_RESERVED_OPCODE").count(), 1);
    assert!(!reserved.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    }
    let location = &reserved[0]["locations"][0];
    let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///") && uri.ends_with("/a%20b.txt"), "{uri}");
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 13);
    assert_eq!(location["logicalLocations"][0]["name"], "fromServer[0..1]");
    shaped(log, "sarifLog");
    // A line of a console has a place in its file, and none where that has no name.
    let file = folder.file("console.txt", "\nWebSocket connection to 'ws://a/' failed: Invalid frame header\n");
    let log: Value = serde_json::from_str(&doctor(&["--format", "sarif", &file], "").stdout).unwrap();
    shaped(&log, "sarifLog");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    assert!(result["message"]["text"].as_str().unwrap().contains("Invalid frame header\n"));
    let run = doctor(&["--format", "sarif", "-"], with_frames("83 00"));
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    shaped(&log, "sarifLog");
    assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"], Value::Null);
    // Nothing wrong is a log, too.
    let run = doctor(&["--format", "sarif", "-"], with_frames("81 00"));
    run.says(0, &[]);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

/// What the schema of SARIF 2.1.0 says of the objects that are used: which members they may have, and what those are.
/// An object has no others: `additionalProperties` is false for each but the property bag.
const SHAPES: &[(&str, &[(&str, &str)])] = &[
    ("sarifLog", &[("$schema", "string"), ("version", "string"), ("runs", "[run]")]),
    ("run", &[("tool", "tool"), ("columnKind", "string"), ("results", "[result]")]),
    ("tool", &[("driver", "toolComponent")]),
    (
        "toolComponent",
        &[
            ("name", "string"),
            ("semanticVersion", "string"),
            ("informationUri", "string"),
            ("rules", "[reportingDescriptor]"),
        ],
    ),
    (
        "reportingDescriptor",
        &[
            ("id", "string"),
            ("shortDescription", "message"),
            ("fullDescription", "message"),
            ("help", "message"),
            ("properties", "propertyBag"),
        ],
    ),
    ("message", &[("text", "string")]),
    (
        "result",
        &[
            ("ruleId", "string"),
            ("ruleIndex", "integer"),
            ("level", "string"),
            ("message", "message"),
            ("locations", "[location]"),
            ("properties", "propertyBag"),
        ],
    ),
    ("location", &[("physicalLocation", "physicalLocation"), ("logicalLocations", "[logicalLocation]")]),
    ("physicalLocation", &[("artifactLocation", "artifactLocation"), ("region", "region")]),
    ("artifactLocation", &[("uri", "string")]),
    ("region", &[("startLine", "integer")]),
    ("logicalLocation", &[("name", "string"), ("fullyQualifiedName", "string"), ("kind", "string")]),
];

/// A value is of this type of the schema.
#[track_caller]
fn shaped(value: &Value, kind: &str) {
    match kind {
        "string" => assert!(value.is_string(), "{value}"),
        "integer" => assert!(value.is_u64(), "{value}"),
        "propertyBag" => assert!(value.is_object(), "{value}"),
        _ if kind.starts_with('[') => {
            let kind = kind.trim_matches(['[', ']']);
            value.as_array().unwrap().iter().for_each(|value| shaped(value, kind));
        }
        _ => {
            let (_, members) = SHAPES.iter().find(|(name, _)| *name == kind).unwrap();
            for (name, value) in value.as_object().unwrap_or_else(|| panic!("{kind}: {value}")) {
                let member = members.iter().find(|(member, _)| member == name);
                shaped(value, member.unwrap_or_else(|| panic!("{name} is no member of a {kind}")).1);
            }
        }
    }
}

#[test]
fn what_is_wrong_again_and_again_is_counted_exactly() {
    let broken = with_frames(&"81 01 ff ".repeat(1000));
    let run = doctor(&["-"], &broken);
    run.says(1, &[]);
    assert_eq!(run.stdout.matches("error: MESSAGE_INVALID_UTF8").count(), 20, "{run:?}");
    let more = "    More:     MESSAGE_INVALID_UTF8 980 times more in what the server sent, not listed here\n";
    assert_eq!(run.stdout.matches(more).count(), 1, "{run:?}");
    assert!(run.stdout.ends_with("\n1000 errors in 1 connection\n"), "{run:?}");

    let run = doctor(&["--json", "-"], &broken);
    let told = findings(&run);
    assert_eq!((told.len(), &told[18]["more"], &told[19]["more"]), (20, &Value::Null, &980.into()));
    assert_eq!((&run.event("connection")["findings"], &run.event("end")["errors"]), (&1000.into(), &1000.into()));

    let run = doctor(&["--format", "github", "-"], &broken);
    assert_eq!(run.stdout.matches("::error ").count(), 20, "{run:?}");
    assert_eq!(run.stdout.matches("MESSAGE_INVALID_UTF8 980 times more").count(), 1, "{run:?}");

    let run = doctor(&["--format", "sarif", "-"], &broken);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    shaped(&log, "sarifLog");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let more: Vec<_> = results.iter().map(|result| result["properties"]["more"].as_u64().unwrap()).collect();
    assert_eq!((more.len(), more[19], more.iter().sum::<u64>()), (20, 980, 980));
    assert!(
        results[19]["message"]["text"]
            .as_str()
            .unwrap()
            .ends_with("980 times more in what the server sent, not listed here.")
    );

    // What the script gets is counted, too.
    let run = doctor(&["--browsers", "-"], with_frames(&"81 01 61 ".repeat(1000)));
    run.says(0, &["read as"]);
    assert!(run.stdout.contains("open, message (1000 times), close"), "{run:?}");
}

#[test]
fn the_exit_status_is_as_was_asked_for() {
    for (fail_on, status) in [("error", 1), ("warning", 1), ("note", 1), ("never", 0)] {
        doctor(&["--fail-on", fail_on, "-"], with_frames("83 00")).says(status, &[]);
        doctor(&["--fail-on", fail_on, "-"], with_frames("81 00 88 02 03 e8")).says(0, &[]);
    }
}

#[test]
fn browsers_are_told_side_by_side_where_the_server_is_known() {
    let run = doctor(&["--browsers", "-"], with_frames("83 00"));
    assert!(
        run.stdout.contains("Chromium") && run.stdout.contains("Firefox") && run.stdout.contains("opens"),
        "{run:?}"
    );
    let run = doctor(&["--browsers", "--json", "-"], with_frames("83 00"));
    let browsers = run.event("browsers");
    assert!(browsers["browsers"]["chromium"]["opens"].is_boolean() && browsers["browsers"]["firefox"].is_object());
    let run = doctor(&["-"], "WebSocket connection to 'ws://a/' failed: Invalid frame header");
    run.says(1, &["read as a log"]);
    assert!(run.stdout.contains("line 1 of the file\n") && run.stdout.contains("    Fix:      "), "{run:?}");
    let run = doctor(&["--browsers", "-"], REQUEST);
    assert!(!run.stdout.contains("Chromium"), "{run:?}");
}

#[test]
fn every_form_is_read() {
    let folder = Folder::new("doctor-forms");
    let recorded = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/src/recorded.json");
    doctor(&[recorded], "").says(0, &["a session of the page"]);
    let har = concat!(env!("CARGO_MANIFEST_DIR"), "/../doctor/tests/file/chromium.har");
    let run = doctor(&["--json", har], "");
    assert!(
        run.events().iter().any(|event| event["event"] == "explained" && event["message"] == "Invalid frame header")
    );
    for (input, words) in [
        (&b"81 05 48 65 6c 6c 6f"[..], "bytes in digits"),
        (b"00000000: 8105 4865 6c6c 6f                        ..Hello\n", "bytes in digits"),
        (b"\x81\x05Hello", "bytes as they are"),
        (b"{\"ws101\":\"recording\",\"version\":1}\n{\"connection\":1,\"at\":0,\"from\":\"server\",\"bytes\":\"gQA=\"}\n", "a recording"),
    ] {
        let run = doctor(&["-"], input);
        assert!(run.stderr.contains(&format!("read as {words}")), "{run:?}");
        let file = folder.file("input", input);
        assert_eq!(doctor(&[&file], "").stdout, run.stdout);
    }
    // Said, nothing is guessed.
    let run = doctor(&["--format-in", "raw", "-"], RESPONSE);
    assert!(!run.stderr.contains("read as"), "{run:?}");
    assert!(run.stdout.contains("HEAD_BARE_LF"), "{run:?}");
}

#[test]
fn what_cannot_be_read_says_what_is_wrong_where_and_what_to_do() {
    let folder = Folder::new("doctor-unreadable");
    let line =
        "{\"ws101\":\"recording\",\"version\":1}\n{\"connection\":1,\"at\":0,\"from\":\"proxy\",\"bytes\":\"\"}\n\n";
    let broken = folder.file("broken.jsonl", line);
    for (arguments, input, hints) in [
        (&[broken.as_str()][..], &b""[..], &["broken.jsonl: line 2, column", "`proxy`"][..]),
        (&["-"], b"", &["the standard input: there is nothing in it"]),
        (&["-"], b"a text of no form\n", &["curl -v"]),
        (&["-"], "文 of no form\n".as_bytes(), &["curl -v"]),
        (&["-"], b"\xd4\xc3\xb2\xa1\0\0\0\0", &["tshark -r FILE -q -z follow,tcp,raw,0"]),
        (&["-"], b"{\"ws101\":\"recording\",\"version\":1}\n", &["no connection was recorded"]),
        (&["/no/such/file"], b"", &["/no/such/file"]),
        (&["."], b"", &["directory"]),
        (&["--format-in", "har", "-"], b"[]", &["line 1, column"]),
        (&["--format-in", "pcap", "-"], b"", &["pcap"]),
        (&["--format", "xml", "-"], b"", &["xml"]),
        (&["--json", "--format", "text", "-"], b"", &["--json"]),
    ] {
        let run = doctor(arguments, input);
        run.says(2, hints);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}
