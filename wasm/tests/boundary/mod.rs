//! The RFC's examples, and what else crosses the boundary, called as JavaScript calls it.

use wasm_bindgen_test::wasm_bindgen_test;
use ws101_core::handshake::HandshakeViolation;
use ws101_core::{EncodeError, SendError, Violation};
use ws101_wasm::{
    ABSENT, Connection, FrameDecoder, FrameEncoder, HeadReader, OK, Table, accept_key, build_request, build_response,
    encode_close, explain_accept_key, forge_header, inspect_frames, key_from_nonce, may_be_sent, output_bytes,
    parse_close, put_bytes, put_texts, result_words, verify_request, verify_response,
};

const SAMPLE_KEY: &[u8] = b"dGhlIHNhbXBsZSBub25jZQ==";
const SAMPLE_ACCEPT: &[u8] = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// The roles as numbers.
const CLIENT: u32 = 0;
const SERVER: u32 = 1;

/// §5.7: "Hello", unmasked and masked.
const HELLO: [u8; 7] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];
const HELLO_MASKED: [u8; 11] = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
const HELLO_KEY: u32 = u32::from_le_bytes([0x37, 0xfa, 0x21, 0x3d]);

#[wasm_bindgen_test]
fn the_sample_key_of_section_1_3_has_its_accept_value() {
    put_bytes(SAMPLE_KEY);
    assert_eq!(accept_key(), OK);
    assert_eq!(output_bytes(), SAMPLE_ACCEPT);

    put_bytes(b"the sample nonce");
    key_from_nonce();
    assert_eq!(output_bytes(), SAMPLE_KEY);
}

#[wasm_bindgen_test]
fn a_key_that_is_none_is_refused_with_its_place() {
    put_bytes(b"dGhlIHNhbXBsZQ==");
    assert_eq!(accept_key(), u32::from(HandshakeViolation::KeyInvalid.number()) + 1);
    assert_eq!(result_words(), [0, 16]);
}

