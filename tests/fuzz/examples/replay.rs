//! Runs the check of a target on files, without libFuzzer: `replay TARGET FILE…`.

use anyhow::{Context, Result};
use ws101_fuzz::TARGETS;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let name = words.next().context("the target is missing: replay TARGET FILE…")?;
    let names = TARGETS.map(|target| target.name).join(", ");
    let target = TARGETS.into_iter().find(|target| target.name == name);
    let target = target.with_context(|| format!("there is no target {name}; the targets are {names}"))?;
    for file in words {
        let bytes = std::fs::read(&file).with_context(|| format!("{file} cannot be read"))?;
        println!("{file}");
        (target.check)(&bytes);
    }
    Ok(())
}
