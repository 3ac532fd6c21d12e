//! The contestants: ours, the peers in alphabetical order, the limits. Each has a file of its own that drives it as its
//! documentation says.

mod fastwebsockets;
pub(crate) mod limits;
mod nexus_web;
mod ours;
mod sockudo_ws;
mod soketto;
mod tokio_websockets;
mod tungstenite;
mod websocket_codec;
mod websocketz;
mod ws_tool;
mod wtx;
mod yawc;

use std::fmt::Debug;

use crate::contestant::Contestant;

/// All of them, in the order of the report's tables.
pub const CONTESTANTS: &[Contestant] = &[
    ours::CONTESTANT,
    fastwebsockets::CONTESTANT,
    nexus_web::CONTESTANT,
    sockudo_ws::CONTESTANT,
    soketto::CONTESTANT,
    tokio_websockets::CONTESTANT,
    tungstenite::CONTESTANT,
    websocket_codec::CONTESTANT,
    websocketz::CONTESTANT,
    ws_tool::CONTESTANT,
    wtx::CONTESTANT,
    yawc::CONTESTANT,
    limits::COPY,
    limits::LOOP,
    limits::PARTS,
];

/// The longest message that a contestant is told to take, in bytes, where it can be told.
const MESSAGE_LIMIT: usize = 16 << 20;

/// Room for the head of a request, in bytes, where a contestant leaves the buffer to its caller.
const HEAD: usize = 1024;

/// An error of a contestant, in words.
fn fault(error: impl Debug) -> String {
    format!("{error:?}")
}

/// What was not a message.
fn unexpected<T>(what: impl Debug) -> Result<T, String> {
    Err(format!("instead of a message came {what:?}"))
}
