//! The examples of the help are run as they stand there.
#![cfg(unix)]

use std::process::{Command, Stdio};

use crate::program::{Echo, Folder, Run, program, ws101};

/// The command lines of a command's examples: what stands before the explanation.
fn examples(command: &str) -> Vec<String> {
    let help = ws101(&[command, "--help"], "").stdout;
    let (_, lines) = help.split_once("Examples:\n").unwrap();
    lines.lines().map(|line| line.trim_start().split("  ").next().unwrap().to_owned()).collect()
}

/// Runs a line in a shell, in a folder that has a file named FILE.
fn run(line: &str, folder: &Folder) -> Run {
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", program().parent().unwrap().display());
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).env("PATH", path).current_dir(&folder.0);
    Run::of(shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

#[test]
fn those_of_accept_and_decode() {
    let folder = Folder::new("examples-decode");
    folder.file("FILE", b"\x81\x05Hello");
    for line in examples("accept") {
        let run = run(&line, &folder);
        run.says(0, &[]);
        assert!(run.stdout.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{line}");
    }
    let lines = examples("decode");
    assert_eq!(lines.len(), 6);
    for line in lines {
        let run = run(&line, &folder);
        run.says(i32::from(line.contains("--role server")), &[]);
        assert!(run.stdout.contains("Hello"), "{line}: {run:?}");
    }
}

#[test]
fn those_of_doctor_that_read_a_file() {
    let folder = Folder::new("examples-doctor");
    folder.file("FILE", b"HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: close\n");
    let lines: Vec<_> = examples("doctor").into_iter().filter(|line| line.ends_with(" FILE")).collect();
    assert_eq!(lines.len(), 5);
    for line in lines {
        let run = run(&line, &folder);
        run.says(1, &[]);
        assert!(run.stdout.contains("RESPONSE_CONNECTION_NOT_UPGRADE"), "{line}: {run:?}");
    }
}

#[test]
fn those_of_connect() {
    let (folder, echo) = (Folder::new("examples-connect"), Echo::start());
    folder.file("FILE", b"\x00\xff\n");
    let mut ran = 0;
    for line in examples("connect") {
        // These reach out into the world, or do not end by themselves.
        if line.contains("example.com") || line.contains("ca.pem") || line.contains("forever") {
            continue;
        }
        let here = line.replace("127.0.0.1:8101", &format!("127.0.0.1:{}", echo.port));
        let run = run(&here, &folder);
        run.says(0, &[]);
        let answer = match &line {
            line if line.contains("echo hello") => "hello",
            line if line.contains("FILE") => "00ff0a\n",
            _ => "",
        };
        assert!(run.stdout.contains(answer), "{line}: {run:?}");
        ran += 1;
    }
    assert_eq!(ran, 5);
}
