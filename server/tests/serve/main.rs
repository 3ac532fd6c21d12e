//! The server as its users meet it: the built program, spoken to over plain TCP sockets, byte by byte.
//!
//! No WebSocket library takes part: requests and frames are written out, and answers are compared as bytes. When a test
//! ends, its server must still answer.

mod client;
mod echoing;
mod endings;
mod frames;
mod limiting;
mod misbehaving;
mod opening;
mod pages;
mod recording;
mod running;
mod server;
mod tap;
mod tapping;
mod violations;
