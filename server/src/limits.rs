//! How much of everything: nothing that a peer does grows without end.

use std::time::Duration;

use ws101_core::Config;

/// Bytes of the longest message, unless `--max-message` says otherwise.
pub(crate) const MESSAGE: u64 = ws101_core::FrameDecoder::DEFAULT_PAYLOAD_LIMIT;

/// Bytes of the longest request head. Browsers send less than one kilobyte, and cookies of other servers on the same
/// host name add to it: sixteen are what most servers take.
pub(crate) const HEAD: u32 = 16 << 10;

/// Connections at a time. A page uses two, and a browser keeps at most 255 WebSocket connections open.
pub(crate) const CONNECTIONS: u32 = 256;

/// Connections beyond the limit that are told so at a time; those beyond these are dropped without a word.
pub(crate) const REFUSALS: usize = 32;

/// Seconds for a request head to come whole.
pub(crate) const HANDSHAKE_SECONDS: &str = "10";

/// Seconds in which nothing comes or goes on a connection.
pub(crate) const IDLE_SECONDS: &str = "300";

/// Seconds for the other end to answer a Close, and again to close its side of the TCP connection.
pub(crate) const CLOSE_SECONDS: &str = "5";

/// Seconds in which a tap's page may take nothing while records wait for it. The recorded connection waits with them,
/// so this is less than its idle time.
pub(crate) const TAP_SECONDS: &str = "10";

/// Records that may wait for a tap's socket. Each holds at most [`CHUNK`] bytes, so a tap holds one mebibyte here.
pub(crate) const TAP_RECORDS: usize = 64;

/// Commands of a page that may wait for the recorded connection.
pub(crate) const TAP_COMMANDS: usize = 16;

/// Bytes of the longest message that a tap takes: commands are short.
pub(crate) const TAP_MESSAGE: u64 = 4 << 10;

/// Bytes that wait to be written beyond which an application's own wishes wait too.
pub(crate) const WISHES: usize = 64 << 10;

/// Bytes of one read or write at most, and so of one record.
pub(crate) const CHUNK: usize = 16 << 10;

/// Bytes of the longest recording of `ws101 tap`, unless `--max-record` says otherwise.
pub(crate) const RECORDING: u64 = 256 << 20;

/// Bytes of a connection that `ws101 tap` keeps to judge it when it is over: its first.
pub(crate) const JUDGED: usize = 16 << 20;

/// The same of all open connections.
pub(crate) const JUDGED_OF_ALL: usize = 64 << 20;

/// Things that happened and wait to be recorded and printed. Each holds at most [`CHUNK`] bytes.
pub(crate) const HAPPENINGS: usize = 256;

/// The core's configuration of a connection whose messages have at most `message` bytes.
pub(crate) fn connection(message: u64) -> Config {
    let limits = ws101_core::Limits::default();
    // A message of one frame may be as long as any.
    let frame = limits.frame.max(message);
    Config { limits: ws101_core::Limits { frame, message, ..limits }, ..Config::default() }
}

/// The limits that the command line can set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of the longest message.
    pub(crate) message: u64,
    /// Bytes of the longest request head.
    pub(crate) head: usize,
    /// Connections at a time.
    pub(crate) connections: usize,
    /// Time for a request head to come whole.
    pub(crate) handshake: Duration,
    /// Time in which nothing comes or goes.
    pub(crate) idle: Duration,
    /// Time for the closing handshake, and again for the end of the TCP connection.
    pub(crate) close: Duration,
    /// Time in which a tap's page may take nothing.
    pub(crate) tap: Duration,
}
