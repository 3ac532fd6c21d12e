//! A server's connection at rest, after one message went each way.

use std::rc::Rc;

use crate::contestant::{Contestant, Echo};
use crate::peers::CONTESTANTS;
use crate::rows::bytes;
use crate::transport::{Outlet, Transport};
use crate::wire::{Content, Wire};

/// The sizes of the message that went each way, in bytes.
pub const SIZES: [usize; 2] = [16, 32 << 10];

/// The name of a row.
pub fn name(size: usize) -> String {
    format!("memory/idle connection/after {}", bytes(size))
}

/// Who has connections that can be held.
pub fn contestants() -> impl Iterator<Item = (&'static Contestant, Echo)> {
    CONTESTANTS.iter().filter_map(|contestant| Some((contestant, contestant.echo?)))
}

/// The network with one message on it, and where the answer goes.
pub fn network(size: usize) -> (Transport, Outlet) {
    let wire: Rc<[u8]> = Rc::from(Wire::with_messages(Content::Binary, size, 1).bytes());
    let outlet = Outlet::default();
    (Transport::once(&wire, &outlet), outlet)
}

/// Sees that every connection sends back what it received, in one frame that is not masked.
///
/// # Errors
/// Which one does not.
pub fn verify(size: usize) -> Result<(), String> {
    let sent = Wire::with_messages(Content::Binary, size, 1).payloads()[0].clone();
    for (contestant, echo) in contestants() {
        let (transport, outlet) = network(size);
        outlet.keep();
        let connection = echo(transport).map_err(|error| format!("{}: {}: {error}", name(size), contestant.name))?;
        let written = outlet.take();
        let header = written.len().saturating_sub(size);
        if written.get(..1) != Some(&[0x82]) || ![2, 4, 10].contains(&header) || written[header..] != sent {
            return Err(format!("{}: {}: what came back is not what was sent", name(size), contestant.name));
        }
        drop(connection);
    }
    Ok(())
}
