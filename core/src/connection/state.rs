//! The states of a connection and what moves it between them. No other file assigns a state.

/// Where a connection is between its opening and its closing handshake (§7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Messages go both ways.
    Open,
    /// We sent a Close and wait for the other end's; messages still come in (§5.5.1).
    CloseSent,
    /// The other end sent a Close, and the caller, who wanted to answer it, has not yet; messages may still be sent
    /// (§5.5.1).
    CloseReceived,
    /// Close frames went both ways: the connection is closed cleanly, once what is queued is written (§7.1.4).
    Closed,
    /// We found a violation: the Close that says so is queued, and nothing more is read (§7.1.7).
    Failed,
    /// The transport ended before Close frames went both ways: what §7.1.5 calls 1006.
    Lost,
    /// The other end was silent for too long, and the transport is to be closed: 1006 as well.
    TimedOut,
}

/// What happens to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// A Close of ours was queued.
    WeClose,
    /// A valid Close came.
    TheyClose,
    /// A violation was found; the Close is queued by now.
    Violation,
    /// The transport gives no more bytes.
    TransportEnds,
    /// A deadline passed.
    TimeIsUp,
}

impl State {
    /// The table.
    pub(super) const fn after(self, happening: Happening) -> Self {
        use Happening::{TheyClose, TimeIsUp, TransportEnds, Violation, WeClose};
        match (self, happening) {
            (Self::Open, WeClose) => Self::CloseSent,
            (Self::Open, TheyClose) => Self::CloseReceived,
            (Self::CloseSent, TheyClose) | (Self::CloseReceived, WeClose) => Self::Closed,
            (Self::Open | Self::CloseSent, Violation) => Self::Failed,
            (Self::Open | Self::CloseSent | Self::CloseReceived, TransportEnds) => Self::Lost,
            (Self::Open | Self::CloseSent | Self::CloseReceived, TimeIsUp) => Self::TimedOut,
            (Self::CloseSent, WeClose)
            | (Self::CloseReceived, TheyClose | Violation)
            | (Self::Closed | Self::Failed | Self::Lost | Self::TimedOut, _) => self,
        }
    }

    /// Whether frames that come are still read.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::Open | Self::CloseSent)
    }

    /// Whether messages and a Close may be sent: not after a Close of ours (§5.5.1).
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(self, Self::Open | Self::CloseReceived)
    }
}
