//! A client's extended CONNECT as the server reads it (RFC 8441 §4, §5).

use crate::handshake::extended_connect::list::{Listed, elements, fill, scan, values};
use crate::handshake::extended_connect::{
    BrokenRule, ConnectError, ConnectResponse, ConnectViolation as Violation, FieldPair, field,
};
use crate::handshake::judge::{check_origin, check_subprotocols, check_version, select_subprotocol, text_of};
use crate::handshake::strict::{is_authority, is_path};
use crate::handshake::{Extension, Extensions, HandshakeViolation, OriginPolicy};
use crate::head::check_extension_list;

/// The scheme of the target URI (RFC 8441 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `http`, which a `ws` URL becomes.
    Http,
    /// `https`, which a `wss` URL becomes.
    Https,
}

impl Scheme {
    /// The scheme as it is written: `http` or `https`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> &'static str {
        match self {
            Self::Http => "80",
            Self::Https => "443",
        }
    }
}

/// A request that asks for a WebSocket connection on a stream and breaks no rule of RFC 8441, of HTTP/2's and HTTP/3's
/// fields, and of those that RFC 6455 §4.2.1 leaves.
///
/// ```
/// use ws101_core::handshake::OriginPolicy;
/// use ws101_core::handshake::extended_connect::{ConnectRefusal, ConnectRequest, ConnectViolation};
///
/// let get = [(":method", "GET"), (":scheme", "https"), (":path", "/"), (":authority", "example.com")];
/// let error = ConnectRequest::verify(&get, OriginPolicy::Any).unwrap_err();
/// assert_eq!((error.violation, error.field), (ConnectViolation::MethodNotConnect.into(), Some(0)));
/// assert!(ConnectRefusal::of(error.violation).pairs().any(|pair| pair == (":status", "405")));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ConnectRequest<'a, I> {
    fields: I,
    scheme: Scheme,
    path: &'a str,
    authority: &'a str,
    origin: Option<&'a str>,
}

/// Where the fields are that the rules are about.
#[derive(Default)]
struct Found<'a> {
    method: Option<Listed<'a>>,
    protocol: Option<Listed<'a>>,
    scheme: Option<Listed<'a>>,
    path: Option<Listed<'a>>,
    authority: Option<Listed<'a>>,
    host: Option<Listed<'a>>,
    origin: Option<Listed<'a>>,
    version: Option<Listed<'a>>,
    /// A field that announces a body.
    body: Option<Listed<'a>>,
}

impl<'a, I> ConnectRequest<'a, I>
where
    I: Iterator<Item: FieldPair<'a>> + Clone,
{
    /// Judges the fields of a request, in the order in which they came: a slice of pairs, or any iterator over names
    /// and values that can be cloned.
    ///
    /// `Sec-WebSocket-Key` and `Sec-WebSocket-Accept` are passed over, as RFC 8441 §5 says. A `Host` field may be there
    /// and must then name what `:authority` names; letters are compared without regard to case, and the scheme's own
    /// port may be written or not.
    ///
    /// # Errors
    /// The first rule that the fields break: first those of every field and of pseudo-header fields, in the order of the
    /// list, then RFC 8441's, then §4.2.1's in the order of its items, the origin's among them.
    pub fn verify<F>(fields: F, origins: OriginPolicy<'_>) -> Result<Self, ConnectError>
    where
        F: IntoIterator<IntoIter = I, Item = I::Item>,
    {
        let fields = fields.into_iter();
        let found = Found::scan(fields.clone())?;
        found.check_method()?;
        found.check_protocol()?;
        let scheme = found.check_scheme()?;
        let path = found.path.ok_or(ConnectError::missing(Violation::PathMissing))?;
        let path = text_of(path.value, is_path).ok_or(path.broke(Violation::PathInvalid))?;
        let authority = found.check_authority(scheme)?;

        // RFC 8441 §5: "The Origin [RFC6454], Sec-WebSocket-Version, Sec-WebSocket-Protocol, and
        // Sec-WebSocket-Extensions header fields are used in the CONNECT request and response-header fields as defined
        // in [RFC6455]."
        let version = found.version.ok_or(ConnectError::missing(HandshakeViolation::VersionMissing))?;
        check_version(version.value).map_err(|violation| version.broke(violation))?;
        let origin = check_origin(found.origin.map(|origin| origin.value), origins).map_err(|violation| {
            ConnectError { violation: violation.into(), field: found.origin.map(|origin| origin.index) }
        })?;
        check_subprotocol_fields(fields.clone())?;
        for offer in values(fields.clone(), field::EXTENSIONS) {
            let broke = |_| offer.broke(HandshakeViolation::RequestExtensions);
            check_extension_list(offer.value).map_err(broke)?;
        }
        match found.body {
            Some(body) => Err(body.broke(HandshakeViolation::RequestBody)),
            None => Ok(Self { fields, scheme, path, authority, origin }),
        }
    }

    /// The scheme: `https` for a `wss` URL.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The path with its query.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The authority: `name` or `name:port`.
    #[must_use]
    pub fn authority(&self) -> &'a str {
        self.authority
    }

    /// The `Origin` field, which browsers always send (§10.2).
    #[must_use]
    pub fn origin(&self) -> Option<&'a str> {
        self.origin
    }

    /// The subprotocols that the client offers, in its order of preference.
    pub fn subprotocols(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a, I> {
        elements(self.fields.clone(), field::SUBPROTOCOL).filter_map(|(_, name)| core::str::from_utf8(name).ok())
    }

    /// The first subprotocol of the client's list that is in `supported` (§4.2.2, /subprotocol/); names are compared
    /// letter for letter.
    #[must_use]
    pub fn select_subprotocol(&self, supported: &[&str]) -> Option<&'a str> {
        select_subprotocol(self.subprotocols(), supported)
    }

    /// The extensions that the client offers, in its order of preference.
    pub fn extensions(&self) -> impl Iterator<Item = Extension<'a>> + Clone + use<'a, I> {
        values(self.fields.clone(), field::EXTENSIONS).flat_map(|offer| Extensions::of_value(offer.value))
    }

    /// All the fields, for what else is of interest (cookies, say).
    #[must_use]
    pub fn fields(&self) -> I {
        self.fields.clone()
    }

    /// The response that takes the connection, without subprotocol and extension until they are added.
    #[must_use]
    pub fn response(&self) -> ConnectResponse<'a, I> {
        ConnectResponse::answering(self)
    }
}

