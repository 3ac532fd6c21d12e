//! A stream for both, and in what the two may differ.

use arbitrary::Unstructured;
use ws101_core::deflate::Agreement;
use ws101_core::{Config, Connection, Entropy, ProtocolError, Role, StatusCode, Violation};

use crate::announced;
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

    /// What the protocol leaves open, or wsproto looks at in another order.
    fn explain(&self, ours: Option<&Told>, theirs: Option<&Entry>) -> Option<&'static str> {
        const UNKNOWN_CODE: &str = "§7.4.1 opens the codes to registration: 1014 is one for us, and none for wsproto";
        match (ours?, theirs) {
            // Registered by IANA after wsproto's list was made.
            (Told::Close(Some(1014), _), Some(Entry::Violation(1002))) => Some(UNKNOWN_CODE),
            (Told::Violation(error), Some(Entry::Violation(1002)))
                if error.violation == Violation::CloseReasonInvalidUtf8 =>
            {
                let body = announced::payload(self.frame(error)?)?;
                body.starts_with(&1014_u16.to_be_bytes()).then_some(UNKNOWN_CODE)
            }
            (Told::Violation(error), Some(Entry::Violation(1007)))
                if self.deflate.is_some() && error.violation == Violation::MessageUnfinished =>
            {
                Some("§5.4 has no new message within another: wsproto inflates its first frame before it looks for that")
            }
            (Told::Violation(error), Some(Entry::Violation(1007)))
                if matches!(error.violation, Violation::FrameTooBig | Violation::MessageTooBig) =>
            {
                Some("§10.4 leaves limits to each end: wsproto has none, and judges the text that it has so far")
            }
            // We do at the byte that decides; it reads the header, and of a control frame all, before it looks.
            (Told::Violation(error), None) => announced::is_cut(self.frame(error)?).then_some(
                "§7.1.7 says how a connection is failed and not when: wsproto waits for the rest of a frame that we refuse",
            ),
            _ => None,
        }
    }

    /// The stream from the frame on that broke a rule.
    fn frame(&self, error: &ProtocolError) -> Option<&[u8]> {
        self.bytes.get(usize::try_from(error.frame_start).ok()?..)
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
        Defect::StoppedAtFinalBlock if place >= since => {
            Some("RFC 7692 §7.2.3.4 has blocks with BFINAL, and what follows them: wsproto reads nothing behind one")
        }
        Defect::TookCutBlock if place == since => {
            let refused =
                matches!(ours, Some(Told::Violation(error)) if error.violation == Violation::CompressedDataInvalid);
            refused
                .then_some("RFC 7692 §7.2.2: a message ends where a block does: wsproto does not look whether it does")
        }
        // A message without a byte, which we take for an empty one.
        Defect::TookCutBlock if place > since => {
            Some("RFC 7692 §7.2.3.6 has an octet in every empty message: after one without, wsproto is within a block")
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
