//! Who takes part, and in what.

use std::any::Any;
use std::rc::Rc;

use bytes::Bytes;

use crate::inbox::Inbox;
use crate::transport::{Feed, Outlet, Transport};

/// Reads every message of a feed once, as a server that is in the middle of a connection.
pub type Decode = Box<dyn FnMut(&mut Inbox) -> Result<(), String>>;

/// Writes every message of a load once, as a client that is in the middle of a connection.
pub type Encode = Box<dyn FnMut() -> Result<(), String>>;

/// Opens a server's connection, receives one binary message and sends it back.
pub type Echo = fn(Transport) -> Result<Box<dyn Any>, String>;

/// What a client has to send.
#[derive(Debug, Clone)]
pub struct Load {
    /// The payload of each message.
    pub payload: Bytes,
    /// How many messages a pass has.
    pub messages: usize,
    /// Where the frames go.
    pub outlet: Outlet,
}

/// What a client has to send where permessage-deflate was agreed on.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The payload of each message, which is UTF-8.
    pub payloads: Rc<[Bytes]>,
    /// Where the frames go.
    pub outlet: Outlet,
}

/// A library, or a limit that none can pass, with what it can do. An error is what went wrong, in words.
#[derive(Debug, Clone, Copy)]
pub struct Contestant {
    /// Its name, which for a library is that of its package.
    pub name: &'static str,
    /// What it is beside the others.
    pub standing: Standing,
    /// Reading messages.
    pub decode: Option<fn(&Feed) -> Decode>,
    /// Writing masked binary messages.
    pub encode: Option<fn(&Load) -> Encode>,
    /// Reading compressed text messages.
    pub inflate: Option<fn(&Feed) -> Decode>,
    /// Writing masked and compressed text messages.
    pub compress: Option<fn(&Texts) -> Encode>,
    /// Deriving the value of `Sec-WebSocket-Accept` from that of `Sec-WebSocket-Key`.
    pub accept_key: Option<fn(&str, &Outlet)>,
    /// Reading a request, judging it, and writing the 101 response; a request that is refused is an error.
    pub handshake: Option<fn(Transport) -> Result<(), String>>,
    /// A server's connection at rest.
    pub echo: Option<Echo>,
}

/// What a contestant is beside the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// This project.
    Ours,
    /// Another library.
    Peer,
    /// Less than the whole job: what no library can be faster than by much.
    Limit,
}

impl Contestant {
    /// A contestant that can do nothing yet.
    pub const fn new(name: &'static str, standing: Standing) -> Self {
        Self {
            name,
            standing,
            decode: None,
            encode: None,
            inflate: None,
            compress: None,
            accept_key: None,
            handshake: None,
            echo: None,
        }
    }

    /// The version that was built, from the lockfile; `None` for what is no package.
    pub fn version(&self) -> Option<&'static str> {
        let entry = format!("name = \"{}\"\nversion = \"", self.name);
        let (_, rest) = include_str!("../Cargo.lock").split_once(&entry)?;
        rest.split('"').next()
    }
}

#[cfg(test)]
mod tests {
    use super::Standing;
    use crate::peers::CONTESTANTS;
    use std::collections::HashSet;

    #[test]
    fn every_library_has_a_version() {
        for contestant in CONTESTANTS {
            assert_eq!(contestant.version().is_some(), contestant.standing != Standing::Limit, "{}", contestant.name);
        }
    }

    #[test]
    fn names_are_unique_and_one_of_them_is_ours() {
        let names: HashSet<_> = CONTESTANTS.iter().map(|contestant| contestant.name).collect();
        assert_eq!(names.len(), CONTESTANTS.len());
        assert_eq!(CONTESTANTS.iter().filter(|contestant| contestant.standing == Standing::Ours).count(), 1);
    }
}
