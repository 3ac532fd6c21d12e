//! What a connection tells of a stream, so that two ways of reading it are one comparison.

use std::borrow::Cow;

use ws101_core::{Connection, Entropy, Event, Opcode, Part, ProtocolError, State};

/// An event, owned. Parts of a message are one event, when its last part has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Close(Option<u16>, String),
    Violation(ProtocolError),
}

/// All that came of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) told: Vec<Told>,
    /// Where messages come in parts: what came of the one that did not end.
    pub(crate) unfinished: Option<(Opcode, Vec<u8>)>,
    pub(crate) outgoing: Vec<u8>,
    pub(crate) state: State,
}

/// Whether the caller reads into the message's own memory where it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageBuffer {
    Used,
    Left,
}

/// The most that a connection may hold in answer to this configuration and stream.
pub(crate) struct Bounds {
    pub(crate) message: u64,
    pub(crate) outgoing: usize,
}

/// A connection, and what it has told so far.
pub(crate) struct Reader<E> {
    pub(crate) connection: Connection<E>,
    bounds: Bounds,
    trace: Trace,
}

/// One frame of ours may go beyond the limit of the queue: a control frame.
const LONGEST_ANSWER: usize = 2 + 4 + 125;

impl<E: Entropy> Reader<E> {
    pub(crate) fn new(connection: Connection<E>, bounds: Bounds) -> Self {
        let state = connection.state();
        Self { connection, bounds, trace: Trace { told: Vec::new(), unfinished: None, outgoing: Vec::new(), state } }
    }

    /// Reads the pieces, and gives all that came of them.
    pub(crate) fn read<'p>(mut self, pieces: impl Iterator<Item = &'p [u8]>, buffer: MessageBuffer) -> Trace {
        for piece in pieces {
            let rest = match buffer {
                MessageBuffer::Used => self.read_into_message(piece),
                MessageBuffer::Left => piece,
            };
            self.receive(rest);
        }
        self.write_all();
        self.trace.state = self.connection.state();
        self.trace
    }

    fn read_into_message<'p>(&mut self, mut piece: &'p [u8]) -> &'p [u8] {
        while !piece.is_empty() {
            let Some(room) = self.connection.message_buffer() else { break };
            assert!(!room.is_empty(), "room of no byte is offered");
            assert!(room.len() as u64 <= self.bounds.message, "the room is longer than a message may be");
            let length = room.len().min(piece.len());
            let (taken, rest) = piece.split_at(length);
            room[..length].copy_from_slice(taken);
            piece = rest;
            if let Some(event) = self.connection.filled(length) {
                self.tell(event);
            }
        }
        piece
    }

    fn receive(&mut self, piece: &[u8]) {
        let mut bytes = piece.to_vec();
        let mut input = &mut bytes[..];
        loop {
            let before = input.len();
            while let Some(event) = self.connection.receive(&mut input) {
                self.tell(event);
            }
            if input.is_empty() {
                return;
            }
            let full = self.connection.outgoing().len();
            assert!(full >= self.bounds.outgoing, "input is left, and the queue of {full} bytes is not full");
            assert!(full <= self.bounds.outgoing + LONGEST_ANSWER, "the queue of {full} bytes is beyond its limit");
            assert!(input.len() < before || full > 0, "nothing comes of the input any more");
            self.write_all();
        }
    }

    fn write_all(&mut self) {
        let bytes = self.connection.outgoing();
        self.trace.outgoing.extend_from_slice(bytes);
        let length = bytes.len();
        self.connection.sent(length);
    }

    fn tell(&mut self, event: Event<'_>) {
        let told = match event {
            Event::Text(ref text) => Told::Text(text.clone().into_owned()),
            Event::Binary(ref bytes) => Told::Binary(bytes.clone().into_owned()),
            Event::Part(part) => return self.tell_part(&part),
            Event::Ping(bytes) => return self.trace.told.push(Told::Ping(bytes.into_owned())),
            Event::Pong(bytes) => return self.trace.told.push(Told::Pong(bytes.into_owned())),
            Event::Close { code, reason } => {
                return self.trace.told.push(Told::Close(code.map(|code| code.0), reason.into_owned()));
            }
            Event::Violation(error) => return self.trace.told.push(Told::Violation(error)),
        };
        self.check_memory(&event);
        self.connection.recycle(event);
        self.trace.told.push(told);
    }

    fn tell_part(&mut self, part: &Part<'_>) {
        let is_new = self.trace.unfinished.is_none();
        assert_eq!(part.first, is_new, "`first` says whether a message begins");
        let (opcode, message) = self.trace.unfinished.get_or_insert((part.opcode, Vec::new()));
        assert_eq!(*opcode, part.opcode, "a message changes what it is");
        assert!(part.last || !part.payload.is_empty(), "a part says nothing");
        message.extend_from_slice(&part.payload);
        assert!(message.len() as u64 <= self.bounds.message, "the message is over the limit");
        if part.last {
            let told = match self.trace.unfinished.take() {
                Some((Opcode::Text, text)) => Told::Text(String::from_utf8(text).expect("text was judged")),
                Some((_, bytes)) => Told::Binary(bytes),
                None => return,
            };
            self.trace.told.push(told);
        }
    }

    /// A message is not longer than the limit, and holds at most a few times what came.
    fn check_memory(&self, event: &Event<'_>) {
        let (length, capacity) = match event {
            Event::Text(Cow::Owned(text)) => (text.len(), text.capacity()),
            Event::Binary(Cow::Owned(bytes)) => (bytes.len(), bytes.capacity()),
            Event::Text(text) => (text.len(), 0),
            Event::Binary(bytes) => (bytes.len(), 0),
            _ => return,
        };
        assert!(length as u64 <= self.bounds.message, "a message of {length} bytes is over the limit");
        // Memory of an earlier message serves again; an announced length is believed to four times what came.
        let longest = self.trace.told.iter().map(Told::length).max().unwrap_or(0).max(length);
        assert!(capacity <= 4096 + 4 * longest, "{capacity} bytes are held for a message of {length}");
    }
}

impl Told {
    fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
            _ => 0,
        }
    }
}
