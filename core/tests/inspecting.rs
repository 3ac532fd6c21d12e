//! Labelled ranges: they tile what they label, agree with the decoder, and never refuse anything.

use std::fmt::Write as _;

use ws101_core::handshake::{BuildError, HandshakeViolation};
use ws101_core::inspect::{self, Field, FieldKind};
use ws101_core::{EncodeError, Role, Rsv, Violation as V};

fn collect(label: fn(&[u8], &mut dyn FnMut(Field)) -> usize, bytes: &[u8]) -> (Vec<Field>, usize) {
    let mut fields = Vec::new();
    let consumed = label(bytes, &mut |field| fields.push(field));
    assert_tiled(&fields, bytes, consumed);
    (fields, consumed)
}

/// Innermost fields cover every bit once, in order; children lie within their parents.
fn assert_tiled(fields: &[Field], bytes: &[u8], consumed: usize) {
    let mut at = 0;
    for (place, field) in fields.iter().enumerate() {
        assert!(field.start < field.end && field.end <= bytes.len() as u64 * 8, "{field:?}");
        let next = fields.get(place + 1);
        let is_innermost = next.is_none_or(|next| next.depth <= field.depth);
        if let Some(parent) = fields[..place].iter().rev().find(|parent| parent.depth < field.depth) {
            assert!(parent.start <= field.start && field.end <= parent.end, "{field:?} within {parent:?}");
        }
        if is_innermost {
            assert_eq!(field.start, at, "{field:?} begins where the one before ends");
            at = field.end;
        }
    }
    assert!(at >= consumed as u64 * 8);
}

fn describe(fields: &[Field]) -> String {
    fields.iter().fold(String::new(), |mut text, field| {
        let _ =
            write!(text, "{}{}[{}..{}]", " ".repeat(field.depth.into()), field.kind.text().key, field.start, field.end);
        if let Some(value) = field.value {
            let _ = write!(text, "={value}");
        }
        text + if field.complete { "\n" } else { " incomplete\n" }
    })
}

#[test]
fn a_masked_close_frame() {
    let key = [1, 2, 3, 4];
    let body: Vec<u8> = [0x03, 0xe8, b'o', b'k'].iter().zip(key).map(|(byte, key)| byte ^ key).collect();
    let bytes = [&[0x88, 0x84], &key[..], &body].concat();
    let (fields, consumed) = collect(inspect::frames, &bytes);
    assert_eq!(consumed, 10);
    assert_eq!(
        describe(&fields),
        "frame[0..80]\n fin[0..1]=1\n rsv1[1..2]=0\n rsv2[2..3]=0\n rsv3[3..4]=0\n opcode[4..8]=8\n mask[8..9]=1\n \
         payload-length[9..16]=4\n masking-key[16..48]\n payload-data[48..80]\n  close-status-code[48..64]=1000\n  \
         close-reason[64..80]\n"
    );
}

#[test]
fn frames_that_are_forbidden_or_cut() {
    // A reserved opcode in a length form that is too long, then a frame whose 64-bit length is cut.
    let bytes = [0x8b, 0x7e, 0x00, 0x01, b'x', 0x82, 0x7f, 0, 0];
    let (fields, consumed) = collect(inspect::frames, &bytes);
    assert_eq!(consumed, 5);
    let text = describe(&fields);
    assert!(text.contains(" opcode[4..8]=11\n") && text.contains(" extended-payload-length[16..32]=1\n"), "{text}");
    assert!(
        text.contains("frame[40..72] incomplete\n") && text.contains("extended-payload-length[56..72] incomplete\n"),
        "{text}"
    );
    let (fields, consumed) = collect(inspect::frames, &[0x81, 0x85, 1, 2]);
    assert_eq!(consumed, 0);
    assert!(describe(&fields).ends_with(" masking-key[16..32] incomplete\n"));
    let (fields, _) = collect(inspect::frames, &[0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 7]);
    assert!(describe(&fields).contains(&format!("={}\n payload-data[80..88] incomplete", u64::MAX)));
}

#[test]
fn every_two_bytes_and_every_cut() {
    for first in 0..=0xff_u8 {
        for second in 0..=0xff_u8 {
            let bytes = [first, second, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8];
            collect(inspect::frames, &bytes);
            for role in [None, Some(Role::Client), Some(Role::Server)] {
                inspect::frame_problems(&bytes, role, Rsv::NONE, &mut |_| {});
            }
        }
        for cut in 0..14 {
            collect(inspect::frames, &[first, 0xff, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7][..cut]);
        }
    }
}

