//! The extension of the answer, as Firefox judges it.

/// The windows that were agreed on, in bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Windows {
    pub(super) server: u8,
    pub(super) client: u8,
}

/// Judges the value of `Sec-WebSocket-Extensions`, white space in it taken together: one extension, and nothing else.
pub(super) fn judge(value: &str) -> Result<Windows, &'static str> {
    /// It must be `permessage-deflate`, in lower case, and no list.
    const UNKNOWN: &str = "firefox/extension-unknown";
    /// Each parameter may stand once.
    const TWICE: &str = "firefox/deflate-parameter-twice";
    /// There are four of them, their names in lower case and without a blank before the `=`.
    const UNKNOWN_PARAMETER: &str = "firefox/deflate-parameter-unknown";
    /// Two of them have no value; an empty one is none.
    const VALUE: &str = "firefox/deflate-parameter-with-value";
    /// The others have one that a number from 8 to 15 can be read out of.
    const BITS: &str = "firefox/window-bits";

    let mut parts = separated(value, ';');
    if parts.next() != Some("permessage-deflate") {
        return Err(UNKNOWN);
    }
    let (mut seen, mut windows) = (Vec::new(), Windows { server: 15, client: 15 });
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let window = match name {
            "client_no_context_takeover" | "server_no_context_takeover" => {
                if !value.is_empty() {
                    return Err(VALUE);
                }
                None
            }
            "client_max_window_bits" => Some(&mut windows.client),
            "server_max_window_bits" => Some(&mut windows.server),
            _ => return Err(UNKNOWN_PARAMETER),
        };
        if seen.contains(&name) {
            return Err(TWICE);
        }
        seen.push(name);
        if let Some(window) = window {
            let bits = integer(value).and_then(|bits| u8::try_from(bits).ok());
            *window = bits.filter(|bits| (8..=15).contains(bits)).ok_or(BITS)?;
        }
    }
    Ok(windows)
}

/// The parts between separators, without the white space around them; behind a separator at the end there is none.
fn separated(value: &str, separator: char) -> impl Iterator<Item = &str> {
    let value = value.trim_ascii();
    value.strip_suffix(separator).unwrap_or(value).split(separator).map(str::trim_ascii)
}

/// The number that Firefox reads out of a value: what is before its digits is left out, and what is behind them.
fn integer(value: &str) -> Option<i64> {
    let start = value.find(|character: char| character.is_ascii_hexdigit())?;
    let negative = value[..start].contains('-');
    let mut number: i64 = 0;
    for byte in value[start..].bytes() {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'x' | b'X' if number == 0 => {}
            // These could be digits, but not of such a number.
            byte if byte.is_ascii_hexdigit() => return None,
            _ => break,
        }
        i32::try_from(number).ok()?;
    }
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_out_of_nearly_anything() {
        for (value, number) in [
            ("10", Some(10)),
            ("08", Some(8)),
            ("\"10\"", Some(10)),
            ("10x", Some(10)),
            ("+10", Some(10)),
            ("-10", Some(-10)),
            ("0x10", Some(10)),
            ("0xa", None),
            ("", None),
            ("ten", None),
            ("99999999999", None),
            ("1\\0", Some(1)),
        ] {
            assert_eq!(integer(value), number, "{value}");
        }
    }
}
