//! Connections that talk to each other through two byte queues, and what they tell their callers, as text.
#![allow(dead_code, reason = "which tests there are depends on the features")]

use ws101_core::{Config, Connection, Delivery, Entropy, Event, Frame, Limits, MaskingKey, Opcode, Part};

use crate::feeding::every_way;

pub(crate) const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

pub(crate) fn client() -> Connection<impl Entropy> {
    client_with(Config::default())
}

pub(crate) fn client_with(config: Config) -> Connection<impl Entropy> {
    Connection::client(config, || KEY)
}

/// Events as text, so that a whole conversation is one comparison.
pub(crate) fn describe(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => format!("text {text}"),
        Event::Binary(bytes) => format!("binary {bytes:02x?}"),
        Event::Part(part) => {
            format!("part {} {:?} {} {}", part.opcode.bits(), part.payload, part.first, part.last)
        }
        Event::Ping(bytes) => format!("ping {}", String::from_utf8_lossy(bytes)),
        Event::Pong(bytes) => format!("pong {}", String::from_utf8_lossy(bytes)),
        Event::Close { code, reason } => format!("close {:?} {reason}", code.map(|code| code.0)),
        Event::Violation(error) => format!("violation {:?}", error.violation),
    }
}

/// Reads everything that `from` has to send into `to`, and forgets it there.
pub(crate) fn carry<A: Entropy, B: Entropy>(from: &mut Connection<A>, to: &mut Connection<B>) -> Vec<String> {
    let mut bytes = from.outgoing().to_vec();
    from.sent(bytes.len());
    let mut input = &mut bytes[..];
    std::iter::from_fn(|| to.receive(&mut input).map(|event| describe(&event))).collect()
}

pub(crate) fn masked(frame: Frame<'_>) -> Vec<u8> {
    frame.masked(MaskingKey(KEY)).to_vec().unwrap()
}

/// Everything that `connection` tells of `input`, which it takes whole.
pub(crate) fn take<E: Entropy>(connection: &mut Connection<E>, input: &[u8]) -> Vec<String> {
    let mut input = input.to_vec();
    let mut rest = &mut input[..];
    let mut seen = Vec::new();
    while let Some(event) = connection.receive(&mut rest) {
        seen.push(describe(&event));
        connection.recycle(event);
    }
    assert!(rest.is_empty());
    seen
}

/// The same, by a caller that takes as many whole messages as there are before it asks for what else there is.
fn take_whole_first<E: Entropy>(connection: &mut Connection<E>, input: &[u8]) -> Vec<String> {
    let mut input = input.to_vec();
    let mut rest = &mut input[..];
    let mut seen = Vec::new();
    loop {
        let before = (connection.state(), connection.outgoing().len());
        while let Some(part) = connection.receive_whole(&mut rest) {
            assert!(part.first && part.last);
            seen.push(describe_whole(&part, connection.config().delivery));
        }
        assert_eq!((connection.state(), connection.outgoing().len()), before, "whole messages change nothing");
        let Some(event) = connection.receive(&mut rest) else { break };
        seen.push(describe(&event));
        connection.recycle(event);
    }
    assert!(rest.is_empty());
    seen
}

/// A message that came whole, as it would have come by itself.
fn describe_whole(part: &Part<'_>, delivery: Delivery) -> String {
    match (delivery, part.opcode) {
        (Delivery::Parts, _) => {
            let Part { opcode, payload, first, last } = part;
            format!("part {} {payload:?} {first} {last}", opcode.bits())
        }
        (Delivery::Messages, Opcode::Text) => format!("text {}", core::str::from_utf8(&part.payload).unwrap()),
        (Delivery::Messages, _) => format!("binary {:02x?}", part.payload),
    }
}

/// A server that reads `bytes` sees these events and has `outgoing` to write, however they arrive.
pub(crate) fn check(limits: Limits, bytes: &[u8], events: &[&str], outgoing: &[u8]) {
    check_with(|| Connection::server(Config { limits, ..Config::default() }), bytes, events, outgoing);
}

/// The same for any connection.
pub(crate) fn check_with<E: Entropy>(
    connection: impl Fn() -> Connection<E>,
    bytes: &[u8],
    events: &[&str],
    outgoing: &[u8],
) {
    for take in [take, take_whole_first] {
        every_way(bytes, |pieces| {
            let mut connection = connection();
            let seen: Vec<String> = pieces.flat_map(|piece| take(&mut connection, piece)).collect();
            assert_eq!(seen, events, "{bytes:02x?}");
            assert_eq!(connection.outgoing(), outgoing, "{bytes:02x?}");
        });
    }
}
