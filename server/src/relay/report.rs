//! What a person or a program is told of the connections.

use std::fmt::Display;
use std::net::SocketAddr;

use serde_json::{Value, json};
use ws101_core::Head;
use ws101_doctor::{End, Ended, Moment, What};

use crate::doctor::{Case, finding};
use crate::finding::Finding;
use crate::output::{Output, note};
use crate::preview::{self, preview, printable};
use crate::relay::arguments::OutputArguments;
use crate::watch::SeenFrame;

/// Tells of connections on stdout: lines for people, or JSON.
#[derive(Debug)]
pub(super) struct Report {
    output: Output,
    form: Form,
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

impl Report {
    pub(super) fn new(arguments: &OutputArguments) -> Self {
        let form = if arguments.json { Form::Json } else { Form::Text };
        Self { output: Output::default(), form, quiet: arguments.quiet }
    }

    /// The first that is told, and what scripts wait for.
    pub(super) fn listening(&self, address: SocketAddr, url: &str) {
        match self.form {
            Form::Text => self.output.print(&format!("ws101 tap is listening on ws://{address}/ for {url}\n")),
            Form::Json => self.event(&json!({ "event": "listening", "url": format!("ws://{address}/"), "to": url })),
        }
    }

    pub(super) fn open(&self, connection: u64, client: SocketAddr) {
        match self.form {
            Form::Text => self.line(connection, Some(0), format_args!("* {client} connected")),
            Form::Json => self.event(&json!({ "event": "open", "connection": connection, "client": client })),
        }
    }

    pub(super) fn head(&self, connection: u64, at: u64, from: End, head: Head<'_>) {
        let text = String::from_utf8_lossy(head.bytes());
        match self.form {
            _ if self.quiet => {}
            Form::Text => text.lines().for_each(|line| {
                self.line(connection, Some(at), format_args!("{} {}", arrow(from), printable(line)));
            }),
            Form::Json => self.of_end("head", connection, at, from, json!({ "text": text })),
        }
    }

    pub(super) fn frame(&self, connection: u64, at: u64, from: End, frame: &SeenFrame) {
        match self.form {
            _ if self.quiet => {}
            Form::Text => self.line(connection, Some(at), format_args!("{} {frame}", arrow(from))),
            Form::Json => self.of_end("frame", connection, at, from, frame.json()),
        }
    }

    /// What frames came to that an extension made.
    pub(super) fn message(&self, connection: u64, at: u64, from: End, length: u64, beginning: &[u8]) {
        match self.form {
            _ if self.quiet => {}
            Form::Text => {
                let (length, content) = (preview::bytes(length), preview(beginning));
                self.line(connection, Some(at), format_args!("{} = inflated, {length}: {content}", arrow(from)));
            }
            Form::Json => {
                let truncated = (beginning.len() as u64) < length;
                let value = json!({ "length": length, "payload": hex::encode(beginning), "truncated": truncated });
                self.of_end("message", connection, at, from, value);
            }
        }
    }

    /// What is neither a head nor a frame.
    pub(super) fn bytes(&self, connection: u64, at: u64, from: End, bytes: &[u8]) {
        match self.form {
            _ if self.quiet => {}
            Form::Text => {
                let (length, content) = (preview::bytes(bytes.len() as u64), preview(bytes));
                self.line(connection, Some(at), format_args!("{} no frames, {length}: {content}", arrow(from)));
            }
            Form::Json => {
                let shown = &bytes[..bytes.len().min(256)];
                let value = json!({ "length": bytes.len(), "bytes": hex::encode(shown) });
                self.of_end("bytes", connection, at, from, value);
            }
        }
    }

    /// The first line of a request or an answer that is only forwarded.
    pub(super) fn http(&self, connection: u64, moment: &Moment) {
        let Moment { at, from, what: What::Bytes(bytes) } = moment else { return };
        let line = String::from_utf8_lossy(Head::new(bytes).start_line().content.of(bytes));
        match self.form {
            _ if self.quiet => {}
            Form::Text => {
                let line = preview::text(&line);
                self.line(connection, Some(*at), format_args!("{} no WebSocket, only forwarded: {line}", arrow(*from)));
            }
            Form::Json => self.of_end("http", connection, *at, *from, json!({ "line": line })),
        }
    }

