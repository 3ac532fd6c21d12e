//! Recordings in files: the project's own form, and what else people have.
#![cfg(feature = "file")]

use ws101_doctor::file::{FileError, Form, Gap, Line, Mark, Reason, Recorded, RecordingFile};
use ws101_doctor::{End, Ended, Moment, Part, Place, What};

const REQUEST: &str = "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
const RESPONSE: &str = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
const HELLO: &[u8] = b"\x81\x05Hello";
const MASKED: &[u8] = b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58";

fn read(input: impl AsRef<[u8]>) -> RecordingFile {
    RecordingFile::read(input.as_ref(), None).unwrap_or_else(|error| panic!("{error}"))
}

/// The only connection.
fn one(input: impl AsRef<[u8]>) -> Recorded {
    let mut file = read(input);
    assert_eq!(file.connections.len(), 1, "{file:?}");
    file.connections.remove(0)
}

fn error(input: impl AsRef<[u8]>) -> FileError {
    RecordingFile::read(input.as_ref(), None).unwrap_err()
}

#[track_caller]
fn holds(recorded: &Recorded, request: &[u8], response: &[u8], from_client: &[u8], from_server: &[u8]) {
    for (part, bytes) in [
        (Part::Request, request),
        (Part::Response, response),
        (Part::FromClient, from_client),
        (Part::FromServer, from_server),
    ] {
        let found = recorded.recording.part(part);
        assert_eq!(String::from_utf8_lossy(found), String::from_utf8_lossy(bytes), "{part:?}");
    }
}

fn moment(at: u64, from: End, what: impl Into<Vec<u8>>) -> Moment {
    Moment { at, from, what: What::Bytes(what.into()) }
}

/// A recording of one connection, with its last line.
fn recording(moments: &[Moment]) -> String {
    let header = Line::Header { url: "ws://127.0.0.1:3000/", recorded: "2026-11-21T08:15:30Z", by: "a test" };
    let began = Line::Begin { connection: 1, began: "2026-11-21T08:15:31Z", client: "127.0.0.1:50312" };
    let moments = moments.iter().map(|moment| Line::Moment { connection: 1, moment });
    let lines = [header, began].into_iter().chain(moments).chain([Line::End(Reason::Stopped)]);
    lines.map(|line| format!("{line}\n")).collect::<Vec<_>>().concat()
}

fn session() -> Vec<Moment> {
    vec![
        moment(100, End::Client, REQUEST),
        // A server may send its first frame with its answer.
        moment(200, End::Server, [RESPONSE.as_bytes(), HELLO].concat()),
        moment(300, End::Client, MASKED),
        Moment { at: 400, from: End::Server, what: What::Ended(Ended::Fin) },
        Moment { at: 500, from: End::Client, what: What::Ended(Ended::Fin) },
    ]
}

#[test]
fn what_is_written_is_read() {
    let file = read(recording(&session()));
    assert_eq!((file.form, file.remarks.as_slice()), (Form::Recording, &[][..]));
    let recorded = &file.connections[0];
    holds(recorded, REQUEST.as_bytes(), RESPONSE.as_bytes(), MASKED, HELLO);
    assert_eq!((recorded.number, recorded.url.as_deref()), (1, Some("ws://127.0.0.1:3000/")));
    assert_eq!((recorded.gaps.as_slice(), recorded.target().as_deref()), (&[][..], Some("/echo")));
    assert!(recorded.shows_the_server());
}

#[test]
fn bytes_are_found_in_their_lines() {
    let recorded = one(recording(&session()));
    let line = |part, start| recorded.line_of(Place { part, start, end: start + 1 });
    assert_eq!((line(Part::Request, 0), line(Part::Request, 30)), (Some(3), Some(3)));
    // Both in what was read at once.
    assert_eq!((line(Part::Response, 5), line(Part::FromServer, 0)), (Some(4), Some(4)));
    assert_eq!(line(Part::FromClient, 6), Some(5));
    // In pieces.
    let (first, second) = REQUEST.split_at(20);
    let pieces = [moment(0, End::Client, first), moment(9, End::Client, second), moment(9, End::Client, MASKED)];
    let recorded = one(recording(&pieces));
    let line = |part, start| recorded.line_of(Place { part, start, end: start });
    assert_eq!((line(Part::Request, 19), line(Part::Request, 20)), (Some(3), Some(4)));
    assert_eq!((line(Part::FromClient, 0), line(Part::FromServer, 0)), (Some(5), None));
}

