//! What stands in the bytes of one direction: heads, then frames.

use std::iter;

use clap::ValueEnum;
use ws101_core::handshake::{ClientRequest, HandshakeError, HandshakeViolation, Key, OriginPolicy, UpgradeRequest};
use ws101_core::inspect::{self, Field, FieldKind};
use ws101_core::{FrameDecoder, Head, MaskingKey, Opcode, ProtocolError, Role, Rsv, Span, apply_mask};

use crate::finding::Finding;

/// Who reads the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// A server: the frames must be masked
    Server,
    /// A client: the frames must not be masked
    Client,
}

impl From<Reader> for Role {
    fn from(reader: Reader) -> Self {
        match reader {
            Reader::Server => Self::Server,
            Reader::Client => Self::Client,
        }
    }
}

/// What a head is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadKind {
    Request,
    Response,
}

impl HeadKind {
    /// What head the bytes begin with; `None` where they are frames.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
        if line.starts_with(b"HTTP/") {
            Some(Self::Response)
        } else if line.is_ascii() && line.windows(6).any(|part| part == b" HTTP/") {
            Some(Self::Request)
        } else {
            None
        }
    }

    /// Who reads it.
    pub(crate) const fn reader(self) -> Role {
        match self {
            Self::Request => Role::Server,
            Self::Response => Role::Client,
        }
    }
}

/// One thing in the stream; places are bytes or, of fields, bits of the whole stream.
#[derive(Debug)]
pub(crate) enum Part {
    Head(HeadPart),
    Frame(FramePart),
    /// What follows a response that does not switch protocols, which is no frames.
    Body(Span),
}

#[derive(Debug)]
pub(crate) struct HeadPart {
    pub(crate) kind: HeadKind,
    pub(crate) at: Span,
    pub(crate) fields: Vec<Field>,
    pub(crate) finding: Option<Finding>,
    /// Whether its empty line is there.
    pub(crate) complete: bool,
}

#[derive(Debug)]
pub(crate) struct FramePart {
    /// From 1.
    pub(crate) number: u64,
    pub(crate) at: Span,
    /// Depth first, the frame itself included.
    pub(crate) fields: Vec<Field>,
    /// As far as it is here, without its mask.
    pub(crate) payload: Vec<u8>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) complete: bool,
}

impl FramePart {
    /// The number that a field of it stands for.
    pub(crate) fn value(&self, kind: FieldKind) -> Option<u64> {
        self.field(kind)?.value
    }

    /// What it is; `None` for reserved opcodes.
    pub(crate) fn opcode(&self) -> Option<Opcode> {
        Opcode::from_bits(u8::try_from(self.value(FieldKind::Opcode)?).ok()?)
    }

    /// Bytes of payload that it announces; `None` while its length is not all there.
    pub(crate) fn announced(&self) -> Option<u64> {
        let field = self.fields.iter().find(|field| field.kind == FieldKind::ExtendedPayloadLength);
        field.map_or_else(|| self.value(FieldKind::PayloadLength), |field| field.value)
    }

    fn field(&self, kind: FieldKind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind)
    }
}

/// What is known of the connection besides the bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    pub(crate) reader: Option<Role>,
    /// The key that a response answers.
    pub(crate) key: Option<Key>,
}

/// What the whole came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) frames: u64,
    /// Rules that were broken, each counted as often as it was.
    pub(crate) broken: u64,
    /// Whether the bytes end within a head, a frame or a message.
    pub(crate) cut: bool,
}

/// Tells each part of `bytes` in order.
pub(crate) fn read(bytes: &[u8], context: Context, tell: &mut dyn FnMut(&Part)) -> Summary {
    let mut summary = Summary::default();
    let mut at = 0;
    let mut reader = context.reader;
    while let Some(kind) = HeadKind::of(&bytes[at..]) {
        let (head, next) = head(bytes, at, kind, context.key);
        at = head.at.end;
        reader = reader.or(Some(kind.reader()));
        summary.broken += u64::from(head.finding.is_some() && head.complete);
        summary.cut |= !head.complete;
        tell(&Part::Head(head));
        match next {
            Next::Head => {}
            Next::Frames => break,
            Next::Body => {
                if at < bytes.len() {
                    tell(&Part::Body(Span::new(at, bytes.len())));
                }
                return summary;
            }
        }
    }
    let role = reader.unwrap_or_else(|| reader_of(&bytes[at..]));
    frames(bytes, at, role, &mut summary, tell);
    summary
}

/// Who reads frames of which nothing else is known: whoever may take the first.
pub(crate) fn reader_of(frames: &[u8]) -> Role {
    let mut first = None;
    inspect::frames(frames, &mut |field| {
        if field.kind == FieldKind::Mask && first.is_none() {
            first = field.value;
        }
    });
    if first == Some(1) { Role::Server } else { Role::Client }
}

/// What follows a head.
enum Next {
    Head,
    Frames,
    Body,
}

