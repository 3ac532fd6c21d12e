//! What no library can be faster than by much: the copies alone, a loop that does the least, the parts of a handshake.

use std::hint::black_box;
use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha1::{Digest as _, Sha1};
use zlib_rs::{Deflate, Inflate};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing, Texts};
use crate::deflate::{COMPRESSED_TEXT, LEVEL, WINDOW_BITS, compress_into, inflate_into};
use crate::frame::{MaskedHeader, mask, read_header, write_header};
use crate::peers::{HEAD, fault, unexpected};
use crate::transport::{Feed, Outlet, Transport};

/// The one copy that reading from a socket, or writing into a buffer, costs everyone.
pub(super) const COPY: Contestant =
    Contestant { decode: Some(copy_reads), encode: Some(copy_payload), ..Contestant::new("memcpy", Standing::Limit) };

/// The copy, and the least that gives payloads: frames that lie whole in a buffer are parsed and unmasked in place, and
/// text is checked. It keeps no state, takes no frame in pieces and checks no rule.
pub(crate) const LOOP: Contestant = Contestant {
    decode: Some(read_whole_frames),
    encode: Some(write_header_copy_mask),
    inflate: Some(inflate_whole_frames),
    compress: Some(compress_header_mask),
    ..Contestant::new("reference loop", Standing::Limit)
};

/// The handshake's two unavoidable parts, each by a library made for it.
pub(crate) const PARTS: Contestant = Contestant {
    accept_key: Some(hash_and_encode),
    handshake: Some(parse_and_hash),
    ..Contestant::new("httparse, sha1, base64", Standing::Limit)
};

fn copy_reads(feed: &Feed) -> Decode {
    let feed = feed.clone();
    let mut buffer = vec![0; feed.read_size()];
    Box::new(move |inbox| {
        for read in feed.reads() {
            buffer[..read.len()].copy_from_slice(read);
            inbox.copied(&buffer[..read.len()]);
        }
        Ok(())
    })
}

fn read_whole_frames(feed: &Feed) -> Decode {
    let feed = feed.clone();
    let pieces = feed.wire().whole_frames();
    let mut buffer = vec![0; pieces[0].len()];
    let text = feed.wire().content().is_text();
    Box::new(move |inbox| {
        for piece in &pieces {
            let wire = &feed.wire().bytes()[piece.clone()];
            buffer[..wire.len()].copy_from_slice(wire);
            let mut rest = &mut buffer[..wire.len()];
            while !rest.is_empty() {
                let Some((header, size)) = read_header(rest) else { return unexpected("a part of a header") };
                let (frame, after) = rest.split_at_mut(size + header.length);
                let payload = &mut frame[size..];
                mask(payload, header.key);
                if text {
                    inbox.text(simdutf8::basic::from_utf8(payload).map_err(fault)?);
                } else {
                    inbox.binary(payload);
                }
                rest = after;
            }
        }
        Ok(())
    })
}

fn copy_payload(load: &Load) -> Encode {
    let Load { payload, messages, outlet } = load.clone();
    let mut buffer = vec![0; payload.len()];
    Box::new(move || {
        for _ in 0..messages {
            buffer.copy_from_slice(black_box(&payload));
            outlet.write(&buffer);
        }
        Ok(())
    })
}

fn write_header_copy_mask(load: &Load) -> Encode {
    let Load { payload, messages, outlet } = load.clone();
    let mut buffer = Vec::new();
    write_header(&mut buffer, MaskedHeader { first: 0x82, length: payload.len(), key: [0; 4] });
    let start = buffer.len();
    buffer.extend_from_slice(&payload);
    Box::new(move || {
        for _ in 0..messages {
            let key = fastrand::u32(..).to_ne_bytes();
            buffer[start - 4..start].copy_from_slice(&key);
            buffer[start..].copy_from_slice(black_box(&payload));
            mask(&mut buffer[start..], key);
            outlet.write(&buffer);
        }
        Ok(())
    })
}

fn inflate_whole_frames(feed: &Feed) -> Decode {
    let feed = feed.clone();
    let mut inflate = Inflate::new(false, WINDOW_BITS);
    let mut read = vec![0; feed.wire().frames().map(<[u8]>::len).max().unwrap_or(0)];
    let mut out = vec![0; feed.wire().size() + 1];
    Box::new(move |inbox| {
        for frame in feed.wire().frames() {
            let read = &mut read[..frame.len()];
            read.copy_from_slice(frame);
            let Some((header, size)) = read_header(read) else { return unexpected("a part of a header") };
            mask(&mut read[size..], header.key);
            let text = inflate_into(&mut inflate, &read[size..], &mut out)?;
            inbox.text(simdutf8::basic::from_utf8(text).map_err(fault)?);
        }
        Ok(())
    })
}

fn compress_header_mask(texts: &Texts) -> Encode {
    let Texts { payloads, outlet } = texts.clone();
    let mut deflate = Deflate::new(i32::from(LEVEL), false, WINDOW_BITS);
    let longest = payloads.iter().map(Bytes::len).max().unwrap_or(0);
    let (mut out, mut frame) = (vec![0; 2 * longest + 64], Vec::new());
    Box::new(move || {
        for payload in &*payloads {
            let body = compress_into(&mut deflate, payload, &mut out)?;
            let key = fastrand::u32(..).to_ne_bytes();
            frame.clear();
            write_header(&mut frame, MaskedHeader { first: COMPRESSED_TEXT, length: body.len(), key });
            let start = frame.len();
            frame.extend_from_slice(body);
            mask(&mut frame[start..], key);
            outlet.write(&frame);
        }
        Ok(())
    })
}

fn accept_of(key: &[u8]) -> [u8; 28] {
    let digest = Sha1::new().chain_update(key).chain_update("258EAFA5-E914-47DA-95CA-C5AB0DC85B11").finalize();
    let mut accept = [0; 28];
    STANDARD.encode_slice(digest, &mut accept).expect("20 bytes are 28 characters");
    accept
}

fn hash_and_encode(key: &str, outlet: &Outlet) {
    outlet.write(&accept_of(key.as_bytes()));
}

fn parse_and_hash(mut transport: Transport) -> Result<(), String> {
    let mut read = [0; HEAD];
    let length = transport.read(&mut read).map_err(fault)?;
    let mut fields = [httparse::EMPTY_HEADER; 32];
    let mut request = httparse::Request::new(&mut fields);
    if request.parse(&read[..length]).map_err(fault)?.is_partial() {
        return unexpected("a part of a head");
    }
    let mut fields = request.headers.iter();
    let Some(key) = fields.find(|field| field.name == "Sec-WebSocket-Key") else {
        return unexpected("a request without a key");
    };
    transport.write_all(&accept_of(key.value)).map_err(fault)
}
