//! A connection that asks to be recorded.

use tokio::sync::mpsc;
use tracing::warn;

use crate::handshake;
use crate::plain;
use crate::server::Server;
use crate::tap::Command;
use crate::wire::Wire;

/// Records the wire for the tap of this id, and gives what the tap's page asks for. A client that names a tap that does
/// not wait is told so, and its connection ends.
pub(crate) async fn record(mut wire: Wire, id: &str, server: &Server) -> Option<(Wire, mpsc::Receiver<Command>)> {
    let Some(link) = server.taps.claim(id) else {
        warn!("403: a connection was to be recorded by an unknown tap");
        handshake::refuse(wire, &plain::response("403 Forbidden", UNKNOWN), server.limits).await;
        return None;
    };
    // Before the handshake is judged: a refusal is as good to look at as a connection.
    wire.attach(link.reports).await;
    Some((wire, link.commands))
}

const UNKNOWN: &str = "No tap waits for a connection under this id: it was never given out, was used before, or its tap \
                       is closed. Open a new tap for each connection, or leave `tap` out of the query.\n";
