//! tungstenite, over a stream that blocks.

use std::any::Any;

use tungstenite::protocol::Role;
use tungstenite::{Message, WebSocket};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{Feed, Outlet, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    accept_key: Some(accept_key),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("tungstenite", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    let mut socket = WebSocket::from_raw_socket(feed.transport(), Role::Server, None);
    Box::new(move |inbox| {
        for _ in 0..messages {
            match socket.read().map_err(fault)? {
                Message::Text(text) => inbox.text(text.as_str()),
                Message::Binary(bytes) => inbox.binary(&bytes),
                other => return unexpected(other),
            }
        }
        Ok(())
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let mut socket = WebSocket::from_raw_socket(Transport::sink(&load.outlet), Role::Client, None);
    Box::new(move || {
        for _ in 0..load.messages {
            socket.write(Message::Binary(load.payload.clone())).map_err(fault)?;
        }
        socket.flush().map_err(fault)
    })
}

fn accept_key(key: &str, outlet: &Outlet) {
    outlet.write(tungstenite::handshake::derive_accept_key(key.as_bytes()).as_bytes());
}

fn handshake(transport: Transport) -> Result<(), String> {
    tungstenite::accept(transport).map(drop).map_err(fault)
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut socket = WebSocket::from_raw_socket(transport, Role::Server, None);
    let message = socket.read().map_err(fault)?;
    socket.send(message).map_err(fault)?;
    Ok(Box::new(socket))
}
