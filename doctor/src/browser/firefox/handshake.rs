//! The answer to the handshake as Firefox judges it. Whatever is wrong, it says the same.

use crate::browser::firefox::extensions::{self, Windows};
use crate::browser::firefox::head::{Response, Version};
use crate::browser::wire::Asked;

/// What was agreed on.
#[derive(Default)]
pub(super) struct Agreed {
    pub(super) subprotocol: String,
    pub(super) deflate: Option<Windows>,
}

/// What came of it.
pub(super) enum Judgement {
    Opens(Agreed),
    /// It opens when the body has come to its end, which has so many bytes; `None` where it ends with the connection.
    OpensBehind(Option<usize>, Agreed),
    Refused(&'static str),
    /// Firefox stands still, as a whole.
    Hangs(&'static str),
}

pub(super) fn judge(response: &Response, asked: &Asked) -> Judgement {
    match judge_rules(response, asked) {
        Ok(agreed) => {
            /// zlib has no compressor with a window of 8 bits; where it fails to make one, Firefox's main thread takes a
            /// lock that it holds already, and with that the whole browser stops.
            const EIGHT_BITS: &str = "firefox/client-max-window-bits-8";
            match agreed.deflate {
                Some(Windows { client: 8, .. }) => Judgement::Hangs(EIGHT_BITS),
                _ if response.version == Version::Http2 => Judgement::OpensBehind(response.content_length(), agreed),
                _ => Judgement::Opens(agreed),
            }
        }
        Err(rule) => Judgement::Refused(rule),
    }
}

fn judge_rules(response: &Response, asked: &Asked) -> Result<Agreed, &'static str> {
    /// HTTP/1.1 or a later 1.x; HTTP/1.0 is not taken.
    const VERSION: &str = "firefox/version";
    /// No status but 101.
    const STATUS: &str = "firefox/status-not-101";
    match response.version {
        // A line that says HTTP/2 is judged as that version's answer, though it came over HTTP/1.1.
        Version::Http2 if response.status == 200 => {}
        Version::Http11 if response.status == 101 => judge_upgrade(response, asked)?,
        Version::Http11 | Version::Http2 => return Err(STATUS),
        Version::Http10 | Version::Http3 => return Err(VERSION),
    }
    let subprotocol = judge_subprotocol(response, asked)?;
    let deflate = judge_extensions(response)?;
    Ok(Agreed { subprotocol, deflate })
}

/// What only an answer of HTTP/1.1 has.
fn judge_upgrade(response: &Response, asked: &Asked) -> Result<(), &'static str> {
    /// Among the values of `Upgrade`, which blanks separate too, must be `websocket`, in whatever case.
    const UPGRADE: &str = "firefox/upgrade-without-websocket";
    /// Among those of `Connection`, `Upgrade`.
    const CONNECTION: &str = "firefox/connection-without-upgrade";
    /// The accept must be that of the key, byte for byte, and no list.
    const ACCEPT: &str = "firefox/accept";
    if !has_token(response.value("Upgrade"), b"websocket") {
        return Err(UPGRADE);
    }
    if !has_token(response.value("Connection"), b"upgrade") {
        return Err(CONNECTION);
    }
    let accept = response.value("Sec-WebSocket-Accept").filter(|value| !value.is_empty());
    let right = |value: &[u8]| asked.accept.as_ref().is_none_or(|accept| accept.as_bytes() == value);
    if accept.is_some_and(right) { Ok(()) } else { Err(ACCEPT) }
}

fn has_token(value: Option<&[u8]>, token: &[u8]) -> bool {
    let mut tokens = value.unwrap_or_default().split(|byte| matches!(byte, b',' | b' ' | b'\t'));
    tokens.any(|found| found.eq_ignore_ascii_case(token))
}

/// The subprotocol is looked at where one was asked for. It need not be there.
fn judge_subprotocol(response: &Response, asked: &Asked) -> Result<String, &'static str> {
    /// It must be one of those that were asked for, in the same case, and no list.
    const UNKNOWN: &str = "firefox/subprotocol-unknown";
    match response.value("Sec-WebSocket-Protocol") {
        Some(value) if !asked.subprotocols.is_empty() => {
            let agreed = asked.subprotocols.iter().find(|asked| asked.as_bytes() == value);
            agreed.cloned().ok_or(UNKNOWN)
        }
        _ => Ok(String::new()),
    }
}

/// An empty value is none.
fn judge_extensions(response: &Response) -> Result<Option<Windows>, &'static str> {
    let value = response.value("Sec-WebSocket-Extensions").unwrap_or_default();
    let value = String::from_utf8_lossy(value);
    let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if value.is_empty() { Ok(None) } else { extensions::judge(&value).map(Some) }
}
