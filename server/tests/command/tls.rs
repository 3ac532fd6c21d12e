//! `wss://`, against a server with a certificate made for the test.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};

use crate::peer::{close, switching};
use crate::program::{Folder, Run, ws101};

type Tls = StreamOwned<ServerConnection, TcpStream>;

/// A server of one TLS connection, for these names.
pub(crate) struct Server {
    pub(crate) port: u16,
    /// Its certificate.
    pub(crate) pem: String,
    thread: thread::JoinHandle<()>,
}

impl Server {
    fn start(
        names: &[&str],
        version: &'static SupportedProtocolVersion,
        act: impl FnOnce(&mut Tls) + Send + 'static,
    ) -> Self {
        let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key);
        let mut config = config.unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = thread::spawn(move || {
            let (tcp, _) = listener.accept().unwrap();
            tcp.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let connection = ServerConnection::new(Arc::new(config)).unwrap();
            act(&mut StreamOwned::new(connection, tcp));
        });
        Self { port, pem: cert.pem(), thread }
    }

    /// One that answers the handshake, sends these bytes, and waits for `answer` bytes.
    pub(crate) fn sending(
        names: &[&str],
        version: &'static SupportedProtocolVersion,
        bytes: Vec<u8>,
        answer: usize,
    ) -> Self {
        Self::start(names, version, move |tls| {
            accept(tls);
            assert_eq!(tls.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
            tls.write_all(&bytes).unwrap();
            tls.read_exact(&mut vec![0; answer]).unwrap();
        })
    }

    /// One whose certificate is not taken.
    fn refused(names: &[&str]) -> Self {
        Self::start(names, &TLS13, |tls| {
            // What the client says of it is on its side of the test.
            let _ = tls.read(&mut [0; 1]);
        })
    }

    /// What the server found wrong fails the test.
    pub(crate) fn done(self) {
        self.thread.join().unwrap();
    }

    fn meets(self, folder: &Folder, host: &str, arguments: &[&str]) -> Run {
        let url = format!("wss://{host}:{}/", self.port);
        let file = folder.file("ca.pem", &self.pem);
        let arguments: Vec<_> = arguments.iter().map(|argument| argument.replace("CA", &file)).collect();
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let run = ws101(&[&["connect", &url, "--wait", "5"], arguments.as_slice()].concat(), "");
        self.thread.join().unwrap();
        run
    }
}

fn accept(tls: &mut Tls) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        tls.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    let answer = switching(&String::from_utf8(head).unwrap(), "");
    tls.write_all(answer.as_bytes()).unwrap();
}

fn hello() -> Vec<u8> {
    [b"\x81\x05Hello".to_vec(), close(1000, "")].concat()
}

/// Bytes of the client's Close that answers.
const CLOSE: usize = 8;

#[test]
fn a_certificate_that_is_named_is_trusted() {
    let folder = Folder::new("tls-trusted");
    for (version, name, host) in
        [(&TLS13, "TLSv1_3", "localhost"), (&TLS12, "TLSv1_2", "localhost"), (&TLS13, "TLSv1_3", "127.0.0.1")]
    {
        let run = Server::sending(&["localhost", "127.0.0.1"], version, hello(), CLOSE).meets(
            &folder,
            host,
            &["--ca-file", "CA"],
        );
        run.says(0, &["* open: wss://", name, "* closed cleanly"]);
        assert_eq!(run.stdout, "Hello\n");
    }
    let run = Server::sending(&["localhost"], &TLS13, hello(), CLOSE).meets(
        &folder,
        "localhost",
        &["--ca-file", "CA", "--json"],
    );
    run.says(0, &[]);
    assert!(run.event("open")["tls"].as_str().unwrap().starts_with("TLSv1_3 "));
}

#[test]
fn messages_go_both_ways() {
    let folder = Folder::new("tls-both");
    let payload = vec![b'x'; 3_000_000];
    let expected = payload.clone();
    let server = Server::start(&["localhost"], &TLS13, move |tls| {
        accept(tls);
        // FIN and binary; mask and a 64-bit length; the length; the key; the payload.
        let mut frame = vec![0; 2 + 8 + 4 + expected.len()];
        tls.read_exact(&mut frame).unwrap();
        let (header, masked) = frame.split_at(14);
        assert_eq!(header[..2], [0x82, 0xff]);
        let key = header[10..].iter().cycle();
        assert!(masked.iter().zip(key).map(|(byte, key)| byte ^ key).eq(expected.iter().copied()));
        let length = (expected.len() as u64).to_be_bytes();
        tls.write_all(&[&[0x82, 0x7f], &length[..], &expected].concat()).unwrap();
        tls.write_all(&close(1000, "")).unwrap();
        tls.read_exact(&mut [0; CLOSE]).unwrap();
    });
    let file = folder.file("ca.pem", &server.pem);
    let url = format!("wss://localhost:{}/", server.port);
    let arguments = ["connect", &url, "--ca-file", &file, "--binary", "--whole", "--wait", "20"];
    let run = ws101(&arguments, &payload);
    server.thread.join().unwrap();
    run.says(0, &[]);
    assert!(run.stdout.trim_end() == hex::encode(&payload));
}

#[test]
fn a_certificate_that_nobody_trusts_is_no_connection() {
    let folder = Folder::new("tls-untrusted");
    let other = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let file = folder.file("other.pem", other.cert.pem());
    let run = Server::refused(&["localhost"]).meets(&folder, "localhost", &["--ca-file", &file]);
    run.says(3, &["TLS failed", "--ca-file"]);
    let run = Server::refused(&["elsewhere.example"]).meets(&folder, "localhost", &["--ca-file", "CA", "--json"]);
    run.says(3, &["not for localhost"]);
    assert_eq!(run.event("end")["status"], 3);
}

#[test]
fn whoever_insists_gets_any_certificate() {
    let folder = Folder::new("tls-insecure");
    for version in [&TLS12, &TLS13] {
        let run = Server::sending(&["elsewhere.example"], version, hello(), CLOSE).meets(
            &folder,
            "localhost",
            &["--insecure"],
        );
        run.says(0, &["* insecure: the server's certificate is not looked at"]);
        assert_eq!(run.stdout, "Hello\n");
    }
}

#[test]
fn an_end_of_tls_without_a_close_is_abnormal() {
    let folder = Folder::new("tls-end");
    // With and without the end of TLS itself.
    for notify in [true, false] {
        let server = Server::start(&["localhost"], &TLS13, move |tls| {
            accept(tls);
            tls.write_all(b"\x81\x02hi").unwrap();
            if notify {
                tls.conn.send_close_notify();
                tls.flush().unwrap();
            }
            tls.sock.shutdown(std::net::Shutdown::Write).unwrap();
            let _ = tls.sock.read_to_end(&mut Vec::new());
        });
        let run = server.meets(&folder, "localhost", &["--ca-file", "CA"]);
        run.says(6, &["without a Close"]);
        assert_eq!(run.stdout, "hi\n");
    }
}

#[test]
fn what_is_wrong_with_the_file_or_the_port_is_said() {
    let folder = Folder::new("tls-wrong");
    let empty = folder.file("empty.pem", "nothing\n");
    ws101(&["connect", "wss://localhost:1/", "--ca-file", &empty], "").says(2, &["no certificate in it"]);
    let peer = crate::peer::Peer::start(|talk| {
        talk.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        talk.rest();
    });
    let url = format!("wss://127.0.0.1:{}/", peer.port);
    ws101(&["connect", &url, "--insecure"], "").says(3, &["without TLS it is ws://"]);
    peer.done();
}
