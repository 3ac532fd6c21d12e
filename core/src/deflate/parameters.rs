//! The four parameters, as they stand in an offer or in an answer.

use crate::deflate::{FieldValue, WindowBits};
use crate::handshake::{Extension, ExtensionParameter, HandshakeError, HandshakeViolation as Violation};

/// The extension's name in `Sec-WebSocket-Extensions` (RFC 7692 §7).
pub const NAME: &str = "permessage-deflate";

const SERVER_NO_CONTEXT_TAKEOVER: &str = "server_no_context_takeover";
const CLIENT_NO_CONTEXT_TAKEOVER: &str = "client_no_context_takeover";
const SERVER_MAX_WINDOW_BITS: &str = "server_max_window_bits";
const CLIENT_MAX_WINDOW_BITS: &str = "client_max_window_bits";

/// Bytes of one element of the list with all its parameters.
pub(super) const LONGEST_ELEMENT: usize = NAME.len()
    + "; ".len() * 4
    + "=15".len() * 2
    + SERVER_NO_CONTEXT_TAKEOVER.len()
    + CLIENT_NO_CONTEXT_TAKEOVER.len()
    + SERVER_MAX_WINDOW_BITS.len()
    + CLIENT_MAX_WINDOW_BITS.len();

/// One element of the list: an offer or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parameters {
    pub(super) server_no_context_takeover: bool,
    pub(super) client_no_context_takeover: bool,
    pub(super) server_max_window_bits: Option<WindowBits>,
    pub(super) client_max_window_bits: ClientBits,
}

/// What an element says of `client_max_window_bits`, the one parameter that may come without its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ClientBits {
    /// The parameter is not there.
    #[default]
    Absent,
    /// It has no value: in an offer, that the client will keep to whatever the server answers.
    Any,
    /// It has this value.
    AtMost(WindowBits),
}

impl Parameters {
    /// Reads the parameters of an element.
    ///
    /// # Errors
    /// The first parameter that no element may have; the span is that of the parameter.
    // §7: "A server MUST decline an extension negotiation offer for this extension if any of the following conditions
    // are met:"; among them are a parameter that is not defined, one with an invalid value, and two of the same name.
    // The same makes a client fail the connection when an answer has them.
    pub(super) fn read(extension: &Extension<'_>) -> Result<Self, HandshakeError> {
        let mut read = Self::default();
        for parameter in extension.parameters() {
            read.add(&parameter)?;
        }
        Ok(read)
    }

    /// The same, but every parameter that no element may have is told and passed over.
    pub(super) fn read_all(extension: &Extension<'_>, tell: &mut dyn FnMut(HandshakeError)) -> Self {
        let mut read = Self::default();
        extension.parameters().filter_map(|parameter| read.add(&parameter).err()).for_each(tell);
        read
    }

    fn add(&mut self, parameter: &ExtensionParameter<'_>) -> Result<(), HandshakeError> {
        let value = parameter.value();
        // §7.1.1: neither parameter about context takeover has a value.
        let flag = value.is_none().then_some(true);
        let bits = value.and_then(|value| WindowBits::read(value.chars()));
        let outcome = match parameter.name() {
            SERVER_NO_CONTEXT_TAKEOVER => set(&mut self.server_no_context_takeover, flag),
            CLIENT_NO_CONTEXT_TAKEOVER => set(&mut self.client_no_context_takeover, flag),
            SERVER_MAX_WINDOW_BITS => set(&mut self.server_max_window_bits, bits.map(Some)),
            CLIENT_MAX_WINDOW_BITS if value.is_none() => set(&mut self.client_max_window_bits, Some(ClientBits::Any)),
            CLIENT_MAX_WINDOW_BITS => set(&mut self.client_max_window_bits, bits.map(ClientBits::AtMost)),
            _ => Err(Violation::DeflateParameterUnknown),
        };
        outcome.map_err(|violation| violation.at(parameter.at()))
    }

    /// Appends the element.
    pub(super) fn write(self, out: &mut FieldValue) {
        let (server, client) = (self.server_max_window_bits, self.client_max_window_bits);
        let parameters = [
            (self.server_no_context_takeover, SERVER_NO_CONTEXT_TAKEOVER, None),
            (self.client_no_context_takeover, CLIENT_NO_CONTEXT_TAKEOVER, None),
            (server.is_some(), SERVER_MAX_WINDOW_BITS, server),
            (client != ClientBits::Absent, CLIENT_MAX_WINDOW_BITS, client.limit()),
        ];
        out.put(NAME);
        for (_, name, value) in parameters.into_iter().filter(|&(is_there, ..)| is_there) {
            out.put("; ").put(name);
            if let Some(bits) = value {
                out.put("=").put(bits.as_str());
            }
        }
    }
}

impl ClientBits {
    /// The value, where there is one.
    pub(super) const fn limit(self) -> Option<WindowBits> {
        match self {
            Self::AtMost(bits) => Some(bits),
            Self::Absent | Self::Any => None,
        }
    }
}

/// Sets a parameter that was not set before to a value, where what was read is one.
fn set<T: Default + PartialEq>(parameter: &mut T, value: Option<T>) -> Result<(), Violation> {
    let before = core::mem::replace(parameter, value.ok_or(Violation::DeflateParameterValue)?);
    if before == T::default() { Ok(()) } else { Err(Violation::DeflateParameterDuplicate) }
}
