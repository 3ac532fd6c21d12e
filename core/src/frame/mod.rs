//! Frames (RFC 6455 §5): the header, masking, reading and writing.

mod build;
mod close;
mod decoder;
pub mod forge;
mod header;
mod mask;
mod opcode;
pub(crate) mod rule;
#[cfg(feature = "alloc")]
mod whole;

pub(crate) mod field;

pub use build::{EncodeError, Frame, frames};
pub use close::{Close, ClosePayload};
pub use decoder::{FrameDecoder, FramePart};
pub use header::{FrameHeader, Rsv};
pub use mask::{MaskingKey, apply_mask, copy_masked};
pub use opcode::Opcode;

#[cfg(feature = "alloc")]
pub(crate) use build::write_frame;
pub(crate) use header::place_of;

/// Which end of the connection we are; it decides who masks (§5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The end that opened the connection: it masks what it sends and takes only unmasked frames.
    Client,
    /// The end that accepted it: it does not mask and takes only masked frames.
    Server,
}

impl Role {
    /// Whether the frames that we receive are masked.
    #[must_use]
    pub const fn receives_masked(self) -> bool {
        matches!(self, Self::Server)
    }
}
