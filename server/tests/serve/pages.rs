//! Plain HTTP: the page and what is not there.

use crate::client::field;
use crate::server::Server;

fn get(server: &Server, target: &str) -> (String, String) {
    let mut client = server.connect();
    client.send(format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port));
    client.response()
}

#[test]
fn the_page_is_served_or_says_how_to_build_it() {
    let server = Server::start();
    let (head, body) = get(&server, "/");
    let built = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/dist/index.html").exists();
    if built {
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert_eq!(field(&head, "content-type"), Some("text/html; charset=utf-8"));
        assert!(body.contains("<title>ws101</title>"), "{body}");
    } else {
        assert!(head.starts_with("HTTP/1.1 503 "), "{head}");
        assert!(body.contains("cargo xtask play"), "{body}");
    }
}

#[test]
fn every_response_is_protected() {
    let server = Server::start();
    for target in ["/", "/nothing", "/tap.json"] {
        let (head, _) = get(&server, target);
        let policy = field(&head, "content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "), "{policy}");
        assert!(!policy.contains("'unsafe-"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(field(&head, name), Some(value), "{target}");
        }
        assert_eq!(field(&head, "access-control-allow-origin"), None);
    }
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let server = Server::start();
    let mut client = server.connect();
    let paths: Vec<String> = (0..30).map(|number| format!("/nothing-{number}")).collect();
    let requests: Vec<String> = paths.iter().map(|path| format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).collect();
    client.send(requests.concat());
    for path in &paths {
        let (head, body) = client.response();
        assert!(head.starts_with("HTTP/1.1 404 Not Found\r\n"), "{head}");
        assert!(body.contains(&format!("{path}.")), "{body}");
    }
}

#[test]
fn other_methods_are_named_those_that_work() {
    let server = Server::start();
    let mut client = server.connect();
    client.send("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n");
    let (head, _) = client.response();
    assert!(head.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"), "{head}");
    assert_eq!(field(&head, "allow"), Some("GET, HEAD"));
    // Nothing is wrong with the connection.
    client.upgrade("/echo");
}

#[test]
fn a_request_with_a_body_is_refused_and_the_connection_closed() {
    let server = Server::start();
    for (request, status) in [
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", "405 Method Not Allowed"),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", "413 Payload Too Large"),
        ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "413 Payload Too Large"),
    ] {
        let mut client = server.connect();
        client.send(request);
        client.send("GET / HTTP/1.1\r\n".repeat(6_250));
        let answer = String::from_utf8(client.rest()).unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "the body is no request: {answer}");
        assert_eq!(field(&answer, "connection"), Some("close"));
    }
}

#[test]
fn http_1_0_is_answered_and_the_connection_closed() {
    let server = Server::start();
    let mut client = server.connect();
    client.send("GET /nothing HTTP/1.0\r\n\r\n");
    let answer = String::from_utf8(client.rest()).unwrap();
    assert!(answer.starts_with("HTTP/1.0 404 Not Found\r\n"), "{answer}");
}

#[test]
fn a_client_that_asks_for_it_is_closed() {
    let server = Server::start();
    let mut client = server.connect();
    client.send("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Close\r\n\r\n");
    assert!(client.rest().starts_with(b"HTTP/1.1 404 "));
}

#[test]
fn a_request_must_have_one_host() {
    let server = Server::start();
    for fields in ["", "Host: a\r\nHost: a\r\n"] {
        let mut client = server.connect();
        client.send(format!("GET / HTTP/1.1\r\n{fields}\r\n"));
        assert!(client.head().starts_with("HTTP/1.1 400 "), "{fields}");
    }
}

#[test]
fn no_path_leads_out_of_the_page() {
    let server = Server::start();
    for target in ["/../Cargo.toml", "/..%2fCargo.toml", "/%2e%2e/%2e%2e/Cargo.toml", "//etc/passwd", "/%2fetc/passwd"]
    {
        let (head, body) = get(&server, target);
        assert!(head.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{target}: {head}");
        assert!(!body.contains("[package]") && !body.contains("root:"), "{target}: {body}");
    }
}

#[test]
fn what_is_no_request_is_told_so() {
    let server = Server::start();
    for noise in [
        "HELLO\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\u{16}\u{3}\u{1}\n\n",
        "GET / HTTP/1.1\r\nA B\r\n\r\n",
    ] {
        let mut client = server.connect();
        client.send(noise);
        let answer = String::from_utf8(client.rest()).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{noise:?}: {answer}");
        assert!(answer.contains("GET / HTTP/1.1"), "{noise:?}: {answer}");
    }
}

#[test]
fn an_upgrade_elsewhere_is_not_there() {
    let server = Server::start();
    let mut client = server.connect();
    client.request("/elsewhere");
    assert!(client.response().0.starts_with("HTTP/1.1 404 Not Found\r\n"));
}
