//! One connection of the app, and the one to the server that goes with it: what comes from either goes to the other.

use std::io;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use ws101_core::HeadReader;
use ws101_doctor::file::HeadKind;
use ws101_doctor::{End, Ended, Moment, What};

use crate::connect::{Stream, Target, Tls, dial, place};
use crate::limits::CHUNK;
use crate::plain;
use crate::relay::chronicle::Happening;
use crate::relay::request;
use crate::relay::rewrite::{Refused, Rewriting};
use crate::shutdown::Shutdown;

/// What all connections share.
pub(super) struct Forwarding {
    pub(super) target: Target,
    pub(super) tls: Option<Tls>,
    pub(super) rewriting: Rewriting,
    /// Time until the server is reached.
    pub(super) patience: Duration,
    pub(super) happenings: mpsc::Sender<Happening>,
}

/// A connection of the app.
pub(super) struct Peers {
    pub(super) number: u64,
    pub(super) client: TcpStream,
    pub(super) address: SocketAddr,
    pub(super) accepted: Instant,
}

/// Why a connection did not end by both of its ends' FIN.
enum Broken {
    /// This end reset it, or it broke towards this end.
    By(End, io::Error),
    /// The tap does not forward it.
    Refused(Refused),
    /// The tap is stopped.
    Stopped,
}

/// What reports of one connection.
struct Reporter<'f> {
    number: u64,
    accepted: Instant,
    happenings: &'f mpsc::Sender<Happening>,
}

impl Forwarding {
    /// Forwards a connection to its end.
    pub(super) async fn forward(&self, peers: Peers, mut shutdown: Shutdown) {
        let Peers { number, client, address, accepted } = peers;
        // Frames are to leave when they are written; a system that cannot do so is only slower.
        let _ = client.set_nodelay(true);
        let reporter = Reporter { number, accepted, happenings: &self.happenings };
        reporter.tell(Happening::Open { connection: number, client: address, began: SystemTime::now() }).await;
        let dialled = tokio::select! {
            dialled = timeout(self.patience, dial(&self.target, self.tls.as_ref())) => dialled,
            () = shutdown.wait() => return reporter.over("the tap was stopped before the server was reached").await,
        };
        let dialled = dialled.unwrap_or_else(|_| {
            let message = format!("{} was not reached within {:?}", place(&self.target), self.patience);
            Err(io::Error::new(io::ErrorKind::TimedOut, message))
        });
        match dialled {
            Ok(dialled) => self.pass(client, dialled.stream, &reporter, shutdown).await,
            Err(error) => unreached(client, &error, &reporter).await,
        }
    }

    /// Passes everything on, both ways, until both ends have ended or one broke.
    async fn pass(&self, client: TcpStream, server: Box<dyn Stream>, reporter: &Reporter<'_>, mut shutdown: Shutdown) {
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = tokio::io::split(server);
        let both = async {
            let up = async {
                if self.rewriting.is_wanted()
                    && self.rewrite(&mut from_client, &mut to_server, reporter).await?.is_break()
                {
                    return Ok(());
                }
                pump(End::Client, &mut from_client, &mut to_server, reporter).await
            };
            tokio::try_join!(up, pump(End::Server, &mut from_server, &mut to_client, reporter)).map(drop)
        };
        let broken = tokio::select! {
            result = both => result.err(),
            () = shutdown.wait() => Some(Broken::Stopped),
        };
        match broken {
            None => reporter.over("").await,
            Some(Broken::Stopped) => reporter.over("the tap was stopped while the connection was open").await,
            Some(Broken::Refused(Refused(text))) => {
                reporter.note("403: the tap answers, and not the server").await;
                reporter.note(text.trim_end()).await;
                let answer = plain::response("403 Forbidden", &text);
                // A client that does not take it is told on the terminal.
                if to_client.write_all(&answer).await.is_ok() && to_client.shutdown().await.is_ok() {
                    let rest = async { while from_client.read(&mut [0; 1024]).await.is_ok_and(|length| length > 0) {} };
                    let _ = timeout(Duration::from_secs(1), rest).await;
                }
                reporter.over("").await;
            }
            Some(Broken::By(end, error)) => {
                let resets =
                    [io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionAborted, io::ErrorKind::BrokenPipe];
                if !resets.contains(&error.kind()) {
                    reporter.note(&format!("the connection to the {} broke: {error}", name(end))).await;
                }
                reporter.moment(end, What::Ended(Ended::Rst)).await;
                // Dropped with this, a socket sends a reset; without it, it would send an end in order. One that is
                // broken already does neither.
                if let Ok(client) = from_client.reunite(to_client) {
                    let _ = client.set_zero_linger();
                }
                let _ = from_server.unsplit(to_server).tcp().set_zero_linger();
                reporter.over("").await;
            }
        }
    }

