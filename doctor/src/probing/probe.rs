//! What is asked of a live server: the list from which the program's help, the pages and the tests are made.

use super::rules::{ProbeRule, Told};
use crate::DoctorRule;

/// Declares the probes, each with its name, its family, what it asks, and the rule that is broken where nothing more
/// exact is known of a wrong answer.
macro_rules! probes {
    ($($(#[$meta:meta])* $variant:ident { $name:literal, $family:ident, $table:ident::$rule:ident, $sentence:literal })+) => {
        /// One thing that is asked of a live server.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Probe {
            $($(#[$meta])* #[doc = $sentence] $variant),+
        }

        impl Probe {
            /// Every probe, in the order in which they are made.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// A stable name, in `kebab-case`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What it is about.
            #[must_use]
            pub const fn family(self) -> Family {
                match self { $(Self::$variant => Family::$family),+ }
            }

            /// What is done, in a sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence),+ }
            }

            /// What a server does wrong that does not answer as it should, where nothing more exact is known.
            pub(super) fn rule(self) -> Told {
                match self { $(Self::$variant => $table::$rule.into()),+ }
            }
        }
    };
}

/// What a probe is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Family {
    /// Opening handshakes that a server must accept, and the connection that comes of the first.
    Handshake,
    /// What a server must make of valid frames.
    Frames,
    /// Ping, Pong and Close.
    Control,
    /// Frames that a server must not accept.
    Invalid,
    /// Several clients, and how they leave.
    Company,
    /// Requests that a server must not answer with 101.
    Refusals,
}

impl Family {
    /// Every family.
    pub const ALL: &[Self] =
        &[Self::Handshake, Self::Frames, Self::Control, Self::Invalid, Self::Company, Self::Refusals];

    /// A stable name, in `kebab-case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handshake => "handshake",
            Self::Frames => "frames",
            Self::Control => "control",
            Self::Invalid => "invalid",
            Self::Company => "company",
            Self::Refusals => "refusals",
        }
    }
}

