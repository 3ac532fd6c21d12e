//! Reading frames from a stream that comes in any pieces.

use crate::frame::{FrameHeader, Role, Rsv, apply_mask, field, place_of, rule};
use crate::{ProtocolError, Violation};

/// What one call of [`FrameDecoder::decode`] found: a frame, or the next part of one that is still coming.
#[derive(Debug, PartialEq, Eq)]
pub struct FramePart<'a> {
    /// The frame's header.
    pub header: FrameHeader,
    /// Where in the stream the frame begins, in bytes since the decoder was made.
    pub frame_start: u64,
    /// Whether this is the frame's first part.
    pub first: bool,
    /// The place of `payload` in the frame's payload.
    pub offset: u64,
    /// Payload, unmasked in the caller's buffer. Empty where the header came and no payload with it.
    pub payload: &'a mut [u8],
}

impl FramePart<'_> {
    /// Whether the frame ends with this part.
    #[inline]
    #[must_use]
    pub const fn is_last(&self) -> bool {
        self.offset + self.payload.len() as u64 == self.header.payload_length
    }

    /// Whether its message ends with this part, if it is of a message.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(crate) const fn ends_message(&self) -> bool {
        self.header.fin && self.is_last()
    }

    /// Takes the mask off.
    #[inline]
    pub(crate) fn unmasked(self) -> Self {
        if let Some(key) = self.header.masking_key {
            apply_mask(self.payload, key, self.offset);
        }
        self
    }
}

/// Reads frames from a stream in any pieces, and hands payload on as it arrives.
///
/// It checks everything that can be known without looking at the payload: §5.1's masking by role, §5.2's header, §5.4's
/// order of fragments, §5.5's control frames, and a limit on the length that a frame announces. It holds no payload:
/// what it hands out lies, unmasked, in the buffer that the caller lent.
///
/// After an error it gives the same error for ever: what follows cannot be read as frames.
///
/// ```
/// use ws101_core::{FrameDecoder, Role, Violation};
/// let mut decoder = FrameDecoder::new(Role::Client);
/// let mut read = *b"\x01\x03Hel\x80\x02lo\xc1"; // §5.7: a fragmented text message; then a bit that nobody agreed on
/// let mut input = &mut read[..];
/// let first = decoder.decode(&mut input)?.unwrap();
/// assert_eq!((first.header.fin, &*first.payload), (false, &b"Hel"[..]));
/// let second = decoder.decode(&mut input)?.unwrap();
/// assert_eq!((second.header.fin, &*second.payload), (true, &b"lo"[..]));
/// assert_eq!(decoder.decode(&mut input).unwrap_err().violation, Violation::ReservedBits);
/// # Ok::<(), ws101_core::ProtocolError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FrameDecoder {
    role: Role,
    payload_limit: u64,
    allowed_rsv: Rsv,
    /// The beginning of a header whose end has not come.
    held: [u8; field::HEADER_LIMIT],
    held_length: usize,
    current: Option<Current>,
    message_under_way: bool,
    position: u64,
    failed: Option<ProtocolError>,
    /// Whether the next byte begins a frame that may begin a message; kept for the short way, which then has one thing to
    /// ask.
    ready: bool,
}

/// The frame whose payload is coming.
#[derive(Debug, Clone, Copy)]
struct Current {
    header: FrameHeader,
    start: u64,
    /// Whether no part of it was taken.
    first: bool,
    received: u64,
}

impl Current {
    /// Bytes of payload that have not come.
    const fn missing(&self) -> u64 {
        self.header.payload_length - self.received
    }

    /// The next part: `payload`, which is not longer than what is missing.
    #[inline]
    const fn part<'a>(&self, payload: &'a mut [u8]) -> FramePart<'a> {
        let Self { header, start, first, received } = *self;
        FramePart { header, frame_start: start, first, offset: received, payload }
    }
}

