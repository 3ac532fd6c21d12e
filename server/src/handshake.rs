//! Writing the core's answers to opening handshakes.

use std::io;
use std::time::Duration;

use tokio::time::timeout;
use tracing::{debug, info};
use ws101_core::handshake::{HandshakeError, HandshakeViolation, Refusal, UpgradeRequest};

use crate::limits::Limits;
use crate::transport::Transport as _;
use crate::wire::Wire;

/// The core's refusal of a request that breaks this rule, with the rule's words.
pub(crate) fn refusal(violation: HandshakeViolation) -> Vec<u8> {
    let refusal = Refusal::of(violation);
    let mut out = vec![0; refusal.encoded_len()];
    let written = refusal.write(&mut out);
    debug_assert_eq!(written, Ok(out.len()), "the buffer is as long as the core asked");
    out
}

/// Answers a request that is not taken and closes the connection.
pub(crate) async fn refuse(mut wire: Wire, answer: &[u8], limits: Limits) {
    match timeout(limits.close, wire.write_all(answer)).await {
        Ok(Ok(())) => wire.close(limits.close.min(LINGER)).await,
        Ok(Err(error)) => {
            debug!(%error, "the refusal could not be written");
            wire.end().await;
        }
        Err(_) => wire.abort().await,
    }
}

/// How long what follows a refused request is read and dropped.
const LINGER: Duration = Duration::from_secs(2);

/// Answers a request that breaks a rule.
pub(crate) async fn refuse_handshake(wire: Wire, error: HandshakeError, limits: Limits) {
    info!("{}: {error}", Refusal::of(error.violation).status_code());
    refuse(wire, &refusal(error.violation), limits).await;
}

/// Switches protocols, with these extensions; what followed the head is left in the backlog.
pub(crate) async fn switch(wire: &mut Wire, request: &UpgradeRequest<'_>, extensions: &str) -> io::Result<()> {
    let response = request.response().extensions(extensions);
    let mut out = vec![0; response.encoded_len().map_err(io::Error::other)?];
    response.write(&mut out).map_err(io::Error::other)?;
    wire.write_all(&out).await?;
    wire.forget(request.head().bytes().len());
    Ok(())
}
