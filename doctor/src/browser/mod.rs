//! What browsers do with what a server sent.

use serde::Serialize;

use crate::Recording;

/// What each browser does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is the browser's name")]
pub struct Browsers {
    pub chromium: Verdict,
    pub firefox: Verdict,
}

/// What a browser does with a connection whose script listens and does nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Whether the script gets an `open` event.
    pub opens: bool,
    /// What the console says: in Chromium the text behind `failed: `, in Firefox the whole sentence; `None` where it
    /// says nothing.
    pub message: Option<String>,
    /// What the script is told, in order: `open proto="" ext=""`, `message "hi"`, `error`,
    /// `close code=1000 clean=true reason="bye"`.
    pub events: Vec<String>,
    /// What the `close` event says; `None` where none comes.
    pub close_event: Option<CloseEvent>,
    /// The Close frame that the browser sends; `None` where it sends none.
    pub close_sent: Option<CloseSent>,
    /// The rule of the browser that decided, for those who wonder why.
    #[serde(skip)]
    pub rule: &'static str,
}

/// A `close` event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CloseEvent {
    /// The status code, 1006 where the connection was not closed in order.
    pub code: u16,
    /// Whether it was.
    pub was_clean: bool,
    /// The reason, empty where there is none.
    pub reason: String,
}

/// A Close frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CloseSent {
    /// The status code; `None` where the frame has no body.
    pub code: Option<u16>,
    /// The reason, empty where there is none.
    pub reason: String,
}

/// What each browser does with what the server of `recording` sent.
pub(crate) fn verdicts(_recording: &Recording) -> Browsers {
    Browsers { chromium: Verdict::default(), firefox: Verdict::default() }
}
