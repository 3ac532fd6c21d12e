//! yawc, over an asynchronous stream, told to check text. Its handshake is hyper's, and no row here.

use std::any::Any;

use futures::SinkExt as _;
use futures::executor::block_on;
use yawc::frame::{Frame, OpCode};
use yawc::{CompressionLevel, Options, Role, WebSocket};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing, Texts};
use crate::deflate::LEVEL;
use crate::peers::{MESSAGE_LIMIT, fault, unexpected};
use crate::transport::{Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    inflate: Some(inflate),
    compress: Some(compress),
    echo: Some(echo),
    ..Contestant::new("yawc", Standing::Peer)
};

fn open(transport: Transport, role: Role) -> WebSocket<Transport> {
    let options = Options::default().with_utf8().with_limits(MESSAGE_LIMIT, 2 * MESSAGE_LIMIT);
    WebSocket::from_stream(transport, role, options).expect("without extensions there is nothing to disagree on")
}

fn open_deflating(transport: Transport, role: Role) -> WebSocket<Transport> {
    let options = Options::default().with_utf8().with_compression_level(CompressionLevel::new(u32::from(LEVEL)));
    WebSocket::from_stream_with_extensions(transport, role, Some("permessage-deflate"), options)
        .expect("what was agreed on is what was asked for")
}

fn decode(feed: &Feed) -> Decode {
    read_messages(open(feed.transport(), Role::Server), feed.messages())
}

fn inflate(feed: &Feed) -> Decode {
    read_messages(open_deflating(feed.transport(), Role::Server), feed.messages())
}

fn read_messages(mut socket: WebSocket<Transport>, messages: usize) -> Decode {
    Box::new(move |inbox| {
        block_on(async {
            for _ in 0..messages {
                let frame = socket.next_frame().await.map_err(fault)?;
                match frame.opcode() {
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
    let mut socket = open(Transport::sink(&load.outlet), Role::Client);
    Box::new(move || {
        block_on(async {
            for _ in 0..load.messages {
                socket.feed(Frame::binary(load.payload.clone())).await.map_err(fault)?;
            }
            socket.flush().await.map_err(fault)
        })
    })
}

fn compress(texts: &Texts) -> Encode {
    let texts = texts.clone();
    let mut socket = open_deflating(Transport::sink(&texts.outlet), Role::Client);
    Box::new(move || {
        block_on(async {
            for payload in &*texts.payloads {
                socket.feed(Frame::text(payload.clone())).await.map_err(fault)?;
            }
            socket.flush().await.map_err(fault)
        })
    })
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut socket = open(transport, Role::Server);
    block_on(async {
        let frame = socket.next_frame().await.map_err(fault)?;
        socket.send(Frame::binary(frame.payload().clone())).await.map_err(fault)
    })?;
    Ok(Box::new(socket))
}
