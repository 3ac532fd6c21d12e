//! The rules of the extended CONNECT that a peer can break.

use core::fmt;

use crate::handshake::HandshakeViolation;
use crate::rules::{rule_of, rules};

rules! {
    /// A rule that exists over HTTP/2 and HTTP/3 alone, and that the peer broke.
    pub enum ConnectViolation from 400 {
        FieldNameUppercase { "CONNECT_FIELD_NAME_UPPERCASE", "RFC 9113 §8.2.1", "A field's name has an upper-case letter.", "Write every field name in lower case; HTTP/2 and HTTP/3 know no other." }
        FieldValueBlank { "CONNECT_FIELD_VALUE_BLANK", "RFC 9113 §8.2.1", "A field's value begins or ends with a blank or a tab.", "Trim the value." }
        ConnectionSpecific { "CONNECT_FIELD_CONNECTION_SPECIFIC", "RFC 9113 §8.2.2", "A field is about a connection of HTTP/1.1.", "Leave out Connection, Upgrade, Keep-Alive, Proxy-Connection, Transfer-Encoding, and TE but for `trailers`; `:protocol` says what Upgrade said." }
        PseudoHeaderUnknown { "CONNECT_PSEUDO_HEADER_UNKNOWN", "RFC 9113 §8.3", "A pseudo-header field has no meaning here.", "Send `:method`, `:protocol`, `:scheme`, `:path` and `:authority` in the request, and `:status` in the response." }
        PseudoHeaderDuplicate { "CONNECT_PSEUDO_HEADER_DUPLICATE", "RFC 9113 §8.3", "A pseudo-header field appears more than once.", "Send it once." }
        PseudoHeaderLate { "CONNECT_PSEUDO_HEADER_LATE", "RFC 9113 §8.3", "A pseudo-header field follows a regular field.", "Send the pseudo-header fields before all others." }

        MethodMissing { "CONNECT_METHOD_MISSING", "RFC 9113 §8.5", "There is no `:method` field.", "Send `:method` with the value CONNECT." }
        MethodNotConnect { "CONNECT_METHOD_NOT_CONNECT", "RFC 8441 §5", "The method is not CONNECT.", "Send CONNECT, in upper case; a GET with Upgrade exists in HTTP/1.1 alone." }
        ProtocolMissing { "CONNECT_PROTOCOL_MISSING", "RFC 8441 §5", "There is no `:protocol` field: this CONNECT asks for a tunnel to another host.", "Send `:protocol` with the value websocket." }
        ProtocolNotWebsocket { "CONNECT_PROTOCOL_NOT_WEBSOCKET", "RFC 8441 §5", "The `:protocol` field is not websocket.", "Send `websocket`, in lower case, or ask a server that speaks the other protocol." }
        SchemeMissing { "CONNECT_SCHEME_MISSING", "RFC 8441 §4", "There is no `:scheme` field.", "Send `:scheme`, which only an ordinary CONNECT leaves out." }
        SchemeInvalid { "CONNECT_SCHEME_INVALID", "RFC 8441 §5", "The scheme is neither http nor https.", "Send https for a wss URL and http for a ws URL." }
        PathMissing { "CONNECT_PATH_MISSING", "RFC 8441 §4", "There is no `:path` field.", "Send `:path`, which only an ordinary CONNECT leaves out; `/` where the URL has no path." }
        PathInvalid { "CONNECT_PATH_INVALID", "RFC 9113 §8.3.1", "The path does not begin with `/`, or holds a `#` or another character that no URI may hold.", "Send the path and the query of the URL, percent-encoded, without the fragment." }
        AuthorityMissing { "CONNECT_AUTHORITY_MISSING", "RFC 8441 §5", "There is no `:authority` field.", "Send the authority of the URL, with the port where it is not the scheme's own." }
        AuthorityInvalid { "CONNECT_AUTHORITY_INVALID", "RFC 9113 §8.3.1", "The authority is not `name` or `name:port`.", "Send a host name or an address, IPv6 in brackets, and a port in digits; no user name." }
        HostDiffers { "CONNECT_HOST_DIFFERS", "RFC 9113 §8.3.1", "The Host field names another server than `:authority`.", "Leave Host out; a proxy that sets `:authority` must take it along." }

        StatusMissing { "CONNECT_STATUS_MISSING", "RFC 9113 §8.3.2", "There is no `:status` field.", "Answer with `:status` and the value 200." }
        StatusInvalid { "CONNECT_STATUS_INVALID", "RFC 9110 §15", "The status code is not three digits from 100 on.", "Answer 200." }
        SwitchingProtocols { "CONNECT_STATUS_101", "RFC 9113 §8.6", "The status code is 101, which exists in HTTP/1.1 alone.", "Answer 200." }
        NotSuccessful { "CONNECT_STATUS_NOT_2XX", "RFC 9110 §9.3.6", "The status code is not 2xx.", "Read the response: the server did not take the connection." }

        SettingValue { "CONNECT_SETTING_VALUE", "RFC 8441 §3", "`SETTINGS_ENABLE_CONNECT_PROTOCOL` is neither 0 nor 1.", "Send 1 to take extended CONNECT requests, and otherwise nothing." }
        SettingTakenBack { "CONNECT_SETTING_TAKEN_BACK", "RFC 8441 §3", "`SETTINGS_ENABLE_CONNECT_PROTOCOL` went back from 1 to 0.", "Once it is 1, leave it so while the connection lasts." }
    }
}

