//! What browsers do with what a server sent.
//!
//! The rules are the browsers' own, in their order: of each browser, a file of its folder models one of its parts, from
//! the lines of the head to the events of the script, and fails where that part fails. A rule's name stands where the
//! rule does.
//!
//! What a browser does with a recording is what it would do with the same bytes at the same times. Where two things come
//! at once, a browser's threads race; the verdict then is what came of it more often than not.

use serde::Serialize;

use crate::Recording;
use wire::Wire;

mod chromium;
mod firefox;
mod inflate;
mod story;
mod text;
mod wire;

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
    ///
    /// Firefox's sentence names the address; where no request was recorded, `URL` stands for it.
    pub message: Option<String>,
    /// What the script is told, in order: `open proto="" ext=""`, `message "hi"`, `message <binary 2 bytes>`, `error`,
    /// `close code=1000 clean=true reason="bye"`. Text is quoted as `JSON.stringify` does it.
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
///
/// A browser always sends its own offer of permessage-deflate, whatever the recorded request says; the key and the
/// subprotocols are those of the request. Where there is none, the accept is taken as right.
pub(crate) fn verdicts(recording: &Recording) -> Browsers {
    let wire = Wire::of(recording);
    Browsers { chromium: chromium::verdict(&wire), firefox: firefox::verdict(&wire) }
}
