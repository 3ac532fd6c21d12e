//! Bytes that come whole and bytes that come in pieces are the same stream: the same events, the same error at the same
//! place, the same answers, the same state; and no stream takes more memory than the limits allow.

use arbitrary::Unstructured;
use ws101_core::{
    Config, Connection, Delivery, Entropy, FrameDecoder, FrameHeader, ProtocolError, Role, Rsv, Violation,
};

use crate::setup::{Setup, extended, flag, keys, other};
use crate::stream::{self, Pings};
use crate::told::{Bounds, MessageBuffer, Reader, Told, Trace};

/// Feeds what the input says in two ways, without an extension.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let setup = Setup::read(&mut u);
    feed(&mut u, setup);
}

/// Feeds what the rest of the input says in two ways.
pub(crate) fn feed(u: &mut Unstructured<'_>, setup: Setup) {
    let bytes = if setup.has(flag::RAW) {
        u.bytes(u.len()).unwrap_or_default().to_vec()
    } else {
        stream::build(u, other(setup.role()), setup.agreement(), Pings::InAnyMessage)
    };
    match setup.role() {
        Role::Server => compare(setup, &bytes, Connection::server),
        Role::Client => compare(setup, &bytes, |config| Connection::client(config, keys())),
    }
    compare_frames(setup, &bytes);
}

/// Messages whole, out of one read, against messages in the setup's delivery, out of its pieces.
fn compare<E: Entropy>(setup: Setup, bytes: &[u8], connection: impl Fn(Config) -> Connection<E>) {
    let config = setup.config();
    let reader = |config: Config| {
        let bounds = Bounds { message: config.limits.message, outgoing: config.limits.outgoing };
        Reader::new(extended(connection(config), setup.agreement()), bounds)
    };
    let whole = reader(Config { delivery: Delivery::Messages, ..config });
    let whole = whole.read([bytes].into_iter(), MessageBuffer::Left);
    let buffer = if setup.has(flag::MESSAGE_BUFFER) { MessageBuffer::Used } else { MessageBuffer::Left };
    let pieces = reader(config).read(setup.pieces(bytes), buffer);
    assert!(are_equal(&whole, &pieces, setup), "{setup:?}\n{bytes:02x?}\nwhole: {whole:?}\nin pieces: {pieces:?}");
}

fn are_equal(whole: &Trace, pieces: &Trace, setup: Setup) -> bool {
    let told = whole.told.len() == pieces.told.len()
        && whole.told.iter().zip(&pieces.told).all(|pair| match pair {
            (Told::Violation(whole), Told::Violation(pieces)) => same_error(*whole, *pieces, setup),
            (whole, pieces) => whole == pieces,
        });
    told && whole.outgoing == pieces.outgoing && whole.state == pieces.state
}

/// The place within the frame is the piece of it that was being inflated, where that is what went wrong: it is the only
/// place that depends on how the bytes come.
fn same_error(whole: ProtocolError, pieces: ProtocolError, setup: Setup) -> bool {
    let inflating = setup.agreement().is_some()
        && matches!(
            whole.violation,
            Violation::InvalidUtf8 | Violation::MessageTooBig | Violation::CompressedDataInvalid
        );
    if !inflating {
        return whole == pieces;
    }
    whole.violation == pieces.violation
        && whole.frame_start == pieces.frame_start
        && whole.at.start <= pieces.at.start
        && whole.at.end >= pieces.at.end
}

/// The decoder alone: frames, error, and how far it came.
fn compare_frames(setup: Setup, bytes: &[u8]) {
    let limit = setup.config().limits.frame;
    let rsv = if setup.agreement().is_some() { Rsv::RSV1 } else { Rsv::NONE };
    let decoder = || FrameDecoder::new(setup.role()).payload_limit(limit).allow_rsv(rsv);
    let whole = frames(decoder(), [bytes].into_iter());
    let pieces = frames(decoder(), setup.pieces(bytes));
    assert_eq!(whole, pieces, "{setup:?}\n{bytes:02x?}");
}

#[derive(Debug, PartialEq, Eq)]
struct Frame {
    header: FrameHeader,
    start: u64,
    payload: Vec<u8>,
}

fn frames<'p>(
    mut decoder: FrameDecoder,
    pieces: impl Iterator<Item = &'p [u8]>,
) -> (Vec<Frame>, Result<(u64, bool), ProtocolError>) {
    let mut frames: Vec<Frame> = Vec::new();
    for piece in pieces {
        let mut bytes = piece.to_vec();
        let mut input = &mut bytes[..];
        loop {
            match decoder.decode(&mut input) {
                Ok(Some(part)) => {
                    if part.first {
                        frames.push(Frame { header: part.header, start: part.frame_start, payload: Vec::new() });
                    }
                    let frame = frames.last_mut().expect("a frame begins with its first part");
                    assert_eq!((frame.header, frame.start), (part.header, part.frame_start));
                    assert_eq!(frame.payload.len() as u64, part.offset, "the parts of a frame follow each other");
                    frame.payload.extend_from_slice(part.payload);
                    assert_eq!(part.is_last(), frame.payload.len() as u64 == frame.header.payload_length);
                }
                Ok(None) => {
                    assert!(input.is_empty(), "more bytes are wanted where some are left");
                    break;
                }
                Err(error) => {
                    assert_eq!(decoder.decode(&mut input), Err(error), "an error stays");
                    return (frames, Err(error));
                }
            }
        }
    }
    let end = (decoder.position(), decoder.is_between_messages());
    (frames, Ok(end))
}
