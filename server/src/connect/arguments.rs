//! The command line of `ws101 connect`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use ws101_core::handshake::{BuildError, ClientRequest, Key};

use crate::args::seconds;
use crate::connect::target::Target;
use crate::limits;

/// Talk to a WebSocket server: each line of the standard input is sent as a message, each message that comes is printed.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct ConnectArguments {
    /// Where to connect to: ws:// or wss://; a user and password in it are sent as Basic authorization
    #[arg(value_parser = Target::parse)]
    pub(super) url: Target,

    #[command(flatten)]
    pub(super) request: RequestArguments,

    #[command(flatten)]
    pub(super) input: InputArguments,

    #[command(flatten)]
    pub(super) output: OutputArguments,

    #[command(flatten)]
    pub(super) tls: TlsArguments,

    #[command(flatten)]
    pub(super) limits: LimitArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opening handshake")]
pub(super) struct RequestArguments {
    /// Send this field too; may be given again
    #[arg(long, value_name = "NAME: VALUE", value_parser = field)]
    pub(super) header: Vec<(String, String)>,

    /// Offer this subprotocol; may be given again, the preferred one first
    #[arg(long, value_name = "NAME", value_parser = subprotocol)]
    pub(super) subprotocol: Vec<String>,

    /// Send this Origin, as a page's browser would
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(super) origin: Option<String>,

    /// Do not offer permessage-deflate (RFC 7692): no message is compressed
    #[arg(long)]
    pub(super) no_deflate: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is sent")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct InputArguments {
    /// Send text messages, which is what happens anyway
    #[arg(long, overrides_with = "binary")]
    text: bool,

    /// Send the bytes of each line as a binary message
    #[arg(long)]
    binary: bool,

    /// Send all of the standard input, line ends and all, as one message
    #[arg(long, conflicts_with = "commands")]
    whole: bool,

    /// Take lines that begin with `/` as commands, which happens by itself at a terminal
    #[arg(long)]
    commands: bool,

    /// Close this long after the end of the input; `forever` leaves it to the server. At a terminal 0
    #[arg(long, value_name = "SECONDS", value_parser = wait)]
    wait: Option<Wait>,

    /// Close as soon as so many messages have come
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) count: Option<u64>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is printed")]
pub(super) struct OutputArguments {
    /// Show the heads of the handshake and every frame in both directions, on stderr
    #[arg(long)]
    pub(super) frames: bool,

    /// Print one JSON object a line: `open`, `message`, `ping`, `pong`, `close`, `violation`, `refused`, `error` and, last
    /// of all, `end`; with --frames also `frame`
    #[arg(long)]
    pub(super) json: bool,

    /// Write nothing to stderr but errors
    #[arg(long, conflicts_with = "frames")]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "TLS, for wss://")]
pub(crate) struct TlsArguments {
    /// Trust the certificates in this file and no others, instead of those that the system trusts
    #[arg(long, value_name = "PEM")]
    pub(super) ca_file: Option<PathBuf>,

    /// Take any certificate: whoever is on the way can read and change everything
    #[arg(long, conflicts_with = "ca_file")]
    pub(super) insecure: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArguments {
    /// Bytes of the longest message, in either direction; a longer one that comes is answered with Close 1009
    #[arg(long, value_name = "BYTES", default_value_t = limits::MESSAGE, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) max_message: u64,

    /// Time until the connection is open: name, TCP, TLS and handshake together
    #[arg(long, value_name = "SECONDS", default_value = limits::HANDSHAKE_SECONDS, value_parser = seconds)]
    pub(super) connect_timeout: Duration,

    /// Time in which nothing comes or goes; then Close 1001. None, if not given
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) idle_timeout: Option<Duration>,

