//! Why the length of a frame is wrong, and how long its payload really is.

use std::borrow::Cow;

use ws101_core::inspect::RawFrame;
use ws101_core::{MaskingKey, Opcode, Rsv, Span};

use crate::judge::detectives::characters::{text_of, valid, valid_unmasked};
use crate::{Cause, End};

/// A frame whose payload has another length than its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) struct Wrong {
    /// Where the payload really is.
    pub(in crate::judge) payload: Span,
    pub(in crate::judge) cause: Cause,
}

/// From where on nobody means a length: 256 TiB.
const ABSURD: u64 = 1 << 48;

/// What makes the frames go on rightly where the header's length does not.
pub(in crate::judge) fn recognise(
    bytes: &[u8],
    raw: &RawFrame,
    end: End,
    begins_frame: &dyn Fn(usize) -> bool,
) -> Option<Wrong> {
    let candidate = Candidate { bytes, raw, end, begins_frame };
    candidate
        .byte_order()
        .or_else(|| candidate.form())
        .or_else(|| candidate.four_bytes())
        .or_else(|| candidate.characters())
        .or_else(|| candidate.mask_bit())
        .or_else(|| candidate.lowest_bits())
        .or_else(|| candidate.too_long())
        .or_else(|| candidate.too_short())
}

struct Candidate<'a> {
    bytes: &'a [u8],
    raw: &'a RawFrame,
    /// Who sent it.
    end: End,
    begins_frame: &'a dyn Fn(usize) -> bool,
}

