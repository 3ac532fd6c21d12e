//! `cargo xtask wasm`: from the crates in `wasm/` to the npm package in `wasm/pkg`.
//!
//! Compile, generate the glue (wasm-bindgen, in process), optimise (wasm-opt of npm's binaryen), bundle with the
//! TypeScript in `wasm/js`, write the package's papers.
//!
//! There are four modules: the codec's, which must be small; those of `ws101/deflate` and `ws101/inspect`, which are the same
//! crate with other features; and the doctor's, which only the entry `ws101/doctor` loads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use base64::Engine as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::process::Output;
use crate::project::Project;
use crate::{npm, package, requirements, surplus, tables};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What Rust's compiler may use on this target; wasm-opt must accept it and may use no more than it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A crate that becomes a module of the package.
pub(crate) struct Module {
    /// What it is, for people.
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    /// The feature of that crate which it is.
    pub(crate) feature: Option<&'static str>,
    /// What its generated files are called.
    stem: &'static str,
    /// The folder of its generated files in `wasm/js`.
    generated: &'static str,
    /// Its file in the package's `dist`.
    pub(crate) file: &'static str,
    /// What it is compiled for.
    opt_level: &'static str,
    /// How much code a call may be replaced by, in LLVM's measure; its own choice where there is none.
    inline_threshold: Option<u32>,
    /// What is taken out of it that it carries in vain.
    trim: Option<fn(&mut walrus::Module) -> Result<()>>,
    /// Whether JavaScript may begin anew with a fresh instance.
    renewable: Renewable,
    /// How large it may be, in bytes after brotli: what it has now and a little more, so that growing is a choice.
    pub(crate) size_limit: u64,
}

#[derive(PartialEq, Eq)]
enum Renewable {
    No,
    Yes,
}

/// The codec, the codec that compresses, what inspects, and the doctor.
pub(crate) const MODULES: [Module; 4] = [
    Module {
        name: "the module",
        package: "ws101-wasm",
        feature: Some("codec"),
        stem: "ws101_wasm",
        generated: "generated",
        file: "ws101.wasm",
        // Size: "z" makes this one larger.
        opt_level: "s",
        inline_threshold: Some(10),
        trim: None,
        // Decoders and readers live in the instance.
        renewable: Renewable::No,
        // The goal is 14 000 (see ARCHITECTURE.md): lower this with every step towards it.
        size_limit: 23_800,
    },
    Module {
        name: "the module of ws101/deflate",
        package: "ws101-wasm",
        feature: Some("deflate"),
        stem: "ws101_deflate",
        generated: "generated/deflate",
        file: "deflate.wasm",
        opt_level: "s",
        inline_threshold: Some(10),
        trim: Some(surplus::take_out),
        renewable: Renewable::No,
        size_limit: 47_900,
    },
    Module {
        name: "the module of ws101/inspect",
        package: "ws101-wasm",
        feature: Some("inspect"),
        stem: "ws101_inspect",
        generated: "generated/inspect",
        file: "inspect.wasm",
        opt_level: "s",
        inline_threshold: Some(10),
        trim: None,
        renewable: Renewable::No,
        size_limit: 13_000,
    },
    Module {
        name: "the doctor's module",
        package: "ws101-wasm-doctor",
        feature: None,
        stem: "ws101_wasm_doctor",
        generated: "generated/doctor",
        file: "doctor.wasm",
        // Nobody waits for it but a person.
        opt_level: "z",
        inline_threshold: None,
        trim: None,
        renewable: Renewable::Yes,
        size_limit: 251_000,
    },
];

/// Builds the package; npm's part of the installation runs beside the compiler.
pub(crate) fn build(project: &Project, output: &Output) -> Result<()> {
    requirements::node()?;
    requirements::rust_target(TARGET, output)?;
    let folder = project.path("wasm/js");
    let generated = folder.join("generated");
    if generated.exists() {
        fs::remove_dir_all(&generated)?;
    }
    std::thread::scope(|scope| {
        let installing = scope.spawn(|| npm::install(&folder, output));
        // One after the other: three of them are one crate, whose file each compilation replaces.
        let compiled = MODULES.iter().try_for_each(|module| {
            module.compile(project, output)?;
            module.glue(project, &folder)
        });
        let installed = installing.join().expect("npm's installation does not panic");
        installed.and(compiled)
    })?;
    for module in &MODULES {
        module.optimise(&folder, output)?;
        module.inline(&folder)?;
    }
    tables::write(&generated)?;
    tables::write_fields(&generated.join("inspect"))?;
    tables::write_names(&generated.join("doctor"))?;
    version(project, &generated)?;
    bundle(project, &folder, output)?;
    package::write(project)?;
    MODULES.iter().try_for_each(|module| output.say(&module.sizes(project)?))
}

