//! The commands as their users meet them: the built program, its streams and its exit status.
//!
//! What it connects to is either the program's own server or a peer whose bytes are written out by hand.

mod accept;
mod closing;
mod completions;
mod decode;
mod deflate;
mod doctor;
mod examples;
mod handshake;
mod input;
mod output;
mod peer;
mod probing;
mod program;
mod recording;
mod tap;
mod tls;
mod violations;
