//! The kinds of field, and their words.

/// What is said of a kind of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldText {
    /// A stable name for programs, in `kebab-case`.
    pub key: &'static str,
    /// The name that the RFC gives it.
    pub name: &'static str,
    /// Where it is defined.
    pub section: &'static str,
    /// What it is, in a sentence.
    pub sentence: &'static str,
}

macro_rules! kinds {
    ($($variant:ident { $key:literal, $name:literal, $section:literal, $sentence:literal })+) => {
        /// What a labelled range is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum FieldKind {
            $(#[doc = concat!($name, ": ", $sentence, " (", $section, ")")] $variant),+
        }

        impl FieldKind {
            /// Every kind, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its words.
            #[must_use]
            pub const fn text(self) -> FieldText {
                match self {
                    $(Self::$variant => FieldText {
                        key: $key,
                        name: $name,
                        section: $section,
                        sentence: $sentence,
                    }),+
                }
            }

            /// Its place in [`ALL`](Self::ALL), for callers that keep the words elsewhere.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }
        }
    };
}

kinds! {
    Frame { "frame", "Frame", "RFC 6455 §5.2", "A header of 2 to 14 bytes and the payload that it announces." }
    Fin { "fin", "FIN", "RFC 6455 §5.2", "1: the message ends with this frame; 0: more fragments follow." }
    Rsv1 { "rsv1", "RSV1", "RFC 6455 §5.2", "Reserved for extensions; with permessage-deflate, 1 marks a compressed message." }
    Rsv2 { "rsv2", "RSV2", "RFC 6455 §5.2", "Reserved for extensions; 0 unless one was agreed on." }
    Rsv3 { "rsv3", "RSV3", "RFC 6455 §5.2", "Reserved for extensions; 0 unless one was agreed on." }
    Opcode { "opcode", "Opcode", "RFC 6455 §5.2", "What the frame is: 0 continuation, 1 text, 2 binary, 8 Close, 9 Ping, 10 Pong." }
    Mask { "mask", "Mask", "RFC 6455 §5.2", "1: the payload is masked and a masking-key follows. Every client frame is; no server frame is." }
    PayloadLength { "payload-length", "Payload length", "RFC 6455 §5.2", "0 to 125: the payload's bytes; 126: the next 16 bits say; 127: the next 64 bits say." }
    ExtendedPayloadLength { "extended-payload-length", "Extended payload length", "RFC 6455 §5.2", "The payload's bytes, highest byte first." }
    MaskingKey { "masking-key", "Masking-key", "RFC 6455 §5.3", "Four random bytes, new for each frame; payload byte i is XORed with key byte i mod 4." }
    PayloadData { "payload-data", "Payload data", "RFC 6455 §5.2", "Extension data, if an extension was agreed on, and application data." }
    CloseStatusCode { "close-status-code", "Status code", "RFC 6455 §7.4", "Why the connection is closed, in two bytes." }
    CloseReason { "close-reason", "Reason", "RFC 6455 §5.5.1", "Why, in UTF-8 text; meant for programs and logs rather than people." }
    RequestLine { "request-line", "Request line", "RFC 9112 §3", "What is asked for." }
    StatusLine { "status-line", "Status line", "RFC 9112 §4", "How the server answers." }
    Method { "method", "Method", "RFC 6455 §4.1", "GET: a handshake is a request for a resource that asks to switch protocols." }
    RequestTarget { "request-target", "Request-target", "RFC 6455 §4.1", "The path and the query of the WebSocket URL." }
    HttpVersion { "http-version", "HTTP version", "RFC 6455 §4.1", "HTTP/1.1: switching protocols came with it." }
    StatusCode { "status-code", "Status code", "RFC 6455 §4.2.2", "101 switches to WebSocket; any other is an answer in HTTP." }
    ReasonPhrase { "reason-phrase", "Reason phrase", "RFC 9112 §4", "Words for people; programs ignore them." }
    FieldLine { "field-line", "Field line", "RFC 9112 §5", "A field: its name, a colon, its value." }
    FieldName { "field-name", "Field name", "RFC 9110 §5.1", "In upper or lower case alike." }
    Colon { "colon", "Colon", "RFC 9112 §5", "Follows the name without a blank." }
    FieldValue { "field-value", "Field value", "RFC 9110 §5.5", "Without the blanks around it." }
    Whitespace { "whitespace", "Blank", "RFC 9110 §5.6.3", "Blanks and tabs that belong to nothing." }
    LineEnd { "line-end", "End of line", "RFC 9112 §2.2", "CR LF." }
    EndOfHead { "end-of-head", "Empty line", "RFC 9112 §2.1", "Ends the head; what follows a 101 are frames." }
}
