//! A head that was read already, as hyper reads it, in front of the stream, as hyper writes on it.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

/// One head and then the end: hyper answers it and is done, and never sees what follows on the connection.
#[derive(Debug)]
pub(super) struct Replay<'a> {
    head: &'a [u8],
    stream: &'a mut TcpStream,
    /// Until hyper understood the head, what it writes is its own empty answer to a bad one: ours says more.
    understood: &'a AtomicBool,
}

impl<'a> Replay<'a> {
    pub(super) const fn new(head: &'a [u8], stream: &'a mut TcpStream, understood: &'a AtomicBool) -> Self {
        Self { head, stream, understood }
    }

    fn is_understood(&self) -> bool {
        self.understood.load(Ordering::Relaxed)
    }
}

impl Read for Replay<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let length = self.head.len().min(buffer.remaining());
        let (now, later) = self.head.split_at(length);
        buffer.put_slice(now);
        self.head = later;
        Poll::Ready(Ok(()))
    }
}

impl Write for Replay<'_> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_understood() {
            Pin::new(&mut *self.stream).poll_write(context, bytes)
        } else {
            Poll::Ready(Ok(bytes.len()))
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.is_understood() {
            Pin::new(&mut *self.stream).poll_write_vectored(context, parts)
        } else {
            Poll::Ready(Ok(parts.iter().map(|part| part.len()).sum()))
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream).poll_flush(context)
    }

    /// The connection is not hyper's to end: the next request may be a handshake.
    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
