//! One connection, from its first byte to its end.

use std::net::SocketAddr;
use std::time::SystemTime;

use ws101_doctor::file::HeadKind;
use ws101_doctor::{Diagnosis, End, Finding, Moment, Part, Recording, What, diagnose};

use crate::doctor::{Case, Source};
use crate::limits::{JUDGED, JUDGED_OF_ALL};
use crate::relay::chronicle::Desk;
use crate::relay::half::{Handshake, Shown};
use crate::relay::request;

/// An open connection.
#[derive(Debug)]
pub(super) struct Live {
    number: u64,
    client: SocketAddr,
    began: SystemTime,
    phase: Phase,
    /// Whether the recording knows of it.
    recorded: bool,
    /// What happened: until it is known what the connection is for, and then to judge it.
    moments: Vec<Moment>,
    /// Bytes in them.
    kept: usize,
    /// Whether there was no room for all.
    cut: bool,
    /// What was noted while it was not known what the connection is for.
    notes: Vec<(u64, String)>,
    /// What was told at the handshake.
    told: Vec<Finding>,
}

/// What a connection is for.
#[derive(Debug)]
enum Phase {
    /// The request is not whole; whether others came before it.
    Opening {
        first: bool,
    },
    /// HTTP without WebSocket; who sent last.
    Plain {
        last: End,
    },
    WebSocket(Box<Shown>),
}

