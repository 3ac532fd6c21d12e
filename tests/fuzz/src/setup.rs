//! How a connection is made and how bytes come to it, from the first bytes of an input.

use arbitrary::Unstructured;
use ws101_core::deflate::{Agreement, Options, PermessageDeflate, WindowBits};
use ws101_core::{Answering, Config, Connection, Delivery, Entropy, Limits, Role};

/// Bytes of an input that are its setup; what follows is its stream. An input that is shorter has zeros for the rest.
pub(crate) const LENGTH: usize = 6;

/// Limits that are drawn from: around the lengths at which a header changes its form, and what nothing reaches.
const LIMITS: [u64; 16] = [1 << 24, 0, 1, 2, 7, 64, 125, 126, 127, 1000, 4096, 16_384, 65_535, 65_536, 65_537, 1 << 20];

/// Pieces of the setup's own lengths; a thousand more would take time and show nothing new.
const PIECES: usize = 400;

/// How a connection is made and fed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup {
    flags: u8,
    agreement: Option<Agreement>,
    limits: u8,
    pieces: [u8; 4],
}

/// One bit each of the first byte.
pub(crate) mod flag {
    pub(crate) const CLIENT: u8 = 1;
    pub(crate) const PARTS: u8 = 2;
    pub(crate) const MESSAGE_BUFFER: u8 = 4;
    pub(crate) const CALLER_PONGS: u8 = 8;
    pub(crate) const CALLER_CLOSES: u8 = 16;
    /// The stream is the bytes as they are, and not made of what they say.
    pub(crate) const RAW: u8 = 32;
    pub(crate) const SHORT_QUEUE: u8 = 64;
}

impl Setup {
    /// A setup without an extension.
    pub(crate) fn read(u: &mut Unstructured<'_>) -> Self {
        let mut bytes = [0; LENGTH];
        // Never an error: where the input is too short there are zeros.
        let _ = u.fill_buffer(&mut bytes);
        let [flags, limits, pieces @ ..] = bytes;
        Self { flags, agreement: None, limits, pieces }
    }

    /// The same with permessage-deflate.
    pub(crate) const fn compressed(self, agreement: Agreement) -> Self {
        Self { agreement: Some(agreement), ..self }
    }

    pub(crate) const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The end that reads.
    pub(crate) const fn role(&self) -> Role {
        if self.has(flag::CLIENT) { Role::Client } else { Role::Server }
    }

    /// What was agreed on of permessage-deflate, if it was.
    pub(crate) const fn agreement(&self) -> Option<Agreement> {
        self.agreement
    }

    pub(crate) fn config(&self) -> Config {
        let answering = |flag| if self.has(flag) { Answering::ByCaller } else { Answering::Automatic };
        Config {
            limits: Limits {
                message: LIMITS[usize::from(self.limits & 15)],
                frame: LIMITS[usize::from(self.limits >> 4)],
                outgoing: if self.has(flag::SHORT_QUEUE) { 64 } else { 1 << 20 },
            },
            delivery: if self.has(flag::PARTS) { Delivery::Parts } else { Delivery::Messages },
            pongs: answering(flag::CALLER_PONGS),
            closes: answering(flag::CALLER_CLOSES),
            ..Config::default()
        }
    }

    /// The bytes in the pieces that the setup says, over and over; of a long stream most comes in larger ones.
    pub(crate) fn pieces<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut rest = bytes;
        let lengths = self.pieces.into_iter().cycle().map(|length| match length {
            0 => 1,
            0xff => 5000,
            length => length.into(),
        });
        let mut lengths = lengths.take(PIECES).chain(std::iter::repeat(4099));
        std::iter::from_fn(move || {
            let length = lengths.next()?;
            let piece;
            (piece, rest) = rest.split_at(rest.len().min(length));
            (!piece.is_empty()).then_some(piece)
        })
    }
}

/// An agreement from eight bits: two of context takeover, three of each window.
pub(crate) fn agreement(bits: u8) -> Agreement {
    let window = |bits: u8| WindowBits::new(8 + bits % 8).unwrap_or_default();
    Agreement {
        server_no_context_takeover: bits & 1 != 0,
        client_no_context_takeover: bits & 2 != 0,
        server_max_window_bits: window(bits >> 2),
        client_max_window_bits: window(bits >> 5),
    }
}

/// Keys that differ from frame to frame and are the same in every run.
pub(crate) fn keys() -> impl FnMut() -> [u8; 4] {
    let mut count = 0_u32;
    move || {
        count = count.wrapping_add(1);
        count.wrapping_mul(0x9e37_79b9).to_be_bytes()
    }
}

/// The other end.
pub(crate) const fn other(role: Role) -> Role {
    match role {
        Role::Client => Role::Server,
        Role::Server => Role::Client,
    }
}

/// What compresses at the end that is `role`, whatever is how short.
pub(crate) fn codec(role: Role, agreement: Agreement) -> PermessageDeflate {
    PermessageDeflate::new(role, agreement, Options { threshold: 0, ..Options::default() })
}

/// The connection with what was agreed on.
pub(crate) fn extended<E: Entropy>(connection: Connection<E>, agreement: Option<Agreement>) -> Connection<E> {
    match agreement {
        Some(agreement) => {
            let codec = codec(connection.role(), agreement);
            connection.with_extension(Box::new(codec))
        }
        None => connection,
    }
}
