//! HAR, as the developer tools of browsers write it: heads as lists of fields, and messages without their frames.

use serde::Deserialize;

use crate::file::recorded::{Copied, Gap, Recorded};
use crate::file::{FileError, Form, Message, RecordingFile};
use crate::{End, Part};

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
    response: Response,
    #[serde(rename = "_webSocketMessages", default)]
    messages: Option<Vec<WebSocketMessage>>,
}

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    status_text: String,
    #[serde(default)]
    headers: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    value: String,
}

/// As Chromium writes it; `type` is `send`, `receive` or, of what went wrong, `error`.
#[derive(Deserialize)]
struct WebSocketMessage {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    data: String,
}

pub(super) fn read(text: &str) -> Result<RecordingFile, FileError> {
    let har: Har = serde_json::from_str(text).map_err(|error| {
        FileError::of_json(&error, 1, "a HAR has a log with entries, each with a request and a response")
    })?;
    let all = har.log.entries.len();
    let mut file = RecordingFile::new(Form::Har);
    for entry in har.log.entries.into_iter().filter(Entry::is_websocket) {
        let errors = entry.messages.iter().flatten().filter(|message| message.kind == "error");
        file.messages.extend(errors.map(|message| Message { text: message.data.clone(), line: None }));
        let number = file.connections.len() as u64 + 1;
        file.connections.push(Recorded { number, ..entry.into_recorded() });
    }
    if file.connections.is_empty() {
        let what = format!("none of the {all} entries of this HAR is a WebSocket connection");
        let fix = "open the developer tools before the page connects, reload it, and save all entries again";
        return Err(FileError::new(what, fix));
    }
    Ok(file)
}

impl Entry {
    fn is_websocket(&self) -> bool {
        let scheme = self.request.url.split(':').next().unwrap_or_default();
        let of_websocket = |field: &Field| {
            let name = field.name.to_ascii_lowercase();
            name.starts_with("sec-websocket-") || name == "upgrade" && field.value.eq_ignore_ascii_case("websocket")
        };
        ["ws", "wss"].contains(&scheme) || self.messages.is_some() || self.request.headers.iter().any(of_websocket)
    }

    fn into_recorded(self) -> Recorded {
        let Self { request, response, messages } = self;
        let mut copied = Copied::default();
        let mut gaps = vec![Gap::HeadBytes, Gap::Frames, Gap::Ends];
        // A browser that had no connection, or hides what it sent, leaves all but a few fields out.
        if request.headers.iter().any(|field| field.name.eq_ignore_ascii_case("sec-websocket-key")) {
            let method = if request.method.is_empty() { "GET" } else { &request.method };
            let line = format!("{method} {} HTTP/1.1", target(&request.url));
            copied.append(Part::Request, head(&line, &request.headers).as_bytes(), None);
        } else {
            gaps.push(Gap::Sent(End::Client));
        }
        if response.status > 0 && !response.headers.is_empty() {
            let line = format!("HTTP/1.1 {} {}", response.status, response.status_text);
            copied.append(Part::Response, head(&line, &response.headers).as_bytes(), None);
        } else {
            gaps.push(Gap::Sent(End::Server));
        }
        let mut recorded = Recorded { url: Some(request.url), ..copied.into_recorded(gaps) };
        if let Some(messages) = messages {
            let count = |kind| messages.iter().filter(|message| message.kind == kind).count();
            let (sent, received) = (count("send"), count("receive"));
            recorded.notes.push(format!("messages that the client sent: {sent}, received: {received}"));
        }
        recorded
    }
}

/// What stands behind the authority.
fn target(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find(['/', '?']).map_or("/", |start| &rest[start..]);
    path.split('#').next().unwrap_or(path)
}

fn head(line: &str, fields: &[Field]) -> String {
    // Fields of HTTP/2 are among them where a proxy speaks it; no WebSocket handshake of HTTP/1.1 has any.
    let fields = fields.iter().filter(|field| !field.name.starts_with(':'));
    let lines = fields.map(|Field { name, value }| format!("{name}: {value}\r\n"));
    let lines: Vec<_> = std::iter::once(format!("{line}\r\n")).chain(lines).collect();
    format!("{}\r\n", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn the_target_is_path_and_query() {
        for (url, expected) in
            [("ws://a/b?c=d#e", "/b?c=d"), ("wss://a", "/"), ("ws://a:1?x", "?x"), ("ws://a/#", "/"), ("nothing", "/")]
        {
            assert_eq!(target(url), expected);
        }
    }
}
