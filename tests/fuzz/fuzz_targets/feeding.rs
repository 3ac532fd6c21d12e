#![no_main]
#![expect(missing_docs, reason = "ws101_fuzz::feeding says what it holds")]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ws101_fuzz::feeding::check(data));
