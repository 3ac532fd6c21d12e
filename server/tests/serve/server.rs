//! The built program as a child process.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::frames::{self, masked};

/// A running server on a port of its own.
pub(crate) struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) port: u16,
    /// Whether the test has ended it.
    over: bool,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// A server with further arguments.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        let mut child = command(&["--port", "0", "--quiet"]).args(arguments).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address =
            line.strip_prefix("ws101 is listening on http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/\n"));
        let port = address.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address in {line:?}"));
        Self { child, stdout, port, over: false }
    }

    pub(crate) fn connect(&self) -> Client {
        Client::connect(self.port)
    }

    /// A connection to `/echo` after its handshake.
    pub(crate) fn echo(&self) -> Client {
        let mut client = self.connect();
        client.upgrade("/echo");
        client
    }

    /// Sends a signal by its name, `INT` or `TERM`.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &pid]).status().unwrap().success());
    }

    /// Waits for the program's end: its exit code and what else it wrote on stdout.
    pub(crate) fn wait(&mut self) -> (Option<i32>, String) {
        let deadline = Instant::now() + Duration::from_secs(20);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "the server did not end");
            std::thread::sleep(Duration::from_millis(5));
        };
        self.over = true;
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }

    /// Bytes of memory that the program holds.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
    }

    /// Ends it without the check that it still answers, which would not be let in.
    pub(crate) fn kill(mut self) {
        self.over = true;
        self.child.kill().unwrap();
    }

    fn must_answer(&mut self) {
        assert_eq!(self.child.try_wait().unwrap(), None, "the server has ended");
        // A place among the connections may only be free when the last one has ended.
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let mut client = self.connect();
            client.request("/echo");
            if client.try_head().is_some_and(|head| head.starts_with("HTTP/1.1 101 ")) {
                client.send(masked(frames::TEXT, b"still here"));
                client.expect(b"\x81\x0astill here");
                return;
            }
            assert!(Instant::now() < deadline, "the server does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !std::thread::panicking() && !self.over {
            self.must_answer();
        }
        // It may have ended in between.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `ws101 serve` with these arguments and its streams kept.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ws101"));
    command.arg("serve").args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    command
}
