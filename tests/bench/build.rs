//! Tells the program which compiler and profile made it.

use std::env::var;
use std::process::Command;

fn main() {
    let compiler = var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(compiler).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    println!("cargo::rustc-env=BENCH_COMPILER={}", version.unwrap_or_else(|error| format!("unknown ({error})")));
    for (name, from) in [
        ("BENCH_TARGET", "TARGET"),
        ("BENCH_PROFILE", "PROFILE"),
        ("BENCH_OPT_LEVEL", "OPT_LEVEL"),
        ("BENCH_TARGET_FEATURES", "CARGO_CFG_TARGET_FEATURE"),
    ] {
        println!("cargo::rustc-env={name}={}", var(from).unwrap_or_default());
    }
    println!("cargo::rerun-if-changed=build.rs");
}
