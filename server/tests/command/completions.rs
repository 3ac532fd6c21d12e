//! `ws101 completions`, and the help of every command.

use crate::program::ws101;

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = ws101(&["completions", shell], "");
        run.says(0, &[]);
        for word in
            ["ws101", "serve", "connect", "tap", "doctor", "decode", "accept", "subprotocol", "fail-on", "record"]
        {
            assert!(run.stdout.contains(word), "{word} is missing for {shell}");
        }
    }
    ws101(&["completions", "dos"], "").says(2, &["bash"]);
}

#[test]
fn every_command_has_examples() {
    for command in ["serve", "connect", "tap", "doctor", "decode", "accept", "completions"] {
        let run = ws101(&[command, "--help"], "");
        run.says(0, &[]);
        assert!(run.stdout.contains("Examples:\n  ws101 ") || run.stdout.contains("Examples:\n  echo "), "{command}");
    }
    ws101(&[], "").says(2, &["connect", "decode"]);
}
