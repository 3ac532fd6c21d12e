//! A connection after its opening handshake: messages in and out, control frames, the closing handshake.

mod config;
mod control;
mod deadlines;
mod entropy;
mod event;
mod gathered;
mod message;
mod outgoing;
mod receiving;
mod sending;
mod state;

use alloc::borrow::Cow;
#[cfg(feature = "extension")]
use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::{EncodeError, Frame, FrameDecoder, Role};
#[cfg(feature = "extension")]
use crate::{MessageExtension, Rsv};
pub use config::{Answering, Config, Delivery, KeepAlive, Limits};
use control::ControlPayload;
use deadlines::Deadlines;
pub use entropy::{Entropy, Unmasked};
pub use event::{Event, Part, SendError, TransportAction};
use message::MessageAssembler;
use outgoing::Outgoing;
use sending::Sending;
pub use state::State;

/// A connection after its opening handshake, without the transport.
///
/// Its methods are of four kinds:
///
/// 1. **What the network delivers**: [`receive`](Self::receive); for large messages
///    [`message_buffer`](Self::message_buffer) and [`filled`](Self::filled); [`transport_ended`](Self::transport_ended).
/// 2. **What the application wants**: [`send_text`](Self::send_text), [`send_binary`](Self::send_binary),
///    [`send_frame`](Self::send_frame), [`ping`](Self::ping), [`pong`](Self::pong), [`close`](Self::close).
/// 3. **What the caller must now do**: write [`outgoing`](Self::outgoing) and say so with [`sent`](Self::sent); then
///    obey [`transport_action`](Self::transport_action), and call [`tick`](Self::tick) at the time it gave.
/// 4. **Getters**: [`state`](Self::state), [`role`](Self::role).
///
/// After each read: `receive` until it gives `None`, write what is outgoing, look at the transport's action. Pongs, the
/// answer to a Close and the Close that names a violation are queued without being asked for, so that this loop is all
/// there is to do. Bytes that came with the handshake's head are the first input.
///
/// ```
/// use ws101_core::{Config, Connection, Event, TransportAction};
///
/// let mut server = Connection::server(Config::default());
/// let mut client = Connection::client(Config::default(), || [0x37, 0xfa, 0x21, 0x3d]); // random in earnest
/// client.send_text("Hello").unwrap();
///
/// let mut read = client.outgoing().to_vec(); // the transport
/// client.sent(read.len());
/// let mut input = &mut read[..];
/// while let Some(event) = server.receive(&mut input) {
///     if let Event::Text(text) = event {
///         server.send_text(&text).unwrap();
///     }
/// }
/// assert_eq!(server.outgoing(), b"\x81\x05Hello");
/// assert_eq!(server.transport_action(), TransportAction::Continue);
/// ```
#[derive(Debug)]
pub struct Connection<E = Unmasked> {
    entropy: E,
    config: Config,
    state: State,
    decoder: FrameDecoder,
    /// Messages of one frame that are shorter take the short way.
    bound_of_whole: u32,
    messages: MessageAssembler,
    control: ControlPayload,
    outgoing: Outgoing,
    sending: Option<Sending>,
    /// Where an extension encodes to.
    encoded: Vec<u8>,
    deadlines: Deadlines,
}

impl Connection<Unmasked> {
    /// The end that accepted the connection.
    #[must_use]
    pub fn server(config: Config) -> Self {
        Self::new(Role::Server, config, Unmasked)
    }
}

impl<F: FnMut() -> [u8; 4]> Connection<F> {
    /// The end that opened the connection; `entropy` gives four fresh random bytes for each frame.
    #[must_use]
    pub fn client(config: Config, entropy: F) -> Self {
        Self::new(Role::Client, config, entropy)
    }
}

