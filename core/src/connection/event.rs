//! What a connection tells its caller.

use alloc::borrow::Cow;
use core::fmt;

use crate::{EncodeError, Opcode, ProtocolError, Rule, StatusCode};

/// What came in.
#[derive(Debug, PartialEq, Eq)]
// All that a variant holds begins at a word, so that moving an event is moving words.
#[repr(u64)]
pub enum Event<'a> {
    /// A text message.
    Text(Cow<'a, str>),
    /// A message of bytes.
    Binary(Cow<'a, [u8]>),
    /// The next part of a message, where the connection was told to hand parts on
    /// ([`Delivery::Parts`](crate::Delivery::Parts)).
    Part(Part<'a>),
    /// A ping; its pong is queued already, unless the caller wanted to answer
    /// ([`Answering::ByCaller`](crate::Answering::ByCaller)).
    Ping(Cow<'a, [u8]>),
    /// A pong, asked for or not.
    Pong(Cow<'a, [u8]>),
    /// The other end's Close; ours is queued or was sent before, unless the caller wanted to answer
    /// ([`Answering::ByCaller`](crate::Answering::ByCaller)).
    Close {
        /// Why; `None` where the Close had no body, which the API of browsers shows as 1005.
        code: Option<StatusCode>,
        /// Why, in words.
        reason: Cow<'a, str>,
    },
    /// The other end broke a rule; the Close that says so is queued, and nothing more will be read.
    Violation(ProtocolError),
}

/// A part of a message. A message has a first and a last part, which may be the same; a part may be empty when it is one
/// of these.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What the message is: [`Opcode::Text`] or [`Opcode::Binary`].
    pub opcode: Opcode,
    /// Its next bytes. Text was judged up to here, but may be cut within a character.
    pub payload: Cow<'a, [u8]>,
    /// Whether the message begins here.
    pub first: bool,
    /// Whether the message ends here.
    pub last: bool,
}

/// What the caller must now do with the transport (§7.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportAction {
    /// Go on: read, and write what is outgoing.
    Continue,
    /// Everything is written: as a client, wait for the server to close the transport, a few seconds at most, then
    /// close it.
    AwaitClose,
    /// Everything is written: close the transport. Shut its write side down first, and read and drop what still comes
    /// for a short time, or the last frame may be lost to a reset.
    Close,
}

/// Why nothing was queued; what was to be sent is still the caller's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SendError {
    /// A Close was sent or received, or the connection failed (§5.5.1, §7.1.7).
    NotOpen,
    /// As much waits to be written as [`Limits::outgoing`](crate::Limits::outgoing) allows: write first.
    Full,
    /// The frame may not be sent.
    Frame(EncodeError),
}

impl SendError {
    /// The words of what was broken.
    ///
    /// ```
    /// use ws101_core::{Config, Connection};
    /// let mut server = Connection::server(Config::default());
    /// server.close(None)?;
    /// assert_eq!(server.send_text("Hello").unwrap_err().rule().code, "SEND_NOT_OPEN");
    /// # Ok::<(), ws101_core::SendError>(())
    /// ```
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::NotOpen => Rule {
                code: "SEND_NOT_OPEN",
                section: "RFC 6455 §5.5.1",
                sentence: "The connection is closing or closed: nothing more may be sent.",
                fix: "Look at the connection's state, and open a new one.",
            },
            Self::Full => Rule {
                code: "SEND_QUEUE_FULL",
                section: "ws101",
                sentence: "As much waits to be written as the connection may hold.",
                fix: "Write what waits, then send again; what was to be sent is still yours.",
            },
            Self::Frame(error) => error.rule(),
        }
    }

    /// A number that no other rule of this crate has, for callers that keep the words elsewhere.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::NotOpen => 350,
            Self::Full => 351,
            Self::Frame(error) => error.number(),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rule { sentence, section, fix, .. } = self.rule();
        write!(f, "{sentence} ({section}) {fix}")
    }
}

impl core::error::Error for SendError {}
