//! The recording file of `ws101 tap`: writing it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::file::lines::{FAILED, LIMIT, VERSION};
use crate::{End, Ended, Moment, What};

/// A line of a recording file; what it displays as is the line, without its end.
///
/// ```
/// use ws101_doctor::file::{Line, RecordingFile};
/// use ws101_doctor::{End, Moment, Part, What};
/// let hello = Moment { at: 250, from: End::Server, what: What::Bytes(b"\x81\x05Hello".to_vec()) };
/// let lines = [
///     Line::Header { url: "ws://127.0.0.1:3000/", recorded: "2026-11-21T08:15:30Z", by: "my recorder 1.0" },
///     Line::Moment { connection: 1, moment: &hello },
///     Line::End(Default::default()),
/// ];
/// assert_eq!(lines[1].to_string(), r#"{"connection":1,"at":250,"from":"server","bytes":"gQVIZWxsbw=="}"#);
/// let file = RecordingFile::parse(&lines.map(|line| format!("{line}\n")).concat())?;
/// assert_eq!(file.connections[0].url.as_deref(), Some("ws://127.0.0.1:3000/"));
/// # Ok::<(), ws101_doctor::file::FileError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Line<'a> {
    /// The first line.
    Header {
        /// The server.
        url: &'a str,
        /// When the recording began, as RFC 3339 writes it.
        recorded: &'a str,
        /// What records, and its version.
        by: &'a str,
    },
    /// A connection was made.
    Begin {
        /// Its number, from 1.
        connection: u64,
        /// When, as RFC 3339 writes it.
        began: &'a str,
        /// The client's address and port.
        client: &'a str,
    },
    /// Something happened on a connection.
    Moment {
        /// Its number.
        connection: u64,
        /// What happened; a connection's moments are in the order of their times.
        moment: &'a Moment,
    },
    /// Something that no byte shows.
    Note {
        /// The connection's number.
        connection: u64,
        /// Microseconds since it was made.
        at: u64,
        /// A sentence.
        note: &'a str,
    },
    /// The last line.
    End(Reason),
}

/// Why a recording ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reason {
    /// Whoever recorded was told to stop.
    #[default]
    Stopped,
    /// It reached its greatest size.
    Limit,
    /// It could not be written any further.
    Failed,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = match *self {
            Self::Header { url, recorded, by } => {
                json!({ "ws101": "recording", "version": VERSION, "url": url, "recorded": recorded, "by": by })
            }
            Self::Begin { connection, began, client } => {
                json!({ "connection": connection, "at": 0, "began": began, "client": client })
            }
            Self::Moment { connection, moment: Moment { at, from, what } } => {
                let from = match from {
                    End::Client => "client",
                    End::Server => "server",
                };
                match what {
                    What::Bytes(bytes) => {
                        json!({ "connection": connection, "at": at, "from": from, "bytes": STANDARD.encode(bytes) })
                    }
                    What::Ended(ended) => {
                        let ended = match ended {
                            Ended::Fin => "fin",
                            Ended::Rst => "rst",
                        };
                        json!({ "connection": connection, "at": at, "from": from, "ended": ended })
                    }
                }
            }
            Self::Note { connection, at, note } => json!({ "connection": connection, "at": at, "note": note }),
            Self::End(reason) => json!({ "end": match reason {
                Reason::Stopped => "stopped",
                Reason::Limit => LIMIT,
                Reason::Failed => FAILED,
            } }),
        };
        line.fmt(f)
    }
}
