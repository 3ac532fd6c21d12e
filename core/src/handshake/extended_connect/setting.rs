//! The setting by which a server says that it takes extended CONNECT requests (RFC 8441 §3, RFC 9220 §3).

use crate::handshake::extended_connect::{ConnectMisuse, ConnectViolation};

/// `SETTINGS_ENABLE_CONNECT_PROTOCOL`: what a server has said of extended CONNECT requests so far on one HTTP
/// connection.
///
/// A client gives it what the server's settings say. What a client sends under this identifier means nothing to a
/// server; a server that gives it what it is about to send learns whether it may.
///
/// ```
/// use ws101_core::handshake::extended_connect::{ConnectViolation, EnableConnectProtocol};
/// let mut setting = EnableConnectProtocol::new();
/// assert!(!setting.is_enabled());
/// setting.receive(1)?;
/// assert!(setting.is_enabled());
/// assert_eq!(setting.receive(0), Err(ConnectViolation::SettingTakenBack));
/// # Ok::<(), ConnectViolation>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct EnableConnectProtocol {
    enabled: bool,
}

impl EnableConnectProtocol {
    /// The setting's identifier, in HTTP/2 and in HTTP/3.
    pub const IDENTIFIER: u64 = 0x8;

    /// Before any settings came: 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { enabled: false }
    }

    /// After the value 1 came, for callers whose HTTP library reads the settings and says only this.
    #[must_use]
    pub const fn enabled() -> Self {
        Self { enabled: true }
    }

    /// Takes the value of a setting with this identifier.
    ///
    /// # Errors
    /// [`SettingValue`](ConnectViolation::SettingValue) for a value other than 0 and 1, and
    /// [`SettingTakenBack`](ConnectViolation::SettingTakenBack) for a 0 after a 1. Both end the HTTP connection, with
    /// `PROTOCOL_ERROR` in HTTP/2 and `H3_SETTINGS_ERROR` in HTTP/3.
    pub const fn receive(&mut self, value: u64) -> Result<(), ConnectViolation> {
        match value {
            // RFC 8441 §3: "A sender MUST NOT send a SETTINGS_ENABLE_CONNECT_PROTOCOL parameter with the value of 0
            // after previously sending a value of 1."
            0 if self.enabled => Err(ConnectViolation::SettingTakenBack),
            0 => Ok(()),
            1 => {
                self.enabled = true;
                Ok(())
            }
            // RFC 8441 §3: "The value of the parameter MUST be 0 or 1."
            _ => Err(ConnectViolation::SettingValue),
        }
    }

    /// Whether the server takes extended CONNECT requests.
    #[must_use]
    pub const fn is_enabled(self) -> bool {
        self.enabled
    }

    /// Whether a client may send one.
    pub(super) const fn check(self) -> Result<(), ConnectMisuse> {
        // RFC 8441 §3: "Upon receipt of SETTINGS_ENABLE_CONNECT_PROTOCOL with a value of 1, a client MAY use the
        // Extended CONNECT as defined in this document when creating new streams."
        if self.enabled { Ok(()) } else { Err(ConnectMisuse::NotEnabled) }
    }
}
