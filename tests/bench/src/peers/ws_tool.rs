//! ws-tool, over a stream that blocks.

use std::any::Any;

use ws_tool::ServerBuilder;
use ws_tool::codec::{FrameCodec, FrameConfig, default_handshake_handler};
use ws_tool::frame::OpCode;

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{Feed, Outlet, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    accept_key: Some(accept_key),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("ws-tool", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    // By default it reads 4 KiB at a time.
    let config = FrameConfig { mask_send_frame: false, resize_size: 64 * 1024, ..FrameConfig::default() };
    let mut codec = FrameCodec::new_with(feed.transport(), config);
    Box::new(move |inbox| {
        for _ in 0..messages {
            let (header, payload) = codec.receive().map_err(fault)?;
            match header.code {
                OpCode::Text => inbox.text(payload),
                OpCode::Binary => inbox.binary(payload),
                other => return unexpected(other),
            }
        }
        Ok(())
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let mut codec = FrameCodec::new_with(Transport::sink(&load.outlet), FrameConfig::default());
    Box::new(move || {
        for _ in 0..load.messages {
            codec.send(OpCode::Binary, &load.payload).map_err(fault)?;
        }
        codec.flush().map_err(fault)
    })
}

fn accept_key(key: &str, outlet: &Outlet) {
    outlet.write(ws_tool::protocol::cal_accept_key(key.as_bytes()).as_bytes());
}

fn handshake(transport: Transport) -> Result<(), String> {
    ServerBuilder::accept(transport, default_handshake_handler, FrameCodec::factory).map(drop).map_err(fault)
}

fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let config = FrameConfig { mask_send_frame: false, ..FrameConfig::default() };
    let mut codec = FrameCodec::new_with(transport, config);
    let message = codec.receive().map_err(fault)?.1.to_vec();
    codec.send(OpCode::Binary, &message).map_err(fault)?;
    codec.flush().map_err(fault)?;
    Ok(Box::new(codec))
}
