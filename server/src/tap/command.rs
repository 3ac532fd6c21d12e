//! What a page may have the server send on the recorded connection.

use serde::Deserialize;
use ws101_core::{Close, StatusCode, frames};

/// A command that can be carried out on an open connection.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Ping(Vec<u8>),
    Close(StatusCode, String),
}

/// A command as it is written.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
enum Written {
    Ping {
        #[serde(default)]
        payload: String,
    },
    Close {
        code: u16,
        #[serde(default)]
        reason: String,
    },
}

impl Command {
    /// Reads a command; whether it may be sent is asked of the core.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match serde_json::from_str(text).map_err(|error| format!("this is no command: {error}; {EXAMPLES}"))? {
            Written::Ping { payload } => {
                let payload = hex::decode(payload).map_err(|error| {
                    format!("the payload is not hexadecimal: {error}; give two digits a byte, as in \"68656c6c6f\"")
                })?;
                frames::ping(&payload).to_vec().map_err(|error| format!("this ping cannot be sent: {error}"))?;
                Ok(Self::Ping(payload))
            }
            Written::Close { code, reason } => {
                let code = StatusCode(code);
                let close = Close { code, reason: &reason };
                close.encode().map_err(|error| format!("this Close cannot be sent: {error}"))?;
                Ok(Self::Close(code, reason))
            }
        }
    }
}

const EXAMPLES: &str = r#"send {"type":"ping","payload":"68656c6c6f"} or {"type":"close","code":1000,"reason":"bye"}"#;

#[cfg(test)]
mod tests {
    use super::Command;
    use ws101_core::StatusCode;

    #[test]
    fn pings_and_closes_are_read() {
        assert_eq!(Command::parse(r#"{"type":"ping","payload":"00fF"}"#), Ok(Command::Ping(vec![0, 255])));
        assert_eq!(Command::parse(r#"{"type":"ping"}"#), Ok(Command::Ping(vec![])));
        assert_eq!(
            Command::parse(r#"{"type":"close","code":4000,"reason":"再见"}"#),
            Ok(Command::Close(StatusCode(4000), "再见".to_owned()))
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let long_ping = format!(r#"{{"type":"ping","payload":"{}"}}"#, "00".repeat(126));
        let long_close = format!(r#"{{"type":"close","code":1000,"reason":"{}"}}"#, "x".repeat(124));
        for (text, hint) in [
            ("", "no command"),
            ("[]", "no command"),
            (r#"{"type":"open"}"#, "ping"),
            (r#"{"type":"ping","payload":"0"}"#, "two digits"),
            (r#"{"type":"ping","payload":"zz"}"#, "hexadecimal"),
            (r#"{"type":"ping","load":"00"}"#, "payload"),
            (r#"{"type":"close"}"#, "code"),
            (r#"{"type":"close","code":1005}"#, "status code"),
            (r#"{"type":"close","code":70000}"#, "70000"),
            (long_ping.as_str(), "125"),
            (long_close.as_str(), "123"),
        ] {
            let message = Command::parse(text).unwrap_err();
            assert!(message.contains(hint), "{text}: {message}");
        }
    }
}
