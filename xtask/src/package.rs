//! What makes the built files an npm package: `package.json`, README, licences; and `cargo xtask pack`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::module::MODULES;
use crate::notices;
use crate::npm;
use crate::process::Output;
use crate::project::Project;

/// The folder of the finished package.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.path("wasm/pkg")
}

/// Writes the package's papers beside the files that the bundler left in `wasm/pkg`.
pub(crate) fn write(project: &Project) -> Result<()> {
    let folder = self::folder(project);
    let dist = dist(project);
    for module in &MODULES {
        fs::copy(module.optimised(&project.path("wasm/js")), dist.join(module.file))?;
    }
    // The same types, read as a CommonJS module.
    for entry in ["index", "deflate", "inspect", "doctor"] {
        fs::copy(dist.join(format!("{entry}.d.ts")), dist.join(format!("{entry}.d.cts")))?;
    }
    let manifest = manifest(project.version("ws101-wasm")?);
    fs::write(folder.join("package.json"), format!("{}\n", serde_json::to_string_pretty(&manifest)?))?;
    fs::create_dir_all(folder.join("docs"))?;
    for (from, to) in [
        ("wasm/js/README.md", "README.md"),
        ("wasm/js/docs/bytes.md", "docs/bytes.md"),
        ("wasm/js/docs/from-ws.md", "docs/from-ws.md"),
        ("LICENSE-MIT", "LICENSE-MIT"),
        ("LICENSE-APACHE", "LICENSE-APACHE"),
    ] {
        fs::copy(project.path(from), folder.join(to)).with_context(|| format!("{from} cannot be copied"))?;
    }
    notices::write_for_modules(project, &folder)
}

/// What programs load from it: the entries, their types, the modules.
pub(crate) fn dist(project: &Project) -> PathBuf {
    folder(project).join("dist")
}

/// Writes the tarball that `npm publish` would upload, and gives its path.
pub(crate) fn pack(project: &Project, output: &Output) -> Result<PathBuf> {
    let folder = project.target("npm");
    fs::create_dir_all(&folder)?;
    let tarball = folder.join(format!("ws101-{}.tgz", project.version("ws101-wasm")?));
    let mut command = npm::npm(&self::folder(project));
    command.args(["pack", "--loglevel=error", "--pack-destination"]).arg(&folder);
    output.run(&mut command)?;
    anyhow::ensure!(tarball.exists(), "npm pack wrote no {}", tarball.display());
    Ok(tarball)
}

/// One `exports` map for every runtime. Of an entry that carries its module there are three: one that imports the
/// module as a file (workerd compiles no bytes), one for `require`, one for everybody else.
pub(crate) fn manifest(version: &str) -> Value {
    json!({
        "name": "ws101",
        "version": version,
        "description": "The WebSocket protocol (RFC 6455) as a strict, sans-IO codec: handshake, frames, close codes, \
            inspection and forging; and a doctor for connections that fail. For Node, Deno, Bun, workerd and browsers.",
        "keywords": [
            "websocket", "rfc6455", "codec", "parser", "frame", "handshake", "wasm", "sans-io", "debugging",
        ],
        "license": "MIT OR Apache-2.0",
        "repository": { "type": "git", "url": "git+https://github.com/ws101/ws101.git", "directory": "wasm" },
        "type": "module",
        "main": "./dist/index.cjs",
        "module": "./dist/inline.js",
        "types": "./dist/index.d.ts",
        "exports": {
            ".": carrying("index", "workerd", "inline"),
            "./deflate": carrying("deflate", "deflate.workerd", "deflate"),
            "./inspect": carrying("inspect", "inspect.workerd", "inspect"),
            "./doctor": carrying("doctor", "doctor.workerd", "doctor"),
            "./slim": { "types": "./dist/slim.d.ts", "default": "./dist/slim.js" },
            "./wasm": "./dist/ws101.wasm",
            "./package.json": "./package.json",
        },
        // Each entry starts its module when it is loaded; nothing else acts by being imported.
        "sideEffects": [
            "./dist/inline.js", "./dist/workerd.js", "./dist/index.cjs",
            "./dist/deflate.js", "./dist/deflate.workerd.js", "./dist/deflate.cjs",
            "./dist/inspect.js", "./dist/inspect.workerd.js", "./dist/inspect.cjs",
            "./dist/doctor.js", "./dist/doctor.workerd.js", "./dist/doctor.cjs",
        ],
        // Unlike a `LICENSE`, these are packed only where they are named.
        "files": ["dist", "docs", "LICENSE-MIT", "LICENSE-APACHE", notices::FILE],
        "engines": { "node": ">=20" },
    })
}

/// The conditions of an entry that carries its module: the names of its types and of its `.cjs`, of the one for workerd,
/// and of the one for everybody else.
fn carrying(name: &str, workerd: &str, inline: &str) -> Value {
    let types = format!("./dist/{name}.d.ts");
    json!({
        "workerd": { "types": types, "default": format!("./dist/{workerd}.js") },
        "require": { "types": format!("./dist/{name}.d.cts"), "default": format!("./dist/{name}.cjs") },
        "default": { "types": types, "default": format!("./dist/{inline}.js") },
    })
}

#[cfg(test)]
mod tests {
    use super::manifest;

    /// The entries that are not the same for everybody.
    const CONDITIONAL: [&str; 4] = [".", "./deflate", "./inspect", "./doctor"];

    #[test]
    fn every_condition_names_its_types_first() {
        let manifest = manifest("1.2.3");
        assert_eq!(manifest["version"], "1.2.3");
        for entry in CONDITIONAL {
            for (condition, target) in manifest["exports"][entry].as_object().unwrap() {
                assert_eq!(target.as_object().unwrap().keys().next().unwrap(), "types", "{entry} {condition}");
            }
        }
    }

    #[test]
    fn the_last_condition_is_default() {
        // Node takes the first condition that holds, so `default` before another would hide it.
        let manifest = manifest("1.2.3");
        for entry in CONDITIONAL {
            let conditions = manifest["exports"][entry].as_object().unwrap();
            assert_eq!(conditions.keys().next_back().unwrap(), "default", "{entry}");
        }
    }

    #[test]
    fn every_file_that_starts_a_module_is_known_to_act_by_being_imported() {
        let manifest = manifest("1.2.3");
        let acting = manifest["sideEffects"].as_array().unwrap();
        for entry in CONDITIONAL {
            for (condition, target) in manifest["exports"][entry].as_object().unwrap() {
                assert!(acting.contains(&target["default"]), "{entry} {condition}");
            }
        }
    }
}
