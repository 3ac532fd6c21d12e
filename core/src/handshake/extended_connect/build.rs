//! The caller's mistakes.

use crate::handshake::BuildError;
use crate::handshake::build::Fields;
use crate::handshake::extended_connect::list::is_connection_specific;
use crate::rules::{rule_of, rules};

rules! {
    /// What a caller asked for that does not exist over HTTP/2 and HTTP/3.
    pub enum ConnectMisuse from 450 {
        NotEnabled { "CONNECT_NOT_ENABLED", "RFC 8441 §3", "The server has not said that it takes extended CONNECT requests.", "Wait for its settings; without `SETTINGS_ENABLE_CONNECT_PROTOCOL` at 1, connect over HTTP/1.1." }
        FieldNameUppercase { "CONNECT_BUILD_FIELD_NAME_UPPERCASE", "RFC 9113 §8.2", "A further field's name has an upper-case letter.", "Write it in lower case." }
        FieldNotUsed { "CONNECT_BUILD_FIELD_NOT_USED", "RFC 8441 §5", "A further field belongs to HTTP/1.1's form of the handshake.", "Leave it out: `:protocol` and `:authority` say what it said." }
    }
}

rule_of! {
    /// What a caller asked to be sent and cannot be: the caller's fault, never the peer's.
    pub enum ConnectBuildError {
        /// A mistake that can be made in HTTP/1.1's form too; there the authority is called host, and the path target.
        Handshake(BuildError),
        /// A mistake of this form.
        ExtendedConnect(ConnectMisuse),
    }
}

/// Checks what HTTP/2 and HTTP/3 ask of the names of further fields beyond what [`BuildError`] says.
pub(super) fn check_names(fields: Fields<'_>) -> Result<(), ConnectMisuse> {
    for (name, value) in fields {
        // RFC 9113 §8.2: "Field names MUST be converted to lowercase when constructing an HTTP/2 message."
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ConnectMisuse::FieldNameUppercase);
        }
        // RFC 9113 §8.2.2: "An endpoint MUST NOT generate an HTTP/2 message containing connection-specific header
        // fields."
        let replaced = matches!(*name, "host" | "sec-websocket-key" | "sec-websocket-accept");
        if replaced || is_connection_specific(name.as_bytes(), value.as_bytes()) {
            return Err(ConnectMisuse::FieldNotUsed);
        }
    }
    Ok(())
}
