//! What stands in the bytes of one direction: heads, then frames.

use clap::ValueEnum;
use ws101_core::deflate::Agreement;
use ws101_core::handshake::Key;
use ws101_core::inspect::{self, Field, FieldKind};
use ws101_core::{Opcode, Role, Span};
use ws101_doctor::file::HeadKind;

use crate::decode::frames;
use crate::decode::heads::{self, Next};
use crate::decode::messages::Message;
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

/// Who reads a head.
pub(super) const fn reader_of_head(kind: HeadKind) -> Role {
    match kind {
        HeadKind::Request => Role::Server,
        HeadKind::Response => Role::Client,
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
    /// Whether the payload is what an extension made of a message.
    pub(crate) coded: bool,
    /// The message that ends with it, where messages may be compressed.
    pub(crate) message: Option<Message>,
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
    /// What was agreed on about permessage-deflate.
    pub(crate) deflate: Option<Agreement>,
}

/// What the whole came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) frames: u64,
    /// Rules that were broken, each counted as often as it was.
    pub(crate) broken: u64,
    /// Whether the bytes end within a head, a frame or a message.
    pub(crate) cut: bool,
    /// Whether messages look compressed and nothing says that they may be.
    pub(crate) unexplained: bool,
}

/// Tells each part of `bytes` in order.
pub(crate) fn read(bytes: &[u8], mut context: Context, tell: &mut dyn FnMut(&Part)) -> Summary {
    let mut summary = Summary::default();
    let mut at = 0;
    while let Some(kind) = HeadKind::of(&bytes[at..]) {
        let (head, next) = heads::read(bytes, at, kind, &mut context);
        at = head.at.end;
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
    let role = context.reader.unwrap_or_else(|| reader_of(&bytes[at..]));
    let mut tell = |frame: FramePart| {
        summary.frames += 1;
        summary.broken += frame.findings.len() as u64;
        summary.cut |= !frame.complete;
        summary.unexplained |= frame.coded && context.deflate.is_none();
        tell(&Part::Frame(frame));
    };
    let end = frames::read(bytes, at, role, context.deflate, &mut tell);
    summary.cut |= summary.broken == 0 && end == frames::End::WithinMessage;
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

/// The bytes that a field of bits touches.
pub(crate) fn bytes_of(field: &Field) -> Span {
    let byte = |bit: u64| usize::try_from(bit / 8).unwrap_or(usize::MAX);
    Span::new(byte(field.start), byte(field.end.saturating_add(7)))
}

/// A field of something that begins `start` bytes into the stream.
pub(super) const fn moved(mut field: Field, start: usize) -> Field {
    field.start += start as u64 * 8;
    field.end += start as u64 * 8;
    field
}
