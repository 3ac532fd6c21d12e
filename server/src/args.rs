//! The command line.

use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use hyper::http::uri::Authority;

use crate::accept::AcceptArguments;
use crate::completions::CompletionsArguments;
use crate::connect::ConnectArguments;
use crate::decode::DecodeArguments;
use crate::doctor::DoctorArguments;
use crate::limits::{self, Limits};
use crate::relay::TapArguments;

/// The WebSocket protocol, in the open.
#[derive(Debug, Parser)]
#[command(name = "ws101", version, arg_required_else_help = true, after_help = EXAMPLES_OF_ALL)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(ServeArguments),
    Connect(Box<ConnectArguments>),
    Decode(DecodeArguments),
    Doctor(Box<DoctorArguments>),
    Tap(Box<TapArguments>),
    Accept(AcceptArguments),
    Completions(CompletionsArguments),
}

const EXAMPLES_OF_ALL: &str = "\
Examples:
  ws101 serve                                      the page is at http://127.0.0.1:8101/
  ws101 connect ws://127.0.0.1:8101/echo           type messages, see the answers
  echo 81 05 48 65 6c 6c 6f | ws101 decode         a frame, field by field
  ws101 tap --to ws://127.0.0.1:3000               watch an app and its server, and record them
  ws101 doctor ws://127.0.0.1:3000                 what is wrong with a server
  ws101 doctor FILE                                what is wrong with a recorded connection
  ws101 accept dGhlIHNhbXBsZSBub25jZQ==            the answer to a key

`ws101 COMMAND --help` tells more of each.";

/// Serve the page, the echo, servers that misbehave (/misbehave/) and the wire tap on one port, until Ctrl-C.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArguments {
    /// Address or name to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) host: String,

    /// Port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8101)]
    pub(crate) port: u16,

    /// Write no log to the error stream, only errors that end the program
    #[arg(long)]
    pub(crate) quiet: bool,

    /// Take WebSocket connections to /echo and /misbehave/ from this origin and from no other that is not named too
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(crate) allow_origin: Vec<String>,

    /// Offer the wire tap under this authority too, besides loopback names and --host
    #[arg(long, value_name = "HOST:PORT", value_parser = authority)]
    pub(crate) allow_host: Vec<String>,

    #[command(flatten)]
    limits: LimitArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct LimitArguments {
    /// Bytes of the longest message; a longer one is answered with Close 1009 as soon as its header shows it
    #[arg(long, value_name = "BYTES", default_value_t = limits::MESSAGE, value_parser = clap::value_parser!(u64).range(1..))]
    max_message: u64,

    /// Bytes of the longest request head; a longer one is answered with 431
    #[arg(long, value_name = "BYTES", default_value_t = limits::HEAD, value_parser = clap::value_parser!(u32).range(64..=1 << 20))]
    max_head: u32,

    /// Connections at a time; the next is answered with 503
    #[arg(long, value_name = "COUNT", default_value_t = limits::CONNECTIONS, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    max_connections: u32,

    /// Time for a request head to come whole; then 408
    #[arg(long, value_name = "SECONDS", default_value = limits::HANDSHAKE_SECONDS, value_parser = seconds)]
    handshake_timeout: Duration,

    /// Time in which nothing comes or goes; then Close 1001
    #[arg(long, value_name = "SECONDS", default_value = limits::IDLE_SECONDS, value_parser = seconds)]
    idle_timeout: Duration,

    /// Time for the other end to answer a Close, and then again to close its side of the TCP connection
    #[arg(long, value_name = "SECONDS", default_value = limits::CLOSE_SECONDS, value_parser = seconds)]
    close_timeout: Duration,

    /// Time in which a page may take none of the records that wait for it; then its recording ends
    #[arg(long, value_name = "SECONDS", default_value = limits::TAP_SECONDS, value_parser = seconds)]
    tap_timeout: Duration,
}

