//! A raw TCP client.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::frames;

/// A TCP connection and all that crossed it.
pub(crate) struct Client {
    stream: TcpStream,
    pub(crate) port: u16,
    /// What came and was not yet looked at.
    unread: Vec<u8>,
    /// Everything that was sent.
    pub(crate) sent: Vec<u8>,
    /// Everything that came.
    pub(crate) received: Vec<u8>,
}

/// The example of RFC 6455 §1.3, but for the host, the path and the subprotocols.
pub(crate) const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
pub(crate) const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

impl Client {
    pub(crate) fn connect(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        // Generous: it is only there so that no test hangs.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self { stream, port, unread: Vec::new(), sent: Vec::new(), received: Vec::new() }
    }

    pub(crate) const fn stream(&self) -> &TcpStream {
        &self.stream
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
        self.sent.extend_from_slice(bytes.as_ref());
    }

    /// Sends the bytes one by one, each for itself.
    pub(crate) fn dribble(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.send([*byte]);
        }
    }

    /// Sends an opening handshake for this target.
    pub(crate) fn request(&mut self, target: &str) {
        self.send(handshake(target, self.port, ""));
    }

    /// Opens a WebSocket connection.
    pub(crate) fn upgrade(&mut self, target: &str) {
        self.request(target);
        let head = self.head();
        assert!(head.starts_with("HTTP/1.1 101 Switching Protocols\r\n"), "{head}");
        assert!(head.contains(&format!("\r\nSec-WebSocket-Accept: {ACCEPT}\r\n")), "{head}");
    }

    /// The next head, up to its empty line.
    pub(crate) fn head(&mut self) -> String {
        self.try_head().expect("the connection ended before a head")
    }

    /// The next head, unless the connection ends before it.
    pub(crate) fn try_head(&mut self) -> Option<String> {
        loop {
            if let Some(at) = self.unread.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                return Some(String::from_utf8(self.unread.drain(..at + 4).collect()).unwrap());
            }
            if self.read_some().ok()? == 0 {
                return None;
            }
        }
    }

    /// A response with a body of the length that it names.
    pub(crate) fn response(&mut self) -> (String, String) {
        let head = self.head();
        let length = field(&head, "content-length").expect("a length").parse().unwrap();
        let body = String::from_utf8(self.take(length)).unwrap();
        (head, body)
    }

    /// The next `length` bytes.
    pub(crate) fn take(&mut self, length: usize) -> Vec<u8> {
        while self.unread.len() < length {
            assert_ne!(self.read_some().unwrap(), 0, "ended after {:02x?}", self.unread);
        }
        self.unread.drain(..length).collect()
    }

    /// The next bytes are these.
    #[track_caller]
    pub(crate) fn expect(&mut self, bytes: &[u8]) {
        let came = self.take(bytes.len());
        assert!(came == bytes, "{:02x?} came, not {:02x?}", excerpt(&came), excerpt(bytes));
    }

    /// The server has sent all it will: the bytes that are left.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        while self.read_some().expect("the server ends its side with a FIN, not with a reset") > 0 {}
        std::mem::take(&mut self.unread)
    }

    /// Reads until the server ends its side, or an error says that it aborted the connection.
    pub(crate) fn drain(&mut self) -> io::Result<()> {
        while self.read_some()? > 0 {}
        Ok(())
    }

    /// The server ends its side without another byte.
    #[track_caller]
    pub(crate) fn expect_end(&mut self) {
        assert_eq!(self.rest(), b"");
    }

    /// The server aborts the connection.
    #[track_caller]
    pub(crate) fn expect_reset(&mut self) {
        loop {
            match self.read_some() {
                Ok(0) => panic!("the server ended its side instead"),
                Ok(_) => {}
                Err(error) => return assert_eq!(error.kind(), ErrorKind::ConnectionReset),
            }
        }
    }

    /// One frame of the server: its first byte and its payload.
    pub(crate) fn frame(&mut self) -> (u8, Vec<u8>) {
        let header = self.take(2);
        let length = match header[1] {
            126 => u64::from(u16::from_be_bytes(self.take(2).try_into().unwrap())),
            127 => u64::from_be_bytes(self.take(8).try_into().unwrap()),
            short => u64::from(short),
        };
        assert!(header[1] < 128, "a server's frame is not masked");
        let payload = self.take(usize::try_from(length).unwrap());
        (header[0], payload)
    }

    /// A Close of the server, its status code and its reason.
    pub(crate) fn close_frame(&mut self) -> (u16, String) {
        let (first, payload) = self.frame();
        assert_eq!(first, frames::CLOSE);
        (u16::from_be_bytes([payload[0], payload[1]]), String::from_utf8(payload[2..].to_vec()).unwrap())
    }

    /// Ends our side.
    pub(crate) fn fin(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// Drops the connection with a reset.
    pub(crate) fn reset(self) {
        socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO)).unwrap();
    }

    fn read_some(&mut self) -> io::Result<usize> {
        let mut chunk = [0; 16 << 10];
        let length = self.stream.read(&mut chunk)?;
        self.unread.extend_from_slice(&chunk[..length]);
        self.received.extend_from_slice(&chunk[..length]);
        Ok(length)
    }
}

/// An opening handshake, with further fields as whole lines.
pub(crate) fn handshake(target: &str, port: u16, fields: &str) -> String {
    format!(
        "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{fields}\r\n"
    )
}

/// A field's value, its name in any case.
pub(crate) fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn excerpt(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(200)]
}
