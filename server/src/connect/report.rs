//! What a person or a program is told of a connection.

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use ws101_core::handshake::HandshakeError;
use ws101_core::{Head, Opcode, ProtocolError, StatusCode};

use crate::connect::arguments::OutputArguments;
use crate::connect::opening::Opened;
use crate::connect::status::Status;
use crate::finding::Finding;
use crate::output::{Output, note};
use crate::preview::{self, preview, printable};
use crate::watch::{FrameWatch, SeenFrame};

/// Who sent something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Client,
    Server,
}

/// Tells of a connection as the command line asks: messages on stdout, the rest on stderr, or all as JSON on stdout.
#[derive(Debug)]
pub(super) struct Report {
    output: Output,
    form: Form,
    /// Whether heads and frames are shown.
    frames: bool,
    quiet: bool,
    /// What crosses from either end.
    from_client: Mutex<FrameWatch>,
    from_server: Mutex<FrameWatch>,
    complained: AtomicBool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Messages as they are, for other programs and files.
    Plain,
    /// Messages that a person can tell from what they typed.
    Terminal,
    Json,
}

impl Report {
    pub(super) fn new(arguments: &OutputArguments) -> Self {
        let form = match io::stdout().is_terminal() {
            _ if arguments.json => Form::Json,
            true => Form::Terminal,
            false => Form::Plain,
        };
        Self {
            output: Output::default(),
            form,
            frames: arguments.frames,
            quiet: arguments.quiet,
            from_client: Mutex::default(),
            from_server: Mutex::default(),
            complained: AtomicBool::new(false),
        }
    }

    /// Whether nobody reads what is printed any more.
    pub(super) fn is_unread(&self) -> bool {
        self.output.is_broken()
    }

    /// Whether something that was to be sent was not.
    pub(super) fn complained(&self) -> bool {
        self.complained.load(Ordering::Relaxed)
    }

    /// A head, as it crosses.
    pub(super) fn head(&self, from: Party, bytes: &[u8]) {
        if self.frames && self.form != Form::Json {
            let head = Head::new(bytes);
            for line in head.lines() {
                note(format_args!("{} {}", arrow(from), printable(&String::from_utf8_lossy(line.content.of(bytes)))));
            }
        }
    }

    pub(super) fn open(&self, url: &str, opened: &Opened) {
        let Opened { address, tls, request, response, subprotocol, extensions, .. } = opened;
        if self.form == Form::Json {
            return self.event(&json!({
                "event": "open", "url": url, "address": address, "tls": tls, "subprotocol": subprotocol,
                "extensions": extensions, "request": String::from_utf8_lossy(request),
                "response": String::from_utf8_lossy(response),
            }));
        }
        let tls = tls.as_ref().map_or_else(String::new, |tls| format!(", {tls}"));
        let subprotocol = subprotocol.as_ref().map_or_else(String::new, |name| format!(", subprotocol {name}"));
        let extensions = if extensions.is_empty() { String::new() } else { format!(", {}", extensions.join(", ")) };
        self.note(format_args!("* open: {url} ({address}{tls}){subprotocol}{extensions}"));
    }

    pub(super) fn text(&self, text: &str) {
        match self.form {
            Form::Json => self.event(&json!({ "event": "message", "type": "text", "text": text })),
            Form::Terminal => self.output.print(&format!("< {}\n", printable(text))),
            Form::Plain => self.output.print(&format!("{text}\n")),
        }
    }

    pub(super) fn binary(&self, bytes: &[u8]) {
        let digits = hex::encode(bytes);
        match self.form {
            Form::Json => self.event(&json!({ "event": "message", "type": "binary", "hex": digits })),
            Form::Terminal => self.output.print(&format!("< {digits}\n")),
            Form::Plain => self.output.print(&format!("{digits}\n")),
        }
    }

    /// A ping or a pong.
    pub(super) fn control(&self, opcode: Opcode, payload: &[u8]) {
        let name = preview::opcode(opcode);
        match self.form {
            Form::Json => self.event(&json!({
                "event": name, "hex": hex::encode(payload), "text": std::str::from_utf8(payload).ok(),
            })),
            Form::Terminal | Form::Plain => self.note(format_args!("* {name} {}", preview(payload))),
        }
    }

