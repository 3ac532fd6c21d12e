//! A stream for both, and in what the two may differ.

use arbitrary::Unstructured;
use ws101_core::deflate::Agreement;
use ws101_core::{Config, Connection, Entropy, FrameHeader, Role, StatusCode, Violation};

use crate::python::process::{Defect, Entry, Theirs};
use crate::setup::{agreement, extended, keys, other};
use crate::stream::{self, Pings};
use crate::told::{Bounds, MessageBuffer, Reader, Told};

/// A stream, and how it is read.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) role: Role,
    pub(super) deflate: Option<u8>,
    pub(super) bytes: Vec<u8>,
}

/// How two readings of a stream compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparison {
    Same,
    /// They differ in a way that is listed, with what decides it.
    Explained(&'static str),
    Different,
}

impl Case {
    /// The stream with that number: the same in every run.
    pub(super) fn made_from(number: u64) -> Self {
        let mut random = Random(number);
        let (flags, deflate, length) = (random.next(), random.next(), random.next());
        let bytes: Vec<u8> = (0..=length % 160).map(|_| random.next().to_le_bytes()[0]).collect();
        let role = if flags & 1 == 0 { Role::Server } else { Role::Client };
        // wsproto knows no window of 8 bits.
        let deflate = (flags & 6 == 0).then_some(deflate.to_le_bytes()[0] | 0b0010_0100);
        let mut u = Unstructured::new(&bytes);
        // Behind a ping in a compressed message wsproto reads something else: of most streams it would see little.
        let pings = if flags & 0xf8 == 0 { Pings::InAnyMessage } else { Pings::InPlainMessages };
        let bytes = stream::build(&mut u, other(role), deflate.map(agreement), pings);
        Self { role, deflate, bytes }
    }

    fn agreement(&self) -> Option<Agreement> {
        self.deflate.map(agreement)
    }

    pub(super) fn read(&self) -> Vec<Told> {
        match self.role {
            Role::Server => self.read_with(Connection::server(Config::default())),
            Role::Client => self.read_with(Connection::client(Config::default(), keys())),
        }
    }

    fn read_with<E: Entropy>(&self, connection: Connection<E>) -> Vec<Told> {
        let limits = Config::default().limits;
        let bounds = Bounds { message: limits.message, outgoing: limits.outgoing };
        let reader = Reader::new(extended(connection, self.agreement()), bounds);
        reader.read([&self.bytes[..]].into_iter(), MessageBuffer::Left).told
    }

    /// The first difference decides.
    pub(super) fn compare(&self, ours: &[Told], theirs: &Theirs) -> Comparison {
        for place in 0..ours.len().max(theirs.told.len()) {
            let pair = (ours.get(place), theirs.told.get(place));
            if let (Some(ours), Some(theirs)) = pair
                && theirs.is(ours)
            {
                continue;
            }
            let explanation = self.explain(pair.0, pair.1).or_else(|| explain_by_defect(theirs, place, pair.0, pair.1));
            return explanation.map_or(Comparison::Different, Comparison::Explained);
        }
        Comparison::Same
    }

    /// What the protocol leaves open, or wsproto does not do, without compression.
    fn explain(&self, ours: Option<&Told>, theirs: Option<&Entry>) -> Option<&'static str> {
        match (ours?, theirs) {
            // Registered by IANA after wsproto's list was made.
            (Told::Close(Some(1014), _), Some(Entry::Violation(1002))) => {
                Some("§7.4.1 opens the codes to registration: 1014 is one for us, and none for wsproto")
            }
            // We do at the byte that decides; it reads the header, and of a control frame all, before it looks.
            (Told::Violation(error), None) => {
                let start = usize::try_from(error.frame_start).ok()?;
                is_cut(self.bytes.get(start..)?).then_some(
                    "§7.1.7 says how a connection is failed and not when: wsproto waits for the rest of a frame that we \
                     refuse",
                )
            }
            _ => None,
        }
    }
}

/// What wsproto did with compressed data before it told something else, or as it did.
fn explain_by_defect(
    theirs: &Theirs,
    place: usize,
    ours: Option<&Told>,
    at_place: Option<&Entry>,
) -> Option<&'static str> {
    let (since, defect) = theirs.defect?;
    match defect {
        Defect::ForgotCompression if place >= since => Some(
            "§5.4: \"Control frames MAY be injected in the middle of a fragmented message.\": behind one wsproto does \
             not inflate the message any more",
        ),
        Defect::StoppedAtFinalBlock if place >= since => Some(
            "RFC 7692 §7.2.3.4 has blocks with BFINAL, and what follows them: wsproto reads nothing behind one",
        ),
        Defect::TookCutBlock if place == since => {
            let refused = matches!(ours, Some(Told::Violation(error)) if error.violation == Violation::CompressedDataInvalid);
            refused.then_some(
                "RFC 7692 §7.2.2: a message ends where a block does: wsproto does not look whether it does",
            )
        }
        Defect::RefusedDistance if place == since && matches!(at_place, Some(Entry::Violation(1007))) => Some(
            "RFC 7692 §7.1.2 bounds the window: wsproto refuses a distance beyond it, which we follow up to 32 KiB",
        ),
        _ => None,
    }
}

impl Entry {
    fn is(&self, ours: &Told) -> bool {
        match (self, ours) {
            (Self::Told(theirs), ours) => theirs == ours,
            (Self::Violation(code), Told::Violation(error)) => StatusCode(*code) == error.violation.status_code(),
            _ => false,
        }
    }
}

/// Whether the stream ends within this frame, whatever its header says.
fn is_cut(frame: &[u8]) -> bool {
    let plain: Vec<u8> = [0x82].into_iter().take(frame.len()).chain(frame.iter().skip(1).copied()).take(14).collect();
    match FrameHeader::parse(&plain) {
        Ok(Some((header, start))) => (frame.len() as u64) < header.payload_length.saturating_add(start as u64),
        Ok(None) => true,
        // Its length alone is wrong, once all of it is there.
        Err(_) => frame.len() < if frame[1] & 0x7f == 127 { 10 } else { 4 },
    }
}

/// Random, but the same every time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}
