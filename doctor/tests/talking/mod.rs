//! Connections for tests: heads, frames of either end, and what is found in them.
#![allow(dead_code, reason = "no test needs all of it")]

use ws101_doctor::{End, Ended, Finding, Moment, Recording, Streams, What, diagnose};

pub(crate) const REQUEST: &str = "GET /chat HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nUpgrade: websocket\r\n\
    Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";
pub(crate) const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// A frame with this first byte as a server sends it.
pub(crate) fn frame(first: u8, payload: impl AsRef<[u8]>) -> Vec<u8> {
    let payload = payload.as_ref();
    [header(first, 0, payload.len()), payload.to_vec()].concat()
}

/// A frame with this first byte as a client sends it.
pub(crate) fn masked(first: u8, payload: impl AsRef<[u8]>) -> Vec<u8> {
    let payload = payload.as_ref();
    // Another one for each payload, as it is to be.
    let sum = payload.iter().fold(first, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    let key = [0x37, 0xfa, 0x21, sum];
    let body = payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect();
    [header(first, 0x80, payload.len()), key.to_vec(), body].concat()
}

fn header(first: u8, mask: u8, length: usize) -> Vec<u8> {
    match length {
        0..=125 => vec![first, mask | u8::try_from(length).unwrap()],
        126..=0xffff => [&[first, mask | 0x7e][..], &u16::try_from(length).unwrap().to_be_bytes()].concat(),
        _ => [&[first, mask | 0x7f][..], &(length as u64).to_be_bytes()].concat(),
    }
}

/// A right handshake, and then these bytes of either end.
pub(crate) fn streams(from_client: Vec<u8>, from_server: Vec<u8>, ended: Option<Ended>) -> Streams {
    Streams { request: Some(REQUEST.into()), response: Some(RESPONSE.into()), from_server, from_client, ended }
}

/// The findings, each as its rule and the names of its causes.
pub(crate) fn found(recording: impl Into<Recording>) -> Vec<String> {
    brief(&diagnose(&recording.into()).findings)
}

pub(crate) fn brief(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| {
        let causes = finding.causes.iter().map(|cause| cause.name());
        [finding.rule].into_iter().chain(causes).collect::<Vec<_>>().join(" ")
    };
    findings.iter().map(line).collect()
}

/// A right handshake, and then these moments, each with its time in milliseconds.
pub(crate) fn timeline(moments: &[(u64, End, What)]) -> Recording {
    let mut all = vec![
        Moment { at: 0, from: End::Client, what: What::Bytes(REQUEST.into()) },
        Moment { at: 1000, from: End::Server, what: What::Bytes(RESPONSE.into()) },
    ];
    let moments = moments.iter().map(|(at, from, what)| Moment { at: at * 1000, from: *from, what: what.clone() });
    all.extend(moments);
    Recording::of_timeline(all)
}
