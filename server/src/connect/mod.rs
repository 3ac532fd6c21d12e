//! `ws101 connect`: a WebSocket client for the terminal, pipes and programs.

mod arguments;
mod client;
mod command;
mod dial;
mod input;
mod opening;
mod report;
mod status;
mod stream;
mod target;
mod tls;

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Builder;
use tokio::time::timeout;
use ws101_core::deflate::{Options, PermessageDeflate};
use ws101_core::{Connection, Role, State};

use crate::failure::Failure;
use crate::limits;
use crate::shutdown::Shutdown;
use crate::websocket::{self, Cause, Ending};
pub(crate) use arguments::{ConnectArguments, TlsArguments, field, origin, subprotocol};
use client::{Client, Seen, Settings};
pub(crate) use dial::{dial, place};
use opening::Opened;
use report::{Party, Report};
use status::Status;
use stream::Shown;
pub(crate) use stream::Stream;
pub(crate) use target::{Security, Target};
pub(crate) use tls::Tls;

pub(crate) fn run(arguments: &ConnectArguments) -> Result<ExitCode, Failure> {
    let report = Report::new(&arguments.output);
    let result = crate::run(Builder::new_current_thread(), talk(arguments, &report))?;
    let (status, code) = match &result {
        Ok(status) => (Some(*status), status.code()),
        Err(failure) => {
            report.error(&failure.message);
            (None, failure.status)
        }
    };
    report.end(status, code)?;
    result.map(|_| ExitCode::from(code))
}

/// Opens a connection and drives it to its end.
async fn talk(arguments: &ConnectArguments, report: &Report) -> Result<Status, Failure> {
    let ConnectArguments { url: target, request, input, tls, limits, .. } = arguments;
    let tls = match target.security {
        Security::Plain => None,
        Security::Tls => Some(Tls::new(tls).map_err(Failure::usage)?),
    };
    if arguments.tls.insecure && tls.is_some() {
        report.remark("insecure: the server's certificate is not looked at");
    }
    let opening = timeout(limits.connect_timeout, opening::open(target, tls.as_ref(), request, report));
    let opened = opening.await.map_err(|_| Failure {
        message: format!("{} did not open within {:?}", place(target), limits.connect_timeout),
        status: Status::NotConnected.code(),
    })??;
    report.open(&target.url, &opened);
    let shutdown = Shutdown::at_signal()?;

    let Opened { stream, rest, deflate, .. } = opened;
    report.crossed(Party::Server, &rest);
    let predictable = AtomicBool::new(false);
    let mut connection = Connection::client(limits::connection(limits.max_message), || {
        let mut key = [0; 4];
        if getrandom::fill(&mut key).is_err() {
            predictable.store(true, Ordering::Relaxed);
        }
        key
    });
    if let Some(agreement) = deflate {
        let codec = PermessageDeflate::new(Role::Client, agreement, Options::default());
        connection = connection.with_extension(Box::new(codec));
    }
    let terminal = io::stdin().is_terminal();
    if terminal {
        report.remark("each line that you type is sent; /help lists the commands, Ctrl-D closes");
    }
    let mut seen = Seen::default();
    let client = Client {
        report,
        seen: &mut seen,
        settings: Settings {
            kind: input.kind(),
            slash: input.slash(terminal),
            wait: input.wait(terminal),
            count: input.count,
            idle: limits.idle_timeout,
            patience: limits.close_timeout,
        },
        input: Some(input::read(input.portion(), limits.max_message)),
        deadline: None,
        messages: 0,
    };
    let shown = Shown { stream, report, predictable: &predictable };
    let ending = websocket::drive(shown, rest, connection, client, limits.close_timeout, shutdown).await;
    Ok(judge(&ending, &seen, report))
}

fn judge(ending: &Ending, seen: &Seen, report: &Report) -> Status {
    match ending.state {
        State::Failed => Status::Violation,
        State::Closed if seen.closed_for_cause() => Status::ClosedForCause,
        // Whoever types has seen it, and could try again.
        State::Closed if report.complained() && !io::stdin().is_terminal() => Status::Incomplete,
        State::Closed => Status::Clean,
        State::Open | State::CloseSent | State::CloseReceived | State::Lost | State::TimedOut => {
            match &ending.cause {
                Cause::Broken(error) => report.remark(&format!("the connection broke: {error}")),
                Cause::Timeout => report.remark("the server did not answer our Close in time"),
                Cause::Closed => report.remark("the server ended the connection without a Close"),
            }
            Status::Abnormal
        }
    }
}
