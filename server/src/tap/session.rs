//! A tap's own socket: reports go out, commands come in.

use std::future;
use std::time::Duration;

use serde_json::json;
use tokio::sync::mpsc::error::TrySendError;
use tracing::{debug, error, info, warn};
use ws101_core::handshake::{HandshakeViolation, OriginPolicy, UpgradeRequest};
use ws101_core::{Close, Connection, Event, StatusCode};

use crate::handshake;
use crate::limits::{self, Limits};
use crate::plain;
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::tap::taps::Tap;
use crate::tap::{Authorities, Command, Report};
use crate::websocket::{self, Application, Wish};
use crate::wire::Wire;

/// What `/tap.json` says: where everything is, and the secret that opens the tap.
pub(crate) fn offer(server: &Server) -> String {
    json!({ "version": 1, "secret": server.secret.as_str(), "echo": "/echo", "tap": "/tap" }).to_string()
}

/// Answers a request for `/tap`.
pub(crate) async fn serve(mut wire: Wire, head: &[u8], secret: Option<String>, server: &Server, shutdown: Shutdown) {
    let request = match UpgradeRequest::verify(head, OriginPolicy::Any) {
        Ok(request) => request,
        Err(error) => return handshake::refuse_handshake(wire, error, server.limits).await,
    };
    if let Err(answer) = admit(&request, secret.as_deref(), server) {
        return handshake::refuse(wire, &answer, server.limits).await;
    }
    let tap = match server.taps.open() {
        Ok(tap) => tap,
        Err(error) => {
            error!(%error, "503: the system gives no random bytes");
            let text = "The system gives no random bytes for an id: try again.\n";
            return handshake::refuse(wire, &plain::response("503 Service Unavailable", text), server.limits).await;
        }
    };
    if let Err(error) = handshake::switch(&mut wire, &request).await {
        debug!(%error, "the handshake could not be answered");
        return wire.end().await;
    }
    info!("101: a tap is open");
    let mut connection = Connection::server(limits::connection(limits::TAP_MESSAGE));
    let ready = json!({ "type": "ready", "id": tap.id.as_str() }).to_string();
    if let Err(error) = connection.send_text(&ready) {
        debug!(%error, "the tap's id was not sent");
    }
    let session = Session { tap, phase: Phase::Waiting, limits: server.limits };
    websocket::drive(wire, connection, session, server.limits, shutdown).await;
}

/// Whether the request is from a page of ours that knows the secret; otherwise the answer to it.
fn admit(request: &UpgradeRequest<'_>, secret: Option<&str>, server: &Server) -> Result<(), Vec<u8>> {
    let host = request.host();
    if !server.authorities.take(host) {
        warn!(host, "403: the tap was asked for under a name that is not ours");
        return Err(plain::response("403 Forbidden", &Authorities::foreign(host)));
    }
    if !Authorities::is_own_origin(host, request.origin()) {
        warn!(origin = request.origin(), "403: the tap was asked for from a foreign origin");
        return Err(handshake::refusal(HandshakeViolation::OriginRefused));
    }
    if !secret.is_some_and(|secret| server.secret.is(secret)) {
        warn!("403: the tap was asked for without the secret");
        let text = "The tap needs the secret of /tap.json as `?secret=…`. It is a new one each time the server starts: \
                    load the page again.\n";
        return Err(plain::response("403 Forbidden", text));
    }
    Ok(())
}

/// Where a tap is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody has used the id yet.
    Waiting,
    Recording,
    /// Both directions of the recorded connection have ended, and the page was told.
    Ended,
    /// Nothing more is to be sent: the Close was, or the page does not take what it is sent.
    Over,
}

struct Session<'t> {
    tap: Tap<'t>,
    phase: Phase,
    limits: Limits,
}

impl Session<'_> {
    fn command(&mut self, text: &str) -> Result<(), String> {
        let command = Command::parse(text)?;
        if self.phase == Phase::Waiting {
            return Err("no connection is recorded yet: open /echo?tap= with this tap's id first".to_owned());
        }
        self.tap.commands.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) => "too many commands wait already: the recorded connection does not take them",
            TrySendError::Closed(_) => "the recorded connection has ended",
        })?;
        Ok(())
    }
}

impl Application for Session<'_> {
    fn receive(&mut self, event: Event<'_>, connection: &mut Connection) {
        let result = match event {
            Event::Text(text) => self.command(&text),
            Event::Binary(_) => Err("commands are text messages of JSON, not binary ones".to_owned()),
            _ => Ok(()),
        };
        if let Err(message) = result
            && let Err(error) = connection.send_text(&complaint(&message))
        {
            debug!(%error, "a bad command was not answered");
        }
    }

    async fn wish(&mut self) -> Wish {
        match self.phase {
            Phase::Ended => {
                self.phase = Phase::Over;
                return Wish::Close(StatusCode::NORMAL_CLOSURE, String::new());
            }
            Phase::Over => return future::pending().await,
            Phase::Waiting | Phase::Recording => {}
        }
        let report = self.tap.reports.recv().await;
        self.phase = if report.is_some() { Phase::Recording } else { Phase::Ended };
        match report {
            Some(Report::Record(record)) => Wish::Binary(record.into_message()),
            Some(Report::Complaint(message)) => Wish::Text(complaint(&message)),
            None => Wish::Text(json!({ "type": "end" }).to_string()),
        }
    }

    fn patience(&self, writing: bool) -> Option<Duration> {
        match self.phase {
            _ if writing => Some(self.limits.tap),
            Phase::Waiting => Some(self.limits.idle),
            // The recorded connection has an idle time of its own.
            Phase::Recording | Phase::Ended | Phase::Over => None,
        }
    }

    fn lose_patience(&mut self) -> Close<'static> {
        if self.phase == Phase::Waiting {
            return Close { code: StatusCode::GOING_AWAY, reason: "no connection was opened under this id" };
        }
        self.phase = Phase::Over;
        // The recorded connection waits for room in here: it is to go on, unrecorded.
        self.tap.reports.close();
        while self.tap.reports.try_recv().is_ok() {}
        Close {
            code: StatusCode::POLICY_VIOLATION,
            reason: "the records were not read in time: the recording ends here",
        }
    }

    fn closes_at_shutdown(&self) -> bool {
        self.phase == Phase::Waiting
    }
}

fn complaint(message: &str) -> String {
    json!({ "type": "error", "message": message }).to_string()
}
