//! A server in another language, as a child process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;

/// A server on a port of its own, which it says on its first line. It ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    /// A terminal at which nobody types.
    _terminal: ChildStdin,
}

impl Server {
    pub(crate) fn start(program: &str, file: &Path) -> Self {
        let mut command = Command::new(program);
        command.arg(file).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        output.read_line(&mut url).unwrap();
        assert!(url.starts_with("ws://"), "{} said {url:?}", file.display());
        // What it says after that, warnings most often, must not fill the pipe.
        thread::spawn(move || output.lines().map_while(Result::ok).for_each(drop));
        let terminal = child.stdin.take().unwrap();
        Self { child, url: url.trim_end().to_owned(), _terminal: terminal }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself needs neither.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
