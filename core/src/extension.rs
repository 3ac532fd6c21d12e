//! What an extension that changes the payload of messages must do for a connection.

use alloc::vec::Vec;
use core::fmt;

use crate::{EncodeError, Opcode, Rsv, Violation};

/// An extension that both ends agreed on and that changes the payload of whole messages (RFC 6455 §9, RFC 7692 §5).
///
/// A connection hands it the payload of every message for which it says [`Coding::Coded`], in pieces as they come, and
/// counts and checks what comes out like any other payload: limits and UTF-8 are no concern of an extension. Control
/// frames never pass through it (RFC 7692 §5.1). permessage-deflate is one (feature `deflate`).
pub trait MessageExtension: fmt::Debug + Send {
    /// The reserved bits to which it gives a meaning on the first frame of a message. On every other frame they are a
    /// violation.
    ///
    /// A message without any of them is plain, and comes past the extension. One that has no bits of its own
    /// ([`Rsv::NONE`]) is asked about every message.
    fn rsv(&self) -> Rsv;

    /// A message begins to come in whose first frame has these bits, all of them among [`rsv`](Self::rsv).
    ///
    /// # Errors
    /// The rule that the combination breaks.
    fn begin_decode(&mut self, rsv: Rsv) -> Result<Coding, Violation>;

    /// Decodes what it can of the next payload, moves `input` over what it took, and says how many bytes it wrote to
    /// the beginning of `out`.
    ///
    /// It is called again with the rest until `input` is empty and `out` was not filled; `place` is whether the
    /// message ends with the last byte of `input`. `out` is never empty.
    ///
    /// # Errors
    /// What is wrong with the payload; nothing more is decoded after it.
    fn decode(&mut self, input: &mut &[u8], place: Place, out: &mut [u8]) -> Result<usize, Violation>;

    /// A message is to be sent: the reserved bits of its first frame, and whether its payload is to be encoded.
    ///
    /// `length` is that of the whole payload where it is known. `opcode` is [`Opcode::Text`] or [`Opcode::Binary`].
    fn begin_encode(&mut self, opcode: Opcode, length: Option<usize>) -> (Rsv, Coding);

    /// Appends the encoded form of the next bytes of the message to `out`; what it cannot say yet comes with a later
    /// call, at the latest with the one for [`Place::Last`].
    ///
    /// # Errors
    /// [`EncodeError::OutOfMemory`].
    fn encode(&mut self, input: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}

/// What a connection holds of its extension.
#[cfg(feature = "extension")]
pub(crate) type Extension = alloc::boxed::Box<dyn MessageExtension>;

/// Without the feature nothing can be one.
#[cfg(not(feature = "extension"))]
#[derive(Debug)]
pub(crate) enum Extension {}

#[cfg(not(feature = "extension"))]
impl Extension {
    pub(crate) const fn rsv(&self) -> Rsv {
        match *self {}
    }

    pub(crate) const fn begin_decode(&mut self, _: Rsv) -> Result<Coding, Violation> {
        match *self {}
    }

    pub(crate) const fn decode(&mut self, _: &mut &[u8], _: Place, _: &mut [u8]) -> Result<usize, Violation> {
        match *self {}
    }

    pub(crate) const fn begin_encode(&mut self, _: Opcode, _: Option<usize>) -> (Rsv, Coding) {
        match *self {}
    }

    pub(crate) const fn encode(&mut self, _: &[u8], _: Place, _: &mut Vec<u8>) -> Result<(), EncodeError> {
        match *self {}
    }
}

/// Whether the payload of a message passes through the extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coding {
    /// It is what the extension makes of the application's bytes.
    Coded,
    /// It is the application's bytes.
    Plain,
}

/// Where in its message a piece of payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// More follows.
    Middle,
    /// The message ends with it.
    Last,
}