/// The bytes of each part, line of the file by line of the file.
fn by_line(recorded: &Recorded) -> Vec<(Part, usize, &[u8])> {
    let marks = recorded.lines();
    let bytes = |place: usize| {
        let Mark { part, at, line } = marks[place];
        let next = marks[place + 1..].iter().find(|next| next.part == part);
        let all = recorded.recording.part(part);
        (part, line, &all[at..next.map_or(all.len(), |next| next.at)])
    };
    (0..marks.len()).map(bytes).collect()
}

#[test]
fn the_lines_of_a_file_and_the_bytes_of_a_part_are_told_apart() {
    let recorded = one(recording(&session()));
    let lines = [
        (Part::Request, 3, REQUEST.as_bytes()),
        (Part::Response, 4, RESPONSE.as_bytes()),
        (Part::FromServer, 4, HELLO),
        (Part::FromClient, 5, MASKED),
    ];
    assert_eq!(by_line(&recorded), lines);

    // Text: the empty line between the heads, and frames noted behind them.
    let text = format!("\n{REQUEST}{RESPONSE}\n81 05 48 65\n\n6c 6c 6f\n").replace('\r', "");
    let recorded = one(&text);
    let heads = REQUEST.split_inclusive("\r\n").enumerate().map(|(place, line)| (Part::Request, place + 2, line));
    let response = RESPONSE.split_inclusive("\r\n").enumerate().map(|(place, line)| (Part::Response, place + 9, line));
    let heads = heads.chain(response).map(|(part, line, text)| (part, line, text.as_bytes()));
    let frames = [(Part::FromServer, 15, &HELLO[..4]), (Part::FromServer, 17, &HELLO[4..])];
    assert_eq!(by_line(&recorded), heads.chain(frames).collect::<Vec<_>>());
    assert_eq!(text.lines().nth(14), Some("81 05 48 65"));

    let verbose = include_str!("file/curl-v.txt");
    let recorded = one(verbose);
    let lines = by_line(&recorded);
    assert_eq!(lines.len(), 9 + 5);
    for (part, line, bytes) in lines {
        let mark = if part == Part::Request { '>' } else { '<' };
        let written = format!("{mark} {}", String::from_utf8_lossy(bytes));
        assert_eq!(verbose.lines().nth(line - 1), written.strip_suffix("\r\n"));
    }
}

#[test]
fn digits_have_lines_too() {
    let both = [REQUEST.as_bytes(), RESPONSE.as_bytes(), HELLO].concat();
    let (request, response) = (REQUEST.len(), RESPONSE.len());
    // Rows of 16 bytes as xxd prints them: a head ends and the next part begins within one.
    let rows = both.chunks(16).enumerate().map(|(row, bytes)| {
        let groups: Vec<_> = bytes.chunks(2).map(hex::encode).collect();
        format!("{:08x}: {:39}  {}\n", row * 16, groups.join(" "), ".".repeat(bytes.len()))
    });
    let dump = rows.collect::<Vec<_>>().concat();
    let digits = both.chunks(16).map(|row| hex::encode(row) + "\n").collect::<Vec<_>>().concat();
    for text in [&dump, &digits] {
        let file = read(text);
        let recorded = &file.connections[0];
        assert_eq!(file.form, Form::Noted);
        holds(recorded, REQUEST.as_bytes(), RESPONSE.as_bytes(), b"", HELLO);
        let parts = [(Part::Request, 0), (Part::Response, request), (Part::FromServer, request + response)];
        for (part, before) in parts {
            for start in 0..recorded.recording.part(part).len() {
                let line = recorded.line_of(Place { part, start, end: start + 1 });
                assert_eq!(line, Some((before + start) / 16 + 1), "{part:?} {start}");
            }
        }
        let shared = recorded.lines().iter().filter(|mark| mark.line == request / 16 + 1);
        assert_eq!(shared.map(|mark| mark.part).collect::<Vec<_>>(), [Part::Request, Part::Response]);
    }
    let marks = |input: &[u8]| one(input).lines().iter().map(|mark| (mark.at, mark.line)).collect::<Vec<_>>();
    assert_eq!(marks(b"\xef\xbb\xbf\n8105\n\n48656c6c6f\n"), [(0, 2), (2, 4)]);
    assert_eq!(marks(b"gQVIZWxsbw==\n"), [(0, 1)]);
    assert_eq!(marks(b"gQVIZWx\nsbw==\n"), []);
    assert_eq!(marks(HELLO), []);
    assert_eq!(one(include_str!("../../www/src/recorded.json")).lines(), []);
}

