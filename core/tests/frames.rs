//! The frame decoder: every case whole, at every split, byte by byte and with more behind it.

use crate::feeding::every_way;
use ws101_core::{FrameDecoder, FrameHeader, MaskingKey, Opcode, ProtocolError, Role, Rsv, Violation};

/// A frame as the decoder told of it, its parts joined.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    header: FrameHeader,
    start: u64,
    payload: Vec<u8>,
    ended: bool,
}

fn decode(decoder: &mut FrameDecoder, pieces: &mut dyn Iterator<Item = &[u8]>) -> (Vec<Seen>, Option<ProtocolError>) {
    let mut seen: Vec<Seen> = Vec::new();
    for piece in pieces {
        let mut piece = piece.to_vec();
        let mut input = &mut piece[..];
        loop {
            match decoder.decode(&mut input) {
                Ok(None) => break,
                Ok(Some(part)) => {
                    let ended = part.is_last();
                    if part.first {
                        assert_eq!(part.offset, 0, "a frame begins at its beginning");
                        let header = part.header;
                        seen.push(Seen { header, start: part.frame_start, payload: part.payload.to_vec(), ended });
                    } else {
                        let frame = seen.last_mut().expect("a later part follows a first one");
                        assert_eq!(part.offset, frame.payload.len() as u64, "parts follow each other");
                        assert!(!frame.ended, "nothing follows a last part");
                        frame.payload.extend_from_slice(part.payload);
                        frame.ended = ended;
                    }
                }
                Err(error) => {
                    assert_eq!(decoder.decode(&mut &mut [0x81, 0x80, 0, 0, 0, 0][..]), Err(error), "an error stays");
                    return (seen, Some(error));
                }
            }
        }
        assert!(input.is_empty(), "`None` means that everything was taken");
    }
    (seen, None)
}

/// `bytes` decode to frames with these payloads and then, perhaps, break this rule; however they arrive.
fn check(role: Role, bytes: &[u8], payloads: &[&[u8]], violation: Option<Violation>) {
    let whole = decode(&mut FrameDecoder::new(role), &mut [bytes].into_iter());
    assert_eq!(whole.0.iter().map(|frame| &frame.payload[..]).collect::<Vec<_>>(), payloads, "{bytes:02x?}");
    assert_eq!(whole.1.map(|error| error.violation), violation, "{bytes:02x?}");
    every_way(bytes, |pieces| assert_eq!(decode(&mut FrameDecoder::new(role), pieces), whole, "{bytes:02x?}"));
    let behind = [bytes, &[0xff; 20]].concat();
    let (frames, error) = decode(&mut FrameDecoder::new(role), &mut [&behind[..]].into_iter());
    assert_eq!(frames[..whole.0.len()], whole.0[..]);
    if whole.1.is_some() {
        assert_eq!(error, whole.1, "what follows a violation changes nothing");
    }
}

const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A masked frame, made without the crate: the oracle of these tests.
fn masked(first: u8, length: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first, length[0] | 0x80];
    bytes.extend_from_slice(&length[1..]);
    bytes.extend_from_slice(&KEY);
    bytes.extend(payload.iter().enumerate().map(|(i, byte)| byte ^ KEY[i % 4]));
    bytes
}

fn unmasked(first: u8, length: &[u8], payload: &[u8]) -> Vec<u8> {
    [&[first], length, payload].concat()
}

fn length_of(payload: usize) -> Vec<u8> {
    match u16::try_from(payload) {
        Ok(short @ 0..126) => vec![short.to_be_bytes()[1]],
        Ok(middle) => [&[126][..], &middle.to_be_bytes()].concat(),
        Err(_) => [&[127][..], &(payload as u64).to_be_bytes()].concat(),
    }
}

#[test]
fn the_examples_of_section_5_7() {
    let hello = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];
    check(Role::Client, &hello, &[b"Hello"], None);
    let masked_hello = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
    check(Role::Server, &masked_hello, &[b"Hello"], None);
    let fragments = [0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f];
    check(Role::Client, &fragments, &[b"Hel", b"lo"], None);
    let ping = [0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];
    check(Role::Client, &ping, &[b"Hello"], None);
    let pong = [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
    check(Role::Server, &pong, &[b"Hello"], None);
    let bytes = [7; 256];
    check(Role::Client, &[&[0x82, 0x7e, 0x01, 0x00][..], &bytes].concat(), &[&bytes], None);
    let kib = vec![9; 65536];
    let frame = [&[0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0][..], &kib].concat();
    let (frames, error) = decode(&mut FrameDecoder::new(Role::Client), &mut frame.chunks(4096));
    assert_eq!((frames[0].payload.len(), frames[0].ended, error), (65536, true, None));
}

