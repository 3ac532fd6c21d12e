//! What is recognised in code, and what must not be.

use super::{CodeFinding, advice, recognise_code};
use crate::{Cause, Severity};

mod mistakes;

fn causes(code: &str) -> Vec<Cause> {
    recognise_code(code).iter().map(|finding| finding.cause).collect()
}

#[test]
fn each_mistake_is_named() {
    let mut wrong = Vec::new();
    for (code, cause) in mistakes::MISTAKES {
        let found = causes(code);
        if !found.contains(cause) {
            wrong.push(format!("{code}\n  is {found:?}, not {cause:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// Servers and pages without a mistake, in each language.
const GOOD: &[(&str, &str)] = &[
    ("server.php", include_str!("tests/good/server.php")),
    ("server.js", include_str!("tests/good/server.js")),
    ("library.js", include_str!("tests/good/library.js")),
    ("server.py", include_str!("tests/good/server.py")),
    ("library.py", include_str!("tests/good/library.py")),
    ("server.go", include_str!("tests/good/server.go")),
    ("Server.java", include_str!("tests/good/Server.java")),
    ("Server.cs", include_str!("tests/good/Server.cs")),
    ("server.c", include_str!("tests/good/server.c")),
    ("page.html", include_str!("tests/good/page.html")),
];

#[test]
fn right_code_has_no_findings() {
    for (name, code) in GOOD {
        let findings = recognise_code(code);
        assert!(findings.is_empty(), "{name}: {findings:#?}");
    }
}

/// Each line of the right code alone, as somebody may paste it.
#[test]
fn right_lines_have_no_findings() {
    for (name, code) in GOOD {
        for line in code.lines() {
            let findings: Vec<CodeFinding> =
                recognise_code(line).into_iter().filter(|finding| finding.severity == Severity::Error).collect();
            assert!(findings.is_empty(), "{name}: {line}\n{findings:#?}");
        }
    }
}

/// What is not about WebSocket is left alone.
#[test]
fn other_code_has_no_findings() {
    for code in [
        "",
        "Lorem ipsum dolor sit amet.",
        "const id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';",
        "$id = '6BA7B810-9DAD-11D1-80B4-00C04FD430C8';",
        "$parts = str_split($text, 80); $text = trim($text); $x = md5($text);",
        "data = sock.recv(1024)\nprint(data.strip())",
        "while ($row = $result->fetch()) { if ($row == 0) { return; } }",
        "const hash = crypto.createHash('md5').update(x).digest('hex');",
        "struct.pack('<H', 5)",
        "document.title = 'x'; list.innerHTML += '<li>' + name + '</li>';",
    ] {
        assert_eq!(causes(code), [], "{code}");
    }
}

#[test]
fn every_advice_is_used() {
    let known: Vec<Cause> = mistakes::MISTAKES.iter().map(|(_, cause)| *cause).collect();
    for cause in advice::CAUSES {
        assert!(known.contains(cause), "no test shows {cause:?}");
    }
}

#[test]
fn places_are_those_of_editors() {
    let code = "<?php\n// 你好 😀\n$s = '😀'; if ($len = 127) {\n}";
    let finding = &recognise_code(code)[0];
    assert_eq!((finding.line, finding.start, finding.end_line, finding.end), (3, 11, 3, 26));
    assert_eq!(finding.found, "if ($len = 127)");
    // In a comment nothing happens.
    assert_eq!(causes("// if ($len = 126) {\n/* $x = '258eafa5-e914-47da-95ca-c5ab0dc85b11' */"), []);
}

#[test]
fn no_input_panics() {
    let mut seed = 3_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    let pieces = [
        "'",
        "\"",
        "`",
        "/",
        "\\",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ";",
        "//",
        "/*",
        "*/",
        "<!--",
        "b'",
        "你",
        "😀",
        "\n",
        "pack",
        "sha1",
        "base64_encode",
        "Sec-WebSocket-Key",
        ": (.*)",
        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
        "HTTP/1.1 101",
        "0x81",
        "& 127",
        "^",
        "$x",
        "=",
        "126",
        "new WebSocket(",
        "function connect() {",
        "x = ",
        ".send(",
        "onerror = e =>",
        "e.data",
    ];
    for _ in 0..400 {
        let code: String = (0..random() % 60).map(|_| pieces[random() as usize % pieces.len()]).collect();
        for finding in recognise_code(&code) {
            assert!(code.contains(&finding.found));
        }
    }
    // Long ones, of each kind that could take more than its share of time.
    for piece in
        ["if ($a = 126) { ", "你", "'\\'", "/[", "\"Sec-WebSocket-Accept: \" ", "while (1) { socket_bind($s); "]
    {
        let _ = recognise_code(&piece.repeat(4_000));
    }
}
