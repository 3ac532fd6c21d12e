//! Writing frames: the strict encoder, the forging one, and that each reads what the other wrote.

use ws101_core::forge::{Header, LengthForm};
use ws101_core::{
    Close, EncodeError, Frame, FrameDecoder, FrameHeader, MaskingKey, Opcode, Role, Rsv, StatusCode, Violation, frames,
};

const KEY: MaskingKey = MaskingKey([0x37, 0xfa, 0x21, 0x3d]);

fn encode(frame: Frame<'_>) -> Vec<u8> {
    // Filled beforehand, so that a byte which is not written shows.
    let mut out = vec![0xa5; frame.encoded_len() + 4];
    let length = frame.encode(&mut out).unwrap();
    assert_eq!(length, frame.encoded_len());
    assert_eq!(out[length..], [0xa5; 4], "nothing is written beyond the frame");
    for short in 0..length {
        assert_eq!(frame.encode(&mut vec![0; short]), Err(EncodeError::BufferTooSmall));
    }
    out.truncate(length);
    out
}

#[test]
fn the_examples_of_section_5_7() {
    assert_eq!(encode(frames::text("Hello")), [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
    assert_eq!(
        encode(frames::text("Hello").masked(KEY)),
        [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]
    );
    assert_eq!(encode(frames::text("Hel").fin(false)), [0x01, 0x03, 0x48, 0x65, 0x6c]);
    assert_eq!(encode(frames::continuation(b"lo")), [0x80, 0x02, 0x6c, 0x6f]);
    assert_eq!(encode(frames::ping(b"Hello")), [0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
    assert_eq!(
        encode(frames::pong(b"Hello").masked(KEY)),
        [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]
    );
    assert_eq!(encode(frames::binary(&[0; 256]))[..4], [0x82, 0x7E, 0x01, 0x00]);
    assert_eq!(encode(frames::binary(&vec![0; 65536]))[..10], [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0]);
}

#[test]
fn what_is_written_is_read_back() {
    for length in [0, 1, 31, 32, 33, 125, 126, 127, 65535, 65536] {
        let payload: Vec<u8> = (0..length).map(|i: usize| i.to_le_bytes()[0]).collect();
        for (role, frame) in
            [(Role::Client, frames::binary(&payload)), (Role::Server, frames::binary(&payload).masked(KEY))]
        {
            let mut bytes = encode(frame);
            let mut input = &mut bytes[..];
            let mut decoder = FrameDecoder::new(role);
            let part = decoder.decode(&mut input).unwrap().unwrap();
            assert_eq!((part.header, &*part.payload), (frame.header(), &payload[..]));
        }
    }
}

#[test]
fn what_a_control_frame_may_not_be() {
    let long = [0; 126];
    for frame in [frames::ping(&long), frames::pong(&long), Frame::new(Opcode::Close, &long)] {
        assert_eq!(frame.encode(&mut [0; 200]), Err(EncodeError::ControlFrameTooLong));
    }
    assert_eq!(frames::ping(b"").fin(false).encode(&mut [0; 200]), Err(EncodeError::FragmentedControlFrame));
    assert_eq!(encode(frames::ping(&[0; 125])).len(), 127);
}

#[test]
fn every_header_that_can_be_put_in_bits() {
    for bits in 0..=0xff_u8 {
        for length_form in [LengthForm::Bits7, LengthForm::Bits16, LengthForm::Bits64] {
            for masking_key in [None, Some(KEY)] {
                let header = Header {
                    fin: bits & 0x80 != 0,
                    rsv: Rsv::from_bits(bits >> 4),
                    opcode: bits,
                    length_form,
                    payload_length: 5,
                    masking_key,
                };
                let mut out = [0xa5; Header::MAX_LENGTH];
                let length = header.encode(&mut out);
                assert_eq!(out[0], bits, "every first byte can be forged");
                let extended = match length_form {
                    LengthForm::Bits7 => 0,
                    LengthForm::Bits16 => 2,
                    LengthForm::Bits64 => 8,
                };
                assert_eq!(length, 2 + extended + if masking_key.is_some() { 4 } else { 0 });
                assert_eq!(out[1] & 0x80 != 0, masking_key.is_some());
                assert!(out[length..].iter().all(|&byte| byte == 0xa5));
                let parsed = FrameHeader::parse(&out[..length]);
                let opcode = Opcode::from_bits(bits & 0xf);
                match (opcode, length_form) {
                    (None, _) => assert_eq!(parsed, Err(Violation::ReservedOpcode)),
                    (Some(opcode), _) if opcode.is_control() && !header.fin => {
                        assert_eq!(parsed, Err(Violation::FragmentedControlFrame));
                    }
                    (Some(_), LengthForm::Bits7) => assert_eq!(parsed.unwrap().unwrap().1, length),
                    (Some(opcode), _) if opcode.is_control() => {
                        assert_eq!(parsed, Err(Violation::ControlFrameTooLong));
                    }
                    _ => assert_eq!(parsed, Err(Violation::LengthNotMinimal)),
                }
            }
        }
    }
}

#[test]
fn a_forged_length_is_what_was_asked_for() {
    let encode = |header: Header| {
        let mut out = [0; Header::MAX_LENGTH];
        let length = header.encode(&mut out);
        out[..length].to_vec()
    };
    let huge = Header { payload_length: 1 << 63, length_form: LengthForm::Bits64, ..Header::text(0) };
    assert_eq!(encode(huge), [0x81, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0]);
    let cut = Header { payload_length: 0x1_2345, length_form: LengthForm::Bits16, ..Header::text(0) };
    assert_eq!(encode(cut), [0x81, 0x7e, 0x23, 0x45]);
    let announced = Header { payload_length: 126, length_form: LengthForm::Bits7, ..Header::text(0) };
    assert_eq!(encode(announced), [0x81, 0x7e], "seven bits of 126 announce a length that is not there");
}

#[test]
fn close_payloads_both_ways() {
    let close = Close { code: StatusCode::NORMAL_CLOSURE, reason: "再见" };
    let payload = close.encode().unwrap();
    assert_eq!(payload.as_bytes(), b"\x03\xe8\xe5\x86\x8d\xe8\xa7\x81");
    assert_eq!(Close::parse(payload.as_bytes()), Ok(Some(close)));
    assert_eq!(Close::parse(b""), Ok(None));
    let longest = "x".repeat(123);
    assert_eq!(Close { code: StatusCode(4999), reason: &longest }.encode().unwrap().as_bytes().len(), 125);
    let too_long = "x".repeat(124);
    assert_eq!(Close { code: StatusCode(4999), reason: &too_long }.encode(), Err(EncodeError::ReasonTooLong));
}

#[test]
fn every_status_code() {
    for number in 0..=u16::MAX {
        // §7.4.1 and §7.4.2, and 1012–1014 of the IANA registry.
        let allowed =
            (1000..=1003).contains(&number) || (1007..=1014).contains(&number) || (3000..5000).contains(&number);
        let code = StatusCode(number);
        assert_eq!(code.may_be_sent(), allowed, "{number}");
        assert_eq!(Close { code, reason: "" }.encode().is_ok(), allowed, "{number}");
        let bytes = number.to_be_bytes();
        let parsed = Close::parse(&bytes).map_err(|(violation, at)| (violation, at.start, at.end));
        if allowed {
            assert!(parsed.is_ok(), "{number}");
        } else {
            assert_eq!(parsed, Err((Violation::CloseStatusNotAllowed, 0, 2)), "{number}");
        }
    }
}

#[test]
fn what_a_close_payload_breaks() {
    let error =
        |payload: &[u8]| Close::parse(payload).map_err(|(violation, at)| (violation, at.start, at.end)).unwrap_err();
    assert_eq!(error(&[3]), (Violation::CloseBodyTooShort, 0, 1));
    assert_eq!(error(b"\x03\xe8ok\xff"), (Violation::CloseReasonInvalidUtf8, 4, 5));
    assert_eq!(error(b"\x03\xe8\xe4\xbd"), (Violation::CloseReasonInvalidUtf8, 2, 4));
    assert_eq!(Violation::CloseReasonInvalidUtf8.status_code(), StatusCode::INVALID_PAYLOAD_DATA);
}
