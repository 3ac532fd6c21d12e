//! What a live server does wrong, from what was sent to it and what came back.
//!
//! Most mistakes of servers show in no recording: that a second client hangs, that a frame in two writes is lost, that a
//! Ping comes back as text. A [`Probe`] is one thing to try; whoever has a network tries it, waits until the answer is
//! what is [`Expected`] or can no longer be, and hands over an [`Observation`]. [`conclude()`] says what mistake made all
//! that came: one that spoils ten answers is one finding.
//!
//! Nothing here sends anything; the program `ws101 doctor URL` does.

mod case;
mod conclude;
mod expected;
mod mistakes;
mod observation;
mod probe;
mod reply;
mod rules;

pub use conclude::{Conclusion, conclude};
pub use expected::{Expected, Likeness, Progress};
pub use observation::{Gone, Observation, Session};
pub use probe::{Family, Probe};
pub use reply::{Message, Reply};
pub use rules::ProbeRule;