const EXAMPLES: &str = "\
Examples:
  ws101 serve                                        the page is at http://127.0.0.1:8101/
  ws101 serve --port 0 --quiet                       any free port; the address is printed on stdout
  ws101 serve --allow-origin http://localhost:3000   only pages of that origin may connect to /echo
  ws101 serve --allow-host dev.example:8443          the page is also reached through a port forward
  ws101 serve --max-message 1000000                  longer messages get Close 1009";

impl ServeArguments {
    pub(crate) fn limits(&self) -> Limits {
        let limits = &self.limits;
        Limits {
            message: limits.max_message,
            head: limits.max_head as usize,
            connections: limits.max_connections as usize,
            handshake: limits.handshake_timeout,
            idle: limits.idle_timeout,
            close: limits.close_timeout,
            tap: limits.tap_timeout,
        }
    }
}

/// A time, as the command line gives it.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|seconds| (0.001..=86_400.0).contains(seconds));
    number
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "give seconds between 0.001 and 86400, as in 10 or 0.5".to_owned())
}

pub(crate) fn origin(text: &str) -> Result<String, String> {
    let valid = text == "null"
        || text.split_once("://").is_some_and(|(scheme, authority)| {
            !scheme.is_empty() && authority.parse::<Authority>().is_ok() && !authority.contains('@')
        });
    if valid {
        Ok(text.to_owned())
    } else {
        Err("an origin is scheme://host or scheme://host:port, without a path or a slash at its end, as in \
             http://localhost:3000; or the word null"
            .to_owned())
    }
}

pub(crate) fn authority(text: &str) -> Result<String, String> {
    match text.parse::<Authority>() {
        Ok(authority) if authority.port_u16().is_some() && !text.contains('@') => Ok(text.to_owned()),
        _ => Err("give what the browser's address bar shows between http:// and the path, with the port, as in \
                  dev.example:8443"
            .to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{Arguments, Command};

    fn parse(line: &str) -> Result<super::ServeArguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace()).map(|arguments| match arguments.command {
            Command::Serve(serve) => serve,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let serve = parse("ws101 serve").unwrap();
        assert_eq!((serve.host.as_str(), serve.port, serve.quiet), ("127.0.0.1", 8101, false));
        let limits = serve.limits();
        assert_eq!((limits.message, limits.head, limits.connections), (16 << 20, 16 << 10, 256));
        assert_eq!((limits.handshake.as_secs(), limits.idle.as_secs(), limits.close.as_secs()), (10, 300, 5));
    }

    #[test]
    fn times_may_be_fractions_of_a_second() {
        assert_eq!(parse("ws101 serve --idle-timeout 0.25").unwrap().limits().idle.as_millis(), 250);
        for bad in ["0", "-1", "x", "inf", "NaN", "1e9"] {
            let error = parse(&format!("ws101 serve --idle-timeout={bad}")).unwrap_err().to_string();
            assert!(error.contains("0.001"), "{bad}: {error}");
        }
    }

    #[test]
    fn origins_and_authorities_are_checked_when_given() {
        for good in ["http://localhost:3000", "https://a.example", "null", "chrome-extension://abc"] {
            assert!(parse(&format!("ws101 serve --allow-origin {good}")).is_ok(), "{good}");
        }
        for bad in ["localhost:3000", "http://localhost:3000/", "http://", "*"] {
            let error = parse(&format!("ws101 serve --allow-origin {bad}")).unwrap_err().to_string();
            assert!(error.contains("scheme://host"), "{bad}: {error}");
        }
        assert!(parse("ws101 serve --allow-host dev.example:8443 --allow-host [::1]:80").is_ok());
        for bad in ["dev.example", "http://dev.example:80", "user@dev.example:80", "dev.example:80/"] {
            let error = parse(&format!("ws101 serve --allow-host {bad}")).unwrap_err().to_string();
            assert!(error.contains("with the port"), "{bad}: {error}");
        }
    }
}
