//! The answer to the handshake as Chromium judges it: it stops at the first rule that is broken.

use crate::browser::chromium::extensions;
use crate::browser::chromium::head::{CLOSED, EMPTY, NetError, Response};
use crate::browser::wire::Asked;

/// What was agreed on.
pub(super) struct Agreed {
    pub(super) subprotocol: String,
    /// The fields as they were sent.
    pub(super) extensions: String,
    pub(super) deflate: bool,
}

/// What the console says, and the rule.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) rule: &'static str,
}

/// The console's words for most of it.
fn refused(text: &str, rule: &'static str) -> Refusal {
    Refusal { message: format!("Error during WebSocket handshake: {text}"), rule }
}

/// A message with bytes of the server in it; where it is no UTF-8, the console shows nothing of it.
fn refused_for(text: &str, value: &[u8], behind: &str, rule: &'static str) -> Refusal {
    match std::str::from_utf8(value) {
        Ok(value) => refused(&format!("{text}{value}{behind}"), rule),
        Err(_) => Refusal { message: String::new(), rule },
    }
}

/// There was no head to judge.
pub(super) fn no_response(error: NetError) -> Refusal {
    if error == EMPTY {
        let message = "Connection closed before receiving a handshake response".into();
        Refusal { message, rule: error.rule }
    } else {
        refused(error.name, error.rule)
    }
}

/// The connection ended within the head: its status is not looked at, but for 401.
pub(super) fn cut_response(response: &Response) -> Refusal {
    if response.status == 401 { unauthorized() } else { no_response(CLOSED) }
}

fn unauthorized() -> Refusal {
    /// Chromium would ask for a password if it were not a WebSocket; the body is not waited for.
    const UNAUTHORIZED: &str = "chromium/status-401";
    let message = "HTTP Authentication failed; no valid credentials available".into();
    Refusal { message, rule: UNAUTHORIZED }
}

/// Judges a head.
pub(super) fn judge(response: &Response, asked: &Asked) -> Result<Agreed, Refusal> {
    /// Only a proxy may ask for this.
    const PROXY_AUTHENTICATION: &str = "chromium/status-407";
    /// There was no status line, or one of HTTP/0.9 alone.
    const STATUS_LINE: &str = "chromium/http-0.9";
    /// No other status is taken, be it an interim one or a redirection.
    const STATUS: &str = "chromium/status-not-101";
    match response.status {
        101 => {}
        401 => return Err(unauthorized()),
        407 => {
            let message = "Error in connection establishment: net::ERR_UNEXPECTED_PROXY_AUTH".into();
            return Err(Refusal { message, rule: PROXY_AUTHENTICATION });
        }
        _ if response.version == (0, 9) => return Err(refused("Invalid status line", STATUS_LINE)),
        status => return Err(refused(&format!("Unexpected response code: {status}"), STATUS)),
    }
    judge_upgrade(response)?;
    judge_accept(response, asked)?;
    judge_connection(response)?;
    let subprotocol = judge_subprotocol(response, asked)?;
    let extensions = judge_extensions(response)?;
    Ok(Agreed { subprotocol, deflate: !extensions.is_empty(), extensions: extensions.join(", ") })
}

