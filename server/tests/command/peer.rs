//! A server that does what a test tells it, byte by byte.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ws101_core::handshake::Key;

use crate::program::{Run, command, ws101};

/// A server of one connection.
pub(crate) struct Peer {
    pub(crate) port: u16,
    thread: JoinHandle<()>,
}

/// A connection as the server sees it.
pub(crate) struct Talk {
    pub(crate) stream: TcpStream,
    /// What came and was not yet looked at.
    unread: Vec<u8>,
}

impl Peer {
    /// Takes one connection and does this with it.
    pub(crate) fn start(act: impl FnOnce(&mut Talk) + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let thread = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            // Generous: it is only there so that no test hangs.
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            act(&mut Talk { stream, unread: Vec::new() });
        });
        Self { port, thread }
    }

    /// Answers the handshake, and then does this.
    pub(crate) fn open(act: impl FnOnce(&mut Talk) + Send + 'static) -> Self {
        Self::start(|talk| {
            talk.accept("");
            act(talk);
        })
    }

    /// Sends these bytes after the handshake, and ends when the client has sent its Close.
    pub(crate) fn sending(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::open(move |talk| {
            talk.send(&bytes);
            talk.until_close();
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/", self.port)
    }

    /// What the peer found wrong fails the test.
    pub(crate) fn done(self) {
        self.thread.join().unwrap();
    }

    /// Runs `connect` with this peer to its end.
    pub(crate) fn meets(self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let url = self.url();
        let run = ws101(&[&["connect", &url], arguments].concat(), input);
        self.done();
        run
    }

    /// Runs `connect` with this peer and a standard input that does not end before the program does.
    pub(crate) fn meets_silence(self, arguments: &[&str]) -> Run {
        let url = self.url();
        let mut child = command(&[&["connect", &url], arguments].concat()).spawn().unwrap();
        let stdin = child.stdin.take();
        let run = Run::of(child);
        drop(stdin);
        self.done();
        run
    }
}

impl Talk {
    /// The client's request.
    pub(crate) fn head(&mut self) -> String {
        loop {
            if let Some(at) = self.unread.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                return String::from_utf8(self.unread.drain(..at + 4).collect()).unwrap();
            }
            self.read();
        }
    }

    /// Answers the handshake, with these lines more; gives the request.
    pub(crate) fn accept(&mut self, fields: &str) -> String {
        let request = self.head();
        self.send(switching(&request, fields));
        request
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
    }

    /// A frame of the client: its first byte, its key and its payload without the mask.
    pub(crate) fn frame(&mut self) -> (u8, [u8; 4], Vec<u8>) {
        let header = self.take(2);
        assert!(header[1] >= 0x80, "a client's frame is masked");
        let length = match header[1] & 0x7f {
            126 => u64::from(u16::from_be_bytes(self.take(2).try_into().unwrap())),
            127 => u64::from_be_bytes(self.take(8).try_into().unwrap()),
            short => u64::from(short),
        };
        let key: [u8; 4] = self.take(4).try_into().unwrap();
        let mut payload = self.take(usize::try_from(length).unwrap());
        payload.iter_mut().zip(key.iter().cycle()).for_each(|(byte, key)| *byte ^= key);
        (header[0], key, payload)
    }

    /// The next frame is this one.
    #[track_caller]
    pub(crate) fn expect(&mut self, first: u8, payload: &[u8]) {
        let (came, _, bytes) = self.frame();
        assert_eq!((came, bytes.as_slice()), (first, payload));
    }

    /// The next frame is a Close with this status code.
    #[track_caller]
    pub(crate) fn expect_close(&mut self, code: u16) {
        let (first, _, payload) = self.frame();
        assert_eq!((first, &payload[..2]), (0x88, &code.to_be_bytes()[..]));
    }

    /// Takes frames up to and including a Close; the client then waits for the end of TCP (§7.1.1).
    pub(crate) fn until_close(&mut self) {
        while self.frame().0 != 0x88 {}
    }

    /// What else the client sends until it ends its side.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut rest = std::mem::take(&mut self.unread);
        let _ = self.stream.read_to_end(&mut rest);
        rest
    }

    /// Ends our side.
    pub(crate) fn fin(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        while self.unread.len() < length {
            self.read();
        }
        self.unread.drain(..length).collect()
    }

    fn read(&mut self) {
        let mut chunk = [0; 4096];
        let length = self.stream.read(&mut chunk).unwrap();
        assert_ne!(length, 0, "the client ended after {:02x?}", self.unread);
        self.unread.extend_from_slice(&chunk[..length]);
    }
}

/// The answer that opens a connection, with these lines more.
pub(crate) fn switching(request: &str, fields: &str) -> String {
    let key = field(request, "Sec-WebSocket-Key").expect("a key");
    let accept = Key::parse(key.as_bytes()).unwrap().accept();
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {}\r\n{fields}\r\n",
        accept.as_str()
    )
}

/// A field's value.
pub(crate) fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().filter_map(|line| line.split_once(": ")).find(|(field, _)| *field == name).map(|(_, value)| value)
}

/// A server's Close.
pub(crate) fn close(code: u16, reason: &str) -> Vec<u8> {
    let payload = [&code.to_be_bytes(), reason.as_bytes()].concat();
    [&[0x88, u8::try_from(payload.len()).unwrap()], payload.as_slice()].concat()
}
