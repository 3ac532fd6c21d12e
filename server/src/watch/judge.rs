//! What an end makes of what crosses towards it, by the rules of the core.

use std::fmt;

use ws101_core::deflate::{Agreement, Options, PermessageDeflate};
use ws101_core::{Answering, Config, Connection, Delivery, Entropy, Event, Limits, Opcode, ProtocolError, Role};

/// Bytes of a message that are kept to be shown.
const SHOWN: usize = 256;

/// Reads what crosses in one direction as the end does that it is for, and answers nothing.
pub(crate) struct Judge {
    receive: Box<Receive>,
}

/// Takes the next bytes, and tells what comes of them.
type Receive = dyn FnMut(&[u8], &mut dyn FnMut(Told));

/// What comes of what crosses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// A message ended.
    Message {
        kind: Opcode,
        /// Bytes of it, after decompression.
        length: u64,
        beginning: Vec<u8>,
    },
    /// A rule was broken; nothing that follows can be read any more.
    Violation(ProtocolError),
}

impl Judge {
    /// As `role` reads it, where this was agreed on about permessage-deflate.
    pub(crate) fn new(role: Role, deflate: Option<Agreement>) -> Self {
        // Nothing is held, however long a message is.
        let limits = Limits { frame: u64::MAX, message: u64::MAX, ..Limits::default() };
        let config = Config {
            limits,
            delivery: Delivery::Parts,
            pongs: Answering::ByCaller,
            closes: Answering::ByCaller,
            ..Config::default()
        };
        match role {
            Role::Server => Self::of(Connection::server(config), role, deflate),
            // Nothing of what it would send leaves it.
            Role::Client => Self::of(Connection::client(config, || [0; 4]), role, deflate),
        }
    }

    pub(crate) fn receive(&mut self, bytes: &[u8], tell: &mut dyn FnMut(Told)) {
        (self.receive)(bytes, tell);
    }

    fn of<E: Entropy + 'static>(mut connection: Connection<E>, role: Role, deflate: Option<Agreement>) -> Self {
        if let Some(agreement) = deflate {
            connection =
                connection.with_extension(Box::new(PermessageDeflate::new(role, agreement, Options::default())));
        }
        let (mut length, mut beginning) = (0, Vec::new());
        let receive = move |bytes: &[u8], tell: &mut dyn FnMut(Told)| {
            let mut copy = bytes.to_vec();
            let mut input = copy.as_mut_slice();
            while let Some(event) = connection.receive(&mut input) {
                match event {
                    Event::Part(part) => {
                        length += part.payload.len() as u64;
                        let room = SHOWN - beginning.len();
                        beginning.extend_from_slice(&part.payload[..part.payload.len().min(room)]);
                        if part.last {
                            let beginning = std::mem::take(&mut beginning);
                            tell(Told::Message { kind: part.opcode, length: std::mem::take(&mut length), beginning });
                        }
                    }
                    Event::Violation(error) => tell(Told::Violation(error)),
                    Event::Text(_) | Event::Binary(_) | Event::Ping(_) | Event::Pong(_) | Event::Close { .. } => {}
                }
            }
        };
        Self { receive: Box::new(receive) }
    }
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Judge, Told};
    use ws101_core::deflate::Agreement;
    use ws101_core::{Opcode, Role, Violation};

    fn told(role: Role, deflate: Option<Agreement>, bytes: &[u8], piece: usize) -> Vec<Told> {
        let (mut judge, mut all) = (Judge::new(role, deflate), Vec::new());
        bytes.chunks(piece).for_each(|piece| judge.receive(piece, &mut |told| all.push(told)));
        all
    }

    #[test]
    fn messages_and_the_first_broken_rule_are_told() {
        let text = [Told::Message { kind: Opcode::Text, length: 5, beginning: b"Hello".to_vec() }];
        let compressed = b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00";
        for piece in 1..=9 {
            assert_eq!(told(Role::Client, None, b"\x01\x02He\x80\x03llo", piece), text);
            assert_eq!(told(Role::Client, Some(Agreement::default()), compressed, piece), text);
            let broken = told(Role::Client, None, b"\x89\x00\x81\x85\x37\xfa\x21\x3d\x7f", piece);
            let [Told::Violation(error)] = broken[..] else { panic!("{broken:?}") };
            assert_eq!((error.violation, error.frame_start), (Violation::MaskedFrame, 2));
            let broken = told(Role::Server, None, b"\x81\x82\0\0\0\0\xc3\x28", piece);
            assert!(matches!(broken[..], [Told::Violation(error)] if error.violation == Violation::InvalidUtf8));
        }
    }
}
