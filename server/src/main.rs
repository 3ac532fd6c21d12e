//! ws101: the WebSocket protocol on the command line. `serve` is the playground, its page, an echo, and a tap on the
//! wire, on one port; [`connect`] talks to any server; `tap` ([`relay`]) sits between an app and its server; [`doctor`]
//! says why a connection fails; [`decode`] says what recorded bytes mean; [`accept`] answers a key.
//!
//! Every connection to `serve` is one task that reads heads ([`connection`]). A head for `/echo` or `/tap` is answered by
//! `ws101-core`, and its frames are driven through a core connection ([`websocket`]); one for `/misbehave/…` is answered
//! wrongly on purpose ([`misbehave`]); any other is replayed into hyper ([`page`]). All bytes of a connection pass through its [`wire`], which a tap may record. A connection that `connect`
//! opens is driven by the same code over another [`transport`].

mod accept;
mod args;
mod assets;
mod completions;
mod connect;
mod connection;
mod decode;
mod doctor;
mod echo;
mod failure;
mod finding;
mod handshake;
mod limits;
mod listener;
mod misbehave;
mod output;
mod page;
mod plain;
mod preview;
mod relay;
mod route;
mod server;
mod shutdown;
mod tap;
mod transport;
mod watch;
mod websocket;
mod wire;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tokio::runtime::Builder;

use args::{Arguments, Command, ServeArguments};
use failure::Failure;

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Serve(arguments) => serve(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Connect(arguments) => connect::run(&arguments),
        Command::Decode(arguments) => decode::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Tap(arguments) => relay::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Accept(arguments) => accept::run(&arguments).map(|()| ExitCode::SUCCESS),
        Command::Completions(arguments) => completions::run(&arguments).map(|()| ExitCode::SUCCESS),
    };
    result.unwrap_or_else(|failure| {
        output::note(&failure);
        failure.code()
    })
}

fn serve(arguments: &ServeArguments) -> Result<(), Failure> {
    if !arguments.quiet {
        tracing_subscriber::fmt()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .init();
    }
    run(Builder::new_multi_thread(), listener::serve(arguments))?.map_err(Failure::from)
}

/// Runs a future to its end, and no task any longer.
fn run<F: Future>(mut runtime: Builder, future: F) -> Result<F::Output, Failure> {
    let runtime = runtime.enable_all().build().map_err(|error| format!("the runtime cannot be started: {error}"))?;
    let result = runtime.block_on(future);
    // Connections that outlasted the bounded wait are cut off here.
    runtime.shutdown_background();
    Ok(result)
}
