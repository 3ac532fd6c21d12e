//! How a connection went, as the exit status says it.

/// The exit statuses of `ws101 connect`, besides those of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Status {
    /// The closing handshake was finished.
    Clean = 0,
    /// Something that was to be sent or printed was not.
    Incomplete = crate::failure::Failure::OTHER,
    /// There was no connection: the name, TCP, TLS, or no answer.
    NotConnected = 3,
    /// The server answered as HTTP and did not switch.
    Refused = 4,
    /// The server broke a rule.
    Violation = 5,
    /// The connection ended without a closing handshake.
    Abnormal = 6,
    /// The server closed for a reason other than that it was done or went away.
    ClosedForCause = 7,
}

impl Status {
    /// What it means, in a few words.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Clean => "closed cleanly",
            Self::Incomplete => "closed cleanly, but not everything was sent",
            Self::NotConnected => "not connected",
            Self::Refused => "refused",
            Self::Violation => "failed: the server broke a rule",
            Self::Abnormal => "ended without a closing handshake, which is 1006 (RFC 6455 §7.1.5)",
            Self::ClosedForCause => "closed by the server for a cause",
        }
    }

    pub(super) const fn code(self) -> u8 {
        self as u8
    }
}
