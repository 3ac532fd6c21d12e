use super::{recognise, recognise_among, search, vectors::VECTORS};
use crate::Cause;

const KEY: &[u8] = b"dGhlIHNhbXBsZSBub25jZQ==";

/// What servers answer that follow widely copied instructions.
#[test]
fn known_values() {
    check(KEY, "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=", &[Cause::AcceptOfNoKey]);
    check(KEY, "O6f0wgwm9GEJb2Rg/IOVVCvrTK4=", &[Cause::AcceptDigestNibbles]);
    check(KEY, "WJfwerbIozKsJXHxxI0JTO1SQgU=", &[Cause::AcceptGuidCase]);
    check(KEY, "FFHxvVnHZWa6eyQsAEK0vvzrcds=", &[Cause::AcceptGuidCase, Cause::AcceptGuidBlank]);
    check(KEY, "JIHeMZnl8ROjNurMkr8yikGGwBg=", &[Cause::AcceptGuidBlank]);
    check(KEY, "zvnId+CMmoYWpbuFiCx6kU/bpAw=", &[Cause::AcceptKeyWithLineEnd]);
    check(KEY, "dGhlIHNhbXBsZSBub25jZQ==", &[Cause::AcceptEchoesKey]);
    check(b"VR+OReqwhymoQ21dBtoIMQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", &[Cause::AcceptOfSampleKey]);
    assert_eq!(recognise(Some(KEY), b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), None, "it is right");
    assert_eq!(recognise(Some(b"VR+OReqwhymoQ21dBtoIMQ=="), b"Y+Te7S7wQJC0FwXumEdGbv9/Mek="), None, "it is right");
}

#[test]
fn values_of_another_sha_1() {
    for &(key, accept, causes) in VECTORS {
        check(key.as_bytes(), accept, causes);
    }
}

/// What is found is a formula, and it says what was hashed.
#[test]
fn the_evidence_is_a_formula() {
    let evidence = |accept: &[u8]| recognise(Some(KEY), accept).map(|mistake| mistake.evidence).unwrap_or_default();
    assert_eq!(
        evidence(b"zvnId+CMmoYWpbuFiCx6kU/bpAw="),
        r#"base64(SHA-1("dGhlIHNhbXBsZSBub25jZQ==\r" + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))"#
    );
    assert_eq!(
        evidence(b"YjM3YTRmMmNjMDYyNGYxNjkwZjY0NjA2Y2YzODU5NDViMmJlYzRlYQ=="),
        r#"base64(hex(SHA-1("dGhlIHNhbXBsZSBub25jZQ==" + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")))"#
    );
    assert_eq!(
        evidence(b"O6f0wgwm9GEJb2Rg/IOVVCvrTK4="),
        r#"base64(nibbles swapped(SHA-1("dGhlIHNhbXBsZSBub25jZQ==" + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")))"#
    );
}

/// The GUID with any one character wrong, in upper and lower case, at each place.
#[test]
fn every_wrong_character_of_the_guid_is_found() {
    let guid = ws101_core::handshake::GUID;
    // One place in seven with one character, for time's sake; the search itself tries all.
    for at in (0..guid.len()).step_by(7) {
        let typed = if guid.as_bytes()[at] == b'7' { "1" } else { "7" };
        let guid = [&guid[..at], typed, &guid[at + 1..]].concat();
        let accept = super::digest::base64(&super::digest::sha1(&[KEY, guid.as_bytes()].concat()));
        let mistake = recognise(Some(KEY), accept.as_bytes()).expect("a wrong value");
        assert_eq!(mistake.causes, [Cause::AcceptGuidTypo]);
        assert!(mistake.evidence.contains(&guid), "{}", mistake.evidence);
    }
}

#[test]
fn another_key() {
    let (other, accept) = (b"VR+OReqwhymoQ21dBtoIMQ==".as_slice(), b"Y+Te7S7wQJC0FwXumEdGbv9/Mek=");
    let among = recognise_among(Some(KEY), accept, &[b"AAAAAAAAAAAAAAAAAAAAAA==", other]).expect("a wrong value");
    assert_eq!(among.causes, [Cause::AcceptOfAnotherKey]);
    assert!(among.evidence.contains("VR+OReqwhymoQ21dBtoIMQ=="), "{}", among.evidence);
    check(KEY, "Y+Te7S7wQJC0FwXumEdGbv9/Mek=", &[Cause::AcceptOfUnknownKey]);
    check(KEY, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &[Cause::AcceptOfUnknownKey]);
}

#[test]
fn not_even_the_right_form() {
    for accept in ["", "hello", "AAAA", "true", "你好", "s3pPLMBiTxaQ9kYGzzhZRbK!xOo=", &"A".repeat(5000)] {
        check(KEY, accept, &[Cause::AcceptMalformed]);
    }
}

#[test]
fn without_a_key() {
    let causes = |accept: &[u8]| recognise(None, accept).map(|mistake| mistake.causes);
    assert_eq!(causes(b"Kfh9QIsMVZcl6xEPYxPHzW8SZ8w="), Some(vec![Cause::AcceptOfNoKey]));
    assert_eq!(causes(b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), Some(vec![Cause::AcceptOfSampleKey]));
    assert_eq!(causes(b"Y+Te7S7wQJC0FwXumEdGbv9/Mek="), None, "it may be right");
    assert_eq!(causes(b"hello"), Some(vec![Cause::AcceptMalformed]));
}

/// The work has a bound, whatever comes, and the search ends by itself before that.
#[test]
fn the_work_is_bounded() {
    for key in [KEY, &[0xff; 300]] {
        let (mistake, hashes) = search::counted(Some(key), b"AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assert_eq!(mistake, None);
        assert!((20_000..search::MOST_HASHES).contains(&hashes), "{hashes} for a key of {} bytes", key.len());
    }
    let (_, hashes) = search::counted(Some(KEY), b"hello");
    assert_eq!(hashes, 0, "what has no form of a digest is not searched for");
}

#[test]
fn nothing_panics() {
    let mut seed = 1_u32;
    let mut random = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    for length in 0..48 {
        let accept: Vec<u8> = (0..length).map(|_| random()).collect();
        let key: Vec<u8> = (0..length / 2).map(|_| random()).collect();
        // Without a key the search is short; with one of any bytes it is as above.
        let _ = recognise(None, &accept);
        if length % 16 == 7 {
            let _ = recognise(Some(&key), &accept);
        }
    }
    for accept in ["b'", "b''", "\"", "%", "%4", "%zz zz zz", "0x", "--------------------------------", "========"] {
        let _ = recognise(Some(KEY), accept.as_bytes());
    }
}

#[track_caller]
fn check(key: &[u8], accept: &str, causes: &[Cause]) {
    let mistake = recognise(Some(key), accept.as_bytes()).expect("a wrong value");
    assert_eq!(mistake.causes, causes, "{accept}: {}", mistake.evidence);
}
