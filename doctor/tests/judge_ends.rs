//! Answers, and how connections end.

mod talking;

use talking::{found, frame, masked, streams, timeline};
use ws101_doctor::{End, Ended, Fault, What, diagnose};

const NORMAL: [u8; 2] = [0x03, 0xe8];

fn client(bytes: Vec<u8>) -> (End, What) {
    (End::Client, What::Bytes(bytes))
}

fn server(bytes: Vec<u8>) -> (End, What) {
    (End::Server, What::Bytes(bytes))
}

fn at(moments: &[(u64, (End, What))]) -> Vec<String> {
    let moments: Vec<_> = moments.iter().map(|(at, (end, what))| (*at, *end, what.clone())).collect();
    found(timeline(&moments))
}

const FIN: What = What::Ended(Ended::Fin);

#[test]
fn a_closing_handshake_in_order() {
    let closed = [
        (10, client(masked(0x88, NORMAL))),
        (20, server(frame(0x88, NORMAL))),
        (21, (End::Server, FIN)),
        (22, (End::Client, FIN)),
    ];
    assert_eq!(at(&closed), [""; 0]);
    let kept = [
        (10, client(masked(0x88, NORMAL))),
        (20, server(frame(0x88, NORMAL))),
        (5020, (End::Server, FIN)),
        (5021, (End::Client, FIN)),
    ];
    assert_eq!(at(&kept), ["CONNECTION_KEPT"]);
}

#[test]
fn a_close_that_is_not_answered() {
    let hung_up = [(10, client(masked(0x88, NORMAL))), (40, (End::Server, FIN))];
    assert_eq!(at(&hung_up), ["CLOSE_UNANSWERED CLOSE_UNANSWERED"]);
    let ignored = [(10, client(masked(0x88, NORMAL))), (3010, (End::Client, FIN)), (3011, (End::Server, FIN))];
    assert_eq!(at(&ignored), ["CLOSE_UNANSWERED CLOSE_UNANSWERED"]);
    let impatient = [(10, client(masked(0x88, NORMAL))), (20, (End::Client, FIN)), (21, (End::Client, FIN))];
    assert_eq!(at(&impatient), [""; 0], "there was no time to answer");
    let findings = found(streams(masked(0x88, NORMAL), Vec::new(), Some(Ended::Fin)));
    assert_eq!(findings, ["CLOSE_UNANSWERED CLOSE_UNANSWERED"]);
    assert_eq!(found(streams(masked(0x88, NORMAL), Vec::new(), None)), [""; 0], "the answer may be on its way");
    let of_client = [(5, client(masked(0x81, "x"))), (10, server(frame(0x88, NORMAL))), (4000, (End::Client, FIN))];
    assert_eq!(at(&of_client), ["CLOSE_UNANSWERED CLOSE_UNANSWERED"]);
    assert_eq!(at(&[(10, server(frame(0x88, NORMAL))), (4000, (End::Client, FIN))]), [""; 0], "nobody recorded it");
}

#[test]
fn control_frames_answered_as_data() {
    let close = [(10, client(masked(0x88, NORMAL))), (20, server(frame(0x81, NORMAL))), (21, (End::Server, FIN))];
    assert_eq!(at(&close), ["CLOSE_ANSWERED_AS_DATA OPCODE_IGNORED"]);
    let empty = [(10, client(masked(0x88, ""))), (20, server(frame(0x81, ""))), (21, (End::Server, FIN))];
    assert_eq!(at(&empty), ["CLOSE_ANSWERED_AS_DATA OPCODE_IGNORED"]);
    let ping = [masked(0x89, "are you there?"), masked(0x81, "hi")].concat();
    let echo = [frame(0x81, "are you there?"), frame(0x81, "hi")].concat();
    assert_eq!(found(streams(ping.clone(), echo, None)), ["PING_ANSWERED_AS_DATA OPCODE_IGNORED"]);
    let right = [frame(0x8a, "are you there?"), frame(0x81, "hi")].concat();
    assert_eq!(found(streams(ping, right, None)), [""; 0]);
    // An echo of a message that says the same as the Ping.
    let same = [masked(0x89, "x"), masked(0x81, "x")].concat();
    assert_eq!(found(streams(same, frame(0x81, "x"), None)), [""; 0]);
}

#[test]
fn pings_and_pongs() {
    let silent = [
        (10, client(masked(0x89, "p"))),
        (20, server(frame(0x81, "still here"))),
        (7000, server(frame(0x81, "and here"))),
    ];
    assert_eq!(at(&silent), ["PING_UNANSWERED PING_UNANSWERED"]);
    let latest = [
        (10, client([masked(0x89, "1"), masked(0x89, "2"), masked(0x89, "3")].concat())),
        (20, server(frame(0x8a, "3"))),
        (9000, server(frame(0x81, "x"))),
    ];
    assert_eq!(at(&latest), [""; 0], "the latest answers those before it");
    assert_eq!(at(&[(10, server([frame(0x8a, "nobody asked"), frame(0x8a, "")].concat()))]), [""; 0]);
    let without = [(10, client(masked(0x89, "payload"))), (20, server(frame(0x8a, "")))];
    assert_eq!(at(&without), ["PONG_PAYLOAD_WRONG PONG_WITHOUT_PAYLOAD"]);
    assert_eq!(at(&[(10, client(masked(0x89, "p"))), (20, server(frame(0x81, "x")))]), [""; 0]);
}

#[test]
fn connections_that_end_without_a_close() {
    let died = [(10, server(frame(0x81, "x"))), (20, (End::Server, FIN))];
    assert_eq!(at(&died), ["CLOSE_MISSING ENDED_WITHOUT_CLOSE"]);
    let reset = [(10, server(frame(0x81, "x"))), (20, (End::Server, What::Ended(Ended::Rst)))];
    assert_eq!(at(&reset), ["CLOSE_MISSING CONNECTION_RESET"]);
    let idle = [(10, server(frame(0x81, "x"))), (60_020, (End::Server, FIN))];
    assert_eq!(at(&idle), ["CLOSE_MISSING IDLE_TIMEOUT"]);
    let moments = [(10, End::Server, What::Bytes(frame(0x81, "x"))), (60_020, End::Server, FIN)];
    let finding = &diagnose(&timeline(&moments)).findings[0];
    assert_eq!((finding.fault, finding.found.as_str()), (Fault::Between, "FIN, 60.0 s"));
    // What follows a broken rule follows from it.
    let broken = [(10, server(frame(0xb1, "x"))), (20, (End::Server, FIN))];
    assert_eq!(at(&broken).len(), 1);
    let cut = [(10, server(frame(0x81, "hello")[..4].to_vec())), (20, (End::Server, FIN))];
    assert_eq!(at(&cut), ["FRAME_CUT FRAME_TRUNCATED"]);
    let unfinished = [(10, server(frame(0x01, "hel"))), (20, (End::Server, FIN))];
    assert_eq!(at(&unfinished), ["MESSAGE_NOT_ENDED", "CLOSE_MISSING ENDED_WITHOUT_CLOSE"]);
    let late = [(10, (End::Server, FIN)), (20, server(frame(0x81, "x")))];
    assert_eq!(at(&late), ["BYTES_AFTER_END", "CLOSE_MISSING ENDED_WITHOUT_CLOSE"]);
}
