//! yawc, over an asynchronous stream, told to check text. Its handshake is hyper's, and no row here.

use std::any::Any;

use futures::SinkExt as _;
use futures::executor::block_on;
use yawc::frame::{Frame, OpCode};
use yawc::{Options, Role, WebSocket};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{MESSAGE_LIMIT, fault, unexpected};
use crate::transport::{Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    echo: Some(echo),
    ..Contestant::new("yawc", Standing::Peer)
};

fn open(transport: Transport, role: Role) -> WebSocket<Transport> {
    let options = Options::default().with_utf8().with_limits(MESSAGE_LIMIT, 2 * MESSAGE_LIMIT);
    WebSocket::from_stream(transport, role, options).expect("without extensions there is nothing to disagree on")
}

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    let mut socket = open(feed.transport(), Role::Server);
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

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut socket = open(transport, Role::Server);
    block_on(async {
        let frame = socket.next_frame().await.map_err(fault)?;
        socket.send(Frame::binary(frame.payload().clone())).await.map_err(fault)
    })?;
    Ok(Box::new(socket))
}
