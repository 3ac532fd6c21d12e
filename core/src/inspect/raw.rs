//! A frame as its bits say.

use crate::frame::{Role, field, place_of, rule};
use crate::{Close, MaskingKey, Opcode, Rsv, Span, Violation, apply_mask};

/// A frame as its bits say, whether it is allowed or not, and as far as the bytes reach.
///
/// ```
/// use ws101_core::{Opcode, Role, Rsv, Violation, inspect::RawFrame};
/// let bytes = [0x81, 0x01, b'a', 0xc2, 0x7e, 0x00, 0x05, b'b'];
/// let frame = RawFrame::read(&bytes, 3).unwrap();
/// assert_eq!((frame.opcode(), frame.rsv()), (Some(Opcode::Binary), Rsv::RSV1));
/// assert_eq!((frame.payload_length, frame.payload.len(), frame.is_complete()), (Some(5), 1, false));
/// let mut told = Vec::new();
/// frame.header_problems(&bytes, Role::Client, Rsv::RSV1, false, &mut |violation, at| told.push((violation, at.start)));
/// assert_eq!(told, [(Violation::LengthNotMinimal, 1)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawFrame {
    /// Where it begins.
    pub start: usize,
    pub(super) first: u8,
    pub(super) second: Option<u8>,
    /// The bytes of the extended payload length, where there are any.
    pub extended: Span,
    pub(super) key: Span,
    /// The payload, still masked.
    pub payload: Span,
    /// What the header announces; `None` while the length is not all there.
    pub payload_length: Option<u64>,
    pub(super) header_complete: bool,
}

/// The frames that stand one after another, each where the one before it ends by its own account.
pub(super) struct RawFrames<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> RawFrames<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
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
    /// The frame that begins at `start`; `None` where no byte is.
    #[must_use]
    pub fn read(bytes: &[u8], start: usize) -> Option<Self> {
        RawFrames { bytes, at: start }.next()
    }

    /// FIN.
    #[must_use]
    pub const fn fin(&self) -> bool {
        self.first & field::FIN != 0
    }

    /// The reserved bits.
    #[must_use]
    pub const fn rsv(&self) -> Rsv {
        Rsv::from_bits((self.first & field::RSV) >> field::RSV_SHIFT)
    }

    /// The opcode; `None` where it is a reserved one.
    #[must_use]
    pub const fn opcode(&self) -> Option<Opcode> {
        Opcode::from_bits(self.first & field::OPCODE)
    }

    /// The opcode's bits, 0 to 15.
    #[must_use]
    pub const fn opcode_bits(&self) -> u8 {
        self.first & field::OPCODE
    }

    /// Whether the mask bit is set.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.second.is_some_and(|second| second & field::MASK != 0)
    }

    /// The masking-key, where all of it is there.
    #[must_use]
    pub fn masking_key(&self, bytes: &[u8]) -> Option<MaskingKey> {
        self.key.of(bytes).try_into().ok().map(MaskingKey)
    }

    /// Whether all of it is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.header_complete && self.payload_length == Some(self.payload.len() as u64)
    }

    /// Where the next frame begins if this one is what it says; where `bytes` end if it is not all there.
    #[must_use]
    pub const fn end(&self, bytes: &[u8]) -> usize {
        if self.header_complete { self.payload.end } else { bytes.len() }
    }

    /// Tells every rule that the header breaks, as far as it is there, and the bytes that each is about, counted from the
    /// first byte of the frame.
    ///
    /// `role` is the end that receives it, `allowed_rsv` as in
    /// [`FrameDecoder::allow_rsv`](crate::FrameDecoder::allow_rsv), and `message_under_way` whether a message has begun
    /// whose last fragment has not come.
    pub fn header_problems(
        &self,
        bytes: &[u8],
        role: Role,
        allowed_rsv: Rsv,
        message_under_way: bool,
        tell: &mut dyn FnMut(Violation, Span),
    ) {
        self.judge_header(bytes, role, allowed_rsv, message_under_way, &mut |violation| {
            tell(violation, place_of(violation, self.second.unwrap_or(0)));
        });
    }

    /// The same, without the places.
    pub(super) fn judge_header(
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

    /// The payload bytes of `span` without their mask, copied to `out`.
    pub(super) fn unmask<'o>(&self, bytes: &[u8], span: Span, out: &'o mut [u8]) -> &'o [u8] {
        let out = &mut out[..span.len()];
        out.copy_from_slice(span.of(bytes));
        if let Ok(key) = self.key.of(bytes).try_into() {
            apply_mask(out, MaskingKey(key), (span.start - self.payload.start) as u64);
        }
        out
    }

    pub(super) fn judge_close(&self, bytes: &[u8]) -> Result<(), (Violation, Span)> {
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

pub(super) fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
