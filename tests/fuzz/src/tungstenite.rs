//! The same stream read by `tungstenite`, in both roles: the same messages and control frames, and where one of the two
//! refuses it the other does too, for the same class of reasons. What may differ is listed here with the clause that
//! decides it; everything else is a failure.

use std::io;

use ::tungstenite::protocol::{self, WebSocket, WebSocketConfig};
use ::tungstenite::{Error, Message};
use arbitrary::Unstructured;
use ws101_core::{Config, Connection, Entropy, FrameHeader, Limits, ProtocolError, Role, StatusCode, Violation};

use crate::setup::{Setup, flag, keys, other};
use crate::stream::{self, Pings};
use crate::told::{Bounds, MessageBuffer, Reader, Told};

/// The longest frame and message that both ends take.
const LIMIT: usize = 70_000;

/// Both read what the input says.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let setup = Setup::read(&mut u);
    let bytes = if setup.has(flag::RAW) {
        u.take_rest().to_vec()
    } else {
        stream::build(&mut u, other(setup.role()), None, Pings::InAnyMessage)
    };
    let ours = read(setup, &bytes);
    let theirs = read_by_tungstenite(setup.role(), &bytes);
    if let Err(disagreement) = compare(&bytes, &ours, &theirs) {
        panic!("{disagreement}\n{setup:?}\n{bytes:02x?}\nours: {ours:?}\ntheirs: {theirs:?}");
    }
}

fn read(setup: Setup, bytes: &[u8]) -> Vec<Told> {
    let limits = Limits { frame: LIMIT as u64, message: LIMIT as u64, outgoing: 1 << 20 };
    let config = Config { limits, ..Config::default() };
    match setup.role() {
        Role::Server => read_with(setup, Connection::server(config), bytes),
        Role::Client => read_with(setup, Connection::client(config, keys()), bytes),
    }
}

fn read_with<E: Entropy>(setup: Setup, connection: Connection<E>, bytes: &[u8]) -> Vec<Told> {
    let bounds = Bounds { message: LIMIT as u64, outgoing: 1 << 20 };
    Reader::new(connection, bounds).read(setup.pieces(bytes), MessageBuffer::Left).told
}

/// What `tungstenite` tells, and how it ends.
#[derive(Debug)]
struct Theirs {
    told: Vec<Told>,
    end: End,
}

#[derive(Debug, PartialEq, Eq)]
enum End {
    /// It took all bytes, and waits for more or for nothing.
    Content,
    /// It refuses the stream.
    Refused(StatusCode),
}

/// A transport that gives these bytes and then none, and takes all.
struct Transport<'a>(&'a [u8]);

impl io::Read for Transport<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.0.read(room)
    }
}

impl io::Write for Transport<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn read_by_tungstenite(role: Role, bytes: &[u8]) -> Theirs {
    let role = match role {
        Role::Server => protocol::Role::Server,
        Role::Client => protocol::Role::Client,
    };
    let config = WebSocketConfig::default()
        .read_buffer_size(4096)
        .write_buffer_size(0)
        .max_message_size(Some(LIMIT))
        .max_frame_size(Some(LIMIT));
    let mut socket = WebSocket::from_raw_socket(Transport(bytes), role, Some(config));
    let mut told = Vec::new();
    loop {
        told.push(match socket.read() {
            Ok(Message::Text(text)) => Told::Text(text.as_str().to_owned()),
            Ok(Message::Binary(bytes)) => Told::Binary(bytes.to_vec()),
            Ok(Message::Ping(bytes)) => Told::Ping(bytes.to_vec()),
            Ok(Message::Pong(bytes)) => Told::Pong(bytes.to_vec()),
            Ok(Message::Close(close)) => {
                let (code, reason) = close.map_or((None, String::new()), |close| {
                    (Some(close.code.into()), close.reason.as_str().to_owned())
                });
                // §1.4: "a peer discards any further data received"
                told.push(Told::Close(code, reason));
                return Theirs { told, end: End::Content };
            }
            Ok(Message::Frame(_)) => unreachable!("a reader gives no frames"),
            Err(error) => return Theirs { told, end: end(&error) },
        });
    }
}

fn end(error: &Error) -> End {
    use ::tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
    match error {
        Error::Protocol(ResetWithoutClosingHandshake) | Error::ConnectionClosed => End::Content,
        Error::Utf8(_) => End::Refused(StatusCode::INVALID_PAYLOAD_DATA),
        Error::Capacity(_) => End::Refused(StatusCode::MESSAGE_TOO_BIG),
        Error::Protocol(_) => End::Refused(StatusCode::PROTOCOL_ERROR),
        other => panic!("an error that no stream can cause: {other}"),
    }
}

