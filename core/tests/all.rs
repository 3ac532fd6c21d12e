//! All tests but those of memory, as one program: it is linked once for each set of features.

mod boundary_splits;
mod clauses;
mod connection;
mod connection_answers;
mod connection_deadlines;
mod connection_deflate;
mod connection_extension;
mod connection_streaming;
#[cfg(feature = "alloc")]
mod conversation;
mod deflate;
mod deflate_negotiation;
#[cfg(any(feature = "deflate", feature = "deflate-libc"))]
mod deflating;
mod encoding;
mod examples;
mod extended_connect;
mod feeding;
mod frames;
mod head_problems;
mod hixie76;
mod inspecting;
mod masking;
mod oracle;
mod peers_defects;
mod peers_deflate_defects;
mod peers_handshake_defects;
mod request;
mod response;
mod telling;
mod utf8;

/// A file that is not listed here is not tested, and nobody notices.
#[test]
fn every_file_is_listed() {
    const LISTED: &str = include_str!("all.rs");
    const OWN_PROGRAM: [&str; 3] = ["all", "connection_memory", "deflate_memory"];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tests: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    for path in &tests {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let listed = LISTED.lines().any(|line| line == format!("mod {name};"));
        assert!(listed || OWN_PROGRAM.contains(&name), "{} is not tested: write `mod {name};` here", path.display());
    }
    assert!(tests.len() > OWN_PROGRAM.len());
}
