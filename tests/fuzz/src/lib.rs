//! What must hold of `ws101-core` on any bytes: one module for each fuzz target, with one function `check` that panics
//! where it does not hold.
//!
//! The targets in `fuzz_targets` call these functions with what libFuzzer makes up; `tests/replay.rs` calls them with the
//! seeds and the findings that are committed, without libFuzzer.

mod announced;
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

/// A fuzz target: its name and what it checks.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name of the binary, of the folder of its seeds and of that of its findings.
    pub name: &'static str,
    /// Panics where an input shows that something does not hold.
    pub check: fn(&[u8]),
}

/// Every target.
pub const TARGETS: [Target; 7] = [
    Target { name: "feeding", check: feeding::check },
    Target { name: "encoding", check: encoding::check },
    Target { name: "deflate", check: deflate::check },
    Target { name: "compressed", check: compressed::check },
    Target { name: "heads", check: heads::check },
    Target { name: "tungstenite", check: tungstenite::check },
    Target { name: "masking_utf8", check: masking_utf8::check },
];