probes! {
    // The first are one conversation with two clients.
    Open { "open", Handshake, ProbeRule::DoesNotAnswer, "A client opens a connection as a browser does." }
    SecondClient { "second-client", Company, ProbeRule::SecondClientHangs, "A second client opens one while the first is there." }
    FirstStays { "first-stays", Company, ProbeRule::ReplacesAClient, "The first client's connection, once the second is open." }
    Text { "text", Frames, ProbeRule::EndsAtAText, "A text message of one frame; the answer shows whether the server echoes." }
    OthersGoOn { "others-go-on", Company, ProbeRule::StopsAtAMessage, "A third client opens a connection after the first has sent a message." }
    OneLeaves { "one-leaves", Company, ProbeRule::TakesOthersAlong, "The first client, after the second has closed its connection." }
    SecondAfterFirst { "second-after-first", Company, ProbeRule::SecondClientHangs, "The second client, if it was not answered, after the first has left." }
    NextClient { "next-client", Company, ProbeRule::EndsWithAClient, "A new client, after all others have left." }

    HeadBytewise { "head-bytewise", Handshake, ProbeRule::HeadReadOnce, "The request comes one byte at a time." }
    HeadFiveWrites { "head-five-writes", Handshake, ProbeRule::HeadReadOnce, "The request comes in five pieces, with pauses." }
    Head1024 { "head-1024", Handshake, ProbeRule::HeadCutAt1024, "Cookies before the key make the request longer than 1,024 bytes." }
    Head2048 { "head-2048", Handshake, ProbeRule::HeadCutAt2048, "Cookies before the key make the request longer than 2,048 bytes." }
    Head8000 { "head-8000", Handshake, ProbeRule::HeadCutAt8000, "Cookies before the key make the request longer than 8,000 bytes." }
    CookiesBehind { "cookies-behind", Handshake, ProbeRule::HeadCutAt1024, "Cookies behind the key make the request longer than 1,024 bytes." }
    NamesLower { "names-lower", Handshake, ProbeRule::CaseSensitiveFields, "The names of the request's fields are in lower case." }
    NoBlank { "no-blank", Handshake, ProbeRule::KeyNeedsBlank, "No blank stands between the fields' colons and their values." }
    Blanks { "blanks", Handshake, ProbeRule::KeyKeepsBlanks, "Two blanks stand before and behind each value of a field." }
    KeyDecoy { "key-decoy", Handshake, ProbeRule::KeyFoundAnywhere, "Another field, whose name ends like that of the key, stands before it." }
    ConnectionList { "connection-list", Handshake, ProbeRule::ConnectionNotAList, "The request has `Connection: keep-alive, Upgrade`, as Firefox writes it." }
    UpgradeCase { "upgrade-case", Handshake, ProbeRule::UpgradeCaseSensitive, "The request has `Upgrade: WebSocket`." }

    TwoFrames { "two-frames", Frames, ProbeRule::ReadsOneFrameARead, "Two messages come in one write." }
    CutHeader { "cut-header", Frames, ProbeRule::CutsFramesAtReads, "A frame comes in two writes, cut after its first byte." }
    CutKey { "cut-key", Frames, ProbeRule::CutsFramesAtReads, "A frame comes in two writes, cut in its masking-key." }
    CutPayload { "cut-payload", Frames, ProbeRule::CutsFramesAtReads, "A frame comes in two writes, cut in its payload." }
    FrameBytewise { "frame-bytewise", Frames, ProbeRule::CutsFramesAtReads, "A frame comes one byte at a time." }
    WithHead { "with-head", Frames, ProbeRule::DropsFramesWithHead, "A frame comes in the same write as the request." }
    Text125 { "text-125", Frames, ProbeRule::MessageWrong, "A text of 125 bytes, the longest with a length of 7 bits." }
    Text126 { "text-126", Frames, ProbeRule::MessageWrong, "A text of 126 bytes, the shortest with a length of 16 bits." }
    Text127 { "text-127", Frames, ProbeRule::MessageWrong, "A text of 127 bytes." }
    Text65535 { "text-65535", Frames, ProbeRule::MessageWrong, "A text of 65,535 bytes, the longest with a length of 16 bits." }
    Text65536 { "text-65536", Frames, ProbeRule::MessageWrong, "A text of 65,536 bytes, the shortest with a length of 64 bits." }
    Large { "large", Frames, ProbeRule::WritesOnce, "A text of 5 MiB, whose echo is read late." }
    Han126 { "han-126", Frames, ProbeRule::MessageWrong, "42 times 你: 126 bytes of UTF-8 and 42 characters." }
    Binary { "binary", Frames, ProbeRule::BinaryWrong, "A binary message of bytes that are no UTF-8." }
    EmptyText { "empty-text", Frames, ProbeRule::EmptyTextLost, "An empty text message." }
    TextBlanks { "text-blanks", Frames, ProbeRule::TextTrimmed, "A text that begins and ends in blanks." }
    MaskedBlank { "masked-blank", Frames, ProbeRule::ReadTrimmed, "A frame whose last byte on the wire is a blank." }
    Fragments { "fragments", Frames, ProbeRule::FragmentsWrong, "A text message in three fragments." }
    PingBetween { "ping-between", Frames, ProbeRule::FragmentsWrong, "A Ping between two fragments of a text message." }

    PingEmpty { "ping-empty", Control, DoctorRule::PingUnanswered, "A Ping without payload." }
    Ping { "ping", Control, DoctorRule::PingUnanswered, "A Ping with a payload." }
    Ping125 { "ping-125", Control, DoctorRule::PingUnanswered, "A Ping with 125 bytes, the most that it may have." }
    Pong { "pong", Control, ProbeRule::PongNotIgnored, "A Pong that nobody asked for." }
    Close { "close", Control, DoctorRule::CloseUnanswered, "A Close with status code 1000." }
    CloseEmpty { "close-empty", Control, DoctorRule::CloseUnanswered, "A Close without a body." }
    CloseReason { "close-reason", Control, DoctorRule::CloseUnanswered, "A Close with status code 4000 and a reason." }

    Unmasked { "unmasked", Invalid, ProbeRule::TakesUnmasked, "A frame that is not masked." }
    ReservedBits { "reserved-bits", Invalid, ProbeRule::TakesReservedBits, "A frame with RSV1 where no extension was agreed on." }
    ReservedOpcode { "reserved-opcode", Invalid, ProbeRule::TakesReservedOpcode, "A frame with opcode 3." }
    LongPing { "long-ping", Invalid, ProbeRule::TakesLongControl, "A Ping of 126 bytes." }
    FragmentedPing { "fragmented-ping", Invalid, ProbeRule::TakesFragmentedControl, "A Ping with FIN 0." }
    InvalidUtf8 { "invalid-utf8", Invalid, ProbeRule::TakesInvalidUtf8, "A text message that is not UTF-8." }
    NestedMessage { "nested-message", Invalid, ProbeRule::TakesNestedMessage, "A new message begins before the last fragment of another." }
    StrayContinuation { "stray-continuation", Invalid, ProbeRule::TakesStrayContinuation, "A continuation where no message is under way." }
    LongLength { "long-length", Invalid, ProbeRule::TakesLongLength, "A length of 16 bits where 7 would do." }
    CloseOneByte { "close-one-byte", Invalid, ProbeRule::TakesBadClose, "A Close with a body of one byte." }
    CloseBadCode { "close-bad-code", Invalid, ProbeRule::TakesBadClose, "A Close with status code 1005, which is never sent." }

    SilentClient { "silent-client", Company, ProbeRule::BlockedBySilentClient, "A client opens a connection after another has connected and said nothing." }
    HalfHead { "half-head", Company, ProbeRule::BlockedBySilentClient, "A client opens a connection after another has sent half of its request." }
    LeavesMidHead { "leaves-mid-head", Company, ProbeRule::DiesOfADeparture, "A client leaves in the middle of its request." }
    LeavesFin { "leaves-fin", Company, ProbeRule::DiesOfADeparture, "A client ends its TCP connection without a Close." }
    LeavesMidFrame { "leaves-mid-frame", Company, ProbeRule::DiesOfADeparture, "A client leaves in the middle of a frame." }
    LeavesReset { "leaves-reset", Company, ProbeRule::DiesOfAReset, "A client resets its TCP connection." }
    HugeLength { "huge-length", Invalid, ProbeRule::DiesOfAFrame, "A frame that announces 2^62 bytes, and none of them; then a new client." }

    NoUpgrade { "no-upgrade", Refusals, ProbeRule::UpgradeUnchecked, "A request with a key and without `Upgrade: websocket`." }
    OtherVersion { "other-version", Refusals, ProbeRule::VersionUnchecked, "A request with `Sec-WebSocket-Version: 12`." }
    ShortKey { "short-key", Refusals, ProbeRule::KeyUnchecked, "A request whose key is 15 bytes in base64." }
    NoHost { "no-host", Refusals, ProbeRule::HostUnchecked, "A request without Host." }
    Post { "post", Refusals, ProbeRule::MethodUnchecked, "A POST instead of a GET." }
    ForeignOrigin { "foreign-origin", Refusals, ProbeRule::OriginUnchecked, "A request of a page of another site." }
    NoKey { "no-key", Refusals, ProbeRule::KeyUnchecked, "A request without a key." }
    PlainGet { "plain-get", Refusals, ProbeRule::UpgradeUnchecked, "A GET as a browser sends it for a page." }

    StillThere { "still-there", Company, ProbeRule::DiesOfAFrame, "A new client, after all that." }
}