#[test]
fn connections_may_be_mixed_and_have_notes() {
    let (first, second) =
        (moment(0, End::Client, "GET /a HTTP/1.1\r\n"), moment(0, End::Client, "GET /b HTTP/1.1\r\n"));
    let lines = [
        Line::Header { url: "ws://a/", recorded: "", by: "" },
        Line::Moment { connection: 2, moment: &second },
        Line::Moment { connection: 1, moment: &first },
        Line::Note { connection: 2, at: 5, note: "a word" },
        Line::Begin { connection: 3, began: "", client: "" },
        Line::End(Reason::Limit),
    ];
    let file = read(lines.map(|line| line.to_string()).join("\n"));
    let targets: Vec<_> = file.connections.iter().map(|one| (one.number, one.target().unwrap())).collect();
    assert_eq!(targets, [(1, "/a".to_owned()), (2, "/b".to_owned())]);
    assert_eq!(file.connections[1].notes, ["a word"]);
    assert_eq!(file.connections[1].gaps, [Gap::Stopped]);
    assert!(file.remarks[0].contains("--max-record"), "{file:?}");
}

#[test]
fn a_file_that_is_cut_anywhere_is_readable() {
    let text = recording(&session());
    let header = text.find('\n').unwrap();
    for end in header..text.len() {
        let file = read(&text[..end]);
        let lines = text[..end].lines().count();
        assert!(file.connections.len() <= 1, "{file:?}");
        // All whole lines are there.
        let sent = file.connections.first().map_or(0, |one| one.recording.part(Part::Request).len());
        assert_eq!(sent, if lines > 3 { REQUEST.len() } else { sent.min(REQUEST.len()) });
        let whole = text[..end].ends_with('}') || text[..end].ends_with('\n');
        assert_eq!(file.remarks.iter().any(|remark| remark.contains("is cut")), !whole, "{end}: {file:?}");
        let ended = text[..end].contains("\"end\":\"stopped\"}");
        assert_eq!(file.remarks.iter().any(|remark| remark.contains("no last line")), !ended, "{end}");
    }
    // A disk that was full for a line, and not for the last.
    let failed = format!("{}\n{}\n", &text[..text.len() - 60], Line::End(Reason::Failed));
    let file = read(failed);
    assert_eq!(file.connections[0].recording.part(Part::FromServer), HELLO);
    assert!(file.remarks.iter().any(|remark| remark.contains("could not be written")), "{file:?}");
    // Within the header nothing says what it is.
    for end in 1..header {
        let error = error(&text[..end]);
        assert!(error.fix.contains("ws101 tap"), "{end}: {error}");
    }
}

