//! Compares streams with wsproto: `python PROGRAM [--streams N] [--seed N]`, where PROGRAM is a Python that has wsproto.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use ws101_fuzz::python::compare_streams;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let program = words.next().context("the Python to use is missing")?;
    let (mut streams, mut seed) = (200_000, 0);
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a value"))?;
        let value = value.parse().with_context(|| format!("{word} needs a number, and {value} is none"))?;
        match word.as_str() {
            "--streams" => streams = value,
            "--seed" => seed = value,
            _ => bail!("there is no option {word}; --streams N and --seed N are known"),
        }
    }
    let mut python = Command::new(program);
    python.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python/read_streams.py"));
    let begin = Instant::now();
    let outcome = compare_streams(python, seed, streams)?;
    let seconds = begin.elapsed().as_secs_f64();
    let explained: usize = outcome.explained.values().sum();
    println!(
        "{} streams agree with wsproto, {} of them compressed: {} events, {} refused, {explained} explained differences, \
         in {seconds:.0} s",
        outcome.streams, outcome.compressed, outcome.told, outcome.refused
    );
    for (why, count) in outcome.explained {
        println!("  {count:>6}  {why}");
    }
    Ok(())
}
