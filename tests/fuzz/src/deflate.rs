//! permessage-deflate: what one end compresses the other has again, whatever was agreed on, however it is cut; and what
//! no compressor made is judged as another inflater judges it.

use arbitrary::{Result, Unstructured};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use ws101_core::deflate::{Agreement, IdleMemory, Level, Options, PermessageDeflate};
use ws101_core::{Coding, MessageExtension, Opcode, Place, Role, Rsv, Violation};

use crate::setup::{agreement, other};
use crate::stream::payload;

/// The first byte is what is done: messages there and back, or bytes that claim to be DEFLATE.
pub fn check(data: &[u8]) {
    let mut u = Unstructured::new(data);
    // Where the input ends, the check does.
    let _ = match u.arbitrary::<u8>() {
        Ok(kind) if kind & 1 == 0 => round_trips(&mut u, kind >> 1),
        Ok(kind) => garbage(&mut u, kind >> 1),
        Err(error) => Err(error),
    };
}

fn round_trips(u: &mut Unstructured<'_>, kind: u8) -> Result<()> {
    let agreement = agreement(u.arbitrary()?);
    let role = if kind & 1 == 0 { Role::Server } else { Role::Client };
    let options = |bits: u8| Options {
        level: Level::new(bits % 10).unwrap_or_default(),
        threshold: usize::from(bits),
        no_context_takeover: bits & 16 != 0,
        idle_memory: if bits & 32 == 0 { IdleMemory::Kept } else { IdleMemory::Freed },
    };
    let mut sender = PermessageDeflate::new(role, agreement, options(u.arbitrary()?));
    let mut receiver = PermessageDeflate::new(other(role), agreement, options(u.arbitrary()?));
    let context = agreement.sent_by(role);
    let mut window = Windowed::new(context.max_window_bits.size());
    for _ in 0..8 {
        if u.is_empty() {
            break;
        }
        let shape: u8 = u.arbitrary()?;
        let message = repetitive(u)?;
        let (rsv, mut encoded, coding) = compress(&mut sender, &message, shape);
        if coding == Coding::Coded {
            assert!(!encoded.is_empty(), "RFC 7692 §7.2.3.6: an empty message is one byte");
            if context.no_context_takeover {
                window = Windowed::new(context.max_window_bits.size());
            }
            assert_eq!(window.inflate(&encoded).as_ref(), Some(&message), "the other inflater, {context:?}");
        } else {
            encoded.clone_from(&message);
        }
        assert_eq!(receiver.begin_decode(rsv), Ok(coding));
        if coding == Coding::Coded {
            // A message in steps of a byte or two takes long, and a long one need not be read so.
            let room = 1 + message.len() / 300 + usize::from(u.arbitrary::<u16>()?);
            let cut = 1 + encoded.len() / 300 + usize::from(u.arbitrary::<u8>()?);
            let inflated = inflate(&mut receiver, &encoded, cut, room, message.len());
            assert_eq!(inflated.as_ref(), Ok(&message), "{context:?}");
        }
    }
    Ok(())
}

fn compress(sender: &mut PermessageDeflate, message: &[u8], shape: u8) -> (Rsv, Vec<u8>, Coding) {
    let known = (shape & 1 != 0).then_some(message.len());
    let (rsv, coding) = sender.begin_encode(Opcode::Binary, known);
    let mut out = Vec::new();
    if coding == Coding::Coded {
        let (first, second) = message.split_at(message.len() * usize::from(shape >> 1) / 128);
        if shape & 2 != 0 {
            sender.encode(first, Place::Middle, &mut out).expect("there is memory");
            sender.encode(second, Place::Last, &mut out).expect("there is memory");
        } else {
            sender.encode(message, Place::Last, &mut out).expect("there is memory");
        }
    }
    (rsv, out, coding)
}

/// Bytes that repeat themselves near and far.
fn repetitive(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut message = payload(u)?;
    for _ in 0..u.arbitrary::<u8>()? % 6 {
        let far = usize::from(u.arbitrary::<u16>()?);
        let length = usize::from(u.arbitrary::<u8>()?);
        let start = message.len().saturating_sub(far);
        let copied: Vec<u8> = message[start..].iter().copied().take(length).collect();
        message.extend(copied);
        message.extend(payload(u)?);
    }
    Ok(message)
}

/// Inflates a message that comes in pieces of `cut` bytes, into buffers of `room` bytes, up to `limit`.
fn inflate(
    codec: &mut PermessageDeflate,
    payload: &[u8],
    cut: usize,
    room: usize,
    limit: usize,
) -> std::result::Result<Vec<u8>, Violation> {
    let mut message = Vec::new();
    let mut out = vec![0xa5; room];
    let mut pieces = payload.chunks(cut).peekable();
    loop {
        let mut input = pieces.next().unwrap_or_default();
        let place = if pieces.peek().is_some() { Place::Middle } else { Place::Last };
        loop {
            let before = input.len();
            let length = codec.decode(&mut input, place, &mut out)?;
            message.extend_from_slice(&out[..length]);
            if message.len() > limit {
                return Err(Violation::MessageTooBig);
            }
            if input.is_empty() && length < out.len() {
                break;
            }
            assert!(length > 0 || input.len() < before, "nothing comes of the input any more");
        }
        if place == Place::Last {
            return Ok(message);
        }
    }
}

