//! What carries a connection's bytes: an accepted TCP connection ([`crate::wire`]) or one that we opened.

use std::io;

/// A byte stream in both directions, as [`crate::websocket`] needs it.
pub(crate) trait Transport {
    /// Waits until something crosses: reads into `input`, where there is one, and writes the first bytes of `outgoing`.
    /// May be dropped at any time without loss.
    fn exchange(
        &mut self,
        input: Option<&mut [u8]>,
        outgoing: &[u8],
    ) -> impl Future<Output = io::Result<Crossed>> + Send;

    /// Takes and drops what still comes until the other end ends its side.
    fn discard(&mut self) -> impl Future<Output = ()> + Send;

    /// Ends our side, and then waits for the other end to end its own: within `patience`, or the connection is aborted.
    fn close(self, patience: std::time::Duration) -> impl Future<Output = ()> + Send;

    /// Drops the connection with a reset: for a peer that neither reads nor closes.
    fn abort(self) -> impl Future<Output = ()> + Send;

    /// Lets go of a connection that is broken.
    fn end(self) -> impl Future<Output = ()> + Send;

    /// Tells whoever looks on that something they asked for could not be done.
    fn complain(&mut self, message: String);
}

/// What one exchange moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Crossed {
    /// Bytes that were read; 0 where the other end ended its side, `None` where nothing came yet.
    pub(crate) read: Option<usize>,
    /// Bytes that were written.
    pub(crate) written: usize,
}
