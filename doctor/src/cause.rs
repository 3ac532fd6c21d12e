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
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Cause", 2)?;
        object.serialize_field("cause", self.name())?;
        object.serialize_field("sentence", self.sentence())?;
        object.end()
    }
}
