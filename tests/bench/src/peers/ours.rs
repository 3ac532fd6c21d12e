//! This project: the only file here that names what it calls.

use std::any::Any;
use std::hint::black_box;
use std::io::{Read as _, Write as _};

use ws101_core::deflate::{Agreement, Level, Options, PermessageDeflate};
use ws101_core::handshake::{Accept, OriginPolicy, UpgradeRequest};
use ws101_core::{Config, Connection, Event, HeadReader, Role};

use crate::contestant::{Contestant, Decode, Encode, Load, Standing, Texts};
use crate::deflate::LEVEL;
use crate::inbox::Inbox;
use crate::peers::{HEAD, fault, unexpected};
use crate::transport::{Feed, Outlet, Transport};

pub(super) const CONTESTANT: Contestant = Contestant {
    decode: Some(decode),
    encode: Some(encode),
    inflate: Some(inflate),
    compress: Some(compress),
    accept_key: Some(accept_key),
    handshake: Some(handshake),
    echo: Some(echo),
    ..Contestant::new("ws101-core", Standing::Ours)
};

/// What is lent to read into: few enough bytes that they stay in the first cache. What a large message has beyond them is
/// read to where the message is.
const LENT: usize = 16 * 1024;

fn decode(feed: &Feed) -> Decode {
    read_messages(Connection::server(Config::default()), feed)
}

fn inflate(feed: &Feed) -> Decode {
    read_messages(Connection::server(Config::default()).with_extension(deflate(Role::Server)), feed)
}

fn deflate(role: Role) -> Box<PermessageDeflate> {
    let options = Options { level: Level::new(LEVEL).expect("a level of zlib"), ..Options::default() };
    Box::new(PermessageDeflate::new(role, Agreement::default(), options))
}

fn read_messages(mut connection: Connection, feed: &Feed) -> Decode {
    let messages = feed.messages();
    let mut transport = feed.transport();
    let mut lent = vec![0; LENT.min(feed.read_size())];
    Box::new(move |inbox| {
        let mut delivered = 0;
        while delivered < messages {
            // The rest of a large message is read to where the message is.
            if let Some(room) = connection.message_buffer() {
                let length = transport.read(room).map_err(fault)?;
                if let Some(event) = connection.filled(length) {
                    deliver(event, &mut connection, inbox)?;
                    delivered += 1;
                }
                continue;
            }
            let length = transport.read(&mut lent).map_err(fault)?;
            let mut input = &mut lent[..length];
            while let Some(event) = connection.receive(&mut input) {
                deliver(event, &mut connection, inbox)?;
                delivered += 1;
            }
        }
        Ok(())
    })
}

/// A message that holds memory of its own gives it back for the next.
#[expect(clippy::inline_always, reason = "a loop over events has its code within, and here are two")]
#[inline(always)]
fn deliver(event: Event<'_>, connection: &mut Connection, inbox: &mut Inbox) -> Result<(), String> {
    match event {
        Event::Text(text) => {
            inbox.text(text.as_bytes());
            connection.recycle(Event::Text(text));
        }
        Event::Binary(bytes) => {
            inbox.binary(&bytes);
            connection.recycle(Event::Binary(bytes));
        }
        other => return unexpected(other),
    }
    Ok(())
}

fn encode(load: &Load) -> Encode {
    let Load { payload, messages, outlet } = load.clone();
    let mut connection = Connection::client(Config::default(), masking_keys());
    Box::new(move || {
        for _ in 0..messages {
            connection.send_binary(black_box(&payload)).map_err(fault)?;
            let outgoing = connection.outgoing();
            outlet.write(outgoing);
            let length = outgoing.len();
            connection.sent(length);
        }
        Ok(())
    })
}

fn masking_keys() -> impl FnMut() -> [u8; 4] {
    let mut random = fastrand::Rng::new();
    move || random.u32(..).to_ne_bytes()
}

fn compress(texts: &Texts) -> Encode {
    let Texts { payloads, outlet } = texts.clone();
    let connection = Connection::client(Config::default(), masking_keys());
    let mut connection = connection.with_extension(deflate(Role::Client));
    Box::new(move || {
        for payload in &*payloads {
            connection.send_text(str::from_utf8(payload).map_err(fault)?).map_err(fault)?;
            let outgoing = connection.outgoing();
            outlet.write(outgoing);
            let length = outgoing.len();
            connection.sent(length);
        }
        Ok(())
    })
}

fn accept_key(key: &str, outlet: &Outlet) {
    outlet.write(Accept::derive(key.as_bytes()).as_str().as_bytes());
}

fn handshake(mut transport: Transport) -> Result<(), String> {
    let mut read = [0; HEAD];
    let length = transport.read(&mut read).map_err(fault)?;
    let mut head = HeadReader::new([0; HEAD]);
    if !head.receive(&mut &read[..length]).map_err(fault)? {
        return unexpected("a part of a head");
    }
    let request = UpgradeRequest::verify(head.bytes(), OriginPolicy::Any).map_err(fault)?;
    let mut response = [0; 512];
    let length = request.response().write(&mut response).map_err(fault)?;
    transport.write_all(&response[..length]).map_err(fault)
}

/// The buffer that is read into is the caller's, who needs one for all connections and not one for each. The memory of a
/// message that straddled reads is given back, and the connection keeps it for the next.
fn echo(mut transport: Transport) -> Result<Box<dyn Any>, String> {
    let mut connection = Connection::server(Config::default());
    let mut lent = vec![0; 64 * 1024];
    let length = transport.read(&mut lent).map_err(fault)?;
    let mut input = &mut lent[..length];
    let Some(event) = connection.receive(&mut input) else { return unexpected("a part of a message") };
    let Event::Binary(bytes) = &event else { return unexpected(event) };
    connection.send_binary(bytes).map_err(fault)?;
    connection.recycle(event);
    let outgoing = connection.outgoing();
    transport.write_all(outgoing).map_err(fault)?;
    let length = outgoing.len();
    connection.sent(length);
    Ok(Box::new((connection, transport)))
}
