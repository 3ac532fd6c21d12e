//! How much memory the codec holds: the figures of the documentation, counted at the allocator; and what it says where
//! there is none.
#![cfg(feature = "deflate")]

mod counting;

use counting::{LIMIT, held};
use ws101_core::deflate::{Agreement, IdleMemory, Options, PermessageDeflate, WindowBits};
use ws101_core::{EncodeError, MessageExtension, Opcode, Place, Role, Rsv, Violation};

const HELLO: [u8; 7] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
const HELLO_LENGTH: usize = 5;

fn codec(bits: u8, forgets: bool, idle_memory: IdleMemory) -> PermessageDeflate {
    let bits = WindowBits::new(bits).unwrap();
    let agreement = Agreement {
        server_no_context_takeover: forgets,
        client_no_context_takeover: forgets,
        server_max_window_bits: bits,
        client_max_window_bits: bits,
    };
    PermessageDeflate::new(Role::Server, agreement, Options { threshold: 0, idle_memory, ..Options::default() })
}

fn send(codec: &mut PermessageDeflate, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    codec.begin_encode(Opcode::Text, Some(5));
    codec.encode(b"Hello", Place::Last, out)
}

fn receive(codec: &mut PermessageDeflate, mut payload: &[u8]) -> Result<usize, Violation> {
    let mut out = [0; 512];
    let mut total = 0;
    codec.begin_decode(Rsv::RSV1)?;
    loop {
        let length = codec.decode(&mut payload, Place::Last, &mut out)?;
        total += length;
        if payload.is_empty() && length < out.len() {
            return Ok(total);
        }
    }
}

#[test]
fn the_figures_of_the_documentation() {
    let compressors = [251_008, 251_008, 253_056, 257_152, 265_344, 281_728, 314_496, 380_032];
    for (bits, compressor) in (8..=15).zip(compressors) {
        let mut out = Vec::with_capacity(1 << 20);
        let mut server = codec(bits, false, IdleMemory::Kept);
        assert_eq!(held(|| send(&mut server, &mut out).unwrap()), compressor, "{bits}");
        let history = HELLO_LENGTH;
        assert_eq!(held(|| assert_eq!(receive(&mut server, &HELLO), Ok(HELLO_LENGTH))), 47_552 + history, "{bits}");

        // However much is received, the history is never longer than the window.
        let long = vec![0xa5; 100_000];
        out.clear();
        let mut client = codec(bits, false, IdleMemory::Kept);
        client.begin_encode(Opcode::Binary, None);
        client.encode(&long, Place::Last, &mut out).unwrap();
        let grown = held(|| assert_eq!(receive(&mut server, &out), Ok(long.len())));
        assert_eq!(history + grown, 1 << bits, "{bits}");
        // Nor does what is sent make the compressor larger.
        out.clear();
        server.begin_encode(Opcode::Binary, None);
        assert_eq!(held(|| server.encode(&long, Place::Last, &mut out).unwrap()), 0, "{bits}");
    }
}

#[test]
fn nothing_is_allocated_before_it_is_needed_nor_kept_where_it_is_freed() {
    let mut out = Vec::with_capacity(1000);
    let mut server = codec(15, true, IdleMemory::Freed);
    let used = held(|| {
        for _ in 0..2 {
            // What is empty needs neither.
            server.begin_encode(Opcode::Text, Some(0));
            server.encode(b"", Place::Last, &mut out).unwrap();
            assert_eq!(receive(&mut server, &[]), Ok(0));
        }
    });
    assert_eq!(used, 0);
    let used = held(|| {
        send(&mut server, &mut out).unwrap();
        assert_eq!(receive(&mut server, &HELLO), Ok(HELLO_LENGTH));
    });
    assert_eq!(used, 0);
    // A context that is taken over stays.
    let mut server = codec(15, false, IdleMemory::Freed);
    assert!(held(|| send(&mut server, &mut out).unwrap()) > 300_000);
}

#[test]
fn a_lack_of_memory_is_an_error() {
    let mut out = Vec::with_capacity(1000);
    let mut server = codec(15, false, IdleMemory::Kept);
    LIMIT.set(200_000);
    let sent = send(&mut server, &mut out);
    LIMIT.set(40_000);
    let received = receive(&mut server, &HELLO);
    LIMIT.set(usize::MAX);
    assert_eq!((sent, received), (Err(EncodeError::OutOfMemory), Err(Violation::MessageTooBig)));
    assert!(out.is_empty());

    // A message of which a piece is lost cannot be finished; the next one can be read without it.
    server.begin_encode(Opcode::Text, None);
    server.encode(b"a piece", Place::Middle, &mut out).unwrap();
    let before = out.len();
    let mut full = Vec::new();
    LIMIT.set(1);
    let lost = server.encode(b"another", Place::Middle, &mut full);
    LIMIT.set(usize::MAX);
    assert_eq!(lost, Err(EncodeError::OutOfMemory));
    assert_eq!(server.encode(b"the last", Place::Last, &mut out), Err(EncodeError::OutOfMemory));
    assert_eq!(out.len(), before);
    out.clear();
    send(&mut server, &mut out).unwrap();
    assert_eq!(out, HELLO);
}
