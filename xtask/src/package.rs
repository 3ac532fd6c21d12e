//! What makes the built files an npm package: `package.json`, README, licences; and `cargo xtask pack`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

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
    let dist = folder.join("dist");
    fs::copy(project.path("wasm/js/generated/ws101_wasm_bg.wasm"), wasm_file(project))?;
    // The same types, read as a CommonJS module.
    fs::copy(dist.join("index.d.ts"), dist.join("index.d.cts"))?;
    let manifest = manifest(project.version("ws101-wasm")?);
    fs::write(folder.join("package.json"), format!("{}\n", serde_json::to_string_pretty(&manifest)?))?;
    for (from, to) in
        [("wasm/js/README.md", "README.md"), ("LICENSE-MIT", "LICENSE-MIT"), ("LICENSE-APACHE", "LICENSE-APACHE")]
    {
        fs::copy(project.path(from), folder.join(to)).with_context(|| format!("{from} cannot be copied"))?;
    }
    Ok(())
}

/// The module itself, as published.
pub(crate) fn wasm_file(project: &Project) -> PathBuf {
    folder(project).join("dist").join("ws101.wasm")
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

/// One `exports` map for every runtime: a condition that carries the module inline, one that imports the file (workerd
/// compiles no bytes), one that fetches it.
fn manifest(version: &str) -> Value {
    let types = "./dist/index.d.ts";
    json!({
        "name": "ws101",
        "version": version,
        "description": "The WebSocket protocol (RFC 6455) as a strict, sans-IO codec: handshake, frames, close codes, \
            inspection and forging. For Node, Deno, Bun, workerd and browsers.",
        "keywords": ["websocket", "rfc6455", "codec", "parser", "frame", "handshake", "wasm", "sans-io"],
        "license": "MIT OR Apache-2.0",
        "repository": { "type": "git", "url": "git+https://github.com/ws101/ws101.git", "directory": "wasm" },
        "type": "module",
        "main": "./dist/index.cjs",
        "module": "./dist/inline.js",
        "types": types,
        "exports": {
            ".": {
                "workerd": { "types": types, "default": "./dist/workerd.js" },
                "require": { "types": "./dist/index.d.cts", "default": "./dist/index.cjs" },
                "default": { "types": types, "default": "./dist/inline.js" },
            },
            "./slim": { "types": "./dist/slim.d.ts", "default": "./dist/slim.js" },
            "./wasm": "./dist/ws101.wasm",
            "./package.json": "./package.json",
        },
        // Each entry instantiates the module when it is loaded; nothing else acts by being imported.
        "sideEffects": ["./dist/inline.js", "./dist/workerd.js", "./dist/index.cjs"],
        "files": ["dist"],
        "engines": { "node": ">=20" },
    })
}

#[cfg(test)]
mod tests {
    use super::manifest;

    #[test]
    fn every_condition_names_its_types_first() {
        let manifest = manifest("1.2.3");
        assert_eq!(manifest["version"], "1.2.3");
        for (condition, target) in manifest["exports"]["."].as_object().unwrap() {
            assert_eq!(target.as_object().unwrap().keys().next().unwrap(), "types", "{condition}");
        }
    }

    #[test]
    fn the_last_condition_is_default() {
        // Node takes the first condition that holds, so `default` before another would hide it.
        let text = serde_json::to_string(&manifest("1.2.3")["exports"]["."]).unwrap();
        let order: Vec<_> = ["workerd", "require"].iter().map(|name| text.find(name).unwrap()).collect();
        assert!(order.iter().all(|at| *at < text.rfind("inline.js").unwrap()), "{text}");
    }
}