/// The one value of a field.
fn single<'h>(response: &'h Response, name: &str, rules: [&'static str; 2]) -> Result<&'h [u8], Refusal> {
    let mut values = response.values(name);
    let [missing, twice] = rules;
    let value = values.next().ok_or_else(|| refused(&format!("'{name}' header is missing"), missing))?;
    if values.next().is_some() {
        return Err(refused(&format!("'{name}' header must not appear more than once in a response"), twice));
    }
    Ok(value)
}

fn judge_upgrade(response: &Response) -> Result<(), Refusal> {
    /// There must be an `Upgrade`, and one only: neither a second field nor a list.
    const RULES: [&str; 2] = ["chromium/upgrade-missing", "chromium/upgrade-twice"];
    /// It must be `websocket`, in whatever case.
    const WRONG: &str = "chromium/upgrade-not-websocket";
    let value = single(response, "Upgrade", RULES)?;
    if value.eq_ignore_ascii_case(b"websocket") {
        return Ok(());
    }
    Err(refused_for("'Upgrade' header value is not 'WebSocket': ", value, "", WRONG))
}

fn judge_accept(response: &Response, asked: &Asked) -> Result<(), Refusal> {
    /// There must be a `Sec-WebSocket-Accept`, and one only.
    const RULES: [&str; 2] = ["chromium/accept-missing", "chromium/accept-twice"];
    /// It must be that of the key, byte for byte.
    const WRONG: &str = "chromium/accept-wrong";
    let value = single(response, "Sec-WebSocket-Accept", RULES)?;
    if asked.accept.as_ref().is_none_or(|accept| accept.as_bytes() == value) {
        return Ok(());
    }
    Err(refused("Incorrect 'Sec-WebSocket-Accept' header value", WRONG))
}

fn judge_connection(response: &Response) -> Result<(), Refusal> {
    /// There must be a `Connection`.
    const MISSING: &str = "chromium/connection-missing";
    /// One of its values must be `Upgrade`, in whatever case.
    const WRONG: &str = "chromium/connection-without-upgrade";
    if response.values("Connection").next().is_none() {
        return Err(refused("'Connection' header is missing", MISSING));
    }
    if response.has_value("Connection", b"Upgrade") {
        return Ok(());
    }
    Err(refused("'Connection' header value must contain 'Upgrade'", WRONG))
}

fn judge_subprotocol(response: &Response, asked: &Asked) -> Result<String, Refusal> {
    /// One value only, in one field.
    const TWICE: &str = "chromium/subprotocol-twice";
    /// None, not even an empty one, where none was asked for.
    const UNASKED: &str = "chromium/subprotocol-not-asked-for";
    /// One of those that were asked for, in the same case.
    const UNKNOWN: &str = "chromium/subprotocol-unknown";
    /// One, where one was asked for.
    const MISSING: &str = "chromium/subprotocol-missing";
    let mut agreed = None;
    for value in response.values("Sec-WebSocket-Protocol") {
        if agreed.is_some() {
            let text = "'Sec-WebSocket-Protocol' header must not appear more than once in a response";
            return Err(refused(text, TWICE));
        }
        if asked.subprotocols.is_empty() {
            let text = "Response must not include 'Sec-WebSocket-Protocol' header if not present in request: ";
            return Err(refused_for(text, value, "", UNASKED));
        }
        agreed = asked.subprotocols.iter().find(|asked| asked.as_bytes() == value);
        if agreed.is_none() {
            let behind = "' in response does not match any of sent values";
            return Err(refused_for("'Sec-WebSocket-Protocol' header value '", value, behind, UNKNOWN));
        }
    }
    match agreed {
        Some(subprotocol) => Ok(subprotocol.clone()),
        None if asked.subprotocols.is_empty() => Ok(String::new()),
        None => {
            let text = "Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received";
            Err(refused(text, MISSING))
        }
    }
}

fn judge_extensions(response: &Response) -> Result<Vec<String>, Refusal> {
    /// The value must parse; an empty one does not.
    const UNPARSED: &str = "chromium/extensions-do-not-parse";
    /// No extension but `permessage-deflate`, in lower case.
    const UNSUPPORTED: &str = "chromium/extension-not-asked-for";
    /// That one once only.
    const TWICE: &str = "chromium/deflate-twice";
    let mut agreed: Vec<String> = Vec::new();
    for value in response.values("Sec-WebSocket-Extensions") {
        let Some(extensions) = extensions::parse(value) else {
            let text = "'Sec-WebSocket-Extensions' header value is rejected by the parser: ";
            return Err(refused_for(text, value, "", UNPARSED));
        };
        for extension in extensions {
            if extension.name != "permessage-deflate" {
                let name = extension.name;
                let text = format!("Found an unsupported extension '{name}' in 'Sec-WebSocket-Extensions' header");
                return Err(refused(&text, UNSUPPORTED));
            }
            if !agreed.is_empty() {
                return Err(refused("Received duplicate permessage-deflate response", TWICE));
            }
            extension
                .judge_deflate()
                .map_err(|(text, rule)| refused(&format!("Error in permessage-deflate: {text}"), rule))?;
            agreed.push(String::from_utf8_lossy(value).into_owned());
        }
    }
    Ok(agreed)
}
