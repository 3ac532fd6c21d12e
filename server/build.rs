//! Has a release build embed the page anew whenever it was built anew.

fn main() {
    // A debug build reads the page from disk as it runs. A release build embeds it, and cargo by itself would notice
    // neither a page that was not there before nor a new file.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../www/dist");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
}
