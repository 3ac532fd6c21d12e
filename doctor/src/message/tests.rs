//! What is explained, and as what.

use super::{Explanation, TABLES, advice, explain_message, known::Says, text::Text};
use crate::Cause;

mod samples;

fn causes(text: &str) -> Vec<Cause> {
    explain_message(text).iter().map(|explanation| explanation.cause).collect()
}

#[track_caller]
fn first(text: &str) -> Explanation {
    explain_message(text).into_iter().next().unwrap_or_else(|| panic!("{text:?} is not known"))
}

#[test]
fn lines_as_they_are_pasted() {
    let mut wrong = Vec::new();
    for (pasted, cause) in samples::SAMPLES {
        let causes = causes(pasted);
        if causes.first() != Some(cause) {
            wrong.push(format!("{pasted}\n  is {causes:?}, not {cause:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// A pattern is written as the text is that it is looked for in, begins with letters, and is found in itself; what it
/// says can be explained.
#[test]
fn the_tables_are_well_formed() {
    for table in TABLES {
        let mut seen = Vec::new();
        for line in table.lines {
            let text = line.text;
            assert_eq!(Text::new(text).plain().trim_end(), text.trim_end(), "{}", table.source);
            assert!(!text.starts_with('{'), "{text} begins with a hole");
            assert!(!seen.contains(&text), "{text} stands twice in {}", table.source);
            seen.push(text);
            let filled = text.replace("{n}", "404").replace("{x}", "40").replace("{$}", "value").replace("{}", "value");
            assert!(Text::new(&filled).find(text).is_some(), "{filled} does not match {text}");
            if let Says::Causes(causes) = line.says {
                for &cause in causes {
                    assert!(advice::of(cause).is_some(), "{text}: nothing is known of {cause:?}");
                }
                let explained = self::causes(&filled);
                // A line of one program may be a part of another's.
                assert!(causes.iter().any(|cause| explained.contains(cause)), "{filled}: {explained:?}");
            }
        }
    }
}

/// Every cause that has advice is explained by some line, and every one about lines has advice.
#[test]
fn no_advice_is_idle() {
    let used: Vec<Cause> = TABLES
        .iter()
        .flat_map(|table| table.lines)
        .flat_map(|line| match line.says {
            Says::Causes(causes) => causes.to_vec(),
            _ => Vec::new(),
        })
        .chain((100..600).flat_map(|status| super::codes::of_response(status).to_vec()))
        .chain((0..5000).flat_map(|code| super::codes::of_close(code).to_vec()))
        .chain(causes("failed: Invalid frame header"))
        .chain(causes("One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0"))
        .chain(causes("Unrecognized frame opcode: 3"))
        .chain(causes("WebSocket connection to 'ws://a/' failed: "))
        .collect();
    for cause in advice::causes() {
        assert!(used.contains(&cause), "{cause:?} is never said");
    }
}

/// The first byte is read back from the bits by the frame's form, for each of the eight.
#[test]
fn reserved_bits_become_letters() {
    let evidence = |bits: [u8; 3]| {
        let [a, b, c] = bits;
        let line = format!(
            "WebSocket connection to 'ws://x/' failed: One or more reserved bits are on: reserved1 = {a}, reserved2 = {b}, \
             reserved3 = {c}"
        );
        let unframed = explain_message(&line).into_iter().find(|said| said.cause == Cause::UnframedBytes);
        unframed.map(|said| said.evidence).unwrap_or_default()
    };
    assert_eq!(evidence([1, 1, 0]), "RSV1 1, RSV2 1, RSV3 0: unframed text that begins with one of a to g, `");
    assert_eq!(evidence([0, 1, 1]), "RSV1 0, RSV2 1, RSV3 1: unframed text that begins with one of 0 to 7");
    assert_eq!(evidence([1, 1, 1]), "RSV1 1, RSV2 1, RSV3 1: unframed text that begins with one of p to w");
    assert!(evidence([0, 0, 1]).contains("16 is TLS"));
    assert!(first("unexpected reserved bits 60").evidence.contains("a to g"));
    assert!(first("unexpected reserved bits 10").evidence.contains("10 to 17"));
    let invalid = first("WebSocket connection to 'ws://x/' failed: Invalid frame header");
    assert!(invalid.evidence.contains("H to O"), "{}", invalid.evidence);
    assert!(invalid.next.is_some_and(|next| next.contains("81")));
}

#[test]
fn every_close_code_is_explained() {
    for code in (1000..1020_u16).chain((1020..5000).step_by(397)) {
        for form in [
            format!("WebSocket closed, code: {code}"),
            format!("CloseEvent {{isTrusted: true, wasClean: false, code: {code}, reason: ''}}"),
            format!("{{\"type\":\"close\",\"code\":{code}}}"),
            format!("received {code} (something); then sent {code} (something)"),
            format!("websocket: close {code} (something)"),
        ] {
            let explanation = first(&form);
            assert!(explanation.evidence.contains(&code.to_string()), "{form}: {}", explanation.evidence);
        }
    }
    assert!(first("code: 1009").evidence.contains("Message Too Big"));
}

/// What is not about WebSocket is not explained.
#[test]
fn unknown_text() {
    for text in [
        "",
        " ",
        "\n\n",
        "It does not work.",
        "Hello, world! How are you today?",
        "TypeError: Cannot read properties of undefined (reading 'map')",
        "GET /index.html HTTP/1.1",
        "The quick brown fox jumps over the lazy dog, and the frame of the picture is red.",
        "你好，世界",
        "code: 42",
        "error code 7",
        "2026-11-21T20:00:00Z INFO listening on 127.0.0.1:3000",
    ] {
        assert_eq!(causes(text), [], "{text}");
    }
}

/// Cut at a line's end, with other quotation marks, colours, case and line breaks, or typed by hand.
#[test]
fn near_misses() {
    for (text, cause) in [
        ("failed: Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Acc", Cause::AcceptMiscomputed),
        (
            "failed: Error during WebSocket handshake: Incorrect ‘Sec-WebSocket-Accept’ header value",
            Cause::AcceptMiscomputed,
        ),
        ("\"failed: Incorrect \\\"Sec-WebSocket-Accept\\\" header value\"", Cause::AcceptMiscomputed),
        ("INVALID FRAME\nHEADER", Cause::UnframedBytes),
        ("\u{1b}[31mError: Invalid WebSocket frame: MASK must be set\u{1b}[0m", Cause::ClientDoesNotMask),
        ("recieved start of new mesage but previous message is unfinished", Cause::FragmentsRepeatOpcode),
        ("Could not decode text frame as UTF8", Cause::TextInOtherEncoding),
        ("A server must not mask any frames that it sen", Cause::ServerMasks),
        ("upstream prematurly closed conection while reading response header from upstream", Cause::ClosedBeforeAnswer),
        ("Firefox 无法建立到 ws://127.0.0.1:8101/ 服务器的连接。", Cause::AnswerNotAccepted),
        ("Firefox kann keine Verbindung zu dem Server unter ws://127.0.0.1:1/ aufbauen.", Cause::AnswerNotAccepted),
    ] {
        let found = causes(text);
        assert_eq!(found.first(), Some(&cause), "{text}: {found:?}");
    }
}

/// Where the values stand there, too, they prove the mistake.
#[test]
fn values_in_the_text() {
    for (text, cause) in [
        (
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Accept: zvnId+CMmoYWpbuFiCx6kU/bpAw=",
            Cause::AcceptKeyWithLineEnd,
        ),
        (
            "HTTP response header Sec-WebSocket-Accept check failed\nExpected s3pPLMBiTxaQ9kYGzzhZRbK+xOo= received \
             YjM3YTRmMmNjMDYyNGYxNjkwZjY0NjA2Y2YzODU5NDViMmJlYzRlYQ==",
            Cause::AcceptOfHexDigest,
        ),
        (
            "java.net.ProtocolException: Expected 'Sec-WebSocket-Accept' header value 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' but was \
             's3pplmbitxaq9kygzzhzrbk+xoo='",
            Cause::AcceptLowerCased,
        ),
        (
            "WebSocketHandshakeException: Invalid challenge. Actual: Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=. Expected: \
             s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            Cause::AcceptOfNoKey,
        ),
        (
            "websockets.exceptions.InvalidHeaderValue: invalid Sec-WebSocket-Accept header: Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=",
            Cause::AcceptOfNoKey,
        ),
    ] {
        let explanation = first(text);
        assert_eq!(explanation.cause, cause, "{text}: {}", explanation.evidence);
        assert!(explanation.evidence.contains("SHA-1("), "{}", explanation.evidence);
    }
    let right = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    assert_eq!(causes(right), []);
}

/// Of several lines the one that says most comes first, and what the vaguer ones add comes after.
#[test]
fn several_lines() {
    let pasted = "WebSocket connection to 'ws://localhost:3000/chat' failed: Invalid frame header\n\
        client.js:12 error Event {isTrusted: true, type: 'error'}\n\
        client.js:15 CloseEvent {isTrusted: true, wasClean: false, code: 1006, reason: ''}";
    let found = causes(pasted);
    assert_eq!(found[0], Cause::UnframedBytes);
    assert!(found.contains(&Cause::EndedWithoutClose), "{found:?}");
}

#[test]
fn no_input_panics() {
    let mut seed = 7_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    let words = [
        "code",
        ":",
        "1006",
        "{",
        "}",
        "'",
        "\"",
        "\\",
        "é",
        "你好",
        "reserved1 =",
        "1",
        "\n",
        "\u{1b}[",
        "…",
        "0x",
        "İ",
        "ẞ",
    ];
    for _ in 0..100 {
        let text: String = (0..random() % 40).map(|_| words[random() as usize % words.len()]).collect();
        let _ = explain_message(&text);
    }
    for table in TABLES {
        // Each pattern cut at each place, with a character of several bytes behind it.
        for line in table.lines.iter().step_by(41) {
            for (cut, _) in line.text.char_indices() {
                let _ = explain_message(&format!("{}你", &line.text[..cut]));
            }
        }
    }
    let _ = explain_message(&"code: 1006 ".repeat(40_000));
    let _ = explain_message(&"İ".repeat(400_000));
}

/// Whatever line it is that names it.
#[cfg(feature = "cases")]
#[test]
fn every_case_that_is_named_is_there() {
    let named = Cause::ALL.iter().filter_map(|&cause| advice::of(cause)?.case);
    let by_status = (100..600).filter_map(super::codes::case_of_response);
    for id in named.chain(by_status).chain(["unframed-socket-io", "opcode-7", "opcode-11"]) {
        assert!(crate::cases::find(id).is_some(), "{id}");
    }
}
