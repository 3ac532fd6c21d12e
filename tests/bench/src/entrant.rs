//! A contestant in one row: verified, judged, and ready to be timed.

use std::time::{Duration, Instant};

use crate::contestant::{Contestant, Standing};
use crate::peers::CONTESTANTS;

/// Does the row's work once and says how long it took.
pub type Pass = Box<dyn FnMut() -> Result<Duration, String>>;

/// A contestant in one row.
pub struct Entrant {
    /// Who.
    pub contestant: &'static Contestant,
    /// What is timed.
    pub pass: Pass,
    /// What it leaves out.
    pub omission: Option<Omission>,
}

/// What a contestant leaves out in a row, as was seen when it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// In words that follow its name.
    pub words: String,
    /// Whether what is left is not the same job.
    pub another_job: bool,
}

/// The entrants of a row: those contestants for whom `make` gives something. An error names the contestant; that ours
/// leaves something out is one.
pub(crate) fn enter(
    make: impl Fn(&'static Contestant) -> Option<Result<(Pass, Option<Omission>), String>>,
) -> Result<Vec<Entrant>, String> {
    let mut entrants = Vec::new();
    for contestant in CONTESTANTS {
        let Some(made) = make(contestant) else { continue };
        let (pass, omission) = made.map_err(|error| format!("{}: {error}", contestant.name))?;
        if let (Standing::Ours, Some(omission)) = (contestant.standing, &omission) {
            return Err(format!("{} {}", contestant.name, omission.words));
        }
        entrants.push(Entrant { contestant, pass, omission });
    }
    Ok(entrants)
}

/// Times `work`.
pub(crate) fn timed(work: impl FnOnce() -> Result<(), String>) -> Result<Duration, String> {
    let begin = Instant::now();
    work()?;
    Ok(begin.elapsed())
}
