//! The same stream read by `tungstenite`, in both roles: the same messages and control frames, and where one of the two
//! refuses it the other does too, for the same class of reasons. What may differ is listed here with the clause that
//! decides it; everything else is a failure.

use std::io;

use ::tungstenite::protocol::{self, WebSocket, WebSocketConfig};
use ::tungstenite::{Error, Message};
use arbitrary::Unstructured;
use ws101_core::forge::{Header, LengthForm};
use ws101_core::{Config, Connection, Entropy, Limits, ProtocolError, Role, StatusCode, Violation};

use crate::announced;
use crate::setup::{Setup, flag, keys, other};
use crate::stream::{self, Pings};
use crate::told::{Bounds, MessageBuffer, Reader, Told};

/// The longest frame and message that both ends take.
const LIMIT: usize = 70_000;

/// Both read what the input says.
///
/// # Panics
/// Where they differ in a way that is not listed.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let setup = Setup::read(&mut u);
    let bytes = if setup.has(flag::RAW) {
        u.take_rest().to_vec()
    } else {
        stream::build(&mut u, other(setup.role()), None, Pings::InAnyMessage)
    };
    let theirs = read_by_tungstenite(setup.role(), &bytes);
    let (bytes, ours) = read_as_tungstenite_does(setup, bytes);
    if let Err(disagreement) = compare(&bytes, &ours, &theirs) {
        panic!("{disagreement}\n{setup:?}\n{bytes:02x?}\nours: {ours:?}\ntheirs: {theirs:?}");
    }
}

/// §5.2: "the minimal number of bytes MUST be used to encode the length": `tungstenite` does not ask for that. Where this
/// is what we refuse, it must read what we read once that length has its shortest form.
fn read_as_tungstenite_does(setup: Setup, mut bytes: Vec<u8>) -> (Vec<u8>, Vec<Told>) {
    loop {
        let ours = read(setup, &bytes);
        let shortened = match ours.last() {
            Some(Told::Violation(error)) => shorten_length(&bytes, *error),
            _ => None,
        };
        match shortened {
            Some(shortened) => bytes = shortened,
            None => return (bytes, ours),
        }
    }
}

/// The stream with the shortest form of the length that this violation is about; `None` where it is about something else.
fn shorten_length(bytes: &[u8], error: ProtocolError) -> Option<Vec<u8>> {
    // §5.5: "All control frames MUST have a payload length of 125 bytes or less": for us the form that announces more is
    // enough, and `tungstenite` reads the length.
    if !matches!(error.violation, Violation::LengthNotMinimal | Violation::ControlFrameTooLong) {
        return None;
    }
    let (before, frame) = bytes.split_at(usize::try_from(error.frame_start).ok()?);
    let extended = match frame.get(1)? & 0x7f {
        126 => frame.get(2..4)?,
        127 => frame.get(2..10)?,
        _ => return None,
    };
    let length = extended.iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
    let form = LengthForm::shortest(length);
    let header = Header { payload_length: length, length_form: form, ..Header::text(0) };
    let mut encoded = [0; Header::MAX_LENGTH];
    let written = header.encode(&mut encoded);
    if written == 2 + extended.len() {
        return None;
    }
    // The first byte and the mask bit stay as they are.
    (encoded[0], encoded[1]) = (frame[0], encoded[1] | frame[1] & 0x80);
    Some([before, &encoded[..written], &frame[2 + extended.len()..]].concat())
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
                let (code, reason) = close
                    .map_or((None, String::new()), |close| (Some(close.code.into()), close.reason.as_str().to_owned()));
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
        // §7.4: the code may not be sent. It answers 1002, too, and tells its user of a Close with that code; but where
        // the reason is not UTF-8 either it says that, though the code comes first.
        Violation::CloseStatusNotAllowed if matches!(more, [Told::Close(..)]) => {
            more == [Told::Close(Some(1002), "Protocol violation".to_owned())] && refusal.is_none()
        }
        Violation::CloseStatusNotAllowed if refusal == Some(StatusCode::INVALID_PAYLOAD_DATA) => {
            more.is_empty() && announced::payload(frame).is_some_and(|body| std::str::from_utf8(&body[2..]).is_err())
        }
        // §5.2: "the most significant bit MUST be 0": for `tungstenite` such a length is over its limit (§10.4).
        Violation::LengthHighBit if refusal == Some(StatusCode::MESSAGE_TOO_BIG) => more.is_empty(),
        // §7.1.7 says how a connection is failed and not when. We do at the byte that decides; `tungstenite` reads the
        // whole frame before it looks at more than its length.
        _ if more.is_empty() && refusal.is_none() => announced::is_cut(frame),
        // Its first check is that of the length (§10.4), before any rule of §5.
        _ => {
            let too_long = announced::payload_length(frame).is_some_and(|length| length > LIMIT as u64);
            more.is_empty() && refusal == Some(StatusCode::MESSAGE_TOO_BIG) && too_long
        }
    }
}
