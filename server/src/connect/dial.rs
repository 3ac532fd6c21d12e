//! TCP, and TLS over it where the URL asks for it.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;

use crate::connect::stream::Stream;
use crate::connect::target::Target;
use crate::connect::tls::{self, Tls};

/// A connection on which nothing was sent yet.
pub(crate) struct Dialled {
    pub(crate) stream: Box<dyn Stream>,
    pub(super) address: SocketAddr,
    /// The version and the cipher suite of TLS.
    pub(super) tls: Option<String>,
}

/// Connects.
///
/// # Errors
/// What went wrong, in a sentence; its kind is that of the system's error, or `Other` where TLS failed.
pub(crate) async fn dial(target: &Target, tls: Option<&Tls>) -> io::Result<Dialled> {
    let said =
        |error: &io::Error, what: &str| io::Error::new(error.kind(), format!("{} {what}: {error}", place(target)));
    let tcp = TcpStream::connect((target.host.as_str(), target.port)).await;
    let tcp = tcp.map_err(|error| said(&error, "cannot be reached"))?;
    let address = tcp.peer_addr().map_err(|error| said(&error, "is gone again"))?;
    // Frames are to leave when they are written; a system that cannot do so is only slower.
    let _ = tcp.set_nodelay(true);
    let Some(tls) = tls else {
        return Ok(Dialled { stream: Box::new(tcp), address, tls: None });
    };
    let stream = tls.open(tcp, target).await.map_err(|why| io::Error::other(format!("{}: {why}", place(target))))?;
    let agreed = tls::agreed(&stream);
    Ok(Dialled { stream: Box::new(stream), address, tls: Some(agreed) })
}

/// Where the connection goes, for messages.
pub(crate) fn place(target: &Target) -> String {
    format!("{}, port {}", target.host, target.port)
}