    pub(super) fn close(&self, code: Option<StatusCode>, reason: &str) {
        if self.form == Form::Json {
            let name = code.and_then(StatusCode::name);
            let code = code.map(|code| code.0);
            return self.event(&json!({ "event": "close", "code": code, "name": name, "reason": reason }));
        }
        let code = code.map_or_else(|| "without a status code".to_owned(), |code| code.to_string());
        let reason = if reason.is_empty() { String::new() } else { format!(" {}", preview::text(reason)) };
        self.note(format_args!("* close {code}{reason}"));
    }

    /// A rule that the server broke in its frames.
    pub(super) fn violation(&self, error: ProtocolError) {
        let finding = Finding::of_frame(error, locked(&self.from_server).bytes_of(&error));
        let answer = error.violation.status_code();
        self.finding(&finding);
        if self.form != Form::Json {
            self.note(format_args!("* closing with {answer}"));
        }
    }

    /// A rule that the server broke in its answer to the handshake.
    pub(super) fn handshake_violation(&self, error: HandshakeError, head: &[u8]) {
        self.finding(&Finding::of_head(error, head));
        if self.form != Form::Json {
            note("ws101: the whole answer:");
            note(printable(String::from_utf8_lossy(head).trim_end()));
        }
    }

    /// An answer in HTTP, and the beginning of its body.
    pub(super) fn refused(&self, head: &[u8], body: &[u8]) {
        let (head, body) = (String::from_utf8_lossy(head), String::from_utf8_lossy(body));
        match self.form {
            Form::Json => self.event(&json!({ "event": "refused", "response": head, "body": body })),
            Form::Terminal | Form::Plain => {
                note(printable(head.trim_end()));
                if !body.is_empty() {
                    note(format_args!("\n{}", printable(body.trim_end())));
                }
            }
        }
    }

    /// Something could not be sent.
    pub(super) fn complain(&self, message: &str) {
        self.complained.store(true, Ordering::Relaxed);
        self.error(message);
        if self.form != Form::Json {
            note(format_args!("ws101: not sent: {message}"));
        }
    }

    /// What went wrong, for programs; people are told on stderr.
    pub(super) fn error(&self, message: &str) {
        if self.form == Form::Json {
            self.event(&json!({ "event": "error", "message": message }));
        }
    }

    /// A word for people alone.
    pub(super) fn remark(&self, text: &str) {
        if self.form != Form::Json {
            self.note(format_args!("* {text}"));
        }
    }

    /// The last that is told.
    ///
    /// # Errors
    /// What kept something from being printed.
    pub(super) fn end(self, status: Option<Status>, code: u8) -> Result<(), String> {
        if self.form == Form::Json {
            self.event(&json!({ "event": "end", "status": code, "meaning": status.map(Status::words) }));
        } else if let Some(status) = status {
            self.note(format_args!("* {}", status.words()));
        }
        self.output.finish()
    }

    /// What was written or read after the handshake.
    pub(super) fn crossed(&self, from: Party, bytes: &[u8]) {
        let watch = match from {
            Party::Client => &self.from_client,
            Party::Server => &self.from_server,
        };
        locked(watch).look(bytes, |frame| {
            if self.frames {
                self.frame(from, &frame);
            }
        });
    }

    fn frame(&self, from: Party, frame: &SeenFrame) {
        if self.form != Form::Json {
            return note(format_args!("{} {frame}", arrow(from)));
        }
        let from = match from {
            Party::Client => "client",
            Party::Server => "server",
        };
        let mut event = json!({ "event": "frame", "from": from });
        if let (Some(event), Value::Object(frame)) = (event.as_object_mut(), frame.json()) {
            event.extend(frame);
        }
        self.event(&event);
    }

    fn finding(&self, finding: &Finding) {
        if self.form == Form::Json {
            let mut event = finding.json();
            if let Some(event) = event.as_object_mut() {
                event.insert("event".to_owned(), "violation".into());
            }
            return self.event(&event);
        }
        note(format_args!("ws101: the server broke a rule: {finding}"));
    }

    fn note(&self, text: impl Display) {
        if !self.quiet {
            note(text);
        }
    }

    fn event(&self, event: &Value) {
        self.output.print(&format!("{event}\n"));
    }
}

const fn arrow(from: Party) -> char {
    match from {
        Party::Client => '>',
        Party::Server => '<',
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
