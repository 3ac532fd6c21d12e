//! That a message inflates where the core's codec says so, to the same.

use ws101_core::deflate::{Agreement, Level, Options, PermessageDeflate};
use ws101_core::{MessageExtension as _, Opcode, Place, Role, Rsv};

use super::{Failure, message};

fn compress(codec: &mut PermessageDeflate, text: &[u8]) -> Vec<u8> {
    let mut payload = Vec::new();
    codec.begin_encode(Opcode::Binary, None);
    codec.encode(text, Place::Last, &mut payload).unwrap();
    payload
}

/// What the core's codec makes of a message after this history, which it is sent first.
fn oracle(payload: &[u8]) -> Option<Vec<u8>> {
    let mut codec = PermessageDeflate::new(Role::Client, Agreement::default(), Options::default());
    codec.begin_decode(Rsv::RSV1).unwrap();
    let (mut inflated, mut input, mut out) = (Vec::new(), payload, [0; 4096]);
    loop {
        let length = codec.decode(&mut input, Place::Last, &mut out).ok()?;
        inflated.extend_from_slice(&out[..length]);
        if input.is_empty() && length < out.len() {
            return Some(inflated);
        }
    }
}

fn texts() -> Vec<Vec<u8>> {
    let numbers: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
    let long = numbers.join(", ");
    vec![b"hello".to_vec(), b"aaaaaaaaaaaaaaaaaaaaaaaa".to_vec(), long.into_bytes(), (0..=255).collect(), Vec::new()]
}

#[test]
fn what_the_core_compresses_is_read() {
    for level in [0, 1, 6, 9] {
        let options = Options { level: Level::new(level).unwrap(), ..Options::default() };
        let mut codec = PermessageDeflate::new(Role::Server, Agreement::default(), options);
        let mut history = Vec::new();
        for text in texts() {
            let payload = compress(&mut codec, &text);
            let inflated = message(&payload, &history).unwrap();
            assert_eq!(inflated.bytes, text);
            history.extend(text);
        }
        let again = compress(&mut codec, b"hello aaaaaaaaaaaaaaaaaaa 1999, ");
        let inflated = message(&again, &history).unwrap();
        assert_eq!(inflated.beyond > 0, level > 0);
        assert!(inflated.farthest >= inflated.beyond);
    }
}

#[test]
fn what_is_changed_is_judged_as_the_core_judges_it() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut agreed = 0;
    for text in texts() {
        for level in [0, 6] {
            let options = Options { level: Level::new(level).unwrap(), ..Options::default() };
            let mut codec = PermessageDeflate::new(Role::Server, Agreement::default(), options);
            let payload = compress(&mut codec, &text);
            for _ in 0..1500 {
                let mut changed = payload.clone();
                for _ in 0..=random(2) {
                    let at = random(changed.len());
                    match random(4) {
                        0 => changed.truncate(at + 1),
                        1 => changed[at] = u8::try_from(random(256)).unwrap(),
                        2 => changed.insert(at, u8::try_from(random(256)).unwrap()),
                        _ => changed[at] ^= 1 << random(8),
                    }
                }
                let ours = message(&changed, &[]);
                if ours == Err(Failure::TooLong) {
                    continue;
                }
                assert_eq!(ours.ok().map(|inflated| inflated.bytes), oracle(&changed), "{changed:02x?}");
                agreed += 1;
            }
        }
    }
    assert!(agreed > 10_000, "{agreed}");
}
