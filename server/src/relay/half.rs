//! What both ends of a WebSocket connection say, as it is told.

use ws101_core::{Head, Role};
use ws101_doctor::{End, Moment, What};

use crate::decode::agreement;
use crate::finding::Finding;
use crate::relay::report::Report;
use crate::relay::request::HEAD;
use crate::watch::{FrameWatch, Judge, Told};

/// Both directions of a connection.
#[derive(Debug)]
pub(super) struct Shown {
    client: Half,
    server: Half,
}

/// Whether the handshake came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handshake {
    /// Just now: the server's answer is whole.
    Done,
    /// Not yet, or before.
    Unchanged,
}

/// One direction.
#[derive(Debug)]
struct Half {
    end: End,
    phase: Phase,
    watch: FrameWatch,
    /// Until the first broken rule.
    judge: Option<Judge>,
    /// Frames that crossed whole.
    frames: u64,
}

/// What comes next.
#[derive(Debug)]
enum Phase {
    /// A head, of which this is here.
    Head(Vec<u8>),
    /// Whatever the server's answer makes of it; this came before that.
    Waiting(Vec<u8>),
    Frames,
    /// Neither: a page instead of frames, or no HTTP at all.
    Other,
}

impl Default for Shown {
    fn default() -> Self {
        Self { client: Half::new(End::Client), server: Half::new(End::Server) }
    }
}

/// Where a moment is told.
#[derive(Clone, Copy)]
struct Teller<'r> {
    report: &'r Report,
    connection: u64,
    at: u64,
}

impl Shown {
    /// Tells what a moment is.
    pub(super) fn take(&mut self, connection: u64, moment: &Moment, report: &Report) -> Handshake {
        let Moment { at, from, what } = moment;
        let teller = Teller { report, connection, at: *at };
        match (what, from) {
            (What::Ended(ended), from) => report.ended(connection, *at, *from, *ended),
            (What::Bytes(bytes), End::Client) => self.client.take_request(bytes, teller),
            (What::Bytes(bytes), End::Server) => return self.take_answer(bytes, teller),
        }
        Handshake::Unchanged
    }

    /// Frames that crossed whole, of the client and of the server.
    pub(super) const fn frames(&self) -> [u64; 2] {
        [self.client.frames, self.server.frames]
    }

    fn take_answer(&mut self, bytes: &[u8], teller: Teller<'_>) -> Handshake {
        let Phase::Head(head) = &mut self.server.phase else {
            self.server.take_rest(bytes, teller);
            return Handshake::Unchanged;
        };
        head.extend_from_slice(bytes);
        let mut bytes = std::mem::take(head);
        loop {
            let parsed = Head::new(&bytes);
            if parsed.empty_line().is_none() {
                let is_http = b"HTTP/".iter().zip(&bytes).all(|(expected, byte)| expected == byte);
                if is_http && bytes.len() < HEAD {
                    self.server.phase = Phase::Head(bytes);
                } else {
                    self.server.give_up(&bytes, teller);
                    self.client.settle(Phase::Other, teller);
                }
                return Handshake::Unchanged;
            }
            let length = parsed.bytes().len();
            teller.report.head(teller.connection, teller.at, End::Server, parsed);
            let status = parsed.start_line().content.of(&bytes).split(|&byte| byte == b' ').nth(1).unwrap_or_default();
            if status.starts_with(b"1") && status != b"101" {
                // Another answer follows.
                bytes.drain(..length);
                continue;
            }
            if status == b"101" {
                let values = parsed.fields_named("Sec-WebSocket-Extensions");
                let values: Vec<_> = values.map(|field| String::from_utf8_lossy(field.value_bytes())).collect();
                // What is wrong with it the doctor says.
                let deflate = agreement(&values.join(", ")).ok().flatten();
                self.server.judge = Some(Judge::new(Role::Client, deflate));
                self.client.judge = Some(Judge::new(Role::Server, deflate));
                self.server.phase = Phase::Frames;
                self.client.settle(Phase::Frames, teller);
            } else {
                self.server.phase = Phase::Other;
                self.client.settle(Phase::Other, teller);
            }
            self.server.take_rest(&bytes[length..], teller);
            return Handshake::Done;
        }
    }
}

impl Half {
    fn new(end: End) -> Self {
        Self { end, phase: Phase::Head(Vec::new()), watch: FrameWatch::default(), judge: None, frames: 0 }
    }

    fn take_request(&mut self, bytes: &[u8], teller: Teller<'_>) {
        let Phase::Head(head) = &mut self.phase else {
            return self.take_rest(bytes, teller);
        };
        head.extend_from_slice(bytes);
        let mut bytes = std::mem::take(head);
        let parsed = Head::new(&bytes);
        let (length, complete) = (parsed.bytes().len(), parsed.empty_line().is_some());
        if complete {
            teller.report.head(teller.connection, teller.at, End::Client, parsed);
            bytes.drain(..length);
            self.phase = Phase::Waiting(bytes);
        } else if bytes.len() < HEAD {
            self.phase = Phase::Head(bytes);
        } else {
            self.give_up(&bytes, teller);
        }
    }

    /// What comes is no head.
    fn give_up(&mut self, bytes: &[u8], teller: Teller<'_>) {
        self.phase = Phase::Other;
        self.take_rest(bytes, teller);
    }

    /// The server's answer says what comes behind the request.
    fn settle(&mut self, phase: Phase, teller: Teller<'_>) {
        if let Phase::Waiting(early) | Phase::Head(early) = std::mem::replace(&mut self.phase, phase) {
            self.take_rest(&early, teller);
        }
    }

    /// What comes behind a head.
    fn take_rest(&mut self, bytes: &[u8], teller: Teller<'_>) {
        match &mut self.phase {
            _ if bytes.is_empty() => {}
            Phase::Frames => self.take_frames(bytes, teller),
            Phase::Waiting(early) if early.len() < HEAD => early.extend_from_slice(bytes),
            Phase::Head(_) | Phase::Waiting(_) | Phase::Other => {
                teller.report.bytes(teller.connection, teller.at, self.end, bytes);
            }
        }
    }

    fn take_frames(&mut self, bytes: &[u8], Teller { report, connection, at }: Teller<'_>) {
        let (end, mut judged) = (self.end, 0);
        let (mut told, mut violation) = (Vec::new(), None);
        let (judge, frames) = (&mut self.judge, &mut self.frames);
        self.watch.look(bytes, |frame| {
            if let Some(judge) = judge {
                judge.receive(&bytes[judged..frame.end], &mut |one| told.push(one));
            }
            judged = frame.end;
            *frames += 1;
            report.frame(connection, at, end, &frame);
            for one in told.drain(..) {
                match one {
                    Told::Message { length, beginning, .. } if frame.coded => {
                        report.message(connection, at, end, length, &beginning);
                    }
                    Told::Message { .. } => {}
                    Told::Violation(error) => violation = Some(error),
                }
            }
        });
        if let Some(judge) = &mut self.judge {
            judge.receive(&bytes[judged..], &mut |one| told.push(one));
        }
        let rest = told.into_iter().find_map(|one| match one {
            Told::Violation(error) => Some(error),
            Told::Message { .. } => None,
        });
        if let Some(error) = violation.or(rest) {
            // What comes now is no frame for whoever reads it.
            self.judge = None;
            let finding = Finding::of_frame(error, self.watch.bytes_of(&error));
            report.violation(connection, at, end, &finding);
        }
    }
}
