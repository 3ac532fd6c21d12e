//! The client's side of an open connection: what is typed goes out, what comes in is told.

use std::future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use ws101_core::{Close, Connection, Entropy, Event, Opcode, StatusCode};

use crate::connect::arguments::{Kind, Slash, Wait};
use crate::connect::command::{Command, HELP};
use crate::connect::input::Piece;
use crate::connect::report::Report;
use crate::output::note;
use crate::websocket::{Application, Wish};

/// What the client knows at the end.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The status code of the server's Close.
    close: Option<StatusCode>,
    /// The status code of ours, where we were first.
    ours: Option<StatusCode>,
}

impl Seen {
    /// Whether the server closed because something was wrong.
    pub(super) fn closed_for_cause(&self) -> bool {
        let fine = [StatusCode::NORMAL_CLOSURE, StatusCode::GOING_AWAY];
        self.close.is_some_and(|code| !fine.contains(&code) && self.ours != Some(code))
    }
}

/// The application of a connection that we opened.
pub(super) struct Client<'r> {
    pub(super) report: &'r Report,
    pub(super) seen: &'r mut Seen,
    pub(super) settings: Settings,
    /// `None` after its end.
    pub(super) input: Option<mpsc::Receiver<Piece>>,
    /// When we close, once the input is over.
    pub(super) deadline: Option<Instant>,
    /// Messages that came.
    pub(super) messages: u64,
}

/// What the command line says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    pub(super) kind: Kind,
    pub(super) slash: Slash,
    pub(super) wait: Wait,
    pub(super) count: Option<u64>,
    pub(super) idle: Option<Duration>,
    /// Time for the server to take what is left, once the input is over.
    pub(super) patience: Duration,
}

impl<E: Entropy> Application<E> for Client<'_> {
    fn receive(&mut self, event: Event<'_>, connection: &mut Connection<E>) {
        match event {
            Event::Text(text) => {
                self.report.text(&text);
                self.count(connection);
            }
            Event::Binary(bytes) => {
                self.report.binary(&bytes);
                self.count(connection);
            }
            Event::Ping(payload) => self.report.control(Opcode::Ping, &payload),
            Event::Pong(payload) => self.report.control(Opcode::Pong, &payload),
            Event::Close { code, reason } => {
                self.seen.close = code;
                self.report.close(code, &reason);
            }
            Event::Violation(error) => self.report.violation(error),
            // Messages come whole.
            Event::Part(_) => {}
        }
    }

    async fn wish(&mut self) -> Wish {
        loop {
            let piece = match (&mut self.input, self.deadline) {
                (Some(input), _) => input.recv().await,
                (None, Some(deadline)) => {
                    sleep_until(deadline).await;
                    self.deadline = None;
                    return self.close(StatusCode::NORMAL_CLOSURE, String::new());
                }
                (None, None) => return future::pending().await,
            };
            match piece {
                Some(Piece::Bytes(bytes)) => match Command::parse(bytes, self.settings.kind, self.settings.slash) {
                    Ok(Command::Wish(Wish::Close(code, reason))) => return self.close(code, reason),
                    Ok(Command::Wish(wish)) => return wish,
                    Ok(Command::Help) => note(HELP),
                    Err(why) => self.report.complain(&why),
                },
                Some(Piece::Failed(why)) => self.report.complain(&why),
                None => {
                    self.input = None;
                    self.deadline = self.settings.wait.0.map(|wait| Instant::now() + wait);
                }
            }
        }
    }

    fn patience(&self, writing: bool) -> Option<Duration> {
        let leaving = writing && self.input.is_none() && self.settings.wait.0.is_some();
        if leaving { Some(self.settings.patience) } else { self.settings.idle }
    }

    fn lose_patience(&mut self) -> Close<'static> {
        self.seen.ours = Some(StatusCode::GOING_AWAY);
        Close { code: StatusCode::GOING_AWAY, reason: "idle for too long" }
    }

    fn closes_at_shutdown(&self) -> bool {
        true
    }

    fn shutdown_close(&self) -> Close<'static> {
        Close { code: StatusCode::GOING_AWAY, reason: "" }
    }
}

impl Client<'_> {
    fn close(&mut self, code: StatusCode, reason: String) -> Wish {
        self.seen.ours = Some(code);
        Wish::Close(code, reason)
    }

    /// Closes when as many messages have come as were asked for, or when nobody reads them.
    fn count<E: Entropy>(&mut self, connection: &mut Connection<E>) {
        self.messages += 1;
        let enough = self.settings.count == Some(self.messages) || self.report.is_unread();
        if enough && connection.state().sends() {
            let code = StatusCode::NORMAL_CLOSURE;
            self.seen.ours = Some(code);
            self.input = None;
            self.deadline = None;
            if let Err(error) = connection.close(Some(Close { code, reason: "" })) {
                self.report.complain(&error.to_string());
            }
        }
    }
}
