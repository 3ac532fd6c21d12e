//! `cargo xtask play`: builds module, page and server, and serves the page.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

use crate::process::Output;
use crate::project::Project;
use crate::words::Words;
use crate::{module, npm, page, requirements};

/// Builds everything that is not built yet and runs the server until it ends.
pub(crate) fn play(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let port = port(arguments)?;
    requirements::node()?;
    let output = Output::terminal();
    let www = project.path("www");
    // The page's packages come over the network while the compiler is busy.
    std::thread::scope(|scope| {
        let installing = scope.spawn(|| npm::install(&www, &output));
        module::build(project, &output)?;
        installing.join().expect("npm's installation does not panic")
    })?;
    page::build(project, &output)?;
    server(project, &output)?;
    // The server itself prints the address once it listens there.
    println!("\nCtrl-C ends the server.");
    let status = Command::new(project.server())
        .args(["serve", "--port", &port.to_string()])
        .status()
        .with_context(|| format!("{} cannot be started", project.server().display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Builds the server, which embeds the page that is in `www/dist` now.
pub(crate) fn server(project: &Project, output: &Output) -> Result<()> {
    output.run(&mut project.cargo("build --release --package ws101"))
}

fn port(arguments: &[String]) -> Result<u16> {
    let mut port = 8101;
    let mut words = Words::new(arguments);
    while let Some(word) = words.next()? {
        port = match word {
            "--port" => words.number().context("a port is a number from 1 to 65535, as in --port 8102")?,
            _ => bail!("`cargo xtask play` takes only --port N, but got `{word}`"),
        };
    }
    ensure!(port > 0, "a port is a number from 1 to 65535, as in --port 8102, and 0 is none");
    Ok(port)
}

#[cfg(test)]
mod tests {
    use super::port;
    use crate::words::split;

    #[test]
    fn the_port_is_8101_unless_named() {
        assert_eq!(port(&[]).unwrap(), 8101);
        assert_eq!(port(&split("--port 9000")).unwrap(), 9000);
        assert_eq!(port(&split("--port=9001")).unwrap(), 9001);
    }

    #[test]
    fn a_bad_port_is_refused_with_its_range() {
        for bad in ["--port 0", "--port 65536", "--port=x", "--port -1"] {
            let error = port(&split(bad)).unwrap_err().to_string();
            assert!(error.contains("65535"), "{bad}: {error}");
        }
        let missing = port(&split("--port")).unwrap_err();
        assert!(format!("{missing:#}").contains("needs a number"), "{missing:#}");
        assert!(port(&split("8102")).unwrap_err().to_string().contains("only --port"));
    }
}
