//! The fields that decide a handshake, from one pass over the head.

use crate::Span;
use crate::handshake::judge::{check_origin, text_of};
use crate::handshake::strict::{check_field, check_line_ending, is_authority};
use crate::handshake::{HandshakeError, HandshakeViolation as Violation, OriginPolicy, field};
use crate::head::{FieldLine, Head, trim};

/// Where the fields are that either side's rules are about; the grammar of every line was checked on the way.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) host: Place,
    pub(crate) origin: Place,
    pub(crate) upgrade: Place,
    pub(crate) connection: Place,
    pub(crate) key: Place,
    pub(crate) accept: Place,
    pub(crate) version: Place,
    pub(crate) protocol: Place,
    pub(crate) extensions: Place,
    /// A field that announces a body.
    pub(crate) body: Option<Span>,
    /// Where a field that is missing would stand: before the empty line.
    pub(crate) end: Span,
}

/// Where a field is, and whether it is there again.
#[derive(Default)]
pub(crate) struct Place {
    /// The value of the first.
    pub(crate) value: Option<Span>,
    /// The line of the second.
    pub(crate) again: Option<Span>,
    /// Of a list, whether one of its elements is the one that was looked for.
    pub(crate) named: bool,
}

impl Found {
    /// Goes through the head once.
    pub(crate) fn scan(head: Head<'_>) -> Result<Self, HandshakeError> {
        let mut found = Self::default();
        let start_line = head.start_line();
        check_line_ending(head.bytes(), start_line)?;
        let mut end = start_line.ending.end;
        for line in head.fields() {
            check_field(head.bytes(), &line)?;
            found.sort(&line);
            end = line.line.ending.end;
        }
        found.end = Span::new(end, end);
        match head.empty_line() {
            Some(empty) => check_line_ending(head.bytes(), empty).map(|()| found),
            None => Err(Violation::HeadIncomplete.at(found.end)),
        }
    }

    /// The host, which must be there once.
    pub(crate) fn check_host<'a>(&self, head: Head<'a>) -> Result<&'a str, HandshakeError> {
        // §4.2.1 item 2: "A |Host| header field containing the server's authority."
        let host = self.host.once(self.end, Violation::HostMissing, Violation::HostDuplicate)?;
        text_of(host.of(head.bytes()), is_authority).ok_or(Violation::HostInvalid.at(host))
    }

    /// The origin, if there is one and it may connect.
    pub(crate) fn check_origin<'a>(
        &self,
        head: Head<'a>,
        origins: OriginPolicy<'_>,
    ) -> Result<Option<&'a str>, HandshakeError> {
        if let Some(again) = self.origin.again {
            return Err(Violation::OriginDuplicate.at(again));
        }
        let value = self.origin.value;
        let origin = check_origin(value.map(|value| value.of(head.bytes())), origins);
        origin.map_err(|violation| violation.at(value.unwrap_or(self.end)))
    }

    fn sort(&mut self, line: &FieldLine<'_>) {
        // The length decides first: most fields of a browser's request are none of these.
        let (place, name, element) = match line.name.len() {
            4 => (&mut self.host, field::HOST, None),
            6 => (&mut self.origin, field::ORIGIN, None),
            7 => (&mut self.upgrade, field::UPGRADE, Some("websocket")),
            10 => (&mut self.connection, field::CONNECTION, Some("upgrade")),
            17 if !line.is(field::TRANSFER_ENCODING) => (&mut self.key, field::KEY, None),
            20 => (&mut self.accept, field::ACCEPT, None),
            21 => (&mut self.version, field::VERSION, None),
            22 => (&mut self.protocol, field::PROTOCOL, None),
            24 => (&mut self.extensions, field::EXTENSIONS, None),
            14 | 17 => return self.add_body(line),
            _ => return,
        };
        if line.is(name) {
            place.add(line, element);
        }
    }

    fn add_body(&mut self, line: &FieldLine<'_>) {
        let length = line.is(field::CONTENT_LENGTH) && line.value_bytes() != b"0";
        if length || line.is(field::TRANSFER_ENCODING) {
            self.body = Some(line.line.content);
        }
    }
}

impl Place {
    /// The value, of a field that must be there once.
    pub(crate) fn once(&self, end: Span, missing: Violation, duplicate: Violation) -> Result<Span, HandshakeError> {
        match (self.value, self.again) {
            (None, _) => Err(missing.at(end)),
            (Some(_), Some(again)) => Err(duplicate.at(again)),
            (Some(value), None) => Ok(value),
        }
    }

    /// Whether the list is there and names what it must.
    pub(crate) fn names(&self, end: Span, missing: Violation, without: Violation) -> Result<(), HandshakeError> {
        match self.value {
            None => Err(missing.at(end)),
            Some(value) if !self.named => Err(without.at(value)),
            Some(_) => Ok(()),
        }
    }

    fn add(&mut self, line: &FieldLine<'_>, element: Option<&str>) {
        match self.value {
            None => self.value = Some(line.value),
            Some(_) => self.again = self.again.or(Some(line.line.content)),
        }
        if let Some(element) = element {
            let mut elements = line.value_bytes().split(|&byte| byte == b',');
            self.named |= elements.any(|one| trim(one).eq_ignore_ascii_case(element.as_bytes()));
        }
    }
}
