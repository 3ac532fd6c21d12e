//! The command line of `ws101 tap`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::args::{authority, origin, seconds};
use crate::connect::{Security, Target, TlsArguments};
use crate::limits;

/// Sit between an app and its server: forward every byte, print the frames and what is wrong with them, and record.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct TapArguments {
    /// Address and port to listen on, for the app to connect to; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:9001", value_parser = listen)]
    pub(super) listen: SocketAddr,

    /// The server: ws:// or wss://, or http:// or https:// which mean the same here; its path is the app's to say
    #[arg(long, value_name = "URL", value_parser = upstream)]
    pub(super) to: Target,

    /// Listen on an address that other machines reach, too: whoever reaches it talks to the server through the tap, and
    /// is recorded
    #[arg(long)]
    pub(super) allow_remote: bool,

    #[command(flatten)]
    pub(super) recording: RecordingArguments,

    #[command(flatten)]
    pub(super) output: OutputArguments,

    #[command(flatten)]
    pub(super) rewriting: RewriteArguments,

    #[command(flatten)]
    pub(super) tls: TlsArguments,

    #[command(flatten)]
    pub(super) limits: LimitArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Recording")]
pub(super) struct RecordingArguments {
    /// Record WebSocket connections in this new file, for `ws101 doctor FILE` and for the page
    #[arg(long, value_name = "FILE")]
    pub(super) record: Option<PathBuf>,

    /// Put the recording into the file although there is one already: what was in it is lost
    #[arg(long, requires = "record")]
    pub(super) overwrite: bool,

    /// Bytes of the longest recording; what crosses after that is forwarded and not recorded
    #[arg(long, value_name = "BYTES", default_value_t = limits::RECORDING, requires = "record",
          value_parser = clap::value_parser!(u64).range(1024..))]
    pub(super) max_record: u64,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is printed")]
pub(super) struct OutputArguments {
    /// Print one JSON object a line: `listening`, then of each connection `open`, `head`, `frame`, `message`, `bytes`,
    /// `http`, `violation`, `ended`, `note`, `finding` and `over`, and `end` last of all
    #[arg(long)]
    pub(super) json: bool,

    /// Print no heads and no frames: only connections and what is wrong with them
    #[arg(long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rewriting, for servers that look at names")]
pub(super) struct RewriteArguments {
    /// Send the server this Host instead of what the app sent; its own, if none is given
    #[arg(long, value_name = "HOST:PORT", num_args = 0..=1, require_equals = true, default_missing_value = "",
          value_parser = host)]
    pub(super) rewrite_host: Option<String>,

    /// Send the server this Origin instead of what the app sent; its own, if none is given
    #[arg(long, value_name = "ORIGIN", num_args = 0..=1, require_equals = true, default_missing_value = "",
          value_parser = own_or_origin)]
    pub(super) rewrite_origin: Option<String>,

    /// While rewriting, also take requests that name the tap so in Host, besides loopback names and --listen
    #[arg(long, value_name = "HOST:PORT", value_parser = authority)]
    pub(super) allow_host: Vec<String>,

    /// While rewriting, also take requests of pages of this origin, besides those of loopback hosts
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(super) allow_origin: Vec<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArguments {
    /// Connections at a time; the next is reset
    #[arg(long, value_name = "COUNT", default_value_t = limits::CONNECTIONS, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub(super) max_connections: u32,

    /// Time until the server is reached: name, TCP and TLS together
    #[arg(long, value_name = "SECONDS", default_value = limits::HANDSHAKE_SECONDS, value_parser = seconds)]
    pub(super) connect_timeout: Duration,
}

const AFTER: &str = "\
Each line that is printed begins with the connection's number and the seconds since it was made. `>` is from the app to
the server, `<` from the server to the app; `!` is a broken rule. When a handshake is done, and when a connection is
over, the doctor says all that is wrong with it.

Everything is forwarded as it came, what is invalid too: FIN as FIN, a reset as a reset. Where the server is wss://, TLS
ends here, and what is shown and recorded is what was in it. Requests that do not ask for WebSocket are forwarded, and
neither decoded nor recorded, so that pages load through the tap.

Host and Origin are forwarded as well, so the server is told where the app believes it to be. Servers that look at them
may want --rewrite-host and --rewrite-origin. What is recorded is always what the app sent. As the server cannot tell
foreign pages by them any more, the tap does: it answers 403 to requests whose Host or Origin is not of this machine.
It rewrites the first request of a connection, and has others than WebSocket's ask for the connection's end.

