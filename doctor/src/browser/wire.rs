//! What a browser is given, and when.

use std::borrow::Cow;

use ws101_core::Head;
use ws101_core::handshake::Accept;

use crate::browser::text::trim;
use crate::recording::Side;
use crate::{End, Ended, Moment, Recording, What};

/// Times are in microseconds from the beginning of the connection.
pub(super) type Time = u64;

/// What is less than this apart comes at once: it is there before a browser has looked at the first of it.
pub(super) const AT_ONCE: Time = 1_000;

/// Where no times were recorded, those of the server that the browsers were measured with: it writes the frames 60 ms
/// after the response, ends the connection 120 ms after it, or after 2.5 s where nothing says that it does, and answers
/// the browser's Close after 30 ms by ending it.
const FRAMES: Time = 60_000;
const END: Time = 120_000;
const LATE_END: Time = 2_500_000;
const ANSWER: Time = 30_000;

/// One side of a connection, as a browser sees it.
pub(super) struct Wire<'r> {
    /// What the browser has asked.
    pub(super) asked: Asked,
    /// Whether the answer to the handshake is among the arrivals; where it is not, it is taken as right.
    pub(super) has_head: bool,
    /// What comes, in order, each at a time of its own.
    pub(super) arrivals: Vec<Arrival<'r>>,
    /// When and how the server ends the connection by itself, if it does.
    pub(super) end: Option<(Time, Ended)>,
    /// Whether the server takes the browser's Close as a reason to end the connection.
    answers_close: bool,
}

/// Bytes that come at once.
pub(super) struct Arrival<'r> {
    pub(super) at: Time,
    pub(super) bytes: Cow<'r, [u8]>,
}

/// What the browser's request says.
pub(super) struct Asked {
    /// The address, as the console writes it.
    pub(super) url: String,
    /// Whether the address names no port, so that it is that of the scheme.
    pub(super) default_port: bool,
    /// The accept that belongs to the key; `None` where any is taken as right.
    pub(super) accept: Option<String>,
    /// The subprotocols, in their order.
    pub(super) subprotocols: Vec<String>,
}

impl<'r> Wire<'r> {
    pub(super) fn of(recording: &'r Recording) -> Self {
        let asked = Asked::of(recording.side(End::Client).head());
        let server = recording.side(End::Server);
        let has_head = server.head().is_some();
        if let Some(timeline) = recording.timeline() {
            let (arrivals, end) = arrivals_of(timeline);
            return Self { asked, has_head, arrivals, end, answers_close: false };
        }
        let end = recording.ended().map_or((LATE_END, Ended::Fin), |ended| (END, ended));
        Self { asked, has_head, arrivals: arrivals_without_times(server), end: Some(end), answers_close: true }
    }

    /// When and how the connection ends, where the browser has sent its Close at `closed`.
    pub(super) fn end_after_close(&self, closed: Option<Time>) -> Option<(Time, Ended)> {
        let answer = closed.filter(|_| self.answers_close).map(|at| (at.saturating_add(ANSWER), Ended::Fin));
        [answer, self.end].into_iter().flatten().min_by_key(|(at, _)| *at)
    }
}

fn arrivals_without_times(server: &Side) -> Vec<Arrival<'_>> {
    let (response, frames) = server.bytes().split_at(server.boundary());
    let parts = [(0, response), (FRAMES, frames)];
    let parts = parts.into_iter().filter(|(_, bytes)| !bytes.is_empty());
    parts.map(|(at, bytes)| Arrival { at, bytes: bytes.into() }).collect()
}

fn arrivals_of(timeline: &[Moment]) -> (Vec<Arrival<'_>>, Option<(Time, Ended)>) {
    let mut arrivals: Vec<Arrival<'_>> = Vec::new();
    for moment in timeline.iter().filter(|moment| moment.from == End::Server) {
        let bytes = match &moment.what {
            What::Bytes(bytes) if bytes.is_empty() => continue,
            What::Bytes(bytes) => bytes,
            What::Ended(ended) => return (arrivals, Some((moment.at, *ended))),
        };
        match arrivals.last_mut() {
            Some(last) if moment.at.saturating_sub(last.at) < AT_ONCE => last.bytes.to_mut().extend(bytes),
            _ => arrivals.push(Arrival { at: moment.at, bytes: bytes.into() }),
        }
    }
    (arrivals, None)
}

impl Asked {
    fn of(request: Option<&[u8]>) -> Self {
        let head = Head::new(request.unwrap_or_default());
        let value = |name: &'static str| head.fields_named(name).next().map(|field| trim(field.value_bytes()));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let target = head.start_line().content.of(head.bytes()).split(|&byte| byte == b' ').nth(1);
        let host = value("Host").filter(|host| !host.is_empty());
        let url =
            host.map_or_else(|| "URL".into(), |host| format!("ws://{}{}", text(host), text(target.unwrap_or(b"/"))));
        let default_port = host.is_some_and(|host| {
            let port = host.iter().rposition(|&byte| byte == b':').map(|colon| &host[colon + 1..]);
            // An address of IPv6 ends in a bracket.
            port.is_none_or(|port| port.ends_with(b"]") || port == b"80")
        });
        let accept = value("Sec-WebSocket-Key").map(|key| Accept::derive(key).as_str().to_owned());
        let offers = head
            .fields_named("Sec-WebSocket-Protocol")
            .flat_map(|field| field.value_bytes().split(|&byte| byte == b','));
        let subprotocols = offers.map(trim).filter(|offer| !offer.is_empty()).map(text).collect();
        Self { url, default_port, accept, subprotocols }
    }
}
