//! The parts of frames, malformed ones too.

use crate::frame::{Role, field, place_of};
use crate::inspect::raw::{RawFrame, RawFrames, big_endian};
use crate::inspect::{Field, FieldKind};
use crate::{Opcode, ProtocolError, Rsv, Span, Utf8Validator, Violation};

/// Labels the frames that stand in `bytes` one after another, and says how many bytes whole frames take.
///
/// What is forbidden is labelled as well: reserved opcodes, lengths in a longer form than needed, a header that is
/// cut. The last frame may be incomplete.
pub fn frames(bytes: &[u8], visit: &mut dyn FnMut(Field)) -> usize {
    let mut whole = 0;
    for frame in RawFrames::new(bytes) {
        label(bytes, &frame, visit);
        if frame.is_complete() {
            whole = frame.payload.end;
        }
    }
    whole
}

/// Tells every rule that the frames in `bytes` break, each frame judged although those before it were malformed.
///
/// With a `role`, also whether they are masked as they must be towards that end; `allowed_rsv` as in
/// [`FrameDecoder::allow_rsv`](crate::FrameDecoder::allow_rsv). Text is judged as UTF-8 where no reserved bit says that
/// an extension changed it.
pub fn frame_problems(bytes: &[u8], role: Option<Role>, allowed_rsv: Rsv, tell: &mut dyn FnMut(ProtocolError)) {
    let mut message: Option<OpenMessage> = None;
    for frame in RawFrames::new(bytes) {
        let mut error = |violation, at| tell(ProtocolError { violation, frame_start: frame.start as u64, at });
        let role = role.unwrap_or(if frame.is_masked() { Role::Server } else { Role::Client });
        frame.judge_header(bytes, role, allowed_rsv, message.is_some(), &mut |violation| {
            error(violation, place_of(violation, frame.second.unwrap_or(0)));
        });
        let opcode = Opcode::from_bits(frame.first & field::OPCODE);
        match opcode {
            Some(Opcode::Close) if frame.is_complete() => {
                if let Err((violation, at)) = frame.judge_close(bytes) {
                    error(violation, at);
                }
            }
            Some(Opcode::Text | Opcode::Binary | Opcode::Continuation) => {
                if opcode != Some(Opcode::Continuation) {
                    let text = opcode == Some(Opcode::Text) && frame.first & field::RSV == 0;
                    message = Some(OpenMessage { text: text.then(Utf8Validator::new) });
                }
                let fin = frame.first & field::FIN != 0;
                if let Some(Err(at)) = message.as_mut().map(|message| message.receive(&frame, bytes, fin)) {
                    error(Violation::InvalidUtf8, at);
                }
                if fin {
                    message = None;
                }
            }
            _ => {}
        }
    }
}

/// A message whose last fragment has not come; its text is judged until it is found wrong.
struct OpenMessage {
    text: Option<Utf8Validator>,
}

impl OpenMessage {
    fn receive(&mut self, frame: &RawFrame, bytes: &[u8], fin: bool) -> Result<(), Span> {
        let Some(validator) = &mut self.text else {
            return Ok(());
        };
        let mut at = frame.payload.start;
        while at < frame.payload.end {
            let mut piece = [0; 64];
            let length = piece.len().min(frame.payload.end - at);
            let piece = frame.unmask(bytes, Span::new(at, at + length), &mut piece);
            if let Err(invalid) = validator.receive(piece) {
                self.text = None;
                let place = at + invalid.offset - frame.start;
                return Err(Span::new(place, place + 1));
            }
            at += length;
        }
        if fin && frame.is_complete() && !validator.is_complete() {
            let end = frame.payload.end - frame.start;
            return Err(Span::new(end, end));
        }
        Ok(())
    }
}

fn label(bytes: &[u8], frame: &RawFrame, visit: &mut dyn FnMut(Field)) {
    let start = frame.start as u64 * 8;
    let end = frame.payload.end.max(frame.start + 1);
    let end = if frame.header_complete { end } else { bytes.len() };
    visit(Field {
        kind: FieldKind::Frame,
        depth: 0,
        start,
        end: end as u64 * 8,
        value: None,
        complete: frame.is_complete(),
    });
    let mut bits = |kind, from: u64, to: u64, byte: u8, mask: u8| {
        let value = (byte & mask) >> mask.trailing_zeros();
        visit(Field {
            kind,
            depth: 1,
            start: start + from,
            end: start + to,
            value: Some(value.into()),
            complete: true,
        });
    };
    bits(FieldKind::Fin, 0, 1, frame.first, field::FIN);
    bits(FieldKind::Rsv1, 1, 2, frame.first, Rsv::RSV1.bits() << field::RSV_SHIFT);
    bits(FieldKind::Rsv2, 2, 3, frame.first, Rsv::RSV2.bits() << field::RSV_SHIFT);
    bits(FieldKind::Rsv3, 3, 4, frame.first, Rsv::RSV3.bits() << field::RSV_SHIFT);
    bits(FieldKind::Opcode, 4, 8, frame.first, field::OPCODE);
    let Some(second) = frame.second else { return };
    bits(FieldKind::Mask, 8, 9, second, field::MASK);
    bits(FieldKind::PayloadLength, 9, 16, second, field::PAYLOAD_LENGTH);

    let extended_complete = frame.payload_length.is_some();
    let length = frame.payload_length.filter(|_| !frame.extended.is_empty());
    part(visit, FieldKind::ExtendedPayloadLength, 1, frame.extended, length, extended_complete);
    part(visit, FieldKind::MaskingKey, 1, frame.key, None, frame.header_complete);
    part(visit, FieldKind::PayloadData, 1, frame.payload, None, frame.is_complete());
    if frame.first & field::OPCODE == Opcode::Close.bits() && frame.payload.len() >= 2 {
        let code = Span::new(frame.payload.start, frame.payload.start + 2);
        let value = big_endian(frame.unmask(bytes, code, &mut [0; 2]));
        part(visit, FieldKind::CloseStatusCode, 2, code, Some(value), true);
        part(visit, FieldKind::CloseReason, 2, Span::new(code.end, frame.payload.end), None, frame.is_complete());
    }
}

/// A field of whole bytes; one that covers nothing is left out.
fn part(visit: &mut dyn FnMut(Field), kind: FieldKind, depth: u8, span: Span, value: Option<u64>, complete: bool) {
    if !span.is_empty() {
        visit(Field { kind, depth, start: span.start as u64 * 8, end: span.end as u64 * 8, value, complete });
    }
}
