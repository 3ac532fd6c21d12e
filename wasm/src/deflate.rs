//! permessage-deflate (RFC 7692): its negotiation, and connections whose messages are compressed.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::deflate::{
    Acceptor, Agreement, IdleMemory, Level, NAME, Offer, Offers, Options, PermessageDeflate, WindowBits,
};
use ws101_core::handshake::{BuildError, Extension, Extensions, HandshakeViolation};
use ws101_core::{Coding, EncodeError, MessageExtension, Opcode, Place, Rsv, Violation};

use crate::connection::Connection;
use crate::exchange::{self, OK, Results};
use crate::handshake::Texts;
use crate::table::Table;

/// Bits of what is offered, wanted and agreed on.
const SERVER_NO_CONTEXT_TAKEOVER: u8 = 1;
const CLIENT_NO_CONTEXT_TAKEOVER: u8 = 2;
/// Bits of what this end decides for itself, beside those.
const NO_CONTEXT_TAKEOVER: u8 = 4;
const IDLE_MEMORY_FREED: u8 = 8;

/// Stands for the client's window bits in an offer that lets the server choose them.
const ANY: u8 = 1;

/// In: three bytes for each of one to four offers: flags (1 and 2 where the server and the client are to take over no
/// context), the server's window bits, the client's (0 for none, 1 for any). Out: the field's value; nothing for another
/// number of offers.
#[wasm_bindgen]
pub fn offer_deflate() {
    let mut exchange = exchange::lend();
    let (input, results) = exchange.begin();
    if let Some(offers) = Offers::collect(input.as_chunks().0.iter().map(|&parameters| offer(parameters))) {
        results.output.extend_from_slice(offers.field_value().as_str().as_bytes());
    }
}

/// In: the extensions of a request, as the field's value. The arguments say what is wanted, as for an offer. Out: the
/// answer's value as text, and the words of the agreement; nothing where no offer can be taken.
#[wasm_bindgen]
pub fn accept_deflate(flags: u8, server: u8, client: u8) -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let Ok(offers) = Extensions::read(input) else {
        return results.refused(BuildError::Extensions.number());
    };
    if let Some(accepted) = acceptor(flags, server, client).accept(offers) {
        results.text(accepted.answer().as_bytes());
        leave(&mut results, accepted.agreement());
    }
    OK
}

/// In, as texts: the extensions that were offered, and those of the response, both as the field's value. Out: the words of
/// the agreement; nothing where the server declined.
#[wasm_bindgen]
pub fn agree_deflate() -> u32 {
    let mut exchange = exchange::lend();
    let (input, mut results) = exchange.begin();
    let mut texts = Texts(input);
    let mut next = || Extensions::read(texts.bytes().unwrap_or_default());
    let (Ok(offered), Ok(answered)) = (next(), next()) else {
        return results.refused(BuildError::Extensions.number());
    };
    // As for a server, what has an invalid parameter is no offer.
    let offers = named(offered).filter_map(|offer| Offer::read(&offer).ok());
    let judged = match Offers::collect(offers) {
        Some(offers) => offers.judge(answered).map_err(|error| error.violation),
        None if named(answered).next().is_none() => Ok(None),
        None => Err(HandshakeViolation::ExtensionNotOffered),
    };
    match judged {
        Ok(agreement) => {
            if let Some(agreement) = agreement {
                leave(&mut results, agreement);
            }
            OK
        }
        Err(violation) => results.refused(violation.number()),
    }
}

