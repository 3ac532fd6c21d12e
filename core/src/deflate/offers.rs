//! The client's side: what it offers, and whether the answer keeps to it.

use crate::deflate::parameters::{ClientBits, NAME, Parameters};
use crate::deflate::{Agreement, FieldValue, WindowBits};
use crate::handshake::{Extension, Extensions, HandshakeError, HandshakeViolation as Violation};

/// How many offers a request makes at most.
pub(super) const MAX_OFFERS: usize = 4;

/// One offer of permessage-deflate (RFC 7692 §7.1).
///
/// A new one has no parameter: the server may do as it likes with its own window, and not limit the client's.
///
/// ```
/// use ws101_core::deflate::{Offer, Offers, WindowBits};
/// let offer = Offer::new().server_max_window_bits(WindowBits::new(10).unwrap()).client_max_window_bits(None);
/// let text = Offers::new([offer]).field_value();
/// assert_eq!(text.as_str(), "permessage-deflate; server_max_window_bits=10; client_max_window_bits");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offer {
    parameters: Parameters,
}

impl Offer {
    /// An offer without parameters.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The server must begin each of its messages with an empty window (§7.1.1.1), so that this end keeps none between
    /// messages.
    #[must_use]
    pub const fn server_no_context_takeover(mut self) -> Self {
        self.parameters.server_no_context_takeover = true;
        self
    }

    /// This end will begin each of its messages with an empty window, whatever the server answers (§7.1.1.2).
    #[must_use]
    pub const fn client_no_context_takeover(mut self) -> Self {
        self.parameters.client_no_context_takeover = true;
        self
    }

    /// The server's window must be this large at most (§7.1.2.1).
    #[must_use]
    pub const fn server_max_window_bits(mut self, bits: WindowBits) -> Self {
        self.parameters.server_max_window_bits = Some(bits);
        self
    }

    /// The server may limit this end's window (§7.1.2.2); with a value, this end uses no larger one whatever the server
    /// answers.
    #[must_use]
    pub const fn client_max_window_bits(mut self, bits: Option<WindowBits>) -> Self {
        self.parameters.client_max_window_bits = match bits {
            None => ClientBits::Any,
            Some(bits) => ClientBits::AtMost(bits),
        };
        self
    }

    /// The offer that an element of a request's list makes.
    ///
    /// # Errors
    /// The first parameter that no offer may have: a server declines such an offer (§7).
    pub fn read(element: &Extension<'_>) -> Result<Self, HandshakeError> {
        Parameters::read(element).map(|parameters| Self { parameters })
    }

    /// What an answer that accepts this offer makes hold, or the rule that keeps it from being such an answer.
    fn accepted_by(self, answer: Parameters) -> Result<Agreement, Violation> {
        let offered = self.parameters;
        self.check_server_takeover(answer)?;
        self.check_server_bits(answer)?;
        self.check_client_bits(answer)?;
        let client = answer.client_max_window_bits.limit();
        // §7.1.1.2, §7.1.2.2: what the offer says of the client's own side holds even if the answer passes it over.
        Ok(Agreement {
            server_no_context_takeover: answer.server_no_context_takeover,
            client_no_context_takeover: answer.client_no_context_takeover || offered.client_no_context_takeover,
            server_max_window_bits: answer.server_max_window_bits.unwrap_or_default(),
            client_max_window_bits: client.or(offered.client_max_window_bits.limit()).unwrap_or_default(),
        })
    }

    /// Every rule that keeps an answer from accepting this offer.
    fn broken_by(self, answer: Parameters) -> impl Iterator<Item = Violation> {
        let outcomes =
            [self.check_server_takeover(answer), self.check_server_bits(answer), self.check_client_bits(answer)];
        outcomes.into_iter().filter_map(Result::err)
    }

    fn check_server_takeover(self, answer: Parameters) -> Result<(), Violation> {
        // §7.1.1.1: a server accepts the parameter by including it in its answer.
        let granted = answer.server_no_context_takeover || !self.parameters.server_no_context_takeover;
        if granted { Ok(()) } else { Err(Violation::DeflateServerTakeover) }
    }

    fn check_server_bits(self, answer: Parameters) -> Result<(), Violation> {
        // §7.1.2.1: "A server accepts an extension negotiation offer with this parameter by including the
        // "server_max_window_bits" extension parameter in the extension negotiation response to send back to the
        // client with the same or smaller value as the offer."
        let (offered, answered) = (self.parameters.server_max_window_bits, answer.server_max_window_bits);
        let over = offered.is_some_and(|most| answered.is_none_or(|bits| bits > most));
        if over { Err(Violation::DeflateServerBits) } else { Ok(()) }
    }

    fn check_client_bits(self, answer: Parameters) -> Result<(), Violation> {
        let answered = answer.client_max_window_bits.limit();
        match self.parameters.client_max_window_bits {
            // §7.1.2.2: "If a received extension negotiation offer doesn't have the "client_max_window_bits"
            // extension parameter, the corresponding extension negotiation response to the offer MUST NOT include the
            // "client_max_window_bits" extension parameter."
            ClientBits::Absent if answered.is_some() => Err(Violation::DeflateClientBitsNotOffered),
            // §7.1.2.2: the answer's value is equal to or smaller than the offer's.
            ClientBits::AtMost(most) if answered.is_some_and(|bits| bits > most) => Err(Violation::DeflateClientBits),
            _ => Ok(()),
        }
    }
}

