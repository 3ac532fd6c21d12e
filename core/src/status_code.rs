//! Why a connection is closed (§7.4).

use core::fmt;

/// Why a connection is closed (§7.4).
///
/// ```
/// use ws101_core::StatusCode;
/// assert!(StatusCode::NORMAL_CLOSURE.may_be_sent());
/// assert!(!StatusCode::ABNORMAL_CLOSURE.may_be_sent());
/// assert_eq!(StatusCode(4000).name(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatusCode(pub u16);

impl StatusCode {
    /// 1000: the purpose of the connection is fulfilled.
    pub const NORMAL_CLOSURE: Self = Self(1000);
    /// 1001: a server goes down, or a browser leaves the page.
    pub const GOING_AWAY: Self = Self(1001);
    /// 1002: a rule of the protocol is broken.
    pub const PROTOCOL_ERROR: Self = Self(1002);
    /// 1003: a type of data that this end does not take.
    pub const UNSUPPORTED_DATA: Self = Self(1003);
    /// 1005: no status code was there. Never on the wire.
    pub const NO_STATUS_RECEIVED: Self = Self(1005);
    /// 1006: the connection ended without a Close frame. Never on the wire.
    pub const ABNORMAL_CLOSURE: Self = Self(1006);
    /// 1007: data that does not fit its type, such as text that is not UTF-8.
    pub const INVALID_PAYLOAD_DATA: Self = Self(1007);
    /// 1008: a policy of this end is broken, and nothing else says it better.
    pub const POLICY_VIOLATION: Self = Self(1008);
    /// 1009: a message that is too big for this end.
    pub const MESSAGE_TOO_BIG: Self = Self(1009);
    /// 1010: the client needed an extension that the server did not take.
    pub const MANDATORY_EXTENSION: Self = Self(1010);
    /// 1011: something unexpected kept the server from going on.
    pub const INTERNAL_ERROR: Self = Self(1011);
    /// 1012: the service restarts (IANA registry).
    pub const SERVICE_RESTART: Self = Self(1012);
    /// 1013: try again later (IANA registry).
    pub const TRY_AGAIN_LATER: Self = Self(1013);
    /// 1014: a gateway got an invalid response (IANA registry).
    pub const BAD_GATEWAY: Self = Self(1014);
    /// 1015: the TLS handshake failed. Never on the wire.
    pub const TLS_HANDSHAKE: Self = Self(1015);

    /// Whether a Close frame may carry it: 1000–1003, 1007–1014 and 3000–4999.
    ///
    /// §7.4.1 keeps 1004 for later and 1005, 1006 and 1015 off the wire; 1012–1014 were registered after the RFC;
    /// §7.4.2 leaves 3000–3999 to registered libraries and applications and 4000–4999 to private use.
    #[must_use]
    pub const fn may_be_sent(self) -> bool {
        matches!(self.0, 1000..=1003 | 1007..=1014 | 3000..=4999)
    }

    /// The name that §7.4.1 or the IANA registry gives it.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self.0 {
            1000 => "Normal Closure",
            1001 => "Going Away",
            1002 => "Protocol error",
            1003 => "Unsupported Data",
            1004 => "Reserved",
            1005 => "No Status Rcvd",
            1006 => "Abnormal Closure",
            1007 => "Invalid frame payload data",
            1008 => "Policy Violation",
            1009 => "Message Too Big",
            1010 => "Mandatory Ext.",
            1011 => "Internal Error",
            1012 => "Service Restart",
            1013 => "Try Again Later",
            1014 => "Bad Gateway",
            1015 => "TLS handshake",
            _ => return None,
        })
    }
}

impl fmt::Debug for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for StatusCode {
    /// `1002 Protocol error`, or the number alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{} {name}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}
