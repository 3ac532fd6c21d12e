//! `ws101 decode`: what recorded bytes mean, field by field, and which rules they break.

mod format;
mod frames;
mod heads;
mod json;
mod messages;
mod stream;
mod text;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use ws101_core::deflate::Agreement;
use ws101_core::handshake::Key;
use ws101_doctor::file::{HeadKind, Noted};

use crate::failure::Failure;
use crate::output::{Output, note};
use format::Format;
pub(crate) use messages::agreement;
use stream::{Context, Reader, Summary};

/// Show what each bit of recorded bytes means, and which rules they break.
///
/// The bytes are those of one direction: frames, or a request or response head and the frames after it.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct DecodeArguments {
    /// File to read, or `-` for the standard input
    #[arg(default_value = "-")]
    file: PathBuf,

    /// Form of the bytes; what it seems to be, if not given, which is then told on stderr
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Who reads the frames; if not given, whom the head is for, or else who may take the first frame as it is masked
    #[arg(long, value_enum)]
    role: Option<Reader>,

    /// Sec-WebSocket-Key that a response answers; without it Sec-WebSocket-Accept is not judged
    #[arg(long, value_parser = key)]
    key: Option<Key>,

    /// Take messages as compressed by permessage-deflate where RSV1 says so, with these parameters, as a server answers
    /// them; a response head in the input says it too
    #[arg(long, value_name = "PARAMETERS", num_args = 0..=1, require_equals = true, default_missing_value = "",
          value_parser = deflate)]
    deflate: Option<Agreement>,

    /// Show every part of a head too, and what each field means
    #[arg(long)]
    explain: bool,

    /// Print one JSON object a line: `input`, then each `head`, `frame` and `body`, then `end`
    #[arg(long, conflicts_with = "explain")]
    json: bool,
}

const AFTER: &str = "\
Places are bytes from the first of the input; `3.4–7` are the bits 4 to 7 of byte 3, the highest being bit 0.

Exit status:
  0  no rule is broken
  1  a rule is broken
  2  the command line is wrong, or the input cannot be read or is in no known form
  3  no rule is broken, but the bytes end within a head, a frame or a message

Examples:
  echo 81 05 48 65 6c 6c 6f | ws101 decode           a text message of a server
  echo 818537fa213d7f9f4d5158 | ws101 decode         the same of a client: masked
  od -Ax -tx1 -v FILE | ws101 decode --explain       a dump, with words
  ws101 decode --json FILE                           for programs
  echo gQVIZWxsbw== | ws101 decode --role server     base64, read as a server does: the mask is missing
  echo c107f248cdc9c90700 | ws101 decode --deflate   a compressed message";

/// Bytes of the longest input.
const LIMIT: usize = 64 << 20;

/// The exit status where the bytes end too early.
const CUT: u8 = 3;

pub(crate) fn run(arguments: &DecodeArguments) -> Result<ExitCode, Failure> {
    let input = read(&arguments.file).map_err(|why| {
        let name = arguments.file.display();
        Failure::usage(format!("{name}: {why}"))
    })?;
    let Noted { bytes, words: format, .. } = format::read(input, arguments.format).map_err(Failure::usage)?;
    if bytes.is_empty() {
        return Err(Failure::usage("there are no bytes to decode"));
    }
    let context = Context { reader: arguments.role.map(Into::into), key: arguments.key, deflate: arguments.deflate };
    if arguments.format.is_none() {
        note(format_args!("ws101: read as {format}, {}", crate::preview::bytes(bytes.len() as u64)));
    }
    if context.reader.is_none() && HeadKind::of(&bytes).is_none() {
        note(format_args!("ws101: {}", text::guess(stream::reader_of(&bytes))));
    }
    let output = Output::default();
    let summary = if arguments.json {
        output.print(&json::input(&bytes, format));
        stream::read(&bytes, context, &mut |part| output.print(&json::part(part, &bytes)))
    } else {
        let shown = if arguments.explain { text::Detail::Everything } else { text::Detail::Fields };
        stream::read(&bytes, context, &mut |part| output.print(&text::part(part, &bytes, shown)))
    };
    let status = status(summary);
    output.print(&if arguments.json { json::end(summary, status) } else { text::end(summary) });
    output.finish()?;
    if summary.unexplained {
        note("ws101: RSV1 is set: where permessage-deflate was agreed on, say so with --deflate");
    }
    Ok(ExitCode::from(status))
}

const fn status(summary: Summary) -> u8 {
    match summary {
        Summary { broken: 1.., .. } => Failure::OTHER,
        Summary { cut: true, .. } => CUT,
        _ => 0,
    }
}

pub(crate) fn read(file: &Path) -> Result<Vec<u8>, String> {
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(|error| error.to_string())?)
    };
    let mut input = Vec::new();
    // A dump takes more characters than it has bytes.
    let limit = LIMIT as u64 * 8;
    let length = source.take(limit + 1).read_to_end(&mut input).map_err(|error| error.to_string())?;
    if length as u64 > limit {
        return Err(format!("more than {} MiB; cut out the part that matters", limit >> 20));
    }
    Ok(input)
}

fn key(text: &str) -> Result<Key, String> {
    Key::parse(text.as_bytes()).map_err(|violation| violation.to_string())
}

fn deflate(parameters: &str) -> Result<Agreement, String> {
    let separator = if parameters.trim().is_empty() { "" } else { "; " };
    let agreed = messages::agreement(&format!("permessage-deflate{separator}{}", parameters.trim()));
    agreed.map(Option::unwrap_or_default).map_err(|violation| violation.to_string())
}
