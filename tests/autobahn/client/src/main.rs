//! The client that the Autobahn testsuite examines. It walks through the cases of the suite's server and sends back
//! what comes.
//!
//! `ws101-autobahn-client HOST:PORT AGENT`, where AGENT is the name under which the suite reports. `cargo xtask
//! autobahn --role client` runs it.

mod session;

use std::process::ExitCode;

use anyhow::{Context, Result};
use ws101_core::Event;

use crate::session::Session;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [authority, agent] = arguments.as_slice() else {
        eprintln!("usage: ws101-autobahn-client HOST:PORT AGENT");
        return ExitCode::FAILURE;
    };
    match walk(authority, agent) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every case that the suite's server has, and has it write its reports.
fn walk(authority: &str, agent: &str) -> Result<()> {
    let count = case_count(authority).context("the suite did not say how many cases it has")?;
    for case in 1..=count {
        // Many cases end with a connection that breaks: the suite's verdict counts, not ours.
        if let Err(error) = run_case(authority, agent, case) {
            println!("case {case}: {error:#}");
        }
    }
    let updating = Session::open(authority, &format!("/updateReports?agent={agent}"))?;
    updating.run(|_, _| Ok(())).context("the suite did not write its reports")
}

fn case_count(authority: &str) -> Result<usize> {
    let mut count = None;
    Session::open(authority, "/getCaseCount")?.run(|event, _| {
        if let Event::Text(text) = event {
            count = Some(text.parse().with_context(|| format!("`{text}` is no number"))?);
        }
        Ok(())
    })?;
    count.context("it closed the connection without a message")
}

/// An echo, until the suite closes the connection.
fn run_case(authority: &str, agent: &str, case: usize) -> Result<()> {
    Session::open(authority, &format!("/runCase?case={case}&agent={agent}"))?.run(|event, connection| {
        match event {
            Event::Text(text) => connection.send_text(&text)?,
            Event::Binary(bytes) => connection.send_binary(&bytes)?,
            Event::Violation(error) => println!("case {case}: {error}"),
            // Messages come whole, and pings and Closes are answered by the connection itself.
            Event::Part(_) | Event::Ping(_) | Event::Pong(_) | Event::Close { .. } => {}
        }
        Ok(())
    })
}
