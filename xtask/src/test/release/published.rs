//! What would be published, looked at from outside: what is in it, and that the binary has its page.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::folders::copy_folder;
use crate::notices;
use crate::npm;
use crate::package;
use crate::project::Project;
use crate::publish::{CRATES, Tree};
use crate::running::Running;
use crate::test::checks::Checks;

/// What a registry takes of one crate, in bytes.
const CRATE_LIMIT: u64 = 10 * 1024 * 1024;

/// How long the server may think about an answer.
const PATIENCE: Duration = Duration::from_secs(10);

const PAPERS: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// npm's own rehearsal, and that the papers are in what it would upload.
pub(super) fn npm(project: &Project, checks: &mut Checks) -> Result<()> {
    let folder = package::folder(project);
    checks.check(npm::npm(&folder).args(["publish", "--dry-run", "--loglevel=warn"]))?;
    let output = npm::npm(&folder).args(["pack", "--dry-run", "--json"]).output().context("npm cannot be started")?;
    let listed: Value = serde_json::from_slice(&output.stdout).context("`npm pack --json` wrote no JSON")?;
    let files = listed[0]["files"].as_array().context("`npm pack --json` lists no files")?;
    let packed = |name: &str| files.iter().any(|file| file["path"] == name);
    let missing = PAPERS.iter().chain([&notices::FILE]).filter(|name| !packed(name));
    checks.judge("the npm package", &missing.map(|name| format!("{name} would not be published")).collect::<Vec<_>>())
}

/// What each crate holds, as the rehearsal unpacked it.
pub(super) fn crates(project: &Project, tree: &Tree, checks: &mut Checks) -> Result<()> {
    for name in CRATES {
        let folder = tree.unpacked(project, name)?;
        let missing = PAPERS.iter().filter(|paper| !folder.join(paper).is_file());
        let mut problems: Vec<_> = missing.map(|paper| format!("{paper} would not be published")).collect();
        let size: u64 = files(&folder)?.values().map(|bytes| bytes.len() as u64).sum();
        // The limit is of what is compressed: what is under it as it is, is under it anyhow.
        if size > CRATE_LIMIT {
            problems.push(format!("it has {size} bytes; {CRATE_LIMIT} are allowed"));
        }
        checks.judge(name, &problems)?;
    }
    Ok(())
}

/// The binary, installed from its package as a stranger would, and started far from the repository: it must serve the very
/// page that was built, and know the commands that its README shows.
pub(super) fn binary(project: &Project, tree: &Tree, checks: &mut Checks) -> Result<()> {
    let stranger = Stranger::install(project, tree, checks)?;
    let page = files(&project.path("www/dist"))?;
    for name in ["index.html", notices::FILE] {
        ensure!(page.contains_key(name), "the page in www/dist has no {name}");
    }
    let (mut server, line) =
        Running::start_and_listen(&mut stranger.ws101(&["serve", "--port", "0"]), &stranger.folder.join("serve.log"))?;
    let port = line.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
    let port: u16 = port.with_context(|| format!("ws101 did not say where it listens: {line:?}"))?;
    let mut problems = Vec::new();
    for (name, bytes) in &page {
        let path = if name == "index.html" { "/".to_owned() } else { format!("/{name}") };
        match fetch(port, &path) {
            Ok(body) if body == *bytes => {}
            Ok(body) => {
                problems.push(format!("{path} has {} bytes, which are not the {} built", body.len(), bytes.len()));
            }
            Err(error) => problems.push(format!("{path}: {error:#}")),
        }
    }
    server.must_still_run()?;
    checks.note(format!("the installed binary was asked for the page's {} files", page.len()));
    checks.judge("the page inside the binary", &problems)?;
    checks.judge("the commands of server/README.md", &stranger.commands(project)?)
}

/// Somebody who has the published crates and nothing of this repository.
struct Stranger {
    folder: PathBuf,
}

impl Stranger {
    fn install(project: &Project, tree: &Tree, checks: &Checks) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("ws101-installed-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let stranger = Self { folder };
        let sources = stranger.folder.join("sources");
        // The registry does not have them yet.
        let mut patches = Vec::new();
        for name in CRATES {
            let copy = sources.join(name);
            copy_folder(&tree.unpacked(project, name)?, &copy)?;
            if name != "ws101" {
                let path = Value::from(copy.display().to_string());
                patches.extend(["--config".to_owned(), format!("patch.crates-io.{name}.path={path}")]);
            }
        }
        let crate_folder = sources.join("ws101");
        let cargo = |arguments: &str| {
            let mut command = tree.cargo(project, arguments);
            command.current_dir(&crate_folder).args(&patches);
            command
        };
        // Their places change in the lockfile of the package, and nothing else.
        checks.output().run(&mut cargo("update --workspace --quiet"))?;
        checks.output().run(cargo("install --path . --debug --locked").arg("--root").arg(&stranger.folder))?;
        // What the binary has, it must have in itself.
        fs::remove_dir_all(&sources)?;
        Ok(stranger)
    }

    fn ws101(&self, arguments: &[&str]) -> Command {
        let program = self.folder.join("bin").join(format!("ws101{}", std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(program);
        command.current_dir(&self.folder).args(arguments);
        command
    }

    /// What is wrong with the command lines of the crate's README.
    fn commands(&self, project: &Project) -> Result<Vec<String>> {
        let readme = fs::read_to_string(project.path("server/README.md"))?;
        let block =
            readme.split_once("```sh\n").and_then(|(_, rest)| rest.split_once("```")).map_or("", |(block, _)| block);
        let lines: Vec<&str> = block.lines().filter_map(|line| Some(line.split_once("ws101 ")?.1)).collect();
        ensure!(lines.len() >= 5, "server/README.md shows {} commands", lines.len());
        let mut problems = Vec::new();
        for line in lines {
            let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
            let command = words.next().unwrap_or_default();
            let help = self.ws101(&[command, "--help"]).output()?;
            let help = String::from_utf8_lossy(&help.stdout).into_owned();
            let unknown = words.filter(|word| word.starts_with("--") && !help.contains(word));
            problems.extend(unknown.map(|word| format!("`ws101 {command}` does not tell of {word}")));
            if help.is_empty() {
                problems.push(format!("there is no `ws101 {command}`"));
            }
        }
        let accept = self.ws101(&["accept", "dGhlIHNhbXBsZSBub25jZQ=="]).output()?;
        if !String::from_utf8_lossy(&accept.stdout).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") {
            problems.push("`ws101 accept` does not answer the key of the RFC's example".to_owned());
        }
        Ok(problems)
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        // A folder that cannot be removed is left to the system's own cleaning of temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The body of what the server on this machine says to a request that ends its connection.
fn fetch(port: u16, path: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    let end =
        response.windows(4).position(|bytes| bytes == b"\r\n\r\n").context("the answer has no end of its head")?;
    let status = String::from_utf8_lossy(&response[..end]).lines().next().unwrap_or_default().to_owned();
    ensure!(status.starts_with("HTTP/1.1 200"), "{status}");
    Ok(response.split_off(end + 4))
}

/// Every file below a folder, by its path there, with `/` on every system.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} is missing", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let inner = files(&entry.path())?;
            found.extend(inner.into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(found)
}
