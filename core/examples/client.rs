//! A client: `cargo run -p ws101-core --example client -- 127.0.0.1:8102 /chat Hello`

use std::error::Error;
use std::io::{self, Read, Write};
use std::{net::TcpStream, time::Duration};

use ws101_core::handshake::{ClientRequest, Key};
use ws101_core::{Close, Config, Connection, Event, HeadReader, StatusCode, TransportAction};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [host, target, message] = &arguments[..] else { return Err("usage: client HOST:PORT TARGET MESSAGE".into()) };
    ask(host, target, message).map(|answer| println!("{answer}"))
}

pub(crate) fn ask(host: &str, target: &str, message: &str) -> Result<String, Box<dyn Error>> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?; // Who is silent for longer is given up.
    stream.set_write_timeout(Some(Duration::from_secs(60)))?;
    let (mut reader, mut input) = (HeadReader::new([0; 8 << 10]), vec![0; 16 << 10]);
    let request = ClientRequest::new(host, target, Key::from_nonce(rand::random()));
    let length = request.write(&mut input)?;
    stream.write_all(&input[..length])?;
    let unread = loop {
        let length = stream.read(&mut input)?;
        let mut rest = &input[..length]; // Frames may stand behind the head.
        if reader.receive(&mut rest)? || length == 0 {
            break length - rest.len()..length;
        }
    };
    request.verify_response(reader.bytes())?;

    let mut connection = Connection::client(Config::default(), rand::random);
    connection.send_text(message)?;
    let (mut rest, mut answer) = (&mut input[unread], None);
    while connection.transport_action() == TransportAction::Continue {
        while let Some(event) = connection.receive(&mut rest) {
            match event {
                Event::Text(text) if answer.is_none() => {
                    answer = Some(text.into_owned());
                    connection.close(Some(Close { code: StatusCode::NORMAL_CLOSURE, reason: "" }))?;
                }
                Event::Violation(error) => eprintln!("{error}"),
                _ => {} // Pings and Closes are answered by the connection.
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
    let _ = io::copy(&mut stream.take(1 << 20), &mut io::sink()); // The server ends the transport first (§7.1.1).
    answer.ok_or_else(|| format!("no answer came: {:?}", connection.state()).into())
}