#[test]
fn problems_are_all_told_and_not_only_the_first() {
    let problems = |bytes: &[u8], role| {
        let mut told = Vec::new();
        inspect::frame_problems(bytes, role, Rsv::NONE, &mut |error| {
            told.push((error.violation, error.frame_start, error.at.start, error.at.end));
        });
        told
    };
    let bytes =
        [&[0xc1, 0x01, b'a'][..], &[0x80, 0x01, b'b'], &[0x88, 0x02, 0x03, 0xed], &[0x81, 0x02, 0xff, b'x']].concat();
    assert_eq!(
        problems(&bytes, Some(Role::Client)),
        [
            (V::ReservedBits, 0, 0, 1),
            (V::UnexpectedContinuation, 3, 0, 1),
            (V::CloseStatusNotAllowed, 6, 2, 4),
            (V::InvalidUtf8, 10, 2, 3),
        ]
    );
    let forged = [0x7b, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(
        problems(&forged, Some(Role::Server)),
        [
            (V::ReservedBits, 0, 0, 1),
            (V::ReservedOpcode, 0, 0, 1),
            (V::FragmentedControlFrame, 0, 0, 1),
            (V::UnmaskedFrame, 0, 1, 2),
            (V::ControlFrameTooLong, 0, 1, 2),
            (V::LengthNotMinimal, 0, 1, 10),
        ]
    );
    assert_eq!(problems(&[0x81, 0x00], Some(Role::Server)), [(V::UnmaskedFrame, 0, 1, 2)]);
    assert_eq!(problems(&[0x81, 0x00], None), [], "without a role either is right");
    let split = [0x01, 0x02, 0xe4, 0xbd, 0x89, 0x00, 0x80, 0x01, 0xa0];
    assert_eq!(problems(&split, Some(Role::Client)), [], "a character over two fragments with a ping between");
    assert_eq!(problems(&split[..4], Some(Role::Client)), []);
    assert_eq!(problems(&[0x81, 0x02, 0xe4, 0xbd], Some(Role::Client)), [(V::InvalidUtf8, 0, 4, 4)]);
    let long: Vec<u8> = [&[0x81, 0x7e, 0x00, 0xc8][..], &[b'a'; 199], &[0xff]].concat();
    assert_eq!(problems(&long, Some(Role::Client)), [(V::InvalidUtf8, 0, 203, 204)]);
}

#[test]
fn heads_well_formed_or_not() {
    let (fields, consumed) = collect(inspect::request, b"GET /chat HTTP/1.1\r\nHost:  a \r\n\r\n\x81");
    assert_eq!(consumed, 33);
    assert_eq!(
        describe(&fields),
        "request-line[0..160]\n method[0..24]\n whitespace[24..32]\n request-target[32..72]\n whitespace[72..80]\n \
         http-version[80..144]\n line-end[144..160]\nfield-line[160..248]\n field-name[160..192]\n colon[192..200]\n \
         whitespace[200..216]\n field-value[216..224]\n whitespace[224..232]\n line-end[232..248]\nend-of-head[248..264]\n"
    );
    let (fields, _) = collect(inspect::response, b"HTTP/1.1 101 Switching Protocols\r\n\r\n");
    let status = fields.iter().find(|field| field.kind == FieldKind::StatusCode).unwrap();
    assert_eq!((status.start / 8, status.end / 8, status.value), (9, 12, Some(101)));
    for odd in [
        &b""[..],
        b"\r\n",
        b"\n",
        b"GET",
        b"GET \r\n",
        b" \r\n",
        b"GET  /\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 \r\n\r\n",
        b"HTTP/1.1 9999 x\r\n\r\n",
        b"a\nb: c\n: d\n e\nf :g\r\n",
        b"a\r\n:\r\n : \r\nb:   \r\n\t\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    ] {
        collect(inspect::request, odd);
        collect(inspect::response, odd);
    }
}

#[test]
fn every_rule_and_kind_has_its_own_name_and_number() {
    let mut rules: Vec<(u16, ws101_core::Rule)> = Vec::new();
    rules.extend(HandshakeViolation::ALL.iter().map(|rule| (rule.number(), rule.rule())));
    rules.extend(BuildError::ALL.iter().map(|rule| (rule.number(), rule.rule())));
    rules.extend(V::ALL.iter().map(|rule| (rule.number(), rule.rule())));
    rules.extend(EncodeError::ALL.iter().map(|rule| (rule.number(), rule.rule())));
    for (place, (number, rule)) in rules.iter().enumerate() {
        assert!(rules[..place].iter().all(|(other, with)| other != number && with.code != rule.code), "{}", rule.code);
        assert!(rule.sentence.ends_with('.') && rule.fix.ends_with('.') && !rule.section.is_empty(), "{}", rule.code);
    }
    let mut keys: Vec<&str> = FieldKind::ALL.iter().map(|kind| kind.text().key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), FieldKind::ALL.len());
}
