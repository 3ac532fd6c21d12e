//! Driving a connection of the core: read, hand over, drain, write. No rule of the protocol is decided here.

use std::io;
use std::ops::Range;
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout};
use tracing::{debug, info};
use ws101_core::{Close, Connection, Entropy, Event, SendError, State, StatusCode, TransportAction, Unmasked};

use crate::limits::{CHUNK, WISHES};
use crate::shutdown::Shutdown;
use crate::transport::{Crossed, Transport};

/// What a connection is for.
pub(crate) trait Application<E: Entropy = Unmasked> {
    /// Takes what came in, and answers it.
    fn receive(&mut self, event: Event<'_>, connection: &mut Connection<E>);

    /// Waits for what this end wants to send of its own accord. May be dropped at any time without loss. It is asked
    /// until the transport is closed: that nothing can be sent any more is said to the tap.
    fn wish(&mut self) -> impl Future<Output = Wish> + Send;

    /// How long nothing may come or go; `None` for ever. `writing` is whether something waits to be written.
    fn patience(&self, writing: bool) -> Option<Duration>;

    /// The Close to send when that is over.
    fn lose_patience(&mut self) -> Close<'static>;

    /// Whether a program that goes down sends its Close now; otherwise this connection ends by itself soon.
    fn closes_at_shutdown(&self) -> bool;

    /// The Close to send then.
    fn shutdown_close(&self) -> Close<'static> {
        Close { code: StatusCode::GOING_AWAY, reason: "the server is shutting down" }
    }
}

/// What an application wants to send.
#[derive(Debug)]
pub(crate) enum Wish {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Close(StatusCode, String),
}

/// How a connection ended.
#[derive(Debug)]
pub(crate) struct Ending {
    /// [`State::Closed`] after a closing handshake, [`State::Failed`] after a violation, else [`State::Lost`].
    pub(crate) state: State,
    pub(crate) cause: Cause,
}

/// What ended the transport.
#[derive(Debug)]
pub(crate) enum Cause {
    /// Its time had come, or the other end ended it.
    Closed,
    /// The other end did not finish the closing handshake in time.
    Timeout,
    /// It broke.
    Broken(io::Error),
}

/// Drives the connection to its end and closes the transport, `patience` being the time for the closing handshake and
/// again for the end of the transport. `input` is what was already read.
pub(crate) async fn drive<T: Transport, E: Entropy>(
    mut transport: T,
    input: Vec<u8>,
    connection: Connection<E>,
    application: impl Application<E>,
    patience: Duration,
    shutdown: Shutdown,
) -> Ending {
    let unread = 0..input.len();
    let now = Instant::now();
    let mut session =
        Session { connection, application, input, unread, progress: now, closing: None, peer_ended: false, patience };
    let end = session.run(&mut transport, shutdown).await;
    let Session { mut connection, application, .. } = session;
    // What the application holds is let go of before the other end sees the transport end.
    drop(application);
    let cause = match end {
        Ok(End::Close(action)) => {
            if action == TransportAction::AwaitClose {
                // Whether it is in time or not, it is our turn then.
                let _ = timeout(patience, transport.discard()).await;
            }
            transport.close(patience).await;
            Cause::Closed
        }
        Ok(End::Abort) => {
            info!("aborted: the other end did not finish the closing handshake within {patience:?}");
            transport.abort().await;
            Cause::Timeout
        }
        Err(error) => {
            debug!(%error, "the connection broke");
            transport.end().await;
            Cause::Broken(error)
        }
    };
    connection.transport_ended();
    Ending { state: connection.state(), cause }
}

/// How the transport is to end.
enum End {
    /// As the connection says.
    Close(TransportAction),
    Abort,
}

struct Session<A, E> {
    connection: Connection<E>,
    application: A,
    input: Vec<u8>,
    /// What of the input the connection has not taken yet: only a full queue of outgoing bytes makes it wait.
    unread: Range<usize>,
    /// When something last came or went.
    progress: Instant,
    /// When the closing handshake is to be over, once it has begun.
    closing: Option<Instant>,
    peer_ended: bool,
    /// Time for the closing handshake.
    patience: Duration,
}

impl<A: Application<E>, E: Entropy> Session<A, E> {
    async fn run(&mut self, transport: &mut impl Transport, mut shutdown: Shutdown) -> io::Result<End> {
        loop {
            self.hand_over();
            let action = self.connection.transport_action();
            if action != TransportAction::Continue {
                return Ok(End::Close(action));
            }
            let deadline = self.deadline();
            let room = (self.unread.is_empty() && !self.peer_ended).then(|| {
                self.input.resize(CHUNK, 0);
                self.input.as_mut_slice()
            });
            let open = self.connection.state().sends();
            tokio::select! {
                // What comes first is looked at first: neither a peer that never pauses nor one that always has room
                // may keep the rest waiting. Wishes are held back by what waits to be written.
                biased;
                () = shutdown.wait(), if open && self.application.closes_at_shutdown() => {
                    let close = self.application.shutdown_close();
                    self.close(close);
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
                        transport.complain(error.to_string());
                    }
                }
                crossed = transport.exchange(room, self.connection.outgoing()) => {
                    let Crossed { read, written } = crossed?;
                    self.connection.sent(written);
                    if let Some(length) = read {
                        self.peer_ended = length == 0;
                        self.unread = 0..length;
                    }
                    if written > 0 || read.is_some() {
                        self.progress = Instant::now();
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
            self.closing = Some(Instant::now() + self.patience);
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let writing = !self.connection.outgoing().is_empty();
        let patience = || self.application.patience(writing).map(|patience| self.progress + patience);
        self.closing.or_else(patience)
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
