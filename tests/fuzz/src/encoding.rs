//! What one end sends arrives at the other, and what is not allowed is refused and changes nothing; headers of any bits
//! are read as the RFC's table says.

use arbitrary::{Arbitrary, Unstructured};
use ws101_core::forge::{Header, LengthForm};
use ws101_core::{
    Close, Config, Connection, Delivery, EncodeError, Entropy, Frame, FrameHeader, MaskingKey, Opcode, Role, Rsv,
    SendError, StatusCode, Violation, frames,
};

use crate::setup::{Setup, extended, flag, keys, other};
use crate::stream::{payload, text};
use crate::told::{Bounds, MessageBuffer, Reader, Told};

/// The setup is that of the end that receives; what follows is what the other end is asked to send, and headers.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let setup = Setup::read(&mut u);
    for _ in 0..4 {
        check_header(&mut u);
    }
    converse(&mut u, setup);
}

/// One end sends what the rest of the input says, the other reads it.
pub(crate) fn converse(u: &mut Unstructured<'_>, setup: Setup) {
    match other(setup.role()) {
        Role::Server => send(u, setup, Connection::server(Config::default())),
        Role::Client => send(u, setup, Connection::client(Config::default(), keys())),
    }
}

fn send<E: Entropy>(u: &mut Unstructured<'_>, setup: Setup, connection: Connection<E>) {
    let mut sender = Sender {
        connection: extended(connection, setup.agreement()),
        message: None,
        closed: false,
        arrives: Vec::new(),
    };
    while !u.is_empty() && sender.connection.outgoing().len() < 10_000 && sender.send(u).is_ok() {}
    let bytes = sender.connection.outgoing().to_vec();
    let delivery = if setup.has(flag::PARTS) { Delivery::Parts } else { Delivery::Messages };
    let config = Config { delivery, ..Config::default() };
    let arrived = match setup.role() {
        Role::Server => receive(setup, Connection::server(config), &bytes),
        Role::Client => receive(setup, Connection::client(config, keys()), &bytes),
    };
    assert_eq!(arrived, sender.arrives, "{setup:?}");
}

fn receive<E: Entropy>(setup: Setup, connection: Connection<E>, bytes: &[u8]) -> Vec<Told> {
    let limits = Config::default().limits;
    let bounds = Bounds { message: limits.message, outgoing: limits.outgoing };
    let buffer = if setup.has(flag::MESSAGE_BUFFER) { MessageBuffer::Used } else { MessageBuffer::Left };
    Reader::new(extended(connection, setup.agreement()), bounds).read(setup.pieces(bytes), buffer).told
}

/// An end that sends, and what must arrive by the rules of §5.4 to §5.6.
struct Sender<E> {
    connection: Connection<E>,
    /// The message under way.
    message: Option<(Opcode, Vec<u8>)>,
    closed: bool,
    arrives: Vec<Told>,
}

/// One thing that a caller does.
#[derive(Debug, Clone, Copy, Arbitrary)]
enum Action {
    Text,
    Binary,
    BeginText,
    BeginBinary,
    Continue,
    End,
    Ping,
    Pong,
    Close,
    Reserved,
}

impl<E: Entropy> Sender<E> {
    fn send(&mut self, u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
        let waiting = self.connection.outgoing().len();
        let action: Action = u.arbitrary()?;
        let (expected, result) = match action {
            Action::Text => {
                let text = text(u)?;
                (self.message(Told::Text(text.clone())), self.connection.send_text(&text))
            }
            Action::Binary => {
                let bytes = payload(u)?;
                (self.message(Told::Binary(bytes.clone())), self.connection.send_binary(&bytes))
            }
            Action::BeginText | Action::BeginBinary | Action::Continue | Action::End => self.fragment(action, u)?,
            Action::Ping => {
                let bytes = payload(u)?;
                (self.control(&bytes, Told::Ping(bytes.clone())), self.connection.ping(&bytes))
            }
            Action::Pong => {
                let bytes = payload(u)?;
                (self.control(&bytes, Told::Pong(bytes.clone())), self.connection.pong(&bytes))
            }
            Action::Close => self.close(u)?,
            Action::Reserved => {
                let frame = frames::text("").rsv(Rsv::from_bits(1 + u.arbitrary::<u8>()? % 7));
                (Err(SendError::Frame(EncodeError::ReservedBits)), self.connection.send_frame(frame))
            }
        };
        assert_eq!(result, expected, "{action:?}");
        if result.is_err() {
            assert_eq!(self.connection.outgoing().len(), waiting, "{action:?} was refused, but something was queued");
        }
        Ok(())
    }

