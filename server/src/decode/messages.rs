//! The messages that frames make where permessage-deflate was agreed on (RFC 7692).

use ws101_core::deflate::{Agreement, Offer, Offers, Options, PermessageDeflate};
use ws101_core::handshake::{ClientRequest, HandshakeViolation, Key};
use ws101_core::{Answering, Config, Connection, Entropy, Event, Limits, ProtocolError, Role};

use crate::decode::LIMIT;

/// A message after decompression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    Text(String),
    Binary(Vec<u8>),
}

/// What frames come to, one after the other.
pub(super) struct Messages {
    receive: Box<Receive>,
}

/// Takes a frame; the message that ends with it, or what is wrong with it.
type Receive = dyn FnMut(&[u8]) -> Option<Result<Message, ProtocolError>>;

impl Messages {
    /// As `role` reads them.
    pub(super) fn new(role: Role, agreement: Agreement) -> Self {
        // The frames are here already, however long they say they are; what comes out of them is bounded.
        let limits = Limits { frame: u64::MAX, message: LIMIT as u64, ..Limits::default() };
        let config = Config { limits, pongs: Answering::ByCaller, closes: Answering::ByCaller, ..Config::default() };
        let codec = Box::new(PermessageDeflate::new(role, agreement, Options::default()));
        match role {
            Role::Server => Self::of(Connection::server(config).with_extension(codec)),
            // Nothing of what it would send leaves it.
            Role::Client => Self::of(Connection::client(config, || [0; 4]).with_extension(codec)),
        }
    }

    /// Takes the next frame; the message that ends with it, or what is wrong with it.
    pub(super) fn receive(&mut self, frame: &[u8]) -> Option<Result<Message, ProtocolError>> {
        (self.receive)(frame)
    }

    fn of<E: Entropy + 'static>(mut connection: Connection<E>) -> Self {
        let receive = move |frame: &[u8]| {
            let mut copy = frame.to_vec();
            let mut input = copy.as_mut_slice();
            let mut found = None;
            while let Some(event) = connection.receive(&mut input) {
                match event {
                    Event::Text(text) => found = Some(Ok(Message::Text(text.into_owned()))),
                    Event::Binary(bytes) => found = Some(Ok(Message::Binary(bytes.into_owned()))),
                    Event::Violation(error) => found = Some(Err(error)),
                    Event::Part(_) | Event::Ping(_) | Event::Pong(_) | Event::Close { .. } => {}
                }
            }
            found
        };
        Self { receive: Box::new(receive) }
    }
}

/// What the extensions that a server chose say of permessage-deflate, whatever the client offered.
pub(crate) fn agreement(extensions: &str) -> Result<Option<Agreement>, HandshakeViolation> {
    if extensions.is_empty() {
        return Ok(None);
    }
    let key = Key::from_nonce([0; Key::NONCE_LENGTH]);
    let response = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\
         Sec-WebSocket-Extensions: {extensions}\r\n\r\n",
        key.accept().as_str()
    );
    let verified = ClientRequest::new("", "", key).extensions(extensions).verify_response(response.as_bytes());
    // An offer that every answer fits.
    let offers = Offers::new([Offer::new().client_max_window_bits(None)]);
    let agreed = verified.and_then(|response| offers.judge(response.extensions()));
    agreed.map_err(|error| error.violation)
}
