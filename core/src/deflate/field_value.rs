//! The text of a field, without an allocator.

use core::fmt;

use crate::deflate::offers::MAX_OFFERS;
use crate::deflate::parameters::LONGEST_ELEMENT;

const CAPACITY: usize = MAX_OFFERS * (LONGEST_ELEMENT + ", ".len());

/// A value of `Sec-WebSocket-Extensions`, to be handed to
/// [`ClientRequest::extensions`](crate::handshake::ClientRequest::extensions) or
/// [`SwitchingProtocols::extensions`](crate::handshake::SwitchingProtocols::extensions).
#[derive(Clone, Copy)]
pub struct FieldValue {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl FieldValue {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0 }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only whole texts are put in.
        core::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }

    /// Appends `text`. The capacity is that of the longest value that this module writes.
    pub(super) fn put(&mut self, text: &str) -> &mut Self {
        if let Some(place) = self.bytes.get_mut(self.length..self.length + text.len()) {
            place.copy_from_slice(text.as_bytes());
            self.length += text.len();
        }
        self
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
