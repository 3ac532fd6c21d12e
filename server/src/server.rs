//! What all connections share.

use ws101_core::handshake::{HandshakeError, OriginPolicy, UpgradeRequest};

use crate::limits::Limits;
use crate::tap::{Authorities, Secret, Taps};

/// The server's settings and its taps.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) limits: Limits,
    /// Origins that `/echo` and `/misbehave/` take; empty for all.
    pub(crate) origins: Vec<String>,
    /// Where the page may be reached for the tap to be offered.
    pub(crate) authorities: Authorities,
    /// What the page must know to open a tap; new at each start.
    pub(crate) secret: Secret,
    pub(crate) taps: Taps,
}

impl Server {
    /// Judges a handshake for what has no authority, and so takes any origin unless some are named.
    pub(crate) fn verify<'h>(&self, head: &'h [u8]) -> Result<UpgradeRequest<'h>, HandshakeError> {
        let origins: Vec<&str> = self.origins.iter().map(String::as_str).collect();
        let policy = if origins.is_empty() { OriginPolicy::Any } else { OriginPolicy::Only(&origins) };
        UpgradeRequest::verify(head, policy)
    }
}
