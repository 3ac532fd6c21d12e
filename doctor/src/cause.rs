//! What usually leads to a broken rule, in words that are said once.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Declares the causes, each with its name and its sentence.
macro_rules! causes {
    ($($(#[$meta:meta])* $variant:ident { $name:literal, $sentence:literal })+) => {
        /// Something that leads to a broken rule: a usual mistake, or what the bytes prove to have happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$meta])* #[doc = $sentence] $variant),+
        }

        impl Cause {
            /// Every cause, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// A stable name for programs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What happened, in a sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence),+ }
            }
        }
    };
}

causes! {
    AcceptOfDecodedKey { "ACCEPT_OF_DECODED_KEY", "The server decoded the key from base64 before it hashed it; the key is hashed as it was written." }

    // What servers do that only `probing` can show.
    KeyPatternCase { "KEY_PATTERN_CASE", "The key is searched for by a pattern that tells upper from lower case, as `/Sec-WebSocket-Key: (.*)\\r\\n/` does." }
    KeyPatternOneBlank { "KEY_PATTERN_ONE_BLANK", "The key is searched for by a pattern that wants exactly one blank behind the colon." }
    KeyPatternKeepsBlanks { "KEY_PATTERN_KEEPS_BLANKS", "The key is searched for by a pattern that takes everything up to the end of the line, `(.*)`, blanks too." }
    KeyPatternAnywhere { "KEY_PATTERN_ANYWHERE", "The key is searched for by a pattern that matches in the middle of a line." }
    RequestUnchecked { "REQUEST_UNCHECKED", "The code computes an accept value and answers, without looking at anything else in the request." }
    ReadOf1024 { "READ_OF_1024", "The request is read by one call that takes 1,024 bytes at most, as `socket_read($socket, 1024)` does." }
    ReadOf2048 { "READ_OF_2048", "The request is read by one call that takes 2,048 bytes at most." }
    ReadOfKilobytes { "READ_OF_KILOBYTES", "The request is read by one call that takes some thousand bytes at most." }
    ReadOnce { "READ_ONCE", "The request is taken from the first read or the first `data` event alone." }
    SelectOverwritesList { "SELECT_OVERWRITES_LIST", "The list of all sockets is given to `socket_select`, which leaves in it only those that are ready: the listener is lost." }
    ListenerRemadeInLoop { "LISTENER_REMADE_IN_LOOP", "The listening socket is made anew in the loop; the second `socket_bind` fails unseen, and the new one listens on a random port." }
    OneClientAtATime { "ONE_CLIENT_AT_A_TIME", "The server accepts a client, serves it to its end, and only then accepts the next." }
    OneHandshakeFlag { "ONE_HANDSHAKE_FLAG", "One variable of the server says whether the handshake is done, for all clients together." }
    ClientsByAddress { "CLIENTS_BY_ADDRESS", "Clients are kept under their IP address, as in `$clients[$ip] = $socket`." }
    WaitsForTerminal { "WAITS_FOR_TERMINAL", "For each message the server waits for something else: a line from the terminal, a slow query, a `sleep`." }
    ReturnsAtZeroBytes { "RETURNS_AT_ZERO_BYTES", "The loop is left where a read brings nothing, as in `if ($bytes == 0) return;`, or an error there is not caught." }
    NoErrorListener { "NO_ERROR_LISTENER", "A socket has no listener for `error`: in Node a reset then ends the process." }
    MatchUnchecked { "MATCH_UNCHECKED", "The result of a search is used without looking whether there was one, as in `head.match(…)[1]`." }
    ReadsUntilItComes { "READS_UNTIL_IT_COMES", "After a client is accepted its request is read by a call that waits for it, in the loop that serves all." }
    LengthAssigned { "LENGTH_ASSIGNED", "The length is assigned where it should be compared: `if ($len = 126)`." }
    LengthUnused { "LENGTH_UNUSED", "The length is read only to find the masking-key; the payload is all that follows." }
    FrameARead { "FRAME_A_READ", "What one read or one `data` event brings is decoded as if it were exactly one frame." }
    ByteBeyondRead { "BYTE_BEYOND_READ", "The second byte is used without looking whether it has come, as in `$buffer[1]`." }
    BytesBehindHeadDropped { "BYTES_BEHIND_HEAD_DROPPED", "What was read together with the request is thrown away once the request is answered." }
    StrSplit125 { "STR_SPLIT_125", "The payload is cut by `str_split($s, 125)`, and each piece is sent as a message of its own." }
    TrimOfMessage { "TRIM_OF_MESSAGE", "The payload passes through `trim()`." }
    TrimOfRead { "TRIM_OF_READ", "What the socket brings passes through `trim()` before the frame is decoded." }
    AlwaysText { "ALWAYS_TEXT", "Every answer is written with first byte 0x81." }
    FinIgnored { "FIN_IGNORED", "The code never looks at the highest bit of a frame's first byte." }
    OpcodeIgnored { "OPCODE_IGNORED", "The code never looks at the opcode." }
    MaskOptional { "MASK_OPTIONAL", "A frame whose mask bit is 0 is taken as it is." }
    MaskIgnored { "MASK_IGNORED", "The code never looks at the highest bit of a frame's second byte." }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Cause", 2)?;
        object.serialize_field("cause", self.name())?;
        object.serialize_field("sentence", self.sentence())?;
        object.end()
    }
}
