//! The codec (RFC 7692 §7.2), by zlib-rs.

use alloc::vec::Vec;
use core::fmt;

use crate::deflate::Agreement;
use crate::{Coding, EncodeError, MessageExtension, Opcode, Place, Role, Rsv, Violation};
use compressor::Compressor;
use decompressor::Decompressor;

mod compressor;
mod decompressor;
mod history;
mod options;

pub use options::{IdleMemory, Level, Options};

/// What a flush ends in and a message does not have on the wire (RFC 7692 §7.2.1, §7.2.2).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// The codec of one end of a connection.
///
/// See the [module](crate::deflate) for its memory and its limits.
///
/// ```
/// use ws101_core::deflate::{Agreement, Options, PermessageDeflate};
/// use ws101_core::{Coding, MessageExtension, Opcode, Place, Role, Rsv};
///
/// let agreement = Agreement::default();
/// let mut server = PermessageDeflate::new(Role::Server, agreement, Options::default());
/// let mut client = PermessageDeflate::new(Role::Client, agreement, Options::default());
///
/// let message = "over and ".repeat(100);
/// assert_eq!(server.begin_encode(Opcode::Text, Some(message.len())), (Rsv::RSV1, Coding::Coded));
/// let mut payload = Vec::new();
/// server.encode(message.as_bytes(), Place::Last, &mut payload)?;
/// assert!(payload.len() < 30);
///
/// assert_eq!(client.begin_decode(Rsv::RSV1), Ok(Coding::Coded));
/// let (mut inflated, mut input, mut out) = (Vec::new(), &payload[..], [0; 64]);
/// loop {
///     let length = client.decode(&mut input, Place::Last, &mut out).expect("what a server compressed");
///     inflated.extend_from_slice(&out[..length]);
///     if input.is_empty() && length < out.len() {
///         break;
///     }
/// }
/// assert_eq!(inflated, message.as_bytes());
/// # Ok::<(), ws101_core::EncodeError>(())
/// ```
pub struct PermessageDeflate {
    sending: Compressor,
    receiving: Decompressor,
}

impl PermessageDeflate {
    /// The codec of the end that is `role`. It allocates nothing before the first message that needs it.
    #[must_use]
    pub const fn new(role: Role, agreement: Agreement, options: Options) -> Self {
        Self {
            sending: Compressor::new(agreement.sent_by(role), options),
            receiving: Decompressor::new(agreement.received_by(role), options.idle_memory),
        }
    }
}

impl MessageExtension for PermessageDeflate {
    /// RSV1: the bit "Per-Message Compressed" (RFC 7692 §6).
    fn rsv(&self) -> Rsv {
        Rsv::RSV1
    }

    fn begin_decode(&mut self, rsv: Rsv) -> Result<Coding, Violation> {
        // A message without the bit passes by the context (§7.2.2).
        if !rsv.contains(Rsv::RSV1) {
            return Ok(Coding::Plain);
        }
        self.receiving.begin();
        Ok(Coding::Coded)
    }

    /// # Errors
    /// [`Violation::CompressedDataInvalid`]; [`Violation::MessageTooBig`] where there is no memory to decompress with.
    fn decode(&mut self, input: &mut &[u8], place: Place, out: &mut [u8]) -> Result<usize, Violation> {
        self.receiving.decode(input, place, out)
    }

    fn begin_encode(&mut self, _opcode: Opcode, length: Option<usize>) -> (Rsv, Coding) {
        match self.sending.begin(length) {
            Coding::Coded => (Rsv::RSV1, Coding::Coded),
            Coding::Plain => (Rsv::NONE, Coding::Plain),
        }
    }

    /// # Errors
    /// [`EncodeError::OutOfMemory`]: `out` is as it was, and the rest of the message cannot be encoded either. The next
    /// message can: it begins with an empty window.
    fn encode(&mut self, input: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.sending.encode(input, place, out)
    }
}

impl fmt::Debug for PermessageDeflate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PermessageDeflate")
            .field("sending", &self.sending.context())
            .field("receiving", &self.receiving.context())
            .finish_non_exhaustive()
    }
}

/// By how much a counter of zlib-rs advanced: never by more than the slice it counts in is long.
fn advanced(before: u64, now: u64) -> usize {
    usize::try_from(now - before).unwrap_or(usize::MAX)
}

/// Whether this much memory is to be had at once.
fn is_available(bytes: usize) -> bool {
    let mut probe = Vec::<u8>::new();
    let reserved = probe.try_reserve_exact(bytes).is_ok();
    // Else the compiler may leave out an allocation that nobody uses.
    core::hint::black_box(&mut probe);
    reserved
}
