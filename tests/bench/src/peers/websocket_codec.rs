//! websocket-codec, a codec over `BytesMut`.

use std::any::Any;
use std::hint::black_box;
use std::io::{Read as _, Write as _};

use bytes::BytesMut;
use tokio_util::codec::{Decoder as _, Encoder as _};
use websocket_codec::{Message, MessageCodec, Opcode};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{fault, unexpected};
use crate::transport::{Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    echo: Some(echo),
    ..Contestant::new("websocket-codec", Standing::Peer)
};

fn decode(feed: &Feed) -> Decode {
    let feed = feed.clone();
    let mut codec = MessageCodec::server();
    let mut buffer = BytesMut::new();
    Box::new(move |inbox| {
        for read in feed.reads() {
            buffer.extend_from_slice(read);
            while let Some(message) = codec.decode(&mut buffer).map_err(fault)? {
                match message.opcode() {
                    Opcode::Text => inbox.text(message.data()),
                    Opcode::Binary => inbox.binary(message.data()),
                    other => return unexpected(other),
                }
            }
        }
        Ok(())
    })
}

fn encode(load: &Load) -> Encode {
    let Load { payload, messages, outlet } = load.clone();
    let mut codec = MessageCodec::client();
    let message = Message::binary(payload);
    let mut buffer = BytesMut::new();
    Box::new(move || {
        for _ in 0..messages {
            buffer.clear();
            codec.encode(black_box(&message), &mut buffer).map_err(fault)?;
            outlet.write(&buffer);
        }
        Ok(())
    })
}

fn echo(mut transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut codec = MessageCodec::server();
    let (mut buffer, mut answer) = (BytesMut::new(), BytesMut::new());
    let mut lent = vec![0; 64 * 1024];
    let message = loop {
        let length = transport.read(&mut lent).map_err(fault)?;
        buffer.extend_from_slice(&lent[..length]);
        if let Some(message) = codec.decode(&mut buffer).map_err(fault)? {
            break message;
        }
    };
    codec.encode(&message, &mut answer).map_err(fault)?;
    transport.write_all(&answer).map_err(fault)?;
    answer.clear();
    Ok(Box::new((codec, buffer, answer, transport)))
}
