//! `ws101 decode`.

use crate::program::{Folder, Run, command, ws101};

/// §5.7: a text message in one frame, of a server and of a client.
const HELLO: &[u8] = b"\x81\x05Hello";
const MASKED: &[u8] = b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58";

fn decode(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    ws101(&[&["decode"], arguments].concat(), input)
}

#[test]
fn every_bit_of_a_frame_is_told() {
    let run = decode(&[], "81 85 37 fa 21 3d 7f 9f 4d 51 58\n");
    run.says(0, &["hexadecimal digits, 11 bytes", "as by a server"]);
    assert_eq!(
        run.stdout,
        "Frame 1, bytes 0–10: text, 5 bytes\n\
         \x20 0.0      FIN                     1\n\
         \x20 0.1      RSV1                    0\n\
         \x20 0.2      RSV2                    0\n\
         \x20 0.3      RSV3                    0\n\
         \x20 0.4–7    Opcode                  1 text\n\
         \x20 1.0      Mask                    1\n\
         \x20 1.1–7    Payload length          5\n\
         \x20 2–5      Masking-key             37 fa 21 3d\n\
         \x20 6–10     Payload data            \"Hello\"\n\n\
         1 frame, no rule broken\n"
    );
}

#[test]
fn bytes_come_in_every_form() {
    let folder = Folder::new("decode-forms");
    for (name, input, format) in [
        ("hex", &b"8105 4865 6C 0x6c:\\x6f\n"[..], "hexadecimal digits,"),
        ("xxd", b"00000000: 8105 4865 6c6c 6f                        ..Hello\n", "digits with offsets"),
        (
            "hexdump",
            b"00000000  81 05 48 65 6c 6c 6f                              |..Hello|\n00000007\n",
            "digits with offsets",
        ),
        ("wireshark", b"0000   81 05 48 65 6c 6c 6f                              ..Hello\r\n", "digits with offsets"),
        ("base64", b"gQVIZWxsbw==\n", "base64"),
        ("raw", HELLO, "raw bytes"),
    ] {
        let file = folder.file(name, input);
        for run in [decode(&[], input), decode(&["-"], input), decode(&[&file], "")] {
            run.says(0, &[format, "7 bytes"]);
            assert!(run.stdout.contains("Payload data            \"Hello\""), "{name}: {run:?}");
        }
    }
    for (format, input) in [("hex", &b"8105 48656c6c6f"[..]), ("base64", b"gQVIZWxsbw"), ("raw", HELLO)] {
        let run = decode(&["--format", format, "--role", "client"], input);
        run.says(0, &[]);
        assert_eq!(run.stderr, "", "nothing is guessed");
        assert!(run.stdout.contains("\"Hello\""));
    }
    // Digits are raw bytes too, if they are said to be.
    decode(&["--format", "raw"], "8105").says(1, &[]);
}

