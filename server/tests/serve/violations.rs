//! Broken rules after the handshake: the Close code that the RFC names, and then the server closes the transport.

use crate::frames::{self, header, masked};
use crate::server::Server;

/// Sends these bytes on a new connection: the Close has this code and reason, and nothing follows but the end.
#[track_caller]
fn fails(server: &Server, bytes: &[u8], code: u16, reason: &str) {
    let mut client = server.echo();
    client.send(bytes);
    assert_eq!(client.close_frame(), (code, reason.to_owned()));
    client.expect_end();
}

#[test]
fn an_unmasked_frame_is_a_protocol_error() {
    // §5.7: a single-frame unmasked text message.
    fails(&Server::start(), b"\x81\x05\x48\x65\x6c\x6c\x6f", 1002, "FRAME_UNMASKED");
}

#[test]
fn a_length_of_two_to_the_63_is_a_protocol_error() {
    fails(&Server::start(), &header(frames::BINARY, 1 << 63), 1002, "FRAME_LENGTH_HIGH_BIT");
}

#[test]
fn three_gigabytes_announced_are_too_big_before_one_byte_has_come() {
    let server = Server::with(&["--max-message", "1000000"]);
    fails(&server, &header(frames::BINARY, 3_000_000_000), 1009, "FRAME_TOO_BIG");
    fails(&server, &header(frames::BINARY, 1_000_001), 1009, "FRAME_TOO_BIG");
    fails(&server, &header(frames::TEXT, i64::MAX.unsigned_abs()), 1009, "FRAME_TOO_BIG");
}

#[test]
fn all_fragments_together_are_held_to_the_limit() {
    let server = Server::with(&["--max-message", "1000"]);
    let mut bytes = masked(0x02, &[0; 600]);
    bytes.extend(header(0x80, 401));
    fails(&server, &bytes, 1009, "MESSAGE_TOO_BIG");
    let mut client = server.echo();
    client.send(masked(0x02, &[7; 600]));
    client.send(masked(0x80, &[7; 400]));
    client.expect(&frames::unmasked(frames::BINARY, &[7; 1000]));
}

#[test]
fn text_that_is_not_utf8_is_invalid_data() {
    let server = Server::start();
    fails(&server, &masked(frames::TEXT, b"\xce\xba\xff"), 1007, "MESSAGE_INVALID_UTF8");
    // The first byte that cannot be right decides, long before the message ends.
    let mut bytes = header(frames::TEXT, 1_000_000);
    bytes.push(0xff ^ bytes[bytes.len() - 4]);
    fails(&server, &bytes, 1007, "MESSAGE_INVALID_UTF8");
}

#[test]
fn other_broken_rules_are_protocol_errors() {
    let server = Server::start();
    for (bytes, reason) in [
        (masked(0xc1, b"x"), "FRAME_RESERVED_BITS"),
        (masked(0x83, b"x"), "FRAME_RESERVED_OPCODE"),
        (masked(0x09, b"x"), "FRAME_CONTROL_FRAGMENTED"),
        (masked(0x89, &[0; 126]), "FRAME_CONTROL_TOO_LONG"),
        (masked(0x80, b"x"), "FRAME_UNEXPECTED_CONTINUATION"),
        ([masked(0x01, b"x"), masked(0x81, b"y")].concat(), "FRAME_MESSAGE_UNFINISHED"),
        (masked(0x88, b"x"), "CLOSE_BODY_ONE_BYTE"),
        (frames::close(1005, ""), "CLOSE_STATUS_NOT_ALLOWED"),
    ] {
        fails(&server, &bytes, 1002, reason);
    }
}

#[test]
fn the_close_is_not_lost_to_what_still_comes() {
    let server = Server::start();
    let mut client = server.echo();
    client.send(masked(frames::TEXT, b"fine"));
    // A megabyte behind the violation: dropped unread, it would turn the end into a reset, which takes the Close along.
    let mut bytes = masked(0x83, b"x");
    bytes.extend(masked(frames::BINARY, &vec![1; 1 << 20]));
    client.send(bytes);
    client.expect(b"\x81\x04fine");
    assert_eq!(client.close_frame(), (1002, "FRAME_RESERVED_OPCODE".to_owned()));
    client.expect_end();
}

#[test]
fn a_peer_that_goes_on_sending_is_cut_off() {
    let server = Server::with(&["--close-timeout", "0.3"]);
    let mut client = server.echo();
    client.send(masked(0x83, b"x"));
    assert_eq!(client.close_frame().0, 1002);
    client.expect_end();
    // Until the bounded time is over the bytes are taken and dropped; then there is nobody left.
    let pouring = client.stream().try_clone().unwrap();
    pouring.set_write_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    let error = loop {
        if let Err(error) = std::io::Write::write_all(&mut &pouring, &[0; 1000]) {
            break error;
        }
    };
    let reset = [std::io::ErrorKind::ConnectionReset, std::io::ErrorKind::BrokenPipe];
    assert!(reset.contains(&error.kind()), "{error}");
}