fn head(bytes: &[u8], start: usize, kind: HeadKind, key: Option<Key>) -> (HeadPart, Next) {
    let rest = &bytes[start..];
    let mut fields = Vec::new();
    let mut label = |field: Field| fields.push(moved(field, start));
    let (length, error) = match kind {
        HeadKind::Request => {
            (inspect::request(rest, &mut label), UpgradeRequest::verify(rest, OriginPolicy::Any).err())
        }
        HeadKind::Response => (inspect::response(rest, &mut label), judge_response(rest, key)),
    };
    let violation = error.map(|error| error.violation);
    let next = match violation {
        Some(HandshakeViolation::ResponseInterim) => Next::Head,
        Some(HandshakeViolation::NotSwitchingProtocols) => Next::Body,
        _ => Next::Frames,
    };
    // That another head follows is no fault.
    let error = error.filter(|error| error.violation != HandshakeViolation::ResponseInterim);
    let head = HeadPart {
        kind,
        at: Span::new(start, start + length),
        fields,
        finding: error.map(|error| Finding::of_head(error, rest).after(start as u64)),
        complete: Head::new(rest).empty_line().is_some(),
    };
    (head, next)
}

/// Judges a response whose request is not here: what it chose is taken as offered, and its answer to the key is only
/// judged where the key is known.
fn judge_response(bytes: &[u8], key: Option<Key>) -> Option<HandshakeError> {
    let head = Head::new(bytes);
    let text = |name| {
        let values = head.fields_named(name).filter_map(|line| std::str::from_utf8(line.value_bytes()).ok());
        values.collect::<Vec<_>>()
    };
    let (subprotocols, extensions) = (text("Sec-WebSocket-Protocol"), text("Sec-WebSocket-Extensions").join(", "));
    let request = ClientRequest::new("", "", key.unwrap_or_else(|| Key::from_nonce([0; Key::NONCE_LENGTH])))
        .subprotocols(&subprotocols)
        .extensions(&extensions);
    let error = request.verify_response(bytes).err();
    error.filter(|error| key.is_some() || error.violation != HandshakeViolation::AcceptWrong)
}

fn frames(bytes: &[u8], start: usize, role: Role, summary: &mut Summary, tell: &mut dyn FnMut(&Part)) {
    let rest = &bytes[start..];
    let mut problems: Vec<ProtocolError> = Vec::new();
    inspect::frame_problems(rest, Some(role), Rsv::NONE, &mut |error| problems.push(error));
    let mut problems = problems.into_iter().peekable();
    let mut fields: Vec<Field> = Vec::new();
    let mut finish = |fields: Vec<Field>| {
        let Some(whole) = fields.first() else { return };
        let at = bytes_of(whole);
        let findings = iter::from_fn(|| problems.next_if(|error| error.frame_start == at.start as u64));
        let findings =
            findings.map(|error| Finding::of_frame(error, error.at.of(at.of(rest))).after(start as u64)).collect();
        summary.frames += 1;
        let frame = FramePart {
            number: summary.frames,
            at: Span::new(start + at.start, start + at.end),
            payload: payload(rest, &fields),
            findings,
            complete: whole.complete,
            fields: fields.into_iter().map(|field| moved(field, start)).collect(),
        };
        summary.broken += frame.findings.len() as u64;
        summary.cut |= !frame.complete;
        tell(&Part::Frame(frame));
    };
    inspect::frames(rest, &mut |field| {
        if field.kind == FieldKind::Frame {
            finish(std::mem::take(&mut fields));
        }
        fields.push(field);
    });
    finish(fields);
    if summary.broken == 0 {
        summary.cut |= !ends_between_messages(rest, role);
    }
}

/// Whether valid frames end where a stream may end.
fn ends_between_messages(frames: &[u8], role: Role) -> bool {
    let mut decoder = FrameDecoder::new(role).payload_limit(u64::MAX);
    let mut copy = frames.to_vec();
    let mut input = copy.as_mut_slice();
    while let Ok(Some(_)) = decoder.decode(&mut input) {}
    decoder.is_between_messages()
}

/// The payload of a frame, as far as it is here, without its mask.
fn payload(bytes: &[u8], fields: &[Field]) -> Vec<u8> {
    let span = |kind| fields.iter().find(|field| field.kind == kind).map(bytes_of).unwrap_or_default();
    let mut payload = span(FieldKind::PayloadData).of(bytes).to_vec();
    if let Ok(key) = span(FieldKind::MaskingKey).of(bytes).try_into() {
        apply_mask(&mut payload, MaskingKey(key), 0);
    }
    payload
}

/// The bytes that a field of bits touches.
pub(crate) fn bytes_of(field: &Field) -> Span {
    let byte = |bit: u64| usize::try_from(bit / 8).unwrap_or(usize::MAX);
    Span::new(byte(field.start), byte(field.end.saturating_add(7)))
}

/// A field of something that begins `start` bytes into the stream.
const fn moved(mut field: Field, start: usize) -> Field {
    field.start += start as u64 * 8;
    field.end += start as u64 * 8;
    field
}
