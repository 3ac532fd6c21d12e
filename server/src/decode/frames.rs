//! The frames: their parts, the rules that they break, and the messages that they make.

use std::iter;

use ws101_core::deflate::Agreement;
use ws101_core::inspect::{self, Field, FieldKind};
use ws101_core::{FrameDecoder, MaskingKey, ProtocolError, Role, Rsv, Span, apply_mask};

use crate::decode::messages::Messages;
use crate::decode::stream::{FramePart, bytes_of, moved};
use crate::finding::Finding;

/// Where the frames end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    BetweenMessages,
    WithinMessage,
}

/// Tells each frame from `start` on.
pub(super) fn read(
    bytes: &[u8],
    start: usize,
    role: Role,
    deflate: Option<Agreement>,
    tell: &mut dyn FnMut(FramePart),
) -> End {
    let rest = &bytes[start..];
    let allowed = if deflate.is_some() { Rsv::RSV1 } else { Rsv::NONE };
    let mut problems: Vec<ProtocolError> = Vec::new();
    inspect::frame_problems(rest, Some(role), allowed, &mut |error| problems.push(error));
    let mut problems = problems.into_iter().peekable();
    let mut messages = deflate.map(|agreement| Messages::new(role, agreement));
    let (mut number, mut coded) = (0, false);
    let mut fields: Vec<Field> = Vec::new();
    let mut finish = |fields: Vec<Field>| {
        let Some(whole) = fields.first() else { return };
        let at = bytes_of(whole);
        let of_frame = iter::from_fn(|| problems.next_if(|error| error.frame_start == at.start as u64));
        let mut errors: Vec<_> = of_frame.collect();
        // What is wrong with a message, and what only an extension sees.
        let message = messages.as_mut().and_then(|messages| messages.receive(at.of(rest)));
        let message = message.and_then(|result| {
            let found = result.map_err(|error| {
                if !errors.iter().any(|known| known.violation == error.violation) {
                    errors.push(error);
                }
            });
            found.ok()
        });
        number += 1;
        let value = |kind| fields.iter().find(|field| field.kind == kind).and_then(|field| field.value);
        // A continuation is what its message is.
        if let Some(1 | 2) = value(FieldKind::Opcode) {
            coded = value(FieldKind::Rsv1) == Some(1);
        }
        let mut frame = FramePart {
            number,
            at: Span::new(start + at.start, start + at.end),
            payload: payload(rest, &fields),
            coded: false,
            message,
            findings: errors
                .into_iter()
                .map(|error| Finding::of_frame(error, error.at.of(at.of(rest))).after(start as u64))
                .collect(),
            complete: whole.complete,
            fields: fields.into_iter().map(|field| moved(field, start)).collect(),
        };
        frame.coded = coded && frame.opcode().is_some_and(|opcode| !opcode.is_control());
        tell(frame);
    };
    inspect::frames(rest, &mut |field| {
        if field.kind == FieldKind::Frame {
            finish(std::mem::take(&mut fields));
        }
        fields.push(field);
    });
    finish(fields);
    end_of(rest, role, allowed)
}

/// Where valid frames end.
fn end_of(frames: &[u8], role: Role, allowed: Rsv) -> End {
    let mut decoder = FrameDecoder::new(role).payload_limit(u64::MAX).allow_rsv(allowed);
    let mut copy = frames.to_vec();
    let mut input = copy.as_mut_slice();
    while let Ok(Some(_)) = decoder.decode(&mut input) {}
    if decoder.is_between_messages() { End::BetweenMessages } else { End::WithinMessage }
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
