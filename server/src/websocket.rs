//! Driving a connection of the core: read, hand over, drain, write. No rule of the protocol is decided here.

use std::io;
use std::ops::Range;
use std::time::Duration;

use tokio::io::Interest;
use tokio::time::{Instant, sleep_until};
use tracing::{debug, info};
use ws101_core::{Close, Connection, Event, SendError, StatusCode, TransportAction};

use crate::limits::{CHUNK, Limits, WISHES};
use crate::shutdown::Shutdown;
use crate::wire::Wire;

/// What a connection is for.
pub(crate) trait Application {
    /// Takes what came in, and answers it.
    fn receive(&mut self, event: Event<'_>, connection: &mut Connection);

    /// Waits for what this end wants to send of its own accord. May be dropped at any time without loss. It is asked
    /// until the transport is closed: that nothing can be sent any more is said to the tap.
    fn wish(&mut self) -> impl Future<Output = Wish> + Send;

    /// How long nothing may come or go; `None` for ever. `writing` is whether something waits to be written.
    fn patience(&self, writing: bool) -> Option<Duration>;

    /// The Close to send when that is over.
    fn lose_patience(&mut self) -> Close<'static>;

    /// Whether a server that goes down sends its Close now; otherwise this connection ends by itself soon.
    fn closes_at_shutdown(&self) -> bool;
}

/// What an application wants to send.
#[derive(Debug)]
pub(crate) enum Wish {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Close(StatusCode, String),
}

/// Drives the connection to its end and closes the transport. The wire's backlog is its first input.
pub(crate) async fn drive(
    mut wire: Wire,
    connection: Connection,
    application: impl Application,
    limits: Limits,
    shutdown: Shutdown,
) {
    let input = wire.take_backlog();
    let unread = 0..input.len();
    let now = Instant::now();
    let session =
        Session { connection, application, input, unread, progress: now, closing: None, peer_ended: false, limits };
    match session.run(&mut wire, shutdown).await {
        Ok(End::Close) => wire.close(limits.close).await,
        Ok(End::Abort) => {
            info!("aborted: the other end did not finish the closing handshake within {:?}", limits.close);
            wire.abort().await;
        }
        Err(error) => {
            debug!(%error, "the connection broke");
            wire.end().await;
        }
    }
}

/// How the transport is to end.
enum End {
    Close,
    Abort,
}

struct Session<A> {
    connection: Connection,
    application: A,
    input: Vec<u8>,
    /// What of the input the connection has not taken yet: only a full queue of outgoing bytes makes it wait.
    unread: Range<usize>,
    /// When something last came or went.
    progress: Instant,
    /// When the closing handshake is to be over, once it has begun.
    closing: Option<Instant>,
    peer_ended: bool,
    limits: Limits,
}

impl<A: Application> Session<A> {
    async fn run(mut self, wire: &mut Wire, mut shutdown: Shutdown) -> io::Result<End> {
        loop {
            self.hand_over();
            if self.connection.transport_action() != TransportAction::Continue {
                return Ok(End::Close);
            }
            let deadline = self.deadline();
            let interest = self.interest();
            let open = self.connection.state().sends();
            tokio::select! {
                // What comes first is looked at first: neither a peer that never pauses nor one that always has room
                // may keep the rest waiting. Wishes are held back by what waits to be written.
                biased;
                () = shutdown.wait(), if open && self.application.closes_at_shutdown() => {
                    self.close(Close { code: StatusCode::GOING_AWAY, reason: "the server is shutting down" });
                }
                () = sleep_until(deadline.unwrap_or(self.progress)), if deadline.is_some() => {
                    if self.closing.is_some() {
                        return Ok(End::Abort);
                    }
                    let close = self.application.lose_patience();
                    self.close(close);
                }
                wish = self.application.wish(), if self.connection.outgoing().len() < WISHES => {
                    if let Err(error) = self.grant(wish) {
                        debug!(%error, "a wish was not granted");
                        wire.complain(error.to_string());
                    }
                }
                ready = wire.ready(interest) => {
                    let ready = ready?;
                    if ready.is_writable() {
                        self.write(wire)?;
                    }
                    if ready.is_readable() {
                        self.read(wire)?;
                    }
                }
            }
        }
    }

    /// Gives the connection what was read, and the application what came of it.
    fn hand_over(&mut self) {
        let mut input = &mut self.input[self.unread.clone()];
        while let Some(event) = self.connection.receive(&mut input) {
            match &event {
                Event::Violation(error) => info!("closing with {}: {error}", error.violation.status_code()),
                Event::Close { code, reason } => info!(code = code.map(|code| code.0), %reason, "the other end closes"),
                _ => {}
            }
            self.application.receive(event, &mut self.connection);
        }
        self.unread.start = self.unread.end - input.len();
        // Whatever the other end sent before it ended its side is answered first.
        if self.peer_ended && self.unread.is_empty() && self.connection.outgoing().is_empty() {
            if self.connection.state().reads() {
                info!("the other end is gone without a Close");
            }
            self.connection.transport_ended();
        }
        if self.closing.is_none() && (self.peer_ended || !self.connection.state().sends()) {
            self.closing = Some(Instant::now() + self.limits.close);
        }
    }

    fn interest(&self) -> Interest {
        let reads = self.unread.is_empty() && !self.peer_ended;
        match (reads, self.connection.outgoing().is_empty()) {
            (true, true) => Interest::READABLE,
            (true, false) => Interest::READABLE | Interest::WRITABLE,
            (false, _) => Interest::WRITABLE,
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let writing = !self.connection.outgoing().is_empty();
        let patience = || self.application.patience(writing).map(|patience| self.progress + patience);
        self.closing.or_else(patience)
    }

    fn write(&mut self, wire: &mut Wire) -> io::Result<()> {
        let outgoing = self.connection.outgoing();
        if outgoing.is_empty() {
            return Ok(());
        }
        if let Some(length) = wire.try_write(outgoing)? {
            self.connection.sent(length);
            self.progress = Instant::now();
        }
        Ok(())
    }

    fn read(&mut self, wire: &mut Wire) -> io::Result<()> {
        if !self.unread.is_empty() || self.peer_ended {
            return Ok(());
        }
        self.input.resize(CHUNK, 0);
        if let Some(length) = wire.try_read(&mut self.input)? {
            self.peer_ended = length == 0;
            self.unread = 0..length;
            self.progress = Instant::now();
        }
        Ok(())
    }

    fn grant(&mut self, wish: Wish) -> Result<(), SendError> {
        match wish {
            Wish::Text(text) => self.connection.send_text(&text),
            Wish::Binary(bytes) => self.connection.send_binary(&bytes),
            Wish::Ping(bytes) => self.connection.ping(&bytes),
            Wish::Close(code, reason) => self.connection.close(Some(Close { code, reason: &reason })),
        }
    }

    fn close(&mut self, close: Close<'_>) {
        info!("closing with {}: {}", close.code, close.reason);
        if let Err(error) = self.connection.close(Some(close)) {
            debug!(%error, "the Close was not queued");
        }
    }
}
