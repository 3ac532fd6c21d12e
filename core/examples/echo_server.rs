//! An echo server: `cargo run -p ws101-core --example echo_server -- 127.0.0.1:8102`

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::{error::Error, time::Duration};

use ws101_core::handshake::{OriginPolicy, Refusal, UpgradeRequest};
use ws101_core::{Config, Connection, Event, HeadReader, TransportAction};

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).as_deref().unwrap_or("127.0.0.1:8102"))?;
    loop {
        let (stream, peer) = listener.accept()?;
        std::thread::spawn(move || echo(stream).unwrap_or_else(|error| eprintln!("{peer}: {error}")));
    }
}

pub(crate) fn echo(mut stream: TcpStream) -> Result<(), Box<dyn Error>> {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?; // Who is silent for longer is let go.
    stream.set_write_timeout(Some(Duration::from_secs(60)))?;
    let (mut reader, mut input, mut answer) = (HeadReader::new([0; 8 << 10]), vec![0; 16 << 10], [0; 1024]);
    let (request, unread) = loop {
        let length = stream.read(&mut input)?;
        let mut rest = &input[..length]; // Frames may stand behind the head.
        match reader.receive(&mut rest) {
            Ok(false) if length > 0 => {}
            Ok(_) => break (UpgradeRequest::verify(reader.bytes(), OriginPolicy::Any), length - rest.len()..length),
            Err(too_long) => break (Err(too_long.into()), 0..0),
        }
    };
    let written = match &request {
        Ok(request) => request.response().write(&mut answer),
        Err(error) => Refusal::of(error.violation).write(&mut answer),
    };
    stream.write_all(&answer[..written?])?;

    let mut connection = Connection::server(Config::default());
    let mut rest = &mut input[unread];
    while request.is_ok() && connection.transport_action() == TransportAction::Continue {
        while let Some(event) = connection.receive(&mut rest) {
            match event {
                Event::Text(text) => connection.send_text(&text)?,
                Event::Binary(bytes) => connection.send_binary(&bytes)?,
                _ => {} // Pings, Closes and violations are answered by the connection.
            }
        }
        stream.write_all(connection.outgoing())?;
        connection.sent(connection.outgoing().len());
        if rest.is_empty() && connection.transport_action() == TransportAction::Continue {
            let length = stream.read(&mut input)?;
            if length == 0 {
                connection.transport_ended();
            }
            rest = &mut input[..length];
        }
    }
    stream.shutdown(Shutdown::Write)?;
    Ok(io::copy(&mut stream.take(1 << 20), &mut io::sink()).map(drop)?) // Bytes that nobody read would reset it.
}
