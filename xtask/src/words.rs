//! The words behind a command: options, their values, and other words.

use std::slice;
use std::str::FromStr;

use anyhow::{Context, Result, bail};

/// Reads words one by one. The value of an option stands behind `=` or is the next word.
///
/// Only an option's own arm knows whether it has a value, so that it asks for it; one that nobody asks for is an error of
/// the next word.
pub(crate) struct Words<'a> {
    rest: slice::Iter<'a, String>,
    /// The word that was read last, without its value.
    word: &'a str,
    /// What stands behind its `=`, until it is asked for.
    value: Option<&'a str>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(words: &'a [String]) -> Self {
        Self { rest: words.iter(), word: "", value: None }
    }

    /// The next word; of an option what stands before `=`.
    pub(crate) fn next(&mut self) -> Result<Option<&'a str>> {
        if let Some(value) = self.value {
            bail!("{} takes no value, but got `{value}`", self.word);
        }
        let Some(word) = self.rest.next() else { return Ok(None) };
        let option = word.split_once('=').filter(|_| word.starts_with("--"));
        (self.word, self.value) = option.map_or((word.as_str(), None), |(option, value)| (option, Some(value)));
        Ok(Some(self.word))
    }

    /// The value of the option that was read last.
    pub(crate) fn value(&mut self) -> Result<&'a str> {
        self.value_that_is("value")
    }

    /// The same, which must be a number.
    pub(crate) fn number<T: FromStr>(&mut self) -> Result<T> {
        let value = self.value_that_is("number")?;
        value.parse().ok().with_context(|| format!("{} needs a number, and `{value}` is none that it takes", self.word))
    }

    fn value_that_is(&mut self, what: &str) -> Result<&'a str> {
        let value = self.value.take().or_else(|| self.rest.next().map(String::as_str));
        value.with_context(|| format!("{} needs a {what}", self.word))
    }
}

/// A line of words, as tests write it.
#[cfg(test)]
pub(crate) fn split(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Words, split};

    /// The words of a line: `--value` has one, `--number` a number.
    fn read(line: &str) -> Result<Vec<String>, String> {
        let line = split(line);
        let mut words = Words::new(&line);
        let mut read = Vec::new();
        loop {
            let word = words.next().map_err(|error| error.to_string())?;
            let value = match word {
                None => return Ok(read),
                Some("--value") => words.value().map(str::to_owned),
                Some("--number") => words.number().map(|number: u8| number.to_string()),
                Some(word) => Ok(word.to_owned()),
            };
            read.push(value.map_err(|error| error.to_string())?);
        }
    }

    #[test]
    fn a_value_stands_behind_an_equals_sign_or_is_the_next_word() {
        let expected = ["a=b", "c", "--d", "=", "255", "7"].map(str::to_owned);
        assert_eq!(read("a=b --value c --d --value== --number=255 --number 7").unwrap(), expected);
    }

    #[test]
    fn what_is_missing_or_too_much_is_said() {
        for (line, error) in [
            ("--value", "--value needs a value"),
            ("--number", "--number needs a number"),
            ("--number soon", "--number needs a number, and `soon` is none that it takes"),
            ("--number=256", "--number needs a number, and `256` is none that it takes"),
            ("--other=1", "--other takes no value, but got `1`"),
            ("--other=1 --value", "--other takes no value, but got `1`"),
        ] {
            assert_eq!(read(line).unwrap_err(), error, "{line}");
        }
    }
}
