//! soketto, over an asynchronous stream. It leaves the check of text to its caller, who makes it here with simdutf8.

use std::any::Any;

use futures::executor::block_on;
use soketto::connection::{Builder, Mode};
use soketto::handshake::{Server, server::Response};
use soketto::{Data, Receiver, Sender};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::fault;
use crate::transport::{Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("soketto", Standing::Peer)
};

fn open(transport: Transport, mode: Mode) -> (Sender<Transport>, Receiver<Transport>) {
    Builder::new(transport, mode).finish()
}

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    let (_sender, mut receiver) = open(feed.transport(), Mode::Server);
    let mut message = Vec::new();
    Box::new(move |inbox| {
        block_on(async {
            for _ in 0..messages {
                message.clear();
                match receiver.receive_data(&mut message).await.map_err(fault)? {
                    Data::Text(_) => inbox.text(simdutf8::basic::from_utf8(&message).map_err(fault)?),
                    Data::Binary(_) => inbox.binary(&message),
                }
            }
            Ok(())
        })
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let (mut sender, _receiver) = open(Transport::sink(&load.outlet), Mode::Client);
    Box::new(move || {
        block_on(async {
            for _ in 0..load.messages {
                sender.send_binary(&load.payload).await.map_err(fault)?;
            }
            sender.flush().await.map_err(fault)
        })
    })
}

fn handshake(transport: Transport) -> Result<(), String> {
    block_on(async {
        let mut server = Server::new(transport);
        let key = server.receive_request().await.map_err(fault)?.key();
        server.send_response(&Response::Accept { key, protocol: None }).await.map_err(fault)
    })
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let (mut sender, mut receiver) = open(transport, Mode::Server);
    block_on(async {
        let mut message = Vec::new();
        receiver.receive_data(&mut message).await.map_err(fault)?;
        sender.send_binary(&message).await.map_err(fault)?;
        sender.flush().await.map_err(fault)
    })?;
    Ok(Box::new((sender, receiver)))
}
