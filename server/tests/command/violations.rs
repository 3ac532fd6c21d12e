//! A server that breaks a rule is told so, and so is the person at the terminal.

use crate::peer::Peer;

#[test]
fn frames_that_break_a_rule_end_the_connection() {
    for (frame, close, code, place, bytes) in [
        (
            &b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"[..],
            1002,
            "FRAME_MASKED",
            "byte 1 of the frame at byte 4",
            "85",
        ),
        (b"\xc1\x00", 1002, "FRAME_RESERVED_BITS", "byte 0 of the frame at byte 4", "c1"),
        (b"\x83\x00", 1002, "FRAME_RESERVED_OPCODE", "byte 0 of the frame at byte 4", "83"),
        (b"\x82\x7e\x00\x01\x00", 1002, "FRAME_LENGTH_NOT_MINIMAL", "bytes 1–3 of the frame at byte 4", "7e0001"),
        (b"\x81\x02a\xff", 1007, "MESSAGE_INVALID_UTF8", "byte 3 of the frame at byte 4", "ff"),
        (b"\x88\x02\x03\xed", 1002, "CLOSE_STATUS_NOT_ALLOWED", "bytes 2–3 of the frame at byte 4", "03ed"),
        (b"\x82\x7f\x00\x00\x00\x00\x7f\xff\xff\xff", 1009, "FRAME_TOO_BIG", "bytes 1–9 of the frame at byte 4", ""),
    ] {
        for pieces in [1, 100] {
            let peer = || {
                Peer::open(move |talk| {
                    talk.send(b"\x81\x02hi");
                    for piece in frame.chunks(frame.len().div_ceil(pieces)) {
                        talk.send(piece);
                        std::thread::sleep(std::time::Duration::from_millis(1));
                    }
                    talk.expect_close(close);
                    talk.rest();
                })
            };
            let run = peer().meets_silence(&[]);
            run.says(5, &[&format!("the server broke a rule: {code}, RFC 6455 §"), place, "    Fix: "]);
            run.says(5, &[&format!("* closing with {close}"), "* failed"]);
            assert_eq!(run.stdout, "hi\n");
            let run = peer().meets_silence(&["--json"]);
            run.says(5, &[]);
            let violation = run.event("violation");
            assert_eq!((&violation["code"], &violation["stream_offset"]), (&code.into(), &4.into()));
            if !bytes.is_empty() {
                assert_eq!(violation["bytes"], bytes);
            }
            assert_eq!(run.event("end")["status"], 5);
        }
    }
}

#[test]
fn the_limit_of_a_message_is_the_command_lines() {
    let peer = Peer::open(|talk| {
        talk.send(b"\x81\x04four\x81\x05");
        talk.expect_close(1009);
        talk.rest();
    });
    let run = peer.meets_silence(&["--max-message", "4"]);
    run.says(5, &["FRAME_TOO_BIG", "1009"]);
    assert_eq!(run.stdout, "four\n");
    // Fragments count together.
    let peer = Peer::open(|talk| {
        talk.send(b"\x01\x03abc\x80\x02de");
        talk.expect_close(1009);
        talk.rest();
    });
    peer.meets_silence(&["--max-message", "4"]).says(5, &["MESSAGE_TOO_BIG"]);
}
