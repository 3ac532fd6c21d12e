//! tokio-websockets, over an asynchronous stream. Its SHA-1 and its masking-keys are of the crates that it was told to
//! use: ring and fastrand.

use std::any::Any;

use futures::executor::block_on;
use futures::{SinkExt as _, StreamExt as _};
use tokio_websockets::{ClientBuilder, Message, ServerBuilder};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("tokio-websockets", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    let mut socket = ServerBuilder::new().serve(feed.transport());
    Box::new(move |inbox| {
        block_on(async {
            for _ in 0..messages {
                let Some(message) = socket.next().await else { return unexpected("the end") };
                let message = message.map_err(fault)?;
                if let Some(text) = message.as_text() {
                    inbox.text(text);
                } else if message.is_binary() {
                    inbox.binary(message.as_payload());
                } else {
                    return unexpected(message);
                }
            }
            Ok(())
        })
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let mut socket = ClientBuilder::new().take_over(Transport::sink(&load.outlet));
    Box::new(move || {
        block_on(async {
            for _ in 0..load.messages {
                socket.feed(Message::binary(load.payload.clone())).await.map_err(fault)?;
            }
            socket.flush().await.map_err(fault)
        })
    })
}

fn handshake(transport: Transport) -> Result<(), String> {
    block_on(ServerBuilder::new().accept(transport)).map(drop).map_err(fault)
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut socket = ServerBuilder::new().serve(transport);
    block_on(async {
        let Some(message) = socket.next().await else { return unexpected("the end") };
        socket.send(message.map_err(fault)?).await.map_err(fault)
    })?;
    Ok(Box::new(socket))
}
