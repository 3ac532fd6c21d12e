//! What must hold of `ws101-core` on any bytes: one module for each fuzz target, with one function `check` that panics
//! where it does not hold.
//!
//! The targets in `fuzz_targets` call these functions with what libFuzzer makes up; `tests/replay.rs` calls them with the
//! seeds and the findings that are committed, without libFuzzer.

pub mod compressed;
pub mod deflate;
pub mod encoding;
pub mod feeding;
pub mod heads;
pub mod masking_utf8;
pub mod python;
mod seeds;
mod setup;
mod stream;
mod told;
pub mod tungstenite;

pub use seeds::seeds;

/// Every target: its name and what it checks.
pub const TARGETS: [(&str, fn(&[u8])); 7] = [
    ("feeding", feeding::check),
    ("encoding", encoding::check),
    ("deflate", deflate::check),
    ("compressed", compressed::check),
    ("heads", heads::check),
    ("tungstenite", tungstenite::check),
    ("masking_utf8", masking_utf8::check),
];