impl Module {
    fn compile(&self, project: &Project, output: &Output) -> Result<()> {
        // One crate type, so that cargo optimises across crates: beside an rlib it would not.
        let mut command = project.cargo("rustc --release --lib --crate-type cdylib");
        command.args(["--package", self.package, "--target", TARGET]);
        if let Some(feature) = self.feature {
            command.args(["--no-default-features", "--features", feature]);
        }
        if let Some(threshold) = self.inline_threshold {
            command.arg("--").arg(format!("-Cllvm-args=-inline-threshold={threshold}"));
        }
        // The whole module is built for size, the core in it too; the server keeps its speed.
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level).env("CARGO_PROFILE_RELEASE_PANIC", "abort");
        output.run(&mut command)
    }

    /// Writes the glue in JavaScript, its types and the module that they belong to.
    fn glue(&self, project: &Project, folder: &Path) -> Result<()> {
        let compiled = project.target(&format!("{TARGET}/release/{}.wasm", self.package.replace('-', "_")));
        let mut module = walrus::Module::from_file(&compiled)?;
        if let Some(trim) = self.trim {
            trim(&mut module).with_context(|| format!("what {} carries in vain is not where it was", self.name))?;
        }
        Bindgen::new()
            .input_bytes(self.stem, module.emit_wasm())
            .web(true)?
            .typescript(true)
            // The default of the command line and of wasm-pack; the library's own default differs.
            .omit_default_module_path(false)
            .reset_state_function(self.renewable == Renewable::Yes)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(folder.join(self.generated))
            .with_context(|| format!("wasm-bindgen could not write the glue of {}", self.name))
    }

    /// Only npm's binaryen, pinned by the lockfile: an old wasm-opt in PATH breaks the module without a word.
    fn optimise(&self, folder: &Path, output: &Output) -> Result<()> {
        let module = self.optimised(folder);
        let mut command = npm::local(folder, "wasm-opt");
        // Again and again: each run lays open what the next finds. The lowest kilobyte is the far end of the stack, where
        // nothing is whose address anybody computes.
        command.args(["-Oz", "--converge", "--low-memory-unused"]).args(FEATURES);
        command.args(["--strip-producers", "--strip-target-features", "--output"]).arg(&module).arg(&module);
        output.run(&mut command)
    }

    /// The module as text, for the entries that carry it.
    fn inline(&self, folder: &Path) -> Result<()> {
        let module = fs::read(self.optimised(folder))?;
        let base64 = base64::engine::general_purpose::STANDARD.encode(module);
        let text = format!("export const base64: string = '{base64}';\n");
        Ok(fs::write(folder.join(self.generated).join("inline.ts"), text)?)
    }

    /// The module that goes into the package, among the generated files of `wasm/js`.
    pub(crate) fn optimised(&self, folder: &Path) -> PathBuf {
        folder.join(self.generated).join(format!("{}_bg.wasm", self.stem))
    }

    /// Its size as it is, and as a server sends it.
    fn sizes(&self, project: &Project) -> Result<String> {
        let raw = fs::metadata(package::dist(project).join(self.file))?.len();
        Ok(format!("wasm/pkg: {} has {raw} bytes, {} with brotli", self.name, self.brotli_size(project)?))
    }

    /// The size of the finished module, compressed with brotli at its highest level, in bytes.
    pub(crate) fn brotli_size(&self, project: &Project) -> Result<u64> {
        const SCRIPT: &str = "const { readFileSync } = require('node:fs');\
            console.log(require('node:zlib').brotliCompressSync(readFileSync(process.argv[1])).length)";
        let file = package::dist(project).join(self.file);
        let mut command = Command::new("node");
        command.current_dir(project.path("wasm/js")).args(["-e", SCRIPT]).arg(&file);
        let output = command.output().context("`node` cannot be started")?;
        let text = String::from_utf8_lossy(&output.stdout);
        text.trim().parse().with_context(|| {
            format!("node could not compress {}: {}", file.display(), String::from_utf8_lossy(&output.stderr))
        })
    }
}

/// The package's version, for the entries that tell it.
fn version(project: &Project, generated: &Path) -> Result<()> {
    let version = project.version("ws101-wasm")?;
    let text = format!("/** The version of this package. */\nexport const version: string = '{version}';\n");
    Ok(fs::write(generated.join("version.ts"), text)?)
}

/// Bundles the entries and writes their types into an empty `wasm/pkg`.
fn bundle(project: &Project, folder: &Path, output: &Output) -> Result<()> {
    let package = package::folder(project);
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    output.run(&mut npm::script(folder, "build"))
}
