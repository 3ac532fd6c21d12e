//! The opening handshakes that are sent, good ones and bad ones.
//!
//! The core writes only good ones, in one way of writing; here any can be written.

use ws101_core::handshake::Key;

use crate::connect::Target;
use crate::doctor::probe::arguments::ProbeArguments;

/// A request, of which everything can be changed.
#[derive(Debug, Clone)]
pub(super) struct Request {
    method: &'static str,
    resource: String,
    fields: Vec<(String, String)>,
    /// What stands between a colon and its value, and behind the value.
    blanks: (&'static str, &'static str),
    pub(super) key: Key,
}

impl Request {
    /// The request that a client sends which the command line describes.
    pub(super) fn new(target: &Target, arguments: &ProbeArguments, key: Key) -> Self {
        let mut fields = vec![
            ("Host".to_owned(), target.authority.clone()),
            ("Upgrade".to_owned(), "websocket".to_owned()),
            ("Connection".to_owned(), "Upgrade".to_owned()),
            (KEY.to_owned(), key.as_str().to_owned()),
            (VERSION.to_owned(), "13".to_owned()),
        ];
        let mut add = |name: &str, value: Option<&str>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                fields.push((name.to_owned(), value.to_owned()));
            }
        };
        add("Origin", arguments.origin.as_deref());
        add("Sec-WebSocket-Protocol", Some(&arguments.subprotocol.join(", ")));
        for (name, value) in &arguments.header {
            add(name, Some(value));
        }
        let said = |name: &str| arguments.header.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        if !said("User-Agent") {
            add("User-Agent", Some(concat!("ws101/", env!("CARGO_PKG_VERSION"))));
        }
        if !said("Authorization") {
            add("Authorization", target.authorization.as_deref());
        }
        Self { method: "GET", resource: target.resource.clone(), fields, blanks: (" ", ""), key }
    }

    pub(super) const fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    pub(super) const fn blanks(mut self, before: &'static str, behind: &'static str) -> Self {
        self.blanks = (before, behind);
        self
    }

    pub(super) fn lower_case(mut self) -> Self {
        for (name, _) in &mut self.fields {
            name.make_ascii_lowercase();
        }
        self
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }

    /// With this value of a field, where it stands or at the end.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// With this field before all others.
    pub(super) fn first(mut self, name: &str, value: &str) -> Self {
        self.fields.insert(0, (name.to_owned(), value.to_owned()));
        self
    }

    /// With cookies as the last fields but the key, so that the key begins behind this byte.
    pub(super) fn key_behind(mut self, byte: usize) -> Self {
        self = self.without(KEY);
        let end = self.bytes().len();
        self.fill(byte.saturating_sub(end));
        let key = self.key.as_str().to_owned();
        self.fields.push((KEY.to_owned(), key));
        self
    }

    /// With cookies as the last fields, so that it is longer than this.
    pub(super) fn longer_than(mut self, length: usize) -> Self {
        let end = self.bytes().len();
        self.fill(length.saturating_sub(end));
        self
    }

    /// Adds cookies of so many bytes, as other pages of the same host leave them behind; a browser sends all in one field
    /// and none longer than 4,096 bytes.
    fn fill(&mut self, mut length: usize) {
        /// Bytes of a cookie.
        const COOKIE: usize = 1000;
        let mut cookies = Vec::new();
        while length > 0 {
            let size = length.min(COOKIE);
            cookies.push(format!("ws101{}={}", cookies.len(), "c".repeat(size)));
            length -= size;
        }
        let cookies = cookies.join("; ");
        match self.fields.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("Cookie")) {
            Some((_, value)) => *value = format!("{value}; {cookies}"),
            None => self.fields.push(("Cookie".to_owned(), cookies)),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let (before, behind) = self.blanks;
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.resource);
        for (name, value) in &self.fields {
            head.extend([name, ":", before, value, behind, "\r\n"]);
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}

pub(super) const KEY: &str = "Sec-WebSocket-Key";
pub(super) const VERSION: &str = "Sec-WebSocket-Version";
