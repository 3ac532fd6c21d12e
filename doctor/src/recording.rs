//! The bytes of one connection, as far as somebody has them.

use ws101_core::Head;

use crate::{Part, Place};

/// What each end sent, when only the streams are known.
///
/// What was not recorded is `None`: the frames alone can be judged, or the handshake alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Streams {
    /// The client's handshake.
    pub request: Option<Vec<u8>>,
    /// What the server answered; bytes behind the head are taken as the beginning of `from_server`.
    pub response: Option<Vec<u8>>,
    /// What the server sent after its answer.
    pub from_server: Vec<u8>,
    /// What the client sent after its handshake; as in `response`, it may begin in `request`.
    pub from_client: Vec<u8>,
    /// How the server ended the TCP connection after the last of these bytes.
    ///
    /// `None` says that nothing is known of it. The browsers' verdicts then tell what comes when the server, after some
    /// seconds, ends it without another byte.
    pub ended: Option<Ended>,
}

/// How an end ended the TCP connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    /// In order: it sent FIN.
    Fin,
    /// By a reset.
    Rst,
}

/// One thing that happened on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When, in microseconds since the connection was made.
    pub at: u64,
    /// Who did it: the end that sent.
    pub from: End,
    /// What was sent.
    pub what: What,
}

/// What an end did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It sent bytes.
    Bytes(Vec<u8>),
    /// It ended its side of the TCP connection, or all of it.
    Ended(Ended),
}

/// One of the two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// The one that connected.
    Client,
    /// The one that was connected to.
    Server,
}

/// One connection as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    client: Side,
    server: Side,
    ended: Option<Ended>,
    timeline: Option<Vec<Moment>>,
}

/// What one end sent: a head, unless none was recorded, and then frames.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Side {
    bytes: Vec<u8>,
    /// Where the frames begin; `None` where there is no head that ends.
    head_end: Option<usize>,
    /// Whether a head was recorded, be it an empty one.
    has_head: bool,
    /// Where the caller's second part begins.
    boundary: usize,
}

impl From<Streams> for Recording {
    fn from(streams: Streams) -> Self {
        let Streams { request, response, from_server, from_client, ended } = streams;
        let side = |head: Option<Vec<u8>>, rest: Vec<u8>, end: fn(&[u8]) -> Option<usize>| {
            let has_head = head.is_some();
            let mut bytes = head.unwrap_or_default();
            let boundary = bytes.len();
            bytes.extend(rest);
            let head_end = if has_head { end(&bytes) } else { Some(0) };
            Side { bytes, head_end, has_head, boundary }
        };
        Self {
            client: side(request, from_client, end_of_head),
            server: side(response, from_server, end_of_final_head),
            ended,
            timeline: None,
        }
    }
}

impl Recording {
    /// A recording with the time of everything, which decides where a browser is in a hurry.
    ///
    /// A timeline in which the server does not end the connection is one of a connection that is still there.
    #[must_use]
    pub fn of_timeline(timeline: Vec<Moment>) -> Self {
        let sent_by = |end: End| -> Vec<u8> {
            let chunks = timeline.iter().filter(|moment| moment.from == end);
            let bytes = chunks.filter_map(|moment| match &moment.what {
                What::Bytes(bytes) => Some(bytes.as_slice()),
                What::Ended(_) => None,
            });
            bytes.collect::<Vec<_>>().concat()
        };
        let side = |bytes: Vec<u8>, end: fn(&[u8]) -> Option<usize>| {
            let head_end = end(&bytes);
            let boundary = head_end.unwrap_or(bytes.len());
            Side { bytes, head_end, has_head: true, boundary }
        };
        let ended = timeline.iter().rev().find_map(|moment| match moment.what {
            What::Ended(ended) if moment.from == End::Server => Some(ended),
            _ => None,
        });
        Self {
            client: side(sent_by(End::Client), end_of_head),
            server: side(sent_by(End::Server), end_of_final_head),
            ended,
            timeline: Some(timeline),
        }
    }