fn compare(bytes: &[u8], ours: &[Told], theirs: &Theirs) -> Result<(), &'static str> {
    let (messages, violation) = match ours {
        [messages @ .., Told::Violation(error)] => (messages, Some(*error)),
        messages => (messages, None),
    };
    let same = messages.iter().zip(&theirs.told).all(|(ours, theirs)| ours == theirs || is_bad_gateway(ours, theirs));
    if !same {
        return Err("a message is another");
    }
    match violation {
        None if theirs.end == End::Content && theirs.told.len() == messages.len() => Ok(()),
        None => Err("only tungstenite refuses it"),
        Some(error) => {
            if theirs.told.len() < messages.len() {
                return Err("tungstenite refuses it earlier");
            }
            let more = &theirs.told[messages.len()..];
            let refusal = if let End::Refused(code) = theirs.end { Some(code) } else { None };
            is_explained(bytes, error, more, refusal).then_some(()).ok_or("the end is another")
        }
    }
}

/// 1014 is in the IANA registry, which §7.4.1 opens for new codes: it may be sent. `tungstenite` does not know it, and
/// puts 1002 in its place.
fn is_bad_gateway(ours: &Told, theirs: &Told) -> bool {
    matches!((ours, theirs), (Told::Close(Some(1014), _), Told::Close(Some(1002), reason)) if reason == "Protocol violation")
}

/// Whether the difference between our violation and what `tungstenite` made of the same bytes is one that we know.
/// `more` is what it told beyond what we did, `refusal` is how it then refused the stream, if it did.
fn is_explained(bytes: &[u8], error: ProtocolError, more: &[Told], refusal: Option<StatusCode>) -> bool {
    // The same class of reasons at the same place.
    if more.is_empty() && refusal == Some(error.violation.status_code()) {
        return true;
    }
    let frame = usize::try_from(error.frame_start).map_or(&[][..], |start| &bytes[start..]);
    match error.violation {
        // §5.2: "the minimal number of bytes MUST be used to encode the length": it takes such a frame, and whatever
        // follows has no match here.
        Violation::LengthNotMinimal => true,
        // §5.5: "All control frames MUST have a payload length of 125 bytes or less": for us the form that announces more
        // is enough; it reads the length, which may be a short one in a long form.
        Violation::ControlFrameTooLong if is_not_minimal(frame) => true,
        // §7.4: the code may not be sent. It answers 1002, too, and tells its user of a Close with that code; but where
        // the reason is not UTF-8 either it says that, though the code comes first.
        Violation::CloseStatusNotAllowed => {
            matches!(more, [Told::Close(Some(1002), reason)] if reason == "Protocol violation")
                || (more.is_empty() && refusal == Some(StatusCode::INVALID_PAYLOAD_DATA))
                || (more.is_empty() && refusal.is_none() && is_cut(frame))
        }
        // §10.4 leaves limits to the implementation: what is over them is refused by both, but not in the same order
        // with the other rules. §5.2: the highest bit of a length is for `tungstenite` a length over its limit.
        Violation::LengthHighBit | Violation::FrameTooBig | Violation::MessageTooBig => {
            more.is_empty() && (refusal.is_some() || is_cut(frame))
        }
        // §7.1.7 lets an end fail the connection as soon as it knows. We do at the byte that decides; `tungstenite` reads
        // the whole frame before it looks at more than its length.
        _ if more.is_empty() && refusal.is_none() => is_cut(frame),
        // Its first check is that of the length (§10.4), before any rule of §5.
        _ => more.is_empty() && refusal == Some(StatusCode::MESSAGE_TOO_BIG) && announces_too_much(frame),
    }
}

/// Whether the stream ends within this frame.
fn is_cut(frame: &[u8]) -> bool {
    header_of(frame).is_none_or(|(length, start)| (frame.len() as u64) < length.saturating_add(start))
}

fn announces_too_much(frame: &[u8]) -> bool {
    header_of(frame).is_some_and(|(length, _)| length > LIMIT as u64)
}

/// Whether a header writes its length in more bytes than it takes.
fn is_not_minimal(frame: &[u8]) -> bool {
    FrameHeader::parse(&plain(frame)) == Err(Violation::LengthNotMinimal)
}

/// The length that a header announces and where the payload begins, whatever else it says; `None` where it is cut.
fn header_of(frame: &[u8]) -> Option<(u64, u64)> {
    match FrameHeader::parse(&plain(frame)) {
        Ok(header) => header.map(|(header, start)| (header.payload_length, start as u64)),
        // What has the highest bit set is longer than anything.
        Err(_) => Some((u64::MAX, 0)),
    }
}

/// The header with the first byte of a binary message, which breaks no rule: the length and the mask bit stay.
fn plain(frame: &[u8]) -> Vec<u8> {
    [0x82].into_iter().take(frame.len()).chain(frame.iter().skip(1).copied()).take(14).collect()
}
