//! A connection's life until it switches protocols: heads are read whole, and each is given to who answers it.

use std::net::SocketAddr;

use tokio::time::{Instant, timeout, timeout_at};
use tracing::{Instrument, debug, info, info_span};
use ws101_core::HeadReader;
use ws101_core::handshake::HandshakeViolation;

use crate::handshake;
use crate::limits::Limits;
use crate::page::{self, Persistence};
use crate::plain;
use crate::route::Route;
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::transport::Transport as _;
use crate::wire::Wire;
use crate::{echo, misbehave, tap};

/// Answers the connection's requests one after the other, until one switches protocols or it ends.
pub(crate) async fn serve(wire: Wire, peer: SocketAddr, server: &Server, shutdown: Shutdown) {
    answer_all(wire, server, shutdown).instrument(info_span!("connection", %peer)).await;
}

async fn answer_all(mut wire: Wire, server: &Server, mut shutdown: Shutdown) {
    let limits = server.limits;
    let mut turn = Turn::First;
    loop {
        let coming = tokio::select! {
            coming = next_head(&mut wire, limits, turn) => coming,
            () = shutdown.wait() => Coming::Nothing,
        };
        let head = match coming {
            Coming::Head(head) => head,
            // Browsers open connections ahead of need: an answer that nobody asked for would only be taken for that
            // to the next request.
            Coming::Nothing => return wire.close(limits.close).await,
            Coming::Refused(answer) => return handshake::refuse(wire, &answer, limits).await,
            Coming::Broken => return wire.end().await,
        };
        match Route::of(&head) {
            Route::Echo { tap } => return echo::serve(wire, &head, tap, server, shutdown).await,
            Route::Misbehave { case, tap } => return misbehave::serve(wire, &head, &case, tap, server, shutdown).await,
            Route::Tap { secret } => return tap::serve(wire, &head, secret, server, shutdown).await,
            Route::Page => {}
        }
        match timeout(limits.idle, page::answer(&mut wire, &head, server)).await {
            Ok(Ok(Persistence::KeepAlive)) => wire.forget(head.len()),
            Ok(Ok(Persistence::Close)) => return wire.close(limits.close).await,
            Ok(Err(error)) => {
                debug!(%error, "the response could not be written");
                return wire.end().await;
            }
            Err(_) => return wire.abort().await,
        }
        turn = Turn::Later;
    }
}

/// Which request is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    /// One after another, on a connection that was kept alive.
    Later,
}

/// What came instead of silence.
enum Coming {
    Head(Vec<u8>),
    /// The client said nothing for too long, or ended its side between two heads.
    Nothing,
    /// The head cannot be taken; this is the answer.
    Refused(Vec<u8>),
    /// The connection broke.
    Broken,
}

async fn next_head(wire: &mut Wire, limits: Limits, turn: Turn) -> Coming {
    if wire.backlog().is_empty() {
        let patience = match turn {
            Turn::First => limits.handshake,
            Turn::Later => limits.idle,
        };
        match timeout(patience, wire.gather()).await {
            Ok(Ok(1..)) => {}
            Ok(Ok(0)) | Err(_) => return Coming::Nothing,
            Ok(Err(error)) => {
                debug!(%error, "the connection broke before a request came");
                return Coming::Broken;
            }
        }
    }
    let began = if turn == Turn::First { wire.accepted() } else { Instant::now() };
    timeout_at(began + limits.handshake, whole_head(wire, limits)).await.unwrap_or_else(|_| {
        info!("408: the head did not come whole within {:?}", limits.handshake);
        let text = format!(
            "The request's head did not come whole within {:?}: it ends with an empty line. Send it in one piece.\n",
            limits.handshake
        );
        Coming::Refused(plain::response("408 Request Timeout", &text))
    })
}

async fn whole_head(wire: &mut Wire, limits: Limits) -> Coming {
    let mut reader = HeadReader::new(vec![0; limits.head]);
    let mut seen = 0;
    loop {
        let mut input = &wire.backlog()[seen..];
        match reader.receive(&mut input) {
            // RFC 9112 §2.2: a server "SHOULD ignore at least one empty line (CRLF) received prior to the request-line"
            Ok(true) if matches!(reader.bytes(), b"\r\n" | b"\n") => {
                wire.forget(reader.bytes().len());
                reader = HeadReader::new(vec![0; limits.head]);
                seen = 0;
                continue;
            }
            Ok(true) => return Coming::Head(reader.bytes().to_vec()),
            Ok(false) => seen = wire.backlog().len(),
            Err(error) => {
                info!("431: {error}");
                return Coming::Refused(handshake::refusal(HandshakeViolation::HeadTooLong));
            }
        }
        match wire.gather().await {
            Ok(1..) => {}
            Ok(0) if wire.backlog().is_empty() => return Coming::Nothing,
            Ok(0) => {
                info!("400: the client ended its side in the middle of a head");
                return Coming::Refused(handshake::refusal(HandshakeViolation::HeadIncomplete));
            }
            Err(error) => {
                debug!(%error, "the connection broke in the middle of a head");
                return Coming::Broken;
            }
        }
    }
}
