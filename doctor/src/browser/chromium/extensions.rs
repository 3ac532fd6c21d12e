//! The extensions of the answer, as Chromium parses and judges them.

use crate::browser::text::{is_blank, is_token_char, number};

/// An extension and its parameters.
pub(super) struct Extension {
    pub(super) name: String,
    parameters: Vec<Parameter>,
}

/// A parameter; an empty value is none.
struct Parameter {
    name: String,
    value: String,
}

/// A broken rule of an extension: the text behind `Error in permessage-deflate: `, and its rule.
pub(super) type Broken = (String, &'static str);

/// The extensions of a value; `None` where it does not parse.
pub(super) fn parse(value: &[u8]) -> Option<Vec<Extension>> {
    let mut rest = Rest(value);
    let mut extensions = Vec::new();
    loop {
        extensions.push(rest.extension()?);
        if !rest.takes(b',') {
            break;
        }
    }
    rest.0.is_empty().then_some(extensions)
}

/// What is not parsed yet.
struct Rest<'v>(&'v [u8]);

impl Rest<'_> {
    fn extension(&mut self) -> Option<Extension> {
        let name = self.token()?;
        let mut parameters = Vec::new();
        while self.takes(b';') {
            let name = self.token()?;
            let value = match self.takes(b'=') {
                true if self.begins_with(b'"') => self.quoted_token()?,
                true => self.token()?,
                false => String::new(),
            };
            parameters.push(Parameter { name, value });
        }
        Some(Extension { name, parameters })
    }

    fn token(&mut self) -> Option<String> {
        self.skip_blanks();
        let length = self.0.iter().take_while(|&&byte| is_token_char(byte)).count();
        let (token, rest) = self.0.split_at(length);
        self.0 = rest;
        (length > 0).then(|| String::from_utf8_lossy(token).into_owned())
    }

    /// A token in quotation marks, with a backslash before any of its characters.
    fn quoted_token(&mut self) -> Option<String> {
        let mut token = String::new();
        self.0 = &self.0[1..];
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let byte = match byte {
                b'"' => return (!token.is_empty()).then_some(token),
                b'\\' => {
                    let (&escaped, rest) = self.0.split_first()?;
                    self.0 = rest;
                    escaped
                }
                byte => byte,
            };
            token.push(is_token_char(byte).then_some(char::from(byte))?);
        }
    }

    fn begins_with(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        self.0.first() == Some(&byte)
    }

    fn takes(&mut self, byte: u8) -> bool {
        let takes = self.begins_with(byte);
        self.0 = &self.0[usize::from(takes)..];
        takes
    }

    fn skip_blanks(&mut self) {
        let blanks = self.0.iter().take_while(|&&byte| is_blank(byte)).count();
        self.0 = &self.0[blanks..];
    }
}

impl Extension {
    /// Whether these may be the parameters of permessage-deflate in an answer, judged one by one.
    pub(super) fn judge_deflate(&self) -> Result<(), Broken> {
        /// Each may stand once.
        const DUPLICATE: &str = "chromium/deflate-parameter-twice";
        /// A window has 8 to 15 bits, without a leading zero; the other two have no value.
        const INVALID: &str = "chromium/deflate-parameter-invalid";
        /// There are four parameters; their names are in lower case.
        const UNKNOWN: &str = "chromium/deflate-parameter-unknown";
        /// In an answer, `client_max_window_bits` has a value.
        const NO_VALUE: &str = "chromium/client-max-window-bits-without-value";

        let mut seen: Vec<&str> = Vec::new();
        for Parameter { name, value } in &self.parameters {
            let name = name.as_str();
            let flag = matches!(name, "server_no_context_takeover" | "client_no_context_takeover");
            let bits = matches!(name, "server_max_window_bits" | "client_max_window_bits");
            if !flag && !bits {
                return Err(("Received an unexpected permessage-deflate extension parameter".into(), UNKNOWN));
            }
            if seen.contains(&name) {
                return Err((format!("Received duplicate permessage-deflate extension parameter {name}"), DUPLICATE));
            }
            let may_be_missing = flag || name == "client_max_window_bits";
            let valid = if value.is_empty() { may_be_missing } else { bits && is_window_bits(value) };
            if !valid {
                return Err((format!("Received invalid {name} parameter"), INVALID));
            }
            seen.push(name);
        }
        let valueless =
            |parameter: &Parameter| parameter.name == "client_max_window_bits" && parameter.value.is_empty();
        if self.parameters.iter().any(valueless) {
            return Err(("client_max_window_bits must have value".into(), NO_VALUE));
        }
        Ok(())
    }
}

fn is_window_bits(value: &str) -> bool {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    digits && !value.starts_with('0') && number(value.as_bytes()).is_some_and(|bits| (8..=15).contains(&bits))
}
