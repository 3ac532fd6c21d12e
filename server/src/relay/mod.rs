//! `ws101 tap`: between an app and its server.
//!
//! Each connection is a task that forwards ([`forward`]) and reports what crossed, in order and before it is passed on.
//! One thread ([`chronicle`]) takes all reports: it records them, decodes what WebSocket connections say ([`live`],
//! [`half`]) and prints it. Where the disk or the terminal is slow, the queue between fills up and the connections wait.

mod arguments;
mod chronicle;
mod forward;
mod half;
mod live;
mod recorder;
mod report;
mod request;
mod rewrite;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::connect::{Security, Tls};
use crate::failure::Failure;
use crate::limits;
use crate::output::note;
use crate::shutdown::Shutdown;
use crate::tap::Authorities;
pub(crate) use arguments::TapArguments;
use chronicle::Chronicle;
use forward::{Forwarding, Peers};
use recorder::Recorder;
use report::Report;
use rewrite::Rewriting;

pub(crate) fn run(arguments: &TapArguments) -> Result<(), Failure> {
    let TapArguments { listen, to, allow_remote, recording, output, tls, .. } = arguments;
    if !listen.ip().is_loopback() && !allow_remote {
        return Err(Failure::usage(format!(
            "{listen} is reached by other machines: whoever connects there talks to {} through the tap, and is recorded. \
             Listen on 127.0.0.1, or say --allow-remote",
            to.url
        )));
    }
    let tls = match to.security {
        Security::Plain => None,
        Security::Tls => Some(Tls::new(tls).map_err(Failure::usage)?),
    };
    let recorder = recording.record.as_deref().map(|file| Recorder::create(file, recording, &to.url)).transpose()?;
    let report = Report::new(output);
    crate::run(Builder::new_multi_thread(), serve(arguments, tls, recorder, report))?
}

/// Forwards until Ctrl-C.
async fn serve(
    arguments: &TapArguments,
    tls: Option<Tls>,
    recorder: Option<Recorder>,
    report: Report,
) -> Result<(), Failure> {
    let TapArguments { listen, to, rewriting, limits, .. } = arguments;
    let listener = TcpListener::bind(listen).await.map_err(|error| cannot_listen(*listen, &error))?;
    let address = listener.local_addr().map_err(|error| cannot_listen(*listen, &error))?;
    let mut shutdown = Shutdown::at_signal()?;
    report.listening(address, &to.url);
    if arguments.tls.is_insecure() && tls.is_some() {
        note("ws101: insecure: the server's certificate is not looked at");
    }

    let (happenings, queue) = mpsc::channel(limits::HAPPENINGS);
    let (told, over) = oneshot::channel();
    let url = to.url.clone();
    thread::spawn(move || {
        // Whoever waits for it may be gone.
        let _ = told.send(Chronicle::new(url, report, recorder).write(queue));
    });
    let forwarding = Arc::new(Forwarding {
        target: to.clone(),
        tls,
        rewriting: Rewriting {
            host: rewriting.host(to),
            origin: rewriting.origin(to),
            authorities: Authorities::new(&listen.ip().to_string(), address.port(), &rewriting.allow_host),
            origins: rewriting.allow_origin.clone(),
        },
        patience: limits.connect_timeout,
        happenings,
    });
    let mut connections = JoinSet::new();
    let waiting = shutdown.clone();
    tokio::select! {
        () = shutdown.wait() => {}
        () = accept(&listener, &forwarding, limits.max_connections, &waiting, &mut connections) => {}
    }
    drop(listener);
    // They end as soon as they learn of it, but for one that waits for a slow terminal.
    let _ = timeout(Duration::from_secs(2), async { while connections.join_next().await.is_some() {} }).await;
    connections.abort_all();
    drop(forwarding);
    while connections.join_next().await.is_some() {}
    over.await.unwrap_or_else(|_| Err("the thread that prints and records has ended".to_owned().into()))
}

async fn accept(
    listener: &TcpListener,
    forwarding: &Arc<Forwarding>,
    most: u32,
    shutdown: &Shutdown,
    connections: &mut JoinSet<()>,
) {
    let places = Arc::new(Semaphore::new(most as usize));
    let mut number = 0;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let (client, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many open files, most often: what ends a connection will free some.
                note(format_args!("ws101: a connection could not be accepted: {error}"));
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let accepted = Instant::now();
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            note(format_args!(
                "ws101: {address} was reset: {most} connections are open, and --max-connections allows no more"
            ));
            // Without it the client would see an end where there is a refusal.
            let _ = client.set_zero_linger();
            continue;
        };
        number += 1;
        let peers = Peers { number, client, address, accepted };
        let (forwarding, shutdown) = (Arc::clone(forwarding), shutdown.clone());
        connections.spawn(async move {
            forwarding.forward(peers, shutdown).await;
            drop(place);
        });
    }
}

fn cannot_listen(listen: SocketAddr, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "the port is taken. Choose another, as in --listen {}:{}",
                listen.ip(),
                listen.port().wrapping_add(1)
            )
        }
        io::ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
        io::ErrorKind::PermissionDenied => "ports below 1024 need special rights. Choose a higher one".to_owned(),
        _ => error.to_string(),
    };
    Failure::from(format!("cannot listen on {listen}: {why}"))
}
