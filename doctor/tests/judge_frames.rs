//! What is wrong with frames, and why: one mistake gives one finding.

mod talking;

use talking::{RESPONSE, found, frame, masked, streams};
use ws101_doctor::{Ended, Fault, Finding, Part, Severity, Streams, diagnose};

fn server(bytes: Vec<u8>) -> Vec<String> {
    found(streams(masked(0x81, "hi"), bytes, None))
}

fn client(bytes: Vec<u8>) -> Vec<String> {
    found(streams(bytes, Vec::new(), None))
}

fn deflated(from_server: Vec<u8>, parameters: &str) -> Vec<String> {
    let field = format!("Sec-WebSocket-Extensions: permessage-deflate{parameters}\r\n\r\n");
    let response = RESPONSE.replace("\r\n\r\n", &format!("\r\n{field}"));
    found(Streams { response: Some(response.into()), ..streams(Vec::new(), from_server, None) })
}

#[test]
fn good_frames_of_both_ends() {
    let client =
        [masked(0x81, "hi"), masked(0x01, "a"), masked(0x89, "p"), masked(0x80, ""), masked(0x88, "\x03\u{e8}")];
    let server = [frame(0x81, ""), frame(0x82, vec![7; 70_000]), frame(0x8a, "p"), frame(0x88, [0x03, 0xe8])];
    let client = [&client[..4].concat()[..], &masked(0x88, [0x03, 0xe8])].concat();
    assert_eq!(found(streams(client, server.concat(), Some(Ended::Fin))), [""; 0]);
}

#[test]
fn masks_by_role() {
    assert_eq!(client(frame(0x81, "hello")), ["FRAME_UNMASKED CLIENT_DOES_NOT_MASK"]);
    assert_eq!(client([frame(0x81, "hello"), frame(0x81, "you")].concat()), ["FRAME_UNMASKED CLIENT_DOES_NOT_MASK"]);
    assert_eq!(server([masked(0x81, "a"), masked(0x82, "b")].concat()), ["FRAME_MASKED SERVER_MASKS"]);
    // What is masked is judged all the same.
    let both = ["FRAME_MASKED SERVER_MASKS", "MESSAGE_INVALID_UTF8 BINARY_AS_TEXT"];
    assert_eq!(server(masked(0x81, [0xff, 0xfe])), both);
    let same_key =
        |text: &str| [&[0x81, 0x80 | u8::try_from(text.len()).unwrap(), 0, 0, 0, 0], text.as_bytes()].concat();
    assert_eq!(client([same_key("a"), same_key("b"), same_key("c")].concat()), ["MASKING_KEY_CONSTANT"]);
    assert_eq!(client([same_key("a"), same_key("b")].concat()), [""; 0]);
}

#[test]
fn a_server_that_echoes_tcp() {
    let sent = [masked(0x81, "hello"), masked(0x82, [1, 2, 3])].concat();
    assert_eq!(found(streams(sent.clone(), sent, None)), ["FRAME_MASKED ECHOED_WITH_MASK"]);
    let echo = Streams { response: Some(talking::REQUEST.into()), ..streams(Vec::new(), Vec::new(), None) };
    assert_eq!(found(echo), ["RESPONSE_NOT_HTTP ECHOES_BYTES"]);
}

#[test]
fn lengths_in_the_wrong_byte_order() {
    let wrong = ["FRAME_LENGTH_WRONG LENGTH_BYTE_ORDER"];
    let with = |header: &[u8], length: usize| [header, &vec![b'a'; length]].concat();
    assert_eq!(server(with(b"\x81\x7e\xc8\x00", 200)), wrong);
    assert_eq!(server(with(b"\x82\x7e\x00\x01", 256)), wrong, "reads as 1");
    let again = [with(b"\x81\x7e\xc8\x00", 200), with(b"\x81\x7e\x2c\x01", 300), frame(0x81, "ok")].concat();
    assert_eq!(server(again), [wrong[0], wrong[0]]);
    assert_eq!(server(with(b"\x82\x7f\x70\x11\x01\x00\x00\x00\x00\x00", 70_000)), wrong);
    assert_eq!(server(with(b"\x82\x7f\x70\x11\x01\x00\x00\x00\x00\x00", 100)), wrong, "not all of it is there");
    let mut masked = masked(0x81, "a".repeat(300));
    masked[2..4].reverse();
    assert_eq!(client(masked), wrong);
}

