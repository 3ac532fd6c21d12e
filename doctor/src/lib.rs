//! Why a WebSocket connection fails: which rules are broken, at which bytes, whose fault it is, what each browser does
//! with it, and what to do.
//!
//! A [`Recording`] holds the bytes of one connection, as far as somebody has them. [`diagnose`] judges all of them with
//! the rules of [`ws101_core`] and does not stop at the first that is broken, and says what Chromium and Firefox do with
//! the same bytes. Where there are no bytes but only what a browser, a library or a proxy wrote into its log,
//! [`explain_message`] says what produces that line; [`recognise_code`] finds the lines of a server's code, or a page's, that
//! are known to break connections.
//!
//! What was recorded in a file, by `ws101 tap` or by what else people have, is read by `file` (feature `file`).
//!
//! Nothing here reads or writes anything, and no input makes it panic.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod accept;
mod browser;
#[cfg(feature = "cases")]
pub mod cases;
mod cause;
mod code;
mod diagnosis;
#[cfg(feature = "file")]
pub mod file;
mod finding;
mod judge;
mod message;
mod order;
mod recording;
mod rules;
mod table;

pub mod probing;

pub use browser::{Browsers, CloseEvent, CloseSent, Verdict};
pub use cause::Cause;
pub use code::{CodeFinding, code_causes, recognise_code};
pub use diagnosis::{Diagnosis, Heads, diagnose};
pub use finding::{Fault, Finding, Part, Place, Severity};
pub use message::{Explanation, explain_message, explained_causes};
pub use recording::{End, Ended, Moment, Recording, Streams, What};
pub use rules::{DoctorRule, ListedRule, rules};

/// The example of the README runs with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