#[test]
fn what_is_wrong_with_a_recording_is_said_with_its_line() {
    let header = r#"{"ws101":"recording","version":1}"#;
    for (line, column, hint) in [
        (r#"{"connection":1,"at":0,"from":"proxy","bytes":""}"#, Some(37), "unknown variant `proxy`"),
        (r#"{"connection":1,"at":-1,"from":"client","bytes":""}"#, Some(23), "expected u64"),
        (r#"{"connection":1,"at":0,"from":"client","bytes":""#, Some(48), "EOF"),
        ("GET / HTTP/1.1", Some(1), "expected value"),
        (r#"{"connection":1,"at":0,"from":"client","bytes":"a!"}"#, None, "base64"),
        (r#"{"connection":1,"at":0,"from":"client","bytes":"","ended":"fin"}"#, None, "two lines"),
        (r#"{"connection":1,"at":0,"from":"client","ended":"reset"}"#, Some(54), "`fin` or `rst`"),
        (r#"{"connection":1,"at":0,"from":"client"}"#, None, "bytes or an end"),
        (r#"{"connection":1,"at":0,"bytes":""}"#, None, "who did it"),
        (r#"{"connection":1,"from":"client","bytes":""}"#, None, "microseconds"),
        (r#"{"at":0,"from":"client","bytes":""}"#, None, "connection"),
    ] {
        let error = error(format!("{header}\n\n{line}\n{{\"end\":\"stopped\"}}\n"));
        assert_eq!((error.line, error.column), (Some(3), column), "{line}: {error}");
        assert!(error.to_string().contains(hint), "{line}: {error}");
    }
    let late = [moment(9, End::Client, "a"), moment(8, End::Server, "b")];
    assert!(error(recording(&late)).to_string().starts_with("line 4: the line is from before"));
    for (header, hint) in [
        (r#"{"ws101":"recording","version":2}"#, "version 2"),
        (r#"{"ws101":"recording"}"#, "\"version\":1"),
        (r#"{"ws101":"case","version":1}"#, "no recording"),
    ] {
        let error = error(header);
        assert!(error.line == Some(1) && error.to_string().contains(hint), "{header}: {error}");
    }
}

#[test]
fn a_session_of_the_page_is_read() {
    let file = read(include_str!("../../www/src/recorded.json"));
    assert_eq!(file.form, Form::Page);
    let recorded = &file.connections[0];
    assert_eq!((recorded.url.as_deref(), recorded.gaps.as_slice()), (Some("ws://127.0.0.1:8101/echo"), &[][..]));
    assert!(recorded.recording.part(Part::Request).starts_with(b"GET /echo?tap="));
    assert!(recorded.recording.part(Part::FromServer).ends_with(b"\x88\x02\x03\xe8"));
    for (session, hint) in [
        (r#"{"version":2,"records":[]}"#, "version 2"),
        (r#"{"version":1,"records":[{"kind":6,"time":0}]}"#, "record 1 is of a kind"),
        (r#"{"version":1,"records":[{"kind":0,"time":0,"bytes":"!"}]}"#, "record 1 has no base64"),
        (r#"{"version":1,"records":[{"kind":0}]}"#, "line 1, column 34: missing field `time`"),
    ] {
        assert!(error(session).to_string().contains(hint), "{session}: {}", error(session));
    }
}

#[test]
fn a_har_has_heads_and_what_the_browser_said() {
    let har = include_str!("file/chromium.har");
    let file = read(har);
    assert_eq!((file.form, file.connections.len()), (Form::Har, 2));
    let (good, failed) = (&file.connections[0], &file.connections[1]);
    assert_eq!(good.url.as_deref(), Some("ws://127.0.0.1:9001/chat?room=1"));
    assert_eq!(good.gaps, [Gap::HeadBytes, Gap::Frames, Gap::Ends]);
    assert!(!good.shows_the_server());
    let request = String::from_utf8(good.recording.part(Part::Request).to_vec()).unwrap();
    assert!(request.starts_with("GET /chat?room=1 HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n"));
    assert!(good.recording.part(Part::Response).starts_with(b"HTTP/1.1 101 Switching Protocols\r\n"));
    assert_eq!(good.notes, ["messages that the client sent: 1, received: 2"]);
    // Nothing was answered, and the request is not as it was sent.
    assert!(failed.gaps.contains(&Gap::Sent(End::Client)) && failed.gaps.contains(&Gap::Sent(End::Server)));
    let messages: Vec<_> = file.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(messages, ["Invalid frame header"]);
    let without = r#"{"log":{"entries":[{"request":{"url":"http://a/"},"response":{}}]}}"#;
    assert!(error(without).to_string().contains("none of the 1 entries"), "{}", error(without));
    assert!(error(r#"{"log":{"entries":[{}]}}"#).to_string().contains("missing field `request`"));
    assert!(error(r#"{"a":1}"#).to_string().contains("log.entries"));
}

#[test]
fn what_curl_writes_is_read() {
    let verbose = include_str!("file/curl-v.txt");
    let recorded = one(verbose);
    assert_eq!(recorded.target().as_deref(), Some("/echo"));
    assert!(recorded.recording.part(Part::Request).starts_with(b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n"));
    assert!(recorded.recording.part(Part::Response).ends_with(b"=\r\n\r\n"));
    assert_eq!(recorded.gaps, [Gap::LineEnds, Gap::Ends]);
    let place = Place { part: Part::Response, start: 0, end: 1 };
    let line = recorded.line_of(place).unwrap();
    assert!(verbose.lines().nth(line - 1).unwrap().starts_with("< HTTP/1.1 101"));

    let recorded = one(include_str!("file/curl-trace.txt"));
    assert!(recorded.recording.part(Part::Request).starts_with(b"GET /echo HTTP/1.1\r\n"));
    assert!(recorded.recording.part(Part::Response).starts_with(b"HTTP/1.1 101"));
    assert_eq!(recorded.recording.part(Part::FromServer), HELLO);
    assert_eq!(recorded.gaps, [Gap::Ends]);
    let mixed = [verbose.as_bytes(), HELLO, b"\n* closed\n"].concat();
    assert_eq!(one(mixed).recording.part(Part::Response), one(verbose).recording.part(Part::Response));
    let ascii = "=> Send header, 16 bytes (0x10)\n0000: GET / HTTP/1.1\n";
    assert!(error(ascii).to_string().contains("curl --trace"), "{}", error(ascii));
    assert_eq!(error(ascii).line, Some(2));
}

#[test]
fn a_followed_stream_is_read() {
    let rule = "=".repeat(67);
    let stream = |lines: &str| {
        format!(
            "\n{rule}\nFollow: tcp,raw\nFilter: tcp.stream eq 0\nNode 0: 127.0.0.1:1\nNode 1: 127.0.0.1:2\n{lines}{rule}\n"
        )
    };
    let [request, response] = [REQUEST, RESPONSE].map(hex::encode);
    let (hello, masked) = (hex::encode(HELLO), hex::encode(MASKED));
    let recorded = one(stream(&format!("{request}\n\t{response}{hello}\n{masked}\n")));
    holds(&recorded, REQUEST.as_bytes(), RESPONSE.as_bytes(), MASKED, HELLO);
    assert_eq!(recorded.gaps, [Gap::Ends]);
    // The server's packet may have been seen first, and the heads not at all.
    let recorded = one(stream(&format!("{response}\n\t{masked}\n")));
    holds(&recorded, b"", RESPONSE.as_bytes(), MASKED, b"");
    let recorded = one(stream(&format!("{hello}\n\t{masked}\n")));
    holds(&recorded, b"", b"", MASKED, HELLO);
    assert!(error(stream("GET /\n")).to_string().contains("as `raw`"));
    assert!(error(stream("")).to_string().contains("empty"));
}

#[test]
fn copied_heads_get_their_line_ends_back() {
    let (request, response) = (REQUEST.replace("\r\n", "\n"), RESPONSE.replace("\r\n", "\n"));
    let both = one(format!("\n{request}{response}"));
    holds(&both, REQUEST.as_bytes(), RESPONSE.as_bytes(), b"", b"");
    assert_eq!(both.gaps, [Gap::LineEnds, Gap::Ends]);
    // What is copied often lacks its last lines.
    let trimmed = one(format!("{}\n{}", request.trim_end(), response.trim_end()));
    holds(&trimmed, REQUEST.as_bytes(), RESPONSE.as_bytes(), b"", b"");
    assert_eq!(trimmed.gaps, [Gap::LineEnds, Gap::Ends, Gap::EmptyLine]);
    let interim = one(format!("HTTP/1.1 103 Early Hints\nLink: <a>\n\n{response}"));
    assert!(interim.recording.part(Part::Response).ends_with(RESPONSE.as_bytes()));
    assert_eq!(interim.gaps, [Gap::LineEnds, Gap::Ends, Gap::Sent(End::Client)]);
    // Frames noted behind a head, and a page instead of them.
    let noted = one(format!("{response}81 05 48 65\n6c 6c 6f\n"));
    holds(&noted, b"", RESPONSE.as_bytes(), b"", HELLO);
    let refused = one("HTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n<html>\nno\n");
    assert_eq!(refused.recording.part(Part::FromServer), b"<html>\nno\n");
}

#[test]
fn bytes_are_read_as_they_are_or_from_digits() {
    let both = [REQUEST.as_bytes(), RESPONSE.as_bytes(), HELLO].concat();
    for input in [both.clone(), hex::encode(&both).into_bytes()] {
        holds(&one(&input), REQUEST.as_bytes(), RESPONSE.as_bytes(), b"", HELLO);
    }
    let client = one([REQUEST.as_bytes(), MASKED].concat());
    holds(&client, REQUEST.as_bytes(), b"", MASKED, b"");
    assert_eq!(client.gaps, [Gap::Sent(End::Server), Gap::Ends]);
    for (frames, sender, other) in [(HELLO, End::Server, End::Client), (MASKED, End::Client, End::Server)] {
        let recorded = one(frames);
        assert_eq!(recorded.gaps, [Gap::Sent(other), Gap::Sender(sender), Gap::Ends]);
        let part = if sender == End::Server { Part::FromServer } else { Part::FromClient };
        assert_eq!(recorded.recording.part(part), frames);
    }
    // A server that ends its lines with LF alone: as text that cannot be seen, as bytes it stays.
    let bare = RESPONSE.replace("\r\n", "\n");
    let file = RecordingFile::read(bare.as_bytes(), Some(Form::Raw)).unwrap();
    assert_eq!(file.connections[0].recording.part(Part::Response), bare.as_bytes());
}

#[test]
fn no_beginning_of_a_file_makes_a_form_panic() {
    let recording = recording(&session());
    let hello = hex::encode(HELLO);
    let stream = format!("Follow: tcp,raw\n{}\n\t{hello}\n", hex::encode(REQUEST));
    let files: [&[u8]; 8] = [
        recording.as_bytes(),
        include_bytes!("file/chromium.har"),
        include_bytes!("file/curl-v.txt"),
        include_bytes!("file/curl-trace.txt"),
        stream.as_bytes(),
        REQUEST.as_bytes(),
        b"\xef\xbb\xbf\xff\0\r\n\n",
        b"00000000: 8105  ..\n*\n00000010: 48\n",
    ];
    // Those of a log are not looked into line by line so often.
    let forms: Vec<_> = Form::ALL.iter().filter(|form| **form != Form::Log).collect();
    for file in files {
        for end in (0..file.len()).step_by(7) {
            for form in &forms {
                let _ = RecordingFile::read(&file[..end], Some(**form));
            }
        }
        for end in (0..file.len()).step_by(997) {
            let _ = RecordingFile::read(&file[..end], None);
        }
    }
}

#[test]
fn a_log_is_searched_for_what_is_known() {
    let failed = "WebSocket connection to 'ws://a/' failed: Invalid frame header";
    let noise =
        (0..3000).map(|number| format!("08:00 GET /static/{number}.js 200 12ms\n")).collect::<Vec<_>>().concat();
    let file = read(format!("{noise}08:01 {failed}\n{noise}08:02 {failed}\n"));
    assert_eq!(file.form, Form::Log);
    let [message] = file.messages.as_slice() else { panic!("{:?}", file.messages) };
    assert_eq!((message.line, message.text.as_str()), (Some(3001), format!("08:01 {failed}").as_str()));
    assert!(file.remarks[0].ends_with("explained: 1"), "{:?}", file.remarks);
    assert_eq!(read("\n net::ERR_INVALID_HTTP_RESPONSE\n").messages[0].line, Some(2));
    assert!(error(noise).to_string().contains("no other form"), "nothing in it is known");
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    for (input, hint) in [
        (&b""[..], "nothing in it"),
        (b" \n", "nothing in it"),
        (b"\xd4\xc3\xb2\xa1\x02\0\x04\0", "tshark -r"),
        (b"\x0a\x0d\x0d\x0a\x1c\0\0\0", "follow,tcp,raw"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"something that nobody knows", "curl -v"),
        ("没有人认识的东西".as_bytes(), "no form that is known"),
        (b"{\"a\":1}", "HAR"),
        (b"[1]", "curl -v"),
    ] {
        let error = error(input).to_string();
        assert!(error.contains(hint), "{input:?}: {error}");
    }
    let forced = RecordingFile::read(b"\xff", Some(Form::Har)).unwrap_err();
    assert!(forced.to_string().contains("not a HAR"), "{forced}");
    for form in Form::ALL {
        // No form panics on what another one is.
        let _ = RecordingFile::read(b"{\"end\":1}", Some(*form));
        let _ = RecordingFile::read(b"", Some(*form));
        let _ = RecordingFile::read(b"HTTP/1.1\n> \n< \n=> Send header\n\t\n", Some(*form));
    }
}