    /// Time for the server to answer a Close, and then again to close the TCP connection
    #[arg(long, value_name = "SECONDS", default_value = limits::CLOSE_SECONDS, value_parser = seconds)]
    pub(super) close_timeout: Duration,
}

const AFTER: &str = "\
Text messages are printed as they are and binary ones as hexadecimal digits, each on a line of stdout; everything else
goes to stderr. Ctrl-C closes with 1001; a second one ends at once.

Commands, at a terminal or with --commands:
  /ping [TEXT]             send a ping
  /binary HEX              send a binary message
  /close [CODE [REASON]]   close; with 1000, if no code is given
  /help                    list the commands
  //TEXT                   send /TEXT

Exit status:
  0  the connection was closed cleanly
  1  something could not be sent or printed
  2  the command line is wrong
  3  there was no connection: name, TCP, TLS, or no answer
  4  the server answered as HTTP and did not switch protocols
  5  the server broke a rule of the protocol
  6  the connection ended without a closing handshake (1006)
  7  the server closed with a status code other than 1000 and 1001

Examples:
  ws101 connect ws://127.0.0.1:8101/echo                              type messages, see the answers
  echo hello | ws101 connect ws://127.0.0.1:8101/echo                 send a line, print the answer
  echo hello | ws101 connect --frames ws://127.0.0.1:8101/echo        see both heads and every frame
  echo hello | ws101 connect --json ws://127.0.0.1:8101/echo          for programs
  ws101 connect --binary --whole ws://127.0.0.1:8101/echo < FILE      a file as one binary message
  ws101 connect --wait forever ws://127.0.0.1:8101/echo < /dev/null   only listen
  ws101 connect --header 'Cookie: a=b' --subprotocol chat wss://example.com/chat
  ws101 connect --ca-file ca.pem wss://localhost:8443/                a server with a certificate of one's own";

/// What of the input makes a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Portion {
    Line,
    Whole,
}

/// What kind of message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Binary,
}

/// How lines that begin with a slash are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slash {
    /// Like any other.
    Data,
    Command,
}

/// How long to stay after the end of the input; `None` for as long as the server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait(pub(super) Option<Duration>);

impl TlsArguments {
    /// Whether any certificate is taken.
    pub(crate) const fn is_insecure(&self) -> bool {
        self.insecure
    }
}

impl InputArguments {
    pub(super) const fn kind(&self) -> Kind {
        if self.binary { Kind::Binary } else { Kind::Text }
    }

    pub(super) const fn portion(&self) -> Portion {
        if self.whole { Portion::Whole } else { Portion::Line }
    }

    /// `terminal` is whether somebody types.
    pub(super) const fn slash(&self, terminal: bool) -> Slash {
        if self.commands || terminal && !self.whole { Slash::Command } else { Slash::Data }
    }

    /// `terminal` is whether somebody types.
    pub(super) fn wait(&self, terminal: bool) -> Wait {
        let unsaid = if terminal { Duration::ZERO } else { Duration::from_secs(1) };
        self.wait.unwrap_or(Wait(Some(unsaid)))
    }
}

fn wait(text: &str) -> Result<Wait, String> {
    match text {
        "forever" => Ok(Wait(None)),
        "0" => Ok(Wait(Some(Duration::ZERO))),
        _ => seconds(text).map(|time| Wait(Some(time))).map_err(|why| format!("{why}; or 0; or forever")),
    }
}

/// A request of which all but one thing is known to be good.
fn sample() -> ClientRequest<'static> {
    ClientRequest::new("host", "/", Key::from_nonce([0; Key::NONCE_LENGTH]))
}

fn told(result: Result<usize, BuildError>) -> Result<(), String> {
    result.map(drop).map_err(|error| error.to_string())
}

pub(crate) fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write a name, a colon and a value, as in 'Cookie: a=b'")?;
    let value = value.trim();
    told(sample().fields(&[(name, value)]).encoded_len())?;
    Ok((name.to_owned(), value.to_owned()))
}

pub(crate) fn subprotocol(text: &str) -> Result<String, String> {
    told(sample().subprotocols(&[text]).encoded_len())?;
    Ok(text.to_owned())
}

pub(crate) fn origin(text: &str) -> Result<String, String> {
    told(sample().origin(text).encoded_len())?;
    Ok(text.to_owned())
}
