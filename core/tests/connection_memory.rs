//! How much memory a connection holds: the figures of the documentation, counted at the allocator.
#![cfg(feature = "alloc")]

mod counting;

use counting::held;
use ws101_core::{Config, Connection, Event, MaskingKey, frames};

const KEY: MaskingKey = MaskingKey([0x37, 0xfa, 0x21, 0x3d]);

fn message(length: usize) -> Vec<u8> {
    frames::binary(&vec![0xa5; length]).masked(KEY).to_vec().unwrap()
}

/// Sends back what is in `read`, and gives the event's memory back to the connection.
fn echo(server: &mut Connection, read: &mut [u8]) {
    let mut input = read;
    while let Some(event) = server.receive(&mut input) {
        if let Event::Binary(bytes) = &event {
            server.send_binary(bytes).unwrap();
        }
        server.recycle(event);
    }
    server.sent(server.outgoing().len());
}

#[test]
#[cfg(all(target_pointer_width = "64", feature = "extension"))]
fn a_connection_has_752_bytes() {
    assert_eq!(size_of::<Connection>(), 752);
}

#[test]
fn a_connection_holds_nothing_else_before_something_is_sent() {
    let mut read = message(32 << 10);
    let mut server = None;
    let used = held(|| {
        let server = server.insert(Connection::server(Config::default()));
        let mut input = &mut read[..];
        assert!(matches!(server.receive(&mut input), Some(Event::Binary(bytes)) if bytes.len() == 32 << 10));
    });
    assert_eq!(used, 0);
}

#[test]
fn it_keeps_what_waited_to_be_written_and_what_was_gathered_until_it_is_shrunk() {
    let mut server = Connection::server(Config::default());
    let mut read = message(16);
    assert_eq!(held(|| echo(&mut server, &mut read)), 2 + 16);
    let mut read = message(1000);
    assert_eq!(held(|| echo(&mut server, &mut read)), 4 + 1000 - (2 + 16));
    // In two reads, it has to be gathered.
    let mut read = message(1000);
    let (first, second) = read.split_at_mut(500);
    let gathered = held(|| {
        echo(&mut server, first);
        echo(&mut server, second);
    });
    assert_eq!(gathered, 4 << 10);
    assert_eq!(held(|| server.shrink()).wrapping_neg(), 4 + 1000 + (4 << 10));
}

#[test]
fn an_announced_length_takes_no_memory() {
    let mut server = Connection::server(Config::default());
    let mut read = message(16 << 20);
    let mut input = &mut read[..1000];
    assert_eq!(held(|| assert_eq!(server.receive(&mut input), None)), 4 << 10);
}
