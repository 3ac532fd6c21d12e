//! `cargo xtask wasm`: from the crate in `wasm/` to the npm package in `wasm/pkg`.
//!
//! Compile, generate the glue (wasm-bindgen, in process), optimise (wasm-opt of npm's binaryen), bundle with the
//! TypeScript in `wasm/js`, write the package's papers.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::process::Output;
use crate::project::Project;
use crate::{npm, package, requirements, tables};

const TARGET: &str = "wasm32-unknown-unknown";

/// What Rust's compiler may use on this target; wasm-opt must accept it and may use no more than it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the package; npm's part of the installation runs beside the compiler.
pub(crate) fn build(project: &Project, output: &Output) -> Result<()> {
    requirements::node()?;
    requirements::rust_target(TARGET, output)?;
    let folder = project.path("wasm/js");
    std::thread::scope(|scope| {
        let installing = scope.spawn(|| npm::install(&folder, output));
        let compiled = compile(project, output);
        let installed = installing.join().expect("npm's installation does not panic");
        installed.and(compiled)
    })?;
    let generated = folder.join("generated");
    glue(project, &generated)?;
    optimise(&folder, &generated, output)?;
    tables::write(&generated)?;
    constants(project, &generated)?;
    bundle(project, &folder, output)?;
    package::write(project)?;
    output.say(&format!("wasm/pkg: {}", sizes(&folder, &package::wasm_file(project))?))
}

fn compile(project: &Project, output: &Output) -> Result<()> {
    // One crate type, so that cargo optimises across crates: beside an rlib it would not.
    let mut command = project.cargo("rustc --release --package ws101-wasm --lib --crate-type cdylib --target");
    command.arg(TARGET);
    // The whole module is built for size, the core in it too; the server keeps its speed.
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s").env("CARGO_PROFILE_RELEASE_PANIC", "abort");
    output.run(&mut command)
}

/// Writes `ws101_wasm.js`, its types and `ws101_wasm_bg.wasm`.
fn glue(project: &Project, generated: &Path) -> Result<()> {
    if generated.exists() {
        fs::remove_dir_all(generated)?;
    }
    Bindgen::new()
        .input_path(project.target(&format!("{TARGET}/release/ws101_wasm.wasm")))
        .web(true)?
        .typescript(true)
        // The default of the command line and of wasm-pack; the library's own default differs.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(generated)
        .context("wasm-bindgen could not write the module's glue")
}

/// Only npm's binaryen, pinned by the lockfile: an old wasm-opt in PATH breaks the module without a word.
fn optimise(folder: &Path, generated: &Path, output: &Output) -> Result<()> {
    let module = generated.join("ws101_wasm_bg.wasm");
    let mut command = npm::local(folder, "wasm-opt");
    command.arg("-Oz").args(FEATURES).args(["--strip-producers", "--strip-target-features", "--output"]);
    command.arg(&module).arg(&module);
    output.run(&mut command)
}

/// The module as text, for the entries that carry it, and the package's version.
fn constants(project: &Project, generated: &Path) -> Result<()> {
    let module = fs::read(generated.join("ws101_wasm_bg.wasm"))?;
    let base64 = base64::engine::general_purpose::STANDARD.encode(module);
    fs::write(generated.join("inline.ts"), format!("export const base64: string = '{base64}';\n"))?;
    let version = project.version("ws101-wasm")?;
    let text = format!("/** The version of this package. */\nexport const version: string = '{version}';\n");
    fs::write(generated.join("version.ts"), text)?;
    Ok(())
}

/// Bundles the entries and writes their types into an empty `wasm/pkg`.
fn bundle(project: &Project, folder: &Path, output: &Output) -> Result<()> {
    let package = package::folder(project);
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    output.run(&mut npm::script(folder, "build"))
}

/// The module's size as it is, and as a server sends it.
fn sizes(folder: &Path, module: &Path) -> Result<String> {
    let raw = fs::metadata(module)?.len();
    Ok(format!("the module has {raw} bytes, {} with brotli", brotli_size(folder, module)?))
}

/// The size of a file compressed with brotli at its highest level, in bytes.
pub(crate) fn brotli_size(folder: &Path, file: &Path) -> Result<u64> {
    const SCRIPT: &str = "const { readFileSync } = require('node:fs');\
        console.log(require('node:zlib').brotliCompressSync(readFileSync(process.argv[1])).length)";
    let mut command = Command::new("node");
    command.current_dir(folder).args(["-e", SCRIPT]).arg(file);
    let output = command.output().context("`node` cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().with_context(|| {
        format!("node could not compress {}: {}", file.display(), String::from_utf8_lossy(&output.stderr))
    })
}
