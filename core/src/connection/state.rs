//! The states of a connection and what moves it between them. No other file assigns a state.

/// Where a connection is between its opening and its closing handshake (§7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Messages go both ways.
    Open,
    /// We sent a Close and wait for the other end's; messages still come in (§5.5.1).
    CloseSent,
    /// Close frames went both ways: the connection is closed cleanly, once what is queued is written (§7.1.4).
    Closed,
    /// We found a violation: the Close that says so is queued, and nothing more is read (§7.1.7).
    Failed,
    /// The transport ended before Close frames went both ways: what §7.1.5 calls 1006.
    Lost,
}

/// What happens to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// A Close was queued because the application asked for it.
    WeClose,
    /// A valid Close came; ours is queued by now.
    TheyClose,
    /// A violation was found; the Close is queued by now.
    Violation,
    /// The transport gives no more bytes.
    TransportEnds,
}

impl State {
    /// The table.
    pub(super) const fn after(self, happening: Happening) -> Self {
        match (self, happening) {
            (Self::Open, Happening::WeClose) => Self::CloseSent,
            (Self::Open | Self::CloseSent, Happening::TheyClose) => Self::Closed,
            (Self::Open | Self::CloseSent, Happening::Violation) => Self::Failed,
            (Self::Open | Self::CloseSent, Happening::TransportEnds) => Self::Lost,
            (Self::CloseSent, Happening::WeClose) | (Self::Closed | Self::Failed | Self::Lost, _) => self,
        }
    }

    /// Whether frames that come are still read.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::Open | Self::CloseSent)
    }

    /// Whether messages and pings may be sent: not after a Close (§5.5.1).
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(self, Self::Open)
    }
}