    fn message(&mut self, told: Told) -> Result<(), SendError> {
        self.check_open()?;
        if self.message.is_some() {
            return Err(SendError::Frame(EncodeError::MessageUnfinished));
        }
        self.arrives.push(told);
        Ok(())
    }

    /// A fragment; of a text it may be cut within a character.
    fn fragment(
        &mut self,
        action: Action,
        u: &mut Unstructured<'_>,
    ) -> arbitrary::Result<(Result<(), SendError>, Result<(), SendError>)> {
        let mut bytes = if u.arbitrary()? { text(u)?.into_bytes() } else { payload(u)? };
        let cut = u.arbitrary::<u8>()? % 4;
        bytes.truncate(bytes.len() - usize::from(cut).min(bytes.len()));
        let (opcode, fin) = match action {
            Action::BeginText => (Opcode::Text, false),
            Action::BeginBinary => (Opcode::Binary, false),
            Action::End => (Opcode::Continuation, true),
            _ => (Opcode::Continuation, false),
        };
        let expected = self.expect_fragment(opcode, fin, &bytes);
        Ok((expected, self.connection.send_frame(Frame::new(opcode, &bytes).fin(fin))))
    }

    fn expect_fragment(&mut self, opcode: Opcode, fin: bool, bytes: &[u8]) -> Result<(), SendError> {
        self.check_open()?;
        let (kind, so_far) = match (&self.message, opcode) {
            (None, Opcode::Continuation) => return Err(SendError::Frame(EncodeError::UnexpectedContinuation)),
            (Some((kind, so_far)), Opcode::Continuation) => (*kind, &so_far[..]),
            (None, opcode) => (opcode, &[][..]),
            (Some(_), _) => return Err(SendError::Frame(EncodeError::MessageUnfinished)),
        };
        let message = [so_far, bytes].concat();
        if kind == Opcode::Text {
            let wrong = match std::str::from_utf8(&message) {
                Ok(_) => false,
                Err(error) => error.error_len().is_some() || fin,
            };
            if wrong {
                return Err(SendError::Frame(EncodeError::InvalidUtf8));
            }
        }
        self.message = (!fin).then_some((kind, message.clone()));
        if fin {
            self.arrives.push(match kind {
                Opcode::Text => Told::Text(String::from_utf8(message).expect("judged above")),
                _ => Told::Binary(message),
            });
        }
        Ok(())
    }

    fn control(&mut self, bytes: &[u8], told: Told) -> Result<(), SendError> {
        self.check_open()?;
        // §5.5: "All control frames MUST have a payload length of 125 bytes or less"
        if bytes.len() > 125 {
            return Err(SendError::Frame(EncodeError::ControlFrameTooLong));
        }
        self.arrives.push(told);
        Ok(())
    }

    fn close(&mut self, u: &mut Unstructured<'_>) -> arbitrary::Result<(Result<(), SendError>, Result<(), SendError>)> {
        if u.arbitrary()? {
            let expected = self.expect_close(None, "");
            return Ok((expected, self.connection.close(None)));
        }
        let code = 995 + u.arbitrary::<u16>()? % 4010;
        let reason = text(u)?;
        let expected = self.expect_close(Some(code), &reason);
        Ok((expected, self.connection.close(Some(Close { code: StatusCode(code), reason: &reason }))))
    }

    fn expect_close(&mut self, code: Option<u16>, reason: &str) -> Result<(), SendError> {
        // §7.4.1, §7.4.2 and the IANA registry, which has 1012 to 1014.
        if code.is_some_and(|code| !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)) {
            return Err(SendError::Frame(EncodeError::StatusNotAllowed));
        }
        if reason.len() > 123 {
            return Err(SendError::Frame(EncodeError::ReasonTooLong));
        }
        self.check_open()?;
        self.closed = true;
        self.arrives.push(Told::Close(code, reason.to_owned()));
        Ok(())
    }

    fn check_open(&self) -> Result<(), SendError> {
        if self.closed { Err(SendError::NotOpen) } else { Ok(()) }
    }
}