/// What a client offers: one to four offers, the preferred one first (RFC 7692 §5), and the judge of the answer.
///
/// ```
/// use ws101_core::deflate::{Offer, Offers, WindowBits};
/// use ws101_core::handshake::{ClientRequest, Key};
///
/// // A small window for what the server sends; where it cannot do that, any.
/// let small = Offer::new().server_max_window_bits(WindowBits::new(10).unwrap());
/// let offers = Offers::new([small, Offer::new()]);
/// let text = offers.field_value();
/// assert_eq!(text.as_str(), "permessage-deflate; server_max_window_bits=10, permessage-deflate");
///
/// let request = ClientRequest::new("example.com", "/", Key::from_nonce(*b"the sample nonce")).extensions(text.as_str());
/// let answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
///     Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\
///     Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n\r\n";
/// let response = request.verify_response(answer)?;
/// let agreement = offers.judge(response.extensions())?.expect("the server took one of them");
/// assert_eq!(agreement.server_max_window_bits.size(), 512);
/// # Ok::<(), ws101_core::handshake::HandshakeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offers {
    offers: [Offer; MAX_OFFERS],
    count: usize,
}

impl Offers {
    /// The offers, the preferred one first. There must be one to four; other numbers do not compile.
    #[must_use]
    pub fn new<const N: usize>(offers: [Offer; N]) -> Self {
        const { assert!(N >= 1 && N <= MAX_OFFERS, "one to four offers") };
        let mut all = [Offer::new(); MAX_OFFERS];
        all[..N].copy_from_slice(&offers);
        Self { offers: all, count: N }
    }

    /// The same for offers whose number is known only while the program runs; `None` unless there are one to four.
    ///
    /// ```
    /// use ws101_core::deflate::{Offer, Offers};
    /// assert_eq!(Offers::collect([Offer::new()].into_iter()), Some(Offers::new([Offer::new()])));
    /// assert_eq!(Offers::collect([].into_iter()), None);
    /// ```
    pub fn collect(offers: impl Iterator<Item = Offer>) -> Option<Self> {
        let mut all = Self { offers: [Offer::new(); MAX_OFFERS], count: 0 };
        for offer in offers {
            *all.offers.get_mut(all.count)? = offer;
            all.count += 1;
        }
        (all.count > 0).then_some(all)
    }

    /// The field's value, for [`ClientRequest::extensions`](crate::handshake::ClientRequest::extensions).
    #[must_use]
    pub fn field_value(&self) -> FieldValue {
        let mut value = FieldValue::new();
        for (place, offer) in self.as_slice().iter().enumerate() {
            value.put(if place == 0 { "" } else { ", " });
            offer.parameters.write(&mut value);
        }
        value
    }

    /// Judges the extensions of a response; `None` when the server declined. Other extensions are passed over.
    ///
    /// # Errors
    /// The rule that the answer breaks, and the bytes of the head that it is about. An answer must fit one of the
    /// offers. Where it fits none, it is told what keeps it from fitting the last one, which usually asks for least.
    pub fn judge(&self, answer: Extensions<'_>) -> Result<Option<Agreement>, HandshakeError> {
        let mut answers = answer.filter(|extension| extension.name() == NAME);
        let Some(first) = answers.next() else { return Ok(None) };
        if let Some(second) = answers.next() {
            return Err(Violation::DeflateDuplicate.at(second.at()));
        }
        let answer = Parameters::read(&first)?;
        check_client_bits_have_value(answer).map_err(|violation| violation.at(first.at()))?;
        let accepted = self.as_slice().iter().map(|offer| offer.accepted_by(answer));
        let agreed = accepted.reduce(|agreed, next| match (agreed, next) {
            // Which offer was meant is not said: what any of those says of the client's own side is kept to.
            (Ok(one), Ok(other)) => Ok(Agreement {
                client_no_context_takeover: one.client_no_context_takeover || other.client_no_context_takeover,
                client_max_window_bits: one.client_max_window_bits.min(other.client_max_window_bits),
                ..one
            }),
            (Ok(agreement), Err(_)) => Ok(agreement),
            (Err(_), next) => next,
        });
        agreed.transpose().map_err(|violation| violation.at(first.at()))
    }

    fn as_slice(&self) -> &[Offer] {
        &self.offers[..self.count]
    }
}

/// Tells every rule that the answer of a server breaks; without the offers of the request, those that no answer may
/// break. Where it fits none of the offers, it is told what keeps it from fitting the last one.
pub(crate) fn problems(
    offers: Option<Extensions<'_>>,
    mut answer: Extensions<'_>,
    tell: &mut dyn FnMut(HandshakeError),
) {
    let Some(first) = answer.find(|extension| extension.name() == NAME) else { return };
    answer.filter(|again| again.name() == NAME).for_each(|again| tell(Violation::DeflateDuplicate.at(again.at())));
    let mut readable = true;
    let answer = Parameters::read_all(&first, &mut |error| {
        readable = false;
        tell(error);
    });
    if let Err(violation) = check_client_bits_have_value(answer) {
        readable = false;
        tell(violation.at(first.at()));
    }
    let offers = offers.filter(|_| readable).into_iter().flatten().filter(|offer| offer.name() == NAME);
    let mut last = None;
    for offer in offers.filter_map(|offer| Offer::read(&offer).ok()) {
        if offer.broken_by(answer).next().is_none() {
            return;
        }
        last = Some(offer);
    }
    let broken = last.into_iter().flat_map(|offer| offer.broken_by(answer));
    broken.for_each(|violation| tell(violation.at(first.at())));
}

/// §7.1.2.2: only in an offer may it come without a value.
fn check_client_bits_have_value(answer: Parameters) -> Result<(), Violation> {
    if answer.client_max_window_bits == ClientBits::Any { Err(Violation::DeflateParameterValue) } else { Ok(()) }
}
