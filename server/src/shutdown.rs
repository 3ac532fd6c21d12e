//! The end of the program, as every task learns of it.

use std::io;
use std::process;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use crate::failure::Failure;

/// Signals that come so soon after another are the same one.
const TWICE_AT_ONCE: Duration = Duration::from_millis(100);

/// What shells say of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Tells whether the server is going down.
#[derive(Debug, Clone)]
pub(crate) struct Shutdown(watch::Receiver<bool>);

impl Shutdown {
    /// The teller and the told.
    pub(crate) fn new() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Ctrl-C tells; a second one ends the program.
    pub(crate) fn at_signal() -> Result<Self, Failure> {
        let signals = Signals::watch();
        let mut signals =
            signals.map_err(|error| format!("the signals that end the program cannot be watched: {error}"))?;
        let (teller, shutdown) = Self::new();
        tokio::spawn(async move {
            signals.wait().await;
            // Nobody may be left to listen.
            let _ = teller.send(true);
            // timeout(1) signals the program and its group: once is meant.
            let _ = timeout(TWICE_AT_ONCE, async {
                loop {
                    signals.wait().await;
                }
            })
            .await;
            signals.wait().await;
            process::exit(INTERRUPTED);
        });
        Ok(shutdown)
    }

    /// Waits until the server goes down; at once when it does already.
    pub(crate) async fn wait(&mut self) {
        // The sender lives as long as the listener: that it is gone means the same.
        let _ = self.0.wait_for(|down| *down).await;
    }
}

/// Ctrl-C and, where there are such signals, SIGTERM; watched for from the moment this is made.
#[derive(Debug)]
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    #[cfg(unix)]
    pub(crate) fn watch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(windows)]
    pub(crate) fn watch() -> io::Result<Self> {
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    /// Waits for one of them.
    pub(crate) async fn wait(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(windows)]
        let _ = self.interrupt.recv().await;
    }
}
