//! Servers that misbehave, one way each, and what browsers were measured to do with them.
//!
//! A [`Case`] says what a server does from its first byte to the end of the TCP connection. The server of this project
//! plays it (`/misbehave/<id>`), and a test makes a [`Recording`](crate::Recording) of it. The cases stand in
//! `doctor/cases/*.toml`, for people to edit; what the browsers did stands in `doctor/cases/measured`, which
//! `cargo xtask browsers --write` rewrites.
//!
//! ```
//! use ws101_doctor::cases;
//!
//! let case = cases::find("accept-in-lower-case").unwrap();
//! let response = case.response("dGhlIHNhbXBsZSBub25jZQ==");
//! assert!(response.ends_with(b"\r\nSec-WebSocket-Accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n\r\n"));
//! let chromium = case.measured.chromium.as_ref().unwrap();
//! assert_eq!(chromium.events, ["error", "close code=1006 clean=false reason=\"\""]);
//! ```

mod case;
mod data;
mod measured;
mod notation;
mod pieces;
mod template;
mod variations;

use std::sync::OnceLock;

pub use case::{Act, Case, Clause, ClientAction, OnClose, Stance, Theme};
pub use measured::{Browser, Measured, Measurements, Observed, Sent};

/// The cases that are described, theme by theme: at least one for each rule.
///
/// # Panics
/// Never: the data is part of the program, and a test reads all of it.
#[must_use]
pub fn all() -> &'static [Case] {
    static ALL: OnceLock<Vec<Case>> = OnceLock::new();
    ALL.get_or_init(|| data::read().expect("the data of the cases was read in the tests"))
}

/// Many more bytes of the same kinds, of which nothing is said but what browsers did: they are there to hold rules to.
///
/// # Panics
/// Never: the data is part of the program, and a test reads all of it.
#[must_use]
pub fn variations() -> &'static [Case] {
    static ALL: OnceLock<Vec<Case>> = OnceLock::new();
    ALL.get_or_init(|| variations::read().expect("the data of the variations was read in the tests"))
}

/// The case or the variation of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Case> {
    all().iter().chain(variations()).find(|case| case.id == id)
}

/// The ids that look most like this one, the likeliest first; those of its theme where it is a theme's name.
#[must_use]
pub fn near(id: &str) -> Vec<&'static str> {
    let mut scored: Vec<(usize, &str)> = all()
        .iter()
        .chain(variations())
        .map(|case| (likeness(id, case), case.id.as_str()))
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, id)| id).take(NEAREST).collect()
}

const NEAREST: usize = 8;

/// How many of the words of `id` stand in the case's, or begin one of them.
fn likeness(id: &str, case: &Case) -> usize {
    let id = id.to_ascii_lowercase();
    let words = id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let of_case = |word: &str| {
        case.id
            .split(['-', '.'])
            .map(|part| if part == word { 3 } else { usize::from(shares_beginning(part, word)) })
            .max()
    };
    let score: usize = words.map(|word| of_case(word).unwrap_or(0)).sum();
    score * 2 + usize::from(case.theme.name == id)
}

/// Whether two words begin with the same three letters, or one of them with the other.
fn shares_beginning(a: &str, b: &str) -> bool {
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    common >= 3 || common == a.len() || common == b.len()
}
