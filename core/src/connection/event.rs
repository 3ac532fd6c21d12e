//! What a connection tells its caller.

use alloc::borrow::Cow;
use core::fmt;

use crate::{EncodeError, ProtocolError, StatusCode};

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A text message.
    Text(Cow<'a, str>),
    /// A message of bytes.
    Binary(Cow<'a, [u8]>),
    /// A ping; its pong is queued already.
    Ping(Cow<'a, [u8]>),
    /// A pong, asked for or not.
    Pong(Cow<'a, [u8]>),
    /// The other end's Close; ours is queued or was sent before.
    Close {
        /// Why; `None` where the Close had no body, which the API of browsers shows as 1005.
        code: Option<StatusCode>,
        /// Why, in words.
        reason: Cow<'a, str>,
    },
    /// The other end broke a rule; the Close that says so is queued, and nothing more will be read.
    Violation(ProtocolError),
}

/// What the caller must now do with the transport (§7.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportAction {
    /// Go on: read, and write what is outgoing.
    Continue,
    /// Everything is written: as a client, wait for the server to close the transport, a few seconds at most, then
    /// close it.
    AwaitClose,
    /// Everything is written: close the transport. After the write side is shut down, read and drop what still comes
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

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpen => {
                f.write_str("the connection is closing or closed: nothing more may be sent (RFC 6455 §5.5.1)")
            }
            Self::Full => f.write_str("the queue of outgoing bytes is full: write what waits, then send again"),
            Self::Frame(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SendError {}
