//! What happened on all connections, in order: recorded, and told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::SystemTime;

use tokio::sync::mpsc;
use ws101_doctor::Moment;

use crate::failure::Failure;
use crate::relay::live::Live;
use crate::relay::recorder::Recorder;
use crate::relay::report::Report;

/// What happened on a connection.
#[derive(Debug)]
pub(super) enum Happening {
    /// The app connected.
    Open { connection: u64, client: SocketAddr, began: SystemTime },
    /// One of its ends did something.
    Moment { connection: u64, moment: Moment },
    /// Something that no byte shows.
    Note { connection: u64, at: u64, note: String },
    /// Nothing more will happen on it.
    Over { connection: u64, at: u64, why: &'static str },
}

/// Whoever writes it all down.
#[derive(Debug)]
pub(super) struct Chronicle {
    pub(super) desk: Desk,
    live: BTreeMap<u64, Live>,
}

/// What a connection's chronicle is written with.
#[derive(Debug)]
pub(super) struct Desk {
    /// The server's.
    pub(super) url: String,
    pub(super) report: Report,
    recorder: Option<Recorder>,
    /// Bytes of open connections that are kept to judge them.
    pub(super) kept: usize,
}

impl Chronicle {
    pub(super) fn new(url: String, report: Report, recorder: Option<Recorder>) -> Self {
        Self { desk: Desk { url, report, recorder, kept: 0 }, live: BTreeMap::new() }
    }

    /// Writes down what comes, until nothing more can.
    ///
    /// # Errors
    /// What kept it from being recorded or printed.
    pub(super) fn write(mut self, mut queue: mpsc::Receiver<Happening>) -> Result<(), Failure> {
        while let Some(happening) = queue.blocking_recv() {
            self.take(happening);
        }
        // Cut off in the middle: of these nobody could tell that they are over.
        for (_, live) in std::mem::take(&mut self.live) {
            live.over(None, "", &mut self.desk);
        }
        let recorded = self.desk.recorder.map_or(Ok(()), Recorder::finish);
        self.desk.report.end(recorded.as_ref().err().map(String::as_str))?;
        Ok(recorded?)
    }

    fn take(&mut self, happening: Happening) {
        let Self { desk, live } = self;
        match happening {
            Happening::Open { connection, client, began } => {
                desk.report.open(connection, client);
                live.insert(connection, Live::new(connection, client, began));
            }
            Happening::Moment { connection, moment } => {
                if let Some(live) = live.get_mut(&connection) {
                    live.take(moment, desk);
                }
            }
            Happening::Note { connection, at, note } => {
                desk.report.note(connection, at, &note);
                if let Some(live) = live.get_mut(&connection) {
                    live.note(at, note, desk);
                }
            }
            Happening::Over { connection, at, why } => {
                if let Some(live) = live.remove(&connection) {
                    live.over(Some(at), why, desk);
                }
            }
        }
    }
}

impl Desk {
    /// Records, where there is a recording; says it where that ends.
    pub(super) fn record(&mut self, write: impl FnOnce(&mut Recorder) -> Option<String>) {
        if let Some(said) = self.recorder.as_mut().and_then(write) {
            self.report.remark(&said);
        }
    }
}
