//! `/echo`: text and binary come back.

use std::future;
use std::time::Duration;

use tokio::sync::mpsc;
use tracing::{debug, info, warn};
use ws101_core::handshake::{OriginPolicy, UpgradeRequest};
use ws101_core::{Close, Connection, Event, StatusCode};

use crate::handshake;
use crate::limits;
use crate::plain;
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::tap::Command;
use crate::websocket::{self, Application, Wish};
use crate::wire::Wire;

/// Answers a request for `/echo`, recorded by the tap of this id if there is one.
pub(crate) async fn serve(mut wire: Wire, head: &[u8], tap: Option<String>, server: &Server, shutdown: Shutdown) {
    let limits = server.limits;
    let mut commands = None;
    if let Some(id) = tap {
        let Some(link) = server.taps.claim(&id) else {
            warn!("403: /echo was asked for with an unknown tap");
            return handshake::refuse(wire, &plain::response("403 Forbidden", UNKNOWN_TAP), limits).await;
        };
        // Before the handshake is judged: a refusal is as good to look at as a connection.
        wire.attach(link.reports).await;
        commands = Some(link.commands);
    }
    let origins: Vec<&str> = server.origins.iter().map(String::as_str).collect();
    let policy = if origins.is_empty() { OriginPolicy::Any } else { OriginPolicy::Only(&origins) };
    let request = match UpgradeRequest::verify(head, policy) {
        Ok(request) => request,
        Err(error) => return handshake::refuse_handshake(wire, error, limits).await,
    };
    if let Err(error) = handshake::switch(&mut wire, &request).await {
        debug!(%error, "the handshake could not be answered");
        return wire.end().await;
    }
    info!(origin = request.origin(), recorded = commands.is_some(), "101: an echo is open");
    let connection = Connection::server(limits::connection(limits.message));
    websocket::drive(wire, connection, Echo { commands, idle: limits.idle }, limits, shutdown).await;
}

const UNKNOWN_TAP: &str = "No tap waits for a connection under this id: it was never given out, was used before, or \
                           its tap is closed. Open a new tap for each connection, or leave `tap` out of the query.\n";

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
