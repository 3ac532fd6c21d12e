//! sockudo-ws: its protocol without a stream, over a `BytesMut` that it takes messages from.

use std::any::Any;
use std::hint::black_box;
use std::io::{Read as _, Write as _};

use bytes::BytesMut;
use sockudo_ws::handshake::{build_response, generate_accept_key, parse_request};
use sockudo_ws::protocol::{CompressedProtocol, Protocol};
use sockudo_ws::{DeflateConfig, Message, Role};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing, Texts};
use crate::deflate::LEVEL;
use crate::inbox::Inbox;
use crate::peers::{HEAD, MESSAGE_LIMIT, fault, unexpected};
use crate::transport::{Feed, Outlet, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    inflate: Some(inflate),
    compress: Some(compress),
    accept_key: Some(accept_key),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("sockudo-ws", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let feed = feed.clone();
    let mut protocol = Protocol::new(Role::Server, MESSAGE_LIMIT, MESSAGE_LIMIT);
    let (mut buffer, mut messages) = (BytesMut::new(), Vec::new());
    Box::new(move |inbox| {
        for read in feed.reads() {
            buffer.extend_from_slice(read);
            protocol.process_into(&mut buffer, &mut messages).map_err(fault)?;
            deliver(&messages, inbox)?;
            // Messages that live on would keep the buffer from being used again.
            messages.clear();
        }
        Ok(())
    })
}

fn deliver(messages: &[Message], inbox: &mut Inbox) -> Result<(), String> {
    for message in messages {
        match message {
            Message::Text(text) => inbox.text(text),
            Message::Binary(bytes) => inbox.binary(bytes),
            other => return unexpected(other),
        }
    }
    Ok(())
}

fn encode(load: &Load) -> Encode {
    let Load { payload, messages, outlet } = load.clone();
    let mut protocol = Protocol::new(Role::Client, MESSAGE_LIMIT, MESSAGE_LIMIT);
    let message = Message::Binary(payload);
    let mut buffer = BytesMut::new();
    Box::new(move || {
        for _ in 0..messages {
            buffer.clear();
            protocol.encode_message(black_box(&message), &mut buffer).map_err(fault)?;
            outlet.write(&buffer);
        }
        Ok(())
    })
}

fn deflate() -> DeflateConfig {
    DeflateConfig { compression_level: u32::from(LEVEL), ..DeflateConfig::default() }
}

fn inflate(feed: &Feed) -> Decode {
    let feed = feed.clone();
    let mut protocol = CompressedProtocol::server(MESSAGE_LIMIT, MESSAGE_LIMIT, deflate());
    let (mut buffer, mut messages) = (BytesMut::new(), Vec::new());
    Box::new(move |inbox| {
        for read in feed.reads() {
            buffer.extend_from_slice(read);
            protocol.process_into(&mut buffer, &mut messages).map_err(fault)?;
            deliver(&messages, inbox)?;
            messages.clear();
        }
        Ok(())
    })
}

fn compress(texts: &Texts) -> Encode {
    let outlet = texts.outlet.clone();
    let mut protocol = CompressedProtocol::client(MESSAGE_LIMIT, MESSAGE_LIMIT, deflate());
    let messages: Vec<_> = texts.payloads.iter().cloned().map(Message::Text).collect();
    let mut buffer = BytesMut::new();
    Box::new(move || {
        for message in &messages {
            buffer.clear();
            protocol.encode_message(message, &mut buffer).map_err(fault)?;
            outlet.write(&buffer);
        }
        Ok(())
    })
}

fn accept_key(key: &str, outlet: &Outlet) {
    outlet.write(generate_accept_key(key).as_bytes());
}

fn handshake(mut transport: Transport) -> Result<(), String> {
    let mut read = [0; HEAD];
    let length = transport.read(&mut read).map_err(fault)?;
    let Some((request, _)) = parse_request(&read[..length]).map_err(fault)? else {
        return unexpected("a part of a head");
    };
    let response = build_response(&generate_accept_key(request.key), None, None);
    transport.write_all(&response).map_err(fault)
}

fn echo(mut transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut protocol = Protocol::new(Role::Server, MESSAGE_LIMIT, MESSAGE_LIMIT);
    let (mut buffer, mut answer) = (BytesMut::new(), BytesMut::new());
    let mut lent = vec![0; 64 * 1024];
    loop {
        let length = transport.read(&mut lent).map_err(fault)?;
        buffer.extend_from_slice(&lent[..length]);
        let messages = protocol.process(&mut buffer).map_err(fault)?;
        if let Some(message) = messages.first() {
            protocol.encode_message(message, &mut answer).map_err(fault)?;
            break;
        }
    }
    transport.write_all(&answer).map_err(fault)?;
    answer.clear();
    Ok(Box::new((protocol, buffer, answer, transport)))
}
