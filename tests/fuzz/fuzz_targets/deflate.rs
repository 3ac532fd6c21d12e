#![no_main]
#![expect(missing_docs, reason = "ws101_fuzz::deflate says what it holds")]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ws101_fuzz::deflate::check(data));
