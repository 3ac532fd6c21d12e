//! Says where the page is, and has a release build embed it anew whenever it was built anew.

use std::path::Path;

/// The page as the repository builds it.
const BUILT: &str = "../www/dist";

/// The page as the published crate carries it.
const PACKAGED: &str = "page";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(packaged)");
    // What builds the page is in the repository and nowhere else.
    if Path::new("../www/vite.config.ts").exists() { in_repository() } else { in_package() }
}

fn in_repository() {
    // A debug build reads the page from disk as it runs. A release build embeds it, and cargo by itself would notice
    // neither a page that was not there before nor a new file.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={BUILT}");
        if !Path::new(BUILT).join("index.html").exists() {
            println!(
                "cargo::warning=the page is not built, so that this binary has none: \
                 run `cargo xtask page` first if `ws101 serve` is to serve it"
            );
        }
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
}

fn in_package() {
    println!("cargo::rerun-if-changed={PACKAGED}");
    println!("cargo::rustc-cfg=packaged");
    if !Path::new(PACKAGED).join("index.html").exists() {
        println!(
            "cargo::error=this package of ws101 was made without the page: \
             make it with `cargo xtask package` in the repository, and not with `cargo package` alone"
        );
    }
}
