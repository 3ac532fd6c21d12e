//! What both ends agreed on.

use crate::Role;
use crate::deflate::WindowBits;

/// The parameters of permessage-deflate that hold on a connection (RFC 7692 §7.1).
///
/// [`Offers::judge`](crate::deflate::Offers::judge) and [`Acceptor::accept`](crate::deflate::Acceptor::accept) make it;
/// who reads the field with other means fills it in. The default is what holds when an answer has no parameter: both
/// contexts are taken over, and both windows have 15 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Agreement {
    /// The server begins each message with an empty window (§7.1.1.1).
    pub server_no_context_takeover: bool,
    /// The client begins each message with an empty window (§7.1.1.2).
    pub client_no_context_takeover: bool,
    /// The server refers back no further than this (§7.1.2.1).
    pub server_max_window_bits: WindowBits,
    /// The client refers back no further than this (§7.1.2.2).
    pub client_max_window_bits: WindowBits,
}

/// What governs one direction: the compressor of the end that sends and the decompressor of the end that receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Context {
    /// Each message begins with an empty window.
    pub no_context_takeover: bool,
    /// How far back a message may refer.
    pub max_window_bits: WindowBits,
}

impl Agreement {
    /// What the compressor of this end must keep to.
    ///
    /// ```
    /// use ws101_core::{Role, deflate::Agreement};
    /// let agreed = Agreement { server_no_context_takeover: true, ..Agreement::default() };
    /// assert!(agreed.sent_by(Role::Server).no_context_takeover);
    /// assert!(!agreed.sent_by(Role::Client).no_context_takeover);
    /// ```
    #[must_use]
    pub const fn sent_by(&self, role: Role) -> Context {
        match role {
            Role::Server => Context {
                no_context_takeover: self.server_no_context_takeover,
                max_window_bits: self.server_max_window_bits,
            },
            Role::Client => Context {
                no_context_takeover: self.client_no_context_takeover,
                max_window_bits: self.client_max_window_bits,
            },
        }
    }

    /// What the decompressor of this end may count on.
    #[must_use]
    pub const fn received_by(&self, role: Role) -> Context {
        match role {
            Role::Server => self.sent_by(Role::Client),
            Role::Client => self.sent_by(Role::Server),
        }
    }
}
