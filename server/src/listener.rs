//! Listening, accepting, and the end of it all.

use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tracing::{info, warn};

use crate::args::ServeArguments;
use crate::connection;
use crate::limits::{self, Limits};
use crate::plain;
use crate::server::Server;
use crate::shutdown::{Shutdown, Signals};
use crate::tap::{Authorities, Secret, Taps};
use crate::transport::Transport as _;
use crate::wire::Wire;

/// Serves until Ctrl-C.
pub(crate) async fn serve(arguments: &ServeArguments) -> Result<(), String> {
    let ServeArguments { host, port, .. } = arguments;
    let limits = arguments.limits();
    let bound = TcpListener::bind((host.as_str(), *port)).await;
    let listener = bound.map_err(|error| cannot_listen(host, *port, &error))?;
    let address = listener.local_addr().map_err(|error| cannot_listen(host, *port, &error))?;
    let server = Arc::new(Server {
        limits,
        origins: arguments.allow_origin.clone(),
        authorities: Authorities::new(host, address.port(), &arguments.allow_host),
        secret: Secret::new().map_err(|error| format!("the system gives no random bytes: {error}"))?,
        taps: Taps::default(),
    });
    let watched = Signals::watch();
    let mut signals = watched.map_err(|error| format!("the signals that end the server cannot be watched: {error}"))?;
    // Not before the signals are watched: whoever reads the line may send one at once.
    announce(host, address);

    let (teller, shutdown) = Shutdown::new();
    let mut connections = JoinSet::new();
    tokio::select! {
        () = signals.wait() => {}
        () = accept(&listener, &server, &shutdown, &mut connections) => {}
    }
    drop(listener);
    info!(connections = connections.len(), "going down");
    // Nobody may be left to listen.
    let _ = teller.send(true);
    let grace = limits.close + Duration::from_secs(1);
    if timeout(grace, async { while connections.join_next().await.is_some() {} }).await.is_err() {
        warn!(connections = connections.len(), "cut off: they did not close in time");
    }
    Ok(())
}

async fn accept(listener: &TcpListener, server: &Arc<Server>, shutdown: &Shutdown, connections: &mut JoinSet<()>) {
    let places = Arc::new(Semaphore::new(server.limits.connections));
    let refusals = Arc::new(Semaphore::new(limits::REFUSALS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let now = Instant::now();
        let (tcp, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many open files, most often: what ends a connection will free some.
                warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            let (server, shutdown) = (Arc::clone(server), shutdown.clone());
            connections.spawn(async move {
                connection::serve(Wire::new(tcp, now), peer, &server, shutdown).await;
                drop(place);
            });
        } else if let Ok(place) = Arc::clone(&refusals).try_acquire_owned() {
            warn!(%peer, "refused: {} connections are open", server.limits.connections);
            let limits = server.limits;
            connections.spawn(async move {
                refuse(tcp, now, limits).await;
                drop(place);
            });
        }
    }
}

/// 503 to a connection beyond the limit.
async fn refuse(tcp: TcpStream, accepted: Instant, limits: Limits) {
    let text = format!(
        "{} connections are open, as many as this server takes. Close one, or start it with --max-connections.\n",
        limits.connections
    );
    let mut wire = Wire::new(tcp, accepted);
    if wire.write_all(&plain::response("503 Service Unavailable", &text)).await.is_ok() {
        // What the client sent must be taken, or the answer could be lost to a reset.
        wire.close(limits.close.min(Duration::from_secs(1))).await;
    }
}

/// The one line that scripts wait for.
fn announce(host: &str, address: SocketAddr) {
    let name = match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        _ => host.to_owned(),
    };
    let mut out = io::stdout().lock();
    // Whoever started the server may not listen: it serves all the same.
    let _ = writeln!(out, "ws101 is listening on http://{name}:{}/", address.port());
    let _ = out.flush();
}

fn cannot_listen(host: &str, port: u16, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "the port is taken, perhaps by another ws101. Choose another with --port {}, or any free one with --port 0",
            port.checked_add(1).unwrap_or(8101)
        ),
        io::ErrorKind::AddrNotAvailable => {
            "this machine does not have that address. Leave --host out, or give one of its own".to_owned()
        }
        io::ErrorKind::PermissionDenied => {
            "ports below 1024 need special rights. Choose a higher one, as in --port 8101".to_owned()
        }
        _ => format!("{error}. Is --host a name or address of this machine?"),
    };
    format!("cannot listen on {host}, port {port}: {why}")
}