#[test]
fn every_length_form_in_both_roles() {
    for length in [0, 1, 2, 3, 4, 5, 124, 125, 126, 127, 128, 255, 256, 257] {
        let payload: Vec<u8> = (0..length).map(|i: usize| i.to_le_bytes()[0].wrapping_mul(31)).collect();
        check(Role::Server, &masked(0x82, &length_of(length), &payload), &[&payload], None);
        check(Role::Client, &unmasked(0x82, &length_of(length), &payload), &[&payload], None);
    }
    for length in [65535, 65536, 65537] {
        let payload = vec![0xab; length];
        let frame = masked(0x82, &length_of(length), &payload);
        for size in [1, 7, 4096, frame.len()] {
            let (frames, error) = decode(&mut FrameDecoder::new(Role::Server), &mut frame.chunks(size));
            assert_eq!((frames.len(), &frames[0].payload, error), (1, &payload, None));
        }
    }
}

#[test]
fn many_frames_and_control_frames_between_fragments() {
    let stream = [
        masked(0x01, &[2], b"He"),
        masked(0x89, &[1], b"?"),
        masked(0x00, &[0], b""),
        masked(0x8a, &[0], b""),
        masked(0x80, &[3], b"llo"),
        masked(0x82, &[1], &[0]),
        masked(0x88, &[2], &[0x03, 0xe8]),
    ]
    .concat();
    check(Role::Server, &stream, &[b"He", b"?", b"", b"", b"llo", &[0], &[0x03, 0xe8]], None);
}

#[test]
fn what_a_frame_breaks_by_itself() {
    use Violation as V;
    let cases: [(&[u8], V); 23] = [
        (&[0xc1], V::ReservedBits),
        (&[0xa1], V::ReservedBits),
        (&[0x91], V::ReservedBits),
        (&[0xf8], V::ReservedBits),
        (&[0x83], V::ReservedOpcode),
        (&[0x07], V::ReservedOpcode),
        (&[0x8b], V::ReservedOpcode),
        (&[0x0f], V::ReservedOpcode),
        (&[0x08], V::FragmentedControlFrame),
        (&[0x09], V::FragmentedControlFrame),
        (&[0x0a], V::FragmentedControlFrame),
        (&[0x88, 0xfe], V::ControlFrameTooLong),
        (&[0x89, 0xfe], V::ControlFrameTooLong),
        (&[0x8a, 0xff], V::ControlFrameTooLong),
        (&[0x82, 0xfe, 0x00, 0x7d], V::LengthNotMinimal),
        (&[0x82, 0xfe, 0x00, 0x00], V::LengthNotMinimal),
        (&[0x82, 0xff, 0, 0, 0, 0, 0, 0], V::LengthNotMinimal),
        (&[0x82, 0xff, 0x80], V::LengthHighBit),
        (&[0x82, 0xff, 0xff], V::LengthHighBit),
        (&[0x80], V::UnexpectedContinuation),
        (&[0x00], V::UnexpectedContinuation),
        (&[0x81, 0x05], V::UnmaskedFrame),
        (&[0x89, 0x00], V::UnmaskedFrame),
    ];
    for (bytes, violation) in cases {
        // The last byte decides: without it there is no error yet, with it there is.
        check(Role::Server, &bytes[..bytes.len() - 1], &[], None);
        check(Role::Server, bytes, &[], Some(violation));
    }
    check(Role::Client, &[0x81, 0x85], &[], Some(V::MaskedFrame));
    check(Role::Client, &[0x89, 0x7e], &[], Some(V::ControlFrameTooLong));
    check(Role::Client, &[0x82, 0x7e, 0x00, 0x7d], &[], Some(V::LengthNotMinimal));
    // A length of 2^63: the first of its bytes decides.
    check(Role::Client, &[0x82, 0x7f, 0x80], &[], Some(V::LengthHighBit));
    // The largest length that there is, announced and never sent.
    let mut decoder = FrameDecoder::new(Role::Client).payload_limit(u64::MAX);
    let mut largest = [0x82, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3];
    let mut input = &mut largest[..];
    let part = decoder.decode(&mut input).unwrap().unwrap();
    assert_eq!((part.header.payload_length, part.payload.len(), part.is_last()), (u64::MAX >> 1, 3, false));
}

#[test]
fn what_the_order_of_frames_breaks() {
    let begun = masked(0x01, &[1], b"a");
    let again = [&begun[..], &[0x81]].concat();
    check(Role::Server, &again, &[b"a"], Some(Violation::MessageUnfinished));
    let binary = [&begun[..], &[0x02]].concat();
    check(Role::Server, &binary, &[b"a"], Some(Violation::MessageUnfinished));
    let ended = [masked(0x81, &[1], b"a"), vec![0x80]].concat();
    check(Role::Server, &ended, &[b"a"], Some(Violation::UnexpectedContinuation));
    let twice = [begun, masked(0x80, &[1], b"b"), vec![0x00]].concat();
    check(Role::Server, &twice, &[b"a", b"b"], Some(Violation::UnexpectedContinuation));
}

