//! websocketz, over an asynchronous stream and in buffers that its caller lends for the life of a connection.

use std::any::Any;

use futures::executor::block_on;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use websocketz::{Message, WebSocket};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing};
use crate::peers::{HEAD, fault, unexpected};
use crate::transport::{AsyncTransport, Feed, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("websocketz", Standing::Peer)
};

/// Room for a head of a frame or an HTTP response.
const SMALL: usize = 1024;

fn random() -> SmallRng {
    SmallRng::seed_from_u64(101)
}

/// A buffer for as long as the program runs, so that a connection which borrows it can be kept.
fn lend(length: usize) -> &'static mut [u8] {
    vec![0; length].leak()
}

fn decode(feed: &Feed) -> Decode {
    let messages = feed.messages();
    // A message must lie whole in the buffer.
    let room = feed.wire().size() + 64 * 1024;
    let transport = AsyncTransport(feed.transport());
    let mut socket = WebSocket::server(transport, random(), lend(room), lend(SMALL), lend(SMALL));
    Box::new(move |inbox| {
        block_on(async {
            for _ in 0..messages {
                match websocketz::next!(socket) {
                    Some(Ok(Message::Text(text))) => inbox.text(text),
                    Some(Ok(Message::Binary(bytes))) => inbox.binary(bytes),
                    Some(Err(error)) => return Err(fault(error)),
                    _ => return unexpected("the end, or another kind of message"),
                }
            }
            Ok(())
        })
    })
}

fn encode(load: &Load) -> Encode {
    let load = load.clone();
    let transport = AsyncTransport(Transport::sink(&load.outlet));
    let room = load.payload.len() + SMALL;
    let mut socket = WebSocket::client(transport, random(), lend(SMALL), lend(room), lend(SMALL));
    Box::new(move || {
        block_on(async {
            for _ in 0..load.messages {
                socket.send(Message::Binary(&load.payload)).await.map_err(fault)?;
            }
            Ok(())
        })
    })
}

fn handshake(transport: Transport) -> Result<(), String> {
    let (mut read, mut write, mut fragments) = ([0; HEAD], [0; SMALL], [0; SMALL]);
    let transport = AsyncTransport(transport);
    let accept = WebSocket::accept::<16>(
        websocketz::options::AcceptOptions::default(),
        transport,
        random(),
        &mut read,
        &mut write,
        &mut fragments,
    );
    block_on(accept).map(drop).map_err(fault)
}

/// Its buffers are the caller's, but borrowed by the connection as long as it lives: they count. They are as long as the
/// message that is echoed asks for.
fn echo(transport: Transport) -> Result<Box<dyn Any>, String> {
    let room = transport.waiting() + SMALL;
    let (read, write) = (lend(room), lend(room));
    let mut copy = vec![0; room];
    let mut socket = WebSocket::server(AsyncTransport(transport), random(), read, write, lend(SMALL));
    block_on(async {
        let length = match websocketz::next!(socket) {
            Some(Ok(Message::Binary(bytes))) => {
                copy[..bytes.len()].copy_from_slice(bytes);
                bytes.len()
            }
            Some(Err(error)) => return Err(fault(error)),
            _ => return unexpected("the end, or another kind of message"),
        };
        socket.send(Message::Binary(&copy[..length])).await.map_err(fault)
    })?;
    Ok(Box::new(socket))
}