/// What no compressor made must come out as from another inflater, and the same whole and in pieces.
fn garbage(u: &mut Unstructured<'_>, kind: u8) -> Result<()> {
    const LIMIT: usize = 8_000;
    let cut = 1 + usize::from(u.arbitrary::<u8>()?);
    let room = 1 + usize::from(u.arbitrary::<u16>()? % 9000);
    let codec = || PermessageDeflate::new(Role::Server, Agreement::default(), Options::default());
    let payload = u.bytes(u.len())?;
    let mut whole = codec();
    assert_eq!(whole.begin_decode(Rsv::RSV1), Ok(Coding::Coded));
    let ours = inflate(&mut whole, payload, payload.len().max(1), LIMIT + 1, LIMIT);
    let mut pieces = codec();
    assert_eq!(pieces.begin_decode(Rsv::RSV1), Ok(Coding::Coded));
    assert_eq!(inflate(&mut pieces, payload, cut, room, LIMIT), ours, "in pieces of {cut} and room for {room}");
    let theirs = inflate_elsewhere(payload, LIMIT);
    if ours != Err(Violation::MessageTooBig) {
        let ours = ours.as_ref().ok();
        assert!(ours == theirs.as_ref() || is_explained(payload, ours, theirs.as_ref()), "{ours:?}, {theirs:?}");
    }
    // What is left of a message that failed is not read; what was whole is a context for the next.
    if kind & 1 != 0 && ours.is_ok() {
        assert_eq!(whole.begin_decode(Rsv::RSV1), Ok(Coding::Coded));
        let again = inflate(&mut whole, &[0], 1, 16, LIMIT);
        assert_eq!(again, Ok(Vec::new()), "RFC 7692 §7.2.3.6: the empty message");
    }
    Ok(())
}

/// The differences of the two inflaters, each with what decides it.
fn is_explained(payload: &[u8], ours: Option<&Vec<u8>>, theirs: Option<&Vec<u8>>) -> bool {
    // RFC 7692 §7.2.2 appends 00 00 ff ff and asks no more. Where these bytes complete the header of a dynamic block
    // that was cut off, and the last of them holds its code for the end of the block, a reader that only looks whether
    // all was taken is content (as `ws101_core::deflate` says under "What is not seen"); the other one then expects a
    // block and gets it in the bytes that are appended for it alone.
    let cut_header = ours.is_some() != theirs.is_some() && payload.len() < 330;
    cut_header && ours.or(theirs).is_some_and(|message| ends_in_header(payload, message))
}

/// Whether the payload ends within the header of a block: all that it says comes out of it without its last bytes too.
fn ends_in_header(payload: &[u8], message: &[u8]) -> bool {
    let mut out = vec![0; message.len() + 1];
    let (status, taken, written) = inflate_block(payload, &mut out, 0);
    status == TINFLStatus::NeedsMoreInput && taken == payload.len() && written == message.len()
}

/// The message as `miniz_oxide` reads it; `None` where it is not one, or longer than `limit`.
///
/// An empty block with BFINAL behind the tail shows whether the tail ended a block.
fn inflate_elsewhere(payload: &[u8], limit: usize) -> Option<Vec<u8>> {
    let with_tail = [payload, &[0x00, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0xff, 0xff]].concat();
    let mut out = vec![0; limit + 1];
    let (mut at, mut end) = (0, 0);
    loop {
        // RFC 7692 §7.2.3.4: blocks with BFINAL are followed by others; what came before may be referred to. Of a
        // message that ends with one, or has no byte, all that was sent was read.
        if at == payload.len() {
            out.truncate(end);
            return Some(out);
        }
        let (status, taken, written) = inflate_block(&with_tail[at..], &mut out, end);
        if status != TINFLStatus::Done {
            return None;
        }
        if at + taken > payload.len() {
            // The last byte sent may make a block with BFINAL out of the tail, and then that ends the message.
            let ended = matches!(with_tail.len() - at - taken, 0 | 5);
            // Where the tail says anything, the message ended within a block.
            let (_, _, sent) = inflate_block(&payload[at..], &mut out, end);
            out.truncate(end + written);
            return (ended && sent == written).then_some(out);
        }
        at += taken;
        end += written;
    }
}

/// Inflates blocks up to one with BFINAL or to the end of the input, behind what came before.
fn inflate_block(input: &[u8], out: &mut [u8], end: usize) -> (TINFLStatus, usize, usize) {
    let flags = TINFL_FLAG_HAS_MORE_INPUT | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    decompress(&mut DecompressorOxide::new(), input, out, end, flags)
}

/// `miniz_oxide` with a window of that many bytes and no more: what refers back further fails or comes out wrong.
struct Windowed {
    inflate: Box<DecompressorOxide>,
    window: Vec<u8>,
    at: usize,
}

impl Windowed {
    fn new(size: usize) -> Self {
        Self { inflate: Box::default(), window: vec![0; size], at: 0 }
    }

    fn inflate(&mut self, payload: &[u8]) -> Option<Vec<u8>> {
        let payload = [payload, &[0, 0, 0xff, 0xff]].concat();
        let (mut input, mut message) = (&payload[..], Vec::new());
        loop {
            let (status, taken, written) =
                decompress(&mut self.inflate, input, &mut self.window, self.at, TINFL_FLAG_HAS_MORE_INPUT);
            message.extend_from_slice(&self.window[self.at..self.at + written]);
            self.at = (self.at + written) % self.window.len();
            input = &input[taken..];
            match status {
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::NeedsMoreInput => return input.is_empty().then_some(message),
                _ => return None,
            }
        }
    }
}
