//! Reading the variations, from the files in `doctor/cases/variations`: many bytes, a line each, and no words about them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cases::case::{Case, Theme};
use crate::cases::data::{Entry, Measured};

/// The files, in the order in which the variations are listed.
const FILES: [(Theme, &str); 11] = [
    (Theme { name: "head", title: "The head" }, include_str!("../../cases/variations/head.toml")),
    (Theme { name: "status-line", title: "The status line" }, include_str!("../../cases/variations/status-line.toml")),
    (Theme { name: "status", title: "Status codes" }, include_str!("../../cases/variations/status.toml")),
    (Theme { name: "upgrade", title: "Upgrade" }, include_str!("../../cases/variations/upgrade.toml")),
    (Theme { name: "connection", title: "Connection" }, include_str!("../../cases/variations/connection.toml")),
    (Theme { name: "accept", title: "Sec-WebSocket-Accept" }, include_str!("../../cases/variations/accept.toml")),
    (Theme { name: "subprotocol", title: "Subprotocols" }, include_str!("../../cases/variations/subprotocol.toml")),
    (Theme { name: "extensions", title: "Extensions" }, include_str!("../../cases/variations/extensions.toml")),
    (Theme { name: "frames", title: "Frames and Closes" }, include_str!("../../cases/variations/frames.toml")),
    (Theme { name: "deflate", title: "Compressed messages" }, include_str!("../../cases/variations/deflate.toml")),
    (Theme { name: "end", title: "Ends of the TCP connection" }, include_str!("../../cases/variations/end.toml")),
];

/// A line: the frames behind the right response, or the fields of a case.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Frames(String),
    Case(Box<Entry>),
}

/// All variations, or what is wrong with the files. An id is the file's name, a point, and the name of the line.
pub(super) fn read() -> Result<Vec<Case>, String> {
    let mut measured = Measured::read();
    let mut cases = Vec::new();
    for (theme, text) in FILES {
        let lines: BTreeMap<String, Line> =
            toml::from_str(text).map_err(|error| format!("variations/{}.toml: {error}", theme.name))?;
        let words: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once(" = ")).collect();
        for (name, line) in lines {
            let id = format!("{}.{name}", theme.name);
            let title = words.get(name.as_str()).copied().unwrap_or_default().to_owned();
            let observed = measured.take(&id);
            let entry = match line {
                Line::Frames(frames) => Entry::of_frames(frames),
                Line::Case(entry) => *entry,
            };
            let case = entry.case(id, theme, title, observed);
            cases.push(case.map_err(|error| format!("variations/{}.toml, {name}: {error}", theme.name))?);
        }
    }
    Ok(cases)
}
