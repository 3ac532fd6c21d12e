//! One WebSocket connection over a blocking TCP stream.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::ops::Range;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ws101_core::deflate::{Offer, Offers, Options, PermessageDeflate};
use ws101_core::handshake::{ClientRequest, Key};
use ws101_core::{Config, Connection, Event, HeadReader, Role, TransportAction};

/// How long the suite may say nothing.
const SILENCE: Duration = Duration::from_mins(1);

/// How long the suite may take to end its side of the TCP connection after the closing handshake.
const END: Duration = Duration::from_secs(5);

/// Bytes of one read at most.
const CHUNK: usize = 64 << 10;

/// Bytes of the longest response head.
const HEAD: usize = 16 << 10;

type Client = Connection<fn() -> [u8; 4]>;

/// An open connection.
pub(crate) struct Session {
    stream: TcpStream,
    connection: Client,
    input: Vec<u8>,
    /// What of the input the connection has not taken yet; at first, what came with the response head.
    unread: Range<usize>,
}

impl Session {
    /// Connects to `host:port` and asks for `target`.
    pub(crate) fn open(authority: &str, target: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(authority).with_context(|| format!("{authority} does not answer"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_write_timeout(Some(SILENCE))?;

        let offers = Offers::new([Offer::new().client_max_window_bits(None)]);
        let extensions = offers.field_value();
        let key = Key::from_nonce(random());
        let request = ClientRequest::new(authority, target, key).extensions(extensions.as_str());
        let mut head = vec![0; request.encoded_len()?];
        request.write(&mut head)?;
        stream.write_all(&head)?;

        let mut reader = HeadReader::new(vec![0; HEAD]);
        let mut input = vec![0; CHUNK];
        let unread = loop {
            let length = stream.read(&mut input)?;
            ensure!(length > 0, "the connection ended before the response head did");
            let mut rest = &input[..length];
            if reader.receive(&mut rest)? {
                break length - rest.len()..length;
            }
        };
        let response = request.verify_response(reader.bytes())?;
        let mut connection = Connection::client(Config::default(), random as fn() -> [u8; 4]);
        if let Some(agreement) = offers.judge(response.extensions())? {
            let deflate = PermessageDeflate::new(Role::Client, agreement, Options::default());
            connection = connection.with_extension(Box::new(deflate));
        }
        Ok(Self { stream, connection, input, unread })
    }

    /// Hands what comes to `receive` until the connection is closed.
    pub(crate) fn run(mut self, mut receive: impl FnMut(Event<'_>, &mut Client) -> Result<()>) -> Result<()> {
        loop {
            let mut input = &mut self.input[self.unread.clone()];
            while let Some(event) = self.connection.receive(&mut input) {
                receive(event, &mut self.connection)?;
            }
            self.unread.start = self.unread.end - input.len();
            self.write()?;
            match self.connection.transport_action() {
                TransportAction::Continue => {}
                action => return self.end(action),
            }
            if self.unread.is_empty()
                && let Some(event) = self.read()?
            {
                receive(event, &mut self.connection)?;
            }
        }
    }

    fn write(&mut self) -> Result<()> {
        let outgoing = self.connection.outgoing();
        self.stream.write_all(outgoing)?;
        let length = outgoing.len();
        self.connection.sent(length);
        Ok(())
    }

    /// Reads more: into the input, or where a large message is under way straight into it, and then perhaps its end.
    fn read(&mut self) -> Result<Option<Event<'static>>> {
        let (length, event) = if let Some(room) = self.connection.message_buffer() {
            let length = self.stream.read(room)?;
            (length, self.connection.filled(length))
        } else {
            let length = self.stream.read(&mut self.input)?;
            self.unread = 0..length;
            (length, None)
        };
        if length == 0 {
            self.connection.transport_ended();
        }
        Ok(event)
    }

    /// Ends the TCP connection: the server first, but for a connection that failed.
    fn end(mut self, action: TransportAction) -> Result<()> {
        if action == TransportAction::Close {
            self.stream.shutdown(Shutdown::Write)?;
        }
        self.stream.set_read_timeout(Some(END))?;
        loop {
            match self.stream.read(&mut self.input) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                // It did what it was to do: how it ends its side is not ours to judge.
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(()),
                Err(error) => return Err(error).context("the other end does not close the TCP connection"),
            }
        }
    }
}

/// Random bytes of the system.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}
