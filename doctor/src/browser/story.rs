//! A verdict as it comes about.

use crate::browser::text::quoted;
use crate::{CloseEvent, CloseSent, Verdict};

/// What the script, the console and the server have seen so far.
#[derive(Default)]
pub(super) struct Story {
    verdict: Verdict,
}

impl Story {
    pub(super) fn opens(&mut self, subprotocol: &str, extensions: &str) {
        self.verdict.opens = true;
        self.verdict.events.push(format!("open proto={} ext={}", quoted(subprotocol), quoted(extensions)));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.verdict.events.push(format!("message {}", quoted(text)));
    }

    pub(super) fn binary(&mut self, length: usize) {
        self.verdict.events.push(format!("message <binary {length} bytes>"));
    }

    /// How many things the script has been told.
    pub(super) fn told(&self) -> usize {
        self.verdict.events.len()
    }

    /// The script is not told what came after that many.
    pub(super) fn forgets_from(&mut self, told: usize) {
        self.verdict.events.truncate(told);
    }

    /// The browser fails the connection: an `error` event, and a line in the console.
    pub(super) fn fails(&mut self, message: String) {
        self.verdict.events.push("error".into());
        self.verdict.message = Some(message);
    }

    /// The browser sends its Close frame.
    pub(super) fn sends_close(&mut self, code: Option<u16>, reason: &str) {
        self.verdict.close_sent = Some(CloseSent { code, reason: reason.into() });
    }

    /// The `close` event, after which nothing comes.
    pub(super) fn closes(&mut self, code: u16, was_clean: bool, reason: &str) {
        self.verdict.events.push(format!("close code={code} clean={was_clean} reason={}", quoted(reason)));
        self.verdict.close_event = Some(CloseEvent { code, was_clean, reason: reason.into() });
    }

    /// The `close` event of a connection that was not closed in order.
    pub(super) fn breaks(&mut self) {
        self.closes(1006, false, "");
    }

    /// The verdict, and what decided it.
    pub(super) fn end(mut self, rule: &'static str) -> Verdict {
        self.verdict.rule = rule;
        self.verdict
    }
}
