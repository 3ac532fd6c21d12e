//! Playing a case: what the doctor's data says, at its time, and nothing else.

use std::collections::VecDeque;
use std::io;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tracing::debug;
use ws101_doctor::Ended;
use ws101_doctor::cases::{Act, Case};

use crate::limits::{CHUNK, Limits, WISHES};
use crate::misbehave::client::Client;
use crate::shutdown::Shutdown;
use crate::tap::Command;
use crate::transport::Transport as _;
use crate::wire::Wire;

/// One case on one connection.
pub(super) struct Player<'c> {
    case: &'c Case,
    /// What is still to be done.
    acts: VecDeque<Act>,
    /// Not before this may the next act come.
    due: Instant,
    /// What takes the place of all that is left then, since the client's Close has come.
    instead: Option<(Instant, VecDeque<Act>)>,
    /// What waits to be written.
    outgoing: Vec<u8>,
    /// When something was last written.
    progress: Instant,
    client: Client,
    /// What the tap's page asks for; `None` where there is no tap, or no longer.
    commands: Option<mpsc::Receiver<Command>>,
    limits: Limits,
}

/// How the connection is to end.
enum End {
    As(Ended),
    /// The client takes nothing.
    Abort,
}

impl<'c> Player<'c> {
    pub(super) fn new(case: &'c Case, key: &str, commands: Option<mpsc::Receiver<Command>>, limits: Limits) -> Self {
        let now = Instant::now();
        Self {
            case,
            acts: case.acts(key).into(),
            due: now,
            instead: None,
            outgoing: Vec::new(),
            progress: now,
            client: Client::new(),
            commands,
            limits,
        }
    }

    /// Plays to the end of the connection.
    pub(super) async fn play(mut self, mut wire: Wire, shutdown: Shutdown) {
        match self.run(&mut wire, shutdown).await {
            Ok(End::As(Ended::Fin)) => wire.close(self.limits.close).await,
            Ok(End::As(Ended::Rst) | End::Abort) => wire.abort().await,
            Err(error) => {
                debug!(%error, "the connection broke");
                wire.end().await;
            }
        }
    }

    /// When there is something to do.
    fn wake(&self) -> Instant {
        self.instead.as_ref().map_or(self.due, |(at, _)| self.due.min(*at))
    }

    /// Does what is due, until something waits to be written or to come; or says how the connection is to end.
    fn advance(&mut self) -> Option<Ended> {
        while self.outgoing.is_empty() && self.wake() <= Instant::now() {
            if let Some((at, acts)) = self.instead.take_if(|(at, _)| *at <= Instant::now()) {
                (self.due, self.acts) = (at, acts);
            }
            match self.acts.pop_front() {
                Some(Act::Wait(time)) => self.due = Instant::now() + time,
                Some(Act::Write(bytes)) => {
                    self.outgoing = bytes;
                    self.progress = Instant::now();
                }
                Some(Act::End(ended)) => return Some(ended),
                None => return Some(Ended::Fin),
            }
        }
        None
    }

    async fn run(&mut self, wire: &mut Wire, mut shutdown: Shutdown) -> io::Result<End> {
        let mut input = vec![0; CHUNK];
        let mut early = wire.take_backlog();
        loop {
            if let Some(ended) = self.advance() {
                return Ok(End::As(ended));
            }
            // What the client sent with its request is for after the response.
            self.receive(&mut std::mem::take(&mut early));
            let writing = !self.outgoing.is_empty();
            let wake = if writing { self.progress + self.limits.idle } else { self.wake() };
            let room = (self.outgoing.len() < WISHES).then_some(input.as_mut_slice());
            tokio::select! {
                biased;
                () = shutdown.wait() => return Ok(End::As(Ended::Fin)),
                () = sleep_until(wake) => {
                    if writing {
                        return Ok(End::Abort);
                    }
                }
                command = next(&mut self.commands) => match command {
                    Some(_) => wire.complain("this connection plays a case: it does nothing else".to_owned()),
                    None => self.commands = None,
                },
                crossed = wire.exchange(room, &self.outgoing) => {
                    let crossed = crossed?;
                    if crossed.written > 0 {
                        self.outgoing.drain(..crossed.written);
                        self.progress = Instant::now();
                    }
                    match crossed.read {
                        Some(0) => return Ok(End::As(Ended::Fin)),
                        Some(length) => self.receive(&mut input[..length]),
                        None => {}
                    }
                }
            }
        }
    }

    fn receive(&mut self, bytes: &mut [u8]) {
        if self.case.echoes {
            self.outgoing.extend_from_slice(bytes);
        }
        let close = self.client.read(bytes);
        if let Some((after, acts)) = close.and_then(|payload| self.case.acts_on_close(&payload)) {
            self.instead = Some((Instant::now() + after, acts.into()));
        }
    }
}

/// The next command, if there is somebody who gives commands.
async fn next(commands: &mut Option<mpsc::Receiver<Command>>) -> Option<Command> {
    match commands {
        Some(commands) => commands.recv().await,
        None => std::future::pending().await,
    }
}