#[test]
fn lengths_in_characters() {
    let wrong = ["FRAME_LENGTH_WRONG LENGTH_IN_CHARACTERS"];
    let counted = |text: &str, count: u8| [&[0x81, count], text.as_bytes()].concat();
    assert_eq!(server(counted("\u{4f60}\u{597d}", 2)), wrong);
    assert_eq!(server([counted("hi \u{4f60}\u{597d}!", 6), frame(0x81, "next"), frame(0x88, "")].concat()), wrong);
    assert_eq!(server(counted("a\u{1f30d}b", 4)), wrong, "units of UTF-16");
    assert_eq!(server(counted(&"\u{4f60}".repeat(42), 42)), wrong);
    let two = [counted("\u{4f60}\u{597d}", 2), counted("caf\u{e9}s", 5)].concat();
    assert_eq!(server(two), [wrong[0], wrong[0]]);
    let mut text = masked(0x81, "\u{4f60}\u{597d}");
    text[1] = 0x82;
    assert_eq!(client([text, masked(0x81, "x")].concat()), wrong);
}

#[test]
fn lengths_in_the_wrong_form() {
    let text = |header: &[u8], length: usize| [header, "a".repeat(length).as_bytes()].concat();
    assert_eq!(server(text(b"\x81\x7e", 126)), ["FRAME_LENGTH_WRONG LENGTH_FORM_MISSING"]);
    assert_eq!(server([text(b"\x81\x7f", 127), frame(0x81, "x")].concat()), ["FRAME_LENGTH_WRONG LENGTH_FORM_MISSING"]);
    assert_eq!(server(text(b"\x81\xc8", 200)), ["FRAME_LENGTH_WRONG LENGTH_IN_MASK_BIT"]);
    assert_eq!(server(text(b"\x81\x2c", 300)), ["FRAME_LENGTH_WRONG LENGTH_CUT"]);
    assert_eq!(server(text(b"\x81\x7f\x00\x00\x00\xc8", 200)), ["FRAME_LENGTH_WRONG LENGTH_OF_FOUR_BYTES"]);
    assert_eq!(server([text(b"\x81\x06", 5), frame(0x81, "next")].concat()), ["FRAME_LENGTH_WRONG LENGTH_TOO_LONG"]);
    let findings = diagnose(&streams(Vec::new(), text(b"\x81\x7e", 126), None).into()).findings;
    let finding = &findings[0];
    assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("7e", "7e 00 7e = 126"));
    assert_eq!((finding.place.part, finding.place.start, finding.place.end), (Part::FromServer, 1, 2));
}

#[test]
fn what_is_no_frame() {
    assert_eq!(server(b"{\"a\":1}".to_vec()), ["UNFRAMED_DATA UNFRAMED_JSON"]);
    let between = [&frame(0x81, "one")[..], b"[\"two\"]", &frame(0x81, "three")].concat();
    assert_eq!(server(between), ["UNFRAMED_DATA UNFRAMED_JSON"], "the frames go on behind it");
    assert_eq!(client(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()), ["UNFRAMED_DATA UNFRAMED_HTTP"]);
    assert_eq!(server(b"\0hello\xff\0you\xff".to_vec()), ["UNFRAMED_DATA FRAMES_OF_HIXIE76"]);
    assert_eq!(server(b"o".to_vec()), ["UNFRAMED_DATA UNFRAMED_SOCK_JS"]);
    assert_eq!(server([&b"\0"[..], &frame(0x81, "hello")].concat()), ["BYTES_BEHIND_HEAD NUL_BEHIND_HEAD"]);
    assert_eq!(server([&b"\r\n"[..], &frame(0x81, "hello")].concat()), ["BYTES_BEHIND_HEAD LINE_BEHIND_HEAD"]);
    assert_eq!(server(b"\r\n".to_vec()), ["BYTES_BEHIND_HEAD LINE_BEHIND_HEAD"]);
    let page = b"<html><head><title>502 Bad Gateway</title></head><hr><center>nginx</center></html>";
    let findings = diagnose(&streams(Vec::new(), page.to_vec(), None).into()).findings;
    assert_eq!((findings[0].rule, findings[0].fault), ("UNFRAMED_DATA", Fault::Between));
}

#[test]
fn order_of_fragments() {
    let all_zero = [frame(0x00, "a"), frame(0x00, "b"), frame(0x80, "c"), frame(0x80, "d")].concat();
    assert_eq!(server(all_zero), ["FRAME_UNEXPECTED_CONTINUATION CONTINUATION_FIRST"]);
    let repeated = [frame(0x01, "a"), frame(0x01, "b"), frame(0x81, "c"), frame(0x81, "d")].concat();
    assert_eq!(server(repeated), ["FRAME_MESSAGE_UNFINISHED FRAGMENTS_REPEAT_OPCODE"]);
    let interleaved = [frame(0x01, "a"), frame(0x81, "other"), frame(0x80, "b"), frame(0x81, "d")].concat();
    assert_eq!(server(interleaved), ["FRAME_MESSAGE_UNFINISHED WRITERS_INTERLEAVE"]);
}

