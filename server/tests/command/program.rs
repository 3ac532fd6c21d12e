//! The built program as a child process.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde_json::Value;

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Of a child whose standard output and error stream are kept.
    pub(crate) fn of(child: Child) -> Self {
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// Each line of the standard output as JSON.
    pub(crate) fn events(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// The only event of this name.
    #[track_caller]
    pub(crate) fn event(&self, name: &str) -> Value {
        let mut events = self.events().into_iter().filter(|event| event["event"] == name);
        let event = events.next().unwrap_or_else(|| panic!("no {name} in {self:?}"));
        assert_eq!(events.next(), None);
        event
    }

    /// The exit status, and every one of these texts is on the error stream.
    #[track_caller]
    pub(crate) fn says(&self, status: i32, texts: &[&str]) {
        assert_eq!(self.status, Some(status), "{self:?}");
        for text in texts {
            assert!(self.stderr.contains(text), "{text:?} is missing in {self:?}");
        }
    }
}

/// The program with these arguments, its streams kept.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_ws101"))
}

/// Runs the program with these arguments and this standard input.
pub(crate) fn ws101(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let mut child = command(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.as_ref().to_vec();
    let writing = thread::spawn(move || {
        // The program may end before it has read all.
        let _ = stdin.write_all(&input);
    });
    let run = Run::of(child);
    writing.join().unwrap();
    run
}

/// `ws101 serve` on a port of its own.
pub(crate) struct Echo {
    child: Child,
    pub(crate) port: u16,
}

impl Echo {
    pub(crate) fn start() -> Self {
        let mut child = command(&["serve", "--port", "0", "--quiet"]).stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim_end().trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address in {line:?}"));
        Self { child, port }
    }

    pub(crate) fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/echo", self.port)
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `ws101 tap` on a port of its own.
#[cfg(unix)]
pub(crate) struct Tap {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    /// What was read of it.
    printed: String,
    pub(crate) port: u16,
}

#[cfg(unix)]
impl Tap {
    /// To a server, with these arguments more.
    pub(crate) fn start(to: &str, arguments: &[&str]) -> Self {
        let arguments = [&["tap", "--listen", "127.0.0.1:0", "--to", to], arguments].concat();
        let mut child = command(&arguments).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let port = line.split("ws://127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let Some(port) = port.and_then(|port| port.parse().ok()) else {
            panic!("no address in {line:?}: {:?}", Run::of(child));
        };
        Self { child, stdout, printed: String::new(), port }
    }

    /// Waits for a line that holds this.
    pub(crate) fn wait_for(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            assert_ne!(self.stdout.read_line(&mut line).unwrap(), 0, "no {text:?} in {}", self.printed);
            self.printed.push_str(&line);
        }
    }

    /// Ends it as Ctrl-C does; its standard output is all but the line that says where it listens.
    pub(crate) fn stop(mut self) -> Run {
        signal(&self.child);
        std::io::Read::read_to_string(&mut self.stdout, &mut self.printed).unwrap();
        let mut run = Run::of(self.child);
        run.stdout = self.printed;
        run
    }
}

/// Ctrl-C.
#[cfg(unix)]
pub(crate) fn signal(child: &Child) {
    let pid = child.id().to_string();
    assert!(Command::new("sh").args(["-c", "kill -s INT \"$0\"", &pid]).status().unwrap().success());
}

/// A folder that is gone after the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// A file of this name and content in it.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.into_os_string().into_string().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