    /// The bytes of a part; a [`Place`] counts from its first.
    ///
    /// ```
    /// use ws101_doctor::{Part, Recording, Streams};
    /// let recording = Recording::from(Streams { from_server: b"\x81\x02hi".to_vec(), ..Streams::default() });
    /// assert_eq!(recording.part(Part::FromServer), b"\x81\x02hi");
    /// assert_eq!(recording.part(Part::Response), b"");
    /// ```
    #[must_use]
    pub fn part(&self, part: Part) -> &[u8] {
        let side = match part {
            Part::Request | Part::FromClient => &self.client,
            Part::Response | Part::FromServer => &self.server,
        };
        let (head, rest) = side.bytes.split_at(side.boundary);
        if matches!(part, Part::Request | Part::Response) { head } else { rest }
    }

    pub(crate) const fn side(&self, end: End) -> &Side {
        match end {
            End::Client => &self.client,
            End::Server => &self.server,
        }
    }

    /// How the server ended the connection, if it is known.
    pub(crate) const fn ended(&self) -> Option<Ended> {
        self.ended
    }

    /// What happened when, where that was recorded.
    #[must_use]
    pub fn timeline(&self) -> Option<&[Moment]> {
        self.timeline.as_deref()
    }

    /// What each end sent, without the times.
    ///
    /// ```
    /// use ws101_doctor::{Recording, Streams};
    /// let streams = Streams { response: Some(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), ..Streams::default() };
    /// assert_eq!(Recording::from(streams.clone()).streams(), streams);
    /// ```
    #[must_use]
    pub fn streams(&self) -> Streams {
        let head = |side: &Side| side.has_head.then(|| side.bytes[..side.boundary].to_vec());
        Streams {
            request: head(&self.client),
            response: head(&self.server),
            from_server: self.server.bytes[self.server.boundary..].to_vec(),
            from_client: self.client.bytes[self.client.boundary..].to_vec(),
            ended: self.ended,
        }
    }

    /// The place of a range of an end's bytes, from its first byte on, in the parts that the caller gave.
    ///
    /// A range over both parts is cut where the second begins.
    pub(crate) fn place(&self, end: End, start: usize, stop: usize) -> Place {
        let (first, second) = match end {
            End::Client => (Part::Request, Part::FromClient),
            End::Server => (Part::Response, Part::FromServer),
        };
        let boundary = self.side(end).boundary;
        if start < boundary
            || (start == boundary && stop == start && boundary > 0 && self.side(end).bytes.len() == boundary)
        {
            Place { part: first, start, end: stop.min(boundary) }
        } else {
            Place { part: second, start: start - boundary, end: stop - boundary }
        }
    }
}

impl Side {
    /// All that it sent.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its head, if one was recorded: to its end, or all bytes where it does not end.
    pub(crate) fn head(&self) -> Option<&[u8]> {
        self.has_head.then(|| &self.bytes[..self.head_end.unwrap_or(self.bytes.len())])
    }

    /// Where the second of the parts begins that the caller gave.
    pub(crate) const fn boundary(&self) -> usize {
        self.boundary
    }

    /// Where its frames begin in `bytes`; `None` where its head never ended.
    pub(crate) const fn frames_at(&self) -> Option<usize> {
        self.head_end
    }
}

/// Where the head ends that `bytes` begin with.
pub(crate) fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let head = Head::new(bytes);
    head.empty_line().map(|line| line.ending.end)
}

/// Where the first head ends that is no interim answer (1xx other than 101).
pub(crate) fn end_of_final_head(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    loop {
        let end = start + end_of_head(&bytes[start..])?;
        let line = Head::new(&bytes[start..end]);
        let status = line.start_line().content.of(line.bytes()).split(|&byte| byte == b' ').nth(1).unwrap_or_default();
        if !matches!(status, [b'1', b'0'..=b'9', b'0'..=b'9']) || status == b"101" {
            return Some(end);
        }
        start = end;
    }
}
