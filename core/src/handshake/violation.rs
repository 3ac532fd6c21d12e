//! The rules of the opening handshake that a peer can break.

use core::fmt;

use crate::rules::rules;
use crate::{HeadTooLong, Span};

rules! {
    /// A rule of the opening handshake that the peer broke.
    pub enum HandshakeViolation from 0 {
        HeadTooLong { "HEAD_TOO_LONG", "RFC 9110 §5.4", "The head is longer than the limit.", "Send fewer or shorter fields (cookies, most often), or raise the limit." }
        HeadIncomplete { "HEAD_INCOMPLETE", "RFC 9112 §2.1", "The head ends before its empty line.", "End the head with one empty line: CR LF CR LF." }
        BareLf { "HEAD_BARE_LF", "RFC 9112 §2.2", "A line ends in LF alone.", "End every line with CR LF." }
        BareCr { "HEAD_BARE_CR", "RFC 9112 §2.2", "A CR stands in a line without the LF after it.", "End every line with CR LF, and take CR out of the values." }
        FieldFolded { "FIELD_FOLDED", "RFC 9112 §5.2", "A line begins with a blank: a field folded over two lines, or a stray blank.", "Write each field on one line." }
        FieldWithoutColon { "FIELD_WITHOUT_COLON", "RFC 9112 §5", "A field line has no colon.", "Write each field as `name: value`." }
        BlankBeforeColon { "FIELD_BLANK_BEFORE_COLON", "RFC 9112 §5.1", "A blank stands between a field's name and its colon.", "Write the colon right after the name." }
        FieldName { "FIELD_NAME_INVALID", "RFC 9110 §5.1", "A field's name is empty or holds a character that no name may hold.", "Use letters, digits and ``!#$%&'*+-.^_`|~``." }
        FieldValue { "FIELD_VALUE_INVALID", "RFC 9110 §5.5", "A field's value holds a control character.", "Take out every byte below 0x20 and 0x7f." }

        RequestLine { "REQUEST_LINE_INVALID", "RFC 9112 §3", "The request line is not `method SP request-target SP HTTP-version`.", "Begin with `GET /path HTTP/1.1`, single blanks between the parts." }
        MethodNotGet { "REQUEST_METHOD_NOT_GET", "RFC 6455 §4.1", "The method is not GET.", "Send GET, in upper case." }
        RequestVersion { "REQUEST_HTTP_VERSION", "RFC 6455 §4.1", "The HTTP version is below 1.1.", "Send HTTP/1.1; behind nginx, set `proxy_http_version 1.1`." }
        RequestTarget { "REQUEST_TARGET_INVALID", "RFC 6455 §4.1", "The request-target is neither a path that begins with `/` nor an absolute URI, or holds a `#` or another character that no URI may hold.", "Send the path and the query of the URL, percent-encoded, without the fragment." }
        HostMissing { "REQUEST_HOST_MISSING", "RFC 6455 §4.2.1", "There is no Host field.", "Send `Host: authority`, with the port where it is not the scheme's own." }
        HostDuplicate { "REQUEST_HOST_DUPLICATE", "RFC 9112 §3.2", "Host appears more than once.", "Send it once." }
        HostInvalid { "REQUEST_HOST_INVALID", "RFC 9110 §7.2", "The Host field is not `name` or `name:port`.", "Send a host name or an address, IPv6 in brackets, and a port in digits." }
        UpgradeMissing { "REQUEST_UPGRADE_MISSING", "RFC 6455 §4.2.1", "There is no Upgrade field.", "Send `Upgrade: websocket`; behind a proxy, have it pass the field on." }
        UpgradeNotWebsocket { "REQUEST_UPGRADE_NOT_WEBSOCKET", "RFC 6455 §4.2.1", "The Upgrade field does not name websocket.", "Send `Upgrade: websocket`." }
        ConnectionMissing { "REQUEST_CONNECTION_MISSING", "RFC 6455 §4.2.1", "There is no Connection field.", "Send `Connection: Upgrade`; behind a proxy, have it pass the field on." }
        ConnectionNotUpgrade { "REQUEST_CONNECTION_NOT_UPGRADE", "RFC 6455 §4.2.1", "The Connection field does not name Upgrade.", "Send `Connection: Upgrade`, alone or in a list." }
        KeyMissing { "REQUEST_KEY_MISSING", "RFC 6455 §4.2.1", "There is no Sec-WebSocket-Key field.", "Send sixteen random bytes in base64." }
        KeyDuplicate { "REQUEST_KEY_DUPLICATE", "RFC 6455 §11.3.1", "Sec-WebSocket-Key appears more than once.", "Send it once." }
        KeyInvalid { "REQUEST_KEY_INVALID", "RFC 6455 §4.2.1", "Sec-WebSocket-Key is not sixteen bytes in base64.", "Send 24 characters that end in `==`: the base64 form of sixteen random bytes." }
        VersionMissing { "REQUEST_VERSION_MISSING", "RFC 6455 §4.2.1", "There is no Sec-WebSocket-Version field.", "Send `Sec-WebSocket-Version: 13`." }
        VersionDuplicate { "REQUEST_VERSION_DUPLICATE", "RFC 6455 §11.3.5", "Sec-WebSocket-Version appears more than once in a request.", "Send it once." }
        VersionUnsupported { "REQUEST_VERSION_UNSUPPORTED", "RFC 6455 §4.2.2", "Sec-WebSocket-Version is not 13.", "Send `Sec-WebSocket-Version: 13`; earlier numbers are drafts." }
        OriginDuplicate { "REQUEST_ORIGIN_DUPLICATE", "RFC 6454 §7.3", "Origin appears more than once.", "Send it once." }
        OriginInvalid { "REQUEST_ORIGIN_INVALID", "RFC 6454 §7.1", "The Origin field is not an origin.", "Send `scheme://host` with the port where it is not the scheme's own, or `null`." }
        OriginRefused { "REQUEST_ORIGIN_REFUSED", "RFC 6455 §4.2.2", "This server does not take requests from this origin.", "Open the page from an origin that the server allows, or allow this one in the server." }
        RequestProtocol { "REQUEST_PROTOCOL_INVALID", "RFC 6455 §4.1", "Sec-WebSocket-Protocol is not a list of tokens.", "Separate the names by commas; take blanks and other separators out of them." }
        RequestProtocolDuplicate { "REQUEST_PROTOCOL_DUPLICATE", "RFC 6455 §4.1", "Sec-WebSocket-Protocol names the same subprotocol twice.", "Name each subprotocol once." }
        RequestProtocolTooMany { "REQUEST_PROTOCOL_TOO_MANY", "RFC 6455 §10.4", "Sec-WebSocket-Protocol names more than 128 subprotocols.", "Offer those that the client really speaks." }
        RequestExtensions { "REQUEST_EXTENSIONS_INVALID", "RFC 6455 §9.1", "Sec-WebSocket-Extensions breaks the field's grammar.", "Write `name; parameter=value, other-name`; a quoted value must be a token too." }
        RequestBody { "REQUEST_BODY", "RFC 6455 §4.1", "The request announces a body, which a handshake does not have: what follows would be read both as body and as frames.", "Send neither Transfer-Encoding nor a Content-Length other than 0." }

        StatusLine { "RESPONSE_STATUS_LINE_INVALID", "RFC 9112 §4", "The status line is not `HTTP-version SP status-code SP reason-phrase`.", "Answer `HTTP/1.1 101 Switching Protocols`." }
        ResponseVersion { "RESPONSE_HTTP_VERSION", "RFC 6455 §4.2.2", "The response is not HTTP/1.1.", "Answer with HTTP/1.1; an upgrade does not exist in HTTP/1.0." }
        ResponseInterim { "RESPONSE_INTERIM", "RFC 9110 §15.2", "The response is an interim one (1xx); the final one follows.", "Read the next head; a server had better not send this to a WebSocket client." }
        NotSwitchingProtocols { "RESPONSE_NOT_101", "RFC 6455 §4.1", "The status code is not 101.", "Read the response: the server, or something before it, answered as HTTP and did not switch." }
        ResponseUpgradeMissing { "RESPONSE_UPGRADE_MISSING", "RFC 6455 §4.1", "There is no Upgrade field.", "Answer `Upgrade: websocket`." }
        ResponseUpgradeNotWebsocket { "RESPONSE_UPGRADE_NOT_WEBSOCKET", "RFC 6455 §4.1", "The Upgrade field is not `websocket`.", "Answer `Upgrade: websocket`, once and with nothing beside it." }
        ResponseConnectionMissing { "RESPONSE_CONNECTION_MISSING", "RFC 6455 §4.1", "There is no Connection field.", "Answer `Connection: Upgrade`." }
        ResponseConnectionNotUpgrade { "RESPONSE_CONNECTION_NOT_UPGRADE", "RFC 6455 §4.1", "The Connection field does not name Upgrade.", "Answer `Connection: Upgrade`." }
        AcceptMissing { "RESPONSE_ACCEPT_MISSING", "RFC 6455 §4.1", "There is no Sec-WebSocket-Accept field.", "Answer with the base64 form of the SHA-1 of the key and the GUID." }
        AcceptDuplicate { "RESPONSE_ACCEPT_DUPLICATE", "RFC 6455 §11.3.3", "Sec-WebSocket-Accept appears more than once.", "Send it once: the library or the application, not both." }
        AcceptWrong { "RESPONSE_ACCEPT_WRONG", "RFC 6455 §4.1", "Sec-WebSocket-Accept does not answer the key that was sent.", "Hash the key as it was written, then `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, with SHA-1; encode the twenty bytes, not their hex digits, in base64." }
        ResponseProtocolNotOffered { "RESPONSE_PROTOCOL_NOT_OFFERED", "RFC 6455 §4.1", "Sec-WebSocket-Protocol names a subprotocol that was not offered.", "Answer with one of the names that the request offered, letter for letter, or leave the field out." }
        ResponseProtocolDuplicate { "RESPONSE_PROTOCOL_DUPLICATE", "RFC 6455 §11.3.4", "Sec-WebSocket-Protocol appears more than once.", "Send it once." }
        ResponseExtensions { "RESPONSE_EXTENSIONS_INVALID", "RFC 6455 §9.1", "Sec-WebSocket-Extensions breaks the field's grammar.", "Write `name; parameter=value`, or leave the field out." }
        ExtensionNotOffered { "RESPONSE_EXTENSION_NOT_OFFERED", "RFC 6455 §4.1", "Sec-WebSocket-Extensions names an extension that was not offered.", "Answer only with extensions that the request offered." }
        DeflateDuplicate { "RESPONSE_DEFLATE_DUPLICATE", "RFC 7692 §7", "The answer names permessage-deflate twice.", "Accept one of the offers, once." }
        DeflateParameterUnknown { "RESPONSE_DEFLATE_PARAMETER_UNKNOWN", "RFC 7692 §7", "The answer gives permessage-deflate a parameter that it does not have.", "Use `server_no_context_takeover`, `client_no_context_takeover`, `server_max_window_bits` and `client_max_window_bits`, in lower case." }
        DeflateParameterDuplicate { "RESPONSE_DEFLATE_PARAMETER_DUPLICATE", "RFC 7692 §7", "The answer gives permessage-deflate the same parameter twice.", "Give each parameter once." }
        DeflateParameterValue { "RESPONSE_DEFLATE_PARAMETER_VALUE", "RFC 7692 §7.1", "A parameter of permessage-deflate in the answer has no value where it needs one, a value where it takes none, or a value other than 8 to 15.", "Write the window bits as 8 to 15, in decimal without leading zeros; write the two other parameters without a value." }
        DeflateServerTakeover { "RESPONSE_DEFLATE_SERVER_TAKEOVER", "RFC 7692 §7.1.1.1", "The request asked for `server_no_context_takeover` and the answer does not grant it.", "Answer with `server_no_context_takeover`, or decline the offer." }
        DeflateServerBits { "RESPONSE_DEFLATE_SERVER_BITS", "RFC 7692 §7.1.2.1", "The answer's `server_max_window_bits` is greater than what the request asked for, or missing.", "Answer with `server_max_window_bits` of the same value or a smaller one, or decline the offer." }
        DeflateClientBits { "RESPONSE_DEFLATE_CLIENT_BITS", "RFC 7692 §7.1.2.2", "The answer's `client_max_window_bits` is greater than what the request offered.", "Answer with the same value or a smaller one, or leave the parameter out." }
        DeflateClientBitsNotOffered { "RESPONSE_DEFLATE_CLIENT_BITS_NOT_OFFERED", "RFC 7692 §7.1.2.2", "The answer has `client_max_window_bits` and the request did not offer it.", "Leave the parameter out." }
    }
}