#[wasm_bindgen]
impl Table {
    /// A connection as [`connection`](Self::connection) makes it, whose messages are compressed as was agreed on: `agreed`
    /// are flags as for an offer, with 4 where this end takes over no context of its own even so, and 8 where memory is
    /// freed between messages. The level is 0 to 9; messages of fewer bytes than the threshold are sent as they are.
    #[expect(clippy::too_many_arguments, reason = "numbers are what crosses")]
    pub fn deflating_connection(
        &self,
        role: u32,
        flags: u32,
        agreed: u8,
        server: u8,
        client: u8,
        level: u8,
        threshold: usize,
    ) -> Connection {
        let agreement = Agreement {
            server_no_context_takeover: agreed & SERVER_NO_CONTEXT_TAKEOVER != 0,
            client_no_context_takeover: agreed & CLIENT_NO_CONTEXT_TAKEOVER != 0,
            server_max_window_bits: WindowBits::new(server).unwrap_or_default(),
            client_max_window_bits: WindowBits::new(client).unwrap_or_default(),
        };
        let options = Options {
            level: Level::new(level).unwrap_or_default(),
            threshold,
            no_context_takeover: agreed & NO_CONTEXT_TAKEOVER != 0,
            idle_memory: if agreed & IDLE_MEMORY_FREED == 0 { IdleMemory::Kept } else { IdleMemory::Freed },
        };
        let codec = PermessageDeflate::new(crate::table::role(role), agreement, options);
        self.connection(role, flags).extended(Box::new(Wordless(codec)))
    }
}

/// Those that are permessage-deflate.
fn named(extensions: Extensions<'_>) -> impl Iterator<Item = Extension<'_>> {
    extensions.filter(|extension| extension.name() == NAME)
}

fn offer([flags, server, client]: [u8; 3]) -> Offer {
    let mut offer = Offer::new();
    if flags & SERVER_NO_CONTEXT_TAKEOVER != 0 {
        offer = offer.server_no_context_takeover();
    }
    if flags & CLIENT_NO_CONTEXT_TAKEOVER != 0 {
        offer = offer.client_no_context_takeover();
    }
    if let Some(bits) = WindowBits::new(server) {
        offer = offer.server_max_window_bits(bits);
    }
    match WindowBits::new(client) {
        None if client != ANY => offer,
        bits => offer.client_max_window_bits(bits),
    }
}

fn acceptor(flags: u8, server: u8, client: u8) -> Acceptor {
    let mut acceptor = Acceptor::new()
        .server_max_window_bits(WindowBits::new(server).unwrap_or_default())
        .client_max_window_bits(WindowBits::new(client).unwrap_or_default());
    if flags & SERVER_NO_CONTEXT_TAKEOVER != 0 {
        acceptor = acceptor.server_no_context_takeover();
    }
    if flags & CLIENT_NO_CONTEXT_TAKEOVER != 0 {
        acceptor = acceptor.client_no_context_takeover();
    }
    acceptor
}

/// An agreement as words: the flags, the server's window bits, the client's.
fn leave(results: &mut Results<'_>, agreement: Agreement) {
    let server = if agreement.server_no_context_takeover { SERVER_NO_CONTEXT_TAKEOVER } else { 0 };
    let client = if agreement.client_no_context_takeover { CLIENT_NO_CONTEXT_TAKEOVER } else { 0 };
    let (server_bits, client_bits) = (agreement.server_max_window_bits.bits(), agreement.client_max_window_bits.bits());
    results.words.extend([server | client, server_bits, client_bits].map(u32::from));
}

/// The codec without a description of itself, which would bring `core::fmt` into the module.
struct Wordless(PermessageDeflate);

impl fmt::Debug for Wordless {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl MessageExtension for Wordless {
    fn rsv(&self) -> Rsv {
        self.0.rsv()
    }

    fn begin_decode(&mut self, rsv: Rsv) -> Result<Coding, Violation> {
        self.0.begin_decode(rsv)
    }

    fn decode(&mut self, input: &mut &[u8], place: Place, out: &mut [u8]) -> Result<usize, Violation> {
        self.0.decode(input, place, out)
    }

    fn begin_encode(&mut self, opcode: Opcode, length: Option<usize>) -> (Rsv, Coding) {
        self.0.begin_encode(opcode, length)
    }

    fn encode(&mut self, input: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.0.encode(input, place, out)
    }
}
