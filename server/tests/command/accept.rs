//! `ws101 accept`.

use crate::program::ws101;

#[test]
fn the_example_of_the_rfc_is_answered() {
    let run = ws101(&["accept", "dGhlIHNhbXBsZSBub25jZQ=="], "");
    run.says(0, &[]);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n", ""));
}

#[test]
fn its_steps_are_shown() {
    let run = ws101(&["accept", "--explain", "dGhlIHNhbXBsZSBub25jZQ=="], "");
    run.says(0, &[]);
    // §1.3 spells the digest out byte by byte.
    assert_eq!(
        run.stdout,
        "nonce   7468652073616d706c65206e6f6e6365\n\
         hashed  dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11\n\
         SHA-1   b37a4f2cc0624f1690f64606cf385945b2bec4ea\n\
         accept  s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n"
    );
}

#[test]
fn what_is_no_key_is_told_with_the_rule_and_the_place() {
    for (key, place) in [
        ("", "0 characters, where a key has 24"),
        ("abc", "3 characters, where a key has 24"),
        ("dGhlIHNhbXBsZSBub25jZQ=", "23 characters"),
        ("dGhlIHNhbXBsZSBub25jZ!==", "character 22 is '!'"),
        ("dGhlIHNhbXBsZSBub25jZ世==", "character 22 is '世'"),
        ("dGhlIHNhbXBsZSBub25jZQAA", "18 bytes, where a key has 16"),
        ("=GhlIHNhbXBsZSBub25jZQ==", "0"),
        ("-GhlIHNhbXBsZSBub25jZQ==", "character 1 is '-'"),
    ] {
        let run = ws101(&["accept", key], "");
        run.says(2, &["REQUEST_KEY_INVALID", "RFC 6455 §4.2.1", place]);
        assert_eq!(run.stdout, "", "{key}");
    }
}
