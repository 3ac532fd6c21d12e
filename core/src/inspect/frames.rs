//! The parts of frames, malformed ones too.

use crate::frame::{Role, field, place_of, rule};
use crate::inspect::{Field, FieldKind};
use crate::{Close, MaskingKey, Opcode, ProtocolError, Rsv, Span, Utf8Validator, Violation, apply_mask};

/// Labels the frames that stand in `bytes` one after another, and says how many bytes whole frames take.
///
/// What is forbidden is labelled as well: reserved opcodes, lengths in a longer form than needed, a header that is
/// cut. The last frame may be incomplete.
pub fn frames(bytes: &[u8], visit: &mut dyn FnMut(Field)) -> usize {
    let mut whole = 0;
    for frame in RawFrames::new(bytes) {
        label(bytes, &frame, visit);
        if frame.complete() {
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
            Some(Opcode::Close) if frame.complete() => {
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
        if fin && frame.complete() && !validator.is_complete() {
            let end = frame.payload.end - frame.start;
            return Err(Span::new(end, end));
        }
        Ok(())
    }
}

/// A frame as its bits say, whether it is allowed or not.
struct RawFrame {
    start: usize,
    first: u8,
    second: Option<u8>,
    /// As far as the bytes reach.
    extended: Span,
    key: Span,
    payload: Span,
    /// What the bits announce; `None` while the length is not all there.
    payload_length: Option<u64>,
    header_complete: bool,
}

struct RawFrames<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> RawFrames<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Iterator for RawFrames<'_> {
    type Item = RawFrame;

    fn next(&mut self) -> Option<RawFrame> {
        let rest = self.bytes.get(self.at..)?;
        let (&first, start) = (rest.first()?, self.at);
        let clip = |span: Span| {
            Span::new((start + span.start).min(self.bytes.len()), (start + span.end).min(self.bytes.len()))
        };
        let second = rest.get(1).copied();
        let short = second.unwrap_or(0) & field::PAYLOAD_LENGTH;
        let wanted = field::extended_length(short);
        let extended = clip(wanted);
        let payload_length = match (second, wanted.len()) {
            (None, _) => None,
            (_, 0) => Some(u64::from(short)),
            (_, length) if extended.len() == length => Some(big_endian(extended.of(self.bytes))),
            _ => None,
        };
        let masked = second.is_some_and(|second| second & field::MASK != 0);
        let wanted_key = field::masking_key(short);
        let wanted_key = if masked { wanted_key } else { Span::new(wanted_key.start, wanted_key.start) };
        let key = clip(wanted_key);
        let header_complete = second.is_some() && rest.len() >= wanted_key.end;
        let available = self.bytes.len() - key.end;
        let length = payload_length
            .map_or(0, |length| usize::try_from(length).map_or(available, |length| length.min(available)));
        let payload = Span::new(key.end, key.end + length);
        self.at = if header_complete { payload.end } else { self.bytes.len() };
        Some(RawFrame { start, first, second, extended, key, payload, payload_length, header_complete })
    }
}

impl RawFrame {
    fn is_masked(&self) -> bool {
        self.second.is_some_and(|second| second & field::MASK != 0)
    }

    fn complete(&self) -> bool {
        self.header_complete && self.payload_length == Some(self.payload.len() as u64)
    }

    /// The payload bytes of `span` without their mask, copied to `out`.
    fn unmask<'o>(&self, bytes: &[u8], span: Span, out: &'o mut [u8]) -> &'o [u8] {
        let out = &mut out[..span.len()];
        out.copy_from_slice(span.of(bytes));
        if let Ok(key) = self.key.of(bytes).try_into() {
            apply_mask(out, MaskingKey(key), (span.start - self.payload.start) as u64);
        }
        out
    }

    /// Tells every rule that the header breaks, as far as it is there.
    fn judge_header(
        &self,
        bytes: &[u8],
        role: Role,
        allowed_rsv: Rsv,
        message_under_way: bool,
        tell: &mut dyn FnMut(Violation),
    ) {
        let opcode = rule::opcode(self.first);
        let of_first = [
            rule::reserved_bits(self.first, allowed_rsv).err(),
            opcode.err(),
            rule::control_is_final(self.first).err(),
            opcode.ok().and_then(|opcode| rule::order(opcode, message_under_way).err()),
        ];
        of_first.into_iter().flatten().for_each(&mut *tell);
        let Some(second) = self.second else { return };
        let of_second = [
            rule::masking(second, role).err(),
            rule::control_is_short(self.first, second).err(),
            rule::payload_length(second, self.extended.of(bytes), u64::MAX).err(),
        ];
        of_second.into_iter().flatten().for_each(tell);
    }

    fn judge_close(&self, bytes: &[u8]) -> Result<(), (Violation, Span)> {
        let mut payload = [0; field::CONTROL_PAYLOAD_LIMIT];
        if self.payload.len() > payload.len() {
            return Ok(());
        }
        let header = self.payload.start - self.start;
        let payload = self.unmask(bytes, self.payload, &mut payload);
        Close::parse(payload)
            .map(drop)
            .map_err(|(violation, at)| (violation, Span::new(header + at.start, header + at.end)))
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
        complete: frame.complete(),
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
    part(visit, FieldKind::PayloadData, 1, frame.payload, None, frame.complete());
    if frame.first & field::OPCODE == Opcode::Close.bits() && frame.payload.len() >= 2 {
        let code = Span::new(frame.payload.start, frame.payload.start + 2);
        let value = big_endian(frame.unmask(bytes, code, &mut [0; 2]));
        part(visit, FieldKind::CloseStatusCode, 2, code, Some(value), true);
        part(visit, FieldKind::CloseReason, 2, Span::new(code.end, frame.payload.end), None, frame.complete());
    }
}

/// A field of whole bytes; one that covers nothing is left out.
fn part(visit: &mut dyn FnMut(Field), kind: FieldKind, depth: u8, span: Span, value: Option<u64>, complete: bool) {
    if !span.is_empty() {
        visit(Field { kind, depth, start: span.start as u64 * 8, end: span.end as u64 * 8, value, complete });
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
