//! Real servers with one mistake each (`tests/defective`): the doctor names the mistake, and nothing else.
//!
//! What it must say stands in each file, behind `doctor:`: the severity, the rule and the causes, or `nothing`.
#![cfg(unix)]

mod server;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use serde_json::Value;
use server::Server;

/// Servers that are asked at a time; most of the time is spent waiting.
const AT_A_TIME: usize = 8;

#[test]
fn servers_in_php() {
    each("php", "php", "PHP was not found: on Debian run `apt-get install -y php-cli`");
}

#[test]
fn servers_in_node() {
    each("node", "js", "Node was not found: install Node 20 or newer, https://nodejs.org");
}

#[test]
fn every_rule_of_the_probes_has_a_server_that_breaks_it() {
    let files = [files("php", "php"), files("node", "js")].concat();
    let broken: BTreeSet<String> = files.iter().filter_map(|file| rule(&expected(file))).collect();
    let missing: Vec<_> = ws101_doctor::probing::ProbeRule::ALL
        .iter()
        .map(|rule| rule.rule().code)
        .filter(|code| !broken.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no server in tests/defective breaks {missing:?}");
}

/// Asks each server that is written in a language.
fn each(program: &'static str, extension: &str, hint: &str) {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    assert!(found.is_ok_and(|status| status.success()), "{hint}");
    let waiting = Mutex::new(files(program, extension));
    let wrong = Mutex::new(String::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let Some(file) = waiting.lock().unwrap().pop() else { return };
                    let (expected, said) = (expected(&file), said_of(program, &file));
                    if said != expected {
                        let mut wrong = wrong.lock().unwrap();
                        let _ = writeln!(wrong, "{}: {said:#?} instead of {expected:#?}", file.display());
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong}");
}

/// The servers of a language.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/defective").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|file| file.extension().is_some_and(|found| found == extension)).collect();
    assert!(files.len() > 20, "only {} servers", files.len());
    files
}

/// What the file says that the doctor must say of it.
fn expected(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let said = text.lines().find_map(|line| line.split_once("doctor: ")).map(|(_, said)| said.to_owned());
    let said = said.unwrap_or_else(|| panic!("{} does not say what is wrong with it", file.display()));
    if said == "nothing" { Vec::new() } else { vec![said] }
}

fn rule(expected: &[String]) -> Option<String> {
    expected.first()?.split(' ').nth(1).map(str::to_owned)
}

/// What the doctor says of a server, in the same form.
fn said_of(program: &str, file: &Path) -> Vec<String> {
    let server = Server::start(program, file);
    let run = Command::new(env!("CARGO_BIN_EXE_ws101")).args(["doctor", "--json", &server.url]).output().unwrap();
    let events = String::from_utf8(run.stdout).unwrap();
    let events: Vec<Value> = events.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let findings: Vec<_> = events.iter().filter(|event| event["event"] == "finding").collect();
    let has_errors = findings.iter().any(|finding| finding["severity"] == "error");
    assert_eq!(run.status.code(), Some(i32::from(has_errors)), "{}: {events:?}", file.display());
    findings.into_iter().map(in_words).collect()
}

fn in_words(finding: &Value) -> String {
    assert!(!finding["probes"].as_array().unwrap().is_empty(), "{finding}");
    let causes = finding["causes"].as_array().unwrap().iter().map(|cause| &cause["cause"]);
    let words = [&finding["severity"], &finding["rule"]].into_iter().chain(causes);
    words.map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}
