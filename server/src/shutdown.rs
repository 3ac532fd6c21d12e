//! The end of the program, as every task learns of it.

use std::io;

use tokio::sync::watch;

/// Tells whether the server is going down.
#[derive(Debug, Clone)]
pub(crate) struct Shutdown(watch::Receiver<bool>);

impl Shutdown {
    /// The teller and the told.
    pub(crate) fn new() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Waits until the server goes down; at once when it does already.
    pub(crate) async fn wait(&mut self) {
        // The sender lives as long as the listener: that it is gone means the same.
        let _ = self.0.wait_for(|down| *down).await;
    }
}

/// Waits for Ctrl-C or, where there are such signals, for SIGTERM.
pub(crate) async fn requested() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
