//! wtx, over an asynchronous stream. It masks in the buffer that holds the payload, so a client that keeps its payload
//! copies it first, as here. Its SHA-1 is ring's.

use std::any::Any;

use futures::executor::block_on;
use wtx::collection::Vector;
use wtx::rng::Xorshift64;
use wtx::web_socket::{
    Frame, OpCode, WebSocket, WebSocketAcceptor, WebSocketBuffer, WebSocketOwned, WebSocketPayloadOrigin,
};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{AsyncTransport, Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("wtx", Standing::Peer)
};

type Socket<const IS_CLIENT: bool> = WebSocketOwned<(), Xorshift64, AsyncTransport, IS_CLIENT>;

fn open<const IS_CLIENT: bool>(transport: Transport) -> Socket<IS_CLIENT> {
    WebSocket::new((), false, Xorshift64::from(101), AsyncTransport(transport), WebSocketBuffer::new())
}

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    let mut socket: Socket<false> = open(feed.transport());
    let mut buffer = Vector::new();
    Box::new(move |inbox| {
        block_on(async {
            for _ in 0..messages {
                let frame = socket.read_frame(&mut buffer, WebSocketPayloadOrigin::Adaptive).await.map_err(fault)?;
                match frame.op_code() {
                    OpCode::Text => inbox.text(frame.payload()),
                    OpCode::Binary => inbox.binary(frame.payload()),
                    other => return unexpected(other),
                }
            }
            Ok(())
        })
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let mut socket: Socket<true> = open(Transport::sink(&load.outlet));
    let mut copy = vec![0; load.payload.len()];
    Box::new(move || {
        block_on(async {
            for _ in 0..load.messages {
                copy.copy_from_slice(&load.payload);
                let mut frame = Frame::new_fin(OpCode::Binary, &mut copy[..]);
                socket.write_frame(&mut frame).await.map_err(fault)?;
            }
            Ok(())
        })
    })
}

fn handshake(transport: Transport) -> Result<(), String> {
    let accept = WebSocketAcceptor::default().accept(AsyncTransport(transport));
    let accepted: Result<_, wtx::Error> = block_on(accept);
    accepted.map(drop).map_err(fault)
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut socket: Socket<false> = open(transport);
    let mut buffer = Vector::new();
    block_on(async {
        let frame = socket.read_frame(&mut buffer, WebSocketPayloadOrigin::Adaptive).await.map_err(fault)?;
        let mut message = frame.payload().to_vec();
        socket.write_frame(&mut Frame::new_fin(OpCode::Binary, &mut message[..])).await.map_err(fault)
    })?;
    Ok(Box::new((socket, buffer)))
}
