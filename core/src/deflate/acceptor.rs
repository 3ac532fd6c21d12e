//! The server's side: which offer it takes, and how it answers.

use crate::deflate::parameters::{ClientBits, NAME, Parameters};
use crate::deflate::{Agreement, FieldValue, WindowBits};
use crate::handshake::Extensions;

/// What a server wants of permessage-deflate. A new one wants nothing: it takes the first offer that is valid.
///
/// ```
/// use ws101_core::deflate::Acceptor;
/// use ws101_core::handshake::{OriginPolicy, UpgradeRequest};
/// # let head = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
/// # Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
/// # Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10, permessage-deflate\r\n\r\n";
/// // Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10, permessage-deflate
/// let request = UpgradeRequest::verify(head, OriginPolicy::Any)?;
/// let accepted = Acceptor::new().server_no_context_takeover().accept(request.extensions());
/// let answer = accepted.as_ref().map_or("", |accepted| accepted.answer());
/// assert_eq!(answer, "permessage-deflate; server_no_context_takeover; server_max_window_bits=10");
///
/// let mut out = [0; 512];
/// let length = request.response().extensions(answer).write(&mut out).expect("512 bytes are enough");
/// assert!(out[..length].ends_with(b"; server_max_window_bits=10\r\n\r\n"));
/// # Ok::<(), ws101_core::handshake::HandshakeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Acceptor {
    server_no_context_takeover: bool,
    client_no_context_takeover: bool,
    server_max_window_bits: WindowBits,
    client_max_window_bits: WindowBits,
}

/// The answer to an offer that was taken, and what then holds.
#[derive(Debug, Clone, Copy)]
pub struct Accepted {
    agreement: Agreement,
    answer: FieldValue,
}

impl Acceptor {
    /// Takes any valid offer as it is.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// This end begins each message with an empty window, asked or not (§7.1.1.1): nothing of it needs to be kept
    /// between messages.
    #[must_use]
    pub const fn server_no_context_takeover(mut self) -> Self {
        self.server_no_context_takeover = true;
        self
    }

    /// The client must begin each message with an empty window (§7.1.1.2). Every client can: no offer is needed for it.
    #[must_use]
    pub const fn client_no_context_takeover(mut self) -> Self {
        self.client_no_context_takeover = true;
        self
    }

    /// This end's window is this large at most; smaller where the offer asks for it (§7.1.2.1).
    #[must_use]
    pub const fn server_max_window_bits(mut self, bits: WindowBits) -> Self {
        self.server_max_window_bits = bits;
        self
    }

    /// The client's window must be this large at most, where the offer says that the client can do it; else it is not to
    /// be asked for, and the agreement has 15 bits (§7.1.2.2).
    #[must_use]
    pub const fn client_max_window_bits(mut self, bits: WindowBits) -> Self {
        self.client_max_window_bits = bits;
        self
    }

    /// Takes the first offer of the list that is valid; `None` when there is none. Other extensions, and offers with a
    /// parameter that is unknown, given twice or of an invalid value, are declined by not being answered (§7).
    pub fn accept(&self, offers: Extensions<'_>) -> Option<Accepted> {
        let mut offers = offers.filter(|extension| extension.name() == NAME);
        offers.find_map(|offer| Parameters::read(&offer).ok()).map(|offer| self.take(offer))
    }

    fn take(self, offer: Parameters) -> Accepted {
        let server = offer.server_max_window_bits.unwrap_or_default().min(self.server_max_window_bits);
        let client = match offer.client_max_window_bits {
            ClientBits::Absent => WindowBits::MAX,
            ClientBits::Any => self.client_max_window_bits,
            ClientBits::AtMost(bits) => bits.min(self.client_max_window_bits),
        };
        let answer = Parameters {
            // §7.1.1.1: "A server MAY include the "server_no_context_takeover" extension parameter in an extension
            // negotiation response even if the extension negotiation offer being accepted by the extension negotiation
            // response didn't include the "server_no_context_takeover" extension parameter."
            server_no_context_takeover: offer.server_no_context_takeover || self.server_no_context_takeover,
            client_no_context_takeover: offer.client_no_context_takeover || self.client_no_context_takeover,
            // §7.1.2.1: an offer that has it is accepted by an answer that has it; else it may be left out where it
            // says nothing.
            server_max_window_bits: (offer.server_max_window_bits.is_some() || server < WindowBits::MAX)
                .then_some(server),
            client_max_window_bits: if client < WindowBits::MAX {
                ClientBits::AtMost(client)
            } else {
                ClientBits::Absent
            },
        };
        let mut text = FieldValue::new();
        answer.write(&mut text);
        let agreement = Agreement {
            server_no_context_takeover: answer.server_no_context_takeover,
            client_no_context_takeover: answer.client_no_context_takeover,
            server_max_window_bits: server,
            client_max_window_bits: client,
        };
        Accepted { agreement, answer: text }
    }
}

impl Accepted {
    /// What now holds.
    #[must_use]
    pub const fn agreement(&self) -> Agreement {
        self.agreement
    }

    /// The field's value, for [`SwitchingProtocols::extensions`](crate::handshake::SwitchingProtocols::extensions).
    #[must_use]
    pub fn answer(&self) -> &str {
        self.answer.as_str()
    }
}