    /// A rule that was broken by a frame that has just crossed; the doctor says more of it when the connection is over.
    pub(super) fn violation(&self, connection: u64, at: u64, from: End, finding: &Finding) {
        match self.form {
            Form::Text => {
                let summary = finding.summary();
                self.line(
                    connection,
                    Some(at),
                    format_args!("! {} the {} broke a rule: {summary}", arrow(from), name(from)),
                );
            }
            Form::Json => self.of_end("violation", connection, at, from, finding.json()),
        }
    }

    pub(super) fn ended(&self, connection: u64, at: u64, from: End, ended: Ended) {
        let (short, words) = match ended {
            Ended::Fin => ("fin", "FIN: ended its side"),
            Ended::Rst => ("rst", "RST: reset the connection"),
        };
        match self.form {
            Form::Text => self.line(connection, Some(at), format_args!("{} {words}", arrow(from))),
            Form::Json => self.of_end("ended", connection, at, from, json!({ "ended": short })),
        }
    }

    pub(super) fn note(&self, connection: u64, at: u64, text: &str) {
        match self.form {
            Form::Text => self.line(connection, Some(at), format_args!("* {}", printable(text))),
            Form::Json => {
                self.event(&json!({ "event": "note", "connection": connection, "at": at, "note": text }));
            }
        }
    }

    /// What the doctor says.
    pub(super) fn findings(&self, connection: u64, case: &Case) {
        for told in &case.findings {
            match self.form {
                Form::Text => {
                    self.output.print(&format!(
                        "{} the doctor says:\n{}",
                        label(connection, None),
                        finding(case, told)
                    ));
                }
                Form::Json => {
                    let mut event = case.json(told);
                    event["connection"] = connection.into();
                    self.event(&event);
                }
            }
        }
    }

    /// A connection is over; with the frames of the client and of the server, where it had any.
    pub(super) fn over(&self, connection: u64, at: Option<u64>, frames: Option<[u64; 2]>) {
        match self.form {
            Form::Text => {
                let frames = frames.map_or_else(String::new, |[client, server]| {
                    format!(": frames of the app {client}, of the server {server}")
                });
                self.line(connection, at, format_args!("* over{frames}"));
            }
            Form::Json => {
                let frames = frames.map(|[client, server]| json!({ "client": client, "server": server }));
                self.event(&json!({ "event": "over", "connection": connection, "at": at, "frames": frames }));
            }
        }
    }

    /// A word about no connection.
    pub(super) fn remark(&self, text: &str) {
        match self.form {
            Form::Text => note(format_args!("ws101: {text}")),
            Form::Json => self.event(&json!({ "event": "note", "note": text })),
        }
    }

    /// The last that is told.
    ///
    /// # Errors
    /// What kept something from being printed.
    pub(super) fn end(self, error: Option<&str>) -> Result<(), String> {
        if self.form == Form::Json {
            self.event(&json!({ "event": "end", "error": error }));
        }
        self.output.finish()
    }

    fn of_end(&self, event: &str, connection: u64, at: u64, from: End, more: Value) {
        let from = match from {
            End::Client => "client",
            End::Server => "server",
        };
        let mut value = json!({ "event": event, "connection": connection, "at": at, "from": from });
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        self.event(&value);
    }

    fn line(&self, connection: u64, at: Option<u64>, text: impl Display) {
        self.output.print(&format!("{} {text}\n", label(connection, at)));
    }

    fn event(&self, event: &Value) {
        self.output.print(&format!("{event}\n"));
    }
}

/// A connection's number and the seconds since it was made.
fn label(connection: u64, at: Option<u64>) -> String {
    match at {
        Some(at) => format!("#{connection} {}.{:06}", at / 1_000_000, at % 1_000_000),
        None => format!("#{connection}"),
    }
}

const fn arrow(from: End) -> char {
    match from {
        End::Client => '>',
        End::Server => '<',
    }
}

const fn name(from: End) -> &'static str {
    match from {
        End::Client => "app",
        End::Server => "server",
    }
}