/// A header of any bits is read as §5.2 says, and the strict encoder writes those that are allowed in the same bytes.
fn check_header(u: &mut Unstructured<'_>) {
    let Ok([first, second, form]) = u.arbitrary::<[u8; 3]>() else { return };
    let length = u.arbitrary::<u64>().unwrap_or(0) >> (form >> 2);
    let masking_key = (second & 1 != 0).then(|| MaskingKey(length.to_le_bytes()[..4].try_into().expect("four bytes")));
    let length_form = [LengthForm::Bits7, LengthForm::Bits16, LengthForm::Bits64, LengthForm::shortest(length)];
    let header = Header {
        fin: first & 0x80 != 0,
        rsv: Rsv::from_bits(first >> 4),
        opcode: first,
        length_form: length_form[usize::from(form % 4)],
        payload_length: length,
        masking_key,
    };
    let mut out = [0xa5; Header::MAX_LENGTH];
    let written = header.encode(&mut out);
    assert!(out[written..].iter().all(|&byte| byte == 0xa5), "more is written than is said");
    let bytes = &out[..written];
    let expected = read_naively(bytes);
    let parsed = FrameHeader::parse(bytes);
    assert_eq!(parsed, expected, "{bytes:02x?}");
    // The first byte that decides is enough.
    for end in 0..written {
        let early = FrameHeader::parse(&bytes[..end]);
        assert!(early == Ok(None) || early == parsed, "{:02x?}: {early:?}, then {parsed:?}", &bytes[..end]);
    }
    let Ok(Some((parsed, _))) = parsed else { return };
    assert_eq!(parsed.encoded_len(), written);
    if let Ok(length @ ..70_000) = usize::try_from(parsed.payload_length) {
        let payload = vec![0x5a; length];
        let frame = Frame::new(parsed.opcode, &payload).fin(parsed.fin).rsv(parsed.rsv);
        let frame = parsed.masking_key.map_or(frame, |key| frame.masked(key));
        let encoded = frame.to_vec().expect("a frame that may be read may be sent");
        assert_eq!(encoded.len(), frame.encoded_len());
        assert_eq!(&encoded[..written], bytes, "the strict encoder and the forge write the same header");
    }
}

/// §5.2, a step at a time, without haste.
fn read_naively(bytes: &[u8]) -> Result<Option<(FrameHeader, usize)>, Violation> {
    let (fin, rsv, opcode) = (bytes[0] & 0x80 != 0, bytes[0] >> 4 & 7, bytes[0] & 15);
    let opcode = Opcode::from_bits(opcode).ok_or(Violation::ReservedOpcode)?;
    let (masked, short) = (bytes[1] & 0x80 != 0, bytes[1] & 0x7f);
    if opcode.is_control() && !fin {
        return Err(Violation::FragmentedControlFrame);
    }
    if opcode.is_control() && short > 125 {
        return Err(Violation::ControlFrameTooLong);
    }
    let number = |count: usize| {
        let bytes = bytes.get(2..2 + count)?;
        Some(bytes.iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte)))
    };
    let (payload_length, at, least) = match short {
        126 => (number(2), 4, 126),
        127 => (number(8), 10, 65_536),
        short => (Some(u64::from(short)), 2, 0),
    };
    // A form of seven bits with 126 or 127 in them announces bytes that the forge did not write: they may be a key's.
    let Some(payload_length) = payload_length else { return read_cut(bytes, least) };
    if payload_length < least {
        return Err(Violation::LengthNotMinimal);
    }
    if payload_length >= 1 << 63 {
        return Err(Violation::LengthHighBit);
    }
    let masking_key = if masked {
        let Some(key) = bytes.get(at..at + 4) else { return Ok(None) };
        Some(MaskingKey(key.try_into().expect("four bytes")))
    } else {
        None
    };
    let header = FrameHeader { fin, rsv: Rsv::from_bits(rsv), opcode, masking_key, payload_length };
    Ok(Some((header, at + if masked { 4 } else { 0 })))
}

/// A length whose last bytes have not come: wrong when it is, whatever they are.
fn read_cut(bytes: &[u8], least: u64) -> Result<Option<(FrameHeader, usize)>, Violation> {
    let whole = if least == 126 { 2 } else { 8 };
    let known = &bytes[2..];
    let with = |missing: u8| {
        let bytes = known.iter().copied().chain(std::iter::repeat(missing)).take(whole);
        bytes.fold(0_u64, |number, byte| number << 8 | u64::from(byte))
    };
    if with(0xff) < least {
        return Err(Violation::LengthNotMinimal);
    }
    if with(0) >= 1 << 63 { Err(Violation::LengthHighBit) } else { Ok(None) }
}
