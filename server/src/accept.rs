//! `ws101 accept`: what a server answers to a key.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use ws101_core::handshake::{GUID, Key};

use crate::failure::Failure;
use crate::output::Output;

/// Print the Sec-WebSocket-Accept that answers a Sec-WebSocket-Key.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AcceptArguments {
    /// Value of the Sec-WebSocket-Key field: 16 bytes in base64
    #[arg(allow_hyphen_values = true)]
    key: String,

    /// Show how the value comes about
    #[arg(long)]
    explain: bool,
}

const EXAMPLES: &str = "\
Exit status: 0, or 2 when it is no key.

Examples:
  ws101 accept dGhlIHNhbXBsZSBub25jZQ==             the example of RFC 6455
  ws101 accept --explain dGhlIHNhbXBsZSBub25jZQ==   step by step";

pub(crate) fn run(arguments: &AcceptArguments) -> Result<(), Failure> {
    let text = arguments.key.as_str();
    let key = Key::parse(text.as_bytes()).map_err(|violation| {
        let code = violation.rule().code;
        Failure::usage(format!("{text:?} is no key: {code}: {violation}\n    Here: {}", whats_wrong(text)))
    })?;
    let accept = key.accept();
    let mut lines = String::new();
    if arguments.explain {
        let _ = writeln!(lines, "nonce   {}", hex::encode(key.nonce()));
        let _ = writeln!(lines, "hashed  {text}{GUID}");
        let _ = writeln!(lines, "SHA-1   {}", hex::encode(accept.digest()));
        let _ = write!(lines, "accept  ");
    }
    let _ = writeln!(lines, "{}", accept.as_str());
    let output = Output::default();
    output.print(&lines);
    Ok(output.finish()?)
}

/// Where the text stops being base64 of sixteen bytes, which the core only denies.
fn whats_wrong(text: &str) -> String {
    let characters = text.chars().count();
    let foreign = |(_, character): &(usize, char)| !(character.is_ascii_alphanumeric() || "+/=".contains(*character));
    if let Some((place, character)) = text.chars().enumerate().find(foreign) {
        return format!("character {} is {character:?}, which is not of base64", place + 1);
    }
    if characters != Key::LENGTH {
        return format!("{characters} characters, where a key has {}", Key::LENGTH);
    }
    match STANDARD.decode(text) {
        Ok(bytes) => format!("{} bytes, where a key has {}", bytes.len(), Key::NONCE_LENGTH),
        Err(error) => format!("{error}"),
    }
}
