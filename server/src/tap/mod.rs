//! The wire tap: a page sees every byte of one connection of its own browser.
//!
//! A page of ours learns the secret from `/tap.json`, opens `/tap` with it, is told an id, and opens `/echo` under that
//! id. From then on the connection's wire reports here, and the session passes the reports on. No other site's page
//! gets that far: it cannot read the secret, and its `Origin` (or, rebound to our address, its `Host`) gives it away.

mod access;
mod command;
mod record;
mod recording;
mod secret;
mod session;
mod taps;

pub(crate) use access::Authorities;
pub(crate) use command::Command;
pub(crate) use record::{Kind, Record, Report};
pub(crate) use recording::record;
pub(crate) use secret::Secret;
pub(crate) use session::{offer, serve};
pub(crate) use taps::Taps;
