//! A network in memory: what is read comes from a wire, again and again; what is written is counted or kept.
//!
//! Every read copies what it gives into the reader's buffer, as a socket does. Nothing ever waits.

use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::wire::Wire;

/// What the network delivers: the bytes of a wire, in reads of a size, without end.
#[derive(Debug, Clone)]
pub struct Feed {
    wire: Rc<Wire>,
    read: usize,
}

impl Feed {
    /// Reads of at most `read` bytes.
    pub fn new(wire: Rc<Wire>, read: usize) -> Self {
        Self { wire, read }
    }

    /// The wire.
    pub const fn wire(&self) -> &Rc<Wire> {
        &self.wire
    }

    /// How many bytes a read gives at most.
    pub const fn read_size(&self) -> usize {
        self.read
    }

    /// How many messages a pass has.
    pub fn messages(&self) -> usize {
        self.wire.messages()
    }

    /// One pass over the wire, read by read.
    pub fn reads(&self) -> impl Iterator<Item = &[u8]> {
        self.wire.bytes().chunks(self.read)
    }

    /// The same as a stream; what is written to it is dropped.
    pub fn transport(&self) -> Transport {
        Transport::new(Source::Wire(self.clone()), Outlet::default())
    }
}

/// Where a transport's bytes come from.
#[derive(Debug)]
enum Source {
    /// A wire, again and again.
    Wire(Feed),
    /// These bytes, once.
    Once(Rc<[u8]>),
}

/// What was written: dropped, unless it is to be kept.
#[derive(Debug, Clone, Default)]
pub struct Outlet {
    kept: Rc<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    keeps: Cell<bool>,
    bytes: RefCell<Vec<u8>>,
}

impl Outlet {
    /// From now on keeps what is written.
    pub fn keep(&self) {
        self.kept.keeps.set(true);
    }

    /// Gives what was kept, and keeps no more.
    pub fn take(&self) -> Vec<u8> {
        self.kept.keeps.set(false);
        self.kept.bytes.take()
    }

    /// Takes bytes from the writer.
    #[inline]
    pub fn write(&self, bytes: &[u8]) {
        black_box(bytes);
        if self.kept.keeps.get() {
            self.kept.bytes.borrow_mut().extend_from_slice(bytes);
        }
    }
}

/// A stream that implements what the peers ask of one. It is as small as a handle, so that the memory of a connection
/// that owns one is the connection's alone.
#[derive(Debug)]
pub struct Transport(Box<Ends>);

#[derive(Debug)]
struct Ends {
    source: Source,
    position: usize,
    outlet: Outlet,
}

impl Transport {
    fn new(source: Source, outlet: Outlet) -> Self {
        Self(Box::new(Ends { source, position: 0, outlet }))
    }

    /// A stream that delivers `bytes` and then ends.
    pub fn once(bytes: &Rc<[u8]>, outlet: &Outlet) -> Self {
        Self::new(Source::Once(Rc::clone(bytes)), outlet.clone())
    }

    /// A stream to write to: nothing comes from it.
    pub fn sink(outlet: &Outlet) -> Self {
        Self::once(&Rc::from([]), outlet)
    }

    /// How many bytes it will deliver before it ends, or begins again.
    pub fn waiting(&self) -> usize {
        match &self.0.source {
            Source::Wire(feed) => feed.wire.bytes().len(),
            Source::Once(bytes) => bytes.len(),
        }
    }

    /// The bytes of the next read, for a reader with room for `room` bytes.
    #[inline]
    fn next(&mut self, room: usize) -> &[u8] {
        let Ends { source, position, .. } = &mut *self.0;
        let (bytes, limit, again) = match source {
            Source::Wire(feed) => (feed.wire.bytes(), feed.read, true),
            Source::Once(bytes) => (&**bytes, usize::MAX, false),
        };
        let rest = &bytes[*position..];
        let length = room.min(rest.len()).min(limit);
        *position = if again && length == rest.len() { 0 } else { *position + length };
        &rest[..length]
    }

    #[inline]
    fn give(&mut self, buffer: &mut [u8]) -> usize {
        let bytes = self.next(buffer.len());
        buffer[..bytes.len()].copy_from_slice(bytes);
        bytes.len()
    }

    #[inline]
    fn take(&self, bytes: &[u8]) -> usize {
        self.0.outlet.write(bytes);
        bytes.len()
    }

    /// Writes from several places at once, as `writev` does.
    #[inline]
    fn take_all(&self, slices: &[IoSlice<'_>]) -> usize {
        slices.iter().map(|bytes| self.take(bytes)).sum()
    }
}

impl io::Read for Transport {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.give(buffer))
    }
}

impl io::Write for Transport {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(self.take(bytes))
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        Ok(self.take_all(slices))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl tokio::io::AsyncRead for Transport {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buffer.remaining();
        buffer.put_slice(self.next(room));
        Poll::Ready(Ok(()))
    }
}

impl tokio::io::AsyncWrite for Transport {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(self.take(bytes)))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(self.take_all(slices)))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl futures::AsyncRead for Transport {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(self.give(buffer)))
    }
}

impl futures::AsyncWrite for Transport {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(self.take(bytes)))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(self.take_all(slices)))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A transport for peers whose traits have methods of the same names as those of the standard library.
#[derive(Debug)]
pub struct AsyncTransport(pub Transport);

impl embedded_io_async::ErrorType for AsyncTransport {
    type Error = embedded_io_async::ErrorKind;
}

impl embedded_io_async::Read for AsyncTransport {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error> {
        Ok(self.0.give(buffer))
    }
}

impl embedded_io_async::Write for AsyncTransport {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        Ok(self.0.take(bytes))
    }

    async fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl wtx::stream::StreamReader for AsyncTransport {
    async fn read(&mut self, buffer: &mut [u8]) -> wtx::Result<usize> {
        Ok(self.0.give(buffer))
    }
}

impl wtx::stream::StreamWriter for AsyncTransport {
    async fn write_all(&mut self, bytes: &[u8]) -> wtx::Result<()> {
        self.0.take(bytes);
        Ok(())
    }

    async fn write_all_vectored(&mut self, slices: &[&[u8]]) -> wtx::Result<()> {
        for bytes in slices {
            self.0.take(bytes);
        }
        Ok(())
    }
}