#[test]
fn the_limit_is_judged_on_the_header_and_in_64_bits() {
    let limited = || FrameDecoder::new(Role::Client).payload_limit(1_000_000);
    // 3 GB, 5 GB (whose low 32 bits are under the limit) and 2^62.
    for length in [3_000_000_000_u64, (1 << 32) + 10, 1 << 62, 1_000_001] {
        let bytes = [&[0x82, 0x7f][..], &length.to_be_bytes()].concat();
        every_way(&bytes, |pieces| {
            let (frames, error) = decode(&mut limited(), pieces);
            assert_eq!((frames.len(), error.unwrap().violation), (0, Violation::FrameTooBig));
        });
    }
    let bytes = [&[0x82, 0x7f][..], &1_000_000_u64.to_be_bytes()].concat();
    assert_eq!(decode(&mut limited(), &mut [&bytes[..]].into_iter()).1, None);
    // The first byte that decides is enough: of a length, of a masked frame before its key.
    for bytes in [&[0x82, 0xff, 0, 0, 0, 0, 1][..], &[0x82, 0xfe, 0x01], &[0x82, 0xff, 0x7f], &[0x82, 0xe5]] {
        let small = || FrameDecoder::new(Role::Server).payload_limit(100);
        let (_, error) = decode(&mut small(), &mut [bytes].into_iter());
        assert_eq!(error.map(|error| error.violation), Some(Violation::FrameTooBig), "{bytes:02x?}");
        assert_eq!(decode(&mut small(), &mut [&bytes[..bytes.len() - 1]].into_iter()).1, None);
    }
    // In a longer form than needed and over the limit: the same error at every split.
    let both = [0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 200];
    every_way(&both, |pieces| {
        let error = decode(&mut FrameDecoder::new(Role::Server).payload_limit(100), pieces).1;
        assert_eq!(error.unwrap().violation, Violation::LengthNotMinimal);
    });
}

#[test]
fn an_error_says_where() {
    let bytes = [masked(0x81, &[5], b"Hello"), vec![0x82, 0xfe, 0x00, 0x05]].concat();
    every_way(&bytes, |pieces| {
        let (_, error) = decode(&mut FrameDecoder::new(Role::Server), pieces);
        let error = error.unwrap();
        assert_eq!((error.frame_start, error.at.start, error.at.end), (11, 1, 4));
    });
}

#[test]
fn reserved_bits_that_an_extension_was_given() {
    let bytes = masked(0xc1, &[5], b"Hello");
    let mut decoder = FrameDecoder::new(Role::Server).allow_rsv(Rsv::RSV1);
    let (frames, error) = decode(&mut decoder, &mut [&bytes[..]].into_iter());
    assert_eq!((frames[0].header.rsv, &frames[0].payload[..], error), (Rsv::RSV1, &b"Hello"[..], None));
    let two = masked(0xe1, &[0], b"");
    let mut decoder = FrameDecoder::new(Role::Server).allow_rsv(Rsv::RSV1);
    assert_eq!(decode(&mut decoder, &mut [&two[..]].into_iter()).1.unwrap().violation, Violation::ReservedBits);
}

#[test]
fn between_messages_is_where_a_stream_may_end() {
    let stream = [masked(0x01, &[1], b"a"), masked(0x80, &[1], b"b")].concat();
    for end in 0..=stream.len() {
        let mut decoder = FrameDecoder::new(Role::Server);
        decode(&mut decoder, &mut [&stream[..end]].into_iter());
        assert_eq!(decoder.is_between_messages(), end == 0 || end == stream.len(), "after {end} bytes");
        assert_eq!(decoder.position(), end as u64);
    }
}

#[test]
fn a_header_agrees_with_itself_at_every_length() {
    for payload_length in [0, 125, 126, 65535, 65536, u64::MAX >> 1] {
        for masking_key in [None, Some(MaskingKey(KEY))] {
            for (opcode, fin) in [(Opcode::Binary, true), (Opcode::Text, false), (Opcode::Continuation, true)] {
                let header = FrameHeader { fin, rsv: Rsv::NONE, opcode, masking_key, payload_length };
                let forged = ws101_core::forge::Header {
                    fin,
                    rsv: Rsv::NONE,
                    opcode: opcode.bits(),
                    length_form: ws101_core::forge::LengthForm::shortest(payload_length),
                    payload_length,
                    masking_key,
                };
                let mut out = [0xa5; FrameHeader::MAX_LENGTH];
                let length = forged.encode(&mut out);
                assert_eq!(length, header.encoded_len());
                assert_eq!(FrameHeader::parse(&out[..length]), Ok(Some((header, length))));
                for cut in 0..length {
                    assert_eq!(FrameHeader::parse(&out[..cut]), Ok(None));
                }
                assert!(out[length..].iter().all(|&byte| byte == 0xa5), "nothing is written beyond the header");
            }
        }
    }
}
