//! What a caller decides about a connection before it begins.

use core::time::Duration;

use crate::FrameDecoder;

/// How a connection behaves. All of it has a default:
///
/// ```
/// use ws101_core::{Config, Connection, Delivery, Limits};
/// let limits = Limits { message: 64 << 10, ..Limits::default() };
/// let server = Connection::server(Config { limits, delivery: Delivery::Parts, ..Config::default() });
/// # let _ = server;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// How much is taken and held.
    pub limits: Limits,
    /// Whether messages come whole.
    pub delivery: Delivery,
    /// Who answers pings (§5.5.2).
    pub pongs: Answering,
    /// Who answers the other end's Close (§5.5.1).
    pub closes: Answering,
    /// Whether and when to ask if the other end is still there; `None` unless set. See
    /// [`Connection::tick`](crate::Connection::tick).
    pub keep_alive: Option<KeepAlive>,
    /// How long the other end may take to answer our Close, and then, when we are the client, to close the transport.
    /// 5 seconds unless set; it counts only for those who call [`Connection::tick`](crate::Connection::tick).
    pub close_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            delivery: Delivery::Messages,
            pongs: Answering::Automatic,
            closes: Answering::Automatic,
            keep_alive: None,
            close_timeout: Duration::from_secs(5),
        }
    }
}

/// How much a connection takes and holds (§10.4). The limit on a head is [`HeadReader`](crate::HeadReader)'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the longest frame that is taken, judged by its announced length. A frame itself costs no memory; the
    /// limit matters where a message's own does not count its bytes, in compressed messages. 16 MiB unless set.
    pub frame: u64,
    /// Bytes of the longest message that is taken: all its fragments together, and after decompression. A message that
    /// does not lie whole in one read is held in memory until it is complete, unless [`Delivery::Parts`] is asked for.
    /// 16 MiB unless set.
    pub message: u64,
    /// Bytes that may wait to be written before [`Connection::receive`](crate::Connection::receive) stops and `send_*`
    /// gives back what it was given; one frame may go beyond it. Held in memory until written. 1 MiB unless set.
    pub outgoing: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            frame: FrameDecoder::DEFAULT_PAYLOAD_LIMIT,
            message: FrameDecoder::DEFAULT_PAYLOAD_LIMIT,
            outgoing: 1 << 20,
        }
    }
}

/// How messages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// Whole, as [`Event::Text`](crate::Event::Text) and [`Event::Binary`](crate::Event::Binary).
    Messages,
    /// In parts as they arrive, as [`Event::Part`](crate::Event::Part): nothing is held, however long a message is.
    Parts,
}

/// Who answers what the protocol wants answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answering {
    /// The connection, at once.
    Automatic,
    /// The caller: by [`Connection::pong`](crate::Connection::pong), by
    /// [`Connection::close`](crate::Connection::close).
    ByCaller,
}

/// When to ask whether the other end is still there, and when to give it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeepAlive {
    /// After how long a silence a ping is sent.
    pub interval: Duration,
    /// How long the silence may go on after the ping.
    pub patience: Duration,
}
