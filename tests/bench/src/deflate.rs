//! Rows of permessage-deflate: JSON that a client compresses and sends, and that a server reads.
//!
//! Level 6, windows of 15 bits, contexts taken over: what an agreement without parameters means.

use std::rc::Rc;

use bytes::Bytes;
use zlib_rs::{Deflate, DeflateFlush, Inflate, InflateFlush};

use crate::contestant::{Encode, Texts};
use crate::decode;
use crate::entrant::{Entrant, Omission, Pass, enter, timed};
use crate::frame::{mask, read_header};
use crate::statistics::ratio;
use crate::transport::{Feed, Outlet};
use crate::wire::{Content, Wire};

/// The sizes of messages, in bytes.
pub const SIZES: [usize; 2] = [1024, 64 << 10];

/// The level of compression.
pub const LEVEL: u8 = 6;

/// The bits of both windows.
pub const WINDOW_BITS: u8 = 15;

/// FIN, RSV1 and the opcode of a text message (RFC 7692 §6).
pub const COMPRESSED_TEXT: u8 = 0xc1;

/// What a flush ends in and a message does not have on the wire (RFC 7692 §7.2.1).
pub const TAIL: [u8; 4] = [0, 0, 0xff, 0xff];

/// Bytes of text in a pass: deflate is slower than everything else here.
const TEXT_IN_A_PASS: usize = 512 << 10;

/// More than this many times the bytes of zlib-rs at the same level is another job.
const MOST_BYTES: f64 = 1.02;

/// Who compresses messages of `size` bytes, and how many messages a pass has.
///
/// # Errors
/// A contestant, and the frame that it wrote wrongly.
pub fn compress_entrants(size: usize) -> Result<(Vec<Entrant>, usize), String> {
    let wire = wire(size)?;
    let payloads: Rc<[Bytes]> = wire.payloads().iter().map(|payload| Bytes::copy_from_slice(payload)).collect();
    let texts = Texts { payloads, outlet: Outlet::default() };
    let entrants = enter(|contestant| {
        let compress = contestant.compress?;
        let written = verified(compress(&texts), &texts);
        Some(written.map(|written| {
            let pass: Pass = {
                let mut encode = compress(&texts);
                Box::new(move || timed(&mut encode))
            };
            (pass, omission(written, wire.bytes().len()))
        }))
    })?;
    Ok((entrants, wire.messages()))
}

/// Who reads compressed messages of `size` bytes, and how many messages a pass has.
///
/// # Errors
/// A contestant, and the message that it gave wrongly.
pub fn inflate_entrants(size: usize) -> Result<(Vec<Entrant>, usize), String> {
    let feed = Feed::new(Rc::new(wire(size)?), 64 << 10);
    let entrants = enter(|contestant| {
        let inflate = contestant.inflate?;
        Some(decode::verified(inflate(&feed), &feed).map(|()| (decode::pass(inflate(&feed), &feed), None)))
    })?;
    Ok((entrants, feed.messages()))
}

/// The messages as zlib-rs compresses them. A wire that begins again goes on in the same context: its first message
/// refers to nothing before itself.
fn wire(size: usize) -> Result<Wire, String> {
    let payloads: Vec<_> = (0..TEXT_IN_A_PASS / size).map(|number| json(size, number)).collect();
    let mut deflate = Deflate::new(i32::from(LEVEL), false, WINDOW_BITS);
    let mut out = vec![0; 2 * size + 64];
    let bodies = payloads.iter().map(|payload| Ok(compress_into(&mut deflate, payload, &mut out)?.to_vec()));
    let bodies = bodies.collect::<Result<_, String>>()?;
    Ok(Wire::framed(Content::Ascii, payloads, bodies, COMPRESSED_TEXT))
}

/// Compresses a message whole, without its tail; `out` must be long enough.
///
/// # Errors
/// What zlib-rs says, or that there was not enough room.
pub fn compress_into<'o>(deflate: &mut Deflate, payload: &[u8], out: &'o mut [u8]) -> Result<&'o [u8], String> {
    let (before_in, before_out) = (deflate.total_in(), deflate.total_out());
    deflate.compress(payload, out, DeflateFlush::SyncFlush).map_err(|error| error.as_str().to_owned())?;
    let taken = usize::try_from(deflate.total_in() - before_in).unwrap_or_default();
    let length = usize::try_from(deflate.total_out() - before_out).unwrap_or_default();
    let body = out[..length].strip_suffix(&TAIL).filter(|_| taken == payload.len());
    body.ok_or_else(|| "no room to compress in".to_owned())
}

