//! `ws101 completions`: what a shell needs to complete command lines.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::args::Arguments;
use crate::failure::Failure;
use crate::output::Output;

/// Print the completions of a shell.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// The shell
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  ws101 completions bash > ~/.local/share/bash-completion/completions/ws101
  ws101 completions zsh > ~/.zfunc/_ws101
  ws101 completions fish > ~/.config/fish/completions/ws101.fish
  ws101 completions powershell >> $PROFILE
  ws101 completions elvish >> ~/.config/elvish/rc.elv";

pub(crate) fn run(arguments: &CompletionsArguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "ws101", &mut script);
    let output = Output::default();
    output.print(&String::from_utf8_lossy(&script));
    Ok(output.finish()?)
}
