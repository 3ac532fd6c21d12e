//! nexus-web: its reader and writer without a stream, and its blocking client for the handshake.

use std::any::Any;
use std::hint::black_box;

use nexus_web::ws::handshake::compute_accept_key;
use nexus_web::ws::{Client, FrameReader, FrameWriter, Message, Role};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{Feed, Outlet, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    accept_key: Some(accept_key),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("nexus-web", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let feed = feed.clone();
    // Its buffer holds a mebibyte by default; one of four reads stays in the cache.
    let mut reader = FrameReader::builder().role(Role::Server).buffer_capacity(256 * 1024).build();
    Box::new(move |inbox| {
        for read in feed.reads() {
            reader.read(read).map_err(fault)?;
            while let Some(message) = reader.next().map_err(fault)? {
                match message {
                    Message::Text(text) => inbox.text(text),
                    Message::Binary(bytes) => inbox.binary(bytes),
                    _ => return unexpected("another kind of message"),
                }
            }
        }
        Ok(())
    })
}

fn encode(load: &Load) -> Encode {
    let Load { payload, messages, outlet } = load.clone();
    let mut writer = FrameWriter::new(Role::Client);
    let mut buffer = vec![0; writer.max_encoded_len(payload.len())];
    Box::new(move || {
        for _ in 0..messages {
            let length = writer.encode_binary(black_box(&payload), &mut buffer);
            outlet.write(&buffer[..length]);
        }
        Ok(())
    })
}

fn accept_key(key: &str, outlet: &Outlet) {
    outlet.write(&compute_accept_key(key));
}

fn handshake(transport: Transport) -> Result<(), String> {
    // The buffer of a mebibyte that it makes by default would be most of the time.
    let builder = nexus_web::ws::ClientBuilder::new().buffer_capacity(4096);
    builder.accept(transport).map(drop).map_err(fault)
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let reader = FrameReader::builder().role(Role::Server).build();
    let mut client = Client::from_parts(transport, reader, FrameWriter::new(Role::Server));
    let message = match client.recv().map_err(fault)? {
        Some(Message::Binary(bytes)) => bytes.to_vec(),
        _ => return unexpected("another kind of message"),
    };
    client.send_binary(&message).map_err(fault)?;
    Ok(Box::new(client))
}