impl<E: Entropy> Connection<E> {
    /// Either end, for a caller that knows only while it runs which it is: as the client `entropy` must give a key for
    /// every frame, and as the server none (§5.1). [`server`](Connection::server) and [`client`](Connection::client) see to that by
    /// themselves.
    ///
    /// ```
    /// use ws101_core::{Config, Connection, Entropy, MaskingKey, Role};
    ///
    /// struct Keys(Role);
    /// impl Entropy for Keys {
    ///     fn masking_key(&mut self) -> Option<MaskingKey> {
    ///         (self.0 == Role::Client).then_some(MaskingKey([0x37, 0xfa, 0x21, 0x3d])) // random in earnest
    ///     }
    /// }
    /// for role in [Role::Client, Role::Server] {
    ///     assert_eq!(Connection::new(role, Config::default(), Keys(role)).role(), role);
    /// }
    /// ```
    #[must_use]
    pub fn new(role: Role, config: Config, entropy: E) -> Self {
        Self {
            entropy,
            config,
            state: State::Open,
            // Where nothing is compressed a frame's announced length alone can break the limit of a message.
            decoder: FrameDecoder::new(role).payload_limit(config.limits.frame.min(config.limits.message)),
            bound_of_whole: MessageAssembler::bound_of_whole(&config),
            messages: MessageAssembler::new(&config),
            control: ControlPayload::default(),
            outgoing: Outgoing::new(config.limits.outgoing),
            sending: None,
            encoded: Vec::new(),
            deadlines: Deadlines::new(&config),
        }
    }

    /// Adds the extension that the handshake agreed on, before anything is sent or received.
    #[cfg(feature = "extension")]
    #[must_use]
    pub fn with_extension(mut self, extension: Box<dyn MessageExtension>) -> Self {
        self.decoder = self.decoder.allow_rsv(extension.rsv()).payload_limit(self.config.limits.frame);
        if extension.rsv() == Rsv::NONE {
            // Nothing tells its messages from others.
            self.bound_of_whole = 0;
        }
        self.messages.extend(extension);
        self
    }

    /// What is to be written to the transport, in order.
    #[inline]
    #[must_use]
    pub fn outgoing(&self) -> &[u8] {
        self.outgoing.bytes()
    }

    /// The first `length` bytes of [`outgoing`](Self::outgoing) were written.
    #[inline]
    pub fn sent(&mut self, length: usize) {
        self.outgoing.sent(length);
    }

    /// What to do with the transport once [`outgoing`](Self::outgoing) is written (§7.1.1): the server closes it first,
    /// but for an end that failed the connection, which closes it whoever it is.
    #[must_use]
    pub fn transport_action(&self) -> TransportAction {
        match self.state {
            // Nobody is there to read it.
            State::TimedOut => TransportAction::Close,
            _ if !self.outgoing.is_empty() => TransportAction::Continue,
            State::Open | State::CloseSent | State::CloseReceived => TransportAction::Continue,
            State::Closed if self.role() == Role::Client && !self.deadlines.waited() => TransportAction::AwaitClose,
            State::Closed | State::Failed | State::Lost => TransportAction::Close,
        }
    }

    /// Where the connection is.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// How it was told to behave.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Which end we are.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.decoder.role()
    }

    /// Gives the memory of a message back, to be used for the next: without it each message that does not lie whole in
    /// one read is an allocation. An event that holds no memory of its own is dropped.
    pub fn recycle(&mut self, event: Event<'_>) {
        match event {
            Event::Text(Cow::Owned(text)) => self.messages.recycle(text.into_bytes()),
            Event::Binary(Cow::Owned(bytes)) => self.messages.recycle(bytes),
            _ => {}
        }
    }

    /// Frees the memory that is only kept for what may come next, of a connection that is quiet.
    pub fn shrink(&mut self) {
        self.messages.shrink();
        self.outgoing.shrink();
        self.encoded = Vec::new();
    }

    #[inline]
    fn queue(&mut self, frame: Frame<'_>) -> Result<(), EncodeError> {
        match self.entropy.masking_key() {
            Some(key) => self.outgoing.push(frame.masked(key)),
            None => self.outgoing.push(frame),
        }
    }

    /// Queues a control frame of ours, which is short and valid: only memory could be missing, and then the transport's
    /// end says the rest.
    fn answer(&mut self, frame: Frame<'_>) {
        let queued = self.queue(frame);
        debug_assert!(queued.is_ok(), "an answer keeps the rules of control frames");
    }
}
