//! The fields that decide a handshake, from one pass over the head.

use crate::Span;
use crate::handshake::judge::{check_origin, text_of};
use crate::handshake::strict::{check_field, check_line, is_authority};
use crate::handshake::{HandshakeError, HandshakeViolation as Violation, OriginPolicy, field};
use crate::head::{FieldLine, Head, Line, Lines, check_extension_list, trim};

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
    /// The first part of an extensions field that breaks its grammar.
    pub(crate) extensions_fault: Option<Span>,
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
    /// Goes once through the head that `bytes` begin with.
    pub(crate) fn scan(bytes: &[u8]) -> Result<(Head<'_>, Self), HandshakeError> {
        let mut found = Self::default();
        let mut lines = Lines::of(bytes);
        let start_line = lines.next().unwrap_or_default();
        check_line(bytes, start_line)?;
        let mut empty_line = Some(start_line).filter(Line::is_empty);
        let mut end = start_line.ending.end;
        while empty_line.is_none()
            && let Some(line) = lines.next()
        {
            if line.is_empty() {
                empty_line = Some(line);
            } else {
                let field = FieldLine::new(bytes, line);
                check_field(bytes, &field)?;
                found.sort(&field);
                end = line.ending.end;
            }
        }
        found.end = Span::new(end, end);
        let Some(empty) = empty_line else { return Err(Violation::HeadIncomplete.at(found.end)) };
        check_line(bytes, empty)?;
        Ok((Head::until(bytes, empty_line), found))
    }

    /// The host, which must be there once.
    pub(crate) fn check_host<'a>(&self, head: Head<'a>) -> Result<&'a str, HandshakeError> {
        judge_host(head, self.one_host()?)
    }

    /// Where its value is.
    pub(super) fn one_host(&self) -> Result<Span, HandshakeError> {
        // §4.2.1 item 2: "A |Host| header field containing the server's authority."
        self.host.once(self.end, Violation::HostMissing, Violation::HostDuplicate)
    }

    /// The origin, if there is one and it may connect.
    pub(crate) fn check_origin<'a>(
        &self,
        head: Head<'a>,
        origins: OriginPolicy<'_>,
    ) -> Result<Option<&'a str>, HandshakeError> {
        self.check_one_origin()?;
        self.judge_origin(head, origins)
    }

    pub(super) fn check_one_origin(&self) -> Result<(), HandshakeError> {
        self.origin.again.map_or(Ok(()), |again| Err(Violation::OriginDuplicate.at(again)))
    }

    pub(super) fn judge_origin<'a>(
        &self,
        head: Head<'a>,
        origins: OriginPolicy<'_>,
    ) -> Result<Option<&'a str>, HandshakeError> {
        let value = self.origin.value;
        let origin = check_origin(value.map(|value| value.of(head.bytes())), origins);
        origin.map_err(|violation| violation.at(value.unwrap_or(self.end)))
    }

    pub(super) fn sort(&mut self, line: &FieldLine<'_>) {
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
            24 if line.is(field::EXTENSIONS) => return self.add_extensions(line),
            14 | 17 => return self.add_body(line),
            _ => return,
        };
        if line.is(name) {
            place.add(line, element);
        }
    }

    fn add_extensions(&mut self, line: &FieldLine<'_>) {
        self.extensions.add(line, None);
        let fault = || check_extension_list(line.value_bytes()).err().map(|part| part.after(line.value.start));
        self.extensions_fault = self.extensions_fault.or_else(fault);
    }

    fn add_body(&mut self, line: &FieldLine<'_>) {
        let length = line.is(field::CONTENT_LENGTH) && line.value_bytes() != b"0";
        if length || line.is(field::TRANSFER_ENCODING) {
            self.body = Some(line.line.content);
        }
    }
}

pub(super) fn judge_host(head: Head<'_>, host: Span) -> Result<&str, HandshakeError> {
    text_of(host.of(head.bytes()), is_authority).ok_or(Violation::HostInvalid.at(host))
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
