//! What a connection does when nothing happens: it has no clock, the caller tells it the time.

use core::time::Duration;

use crate::connection::state::{Happening, State};
use crate::connection::{Config, Connection, Entropy, KeepAlive};
use crate::{Role, frames};

/// What the time counts from. Every field is about the state of the last call.
#[derive(Debug)]
pub(super) struct Deadlines {
    keep_alive: Option<KeepAlive>,
    close_timeout: Duration,
    state: State,
    /// When the state began, or when the other end was last heard of.
    since: Option<Duration>,
    /// Bytes of the stream that had come by then.
    position: u64,
    pinged: bool,
    /// Whether the server had its time to close the transport.
    waited: bool,
}

impl Deadlines {
    pub(super) const fn new(config: &Config) -> Self {
        Self {
            keep_alive: config.keep_alive,
            close_timeout: config.close_timeout,
            state: State::Open,
            since: None,
            position: 0,
            pinged: false,
            waited: false,
        }
    }

    pub(super) const fn waited(&self) -> bool {
        self.waited
    }
}

impl<E: Entropy> Connection<E> {
    /// Tells the connection what time it is, and gives the time at which it wants to be told again if nothing happens
    /// before: `None` when it waits for nothing. Times count from any fixed moment.
    ///
    /// Call it after each drain and at the time it gave. What is due then happens: a ping after
    /// [`KeepAlive::interval`] of silence; when the silence goes on, or a Close is not answered in time, the connection
    /// is [`TimedOut`](State::TimedOut) and [`transport_action`](Self::transport_action) says to close the transport.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ws101_core::{Config, Connection, KeepAlive, State, TransportAction};
    ///
    /// let (interval, patience) = (Duration::from_secs(30), Duration::from_secs(10));
    /// let keep_alive = Some(KeepAlive { interval, patience });
    /// let mut server = Connection::server(Config { keep_alive, ..Config::default() });
    /// let start = Duration::from_secs(1000);
    /// assert_eq!(server.tick(start), Some(start + interval));
    /// assert_eq!(server.tick(start + interval), Some(start + interval + patience));
    /// assert_eq!(server.outgoing(), b"\x89\x00"); // a ping
    /// server.sent(2);
    /// assert_eq!(server.tick(start + interval + patience), None);
    /// assert_eq!((server.state(), server.transport_action()), (State::TimedOut, TransportAction::Close));
    /// ```
    pub fn tick(&mut self, now: Duration) -> Option<Duration> {
        let heard = self.decoder.position() != self.deadlines.position;
        if self.deadlines.state != self.state || (heard && self.state == State::Open) {
            self.deadlines.since = None;
            self.deadlines.pinged = false;
        }
        self.deadlines.state = self.state;
        self.deadlines.position = self.decoder.position();
        let since = *self.deadlines.since.get_or_insert(now);
        match self.state {
            State::Open => self.keep_alive(now, since),
            State::CloseSent => self.give_up(now, since.saturating_add(self.deadlines.close_timeout)),
            State::Closed if self.role() == Role::Client => {
                let deadline = since.saturating_add(self.deadlines.close_timeout);
                self.deadlines.waited = now >= deadline;
                (now < deadline).then_some(deadline)
            }
            State::CloseReceived | State::Closed | State::Failed | State::Lost | State::TimedOut => None,
        }
    }

    fn keep_alive(&mut self, now: Duration, since: Duration) -> Option<Duration> {
        let KeepAlive { interval, patience } = self.deadlines.keep_alive?;
        let ask = since.saturating_add(interval);
        if now < ask {
            return Some(ask);
        }
        if !self.deadlines.pinged {
            // What waits to be written cannot be overtaken, and a peer that does not read it is as silent as any.
            self.deadlines.pinged = true;
            self.answer(frames::ping(&[]));
        }
        self.give_up(now, ask.saturating_add(patience))
    }

    fn give_up(&mut self, now: Duration, deadline: Duration) -> Option<Duration> {
        if now < deadline {
            return Some(deadline);
        }
        self.state = self.state.after(Happening::TimeIsUp);
        None
    }
}
