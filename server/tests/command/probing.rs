//! `ws101 doctor URL`, against our own server. Those that are wrong are in `server/tests/defective`.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::copy_bidirectional;
use tokio::runtime::Builder;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::program::{Echo, Folder, Run, ws101};

/// The rules that were told, with their severity.
fn told(run: &Run) -> Vec<(String, String)> {
    let events = run.events().into_iter().filter(|event| event["event"] == "finding");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    events.map(|event| (text(&event["severity"]), text(&event["rule"]))).collect()
}

fn note(rule: &str) -> Vec<(String, String)> {
    vec![("note".to_owned(), rule.to_owned())]
}

#[test]
fn our_own_server_takes_any_origin_and_is_right_in_all_else() {
    let echo = Echo::start();
    let run = ws101(&["doctor", "--json", &echo.url()], "");
    run.says(0, &[]);
    assert_eq!(told(&run), note("SERVER_ORIGIN_UNCHECKED"));
    let end = run.event("end");
    assert_eq!((&end["errors"], &end["notes"]), (&0.into(), &1.into()));
    let finding = run.event("finding");
    assert_eq!(finding["probes"], serde_json::json!(["foreign-origin"]));
    assert!(finding["found"].as_str().unwrap().contains("101"), "{finding}");
    let connection = run.events().into_iter().find(|event| event["connection"] == "foreign-origin").unwrap();
    let sent = hex::decode(connection["sent"].as_str().unwrap()).unwrap();
    assert_eq!(connection["sent_length"], sent.len());
    assert!(sent.starts_with(b"GET /echo HTTP/1.1\r\n") && sent.ends_with(b"\r\n\r\n"));
}

#[test]
fn every_form_of_report_takes_probes() {
    let echo = Echo::start();
    let github = ws101(&["doctor", "--only", "foreign-origin", "--format", "github", &echo.url()], "");
    assert!(github.stdout.starts_with("::notice ") && github.stdout.contains("SERVER_ORIGIN_UNCHECKED"), "{github:?}");
    let sarif = ws101(&["doctor", "--only", "foreign-origin", "--format", "sarif", &echo.url()], "");
    let log: serde_json::Value = serde_json::from_str(&sarif.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "SERVER_ORIGIN_UNCHECKED");
}

#[test]
fn a_report_for_people_says_what_was_sent_and_what_came() {
    let echo = Echo::start();
    let run = ws101(&["doctor", "--only", "foreign-origin", "--fail-on", "note", &echo.url()], "");
    run.says(1, &[]);
    for text in [
        "foreign-origin",
        "note: SERVER_ORIGIN_UNCHECKED, RFC 6455 §10.2",
        "Sent: \"GET /echo HTTP/1.1",
        "Found:    `HTTP/1.1 101 Switching Protocols`",
        "Expected: an HTTP response that is no 101",
        "Fix:",
    ] {
        assert!(run.stdout.contains(text), "{text:?} is missing in {run:?}");
    }
}

#[test]
fn probes_are_chosen_by_name_and_by_family() {
    let echo = Echo::start();
    let made = |arguments: &[&str]| {
        let run = ws101(&[&["doctor", "--json", &echo.url()], arguments].concat(), "");
        run.says(0, &[]);
        let connection = run.events().into_iter().find(|event| event["connection"] == "open").unwrap();
        let remarks = connection["remarks"].to_string();
        let made = remarks.split(" of ").next().and_then(|text| text.rsplit('"').next()?.parse::<usize>().ok());
        made.unwrap_or_else(|| panic!("no count in {remarks}"))
    };
    // The first two are always made, and so is the one that sees whether a new client is served.
    assert_eq!(made(&["--only", "ping"]), 4);
    assert_eq!(made(&["--only", "control"]), 10);
    assert_eq!(made(&["--only", "control", "--skip", "ping-125", "--skip", "close"]), 8);
}

#[test]
fn the_request_is_what_the_command_line_asks_for() {
    let echo = Echo::start();
    let arguments = ["--header", "Cookie: a=b", "--origin", "http://localhost:3000", "--only", "ping", "--json"];
    let run = ws101(&[&["doctor", &echo.url()][..], &arguments].concat(), "");
    run.says(0, &[]);
    assert_eq!(told(&run), []);
}

#[test]
fn every_probe_is_listed() {
    let run = ws101(&["doctor", "--list-probes"], "");
    run.says(0, &[]);
    assert_eq!(run.stdout.lines().count(), ws101_doctor::probing::Probe::ALL.len());
    assert!(run.stdout.contains("two-frames"), "{run:?}");
}

#[test]
fn another_machine_needs_consent() {
    let run = ws101(&["doctor", "ws://example.com/"], "");
    run.says(2, &["example.com is not this machine", "--i-may-probe-this-server"]);
}

#[test]
fn what_cannot_be_probed_is_said() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    ws101(&["doctor", &format!("ws://127.0.0.1:{port}/")], "").says(3, &["cannot be reached"]);
    ws101(&["doctor", "http://127.0.0.1/"], "").says(2, &["ws://"]);
    ws101(&["doctor", "--only", "pingg", "ws://127.0.0.1/"], "").says(2, &["--list-probes"]);
    ws101(&["doctor"], "").says(2, &[]);
}

#[test]
fn a_page_instead_of_a_connection_is_one_finding() {
    let echo = Echo::start();
    let url = echo.url().replace("/echo", "/");
    let run = ws101(&["doctor", "--json", &url], "");
    run.says(1, &[]);
    let told = told(&run);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, "RESPONSE_NOT_101");
}

#[test]
fn servers_behind_tls_are_probed_too() {
    let (echo, folder) = (Echo::start(), Folder::new("probing-tls"));
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key);
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
    let target = echo.port;
    // It ends with the test's process.
    thread::spawn(move || {
        for stream in listener.incoming() {
            let acceptor = acceptor.clone();
            thread::spawn(move || forward(stream.unwrap(), &acceptor, target));
        }
    });
    let file = folder.file("ca.pem", cert.pem());
    let url = format!("wss://localhost:{port}/echo");
    let run = ws101(&["doctor", "--json", "--ca-file", &file, &url], "");
    run.says(0, &[]);
    assert_eq!(told(&run), note("SERVER_ORIGIN_UNCHECKED"));
}

/// Takes TLS off one connection.
fn forward(stream: TcpStream, acceptor: &TlsAcceptor, port: u16) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        stream.set_nonblocking(true).unwrap();
        let stream = tokio::net::TcpStream::from_std(stream).unwrap();
        // Some probes end in the middle of everything.
        let Ok(mut tls) = acceptor.accept(stream).await else { return };
        let Ok(mut server) = tokio::net::TcpStream::connect(("127.0.0.1", port)).await else { return };
        let _ = copy_bidirectional(&mut tls, &mut server).await;
    });
}
