//! What the command line asks for.

use std::path::PathBuf;

/// How the programs are called; shown where an argument is wrong.
pub const USAGE: &str = "cargo xtask bench [core] [WORD…] [--rounds N] [--json FILE] [--verify]

  WORD          only rows whose names hold every WORD: decode, binary, '1460 B', handshake, memory, …
  --rounds N    time every contestant N times in each row (101 unless named)
  --json FILE   write every number to FILE too, as lines of JSON
  --verify      time nothing: see that every contestant does what it says";

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    words: Vec<String>,
    /// How often each contestant is timed in a row.
    pub rounds: u32,
    /// Where the numbers are to be written too.
    pub json: Option<PathBuf>,
    /// Whether nothing is to be timed.
    pub mode: Mode,
}

/// What to do with the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Verify every contestant.
    Verify,
    /// Verify and measure.
    Measure,
}

impl Options {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// Which argument is wrong, and how the program is called.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { words: Vec::new(), rounds: 101, json: None, mode: Mode::Measure };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
                _ => (argument.as_str(), None),
            };
            let mut value = || value.clone().or_else(|| arguments.next()).ok_or_else(|| wrong(name, "needs a value"));
            match name {
                "--rounds" => options.rounds = rounds(&value()?)?,
                "--json" => options.json = Some(value()?.into()),
                "--verify" => options.mode = Mode::Verify,
                option if option.starts_with('-') => return Err(wrong(option, "is no option")),
                word => options.words.push(word.to_lowercase()),
            }
        }
        Ok(options)
    }

    /// Whether a row of this name is asked for.
    pub fn want(&self, row: &str) -> bool {
        let row = row.to_lowercase();
        self.words.iter().all(|word| row.contains(word))
    }

    /// What to say where no row is asked for.
    pub fn no_row(&self) -> String {
        wrong(&self.words.join(" "), "is in the name of no row: each word must be in it")
    }
}

fn rounds(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|&rounds| rounds > 0).ok_or_else(|| wrong("--rounds", "needs a number from 1 on"))
}

fn wrong(argument: &str, what: &str) -> String {
    format!("`{argument}` {what}\n\n{USAGE}")
}

#[cfg(test)]
mod tests {
    use super::{Mode, Options};

    fn parse(text: &str) -> Result<Options, String> {
        Options::parse(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn without_arguments_every_row_is_measured_101_times() {
        let options = parse("").unwrap();
        assert!(options.want("decode/binary/reads of 64 KiB/16 B"));
        assert_eq!((options.rounds, options.mode, options.json), (101, Mode::Measure, None));
    }

    #[test]
    fn every_word_must_be_in_the_name_of_a_row() {
        let options = parse("Decode 1460").unwrap();
        assert!(options.want("decode/binary/reads of 1460 B/16 B"));
        assert!(!options.want("decode/binary/reads of 64 KiB/16 B"));
        assert!(!options.want("encode/masked/1460 B"));
    }

    #[test]
    fn where_no_row_is_asked_for_the_words_are_named() {
        assert!(parse("no such").unwrap().no_row().starts_with("`no such` is in the name of no row"));
    }

    #[test]
    fn options_take_their_values_in_both_forms() {
        for text in ["--rounds 9 --json a.json --verify", "--verify --json=a.json --rounds=9"] {
            let options = parse(text).unwrap();
            assert_eq!((options.rounds, options.mode, options.json), (9, Mode::Verify, Some("a.json".into())));
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, name) in
            [("--rounds", "`--rounds` needs a value"), ("--rounds 0", "from 1 on"), ("--fast", "`--fast`")]
        {
            assert!(parse(text).unwrap_err().contains(name), "{text}");
        }
    }
}