impl Candidate<'_> {
    /// The length is written lowest byte first.
    fn byte_order(&self) -> Option<Wrong> {
        let announced = self.raw.payload_length?;
        let swapped = match *self.raw.extended.of(self.bytes) {
            [low, high] => u64::from(u16::from_le_bytes([low, high])),
            ref eight => u64::from_le_bytes(eight.try_into().ok()?),
        };
        if swapped == announced {
            return None;
        }
        let start = self.raw.payload.start;
        let whole = usize::try_from(swapped).ok().and_then(|length| start.checked_add(length));
        if let Some(end) = whole.filter(|&end| end <= self.bytes.len()) {
            return self.proved(Span::new(start, end), Cause::LengthByteOrder);
        }
        // Not all of it is there, but the other reading is out of the question.
        let meant = announced >= ABSURD && (1 << 16..1 << 32).contains(&swapped);
        meant.then_some(Wrong { payload: Span::new(start, self.bytes.len()), cause: Cause::LengthByteOrder })
    }

    /// 126 or 127 is the length itself, and the payload follows at once.
    fn form(&self) -> Option<Wrong> {
        let length = match self.second() & 0x7f {
            short @ 126..=127 => usize::from(short),
            _ => return None,
        };
        let start = self.raw.start + if self.raw.is_masked() { 6 } else { 2 };
        self.proved(Span::new(start, start + length), Cause::LengthFormMissing)
    }

    /// Four bytes of length stand where eight are due.
    fn four_bytes(&self) -> Option<Wrong> {
        let four = Span::new(self.raw.start + 2, self.raw.start + 6).of(self.bytes).first_chunk()?;
        let start = self.raw.start + if self.raw.is_masked() { 10 } else { 6 };
        let lengths = [u32::from_be_bytes(*four), u32::from_le_bytes(*four)].into_iter();
        let lengths = lengths.filter(|_| self.second() & 0x7f == 127).filter_map(|length| usize::try_from(length).ok());
        let lengths = lengths.filter(|&length| length > 0);
        let payloads = lengths.filter_map(|length| Some(Span::new(start, start.checked_add(length)?)));
        let mut firm = payloads.filter(|payload| self.is_followed_by_whole_frame(payload.end));
        firm.find_map(|payload| self.proved(payload, Cause::LengthOfFourBytes))
    }

    /// The length counts characters: Unicode's, or units of UTF-16.
    fn characters(&self) -> Option<Wrong> {
        let announced = self.raw.payload_length.filter(|_| self.raw.opcode() == Some(Opcode::Text))?;
        let start = self.raw.payload.start;
        // None of them has more than four bytes.
        let most = usize::try_from(announced).map_or(usize::MAX, |announced| announced.saturating_mul(4));
        let text = self.text(Span::new(start, start.saturating_add(most).min(self.bytes.len())));
        let (mut characters, mut units) = (0_u64, 0_u64);
        for (at, character) in text.char_indices() {
            characters += 1;
            units += character.len_utf16() as u64;
            let end = at + character.len_utf8();
            let counted = characters == announced || units == announced;
            if counted && end as u64 != announced {
                let wrong = Wrong { payload: Span::new(start, start + end), cause: Cause::LengthInCharacters };
                if (self.begins_frame)(wrong.payload.end) {
                    return Some(wrong);
                }
            }
            if characters > announced {
                break;
            }
        }
        None
    }

    /// A length of 128 to 255 in one byte.
    fn mask_bit(&self) -> Option<Wrong> {
        let second = self.second();
        let start = self.raw.start + 2;
        let payload = Span::new(start, start + usize::from(second));
        if second < 0x80 || self.end == End::Client {
            return None;
        }
        let payload = self.in_bounds(payload)?;
        // It is not masked, whatever the bit says.
        let sound = self.raw.opcode() != Some(Opcode::Text) || std::str::from_utf8(payload.of(self.bytes)).is_ok();
        let proved = sound && (self.begins_frame)(payload.end);
        proved.then_some(Wrong { payload, cause: Cause::LengthInMaskBit })
    }

    /// What did not fit into the field is missing.
    fn lowest_bits(&self) -> Option<Wrong> {
        let announced = usize::try_from(self.raw.payload_length?).ok()?;
        let step = match self.raw.extended.len() {
            0 => 128,
            2 => 1 << 16,
            _ => return None,
        };
        // Text goes on as text; of other payloads nothing tells which length is meant.
        if self.raw.opcode() != Some(Opcode::Text) {
            return None;
        }
        let rest = Span::new(self.raw.payload.start, self.bytes.len());
        let text = self.is_whole_text().then(|| self.text(rest));
        let most = text.as_ref().map_or(rest.len(), |text| text.len());
        let mut lengths = (1..).map(|times| announced + times * step).take_while(|&length| length <= most);
        let length = lengths.find(|&length| {
            let is_text = text.as_ref().is_none_or(|text| text.is_char_boundary(length));
            is_text && (self.begins_frame)(rest.start + length)
        })?;
        Some(Wrong { payload: Span::new(rest.start, rest.start + length), cause: Cause::LengthCut })
    }

    /// The text ends before the payload does, and a frame begins there.
    fn too_long(&self) -> Option<Wrong> {
        if self.raw.opcode() != Some(Opcode::Text) || self.raw.is_masked() {
            return None;
        }
        let end = self.raw.payload.start + valid(self.raw.payload.of(self.bytes)).len();
        let payload = Span::new(self.raw.payload.start, end);
        if end == self.raw.payload.end || end == self.bytes.len() || payload.is_empty() {
            return None;
        }
        // A header alone may be a character of another encoding.
        self.is_followed_by_whole_frame(end).then_some(Wrong { payload, cause: Cause::LengthTooLong })
    }

    fn is_followed_by_whole_frame(&self, end: usize) -> bool {
        is_followed_by_whole_frame(self.bytes, end, self.begins_frame)
    }

    /// The payload ends within a word, and the rest of the text follows.
    fn too_short(&self) -> Option<Wrong> {
        let announced = self.raw.payload;
        if self.raw.opcode() != Some(Opcode::Text) || self.raw.is_masked() || announced.is_empty() {
            return None;
        }
        let text = std::str::from_utf8(announced.of(self.bytes)).ok()?;
        let rest = text_of(&self.bytes[announced.end..]);
        let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let within_word = is_word(text.chars().next_back()) && is_word(rest.chars().next());
        let payload = Span::new(announced.start, announced.end + rest.len());
        let proved = within_word && (self.begins_frame)(payload.end);
        proved.then_some(Wrong { payload, cause: Cause::LengthTooShort })
    }

    /// That frames go on behind this payload, which is text where it should be.
    fn proved(&self, payload: Span, cause: Cause) -> Option<Wrong> {
        let payload = self.in_bounds(payload)?;
        if !(self.begins_frame)(payload.end) {
            return None;
        }
        let is_text = !self.is_whole_text() || self.text(payload).len() == payload.len();
        is_text.then_some(Wrong { payload, cause })
    }

    /// Whether its payload must be UTF-8 by itself.
    fn is_whole_text(&self) -> bool {
        self.raw.opcode() == Some(Opcode::Text) && self.raw.fin() && self.raw.rsv() == Rsv::NONE
    }

    fn in_bounds(&self, payload: Span) -> Option<Span> {
        (payload.end <= self.bytes.len()).then_some(payload)
    }

    fn second(&self) -> u8 {
        self.bytes.get(self.raw.start + 1).copied().unwrap_or(0)
    }

    /// The text that stands there, without the mask, whose key stands before it.
    fn text(&self, span: Span) -> Cow<'_, str> {
        let key = Span::new(span.start.saturating_sub(4), span.start).of(self.bytes).first_chunk();
        let key = key.filter(|_| self.raw.is_masked()).map(|key| MaskingKey(*key));
        valid_unmasked(span.of(self.bytes), key)
    }
}

/// Whether nothing follows at `end`, or a frame that is all there, and behind it nothing, or another.
pub(in crate::judge) fn is_followed_by_whole_frame(
    bytes: &[u8],
    end: usize,
    begins_frame: &dyn Fn(usize) -> bool,
) -> bool {
    let begins = |at: usize| at <= bytes.len() && begins_frame(at);
    let next = RawFrame::read(bytes, end).filter(RawFrame::is_complete);
    begins(end) && (end == bytes.len() || next.is_some_and(|next| begins(next.end(bytes))))
}
