//! What a line of the input asks for.

use ws101_core::StatusCode;
use ws101_doctor::file::hex_digits;

use crate::connect::arguments::{Kind, Slash};
use crate::websocket::Wish;

/// What is to be done for a line.
#[derive(Debug)]
pub(super) enum Command {
    Wish(Wish),
    Help,
}

pub(super) const HELP: &str = "\
/ping [TEXT]             send a ping
/binary HEX              send a binary message
/close [CODE [REASON]]   close; with 1000, if no code is given
//TEXT                   send /TEXT";

impl Command {
    /// Reads a line, without its end.
    pub(super) fn parse(line: Vec<u8>, kind: Kind, slash: Slash) -> Result<Self, String> {
        if slash == Slash::Command
            && let Some(rest) = line.strip_prefix(b"/")
        {
            if !rest.starts_with(b"/") {
                return command(&text(rest.to_vec())?);
            }
            return message(rest.to_vec(), kind);
        }
        message(line, kind)
    }
}

fn message(bytes: Vec<u8>, kind: Kind) -> Result<Command, String> {
    Ok(Command::Wish(match kind {
        Kind::Text => Wish::Text(text(bytes)?),
        Kind::Binary => Wish::Binary(bytes),
    }))
}

fn command(line: &str) -> Result<Command, String> {
    let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
    let wish = match name {
        "ping" => Wish::Ping(rest.as_bytes().to_vec()),
        "binary" => {
            Wish::Binary(hex_digits(rest).map_err(|error| format!("/binary takes hexadecimal digits: {error}"))?)
        }
        "close" => {
            let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
            let code = match code {
                "" => StatusCode::NORMAL_CLOSURE,
                digits => StatusCode(
                    digits.parse().map_err(|_| format!("{digits:?} is no status code: write /close 1000 bye"))?,
                ),
            };
            Wish::Close(code, reason.to_owned())
        }
        "help" => return Ok(Command::Help),
        _ => return Err(format!("/{name} is no command: /help lists them, and //{name} sends it as text")),
    };
    Ok(Command::Wish(wish))
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!("the text is not UTF-8 from its byte {place} on: send it with --binary")
    })
}

#[cfg(test)]
mod tests {
    use super::{Command, Kind, Slash};

    fn parse(line: &str, kind: Kind, slash: Slash) -> String {
        match Command::parse(line.as_bytes().to_vec(), kind, slash) {
            Ok(Command::Wish(wish)) => format!("{wish:?}"),
            Ok(Command::Help) => "help".to_owned(),
            Err(error) => error,
        }
    }

    #[test]
    fn lines_are_messages_and_commands() {
        for (line, wish) in [
            ("hello", r#"Text("hello")"#),
            ("", r#"Text("")"#),
            ("//ping", r#"Text("/ping")"#),
            ("/ping", "Ping([])"),
            ("/ping a b", "Ping([97, 32, 98])"),
            ("/binary 00 ff", "Binary([0, 255])"),
            ("/close", r#"Close(1000 Normal Closure, "")"#),
            ("/close 4000 see you", r#"Close(4000, "see you")"#),
            ("/help", "help"),
        ] {
            assert_eq!(parse(line, Kind::Text, Slash::Command), wish);
        }
        assert_eq!(parse("/ping", Kind::Text, Slash::Data), r#"Text("/ping")"#);
        assert_eq!(parse("/x", Kind::Binary, Slash::Data), "Binary([47, 120])");
    }

    #[test]
    fn what_is_no_command_is_said() {
        for (line, hint) in [
            ("/pong", "//pong"),
            ("/", "/help"),
            ("/binary 0", "odd number"),
            ("/binary xx", "hexadecimal"),
            ("/close x", "/close 1000 bye"),
            ("/close 70000", "70000"),
        ] {
            let error = parse(line, Kind::Text, Slash::Command);
            assert!(error.contains(hint), "{line}: {error}");
        }
        let error = Command::parse(vec![b'a', 0xff], Kind::Text, Slash::Data).unwrap_err();
        assert!(error.contains("byte 1") && error.contains("--binary"), "{error}");
    }
}