#[wasm_bindgen_test]
fn a_request_is_built_and_verified_and_answered() {
    let texts: [Option<&[u8]>; 9] = [
        Some(b"server.example.com"),
        Some(b"/chat"),
        Some(SAMPLE_KEY),
        Some(b"http://example.com"),
        Some(b"permessage-deflate; server_max_window_bits=10"),
        Some(b"chat"),
        Some(b"superchat"),
        Some(b"Cookie"),
        Some(b"a=1"),
    ];
    put_texts(&texts);
    assert_eq!(build_request(2), OK);
    let request = output_bytes();
    assert!(request.starts_with(b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\n"));
    assert!(request.ends_with(b"Cookie: a=1\r\n\r\n"));

    put_texts(&[Some(&request)]);
    assert_eq!(verify_request(false), OK);
    // Target, host, origin, key, two subprotocols, one extension with one parameter: each by its length.
    assert_eq!(result_words(), [5, 18, 18, 24, 2, 4, 9, 1, 18, 1, 22, 2]);

    put_texts(&[Some(SAMPLE_KEY), Some(b"chat"), None]);
    assert_eq!(build_response(), OK);
    let response = output_bytes();
    put_texts(&[Some(&response), Some(SAMPLE_KEY), None, Some(b"chat")]);
    assert_eq!(verify_response(), OK);
    assert_eq!((output_bytes(), result_words()), (b"chat".to_vec(), vec![4, 0]));
}

#[wasm_bindgen_test]
fn an_origin_that_is_not_allowed_is_refused() {
    put_texts(&[Some(b"a"), Some(b"/"), Some(SAMPLE_KEY), Some(b"http://evil.example"), None]);
    assert_eq!(build_request(0), OK);
    let request = output_bytes();
    put_texts(&[Some(&request), Some(b"http://example.com")]);
    assert_eq!(verify_request(true), u32::from(HandshakeViolation::OriginRefused.number()) + 1);
    put_texts(&[Some(&request), Some(b"http://EVIL.example")]);
    assert_eq!(verify_request(true), OK);
}

/// Words of the report: rows, bytes taken, verdict, two words for each end of the range, and one more.
const TAKEN: usize = 1;
const VERDICT: usize = 2;

/// Words of a row of frames, and of events.
const FRAME: usize = 10;
const EVENT: usize = 4;

fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap()
}

fn no_limit() -> f64 {
    2f64.powi(53)
}

#[wasm_bindgen_test]
fn the_frames_of_section_5_7_are_encoded() {
    let (mut table, mut encoder) = (Table::new(), FrameEncoder::new());
    table.put_input(b"Hello");
    assert_eq!(table.encode(&mut encoder, 0x81, 5, 0, 0), OK);
    assert_eq!(table.encode(&mut encoder, 0x81, 5, 1, HELLO_KEY), OK);
    assert_eq!(table.encode(&mut encoder, 0x83, 5, 0, 0), u32::from(EncodeError::ReservedOpcode.number()) + 1);
    assert_eq!(encoder.length(), HELLO.len() + HELLO_MASKED.len());
    assert_eq!(table.take_frames(&mut encoder), HELLO.len() + HELLO_MASKED.len());
    assert_eq!(encoder.length(), 0);
}

#[wasm_bindgen_test]
fn the_frames_of_section_5_7_are_decoded_at_every_split() {
    let mut table = Table::new();
    for split in 0..=HELLO_MASKED.len() {
        let mut decoder = FrameDecoder::new(SERVER, no_limit(), 0);
        let mut text = Vec::new();
        for piece in [&HELLO_MASKED[..split], &HELLO_MASKED[split..]] {
            table.put(piece);
            let rows = table.decode(&mut decoder, 0, piece.len());
            assert_eq!(table.report()[..3], [word(rows), word(piece.len()), OK]);
            for row in 0..rows {
                let row = table.row(row, FRAME);
                text.extend_from_slice(table.chunk(row[1] as usize, row[2] as usize));
            }
        }
        assert_eq!(text, b"Hello", "split at {split}");
        assert!(decoder.is_between_messages());
    }
}

#[wasm_bindgen_test]
fn a_row_says_everything_about_its_part() {
    let mut table = Table::new();
    let mut decoder = FrameDecoder::new(SERVER, no_limit(), 0);
    table.put(&HELLO_MASKED);
    assert_eq!(table.decode(&mut decoder, 0, 9), 1);
    let bits = 0x81 | 1 << 8 | 1 << 9 | 6 << 16;
    assert_eq!(table.row(0, FRAME), [bits, 6, 3, HELLO_KEY, 5, 0, 0, 0, 0, 0]);
    assert_eq!(table.decode(&mut decoder, 9, 11), 1);
    let bits = 0x81 | 1 << 8 | 1 << 10 | 6 << 16;
    assert_eq!(table.row(0, FRAME), [bits, 9, 2, HELLO_KEY, 5, 0, 3, 0, 0, 0]);
}

#[wasm_bindgen_test]
fn a_broken_rule_comes_after_the_parts_before_it() {
    let mut table = Table::new();
    let mut decoder = FrameDecoder::new(CLIENT, no_limit(), 0);
    let stream = [&HELLO[..], &HELLO_MASKED].concat();
    table.put(&stream);
    assert_eq!(table.decode(&mut decoder, 0, stream.len()), 1);
    assert_eq!(table.report()[VERDICT..7], [u32::from(Violation::MaskedFrame.number()) + 1, 8, 0, 9, 0]);
}

#[wasm_bindgen_test]
fn more_frames_than_rows_are_decoded_in_several_calls() {
    let mut table = Table::new();
    let mut decoder = FrameDecoder::new(CLIENT, no_limit(), 0);
    let stream = [0x89, 0x00].repeat(3000);
    table.put(&stream);
    let (mut rows, mut taken) = (0, 0);
    while taken < stream.len() {
        rows += table.decode(&mut decoder, taken, stream.len());
        taken = table.report()[TAKEN] as usize;
    }
    assert_eq!(rows, 3000);
}

/// A server that behaves as it does where nothing is said.
fn server(table: &mut Table) -> Connection {
    table.put_numbers(&[1 << 20, 1 << 20, 1 << 20, 0, 0, 5000]);
    table.connection(SERVER, 0)
}

#[wasm_bindgen_test]
fn whole_messages_come_together_and_all_else_by_itself() {
    let mut table = Table::new();
    let mut server = server(&mut table);
    let ping = [0x89, 0x80, 0, 0, 0, 0];
    let stream = [&HELLO_MASKED[..], &HELLO_MASKED, &ping, &HELLO_MASKED].concat();
    table.put(&stream);
    assert_eq!(table.receive(&mut server, 0, stream.len(), 0), 2);
    let ascii_text = 1 | 1 << 8 | 1 << 9 | 1 << 10;
    let start = word(table.bytes().addr());
    assert_eq!(table.row(1, EVENT), [ascii_text, start + 17, 5, 0]);
    let taken = table.report()[TAKEN] as usize;
    assert_eq!(taken, 22);
    assert_eq!(server.outgoing_length(), 0, "the ping was not read yet");

    assert_eq!(table.receive(&mut server, taken, stream.len(), 0), 1);
    assert_eq!((table.row(0, EVENT)[0], server.outgoing_length()), (9, 2));
    assert_eq!(table.receive(&mut server, taken + 6, stream.len(), 0), 1);
    assert_eq!(table.receive(&mut server, stream.len(), stream.len(), 0), 0);
}

#[wasm_bindgen_test]
fn a_violation_names_its_rule_and_the_close_is_queued() {
    let mut table = Table::new();
    let mut server = server(&mut table);
    table.put(&HELLO);
    assert_eq!(table.receive(&mut server, 0, HELLO.len(), 0), 1);
    assert_eq!(table.row(0, EVENT)[0], 15);
    assert_eq!(table.report()[VERDICT..7], [u32::from(Violation::UnmaskedFrame.number()) + 1, 1, 0, 2, 0]);
    assert_eq!(server.status(), 4, "failed, and the Close is to be written first");
    assert!(table.take_outgoing(&mut server) > 0);
    assert_eq!(server.status(), 4 | 2 << 8);
    table.put_input(b"late");
    assert_eq!(table.send(&mut server, 0x81, 4, 0), u32::from(SendError::NotOpen.number()) + 1);
}

#[wasm_bindgen_test]
fn any_header_can_be_forged() {
    forge_header(0x0b, 64, 0, 1 << 31, 1, HELLO_KEY);
    assert_eq!(output_bytes(), [0x0b, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x37, 0xfa, 0x21, 0x3d]);
}

#[wasm_bindgen_test]
fn a_head_is_cut_off_from_the_frames_behind_it() {
    let mut reader = HeadReader::new(64);
    put_bytes(b"GET / HTTP/1.1\r\n");
    assert_eq!((reader.receive(), result_words()), (OK, vec![0, 16]));
    put_bytes(b"\r\n\x81\x00");
    assert_eq!((reader.receive(), result_words()), (OK, vec![1, 2]));
    assert_eq!(output_bytes(), b"GET / HTTP/1.1\r\n\r\n");

    let mut short = HeadReader::new(8);
    put_bytes(b"GET / HTTP/1.1\r\n");
    assert_eq!(short.receive(), u32::from(HandshakeViolation::HeadTooLong.number()) + 1);
}

#[wasm_bindgen_test]
fn a_close_payload_is_written_and_read() {
    put_bytes("再见".as_bytes());
    assert_eq!(encode_close(1001), OK);
    let payload = output_bytes();
    put_bytes(&payload);
    assert_eq!((parse_close(), result_words()), (OK, vec![1001]));
    assert_eq!(output_bytes(), "再见".as_bytes());
    assert_eq!((may_be_sent(1006), may_be_sent(4999)), (0, 1));
}

#[wasm_bindgen_test]
fn frames_are_inspected_and_their_problems_told() {
    put_bytes(&HELLO);
    assert_eq!(inspect_frames(SERVER), OK);
    let words = result_words();
    let fields = words[1] as usize;
    assert_eq!((words[0], fields), (7, 9));
    // One problem: to a server, a frame must be masked.
    let problem = &words[2 + fields * 5..];
    assert_eq!(problem, [u32::from(Violation::UnmaskedFrame.number()) + 1, 1, 2]);
}

#[wasm_bindgen_test]
fn an_explained_key_has_every_step() {
    put_bytes(SAMPLE_KEY);
    assert_eq!(explain_accept_key(), OK);
    assert_eq!(result_words(), [36, 20, 28, 16]);
    put_bytes(b"no key");
    assert_eq!(explain_accept_key(), u32::from(HandshakeViolation::KeyInvalid.number()) + 1);
    assert_eq!(result_words(), [36, 20, 28, ABSENT]);
}
