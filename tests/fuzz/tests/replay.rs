//! Every seed and every finding goes through the check of its target, without libFuzzer.

use std::fs;
use std::path::{Path, PathBuf};

use ws101_fuzz::{TARGETS, seeds};

fn files(kind: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind).join(target);
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.expect("a folder can be read").path()).collect()
}

fn replay(name: &str) {
    let target = TARGETS.into_iter().find(|target| target.name == name).expect("the target is listed");
    let seeds = files("seeds", name);
    assert!(!seeds.is_empty(), "{name} has no seeds");
    for file in seeds.into_iter().chain(files("findings", name)) {
        let bytes = fs::read(&file).expect("a file can be read");
        // The name of the file that fails is the last that was printed.
        println!("{}", file.display());
        (target.check)(&bytes);
    }
}

#[test]
fn feeding() {
    replay("feeding");
}

#[test]
fn encoding() {
    replay("encoding");
}

#[test]
fn deflate() {
    replay("deflate");
}

#[test]
fn compressed() {
    replay("compressed");
}

#[test]
fn heads() {
    replay("heads");
}

#[test]
fn tungstenite() {
    replay("tungstenite");
}

#[test]
fn masking_utf8() {
    replay("masking_utf8");
}

#[test]
fn the_seeds_are_those_that_the_generator_makes() {
    let made = seeds();
    for (target, name, bytes) in &made {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target).join(name);
        let stored = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert_eq!(stored, *bytes, "{}: run `cargo run --example seeds`", file.display());
    }
    let stored: usize = TARGETS.iter().map(|target| files("seeds", target.name).len()).sum();
    assert_eq!(stored, made.len(), "a seed is there that nobody made");
}