/// Inflates a message that came whole, without its tail; `out` must be longer than the message.
///
/// # Errors
/// What zlib-rs says.
pub fn inflate_into<'o>(inflate: &mut Inflate, body: &[u8], out: &'o mut [u8]) -> Result<&'o [u8], String> {
    let before = inflate.total_out();
    let mut length = 0;
    for input in [body, &TAIL] {
        let flush = InflateFlush::SyncFlush;
        inflate.decompress(input, &mut out[length..], flush).map_err(|error| error.as_str().to_owned())?;
        length = usize::try_from(inflate.total_out() - before).unwrap_or_default();
    }
    Ok(&out[..length])
}

/// Two passes, the second in the context of the first; every frame is read back. How many bytes a pass wrote.
fn verified(mut encode: Encode, texts: &Texts) -> Result<usize, String> {
    let mut inflate = Inflate::new(false, WINDOW_BITS);
    let mut written = Vec::new();
    for _ in 0..2 {
        texts.outlet.keep();
        encode()?;
        written = texts.outlet.take();
        check(&mut written.clone(), texts, &mut inflate)?;
    }
    Ok(written.len())
}

fn check(mut rest: &mut [u8], texts: &Texts, inflate: &mut Inflate) -> Result<(), String> {
    for (number, payload) in texts.payloads.iter().enumerate() {
        let frame = read_header(rest).filter(|(header, _)| header.first == COMPRESSED_TEXT);
        let Some((header, size)) = frame.filter(|(header, size)| rest.len() >= size + header.length) else {
            return Err(format!("frame {number} is not a masked frame of a compressed text message"));
        };
        let (frame, after) = rest.split_at_mut(size + header.length);
        let body = &mut frame[size..];
        mask(body, header.key);
        let mut out = vec![0; payload.len() + 1];
        if inflate_into(inflate, body, &mut out)? != payload {
            return Err(format!("frame {number} does not carry what was sent"));
        }
        rest = after;
    }
    if rest.is_empty() { Ok(()) } else { Err(format!("{} bytes follow the last frame", rest.len())) }
}

/// Who hardly compresses has less to do.
fn omission(written: usize, reference: usize) -> Option<Omission> {
    let factor = ratio(written, reference);
    let words = format!("writes {factor:.2} times the bytes of zlib-rs at the same level");
    (factor > MOST_BYTES).then_some(Omission { words, another_job: true })
}

/// Records of trades, cut at `size` bytes; others for each `number`.
fn json(size: usize, number: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(number as u64);
    let mut text = String::new();
    while text.len() < size {
        let (id, symbol, price, cents) = (random.u32(..), random.u8(..97), random.u16(..5000), random.u8(..100));
        let (quantity, side) = (random.u16(1..800), if random.bool() { "buy" } else { "sell" });
        text += &[
            format!("{{\"id\":{id},\"symbol\":\"S{symbol}\",\"price\":{price}.{cents:02},"),
            format!("\"quantity\":{quantity},\"side\":\"{side}\"}},"),
        ]
        .concat();
    }
    text.truncate(size);
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{WINDOW_BITS, check, inflate_into, omission, wire};
    use crate::contestant::Texts;
    use crate::frame::{mask, read_header};
    use crate::transport::Outlet;
    use bytes::Bytes;
    use zlib_rs::Inflate;

    #[test]
    fn a_wire_inflates_to_its_payloads_also_when_it_begins_again() {
        let wire = wire(1024).unwrap();
        let mut inflate = Inflate::new(false, WINDOW_BITS);
        for _ in 0..2 {
            for (frame, payload) in wire.frames().zip(wire.payloads()) {
                let (header, size) = read_header(frame).unwrap();
                let mut body = frame[size..].to_vec();
                mask(&mut body, header.key);
                assert!(body.len() < payload.len() / 2);
                assert_eq!(inflate_into(&mut inflate, &body, &mut [0; 2048]).unwrap(), payload);
            }
        }
    }

    #[test]
    fn a_frame_that_carries_something_else_is_found() {
        let wire = wire(1024).unwrap();
        let mut payloads: Vec<_> = wire.payloads().iter().map(|payload| Bytes::copy_from_slice(payload)).collect();
        let check = |payloads: &[Bytes]| {
            let texts = Texts { payloads: payloads.into(), outlet: Outlet::default() };
            check(&mut wire.bytes().to_vec(), &texts, &mut Inflate::new(false, WINDOW_BITS))
        };
        assert_eq!(check(&payloads), Ok(()));
        assert!(check(&payloads[1..]).unwrap_err().contains("frame 0"));
        assert!(check(&payloads[..1]).unwrap_err().contains("bytes follow"));
        payloads[7] = Bytes::from_static(b"[]");
        assert!(check(&payloads).unwrap_err().contains("frame 7 does not carry"));
    }

    #[test]
    fn two_per_cent_more_bytes_are_allowed() {
        assert_eq!(omission(102, 100), None);
        assert!(omission(103, 100).unwrap().another_job);
    }
}
