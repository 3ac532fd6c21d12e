//! ws101: the playground's page, an echo, and a tap on the wire, on one port.
//!
//! Every connection is one task that reads heads ([`connection`]). A head for `/echo` or `/tap` is answered by
//! `ws101-core`, and its frames are driven through a core connection ([`websocket`]); any other is replayed into hyper
//! ([`page`]). All bytes of a connection pass through its [`wire`], which a tap may record.

mod args;
mod assets;
mod connection;
mod echo;
mod handshake;
mod limits;
mod listener;
mod page;
mod plain;
mod route;
mod server;
mod shutdown;
mod tap;
mod websocket;
mod wire;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command, ServeArguments};

fn main() -> ExitCode {
    let Arguments { command: Command::Serve(serve) } = Arguments::parse();
    if !serve.quiet {
        tracing_subscriber::fmt()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .init();
    }
    match run(&serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("ws101: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &ServeArguments) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the runtime cannot be started: {error}"))?;
    let result = runtime.block_on(listener::serve(arguments));
    // Connections that outlasted the bounded wait are cut off here.
    runtime.shutdown_background();
    result
}