impl FrameDecoder {
    /// The longest payload of a frame unless [`payload_limit`](Self::payload_limit) says otherwise: 16 MiB.
    pub const DEFAULT_PAYLOAD_LIMIT: u64 = 16 << 20;

    /// A decoder for what the other end sends to us, who are `role`.
    #[must_use]
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            payload_limit: Self::DEFAULT_PAYLOAD_LIMIT,
            allowed_rsv: Rsv::NONE,
            held: [0; field::HEADER_LIMIT],
            held_length: 0,
            current: None,
            message_under_way: false,
            position: 0,
            failed: None,
            ready: true,
        }
    }

    /// The longest payload that a frame may announce, in bytes; `u64::MAX` for no limit. The decoder itself needs no
    /// memory for it.
    #[must_use]
    pub const fn payload_limit(mut self, bytes: u64) -> Self {
        self.payload_limit = bytes;
        self
    }

    /// The reserved bits to which an extension that was agreed on gives a meaning on the first frame of a message; on
    /// every other frame they stay a violation (RFC 7692 §6).
    #[must_use]
    pub const fn allow_rsv(mut self, bits: Rsv) -> Self {
        self.allowed_rsv = bits;
        self
    }

    /// Which end we are.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Bytes of the stream that were taken so far.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// Whether the stream may end here: between two frames, and not within a message.
    #[must_use]
    pub const fn is_between_messages(&self) -> bool {
        self.held_length == 0 && self.current.is_none() && !self.message_under_way
    }

    /// Bytes of payload that the frame under way still lacks: 0 between frames.
    #[cfg(feature = "alloc")]
    pub(crate) fn missing(&self) -> u64 {
        self.current.as_ref().map_or(0, Current::missing)
    }

    /// Whether payload of a control frame is awaited.
    #[cfg(feature = "alloc")]
    pub(crate) fn in_control_frame(&self) -> bool {
        self.current.is_some_and(|current| current.header.opcode.is_control())
    }

    /// Whether the next byte begins a frame that may begin a message.
    #[cfg(feature = "alloc")]
    pub(super) const fn is_ready(&self) -> bool {
        self.ready
    }

    /// The next `length` bytes of the stream, a whole message, were taken.
    #[cfg(feature = "alloc")]
    pub(super) const fn advance(&mut self, length: usize) {
        self.position += length as u64;
    }

    /// A final frame with this header, which breaks no rule, was begun: `length` bytes of the stream.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(super) fn begin(&mut self, header: FrameHeader, length: usize) {
        self.current = Some(Current { header, start: self.position, first: false, received: 0 });
        self.position += length as u64;
        self.ready = false;
    }

    /// Takes the next `payload` of the frame under way, which was read to where it will stay; it is not longer than what
    /// is [`missing`](Self::missing). It is left masked.
    #[cfg(feature = "alloc")]
    pub(crate) fn decode_in_place<'a>(&mut self, payload: &'a mut [u8]) -> Option<FramePart<'a>> {
        let current = self.current.filter(|current| payload.len() as u64 <= current.missing())?;
        let part = current.part(payload);
        self.end_part(part.payload.len());
        Some(part)
    }

    /// Takes bytes from `input` and gives the next frame or part of a frame; `None` when more bytes are needed, and
    /// then `input` is empty.
    ///
    /// A frame that lies whole in `input` comes in one part. Where a frame's header is there and its payload is not,
    /// the first part has an empty payload, so that the length is known early.
    ///
    /// # Errors
    /// The rule that the peer broke. Send a Close frame with its [`status_code`](Violation::status_code) and close the
    /// connection (§7.1.7).
    #[inline]
    pub fn decode<'a>(&mut self, input: &mut &'a mut [u8]) -> Result<Option<FramePart<'a>>, ProtocolError> {
        Ok(self.decode_masked(input)?.map(FramePart::unmasked))
    }

    /// The same, with the payload as it came.
    #[inline]
    pub(crate) fn decode_masked<'a>(
        &mut self,
        input: &mut &'a mut [u8],
    ) -> Result<Option<FramePart<'a>>, ProtocolError> {
        let current = match &self.current {
            Some(_) if input.is_empty() => return Ok(None),
            Some(current) => current,
            None => match self.begin_frame(input)? {
                Some(current) => self.current.insert(current),
                None => return Ok(None),
            },
        };
        // Compared in u64: a length may be beyond what this machine can address.
        let length = usize::try_from(current.missing()).map_or(input.len(), |missing| missing.min(input.len()));
        let part = current.part(take(input, length));
        self.end_part(length);
        Ok(Some(part))
    }

    /// Takes the next payload of a data frame that was begun; `None` where nothing of such a frame is next. It is left masked, and counts as taken when [`end_part`](Self::end_part) says so.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(crate) fn continued<'a>(&self, input: &mut &'a mut [u8]) -> Option<FramePart<'a>> {
        let current = self.current.as_ref()?;
        if current.first || current.header.opcode.is_control() || input.is_empty() {
            return None;
        }
        let length = usize::try_from(current.missing()).map_or(input.len(), |missing| missing.min(input.len()));
        Some(current.part(take(input, length)))
    }

    /// Counts the part that was taken.
    #[inline]
    pub(crate) fn end_part(&mut self, length: usize) {
        self.position += length as u64;
        let Some(current) = &mut self.current else { return };
        current.first = false;
        current.received += length as u64;
        if current.missing() == 0 {
            self.current = None;
            self.ready = !self.message_under_way;
        }
    }

    /// Takes a header from what is held and from `input`; `None` when its end has not come.
    #[inline]
    fn begin_frame(&mut self, input: &mut &mut [u8]) -> Result<Option<Current>, ProtocolError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let start = self.position - self.held_length as u64;
        let held = self.held_length;
        let window;
        let bytes = if held == 0 {
            &**input
        } else {
            let more = input.len().min(field::HEADER_LIMIT - held);
            self.held[held..held + more].copy_from_slice(&input[..more]);
            window = self.held;
            &window[..held + more]
        };
        let taken = bytes.len().min(field::HEADER_LIMIT) - held;
        let second = bytes.get(1).copied().unwrap_or(0);
        match self.judge(bytes) {
            Ok(Some((header, length))) => {
                take(input, length - held);
                self.position += (length - held) as u64;
                self.held_length = 0;
                self.ready = false;
                if !header.opcode.is_control() {
                    self.message_under_way = !header.fin;
                }
                Ok(Some(Current { header, start, first: true, received: 0 }))
            }
            Ok(None) => {
                let rest = take(input, taken);
                if held == 0 {
                    self.held[..taken].copy_from_slice(rest);
                }
                self.held_length = held + taken;
                self.ready &= self.held_length == 0;
                self.position += taken as u64;
                Ok(None)
            }
            Err(violation) => {
                let error = ProtocolError { violation, frame_start: start, at: place_of(violation, second) };
                self.failed = Some(error);
                self.ready = false;
                Err(error)
            }
        }
    }

    /// Every rule that a header can break here, in the order of the bytes that decide, so that the error is the same
    /// however the bytes arrive.
    #[inline]
    fn judge(&self, bytes: &[u8]) -> Result<Option<(FrameHeader, usize)>, Violation> {
        if let Some(&first) = bytes.first() {
            rule::reserved_bits(first, self.allowed_rsv)?;
            let opcode = rule::opcode(first)?;
            rule::control_is_final(first)?;
            rule::order(opcode, self.message_under_way)?;
        }
        if let Some(&second) = bytes.get(1) {
            rule::masking(second, self.role)?;
        }
        FrameHeader::parse_within(bytes, self.payload_limit)
    }
}

/// Moves the cursor over the first `length` bytes and gives them.
#[inline]
fn take<'a>(input: &mut &'a mut [u8], length: usize) -> &'a mut [u8] {
    let (taken, rest) = core::mem::take(input).split_at_mut(length);
    *input = rest;
    taken
}
