use super::recognise;
use crate::Cause;

const KEY: &[u8] = b"dGhlIHNhbXBsZSBub25jZQ==";

/// What was measured of servers that follow widely copied instructions.
#[test]
fn known_values() {
    check("Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=", &[Cause::AcceptOfNoKey]);
    check("O6f0wgwm9GEJb2Rg/IOVVCvrTK4=", &[Cause::AcceptDigestNibbles]);
    check("WJfwerbIozKsJXHxxI0JTO1SQgU=", &[Cause::AcceptGuidCase]);
    check("FFHxvVnHZWa6eyQsAEK0vvzrcds=", &[Cause::AcceptGuidCase, Cause::AcceptGuidBlank]);
    check("JIHeMZnl8ROjNurMkr8yikGGwBg=", &[Cause::AcceptGuidBlank]);
    check("zvnId+CMmoYWpbuFiCx6kU/bpAw=", &[Cause::AcceptKeyWithLineEnd]);
    assert_eq!(recognise(Some(KEY), b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), None, "it is right");
    assert_eq!(recognise(Some(b"VR+OReqwhymoQ21dBtoIMQ=="), b"Y+Te7S7wQJC0FwXumEdGbv9/Mek="), None, "it is right");
}

#[track_caller]
fn check(accept: &str, causes: &[Cause]) {
    let mistake = recognise(Some(KEY), accept.as_bytes()).expect("a wrong value");
    assert_eq!(mistake.causes, causes, "{accept}: {}", mistake.evidence);
}
