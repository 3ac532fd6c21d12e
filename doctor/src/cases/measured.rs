//! What browsers did, as it was measured.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CloseEvent, CloseSent, Verdict};

/// A browser that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the browser's name")]
pub enum Browser {
    Chromium,
    Firefox,
}

/// What each browser did with one case; `None` where it was not measured yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each is the browser's name")]
pub struct Observed {
    pub chromium: Option<Measured>,
    pub firefox: Option<Measured>,
}

impl Observed {
    /// What this browser did.
    #[must_use]
    pub const fn by(&self, browser: Browser) -> Option<&Measured> {
        match browser {
            Browser::Chromium => self.chromium.as_ref(),
            Browser::Firefox => self.firefox.as_ref(),
        }
    }
}

/// What a browser did with one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Measured {
    /// What the page's script was told, in order, in the form of [`Verdict::events`].
    pub events: Vec<String>,
    /// What the console said: in Chromium the text behind `failed: `, in Firefox the sentence with `{url}` for the
    /// address; `None` where it said nothing.
    pub message: Option<String>,
    /// The Close frame that the browser sent.
    pub close_sent: Option<Sent>,
}

/// A Close frame that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The status code; `None` where it had no body.
    pub code: Option<u16>,
    /// The reason, empty where it had none.
    pub reason: String,
}

/// All that was measured in one browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurements {
    /// The browser's name.
    pub browser: String,
    /// Its version.
    pub version: String,
    /// The day, as in `2026-11-21`.
    pub date: String,
    /// What it did, by the cases' ids.
    pub cases: BTreeMap<String, Measured>,
}

impl Browser {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// What was measured in it when this was built.
    ///
    /// # Panics
    /// Never: the data is part of the program, and a test reads all of it.
    #[must_use]
    pub fn measurements(self) -> Measurements {
        let text = match self {
            Self::Chromium => include_str!("../../cases/measured/chromium.json"),
            Self::Firefox => include_str!("../../cases/measured/firefox.json"),
        };
        serde_json::from_str(text).expect("the measured data was read in the tests")
    }
}

impl Measured {
    /// The same as a [`Verdict`] on a connection to `url`, which names no rule.
    #[must_use]
    pub fn verdict(&self, url: &str) -> Verdict {
        Verdict {
            opens: self.events.iter().any(|event| event.starts_with("open ")),
            message: self.message.as_ref().map(|message| message.replace("{url}", url)),
            events: self.events.clone(),
            close_event: self.events.iter().find_map(|event| close_event(event)),
            close_sent: self.close_sent.clone().map(|Sent { code, reason }| CloseSent { code, reason }),
            rule: "",
        }
    }
}

/// `close code=1000 clean=true reason="bye"`.
fn close_event(event: &str) -> Option<CloseEvent> {
    let (code, rest) = event.strip_prefix("close code=")?.split_once(" clean=")?;
    let (clean, reason) = rest.split_once(" reason=")?;
    let was_clean = clean.parse().ok()?;
    Some(CloseEvent { code: code.parse().ok()?, was_clean, reason: serde_json::from_str(reason).ok()? })
}
