//! `/echo`: text and binary come back, compressed where the client offers it.

use std::future;
use std::time::Duration;

use tokio::sync::mpsc;
use tracing::{debug, info};
use ws101_core::deflate::{Accepted, Acceptor, Options, PermessageDeflate};
use ws101_core::{Close, Connection, Event, Role, StatusCode};

use crate::handshake;
use crate::limits;
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::tap::{self, Command};
use crate::transport::Transport as _;
use crate::websocket::{self, Application, Wish};
use crate::wire::Wire;

/// Answers a request for `/echo`, recorded by the tap of this id if there is one.
pub(crate) async fn serve(mut wire: Wire, head: &[u8], id: Option<String>, server: &Server, shutdown: Shutdown) {
    let limits = server.limits;
    let mut commands = None;
    if let Some(id) = id {
        let Some((recorded, asked)) = tap::record(wire, &id, server).await else { return };
        (wire, commands) = (recorded, Some(asked));
    }
    let request = match server.verify(head) {
        Ok(request) => request,
        Err(error) => return handshake::refuse_handshake(wire, error, limits).await,
    };
    // A recorded connection is not compressed: its page shows payloads as they are.
    let deflate = if commands.is_some() { None } else { Acceptor::new().accept(request.extensions()) };
    let extensions = deflate.as_ref().map_or("", Accepted::answer);
    if let Err(error) = handshake::switch(&mut wire, &request, extensions).await {
        debug!(%error, "the handshake could not be answered");
        return wire.end().await;
    }
    info!(origin = request.origin(), recorded = commands.is_some(), extensions, "101: an echo is open");
    let input = wire.take_backlog();
    let mut connection = Connection::server(limits::connection(limits.message));
    if let Some(accepted) = deflate {
        let codec = PermessageDeflate::new(Role::Server, accepted.agreement(), Options::default());
        connection = connection.with_extension(Box::new(codec));
    }
    let echo = Echo { commands, idle: limits.idle };
    websocket::drive(wire, input, connection, echo, limits.close, shutdown).await;
}

struct Echo {
    /// What the tap's page asks for; `None` where there is no tap, or no longer.
    commands: Option<mpsc::Receiver<Command>>,
    idle: Duration,
}

impl Application for Echo {
    fn receive(&mut self, event: Event<'_>, connection: &mut Connection) {
        // After a Close of ours messages may still come in: they can no longer be answered.
        let result = match event {
            Event::Text(text) => connection.send_text(&text),
            Event::Binary(bytes) => connection.send_binary(&bytes),
            _ => Ok(()),
        };
        if let Err(error) = result {
            debug!(%error, "a message was not echoed");
        }
    }

    async fn wish(&mut self) -> Wish {
        if let Some(commands) = &mut self.commands {
            match commands.recv().await {
                Some(Command::Ping(payload)) => return Wish::Ping(payload),
                Some(Command::Close(code, reason)) => return Wish::Close(code, reason),
                None => self.commands = None,
            }
        }
        future::pending().await
    }

    fn patience(&self, _writing: bool) -> Option<Duration> {
        Some(self.idle)
    }

    fn lose_patience(&mut self) -> Close<'static> {
        Close { code: StatusCode::GOING_AWAY, reason: "idle for too long" }
    }

    fn closes_at_shutdown(&self) -> bool {
        true
    }
}