    /// Passes on the first request with other names in it; breaks where the client ended its side before it was whole.
    async fn rewrite(
        &self,
        from: &mut (impl AsyncRead + Unpin),
        to: &mut (impl AsyncWrite + Unpin),
        reporter: &Reporter<'_>,
    ) -> Result<ControlFlow<()>, Broken> {
        let mut reader = HeadReader::new(vec![0; request::HEAD]);
        let mut chunk = vec![0; CHUNK];
        loop {
            let length = read(End::Client, from, &mut chunk, reporter).await?;
            if length == 0 {
                write(End::Server, to, reader.bytes()).await?;
                let _ = to.shutdown().await;
                return Ok(ControlFlow::Break(()));
            }
            let mut input = &chunk[..length];
            let taken = reader.receive(&mut input);
            let is_request = HeadKind::of(reader.bytes()) == Some(HeadKind::Request);
            if taken == Ok(true) && is_request {
                let head = self.rewriting.rewrite(reader.bytes()).map_err(Broken::Refused)?;
                if head != reader.bytes() {
                    let names = [("Host", &self.rewriting.host), ("Origin", &self.rewriting.origin)];
                    let names =
                        names.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?)));
                    let names: Vec<_> = names.collect();
                    reporter.note(&format!("rewritten for the server: {}", names.join(", "))).await;
                }
                write(End::Server, to, &[&head, input].concat()).await?;
                return Ok(ControlFlow::Continue(()));
            }
            if taken != Ok(false) || !is_request && request::Kind::of(reader.bytes()) != request::Kind::Unknown {
                // Nobody knows where in it names would stand.
                write(End::Server, to, &[reader.bytes(), input].concat()).await?;
                return Ok(ControlFlow::Continue(()));
            }
        }
    }
}

/// Passes on what comes from one end, until it ends its side.
async fn pump(
    end: End,
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    reporter: &Reporter<'_>,
) -> Result<(), Broken> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = read(end, from, &mut chunk, reporter).await?;
        if length == 0 {
            // An end that is gone cannot be told; what it did is seen where it is read from.
            let _ = to.shutdown().await;
            return Ok(());
        }
        write(other(end), to, &chunk[..length]).await?;
    }
}

/// Reads, and reports it before anything can come of it; 0 where the end ended its side.
async fn read(
    end: End,
    from: &mut (impl AsyncRead + Unpin),
    chunk: &mut [u8],
    reporter: &Reporter<'_>,
) -> Result<usize, Broken> {
    let length = match from.read(chunk).await {
        Ok(length) => length,
        // A server that ends TCP without ending TLS.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
        Err(error) => return Err(Broken::By(end, error)),
    };
    let what = if length == 0 { What::Ended(Ended::Fin) } else { What::Bytes(chunk[..length].to_vec()) };
    reporter.moment(end, what).await;
    Ok(length)
}

async fn write(end: End, to: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> Result<(), Broken> {
    let written = async {
        to.write_all(bytes).await?;
        // TLS holds back what the network did not take.
        to.flush().await
    };
    written.await.map_err(|error| Broken::By(end, error))
}

/// The server was not reached: the client learns it by a reset, which is nearest to what it would have seen itself.
async fn unreached(mut client: TcpStream, error: &io::Error, reporter: &Reporter<'_>) {
    reporter.note(&format!("{error}: the tap resets the connection")).await;
    let mut chunk = vec![0; CHUNK];
    // What was asked for is of use to whoever looks at it.
    if let Ok(Ok(length @ 1..)) = timeout(Duration::from_millis(100), client.read(&mut chunk)).await {
        reporter.moment(End::Client, What::Bytes(chunk[..length].to_vec())).await;
    }
    reporter.moment(End::Server, What::Ended(Ended::Rst)).await;
    let _ = client.set_zero_linger();
    drop(client);
    reporter.over("").await;
}

impl Reporter<'_> {
    async fn moment(&self, from: End, what: What) {
        let moment = Moment { at: self.microseconds(), from, what };
        self.tell(Happening::Moment { connection: self.number, moment }).await;
    }

    async fn note(&self, note: &str) {
        let note = note.to_owned();
        self.tell(Happening::Note { connection: self.number, at: self.microseconds(), note }).await;
    }

    /// The connection is over; why, where its bytes do not say it.
    async fn over(&self, why: &'static str) {
        self.tell(Happening::Over { connection: self.number, at: self.microseconds(), why }).await;
    }

    async fn tell(&self, happening: Happening) {
        // It is taken as long as the program runs.
        let _ = self.happenings.send(happening).await;
    }

    fn microseconds(&self) -> u64 {
        u64::try_from(self.accepted.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

const fn other(end: End) -> End {
    match end {
        End::Client => End::Server,
        End::Server => End::Client,
    }
}

const fn name(end: End) -> &'static str {
    match end {
        End::Client => "app",
        End::Server => "server",
    }
}
