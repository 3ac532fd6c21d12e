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
    // Of a wrong `Sec-WebSocket-Accept`: `accept`.
    AcceptOfDecodedKey { "ACCEPT_OF_DECODED_KEY", "The server decoded the key from base64 before it hashed it; the key is hashed as it was written." }
    AcceptOfNoKey { "ACCEPT_OF_NO_KEY", "The server did not find the key and hashed the GUID alone." }
    AcceptOfPlaceholder { "ACCEPT_OF_PLACEHOLDER", "The server did not find the key and hashed the word that its language writes for nothing, such as `undefined` or `null`." }
    AcceptOfSampleKey { "ACCEPT_OF_SAMPLE_KEY", "The server answers the key of the RFC's example, whatever key the request has." }
    AcceptKeyWithLineEnd { "ACCEPT_KEY_WITH_LINE_END", "The server hashed the key together with the CR or LF at the end of its line." }
    AcceptKeyWithBlank { "ACCEPT_KEY_WITH_BLANK", "The server hashed the key together with a blank before or behind it." }
    AcceptKeyWithQuotes { "ACCEPT_KEY_WITH_QUOTES", "The server hashed the key together with quotation marks or brackets that it put around it." }
    AcceptKeyWithName { "ACCEPT_KEY_WITH_NAME", "The server hashed the whole line, the field's name and its colon too, and not the key alone." }
    AcceptKeyWithNul { "ACCEPT_KEY_WITH_NUL", "The server hashed the key together with the zero byte that ends a C string." }
    AcceptKeyCut { "ACCEPT_KEY_CUT", "The server lost characters of the key, at its beginning or its end, before it hashed it." }
    AcceptKeyCase { "ACCEPT_KEY_CASE", "The server changed the case of the key before it hashed it; base64 tells upper case from lower." }
    AcceptKeyUnescaped { "ACCEPT_KEY_UNESCAPED", "The server read the key as a part of a URL: `+` became a blank, or characters became `%` and digits." }
    AcceptKeyEncoded { "ACCEPT_KEY_ENCODED", "The server encoded the key once more before it hashed it; the key is hashed as it was written." }
    AcceptWithoutGuid { "ACCEPT_WITHOUT_GUID", "The server hashed the key alone, without the GUID." }
    AcceptGuidCase { "ACCEPT_GUID_CASE", "The GUID in the server's code has lower-case letters; it is in upper case." }
    AcceptGuidTypo { "ACCEPT_GUID_TYPO", "The GUID in the server's code is mistyped: a character is wrong, missing, added or swapped with the next." }
    AcceptGuidBlank { "ACCEPT_GUID_BLANK", "The GUID in the server's code has a blank in it, before it or behind it." }
    AcceptGuidLineEnd { "ACCEPT_GUID_LINE_END", "The server hashed a line end, or a zero byte that ends a C string, behind the GUID." }
    AcceptGuidWithoutDashes { "ACCEPT_GUID_WITHOUT_DASHES", "The GUID in the server's code lacks its dashes." }
    AcceptGuidWithBraces { "ACCEPT_GUID_WITH_BRACES", "The GUID in the server's code has braces or quotation marks around it." }
    AcceptGuidAsBytes { "ACCEPT_GUID_AS_BYTES", "The server hashed the sixteen bytes that the GUID stands for; its 36 characters are what is hashed." }
    AcceptGuidTwice { "ACCEPT_GUID_TWICE", "The server appended the GUID twice." }
    AcceptGuidFirst { "ACCEPT_GUID_FIRST", "The server hashed the GUID and then the key; the key comes first." }
    AcceptSeparated { "ACCEPT_SEPARATED", "The server put something between the key and the GUID; nothing stands there." }
    AcceptOfUtf16 { "ACCEPT_OF_UTF16", "The server hashed the characters as UTF-16, two bytes each; they are one byte each." }
    AcceptOfOtherCase { "ACCEPT_OF_OTHER_CASE", "The server changed the case of key and GUID before it hashed them." }
    AcceptOfEncodedText { "ACCEPT_OF_ENCODED_TEXT", "The server encoded key and GUID before it hashed them; what is hashed is the text itself." }
    AcceptHashedTwice { "ACCEPT_HASHED_TWICE", "The server hashed twice." }
    AcceptHmac { "ACCEPT_HMAC", "The server made an HMAC with key and GUID; a plain SHA-1 of the two is asked for." }
    AcceptOtherHash { "ACCEPT_OTHER_HASH", "The server used another hash function than SHA-1." }
    AcceptOfHexDigest { "ACCEPT_OF_HEX_DIGEST", "The server encoded the hex digits of the digest in base64; the digest's twenty bytes are to be encoded." }
    AcceptDigestAsText { "ACCEPT_DIGEST_AS_TEXT", "The server turned the digest's bytes into text, and encoded that text's bytes in base64." }
    AcceptDigestNibbles { "ACCEPT_DIGEST_NIBBLES", "The server swapped the two digits of each byte when it read the digest from hex (in PHP, `pack` with `h*` for `H*`)." }
    AcceptDigestByteOrder { "ACCEPT_DIGEST_BYTE_ORDER", "The server wrote the digest's words in the wrong byte order; SHA-1 gives the highest byte first." }
    AcceptDigestLength { "ACCEPT_DIGEST_LENGTH", "The server encoded too few or too many of the digest's bytes: it took the digest for a string that a zero byte ends, or gave the wrong length." }
    AcceptNotInBase64 { "ACCEPT_NOT_IN_BASE64", "The server sent the digest in hex or as bare bytes, not in base64." }
    AcceptEncodedTwice { "ACCEPT_ENCODED_TWICE", "The server encoded the digest in base64 twice." }
    AcceptLowerCased { "ACCEPT_LOWER_CASED", "The server, or something between, put the value into lower case; base64 tells upper case from lower." }
    AcceptUpperCased { "ACCEPT_UPPER_CASED", "The server, or something between, put the value into upper case; base64 tells upper case from lower." }
    AcceptWithoutPadding { "ACCEPT_WITHOUT_PADDING", "The server left out the `=` at the end of the value." }
    AcceptUrlSafe { "ACCEPT_URL_SAFE", "The server used the alphabet of base64 for URLs, with `-` and `_` for `+` and `/`." }
    AcceptQuoted { "ACCEPT_QUOTED", "The server sent the value as a program writes a string: with quotation marks, or as Python's `b'…'`." }
    AcceptEscaped { "ACCEPT_ESCAPED", "The server sent the value as a part of a URL: with `%` and digits, or with a blank where a `+` was." }
    AcceptEchoesKey { "ACCEPT_ECHOES_KEY", "The server sent the key back as it came, without hashing it." }
    AcceptOfAnotherKey { "ACCEPT_OF_ANOTHER_KEY", "The value is the right answer to another key: the server answered another request, or something between made a handshake of its own and passed on only half of it." }
    AcceptOfUnknownKey { "ACCEPT_OF_UNKNOWN_KEY", "The value has the right form, twenty bytes in base64, and no known mistake makes it from this key: either it answers another key, so that something between made a handshake of its own, or the server hashed something else." }
    AcceptMalformed { "ACCEPT_MALFORMED", "The value has not even the right form, which is 28 characters of base64 that stand for twenty bytes: the server did not compute it from a SHA-1." }

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