The recording holds cookies and tokens, and only its owner can read it. Ctrl-C ends the connections and finishes the
file.

Exit status:
  0  it was ended by Ctrl-C
  1  it cannot listen, or the recording or the output could not be written
  2  the command line is wrong

Examples:
  ws101 tap --to ws://127.0.0.1:3000                                  the app connects to ws://127.0.0.1:9001
  ws101 tap --to ws://127.0.0.1:3000 --record app.jsonl               and is recorded
  ws101 tap --listen 127.0.0.1:8080 --to wss://example.com --rewrite-host --rewrite-origin
  ws101 tap --to ws://127.0.0.1:3000 --json --quiet                   for programs: only what is wrong";

/// An address and a port; a name only where it is sure to be this machine's.
fn listen(text: &str) -> Result<SocketAddr, String> {
    let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse().map_err(|_| "give an address and a port, as in 127.0.0.1:9001 or [::1]:9001".to_owned())
}

/// The server's URL, which says nothing that the app says.
fn upstream(text: &str) -> Result<Target, String> {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => "ws".to_owned(),
        "https" => "wss".to_owned(),
        "" => return Err(format!("begin with ws:// or wss://, as in ws://{rest}")),
        other => other.to_owned(),
    };
    let target = Target::parse(&format!("{scheme}://{rest}"))?;
    if target.resource != "/" {
        return Err(format!("leave {} out: which path is asked for is what the app says", target.resource));
    }
    if target.authorization.is_some() {
        return Err("leave user and password out: the app sends its own Authorization".to_owned());
    }
    Ok(target)
}

fn host(text: &str) -> Result<String, String> {
    let valid = text.is_empty() || text.parse::<hyper::http::uri::Authority>().is_ok() && !text.contains('@');
    if valid { Ok(text.to_owned()) } else { Err("give a name and, if needed, a port, as in example.com".to_owned()) }
}

fn own_or_origin(text: &str) -> Result<String, String> {
    if text.is_empty() { Ok(String::new()) } else { origin(text) }
}

impl RewriteArguments {
    /// What `Host` becomes, if it becomes something else.
    pub(super) fn host(&self, target: &Target) -> Option<String> {
        self.rewrite_host.as_ref().map(|host| if host.is_empty() { target.authority.clone() } else { host.clone() })
    }

    /// What `Origin` becomes, if it becomes something else.
    pub(super) fn origin(&self, target: &Target) -> Option<String> {
        let scheme = match target.security {
            Security::Plain => "http",
            Security::Tls => "https",
        };
        let own = || format!("{scheme}://{}", target.authority);
        self.rewrite_origin.as_ref().map(|origin| if origin.is_empty() { own() } else { origin.clone() })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{AFTER, listen, upstream};
    use crate::args::Arguments;
    use crate::connect::Security;

    #[test]
    fn a_server_is_named_by_its_origin() {
        for (text, security, port) in [
            ("ws://a:3000", Security::Plain, 3000),
            ("http://a:3000/", Security::Plain, 3000),
            ("wss://a", Security::Tls, 443),
            ("HTTPS://a", Security::Tls, 443),
        ] {
            let target = upstream(text).unwrap();
            assert_eq!((target.security, target.port), (security, port), "{text}");
        }
        for (text, hint) in [
            ("ws://a/chat", "leave /chat out"),
            ("ws://a/?x", "leave /?x out"),
            ("ws://me@a/", "Authorization"),
            ("127.0.0.1:3000", "ws://127.0.0.1:3000"),
            ("ftp://a", "ftp"),
        ] {
            let error = upstream(text).unwrap_err();
            assert!(error.contains(hint), "{text}: {error}");
        }
    }

    #[test]
    fn the_examples_are_command_lines() {
        let examples = AFTER.lines().filter(|line| line.starts_with("  ws101 tap "));
        let parsed = examples.map(|line| {
            let words = line.trim().split("   ").next().unwrap_or_default().split(' ');
            Arguments::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"))
        });
        assert_eq!(parsed.count(), 4);
    }

    #[test]
    fn where_to_listen_is_an_address() {
        assert_eq!(listen("localhost:0"), Ok("127.0.0.1:0".parse().unwrap()));
        assert!(listen("[::1]:9001").is_ok() && listen("0.0.0.0:9001").is_ok());
        for text in ["9001", "localhost", "example.com:80", ":9001"] {
            assert!(listen(text).is_err(), "{text}");
        }
    }
}
