//! Messages come back.

use crate::client::{field, handshake};
use crate::frames::{self, close, masked, unmasked};
use crate::server::Server;

#[test]
fn text_and_binary_come_back_as_they_were() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(masked(frames::TEXT, "你好".as_bytes()));
    client.expect(b"\x81\x06\xe4\xbd\xa0\xe5\xa5\xbd");
    client.send(masked(frames::BINARY, b"\x00\xff\x80"));
    client.expect(b"\x82\x03\x00\xff\x80");
    client.send(masked(frames::TEXT, b""));
    client.expect(b"\x81\x00");
}

#[test]
fn every_length_form_comes_back() {
    let server = Server::start();
    let mut client = server.echo();
    for length in [125, 126, 127, 65_535, 65_536, 3_000_000] {
        let payload: Vec<u8> = (0..=250).cycle().take(length).collect();
        // Written while the answer is read: neither end holds so much.
        let frame = masked(frames::BINARY, &payload);
        let sending = client.stream().try_clone().unwrap();
        let writer = std::thread::spawn(move || std::io::Write::write_all(&mut &sending, &frame).unwrap());
        client.expect(&unmasked(frames::BINARY, &payload));
        writer.join().unwrap();
    }
}

#[test]
fn fragments_come_back_as_one_message_and_pings_between_them_are_answered() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(masked(0x01, b"\xe4\xbd"));
    client.send(masked(frames::PING, b"between"));
    client.expect(b"\x8a\x07between");
    client.send(masked(0x00, b"\xa0"));
    client.send(masked(0x80, "好".as_bytes()));
    client.expect(b"\x81\x06\xe4\xbd\xa0\xe5\xa5\xbd");
}

#[test]
fn frames_may_come_byte_by_byte() {
    let server = Server::start();
    let mut client = server.echo();
    client.dribble(&masked(frames::TEXT, b"slowly"));
    client.dribble(&masked(frames::PING, b""));
    client.expect(b"\x81\x06slowly\x8a\x00");
}

#[test]
fn pings_are_answered_and_pongs_are_not() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(masked(frames::PONG, b"nobody asked"));
    client.send(masked(frames::PING, &[b'p'; 125]));
    client.expect(&unmasked(frames::PONG, &[b'p'; 125]));
}

#[test]
fn a_close_is_answered_and_the_server_closes_tcp_first() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(close(1000, "bye"));
    // §5.5.1: the status code is echoed. §7.1.1: the server closes the TCP connection; we have not ended our side.
    client.expect(b"\x88\x02\x03\xe8");
    client.expect_end();

    let mut client = server.echo();
    client.send(masked(frames::CLOSE, b""));
    client.expect(b"\x88\x00");
    client.expect_end();
}

#[test]
fn nothing_is_answered_after_a_close() {
    let server = Server::start();
    let mut client = server.echo();
    let mut bytes = masked(frames::TEXT, b"before");
    bytes.extend(close(4321, ""));
    bytes.extend(masked(frames::TEXT, b"after"));
    client.send(bytes);
    client.expect(b"\x81\x06before\x88\x02\x10\xe1");
    client.expect_end();
}

#[test]
fn messages_are_compressed_where_the_client_offers_it() {
    const OFFER: &str = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
    let server = Server::start();
    let mut client = server.connect();
    client.send(handshake("/echo", server.port, OFFER));
    assert_eq!(field(&client.head(), "Sec-WebSocket-Extensions"), Some("permessage-deflate"));
    // RFC 7692 §7.2.3.1: "Hello"; it is too short to be compressed on its way back.
    client.send(masked(frames::TEXT | 0x40, b"\xf2\x48\xcd\xc9\xc9\x07\x00"));
    client.expect(b"\x81\x05Hello");
    // A stored block of a hundred bytes, and no more to say.
    let zeros = [&b"\x00\x64\x00\x9b\xff"[..], &[b'0'; 100], b"\x00"].concat();
    client.send(masked(frames::TEXT | 0x40, &zeros));
    let (first, payload) = client.frame();
    assert_eq!(first, frames::TEXT | 0x40);
    assert!(payload.len() < 10, "{payload:02x?}");
    client.send(masked(frames::TEXT | 0x40, b"this is not compressed"));
    assert_eq!(client.close_frame(), (1007, "MESSAGE_DEFLATE_INVALID".to_owned()));
}

#[test]
fn of_several_offers_the_first_that_is_valid_is_taken() {
    const OFFERS: &str = "Sec-WebSocket-Extensions: x-webkit-deflate-frame, permessage-deflate; server_max_window_bits=7, \
                          permessage-deflate; server_max_window_bits=10; server_no_context_takeover\r\n";
    let server = Server::start();
    let mut client = server.connect();
    client.send(handshake("/echo", server.port, OFFERS));
    let taken = "permessage-deflate; server_no_context_takeover; server_max_window_bits=10";
    assert_eq!(field(&client.head(), "Sec-WebSocket-Extensions"), Some(taken));
}
