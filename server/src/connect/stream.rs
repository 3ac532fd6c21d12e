//! A connection that we opened, over TCP or TLS.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use crate::connect::report::{Party, Report};
use crate::limits::CHUNK;
use crate::transport::{Crossed, Transport};

/// TCP, or TLS over it.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Stream for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// A stream whose bytes are shown as they cross.
pub(super) struct Shown<'r> {
    pub(super) stream: Box<dyn Stream>,
    pub(super) report: &'r Report,
    /// Whether random bytes were missing: what was masked without them must not be sent (RFC 6455 §10.3).
    pub(super) predictable: &'r AtomicBool,
}

impl Shown<'_> {
    fn poll(
        &mut self,
        context: &mut Context<'_>,
        input: Option<&mut [u8]>,
        outgoing: &[u8],
    ) -> Poll<io::Result<Crossed>> {
        let mut crossed = Crossed::default();
        let mut stream = Pin::new(&mut *self.stream);
        if !outgoing.is_empty()
            && let Poll::Ready(written) = stream.as_mut().poll_write(context, outgoing)
        {
            crossed.written = written?;
            if crossed.written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
        }
        // TLS holds back what the network did not take.
        if let Poll::Ready(flushed) = stream.as_mut().poll_flush(context) {
            flushed?;
        }
        if let Some(input) = input {
            let mut buffer = ReadBuf::new(input);
            match stream.poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) => crossed.read = Some(buffer.filled().len()),
                // A server that ends TCP without ending TLS: whether that was its time the WebSocket layer says.
                Poll::Ready(Err(error)) if error.kind() == io::ErrorKind::UnexpectedEof => crossed.read = Some(0),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {}
            }
        }
        if crossed == Crossed::default() { Poll::Pending } else { Poll::Ready(Ok(crossed)) }
    }
}

impl Transport for Shown<'_> {
    async fn exchange(&mut self, mut input: Option<&mut [u8]>, outgoing: &[u8]) -> io::Result<Crossed> {
        if self.predictable.load(Ordering::Relaxed) {
            return Err(io::Error::other("the system gives no random bytes for masking-keys"));
        }
        let crossed =
            std::future::poll_fn(|context| Poll::Ready(ready!(self.poll(context, input.as_deref_mut(), outgoing))))
                .await?;
        self.report.crossed(Party::Client, &outgoing[..crossed.written]);
        if let (Some(input), Some(length)) = (input, crossed.read) {
            self.report.crossed(Party::Server, &input[..length]);
        }
        Ok(crossed)
    }

    async fn discard(&mut self) {
        let mut rest = vec![0; CHUNK];
        while self.stream.read(&mut rest).await.is_ok_and(|length| length > 0) {}
    }

    async fn close(mut self, patience: Duration) {
        // What is wrong with the transport now changes nothing.
        let ended = timeout(patience, async {
            if self.stream.shutdown().await.is_ok() {
                self.discard().await;
            }
        });
        if ended.await.is_err() {
            self.abort().await;
        }
    }

    async fn abort(self) {
        // Without it the system would go on trying to send what nobody takes.
        let _ = self.stream.tcp().set_zero_linger();
    }

    async fn end(self) {}

    fn complain(&mut self, message: String) {
        self.report.complain(&message);
    }
}
