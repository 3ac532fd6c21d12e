//! Every broken rule of a recording.
//!
//! The heads are judged first (`request`, `response`), by the core's own checks, none of which keeps the others from being
//! asked. Where the connection opened, the frames of each end are read one after another (`frames`), what they make is
//! judged (`messages`), and then what only both ends together show (`answers`, `closing`). Where something is no frame, or
//! its length cannot be right, `detectives` say why, with the evidence, so that one mistake gives one finding.

mod answers;
mod clock;
mod closing;
mod detectives;
mod frames;
mod inflate;
mod messages;
mod quote;
mod report;
mod request;
mod response;
mod severity;
mod status;

use ws101_core::deflate::Agreement;

pub(crate) use severity::adjust;

use crate::judge::report::Report;
use crate::{End, Finding, Recording};

/// Every broken rule: of the request, of the response, of what the server and of what the client sent then, each in the
/// order of the bytes.
pub(crate) fn judge(recording: &Recording) -> Vec<Finding> {
    let mut report = Report::new(recording);
    request::judge(&mut report);
    let opened = response::judge(&mut report);
    if let Some(agreed) = opened {
        let before = report.errors();
        let mut client = frames::read(&mut report, End::Client, agreed, &[]);
        let mut server = frames::read(&mut report, End::Server, agreed, &client.frames);
        answers::judge(&mut report, &mut client, &mut server);
        messages::judge(&mut report, &client, agreed);
        messages::judge(&mut report, &server, agreed);
        closing::judge(&mut report, &client, &server, before);
    }
    report.into_findings()
}

/// What a handshake that opened the connection, or the lack of a recorded one, says of the frames.
#[derive(Debug, Clone, Copy, Default)]
struct Agreed {
    /// How messages are compressed, where they may be.
    deflate: Option<Agreement>,
}