#[test]
fn text_of_other_encodings_at_the_exact_byte() {
    let finding = |bytes: Vec<u8>| -> Finding {
        let findings = diagnose(&streams(Vec::new(), bytes, None).into()).findings;
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings.into_iter().next().unwrap()
    };
    let gbk = finding(frame(0x81, b"x=\xc4\xe3\xba\xc3"));
    assert_eq!((gbk.causes[0].name(), gbk.expected.as_str()), ("TEXT_IS_GBK", "x=\u{4f60}\u{597d}"));
    assert_eq!((gbk.place.start, gbk.place.end, gbk.found.as_str()), (4, 5, "c4 e3 ba c3"));
    let over_fragments = finding([frame(0x01, b"caf"), frame(0x89, "p"), frame(0x80, b"\xe9 noir")].concat());
    assert_eq!((over_fragments.causes[0].name(), over_fragments.place.start), ("TEXT_IS_LATIN1", 10));
    let utf16 = finding(frame(0x81, b"h\0i\0"));
    assert_eq!((utf16.rule, utf16.severity), ("MESSAGE_LOOKS_LIKE_UTF16", Severity::Note));
    let compressed = finding(frame(0x81, b"\xca\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x00\x00"));
    assert_eq!(compressed.causes[0].name(), "COMPRESSED_WITHOUT_RSV1");
    assert_eq!(compressed.expected, "hello hello hello");
}

#[test]
fn text_cut_into_messages() {
    let text = "\u{4f60}".repeat(42);
    let (first, second) = text.as_bytes().split_at(125);
    let both = [frame(0x81, first), frame(0x81, second)].concat();
    assert_eq!(server(both), ["MESSAGE_INVALID_UTF8 STR_SPLIT_125 TEXT_SPLIT_WITHIN_CHARACTER"]);
    // Three pieces, cut twice: each cut is told once.
    let long = "\u{4f60}".repeat(100);
    let pieces: Vec<u8> = long.as_bytes().chunks(125).flat_map(|piece| frame(0x81, piece)).collect();
    assert_eq!(server(pieces).len(), 2);
    let ascii = [frame(0x81, "a".repeat(125)), frame(0x81, "a")].concat();
    assert_eq!(server(ascii), ["MESSAGE_SPLIT_AT_125 STR_SPLIT_125"]);
}

#[test]
fn compression_as_it_was_agreed_on() {
    let hello = b"\xca\x48\xcd\xc9\xc9\x07\x00";
    // `hello` again, as a reference to the message before.
    let again = b"\x02\x13\x00\x00";
    let both = [frame(0xc1, hello), frame(0xc1, again)].concat();
    assert_eq!(deflated(both.clone(), ""), [""; 0]);
    let away = "; server_no_context_takeover";
    assert_eq!(deflated(both, away), ["MESSAGE_CONTEXT_TAKEN_OVER CONTEXT_TAKEN_OVER"]);
    let plain = [frame(0xc1, "hello there"), frame(0x81, "fine")].concat();
    assert_eq!(deflated(plain, away), ["MESSAGE_DEFLATE_INVALID MARKED_NOT_COMPRESSED"]);
    assert_eq!(deflated(frame(0xc9, "p"), ""), ["FRAME_RESERVED_BITS COMPRESSED_CONTROL"]);
    assert_eq!(server(frame(0xc1, hello)), ["FRAME_RESERVED_BITS COMPRESSED_UNASKED"]);
    // Without heads nobody knows what was agreed on; what inflates was compressed.
    let alone = Streams { from_server: frame(0xc1, hello), ..Streams::default() };
    assert_eq!(found(alone), [""; 0]);
}

#[test]
fn sync_that_is_lost_is_said() {
    let garbage = [frame(0x81, "fine"), b"\xbf\x85\xee\xff\x00\x13\x37\xc3\x9f\x01\x02\x03\xfe".to_vec()].concat();
    let told = server(garbage);
    assert_eq!(told.iter().filter(|line| !line.starts_with("FRAMES_LOST")).count(), 1, "{told:?}");
}

#[test]
fn close_frames() {
    let close = |payload: &[u8]| server(frame(0x88, payload));
    assert_eq!(close(b"\x03"), ["CLOSE_BODY_ONE_BYTE CLOSE_BODY_OF_ONE_BYTE"]);
    assert_eq!(close(b"\x03\xee"), ["CLOSE_STATUS_NOT_ALLOWED CLOSE_CODE_RESERVED"]);
    assert_eq!(close(b"\xe8\x03"), ["CLOSE_STATUS_NOT_ALLOWED CLOSE_CODE_BYTE_ORDER"]);
    assert_eq!(close(b"1000"), ["CLOSE_STATUS_NOT_ALLOWED CLOSE_CODE_AS_TEXT"]);
    assert_eq!(close(b"\x03\xe8\xff"), ["CLOSE_REASON_INVALID_UTF8 CLOSE_REASON_IN_OTHER_ENCODING"]);
    let late = [frame(0x88, [0x03, 0xe8]), frame(0x89, ""), frame(0x81, "x")].concat();
    assert_eq!(server(late), ["FRAME_AFTER_CLOSE WRITES_AFTER_CLOSE"]);
}