#[test]
fn what_cannot_be_read_is_said() {
    for (arguments, input, hint) in [
        (&[][..], &b""[..], "no bytes"),
        (&[], b" \n", "no bytes"),
        (&[], b"81 05 4g", "line 1, column 8: 'g'"),
        (&[], b"hello world!", "--format raw"),
        (&[], b"0000000 0581 6548 6c6c 006f\n0000007\n", "hexdump -C"),
        (&["--format", "hex"], b"\xff", "no text"),
        (&["--format", "hex"], b"810", "odd number"),
        (&["--format", "base64"], b"a!", "Invalid"),
        (&["/no/such/file"], b"", "/no/such/file"),
        (&["."], b"", "directory"),
        (&["--format", "octal"], b"", "octal"),
        (&["--role", "proxy"], b"", "proxy"),
        (&["--key", "abc"], b"", "sixteen bytes"),
        (&["--json", "--explain"], b"", "--explain"),
    ] {
        let run = decode(arguments, input);
        run.says(2, &[hint]);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}

#[test]
fn the_reader_decides_about_the_mask() {
    for (role, input, status, code) in [
        ("client", HELLO, 0, ""),
        ("server", HELLO, 1, "FRAME_UNMASKED"),
        ("server", MASKED, 0, ""),
        ("client", MASKED, 1, "FRAME_MASKED"),
    ] {
        let run = decode(&["--role", role], input);
        run.says(status, &[]);
        assert!(run.stdout.contains(code) && run.stdout.contains("\"Hello\""), "{run:?}");
    }
    // Without it the first frame decides, and the rest must be alike.
    let run = decode(&[], [HELLO, MASKED].concat());
    run.says(1, &["as by a client"]);
    assert!(run.stdout.contains("FRAME_MASKED, RFC 6455 §5.1, byte 1 of the frame at byte 7: "), "{run:?}");
}

#[test]
fn broken_rules_are_told_with_words_places_and_bytes() {
    for (input, code, section, place, bytes) in [
        (&b"\xc1\x00"[..], "FRAME_RESERVED_BITS", "§5.2", "byte 0 of the frame at byte 0", "c1"),
        (b"\x83\x00", "FRAME_RESERVED_OPCODE", "§5.2", "byte 0 of the frame at byte 0", "83"),
        (b"\x82\x7e\x00\x01\x00", "FRAME_LENGTH_NOT_MINIMAL", "§5.2", "bytes 1–3", "7e 00 01"),
        (b"\x09\x00", "FRAME_CONTROL_FRAGMENTED", "§5.5", "byte 0", "09"),
        (b"\x80\x00", "FRAME_UNEXPECTED_CONTINUATION", "§5.4", "byte 0", "80"),
        (b"\x81\x00\x01\x00\x82\x00", "FRAME_MESSAGE_UNFINISHED", "§5.4", "byte 0 of the frame at byte 4", "82"),
        (b"\x81\x03a\xffb", "MESSAGE_INVALID_UTF8", "§8.1", "byte 3", "ff"),
        (b"\x88\x01a", "CLOSE_BODY_ONE_BYTE", "§5.5.1", "byte 2", "61"),
        (b"\x88\x02\x03\xed", "CLOSE_STATUS_NOT_ALLOWED", "§7.4", "bytes 2–3", "03 ed"),
        (b"\x88\x03\x03\xe8\xff", "CLOSE_REASON_INVALID_UTF8", "§5.5.1", "byte 4", "ff"),
    ] {
        let run = decode(&["--format", "raw", "--role", "client"], input);
        run.says(1, &[]);
        let words = format!("! {code}, RFC 6455 {section}, {place}");
        assert!(run.stdout.contains(&words) && run.stdout.contains("    Fix: "), "{words}: {run:?}");
        assert!(run.stdout.contains(&format!("    Bytes: {bytes}\n")), "{bytes}: {run:?}");
        let run = decode(&["--format", "raw", "--role", "client", "--json"], input);
        run.says(1, &[]);
        let findings: Vec<_> = run.events().iter().filter_map(|event| event["findings"].as_array().cloned()).collect();
        let finding = findings.iter().flatten().find(|finding| finding["code"] == code).expect(code);
        assert_eq!(finding["bytes"], bytes.replace(' ', ""));
        assert_eq!(run.event("end")["status"], 1);
    }
}

#[test]
fn bytes_that_end_too_early_are_no_broken_rule() {
    for (input, hint) in [
        (&HELLO[..6], "cut: 4 of 5 bytes are here"),
        (&HELLO[..1], "cut within its header"),
        (b"\x81\x7e\x01", "cut within its header"),
        (b"\x01\x01a", "more fragments follow"),
        (b"GET / HTTP/1.1\r\nHost: a", "Request head, bytes 0–22, cut"),
    ] {
        let run = decode(&[], input);
        run.says(3, &[]);
        assert!(run.stdout.contains(hint) && run.stdout.contains("no rule broken; the bytes end within"), "{run:?}");
    }
    // A rule that is broken before the end is one.
    decode(&[], b"\xc1\x05Hel").says(1, &[]);
    decode(&["--json"], &HELLO[..4]).says(3, &[]);
}

#[test]
fn a_request_head_comes_before_the_frames_of_a_client() {
    let request = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    let run = decode(&[], [request.as_bytes(), MASKED].concat());
    run.says(0, &["raw bytes"]);
    assert!(!run.stderr.contains("--role"), "the head says who reads: {run:?}");
    assert!(run.stdout.starts_with("Request head, bytes 0–"), "{run:?}");
    assert!(run.stdout.contains("Field line              \"Upgrade: websocket\""), "{run:?}");
    assert!(run.stdout.contains("\"Hello\""));
    let run = decode(&["--explain"], request);
    assert!(run.stdout.contains("Method") && run.stdout.contains("GET: a handshake is a request for"), "{run:?}");
    let run = decode(&[], [request.replace("Version: 13", "Version: 8").as_bytes(), HELLO].concat());
    run.says(1, &[]);
    for code in ["REQUEST_VERSION_UNSUPPORTED", "FRAME_UNMASKED", "rules broken 2 times"] {
        assert!(run.stdout.contains(code), "{code}: {run:?}");
    }
}

#[test]
fn a_response_head_comes_before_the_frames_of_a_server() {
    let response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";
    let all = [response.as_bytes(), HELLO].concat();
    decode(&[], &all).says(0, &[]);
    decode(&["--key", "dGhlIHNhbXBsZSBub25jZQ=="], &all).says(0, &[]);
    let run = decode(&["--key", "AQIDBAUGBwgJCgsMDQ4PEA=="], &all);
    run.says(1, &[]);
    assert!(run.stdout.contains("RESPONSE_ACCEPT_WRONG") && run.stdout.contains("\"Hello\""), "{run:?}");
    // An interim response is followed by another head, and what does not switch by no frames.
    let run = decode(&[], ["HTTP/1.1 103 Early Hints\r\n\r\n", response].concat());
    run.says(0, &[]);
    assert_eq!(run.stdout.matches("Response head").count(), 2);
    let run = decode(&[], "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope");
    run.says(1, &[]);
    assert!(run.stdout.contains("RESPONSE_NOT_101") && run.stdout.contains("No frames, bytes 45–48"), "{run:?}");
}

#[test]
fn programs_get_an_object_a_line() {
    let run = decode(&["--json"], [&b"\x01\x02He\x89\x00\x80\x03llo\x88\x05\x03\xe8bye"[..]].concat());
    run.says(0, &[]);
    let events = run.events();
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["input", "frame", "frame", "frame", "frame", "end"]);
    assert_eq!((&events[0]["format"], &events[0]["length"]), (&"raw bytes".into(), &18.into()));
    let types: Vec<_> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(types, ["text", "ping", "continuation", "close"]);
    assert_eq!(
        (&events[1]["fin"], &events[1]["text"], &events[1]["payload"]),
        (&0.into(), &"He".into(), &"4865".into())
    );
    assert_eq!((&events[3]["start"], &events[3]["end"]), (&6.into(), &11.into()));
    let fields = events[4]["fields"].as_array().unwrap();
    let code = fields.iter().find(|field| field["kind"] == "close-status-code").unwrap();
    assert_eq!((&code["value"], &code["start_bit"], &code["end_bit"]), (&1000.into(), &104.into(), &120.into()));
    assert_eq!((&events[5]["frames"], &events[5]["broken"], &events[5]["cut"]), (&4.into(), &0.into(), &false.into()));
}

