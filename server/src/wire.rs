//! One accepted TCP connection. Every byte that crosses it passes here, so that a tap sees all of them in order.

mod backlog;

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncWriteExt, Interest, Ready};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use crate::limits::CHUNK;
use crate::tap::{Kind, Record, Report};
use crate::transport::{Crossed, Transport};
use backlog::Backlog;

/// A TCP connection that can be recorded.
///
/// Until a request is known not to be one that asks for a tap, what was read is kept in the backlog with the times at
/// which it came: [`attach`](Self::attach) gives it to the tap, [`forget`](Self::forget) lets it go.
#[derive(Debug)]
pub(crate) struct Wire {
    tcp: TcpStream,
    accepted: Instant,
    backlog: Backlog,
    tap: Option<mpsc::Sender<Report>>,
    /// What the tap had no room for: nothing more is read or written before it has.
    unreported: VecDeque<Report>,
    client_ended: bool,
    server_ended: bool,
}

impl Wire {
    pub(crate) fn new(tcp: TcpStream, accepted: Instant) -> Self {
        // Frames are to leave when they are written; a system that cannot do so is only slower.
        let _ = tcp.set_nodelay(true);
        Self {
            tcp,
            accepted,
            backlog: Backlog::default(),
            tap: None,
            unreported: VecDeque::new(),
            client_ended: false,
            server_ended: false,
        }
    }

    /// When the connection was accepted.
    pub(crate) const fn accepted(&self) -> Instant {
        self.accepted
    }

    /// What was read and not forgotten.
    pub(crate) fn backlog(&self) -> &[u8] {
        self.backlog.bytes()
    }

    /// Reads more into the backlog; 0 where the client ended its side.
    pub(crate) async fn gather(&mut self) -> io::Result<usize> {
        loop {
            self.tcp.readable().await?;
            if let Some(length) = self.try_gather()? {
                return Ok(length);
            }
        }
    }

    /// Lets go of the backlog's first bytes: they were a request that no tap asked for.
    pub(crate) fn forget(&mut self, length: usize) {
        self.backlog.forget(length);
    }

    /// The backlog's bytes, which are then no longer here: what followed the head that switched protocols.
    pub(crate) fn take_backlog(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.backlog).into_bytes()
    }

    /// Records for this tap from now on, and first of all the backlog.
    pub(crate) async fn attach(&mut self, tap: mpsc::Sender<Report>) {
        self.tap = Some(tap);
        for (microseconds, bytes) in self.backlog.arrivals() {
            self.unreported.push_back(Report::Record(Record::new(Kind::ClientBytes, microseconds, bytes)));
        }
        self.report().await;
    }

    /// The stream itself, for a response that is not recorded.
    pub(crate) const fn tcp(&mut self) -> &mut TcpStream {
        &mut self.tcp
    }

    /// Waits until the tap has room and the connection is ready for one of `interest`.
    async fn ready(&mut self, interest: Interest) -> io::Result<Ready> {
        self.report().await;
        self.tcp.ready(interest).await
    }

    /// Reads what is there; `None` where nothing is yet, 0 where the client ended its side.
    fn try_read(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        match self.tcp.try_read(buffer) {
            Ok(0) => {
                self.client_fin();
                Ok(Some(0))
            }
            Ok(length) => {
                self.record(Kind::ClientBytes, &buffer[..length]);
                Ok(Some(length))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(self.broken(error)),
        }
    }

    /// Writes the first bytes, as many as the system takes and a record holds; `None` where it takes none yet.
    fn try_write(&mut self, bytes: &[u8]) -> io::Result<Option<usize>> {
        match self.tcp.try_write(&bytes[..bytes.len().min(CHUNK)]) {
            Ok(length) => {
                self.record(Kind::ServerBytes, &bytes[..length]);
                Ok(Some(length))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(self.broken(error)),
        }
    }

    /// Writes all of it.
    pub(crate) async fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.ready(Interest::WRITABLE).await?;
            let written = self.try_write(bytes)?.unwrap_or(0);
            bytes = &bytes[written..];
        }
        Ok(())
    }

    fn try_gather(&mut self) -> io::Result<Option<usize>> {
        let mut chunk = [0; CHUNK];
        match self.tcp.try_read(&mut chunk) {
            Ok(length) => {
                self.client_ended |= length == 0;
                self.backlog.append(self.microseconds(), &chunk[..length]);
                Ok(Some(length))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn client_fin(&mut self) {
        if !self.client_ended {
            self.client_ended = true;
            self.record(Kind::ClientFin, &[]);
        }
    }

    fn broken(&mut self, error: io::Error) -> io::Error {
        if !(self.client_ended && self.server_ended) {
            self.client_ended = true;
            self.server_ended = true;
            self.record(Kind::ClientReset, &[]);
        }
        error
    }

    fn record(&mut self, kind: Kind, bytes: &[u8]) {
        if self.tap.is_some() {
            let record = Record::new(kind, self.microseconds(), bytes);
            self.unreported.push_back(Report::Record(record));
        }
    }

    /// Hands the tap what waits for it. May be dropped at any time: what was not handed over stays.
    async fn report(&mut self) {
        while let (Some(tap), false) = (&self.tap, self.unreported.is_empty()) {
            let Ok(place) = tap.reserve().await else {
                // The page closed the tap: the connection goes on unrecorded.
                self.tap = None;
                self.unreported.clear();
                return;
            };
            if let Some(report) = self.unreported.pop_front() {
                place.send(report);
            }
        }
    }

    fn microseconds(&self) -> u64 {
        u64::try_from(self.accepted.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Transport for Wire {
    async fn exchange(&mut self, input: Option<&mut [u8]>, outgoing: &[u8]) -> io::Result<Crossed> {
        let interest = match (&input, outgoing.is_empty()) {
            (Some(_), true) => Interest::READABLE,
            (Some(_), false) => Interest::READABLE | Interest::WRITABLE,
            (None, _) => Interest::WRITABLE,
        };
        let ready = self.ready(interest).await?;
        let mut crossed = Crossed::default();
        if ready.is_writable() && !outgoing.is_empty() {
            crossed.written = self.try_write(outgoing)?.unwrap_or(0);
        }
        if let Some(input) = input.filter(|_| ready.is_readable()) {
            crossed.read = self.try_read(input)?;
        }
        Ok(crossed)
    }

    async fn discard(&mut self) {
        while !self.client_ended {
            if self.ready(Interest::READABLE).await.is_err() || self.try_read(&mut [0; CHUNK]).is_err() {
                return;
            }
        }
    }

    /// Dropped at once, with bytes unread, the connection would be reset, and the last that we wrote could be lost.
    async fn close(mut self, patience: Duration) {
        match self.tcp.shutdown().await {
            Ok(()) => {
                self.server_ended = true;
                self.record(Kind::ServerFin, &[]);
            }
            Err(error) => drop(self.broken(error)),
        }
        if !self.client_ended && timeout(patience, self.discard()).await.is_err() {
            return self.abort().await;
        }
        self.report().await;
    }

    async fn abort(mut self) {
        if !(self.client_ended && self.server_ended) {
            // Without it the system would go on trying to send what nobody takes.
            let _ = self.tcp.set_zero_linger();
            self.record(Kind::ServerReset, &[]);
        }
        self.report().await;
    }

    async fn end(mut self) {
        self.report().await;
    }

    fn complain(&mut self, message: String) {
        if self.tap.is_some() {
            self.unreported.push_back(Report::Complaint(message));
        }
    }
}
