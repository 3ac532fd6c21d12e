//! fastwebsockets, over an asynchronous stream, with the collector that puts fragments together and checks text.
//!
//! Its handshake is hyper's, and no row here.

use std::any::Any;

use fastwebsockets::{FragmentCollector, Frame, OpCode, Payload, Role, WebSocket};
use futures::executor::block_on;

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    echo: Some(echo),
    ..Contestant::new("fastwebsockets", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    let mut socket = FragmentCollector::new(WebSocket::after_handshake(feed.transport(), Role::Server));
    Box::new(move |inbox| {
        block_on(async {
            for _ in 0..messages {
                let frame = socket.read_frame().await.map_err(fault)?;
                match frame.opcode {
                    OpCode::Text => inbox.text(&*frame.payload),
                    OpCode::Binary => inbox.binary(&frame.payload),
                    other => return unexpected(other),
                }
            }
            Ok(())
        })
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let mut socket = WebSocket::after_handshake(Transport::sink(&load.outlet), Role::Client);
    Box::new(move || {
        block_on(async {
            for _ in 0..load.messages {
                let frame = Frame::binary(Payload::Borrowed(&load.payload));
                socket.write_frame(frame).await.map_err(fault)?;
            }
            socket.flush().await.map_err(fault)
        })
    })
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut socket = FragmentCollector::new(WebSocket::after_handshake(transport, Role::Server));
    block_on(async {
        let frame = socket.read_frame().await.map_err(fault)?;
        socket.write_frame(Frame::binary(Payload::Owned(frame.payload.to_vec()))).await.map_err(fault)
    })?;
    Ok(Box::new(socket))
}
