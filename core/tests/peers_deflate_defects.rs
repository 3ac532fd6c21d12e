//! What other implementations were found to do wrong with compressed messages, and that it is not done here: through
//! whole connections, and with payloads of our own making.
#![cfg(any(feature = "deflate", feature = "deflate-libc"))]

use ws101_core::deflate::{Agreement, Options, PermessageDeflate, WindowBits};
use ws101_core::{
    Config, Connection, Entropy, Event, Frame, Limits, MaskingKey, Opcode, Role, Rsv, Unmasked, Violation, frames,
};

const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

fn server(limits: Limits, agreement: Agreement) -> Connection<Unmasked> {
    let codec = PermessageDeflate::new(Role::Server, agreement, Options::default());
    Connection::server(Config { limits, ..Config::default() }).with_extension(Box::new(codec))
}

fn client(agreement: Agreement) -> Connection<impl Entropy> {
    let codec = PermessageDeflate::new(Role::Client, agreement, Options::default());
    Connection::client(Config::default(), || KEY).with_extension(Box::new(codec))
}

/// Reads everything that `from` has to send into `to`, in pieces of this size.
fn carry<A: Entropy, B: Entropy>(from: &mut Connection<A>, to: &mut Connection<B>, size: usize) -> Vec<Event<'static>> {
    let mut bytes = from.outgoing().to_vec();
    from.sent(bytes.len());
    let mut events = Vec::new();
    for piece in bytes.chunks_mut(size) {
        let mut input = piece;
        while let Some(event) = to.receive(&mut input) {
            events.push(match event {
                Event::Text(text) => Event::Text(text.into_owned().into()),
                Event::Binary(bytes) => Event::Binary(bytes.into_owned().into()),
                Event::Violation(error) => Event::Violation(error),
                other => panic!("{other:?}"),
            });
        }
    }
    events
}

/// A compressed message of a client, its payload as it stands.
fn compressed(opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    Frame::new(opcode, payload).rsv(Rsv::RSV1).masked(MaskingKey(KEY)).to_vec().unwrap()
}

fn violation(mut end: Connection<Unmasked>, bytes: &[u8], size: usize) -> Option<Violation> {
    let mut bytes = bytes.to_vec();
    bytes.chunks_mut(size).find_map(|piece| {
        let mut input = piece;
        match end.receive(&mut input)? {
            Event::Violation(error) => Some(error.violation),
            other => panic!("{other:?}"),
        }
    })
}

/// A codec's output stopped at a buffer's 4,096 bytes: of 40,000 bytes of JSON 20,630 came out at the other end, and
/// nobody was told. Here with incompressible text among it, so that far more than 4,096 bytes are on the wire.
#[test]
fn compressed_output_is_not_cut() {
    let mut state = 1_u64;
    let numbers = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{{\"id\":{},\"name\":\"你好 {:x}\"}},", state >> 40, state >> 20)
    });
    let text: String = numbers.take(1_000).collect();
    assert!(text.len() > 40_000);
    for size in [1, 1_000, 4_096, usize::MAX >> 1] {
        let (mut client, mut server) = (client(Agreement::default()), server(Limits::default(), Agreement::default()));
        for _ in 0..2 {
            client.send_text(&text).unwrap();
            let wire = client.outgoing().len();
            assert!(wire > 3 * 4_096 && wire < text.len(), "{wire} bytes");
            assert_eq!(carry(&mut client, &mut server, size), [Event::Text(text.as_str().into())]);
            server.send_binary(text.as_bytes()).unwrap();
            assert_eq!(carry(&mut server, &mut client, size), [Event::Binary(text.as_bytes().into())]);
        }
    }
}

/// A compressor that has no window of 8 bits, and panics when it is asked for one: a client that asks for
/// `server_max_window_bits=8` ends the server.
#[test]
fn a_window_of_8_bits() {
    let bits = WindowBits::new(8).unwrap();
    let agreement = Agreement { server_max_window_bits: bits, client_max_window_bits: bits, ..Agreement::default() };
    let (mut client, mut server) = (client(agreement), server(Limits::default(), agreement));
    let text = "over and over ".repeat(1_000);
    client.send_text(&text).unwrap();
    assert_eq!(carry(&mut client, &mut server, 7), [Event::Text(text.as_str().into())]);
    server.send_text(&text).unwrap();
    assert_eq!(carry(&mut server, &mut client, 7), [Event::Text(text.as_str().into())]);
}

/// A limit that what is on the wire was held to, and not what it inflates to; or that is looked at when all is inflated.
#[test]
fn the_limit_is_that_of_the_inflated_message() {
    let limits = Limits { message: 10_000, ..Limits::default() };
    let mut sender = client(Agreement::default());
    sender.send_binary(&vec![0; 10_000]).unwrap();
    let mut end = server(limits, Agreement::default());
    assert_eq!(carry(&mut sender, &mut end, 5), [Event::Binary(vec![0; 10_000].into())]);
    for (length, size) in [(10_001, 5), (10_001, 1 << 20), (64 << 20, 1 << 20)] {
        let mut sender = client(Agreement::default());
        sender.send_binary(&vec![0; length]).unwrap();
        let end = server(limits, Agreement::default());
        assert_eq!(violation(end, sender.outgoing(), size), Some(Violation::MessageTooBig), "{length}");
    }
}

/// Text that is judged where it is not compressed, and not where it is.
#[test]
fn compressed_text_that_is_not_utf8() {
    // One stored block (RFC 7692 §7.2.3.3): nothing is changed by it.
    let stored = |text: &[u8]| {
        let length = u8::try_from(text.len()).unwrap();
        [&[0x00, length, 0x00, !length, 0xff][..], text, &[0x00]].concat()
    };
    for text in [&b"a\xff"[..], b"\xe4\xbd", b"\xed\xa0\x80", b"ok\x80 and more"] {
        let bytes = compressed(Opcode::Text, &stored(text));
        for size in 1..=bytes.len() {
            let end = server(Limits::default(), Agreement::default());
            assert_eq!(violation(end, &bytes, size), Some(Violation::InvalidUtf8), "{text:02x?}");
        }
        let mut whole = compressed(Opcode::Binary, &stored(text));
        let mut end = server(Limits::default(), Agreement::default());
        assert_eq!(end.receive(&mut &mut whole[..]), Some(Event::Binary(text.into())));
    }
}

/// RSV1 on control frames, and on a continuation, where an extension has a meaning for it only on first frames.
#[test]
fn rsv1_where_it_has_no_meaning() {
    for frame in [frames::ping(b""), frames::pong(b""), frames::continuation(b"")] {
        let begun = Frame::new(Opcode::Text, b"").fin(false).masked(MaskingKey(KEY)).to_vec().unwrap();
        let wrong = frame.rsv(Rsv::RSV1).masked(MaskingKey(KEY)).to_vec().unwrap();
        let bytes = [begun, wrong].concat();
        for size in 1..=bytes.len() {
            let end = server(Limits::default(), Agreement::default());
            assert_eq!(violation(end, &bytes, size), Some(Violation::ReservedBits), "{frame:?}");
        }
    }
}
