//! One connection to the server: what crosses it is kept with its time.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use ws101_doctor::probing::{Expected, Progress, Reply};
use ws101_doctor::{End, Ended, Moment, Recording, What};

use crate::connect::{Security, Stream, Target, Tls, dial};
use crate::doctor::probe::frames;
use crate::limits::CHUNK;

/// Bytes of one server that are kept at most: a server that floods learns nothing more.
const KEPT: usize = 8 << 20;

/// A connection.
pub(super) struct Line {
    stream: Box<dyn Stream>,
    began: Instant,
    timeline: Vec<Moment>,
    came: Vec<u8>,
    sent: Vec<u8>,
    /// Where in `came` and `sent` what is looked at begins.
    mark: usize,
    sent_mark: usize,
    /// Where the server's head ends, once the connection is open.
    head_end: Option<usize>,
    ended: Option<Ended>,
}

/// A part of what is sent, and how long nothing follows it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    pub(super) pause: Duration,
}

impl Piece {
    pub(super) fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), pause: Duration::ZERO }
    }

    /// Bytes in pieces that are cut at these places, with a pause behind each but the last.
    pub(super) fn cut(bytes: &[u8], places: &[usize], pause: Duration) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for &end in places.iter().chain([&bytes.len()]) {
            pieces.push(Self { bytes: bytes[start..end].to_vec(), pause });
            start = end;
        }
        if let Some(last) = pieces.last_mut() {
            last.pause = Duration::ZERO;
        }
        pieces
    }

    /// Bytes one at a time.
    pub(super) fn bytewise(bytes: &[u8], pause: Duration) -> Vec<Self> {
        Self::cut(bytes, &(1..bytes.len()).collect::<Vec<_>>(), pause)
    }
}

impl Line {
    /// Connects.
    pub(super) async fn dial(target: &Target, tls: Option<&Tls>, limit: Duration) -> io::Result<Self> {
        debug_assert_eq!(tls.is_some(), target.security == Security::Tls);
        let dialled = timeout(limit, dial(target, tls)).await;
        let dialled = dialled.unwrap_or_else(|_| {
            let place = crate::connect::place(target);
            Err(io::Error::new(io::ErrorKind::TimedOut, format!("{place} did not take a connection within {limit:?}")))
        })?;
        Ok(Self {
            stream: dialled.stream,
            began: Instant::now(),
            timeline: Vec::new(),
            came: Vec::new(),
            sent: Vec::new(),
            mark: 0,
            sent_mark: 0,
            head_end: None,
            ended: None,
        })
    }

    /// Sends. That nobody takes it is told by what comes, or does not.
    pub(super) async fn send(&mut self, bytes: &[u8]) {
        /// Long enough for any server that reads at all.
        const PATIENCE: Duration = Duration::from_secs(2);
        self.note(End::Client, What::Bytes(bytes.to_vec()));
        self.sent.extend_from_slice(bytes);
        let writing = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        let _ = timeout(PATIENCE, writing).await;
    }

    pub(super) async fn send_pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            self.send(&piece.bytes).await;
            if !piece.pause.is_zero() {
                sleep(piece.pause).await;
            }
        }
    }

    /// Reads until what is expected has come, or cannot come any more, or the time is over.
    pub(super) async fn wait(&mut self, expected: &Expected, limit: Duration) -> Reply {
        let deadline = Instant::now() + limit;
        loop {
            let reply = self.reply();
            if expected.judge(&reply) != Progress::Pending || !self.read_until(deadline).await {
                return reply;
            }
        }
    }

    /// What is looked at from here on is what comes from here on.
    pub(super) fn mark(&mut self) {
        self.mark = self.came.len();
        self.sent_mark = self.sent.len();
    }

    /// The handshake is done: from here on frames are looked at, those that came with the answer among them.
    pub(super) fn opened(&mut self) {
        let end = Reply::of_answer(&self.came, self.ended).head_length;
        self.head_end = Some(end);
        self.mark = end;
        self.sent_mark = self.sent.len();
    }

    pub(super) const fn is_open(&self) -> bool {
        self.head_end.is_some()
    }

    /// What came since the mark.
    pub(super) fn reply(&self) -> Reply {
        let bytes = &self.came[self.mark..];
        match self.head_end {
            None => Reply::of_answer(bytes, self.ended),
            Some(end) if end == self.mark => Reply::of_first_frames(bytes, self.ended),
            Some(_) => Reply::of_frames(bytes, self.ended),
        }
    }

    /// What was sent since the mark.
    pub(super) fn sent(&self) -> &[u8] {
        &self.sent[self.sent_mark..]
    }

    /// Where in what the server sent the mark is.
    pub(super) const fn at(&self) -> usize {
        self.mark
    }

    pub(super) fn recording(&self) -> Recording {
        Recording::of_timeline(self.timeline.clone())
    }

    /// Leaves as §7 asks: Close, the server's Close, the end of TCP. Says whether the server did its part in time, where it
    /// had not ended the connection before.
    pub(super) async fn leave(mut self, limit: Duration) -> Option<bool> {
        if self.ended.is_some() {
            return None;
        }
        self.mark();
        self.send(&frames::close(Some(1000), "")).await;
        self.wait(&Expected::Close(Some(1000)), limit).await;
        let in_time = self.ended.is_some();
        self.fin(limit).await;
        Some(in_time)
    }

    /// Ends our side of TCP, and takes what still comes as long as something does: a socket that is closed with unread
    /// bytes sends a reset.
    pub(super) async fn fin(mut self, limit: Duration) {
        /// A server that does not stop sending is left all the same.
        const PATIENCE: Duration = Duration::from_secs(5);
        let mut chunk = vec![0; CHUNK];
        let end = async {
            let _ = timeout(limit, self.stream.shutdown()).await;
            while self.ended.is_none()
                && let Ok(Ok(1..)) = timeout(limit, self.stream.read(&mut chunk)).await
            {}
        };
        let _ = timeout(PATIENCE, end).await;
    }

    /// Resets the TCP connection.
    pub(super) fn reset(self) {
        // Where the system cannot do that, the server sees an ordinary end.
        let _ = self.stream.tcp().set_zero_linger();
    }

    /// Reads once; whether something came, the end among it.
    async fn read_until(&mut self, deadline: Instant) -> bool {
        if self.ended.is_some() || self.came.len() > KEPT {
            return false;
        }
        let mut chunk = vec![0; CHUNK];
        let Ok(read) = timeout_at(deadline, self.stream.read(&mut chunk)).await else { return false };
        let ended = match read {
            Ok(0) => Ended::Fin,
            // A server that ends TCP without ending TLS.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ended::Fin,
            Err(_) => Ended::Rst,
            Ok(length) => {
                self.came.extend_from_slice(&chunk[..length]);
                self.note(End::Server, What::Bytes(chunk[..length].to_vec()));
                return true;
            }
        };
        self.ended = Some(ended);
        self.note(End::Server, What::Ended(ended));
        true
    }

    fn note(&mut self, from: End, what: What) {
        let at = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.timeline.push(Moment { at, from, what });
    }
}
