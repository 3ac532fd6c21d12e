//! What all connections share.

use crate::limits::Limits;
use crate::tap::{Authorities, Secret, Taps};

/// The server's settings and its taps.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) limits: Limits,
    /// Origins that `/echo` takes; empty for all.
    pub(crate) origins: Vec<String>,
    /// Where the page may be reached for the tap to be offered.
    pub(crate) authorities: Authorities,
    /// What the page must know to open a tap; new at each start.
    pub(crate) secret: Secret,
    pub(crate) taps: Taps,
}
