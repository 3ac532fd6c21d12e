//! What an end decides for itself.

/// How much work the compressor does: 0, which only stores, to 9, which searches longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Level(u8);

/// What an end decides for itself, whatever was agreed on.
///
/// ```
/// use ws101_core::deflate::{IdleMemory, Level, Options};
/// let options = Options { level: Level::FASTEST, idle_memory: IdleMemory::Freed, ..Options::default() };
/// assert_eq!(options.threshold, 64);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Options {
    /// The level of compression; [`Level::DEFAULT`].
    pub level: Level,
    /// Messages of fewer bytes are sent as they are, where their length is known when they begin; 64. A compressor is
    /// made for the first message that is not below it.
    pub threshold: usize,
    /// Begin each message that is sent with an empty window even if the agreement lets it be taken over. What was agreed
    /// on for the other end is not changed by it.
    pub no_context_takeover: bool,
    /// What becomes of the memory between messages; [`IdleMemory::Kept`].
    pub idle_memory: IdleMemory,
}

/// What becomes, between messages, of the memory of a direction whose context is not taken over. Where it is taken over,
/// the memory is the context, and stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum IdleMemory {
    /// It serves the next message.
    #[default]
    Kept,
    /// It is given back, and allocated anew for the next message.
    Freed,
}

impl Level {
    /// 0: everything is stored, nothing is made smaller.
    pub const STORED: Self = Self(0);
    /// 1.
    pub const FASTEST: Self = Self(1);
    /// 6.
    pub const DEFAULT: Self = Self(6);
    /// 9.
    pub const BEST: Self = Self(9);

    /// 0 to 9; `None` above.
    #[must_use]
    pub const fn new(level: u8) -> Option<Self> {
        if level <= Self::BEST.0 { Some(Self(level)) } else { None }
    }

    /// As a number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// [`DEFAULT`](Self::DEFAULT).
impl Default for Level {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { level: Level::DEFAULT, threshold: 64, no_context_takeover: false, idle_memory: IdleMemory::Kept }
    }
}