rule_of! {
    /// The rule of an extended CONNECT that the peer broke: one that the other form of the handshake has too, or one of
    /// its own.
    pub enum BrokenRule {
        /// A rule of RFC 6455 §4 or of any HTTP field.
        Handshake(HandshakeViolation),
        /// A rule of HTTP/2, HTTP/3 or the extended CONNECT.
        ExtendedConnect(ConnectViolation),
    }
}

impl BrokenRule {
    /// The HTTP status code that answers a request which breaks this rule; `None` for a rule about responses or
    /// settings.
    #[must_use]
    pub const fn status_code(self) -> Option<u16> {
        match self {
            // 426 needs an Upgrade field (RFC 9110 §15.5.22), which does not exist here.
            Self::Handshake(rule) => match rule.status_code() {
                Some(426) => Some(400),
                status => status,
            },
            Self::ExtendedConnect(rule) => rule.status_code(),
        }
    }
}

impl ConnectViolation {
    /// The HTTP status code that answers a request which breaks this rule; `None` for a rule about responses or
    /// settings.
    #[must_use]
    pub const fn status_code(self) -> Option<u16> {
        match self {
            // RFC 9113 §8.2.1: "an implementation SHOULD generate a 400 (Bad Request) status code"
            Self::FieldNameUppercase
            | Self::FieldValueBlank
            | Self::ConnectionSpecific
            | Self::PseudoHeaderUnknown
            | Self::PseudoHeaderDuplicate
            | Self::PseudoHeaderLate
            | Self::MethodMissing
            | Self::ProtocolMissing
            | Self::SchemeMissing
            | Self::SchemeInvalid
            | Self::PathMissing
            | Self::PathInvalid
            | Self::AuthorityMissing
            | Self::AuthorityInvalid
            | Self::HostDiffers => Some(400),
            Self::MethodNotConnect => Some(405),
            // RFC 9220 §3: "If a server … receives an Extended CONNECT request with a ":protocol" value that is unknown
            // or is not supported, the server SHOULD respond to the request with a 501 (Not Implemented) status code"
            Self::ProtocolNotWebsocket => Some(501),
            Self::StatusMissing
            | Self::StatusInvalid
            | Self::SwitchingProtocols
            | Self::NotSuccessful
            | Self::SettingValue
            | Self::SettingTakenBack => None,
        }
    }
}

/// A broken rule and the field that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConnectError {
    /// The rule.
    pub violation: BrokenRule,
    /// The field's place in the list, from 0 on; `None` for a field that is missing.
    pub field: Option<usize>,
}

impl ConnectError {
    pub(super) fn at(violation: impl Into<BrokenRule>, field: usize) -> Self {
        Self { violation: violation.into(), field: Some(field) }
    }

    pub(super) fn missing(violation: impl Into<BrokenRule>) -> Self {
        Self { violation: violation.into(), field: None }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "field {field}: {}", self.violation),
            None => self.violation.fmt(f),
        }
    }
}

impl core::error::Error for ConnectError {}