impl<'a> Found<'a> {
    fn scan<P: FieldPair<'a>>(fields: impl Iterator<Item = P>) -> Result<Self, ConnectError> {
        let mut found = Self::default();
        scan(fields, |name, listed| found.sort(name, listed))?;
        Ok(found)
    }

    fn sort(&mut self, name: &'a [u8], listed: Listed<'a>) -> Result<(), ConnectError> {
        // RFC 9113 §8.3: "The same pseudo-header field name MUST NOT appear more than once in a field block."
        let twice = BrokenRule::ExtendedConnect(Violation::PseudoHeaderDuplicate);
        let (slot, duplicate) = match core::str::from_utf8(name).unwrap_or_default() {
            field::METHOD => (&mut self.method, twice),
            field::PROTOCOL => (&mut self.protocol, twice),
            field::SCHEME => (&mut self.scheme, twice),
            field::PATH => (&mut self.path, twice),
            field::AUTHORITY => (&mut self.authority, twice),
            field::HOST => (&mut self.host, HandshakeViolation::HostDuplicate.into()),
            field::ORIGIN => (&mut self.origin, HandshakeViolation::OriginDuplicate.into()),
            field::VERSION => (&mut self.version, HandshakeViolation::VersionDuplicate.into()),
            field::CONTENT_LENGTH if listed.value != b"0" => {
                self.body = Some(listed);
                return Ok(());
            }
            other if other.starts_with(':') => return Err(listed.broke(Violation::PseudoHeaderUnknown)),
            _ => return Ok(()),
        };
        fill(slot, listed, duplicate)
    }

    fn check_method(&self) -> Result<(), ConnectError> {
        let method = self.method.ok_or(ConnectError::missing(Violation::MethodMissing))?;
        // RFC 8441 §5: "This request replaces the GET-based request in [RFC6455]"
        if method.value == b"CONNECT" { Ok(()) } else { Err(method.broke(Violation::MethodNotConnect)) }
    }

    fn check_protocol(&self) -> Result<(), ConnectError> {
        // RFC 8441 §5: "The :protocol pseudo-header field MUST be included in the CONNECT request, and it MUST have a
        // value of "websocket" to initiate a WebSocket connection on an HTTP/2 stream."
        let protocol = self.protocol.ok_or(ConnectError::missing(Violation::ProtocolMissing))?;
        if protocol.value == b"websocket" { Ok(()) } else { Err(protocol.broke(Violation::ProtocolNotWebsocket)) }
    }

    fn check_scheme(&self) -> Result<Scheme, ConnectError> {
        // RFC 8441 §4: "On requests that contain the :protocol pseudo-header field, the :scheme and :path pseudo-header
        // fields of the target URI (see Section 5) MUST also be included."
        let scheme = self.scheme.ok_or(ConnectError::missing(Violation::SchemeMissing))?;
        let known = [Scheme::Http, Scheme::Https];
        let known = known.into_iter().find(|known| scheme.value.eq_ignore_ascii_case(known.as_str().as_bytes()));
        known.ok_or(scheme.broke(Violation::SchemeInvalid))
    }

    fn check_authority(&self, scheme: Scheme) -> Result<&'a str, ConnectError> {
        // RFC 8441 §5: "The Host information is conveyed as part of the :authority pseudo-header field, which is required
        // on every HTTP/2 transaction."
        let authority = self.authority.ok_or(ConnectError::missing(Violation::AuthorityMissing))?;
        let text = text_of(authority.value, is_authority).ok_or(authority.broke(Violation::AuthorityInvalid))?;
        let Some(host) = self.host else { return Ok(text) };
        let named = text_of(host.value, is_authority).ok_or(host.broke(HandshakeViolation::HostInvalid))?;
        // RFC 9113 §8.3.1: "A server SHOULD treat a request as malformed if it contains a Host header field that
        // identifies an entity that differs from the entity in the ":authority" pseudo-header field."
        let same = without_default_port(named, scheme).eq_ignore_ascii_case(without_default_port(text, scheme));
        if same { Ok(text) } else { Err(host.broke(Violation::HostDiffers)) }
    }
}

/// RFC 3986 §6.2.3: no port, an empty one and the scheme's own are the same.
fn without_default_port(authority: &str, scheme: Scheme) -> &str {
    let bare = authority.strip_suffix(scheme.default_port()).unwrap_or(authority);
    bare.strip_suffix(':').unwrap_or(authority)
}

fn check_subprotocol_fields<'a>(fields: impl Iterator<Item: FieldPair<'a>> + Clone) -> Result<(), ConnectError> {
    let offers = elements(fields.clone(), field::SUBPROTOCOL);
    let count = check_subprotocols(&offers).map_err(|(violation, index)| ConnectError::at(violation, index))?;
    // A field that is there but names nothing breaks 1#token (§11.3.4).
    match values(fields, field::SUBPROTOCOL).next() {
        Some(empty) if count == 0 => Err(empty.broke(HandshakeViolation::RequestProtocol)),
        _ => Ok(()),
    }
}