impl HandshakeViolation {
    /// The HTTP status code that answers a request which breaks this rule; `None` for a rule about responses.
    #[must_use]
    pub const fn status_code(self) -> Option<u16> {
        match self {
            // RFC 6585 §5: 431 Request Header Fields Too Large
            Self::HeadTooLong => Some(431),
            Self::HeadIncomplete
            | Self::BareLf
            | Self::BareCr
            | Self::FieldFolded
            | Self::FieldWithoutColon
            | Self::BlankBeforeColon
            | Self::FieldName
            | Self::FieldValue
            | Self::RequestLine
            | Self::RequestVersion
            | Self::RequestTarget
            | Self::HostMissing
            | Self::HostDuplicate
            | Self::HostInvalid
            | Self::UpgradeNotWebsocket
            | Self::ConnectionMissing
            | Self::ConnectionNotUpgrade
            | Self::KeyMissing
            | Self::KeyDuplicate
            | Self::KeyInvalid
            | Self::VersionDuplicate
            | Self::OriginDuplicate
            | Self::OriginInvalid
            | Self::RequestProtocol
            | Self::RequestProtocolDuplicate
            | Self::RequestProtocolTooMany
            | Self::RequestExtensions
            | Self::RequestBody => Some(400),
            // §4.2.2 item 4: "it MUST return an appropriate HTTP error code (e.g., 403 Forbidden)"
            Self::OriginRefused => Some(403),
            Self::MethodNotGet => Some(405),
            // §4.2.2 item 4: "an appropriate HTTP error code (such as 426 Upgrade Required) and a
            // |Sec-WebSocket-Version| header field"
            Self::UpgradeMissing | Self::VersionMissing | Self::VersionUnsupported => Some(426),
            Self::StatusLine
            | Self::ResponseVersion
            | Self::ResponseInterim
            | Self::NotSwitchingProtocols
            | Self::ResponseUpgradeMissing
            | Self::ResponseUpgradeNotWebsocket
            | Self::ResponseConnectionMissing
            | Self::ResponseConnectionNotUpgrade
            | Self::AcceptMissing
            | Self::AcceptDuplicate
            | Self::AcceptWrong
            | Self::ResponseProtocolNotOffered
            | Self::ResponseProtocolDuplicate
            | Self::ResponseExtensions
            | Self::ExtensionNotOffered
            | Self::DeflateDuplicate
            | Self::DeflateParameterUnknown
            | Self::DeflateParameterDuplicate
            | Self::DeflateParameterValue
            | Self::DeflateServerTakeover
            | Self::DeflateServerBits
            | Self::DeflateClientBits
            | Self::DeflateClientBitsNotOffered => None,
        }
    }

    pub(crate) const fn at(self, at: Span) -> HandshakeError {
        HandshakeError { violation: self, at }
    }
}

/// A broken rule and the bytes of the head that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HandshakeError {
    /// The rule.
    pub violation: HandshakeViolation,
    /// The bytes; for something that is missing, an empty span where it would stand (before the empty line).
    pub at: Span,
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.violation)
    }
}

impl core::error::Error for HandshakeError {}

/// A head that a [`HeadReader`](crate::HeadReader) could not hold: what is wrong begins where its storage ended.
impl From<HeadTooLong> for HandshakeError {
    fn from(HeadTooLong { limit }: HeadTooLong) -> Self {
        HandshakeViolation::HeadTooLong.at(Span::new(limit, limit))
    }
}