#[test]
fn nothing_in_a_payload_reaches_the_terminal_as_it_is() {
    let run = decode(&[], b"\x81\x0c\x1b[31m\x07\r\nred\x7f");
    run.says(0, &[]);
    assert!(run.stdout.chars().all(|character| character == '\n' || !character.is_control()), "{run:?}");
}

#[test]
fn no_input_makes_it_fail_otherwise() {
    // Every beginning of a stream whose last frame announces more than any memory holds, and many pairs of bytes.
    let long =
        [b"GET / HTTP/1.1\r\n\r\n", MASKED, b"\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00\x00"].concat();
    let mut inputs: Vec<Vec<u8>> = (1..long.len()).map(|end| long[..end].to_vec()).collect();
    inputs.extend((0..=255_u8).step_by(5).map(|byte| vec![byte, byte.wrapping_mul(7)]));
    for input in inputs {
        for arguments in [&["--format", "raw"][..], &["--format", "raw", "--json"]] {
            let run = decode(arguments, &input);
            assert!(matches!(run.status, Some(0 | 1 | 3)), "{input:02x?}: {run:?}");
            assert!(!run.stderr.contains("panicked"), "{input:02x?}: {run:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_reader_may_leave() {
    let frames = HELLO.repeat(20_000);
    let folder = Folder::new("decode-leave");
    let file = folder.file("frames", frames);
    let mut child = command(&["decode", &file]).spawn().unwrap();
    drop(child.stdout.take());
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = command(&["decode"]).stdout(full).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), HELLO).unwrap();
    Run::of(child).says(1, &["could not be written"]);
}
