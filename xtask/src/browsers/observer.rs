//! A TCP proxy that knows nothing of WebSocket: it passes on what comes as it comes, ends and resets too, and keeps what
//! the client sent.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use socket2::SockRef;

/// A proxy on an address of its own; it takes no more connections when this is dropped.
pub(crate) struct Observer {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    /// What the client of the first connection sent.
    sent: Arc<Mutex<Vec<u8>>>,
}

impl Observer {
    /// Listens on any port of `host`, in front of `server`.
    pub(crate) fn listen(host: Ipv4Addr, server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((host, 0)).with_context(|| format!("nothing can listen on {host}"))?;
        let address = listener.local_addr()?;
        let (over, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (ends, first) = (Arc::clone(&over), Arc::clone(&sent));
        thread::spawn(move || {
            let mut first = Some(first);
            for client in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                // A client that is gone again, or a server that is, is seen by the other one.
                if let Ok(client) = client
                    && let Ok(server) = TcpStream::connect(server)
                {
                    pass_all(client, server, first.take());
                }
            }
        });
        Ok(Self { address, over, sent })
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the client of the first connection has sent so far.
    pub(crate) fn sent(&self) -> Vec<u8> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // The thread waits for a connection: here is one. If it cannot be made, the thread ends with the program.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

/// Passes on in both directions, each in a thread of its own.
fn pass_all(client: TcpStream, server: TcpStream, sent: Option<Arc<Mutex<Vec<u8>>>>) {
    let broken = Arc::new(AtomicBool::new(false));
    let (client, server) = (Arc::new(client), Arc::new(server));
    for socket in [&client, &server] {
        // What comes in one piece is to leave in one; a system that cannot do so is only slower.
        let _ = socket.set_nodelay(true);
    }
    let to_server = Passage { from: Arc::clone(&client), to: Arc::clone(&server), broken: Arc::clone(&broken), sent };
    let to_client = Passage { from: server, to: client, broken, sent: None };
    thread::spawn(|| to_server.pass());
    thread::spawn(|| to_client.pass());
}

/// One direction. The sockets are closed when both are done with them.
struct Passage {
    from: Arc<TcpStream>,
    to: Arc<TcpStream>,
    /// Whether one of the two ends has reset its connection.
    broken: Arc<AtomicBool>,
    sent: Option<Arc<Mutex<Vec<u8>>>>,
}

impl Passage {
    fn pass(self) {
        let mut chunk = [0; 16 << 10];
        loop {
            match self.from.as_ref().read(&mut chunk) {
                Ok(0) => {
                    if !self.broken.load(Ordering::Acquire) {
                        // It may be gone already.
                        let _ = self.to.shutdown(Shutdown::Write);
                    }
                    return;
                }
                Ok(length) => {
                    if let Some(sent) = &self.sent {
                        sent.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&chunk[..length]);
                    }
                    if self.to.as_ref().write_all(&chunk[..length]).is_err() {
                        return self.reset(&self.from);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return self.reset(&self.to),
            }
        }
    }

    /// Makes a socket's end a reset: it is closed when the other direction, which may wait for it to be read, lets go.
    fn reset(&self, socket: &TcpStream) {
        self.broken.store(true, Ordering::Release);
        let _ = SockRef::from(socket).set_linger(Some(Duration::ZERO));
        // Nothing is sent by this: it only ends the waiting.
        let _ = socket.shutdown(Shutdown::Read);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
    use std::time::Duration;

    use socket2::SockRef;

    use super::Observer;

    /// Both ends of a connection through an observer.
    fn connected() -> (TcpStream, TcpStream, Observer) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let observer = Observer::listen(Ipv4Addr::LOCALHOST, listener.local_addr().unwrap()).unwrap();
        let client = TcpStream::connect(observer.address()).unwrap();
        let server = listener.accept().unwrap().0;
        for socket in [&client, &server] {
            socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        }
        (client, server, observer)
    }

    #[test]
    fn bytes_and_ends_pass_in_both_directions() {
        let (mut client, mut server, observer) = connected();
        client.write_all(b"request").unwrap();
        let mut bytes = [0; 7];
        server.read_exact(&mut bytes).unwrap();
        assert_eq!((&bytes, observer.sent().as_slice()), (b"request", &b"request"[..]));
        server.write_all(b"response").unwrap();
        server.shutdown(Shutdown::Write).unwrap();
        let mut text = String::new();
        client.read_to_string(&mut text).unwrap();
        assert_eq!(text, "response");
        // The other direction goes on.
        client.write_all(b"!").unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        let mut rest = Vec::new();
        server.read_to_end(&mut rest).unwrap();
        assert_eq!((rest, observer.sent()), (b"!".to_vec(), b"request!".to_vec()));
    }

    #[test]
    fn a_reset_stays_one_even_right_behind_bytes() {
        for _ in 0..20 {
            let (mut client, mut server, _observer) = connected();
            server.write_all(b"bytes").unwrap();
            SockRef::from(&server).set_linger(Some(Duration::ZERO)).unwrap();
            drop(server);
            let mut bytes = Vec::new();
            let error = client.read_to_end(&mut bytes).unwrap_err();
            assert_eq!((error.kind(), bytes.as_slice()), (ErrorKind::ConnectionReset, &b"bytes"[..]));
        }
    }
}