impl Live {
    pub(super) fn new(number: u64, client: SocketAddr, began: SystemTime) -> Self {
        Self {
            number,
            client,
            began,
            phase: Phase::Opening { first: true },
            recorded: false,
            moments: Vec::new(),
            kept: 0,
            cut: false,
            notes: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Takes what happened next.
    pub(super) fn take(&mut self, moment: Moment, desk: &mut Desk) {
        match &mut self.phase {
            Phase::Opening { .. } => {
                self.keep(moment, desk);
                self.decide(desk);
            }
            Phase::Plain { last } => {
                let What::Bytes(bytes) = &moment.what else { return };
                let turned = std::mem::replace(last, moment.from) != moment.from;
                match moment.from {
                    End::Client if turned && HeadKind::of(bytes) == Some(HeadKind::Request) => {
                        self.phase = Phase::Opening { first: false };
                        self.take(moment, desk);
                    }
                    End::Server if turned => desk.report.http(self.number, &moment),
                    End::Client | End::Server => {}
                }
            }
            Phase::WebSocket(_) => {
                desk.record(|recorder| recorder.moment(self.number, &moment));
                self.show(&moment, desk);
                self.keep(moment, desk);
            }
        }
    }

    /// Takes what somebody noted.
    pub(super) fn note(&mut self, at: u64, note: String, desk: &mut Desk) {
        if self.recorded {
            desk.record(|recorder| recorder.note(self.number, at, &note));
        } else {
            self.notes.push((at, note));
        }
    }

    /// The connection is over; `at` where it was not cut off, and why, where its bytes do not say it.
    pub(super) fn over(mut self, at: Option<u64>, why: &str, desk: &mut Desk) {
        let opening = matches!(self.phase, Phase::Opening { first: true });
        // A browser connects beforehand, and may never ask for anything.
        if opening && !(self.sent(End::Client).is_empty() && self.notes.is_empty()) {
            self.decode(desk);
        }
        if !why.is_empty() {
            let at = at.unwrap_or(0);
            desk.report.note(self.number, at, why);
            self.note(at, why.to_owned(), desk);
        }
        if let Phase::WebSocket(_) = self.phase {
            self.judge(desk, |_| true);
            if self.cut {
                desk.report.note(
                    self.number,
                    at.unwrap_or(0),
                    "not all of it was judged: there was no room to keep it",
                );
            }
        }
        desk.kept -= self.kept;
        let frames = match &self.phase {
            Phase::WebSocket(shown) => Some(shown.frames()),
            Phase::Opening { .. } | Phase::Plain { .. } => None,
        };
        desk.report.over(self.number, at, frames);
    }

    /// Finds out what the connection is for, once enough of it is here.
    fn decide(&mut self, desk: &mut Desk) {
        let Phase::Opening { first } = self.phase else { return };
        let request = self.sent(End::Client);
        // The server says something, or one of them ends it: more of the request will not come.
        let settled =
            self.moments.iter().any(|moment| moment.from == End::Server || matches!(moment.what, What::Ended(_)));
        match request::Kind::of(&request) {
            request::Kind::Unknown if !settled || request.is_empty() => {}
            request::Kind::Plain => self.pass_by(desk),
            request::Kind::Unknown if !first => self.pass_by(desk),
            request::Kind::Unknown | request::Kind::WebSocket => self.decode(desk),
        }
    }

    /// It is not what the tap is there for.
    fn pass_by(&mut self, desk: &mut Desk) {
        desk.kept -= std::mem::take(&mut self.kept);
        let moments = std::mem::take(&mut self.moments);
        if let Some(request) = moments.iter().find(|moment| moment.from == End::Client) {
            desk.report.http(self.number, request);
        }
        self.phase = Phase::Plain { last: End::Client };
        for moment in moments.into_iter().filter(|moment| moment.from == End::Server) {
            self.take(moment, desk);
        }
    }

    /// It is: from here on it is recorded and decoded.
    fn decode(&mut self, desk: &mut Desk) {
        self.phase = Phase::WebSocket(Box::default());
        self.recorded = true;
        desk.record(|recorder| recorder.begin(self.number, self.began, &self.client.to_string()));
        for (at, note) in std::mem::take(&mut self.notes) {
            desk.record(|recorder| recorder.note(self.number, at, &note));
        }
        for moment in std::mem::take(&mut self.moments) {
            desk.record(|recorder| recorder.moment(self.number, &moment));
            self.show(&moment, desk);
            self.moments.push(moment);
        }
    }

    /// Tells what a moment is, and when the handshake is done what is wrong with it.
    fn show(&mut self, moment: &Moment, desk: &mut Desk) {
        let Phase::WebSocket(shown) = &mut self.phase else { return };
        if shown.take(self.number, moment, &desk.report) == Handshake::Done {
            // What the moment holds is to be judged, too.
            self.moments.push(moment.clone());
            self.judge(desk, |part| matches!(part, Part::Request | Part::Response));
            self.moments.pop();
        }
    }

    /// Tells what is wrong with these parts, as far as it was not told.
    fn judge(&mut self, desk: &Desk, of: fn(Part) -> bool) {
        let recording = Recording::of_timeline(self.moments.clone());
        let Diagnosis { findings, .. } = diagnose(&recording);
        let told =
            |finding: &Finding| self.told.iter().any(|told| (told.rule, told.place) == (finding.rule, finding.place));
        let new: Vec<_> = findings.into_iter().filter(|finding| of(finding.place.part) && !told(finding)).collect();
        let case = Case {
            name: format!("connection {}", self.number),
            source: Source::Server(desk.url.clone()),
            recording,
            findings: new.iter().cloned().map(Into::into).collect(),
            browsers: None,
            sent: None,
            remarks: Vec::new(),
        };
        desk.report.findings(self.number, &case);
        self.told.extend(new);
    }

    fn keep(&mut self, moment: Moment, desk: &mut Desk) {
        let length = match &moment.what {
            What::Bytes(bytes) => bytes.len(),
            What::Ended(_) => 0,
        };
        // Until it is known what the connection is for, all is needed, and the length of a head limits it.
        let opening = matches!(self.phase, Phase::Opening { .. });
        let room = self.kept + length <= JUDGED && desk.kept + length <= JUDGED_OF_ALL;
        // What comes after something that was left out would be taken for what followed it.
        if self.cut || !(room || opening) {
            self.cut = true;
            return;
        }
        self.kept += length;
        desk.kept += length;
        self.moments.push(moment);
    }

    /// What an end sent, as far as it is kept.
    fn sent(&self, end: End) -> Vec<u8> {
        let bytes = self.moments.iter().filter(|moment| moment.from == end).filter_map(|moment| match &moment.what {
            What::Bytes(bytes) => Some(bytes.as_slice()),
            What::Ended(_) => None,
        });
        bytes.collect::<Vec<_>>().concat()
    }
}
