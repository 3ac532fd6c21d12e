//! The program: how it starts and how it ends.

use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

use crate::frames::{self, close, masked};
use crate::server::{Server, command};
use crate::tap::Tap;

fn ws101(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_ws101")).args(arguments).stdin(Stdio::null()).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_taken_port_is_an_error_that_says_how_to_choose_another() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command(&["--port", &port]).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(&port) && error.contains("taken") && error.contains("--port 0"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_host_that_is_not_ours_is_an_error() {
    let (code, _, error) = ws101(&["serve", "--host", "192.0.2.1", "--port", "0"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("192.0.2.1") && error.contains("--host"), "{error}");
}

#[test]
fn help_and_version_are_there() {
    let (code, version, _) = ws101(&["--version"]);
    assert_eq!((code, version), (Some(0), format!("ws101 {}\n", env!("CARGO_PKG_VERSION"))));
    let (code, help, _) = ws101(&["serve", "--help"]);
    assert_eq!(code, Some(0));
    for word in ["--host", "--port", "--max-message", "--quiet", "--allow-origin", "--allow-host", "Examples:"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    let (code, _, error) = ws101(&["serve", "--max-message", "0"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("--max-message"), "{error}");
}

#[test]
fn a_quiet_server_writes_nothing_but_its_address() {
    let mut child = command(&["--port", "0", "--quiet"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line).unwrap();
    let port = line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    // A refused request, an echo and a broken rule.
    crate::client::Client::connect(port).send("HELLO\r\n\r\n");
    let mut client = crate::client::Client::connect(port);
    client.upgrade("/echo");
    client.send(b"\x81\x05Hello");
    assert_eq!(client.close_frame().0, 1002);
    client.expect_end();
    child.kill().unwrap();
    assert_eq!(child.wait_with_output().unwrap().stderr, b"");
}

#[cfg(unix)]
#[test]
fn ctrl_c_closes_every_connection_and_ends_the_program() {
    for signal in ["INT", "TERM"] {
        let mut server = Server::start();
        let mut client = server.echo();
        client.send(masked(frames::TEXT, b"x"));
        client.expect(b"\x81\x01x");
        // Between two requests; that the first was answered shows that the connection was accepted.
        let mut silent = server.connect();
        silent.send("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
        silent.response();
        server.signal(signal);
        assert_eq!(client.close_frame(), (1001, "the server is shutting down".to_owned()));
        client.send(close(1001, ""));
        client.expect_end();
        silent.expect_end();
        drop((client, silent));
        assert_eq!(server.wait(), (Some(0), String::new()), "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn a_tap_sees_its_connection_close_when_the_server_goes_down() {
    let mut server = Server::start();
    let (mut tap, mut unused) = (Tap::open(&server), Tap::open(&server));
    let mut client = server.connect();
    client.upgrade(&tap.target());
    tap.message();
    server.signal("INT");
    assert_eq!(unused.client.close_frame().0, 1001);
    unused.client.send(close(1001, ""));
    unused.client.expect_end();
    assert_eq!(client.close_frame().0, 1001);
    client.send(close(1001, ""));
    client.expect_end();
    client.fin();
    let kinds: Vec<u8> = tap.records().iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [1, 1, 0, 3, 2]);
    drop((tap, unused));
    assert_eq!(server.wait().0, Some(0));
}

#[cfg(unix)]
#[test]
fn connections_that_do_not_answer_do_not_keep_the_program() {
    let mut server = Server::with(&["--close-timeout", "0.2"]);
    let mut client = server.echo();
    server.signal("INT");
    assert_eq!(client.close_frame().0, 1001);
    assert_eq!(server.wait().0, Some(0));
}
